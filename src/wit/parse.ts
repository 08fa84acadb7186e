import type { File, Include, Interface, PackageBlock, PackageDeclaration } from './tree.ts'
import type { ParsedWit, Renamed, TopLevelItem, TopLevelUse, World, WorldItem } from './tree.ts'
import type { Head } from './parse-gates.ts'
import { Cursor, describe, isName, misspelt, startsTopLevel } from './cursor.ts'
import {
  block,
  failsAsForeign,
  parseDefinition,
  parseInterfaceBody,
  parsePackageName,
  parsePath,
  parseUse,
} from './parse-items.ts'
import { startsDefinition } from './parse-items.ts'
import { insertAt, remove } from './fixes.ts'
import { lex } from './lexer.ts'
import { parseHead } from './parse-gates.ts'
import { parseExtern } from './parse-extern.ts'
import { commaList } from './parse-types.ts'

const renamed = (cursor: Cursor): Renamed => {
  const { start } = cursor.peek()
  const name = cursor.name('what to rename')
  cursor.expect(
    'as',
    (found) => `After the name comes \`as\` and the new name, and here is ${found}.`,
    cursor.is(':') ? 'Only plain names can be renamed; leave the interface out.' : 'Write `old as new`.',
  )
  const as = cursor.name('it in this world')
  return { start, end: cursor.end, name, as }
}

const include = (cursor: Cursor, head: Head): Include => {
  cursor.take()
  const path = parsePath(cursor, 'a world')
  let renames: Renamed[] = []
  if (cursor.eat('with')) {
    cursor.expect('{', (found) => `After \`with\` comes \`{\`, and here is ${found}.`, 'Write `with { old as new }`.')
    if (!cursor.lost) renames = commaList(cursor, '}', 'a renaming', () => renamed(cursor))
  } else cursor.semicolon('An `include`')
  return { kind: 'include', ...head, end: cursor.end, path, renames }
}

const worldItem = (cursor: Cursor): WorldItem | undefined => {
  const head = parseHead(cursor)
  if (cursor.is('import') || cursor.is('export')) return parseExtern(cursor, head)
  if (cursor.is('include')) return include(cursor, head)
  if (cursor.is('use')) return parseUse(cursor, head)
  if (startsDefinition(cursor)) return parseDefinition(cursor, head)
  const token = cursor.peek()
  if (token.kind === 'word' && cursor.is(':', 1))
    cursor.fail(
      `\`${token.text}\` is in a world, where each function is an import or an export.`,
      `Write \`export ${token.text}: ...\` if the component offers it, \`import ${token.text}: ...\` if it needs it.`,
      ['export', 'import'].map((word) => insertAt(token.start, `${word} `)),
    )
  else if (cursor.is(';'))
    cursor.fail('Here is a `;` that ends nothing.', 'Delete the `;`: nothing follows a `}`.', [
      remove(token, 'Delete ;'),
    ])
  else if (!failsAsForeign(cursor))
    cursor.fail(
      `An \`import\`, an \`export\`, an \`include\`, a \`use\` or a type is expected here, but there is ${describe(token)}.`,
      ...misspelt(
        token,
        ['import', 'export', 'include', 'use', 'type', 'record', 'variant', 'enum', 'flags', 'resource'],
        'Write for example `export run: func();`.',
      ),
    )
  return undefined
}

const startsWorldItem = (cursor: Cursor): boolean =>
  startsTopLevel(cursor) ||
  startsDefinition(cursor) ||
  ['@', 'import', 'export', 'include', 'use'].some((text) => cursor.is(text))

const interfaceItem = (cursor: Cursor, head: Head): Interface => {
  cursor.take()
  const name = cursor.name('the interface')
  const start = cursor.peek().start
  cursor.expect(
    '{',
    (found) => `After the name of an interface comes \`{\`, and here is ${found}.`,
    'Put a `{` before it.',
  )
  const items = parseInterfaceBody(cursor, name.missing ? 'the interface' : `the interface \`${name.text}\``)
  return { kind: 'interface', ...head, end: cursor.end, name, items, body: { start, end: cursor.end } }
}

const world = (cursor: Cursor, head: Head): World => {
  cursor.take()
  const name = cursor.name('the world')
  const start = cursor.peek().start
  cursor.expect('{', (found) => `After the name of a world comes \`{\`, and here is ${found}.`, 'Put a `{` before it.')
  const what = name.missing ? 'the world' : `the world \`${name.text}\``
  const items = block(cursor, what, () => worldItem(cursor), startsWorldItem)
  return { kind: 'world', ...head, end: cursor.end, name, items, body: { start, end: cursor.end } }
}

const topLevelUse = (cursor: Cursor, head: Head): TopLevelUse | undefined => {
  cursor.take()
  const path = parsePath(cursor, 'an interface')
  const as = cursor.eat('as') ? cursor.name('it in this file') : undefined
  if (cursor.is('.')) {
    cursor.fail(
      'At the top of a file `use` names an interface, and this one picks types of one.',
      'Move this `use` into the interface or world that needs the types.',
    )
    return undefined
  }
  cursor.semicolon('A `use`')
  return { kind: 'top-level-use', ...head, end: cursor.end, path, as }
}

const packageBlock = (cursor: Cursor, head: Head, nested: boolean): PackageBlock => {
  cursor.take()
  const name = parsePackageName(cursor, 'the package')
  if (nested && !cursor.lost)
    cursor.problem(
      name,
      `The package \`${cursor.text.slice(name.start, name.end)}\` is inside another package.`,
      'Move it out to the top level of the file.',
    )
  if (head.gates.length > 0)
    for (const gate of head.gates)
      cursor.problem(gate, 'A package takes no annotations.', 'Put the annotation on the interfaces and worlds inside.')
  const start = cursor.peek().start
  cursor.expect(
    '{',
    (found) =>
      cursor.is(';')
        ? 'A file has one `package ...;`, as its first item, and this one comes later.'
        : `After the name of the package comes \`{\`, and here is ${found}.`,
    cursor.is(';')
      ? 'Move it to the top of the file, or give this package a body: `package ... { ... }`.'
      : 'Put a `{` before it.',
  )
  if (cursor.packageDepth > 20) cursor.fail('Packages are nested too deep here.', 'Move this one to the top level.')
  cursor.packageDepth += 1
  const what = name.name.missing ? 'the package' : `the package \`${cursor.text.slice(name.start, name.end)}\``
  const items: TopLevelItem[] = []
  while (!cursor.lost) {
    if (cursor.eat('}')) break
    if (cursor.atEnd) {
      cursor.fail(`The \`{\` of ${what} is not closed.`, `Close ${what} with \`}\`.`)
      cursor.lost = false
      break
    }
    parseTopLevel(cursor, items, true)
  }
  cursor.packageDepth -= 1
  return { kind: 'package-block', ...head, end: cursor.end, name, items, body: { start, end: cursor.end } }
}

const topLevelItem = (cursor: Cursor, nested: boolean): TopLevelItem | undefined => {
  const head = parseHead(cursor)
  if (cursor.is('interface')) return interfaceItem(cursor, head)
  if (cursor.is('world')) return world(cursor, head)
  if (cursor.is('package')) return packageBlock(cursor, head, nested)
  if (cursor.is('use')) {
    for (const gate of head.gates)
      cursor.problem(gate, 'A `use` at the top of a file takes no annotations.', 'Delete the annotation.')
    return topLevelUse(cursor, head)
  }
  const token = cursor.peek()
  if (startsDefinition(cursor))
    cursor.fail(
      `Types live in an interface or in a world, and this \`${token.text}\` is outside.`,
      'Put it into an `interface name { ... }`.',
    )
  else if (cursor.is('import') || cursor.is('export') || cursor.is('include'))
    cursor.fail(
      `\`${token.text}\` belongs in a world, and this one is outside.`,
      `Put it into a \`world name { ... }\`.`,
    )
  else if (isName(token) && cursor.is(':', 1))
    cursor.fail(
      `Functions live in an interface or in a world, and \`${token.text}\` is outside.`,
      'Put it into an `interface name { ... }`, or write `export` before it in a world.',
    )
  else if (cursor.is('}')) cursor.fail('This `}` closes nothing.', 'Delete it, or look for a `}` too many above.')
  else if (cursor.is(';'))
    cursor.fail('Here is a `;` that ends nothing.', 'Delete the `;`: nothing follows a `}`.', [
      remove(token, 'Delete ;'),
    ])
  else if (!cursor.atEnd || head.gates.length > 0)
    cursor.fail(
      `An \`interface\`, a \`world\`, a \`use\` or a \`package\` is expected here, but there is ${describe(token)}.`,
      ...misspelt(
        token,
        ['interface', 'world', 'use', 'package'],
        'Write for example `world my-world { export run: func(); }`.',
      ),
    )
  return undefined
}

const startsTopLevelItem = (cursor: Cursor): boolean =>
  cursor.is('@') || ['interface', 'world', 'package', 'use'].some((text) => cursor.is(text))

const parseTopLevel = (cursor: Cursor, items: TopLevelItem[], nested: boolean): void => {
  const start = cursor.position
  const item = topLevelItem(cursor, nested)
  if (item !== undefined) items.push(item)
  if (cursor.lost || cursor.position === start) {
    cursor.recoverItem(start, startsTopLevelItem)
    // At the top of the file there is no `}` to stop before.
    if (!nested && cursor.is('}')) cursor.take()
  }
}

const packageDeclaration = (cursor: Cursor): PackageDeclaration | undefined => {
  if (!cursor.is('package')) return undefined
  // A package block has the same beginning; what comes after the name decides.
  let ahead = 1
  while (ahead < 12 && !cursor.peek(ahead).first && ![';', '{'].some((text) => cursor.is(text, ahead))) {
    if (cursor.peek(ahead).kind === 'end') break
    ahead += 1
  }
  if (cursor.is('{', ahead)) return undefined
  const { start } = cursor.peek()
  const docs = cursor.docs()
  cursor.take()
  const name = parsePackageName(cursor, 'the package')
  cursor.semicolon('The name of the package')
  if (cursor.lost) cursor.recoverItem(-1, startsTopLevelItem)
  return { kind: 'package', start, end: cursor.end, docs, gates: [], name }
}

/**
 * Parses one file. Always gives a tree that covers the whole text; what is wrong with the syntax is in `problems`. Never
 * throws, and takes time linear in the length of the text.
 */
export const parseWit = (text: string): ParsedWit => {
  const { tokens, problems } = lex(text)
  const cursor = new Cursor(text, tokens)
  const declaration = packageDeclaration(cursor)
  const items: TopLevelItem[] = []
  while (!cursor.atEnd) parseTopLevel(cursor, items, false)
  const file: File = { kind: 'file', start: 0, end: text.length, package: declaration, items }
  return { text, file, tokens, problems: mergeProblems(problems, cursor.problems) }
}

/** In order of position; where the lexer and the parser complain about one token, the lexer knows better. */
const mergeProblems = (lexical: ParsedWit['problems'], syntactic: ParsedWit['problems']): ParsedWit['problems'] => {
  const spots = new Set(lexical.map((problem) => problem.start))
  const merged = [...lexical, ...syntactic.filter((problem) => !spots.has(problem.start))]
  return merged.toSorted((a, b) => a.start - b.start)
}
