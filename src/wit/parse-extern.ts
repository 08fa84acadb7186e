import { describe, isName, type Cursor } from './cursor.ts'
import { remove, replaceBy } from './fixes.ts'
import type { Token } from './lexer.ts'
import type { Head } from './parse-gates.ts'
import { parseInterfaceBody, parsePath } from './parse-items.ts'
import { isNearlyFunc, parseFunctionType, parseSignature } from './parse-types.ts'
import type { Span, TextFix } from './text.ts'
import type { Extern, ExternType, FunctionType, Name } from './tree.ts'

const functionFrom = (cursor: Cursor, type: FunctionType): ExternType => {
  cursor.semicolon('A function')
  return { kind: 'function', type }
}

const externType = (cursor: Cursor): ExternType => {
  if (cursor.is('func') || cursor.is('async') || isNearlyFunc(cursor)) {
    return functionFrom(cursor, parseFunctionType(cursor))
  }
  if (cursor.eat('interface')) {
    const start = cursor.peek().start
    cursor.expect('{', (found) => `After \`interface\` comes \`{\`, and here is ${found}.`, 'Put a `{` before it.')
    const items = parseInterfaceBody(cursor, 'the interface')
    return { kind: 'interface', items, body: { start, end: cursor.end } }
  }
  const token = cursor.peek()
  if (!isName(token)) {
    cursor.fail(
      `After the name comes what it is, but there is ${describe(token)}.`,
      'Write `func(...)`, `interface { ... }` or the name of an interface.',
    )
    return { kind: 'invalid' }
  }
  const path = parsePath(cursor, 'an interface')
  cursor.semicolon('The name of an interface')
  return { kind: 'path', path }
}

/** How other languages begin a function. */
const foreignFunctions: ReadonlySet<string> = new Set(['function', 'fn', 'fun', 'def'])

/** What stands behind a name whose colon was forgotten. */
const startsType = ['func', 'async', 'interface', '=', '(']

/** How to write a type after its colon; undefined where it cannot be told, and a problem says why. */
const advised = (cursor: Cursor, type: ExternType): string | undefined => {
  if (type.kind === 'function') return type.type.async ? 'async func(...)' : 'func(...)'
  if (type.kind === 'interface') return 'interface { ... }'
  if (type.kind === 'invalid' || cursor.lost) return undefined
  return `${cursor.text.slice(type.path.start, type.path.end)};`
}

/** Writes what comes between a name and its type; `gap` is where that stands, and may hold no comment. */
const colonFixes = (cursor: Cursor, gap: Span, func: boolean, stray: Token | undefined): TextFix[] => {
  const between = cursor.text.slice(gap.start, gap.end)
  if (!/^[\s=]*(?:\w+)?$/.test(between)) return []
  const colon = replaceBy(gap, func ? ': func' : ': ', func ? 'Write : func' : 'Write :')
  const rest = stray === undefined ? [] : remove(stray, '').edits
  return [{ ...colon, edits: [...colon.edits, ...rest] }]
}

/** The type after a name whose colon was forgotten or became `=`: one mistake, and all of the rest can be read. */
const typeWithoutColon = (cursor: Cursor, kind: Extern['kind'], name: Name): ExternType => {
  const found = cursor.peek()
  cursor.eat('=')
  const { start } = cursor.peek()
  const word = isNearlyFunc(cursor) ? cursor.take() : undefined
  const lacksFunc = cursor.is('(')
  const type = lacksFunc ? functionFrom(cursor, parseSignature(cursor, false, start)) : externType(cursor)
  const advice = advised(cursor, type)
  // After a `=` people end a block with `;` too: that belongs to this mistake.
  const stray = type.kind === 'interface' && cursor.is(';') ? cursor.take() : undefined
  if (advice !== undefined) {
    const needed = lacksFunc ? 'come `:` and `func`' : 'comes `:`'
    const here = word === undefined ? `is ${describe(found)}` : `are ${describe(found)} and ${describe(word)}`
    cursor.problem(
      { start: found.start, end: (word ?? found).end },
      `After the name of an \`${kind}\` ${needed}, and here ${here}.`,
      `Write \`${kind} ${cursor.text.slice(name.start, name.end)}: ${advice}\`${stray ? ', with no `;` after the `}`' : ''}.`,
      colonFixes(cursor, { start: name.end, end: word?.end ?? start }, word !== undefined || lacksFunc, stray),
    )
  }
  return type
}

/**
 * `import a: b;` gives an interface the plain name `a`; `import a:b/c;` names one of a package. A `/` after the second
 * name tells them apart, so both read as people mean them however they set spaces.
 */
export const parseExtern = (cursor: Cursor, head: Head): Extern => {
  const kind = cursor.take().text === 'import' ? 'import' : 'export'
  const isPath = cursor.peek(2).kind === 'word' && (cursor.is('/', 3) || cursor.is('@', 3))
  if (cursor.is(':', 1) && !isPath) {
    const name = cursor.name(`the ${kind}`)
    cursor.eat(':')
    const type = externType(cursor)
    return { kind, ...head, end: cursor.end, name, type }
  }
  if (foreignFunctions.has(cursor.peek().text) && isName(cursor.peek(1)) && cursor.is('(', 2)) {
    const word = cursor.take()
    const name = cursor.name(`the ${kind}`)
    const type = functionFrom(cursor, parseSignature(cursor, false, word.start))
    const text = cursor.text.slice(name.start, name.end)
    const span = { start: word.start, end: name.end }
    cursor.problem(
      span,
      `In WIT the name of a function comes first, and here is first \`${word.text}\`.`,
      `Write \`${kind} ${text}: func(...)\`.`,
      [replaceBy(span, `${text}: func`)],
    )
    return { kind, ...head, end: cursor.end, name, type }
  }
  const nearlyFunc = isName(cursor.peek(1)) && cursor.is('(', 2)
  const lacksColon = nearlyFunc || startsType.some((text) => cursor.is(text, 1))
  if (isName(cursor.peek()) && !cursor.peek(1).first && lacksColon) {
    const name = cursor.name(`the ${kind}`)
    const type = typeWithoutColon(cursor, kind, name)
    return { kind, ...head, end: cursor.end, name, type }
  }
  const path = parsePath(cursor, 'an interface')
  cursor.semicolon(kind === 'import' ? 'An `import`' : 'An `export`')
  return { kind, ...head, end: cursor.end, name: undefined, type: { kind: 'path', path } }
}
