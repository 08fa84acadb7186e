import { primitives } from './builtin-types.ts'
import type { Cursor } from './cursor.ts'
import type { FixedLength, FunctionType, Name, Parameter, PrimitiveName, Type } from './tree.ts'
import { insertAt, replaceBy } from './fixes.ts'
import type { Span } from './text.ts'
import { describe, isKeyword, isName } from './cursor.ts'

const isPrimitive = (text: string): text is PrimitiveName => primitives.has(text)

/** Elements separated by commas up to `close`, which is taken. A trailing comma is fine. */
export const commaList = <T>(cursor: Cursor, close: string, what: string, element: () => T): T[] => {
  const found: T[] = []
  let semicolons = 0
  while (!cursor.lost && !cursor.is(close)) {
    const start = cursor.position
    found.push(element())
    if (cursor.lost && !cursor.recoverInList(close)) return found
    if (cursor.eat(',') || cursor.is(close)) continue
    if (close === '}' && cursor.is(';') && (cursor.is(close, 1) || cursor.peek(1).kind === 'word')) {
      if (semicolons === 0)
        cursor.problem(
          cursor.peek(),
          `After ${what} comes \`,\`, and here is \`;\`.`,
          'Write `,` in the place of each `;` here.',
          [{ title: 'Write ,', edits: semicolonsUpTo(cursor, close).map((token) => ({ ...token, text: ',' })) }],
        )
      semicolons += 1
      cursor.take()
      continue
    }
    cursor.fail(
      `After ${what} comes \`,\` or \`${close}\`, and here is ${describe(cursor.peek())}.`,
      cursor.atEnd
        ? `Close the list with \`${close}\`.`
        : `Put a \`,\` between the two, or close the list with \`${close}\`.`,
      cursor.peek().kind === 'word' ? [insertAt(cursor.end, ',')] : [],
    )
    // An element on a line of its own: only the comma is missing.
    if (cursor.peek().first && cursor.peek().kind === 'word' && !cursor.startsAnotherItem()) {
      cursor.lost = false
      continue
    }
    if (!cursor.recoverInList(close)) return found
    cursor.eat(',')
    if (cursor.position === start) return found
  }
  cursor.expect(
    close,
    (token) => `A \`${close}\` is missing: here is ${token}.`,
    `Close the list with \`${close}\` before it.`,
  )
  return found
}

/** The `;` between the elements from here up to `close`. */
const semicolonsUpTo = (cursor: Cursor, close: string): Span[] => {
  const found: Span[] = []
  for (let ahead = 0, depth = 0; ; ahead += 1) {
    const { kind, text, start, end } = cursor.peek(ahead)
    if (kind === 'end' || (depth === 0 && text === close) || text === '{' || text === '}') return found
    if (kind !== 'mark') continue
    if (text === '<' || text === '(') depth += 1
    else if (text === '>' || text === ')') depth -= 1
    else if (text === ';' && depth === 0) found.push({ start, end })
  }
}

const parameter = (cursor: Cursor): Parameter => {
  const { start } = cursor.peek()
  if (isKeyword(cursor.peek()) && !cursor.peek().first && !cursor.is(':', 1)) {
    cursor.fail(
      `A parameter has a name and a type, and here is only \`${cursor.peek().text}\`.`,
      `Give the parameter a name: \`value: ${cursor.peek().text}\`.`,
    )
  }
  const name = cursor.name('a parameter')
  cursor.expect(
    ':',
    (found) => `After a parameter's name come \`:\` and its type, and here is ${found}.`,
    'Write parameters as `name: type`.',
  )
  const type = parseType(cursor)
  return { start, end: cursor.end, name, type }
}

/** The parentheses with parameters, and the result if there is one. */
export const parseSignature = (cursor: Cursor, async: boolean, start: number): FunctionType => {
  cursor.expect(
    '(',
    (found) => `After \`func\` come the parameters in parentheses, and here is ${found}.`,
    'Write `()` where there are no parameters.',
  )
  const parameters = commaList(cursor, ')', 'a parameter', () => parameter(cursor))
  const result = arrow(cursor) ? parseType(cursor) : undefined
  return { start, end: cursor.end, async, parameters, result }
}

/** Takes `->`, and what other languages write in its place. */
const arrow = (cursor: Cursor): boolean => {
  const found = cursor.lost ? undefined : cursor.is(':') ? ':' : cursor.is('=') && cursor.is('>', 1) ? '=>' : undefined
  if (found === undefined) return cursor.eat('->')
  cursor.problem(
    { start: cursor.peek().start, end: cursor.peek(found.length - 1).end },
    `The result of a function comes after \`->\`, and here is \`${found}\`.`,
    `Write \`->\` in the place of the \`${found}\`.`,
    [replaceBy({ start: cursor.peek().start, end: cursor.peek(found.length - 1).end }, '->')],
  )
  for (let taken = 0; taken < found.length; taken++) cursor.take()
  return true
}

/** Whether a word written from memory stands in the place of `func`, as `function` or `fun`. */
export const isNearlyFunc = (cursor: Cursor): boolean => !cursor.lost && isName(cursor.peek()) && cursor.is('(', 1)

/** `async? func(...) -> ...` */
export const parseFunctionType = (cursor: Cursor): FunctionType => {
  const { start } = cursor.peek()
  const async = cursor.eat('async')
  const notFunc = (found: string): string => `A function's type starts with \`func\`, and here is ${found}.`
  if (isNearlyFunc(cursor)) {
    // What follows is read as it was meant.
    cursor.problem(cursor.peek(), notFunc(describe(cursor.peek())), 'Write `func(...)`.', [
      replaceBy(cursor.peek(), 'func'),
    ])
    cursor.take()
    return parseSignature(cursor, async, start)
  }
  cursor.expect(
    'func',
    (found) =>
      async && cursor.is('static') ? 'The order is `static async func`, and here `async` comes first.' : notFunc(found),
    async && cursor.is('static') ? 'Write `static async func`.' : 'Write `func(...)`.',
  )
  return parseSignature(cursor, async, start)
}

const angle = (cursor: Cursor, what: string): void => {
  cursor.expect(
    '<',
    (found) => `After \`${what}\` comes \`<\`, and here is ${found}.`,
    `Say of what: \`${what}<${what === 'map' ? 'string, u32' : 'u8'}>\`.`,
  )
}

const closeAngle = (cursor: Cursor, what: string): void => {
  cursor.expect('>', (found) => `The \`<\` of \`${what}\` is not closed: here is ${found}.`, 'Close it with `>`.')
}

const fixedLength = (cursor: Cursor): FixedLength | undefined => {
  const token = cursor.peek()
  if (token.kind !== 'number' || !/^\d+$/.test(token.text)) {
    cursor.fail(
      `After the comma comes the number of elements, and here is ${describe(token)}.`,
      'Write a number, as in `list<u8, 16>`, or remove the comma for a list of any length.',
    )
    return undefined
  }
  cursor.take()
  const value = Number(token.text)
  if (value > 0xffff_ffff)
    cursor.problem(token, `A list cannot have ${token.text} elements.`, 'Write a number up to 4294967295.')
  return { start: token.start, end: token.end, value }
}

const handle = (cursor: Cursor, kind: 'own' | 'borrow'): Name => {
  angle(cursor, kind)
  const token = cursor.peek()
  if (isKeyword(token))
    cursor.fail(
      `\`${kind}<...>\` is about a resource, and \`${token.text}\` is none.`,
      kind === 'own' ? `Write \`${token.text}\` alone: values are passed as they are.` : 'Name a resource here.',
    )
  const resource = cursor.name('a resource')
  closeAngle(cursor, kind)
  return resource
}

const wordType = (cursor: Cursor, start: number): Type => {
  const token = cursor.peek()
  const span = (): { start: number; end: number } => ({ start, end: cursor.end })
  if (!isKeyword(token)) return { kind: 'named', name: cursor.name('a type'), ...span() }
  if (isPrimitive(token.text)) {
    cursor.take()
    return { kind: 'primitive', name: token.text, ...span() }
  }
  switch (token.text) {
    case 'list': {
      cursor.take()
      angle(cursor, 'list')
      const element = parseType(cursor)
      const length = cursor.eat(',') ? fixedLength(cursor) : undefined
      closeAngle(cursor, 'list')
      return { kind: 'list', element, length, ...span() }
    }
    case 'option': {
      cursor.take()
      angle(cursor, 'option')
      const element = parseType(cursor)
      closeAngle(cursor, 'option')
      return { kind: 'option', element, ...span() }
    }
    case 'result':
      cursor.take()
      return parseResult(cursor, start)
    case 'tuple': {
      cursor.take()
      angle(cursor, 'tuple')
      const members = commaList(cursor, '>', 'a type', () => parseType(cursor))
      return { kind: 'tuple', members, ...span() }
    }
    case 'map': {
      cursor.take()
      angle(cursor, 'map')
      const key = parseType(cursor)
      cursor.expect(
        ',',
        (found) => `A map has a type for keys and one for values, and here is ${found} instead of \`,\`.`,
        'Write `map<string, u32>`.',
      )
      const value = parseType(cursor)
      closeAngle(cursor, 'map')
      return { kind: 'map', key, value, ...span() }
    }
    case 'stream':
    case 'future': {
      cursor.take()
      const some = cursor.eat('<')
      const element = some ? parseType(cursor) : undefined
      if (some) closeAngle(cursor, token.text)
      return { kind: token.text, element, ...span() }
    }
    case 'own':
    case 'borrow': {
      cursor.take()
      const resource = handle(cursor, token.text)
      return { kind: token.text, resource, ...span() }
    }
    default:
      if (token.first)
        cursor.fail(
          `A type is missing at the end of the line above: here is already \`${token.text}\`.`,
          'Write a type such as `string` there.',
        )
      cursor.fail(
        `A type is expected here, but \`${token.text}\` is a keyword of WIT.`,
        `Write a type such as \`string\`, or \`%${token.text}\` if that is the name of a type of yours.`,
      )
      return { kind: 'invalid', start, end: start }
  }
}

const parseResult = (cursor: Cursor, start: number): Type => {
  if (!cursor.eat('<')) return { kind: 'result', ok: undefined, error: undefined, start, end: cursor.end }
  let ok: Type | undefined
  let error: Type | undefined
  if (cursor.eat('_')) {
    cursor.expect(
      ',',
      () => 'After `_`, which stands for no value, comes the type of the error.',
      'Write `result<_, string>`, or `result` alone for neither value nor error.',
    )
    error = parseType(cursor)
  } else {
    ok = parseType(cursor)
    if (cursor.eat(',')) error = parseType(cursor)
  }
  closeAngle(cursor, 'result')
  return { kind: 'result', ok, error, start, end: cursor.end }
}

/** `item[]` and `item[][]` of other languages, read as the lists that they are. */
const arrayOf = (cursor: Cursor, element: Type): Type => {
  const { start } = cursor.peek()
  let type = element
  let text = cursor.source(element)
  while (!cursor.lost && cursor.isUnknown('[') && cursor.isUnknown(']', 1)) {
    cursor.take()
    cursor.take()
    text = `list<${text}>`
    type = { kind: 'list', element: type, length: undefined, start: type.start, end: cursor.end }
  }
  if (type !== element)
    cursor.problem(
      { start, end: cursor.end },
      'Lists are written `list<...>` in WIT, and here is `[]` behind the type.',
      `Write \`${text}\`.`,
      [replaceBy(type, text)],
    )
  return type
}

/** Nesting beyond this is a mistake in any real text, and would only exhaust the stack. */
const deepest = 200

/** A type. An `invalid` one where there is none; then the cursor is lost. */
export const parseType = (cursor: Cursor): Type => {
  const token = cursor.peek()
  if (cursor.lost) return { kind: 'invalid', start: cursor.end, end: cursor.end }
  if (cursor.typeDepth >= deepest)
    cursor.fail(`Types are nested more than ${deepest} deep here.`, 'Give inner types names with `type ... = ...;`.')
  else if (token.kind === 'word') {
    cursor.typeDepth += 1
    try {
      return arrayOf(cursor, wordType(cursor, token.start))
    } finally {
      cursor.typeDepth -= 1
    }
  } else if (cursor.is('(') || cursor.is('_'))
    cursor.fail(
      `A type is expected here, but there is ${describe(token)}.`,
      cursor.is('(') && cursor.is(')', 1)
        ? 'Leave out `->` and what follows it: a function without result has none.'
        : cursor.is('(')
          ? 'A function returns one value; use `tuple<...>` or a record for several.'
          : '`_` stands only for the missing value in `result<_, error>`.',
    )
  else
    cursor.fail(`A type is expected here, but there is ${describe(token)}.`, 'Write a type such as `u32` or `string`.')
  return { kind: 'invalid', start: token.start, end: token.start }
}
