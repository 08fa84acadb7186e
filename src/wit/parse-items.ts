import type { Cursor } from './cursor.ts'
import type { Case, Field, FunctionItem, InterfaceItem, Method, Path, TypeDefinition, Use, UsedName } from './tree.ts'
import type { Head } from './parse-gates.ts'
import type { PackageName } from './tree.ts'
import { describe, isKeyword, startsTopLevel } from './cursor.ts'
import { remove, replaceBy } from './fixes.ts'
import { parseHead, version } from './parse-gates.ts'
import { commaList, parseFunctionType, parseSignature, parseType } from './parse-types.ts'

/** `ns:name@version`. The cursor stands at the namespace. */
export const parsePackageName = (cursor: Cursor, what: string): PackageName => {
  const { start } = cursor.peek()
  const namespace = cursor.name(`the namespace of ${what}`)
  cursor.expect(
    ':',
    (found) => `A package's name has two parts with \`:\` between them, and here is ${found}.`,
    `Write \`${namespace.text === '' ? 'example' : namespace.text}:name\`.`,
  )
  const name = cursor.name(what)
  return { namespace, name, ...parsePackageVersion(cursor), start, end: cursor.end }
}

const parsePackageVersion = (cursor: Cursor): Pick<PackageName, 'version' | 'versionSpan'> => {
  const at = cursor.end
  if (!cursor.eat('@')) return { version: undefined, versionSpan: { start: at, end: at } }
  const parsed = version(cursor)
  return { version: parsed, versionSpan: { start: at, end: cursor.end } }
}

/** `name` or `ns:package/name@version` (WIT.md#item-toplevel-use). */
export const parsePath = (cursor: Cursor, what: string): Path => {
  const { start } = cursor.peek()
  if (!cursor.is(':', 1)) {
    const name = cursor.name(what)
    return { package: undefined, name, start, end: cursor.end }
  }
  const namespace = cursor.name('a namespace')
  cursor.expect(':', (found) => `After a namespace comes \`:\`, and here is ${found}.`, 'Write `ns:package/interface`.')
  const packageName = cursor.name('a package')
  const packageEnd = cursor.end
  if (!cursor.lost && !cursor.is('/')) {
    const full = `${namespace.text}:${packageName.text}`
    cursor.fail(
      `\`${full}\` names a package, and ${what} is expected here.`,
      `Say which one of the package: \`${full}/name${cursor.is('@') && cursor.peek(1).kind === 'number' ? `@${cursor.peek(1).text}` : ''}\`.`,
    )
  }
  cursor.eat('/')
  const name = cursor.name(what)
  const versioned = parsePackageVersion(cursor)
  const end = cursor.end
  return { package: { namespace, name: packageName, ...versioned, start, end: packageEnd }, name, start, end }
}

const usedName = (cursor: Cursor): UsedName => {
  const { start } = cursor.peek()
  const name = cursor.name('what to use')
  const as = cursor.eat('as') ? cursor.name('it here') : undefined
  return { start, end: cursor.end, name, as }
}

/** `use path.{a, b as c};` */
export const parseUse = (cursor: Cursor, head: Head): Use => {
  cursor.take()
  const path = parsePath(cursor, 'an interface')
  cursor.expect(
    '.',
    (found) => `After the interface come \`.{\` and the names to use, and here is ${found}.`,
    `Say which types: \`use ${path.name.text === '' ? 'interface' : cursor.text.slice(path.start, path.end)}.{type-name};\`.`,
  )
  cursor.expect('{', (found) => `After the \`.\` come the names in braces, and here is ${found}.`, 'Write `.{name}`.')
  const names = cursor.lost ? [] : commaList(cursor, '}', 'a name', () => usedName(cursor))
  cursor.semicolon('A `use`')
  return { kind: 'use', ...head, end: cursor.end, path, names }
}

const brace = (cursor: Cursor, what: string): void => {
  cursor.expect('{', (found) => `After the name of ${what} comes \`{\`, and here is ${found}.`, 'Put a `{` before it.')
}

const field = (cursor: Cursor): Field => {
  const { start } = cursor.peek()
  const docs = cursor.docs()
  const name = cursor.name('a field')
  cursor.expect(
    ':',
    (found) => `After a field's name come \`:\` and its type, and here is ${found}.`,
    'Write fields as `name: type`.',
  )
  const type = parseType(cursor)
  return { start, end: cursor.end, docs, name, type }
}

const plainCase = (cursor: Cursor, what: string): Case => {
  const { start } = cursor.peek()
  const docs = cursor.docs()
  const name = cursor.name(what)
  return { start, end: cursor.end, docs, name, payload: undefined }
}

const variantCase = (cursor: Cursor): Case => {
  const { start } = cursor.peek()
  const docs = cursor.docs()
  const name = cursor.name('a case')
  if (cursor.is(':'))
    cursor.fail(`The type of a case's value stands in parentheses, and here is \`:\`.`, `Write \`${name.text}(type)\`.`)
  if (!cursor.eat('(')) return { start, end: cursor.end, docs, name, payload: undefined }
  const payload = parseType(cursor)
  cursor.expect(
    ')',
    (found) => `The \`(\` of the case \`${name.text}\` is not closed: here is ${found}.`,
    'A case carries one value; close it with `)`, and use a `tuple` or a record for several values.',
  )
  return { start, end: cursor.end, docs, name, payload }
}

const method = (cursor: Cursor): Method => {
  const head = parseHead(cursor)
  if (cursor.is('constructor')) {
    const token = cursor.take()
    const type = parseSignature(cursor, false, token.start)
    cursor.semicolon('A constructor')
    const name = { text: 'constructor', missing: false, start: token.start, end: token.end }
    return { kind: 'constructor', ...head, end: cursor.end, name, type }
  }
  if (cursor.is('async') && cursor.is('constructor', 1))
    cursor.fail('A constructor cannot be async.', 'Use a `static async func` that returns the resource.')
  const name = cursor.name('a method')
  cursor.expect(
    ':',
    (found) => `After a method's name come \`:\` and \`func\`, and here is ${found}.`,
    'Write methods as `name: func(...);`.',
  )
  const isStatic = cursor.eat('static')
  const type = parseFunctionType(cursor)
  cursor.semicolon('A method')
  return { kind: isStatic ? 'static' : 'method', ...head, end: cursor.end, name, type }
}

const startsMethod = (cursor: Cursor): boolean =>
  startsTopLevel(cursor) ||
  cursor.is('@') ||
  cursor.is('constructor') ||
  (cursor.peek().kind === 'word' && cursor.is(':', 1))

/** Items up to the `}` that closes them, which is taken. */
export const block = <T>(
  cursor: Cursor,
  what: string,
  item: () => T | undefined,
  startsItem: (cursor: Cursor) => boolean,
): T[] => {
  const found: T[] = []
  while (!cursor.lost) {
    if (cursor.eat('}')) return found
    if (cursor.atEnd || startsTopLevel(cursor)) {
      cursor.fail(
        `The \`{\` of ${what} is not closed: here is ${describe(cursor.peek())}.`,
        cursor.atEnd ? `Close ${what} with \`}\`.` : `Close ${what} with \`}\` before it.`,
      )
      // What follows is an item of its own, or the end: nobody has to look for a place to go on from.
      cursor.lost = false
      return found
    }
    const start = cursor.position
    const parsed = item()
    if (parsed !== undefined) found.push(parsed)
    if (cursor.lost || cursor.position === start) cursor.recoverItem(start, startsItem)
  }
  return found
}

const resource = (cursor: Cursor, head: Head): TypeDefinition => {
  const name = cursor.name('a resource')
  if (cursor.eat(';')) return { kind: 'resource', ...head, end: cursor.end, name, methods: [] }
  cursor.expect(
    '{',
    (found) => `After the name of a resource comes \`;\`, or \`{\` and its functions, and here is ${found}.`,
    'Write `;` for a resource without functions.',
  )
  const methods = block(
    cursor,
    name.text === '' ? 'the resource' : `the resource \`${name.text}\``,
    () => method(cursor),
    startsMethod,
  )
  return { kind: 'resource', ...head, end: cursor.end, name, methods }
}

const definitions = new Set(['type', 'record', 'variant', 'enum', 'flags', 'resource'])

export const startsDefinition = (cursor: Cursor): boolean =>
  isKeyword(cursor.peek()) && definitions.has(cursor.peek().text)

/** A type definition; the cursor stands at its keyword. */
export const parseDefinition = (cursor: Cursor, head: Head): TypeDefinition => {
  const keyword = cursor.take().text
  switch (keyword) {
    case 'record': {
      const name = cursor.name('the record')
      brace(cursor, 'a record')
      const fields = commaList(cursor, '}', 'a field', () => field(cursor))
      return { kind: 'record', ...head, end: cursor.end, name, fields }
    }
    case 'variant': {
      const name = cursor.name('the variant')
      brace(cursor, 'a variant')
      const cases = commaList(cursor, '}', 'a case', () => variantCase(cursor))
      return { kind: 'variant', ...head, end: cursor.end, name, cases }
    }
    case 'enum':
    case 'flags': {
      const name = cursor.name(keyword === 'enum' ? 'the enum' : 'the flags')
      brace(cursor, keyword === 'enum' ? 'an enum' : 'flags')
      const what = keyword === 'enum' ? 'a case' : 'a flag'
      const cases = commaList(cursor, '}', what, () => plainCase(cursor, what))
      return { kind: keyword, ...head, end: cursor.end, name, cases }
    }
    case 'resource':
      return resource(cursor, head)
    default: {
      const name = cursor.name('the type')
      cursor.expect(
        '=',
        (found) => `After the name of a type come \`=\` and what it stands for, and here is ${found}.`,
        'Write `type name = ...;`, or use `record`, `variant`, `enum`, `flags` or `resource`.',
      )
      const type = parseType(cursor)
      cursor.semicolon('A `type`')
      return { kind: 'alias', ...head, end: cursor.end, name, type }
    }
  }
}

const functionItem = (cursor: Cursor, head: Head): FunctionItem => {
  const name = cursor.name('a function')
  if (cursor.is('('))
    cursor.fail(
      `After a function's name come \`:\` and \`func\`, and here is \`(\`.`,
      `Write \`${name.text}: func(...)\`.`,
    )
  cursor.expect(
    ':',
    (found) => `After a function's name come \`:\` and \`func\`, and here is ${found}.`,
    'Write functions as `name: func(...) -> result;`.',
  )
  const type = parseFunctionType(cursor)
  cursor.semicolon('A function')
  return { kind: 'function', ...head, end: cursor.end, name, type }
}

/** Words of other languages where an item of an interface is expected, and what to write instead. */
const foreignItems: Readonly<Record<string, string>> = {
  struct: 'record',
  class: 'resource',
  union: 'variant',
  typedef: 'type',
  fn: 'name: func()',
  function: 'name: func()',
}

/** Reports an item of another language, with the word that WIT has for it. */
export const failsAsForeign = (cursor: Cursor): boolean => {
  const token = cursor.peek()
  const instead = Object.hasOwn(foreignItems, token.text) ? foreignItems[token.text] : undefined
  if (instead === undefined || token.escaped || cursor.peek(1).kind !== 'word') return false
  const isWord = !instead.includes(' ')
  cursor.fail(
    `WIT has no \`${token.text}\`.`,
    `Write \`${instead}\` instead.`,
    isWord ? [replaceBy(token, instead)] : [],
  )
  return true
}

const interfaceItem = (cursor: Cursor): InterfaceItem | undefined => {
  const head = parseHead(cursor)
  if (cursor.is('use')) return parseUse(cursor, head)
  if (startsDefinition(cursor)) return parseDefinition(cursor, head)
  const token = cursor.peek()
  if (token.kind === 'word' && (!isKeyword(token) || cursor.is(':', 1))) {
    if (failsAsForeign(cursor)) return undefined
    return functionItem(cursor, head)
  }
  if (cursor.is('import') || cursor.is('export') || cursor.is('include'))
    cursor.fail(
      `\`${token.text}\` belongs in a world, and this is an interface.`,
      `Move it into a world; for types of another interface write \`use other.{name};\`.`,
    )
  else if (cursor.is(';'))
    cursor.fail('Here is a `;` that ends nothing.', 'Delete the `;`: nothing follows a `}`.', [
      remove(token, 'Delete ;'),
    ])
  else
    cursor.fail(
      `A function, a type or a \`use\` is expected here, but there is ${describe(token)}.`,
      token.text === 'func' && cursor.peek(1).kind === 'word'
        ? `The name comes first: \`${cursor.peek(1).text}: func(...);\`.`
        : 'Write functions as `name: func(...);` and types as `record`, `variant`, `enum`, `flags`, `resource` or `type`.',
    )
  return undefined
}

export const startsInterfaceItem = (cursor: Cursor): boolean =>
  startsTopLevel(cursor) ||
  startsDefinition(cursor) ||
  cursor.is('@') ||
  cursor.is('use') ||
  (cursor.peek().kind === 'word' && cursor.is(':', 1))

/** The items of an interface up to its `}`. The cursor stands after the `{`. */
export const parseInterfaceBody = (cursor: Cursor, what: string): InterfaceItem[] =>
  block(cursor, what, () => interfaceItem(cursor), startsInterfaceItem)
