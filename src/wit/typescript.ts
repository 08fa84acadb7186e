/** WIT as the TypeScript that implements it sees it: the conventions of the generated guest types. */
import { primitives as primitiveNames } from './builtin-types.ts'
import type { FunctionType, Method, Type, TypeDefinition } from './tree.ts'

/** The words of a name: at each `-`, and where capitals begin. */
const words = (name: string): string[] =>
  name
    .split('-')
    .map((word) => word.toLowerCase())
    .filter((word) => word !== '')

const capitalised = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`

/** `wall-clock` to `WallClock`. */
export const typeName = (name: string): string => words(name).map(capitalised).join('')

/** `get-random-bytes` to `getRandomBytes`. */
export const valueName = (name: string): string =>
  words(name)
    .map((word, index) => (index === 0 ? word : capitalised(word)))
    .join('')

const primitives: Readonly<Record<string, string>> = {
  bool: 'boolean',
  s64: 'bigint',
  u64: 'bigint',
  char: 'string',
  string: 'string',
  'error-context': 'ErrorContext',
}

/** Lists of these are typed arrays. */
const arrays: Readonly<Record<string, string>> = {
  s8: 'Int8Array',
  u8: 'Uint8Array',
  s16: 'Int16Array',
  u16: 'Uint16Array',
  s32: 'Int32Array',
  u32: 'Uint32Array',
  s64: 'BigInt64Array',
  u64: 'BigUint64Array',
  f32: 'Float32Array',
  f64: 'Float64Array',
}

/** Fixed-length lists are written out up to here. */
const longestWritten = 8

/** The type behind a name that only stands for another: the generated types see through it in some places. */
export type Follow = (type: Type) => Type

const asWritten: Follow = (type) => type

export const typescriptOf = (type: Type, follow: Follow = asWritten): string => {
  switch (type.kind) {
    case 'primitive':
      return primitives[type.name] ?? 'number'
    case 'named':
      return typeName(type.name.text)
    case 'own':
    case 'borrow':
      return typeName(type.resource.text)
    case 'list': {
      const element = typescriptOf(type.element, follow)
      const behind = follow(type.element)
      if (type.length !== undefined) {
        const { value } = type.length
        const written = Array.from({ length: Math.min(value, longestWritten) }, () => element)
        return `[${written.join(', ')}${value > longestWritten ? ', ...' : ''}]`
      }
      const array = behind.kind === 'primitive' ? arrays[behind.name] : undefined
      return array ?? `Array<${element}>`
    }
    case 'option':
      return follow(type.element).kind === 'option'
        ? `Option<${typescriptOf(type.element, follow)}>`
        : `${typescriptOf(type.element, follow)} | undefined`
    case 'result':
      return `Result<${optional(type.ok, follow)}, ${optional(type.error, follow)}>`
    case 'tuple':
      return `[${type.members.map((member) => typescriptOf(member, follow)).join(', ')}]`
    case 'map':
      return `Map<${typescriptOf(type.key, follow)}, ${typescriptOf(type.value, follow)}>`
    case 'stream':
      return `AsyncIterable<${optional(type.element, follow)}>`
    case 'future':
      return `PromiseLike<${optional(type.element, follow)}>`
    case 'invalid':
      return 'unknown'
  }
}

/** Of a type that has no parts. */
export const primitiveInTypescript = (name: string): string | undefined =>
  primitiveNames.has(name) ? (primitives[name] ?? 'number') : undefined

const optional = (type: Type | undefined, follow: Follow): string =>
  type === undefined ? 'void' : typescriptOf(type, follow)

const parametersOf = ({ parameters }: FunctionType, follow: Follow): string =>
  parameters.map(({ name, type }) => `${valueName(name.text)}: ${typescriptOf(type, follow)}`).join(', ')

/** What a function returns: a `result` is its `ok`, and its `err` is thrown. */
const returned = ({ async, result }: FunctionType, follow: Follow): string => {
  const behind = result && follow(result)
  const value = optional(behind?.kind === 'result' ? behind.ok : result, follow)
  return async ? `Promise<${value}>` : value
}

/** `greet(name: string): string` */
export const signatureOf = (name: string, type: FunctionType, follow: Follow = asWritten): string =>
  `${valueName(name)}(${parametersOf(type, follow)}): ${returned(type, follow)}`

/** What a call throws, where its `result` has an `err`: that type, or `undefined` where it has none. */
export const thrownOf = ({ result }: FunctionType, follow: Follow = asWritten): string | undefined => {
  const behind = result && follow(result)
  if (behind?.kind !== 'result') return undefined
  return behind.error === undefined ? 'undefined' : typescriptOf(behind.error, follow)
}

const methodOf = ({ kind, name, type }: Method, follow: Follow): string =>
  kind === 'constructor'
    ? `constructor(${parametersOf(type, follow)})`
    : `${kind === 'static' ? 'static ' : ''}${signatureOf(name.text, type, follow)}`

/** The declaration that a type becomes. */
export const declarationOf = (definition: TypeDefinition, follow: Follow = asWritten): string => {
  const name = typeName(definition.name.text)
  switch (definition.kind) {
    case 'alias':
      return `type ${name} = ${typescriptOf(definition.type, follow)}`
    case 'record':
      return block(
        `interface ${name}`,
        definition.fields.map(({ name: label, type }) => {
          const behind = follow(type)
          return behind.kind === 'option' && follow(behind.element).kind !== 'option'
            ? `${valueName(label.text)}?: ${typescriptOf(behind.element, follow)}`
            : `${valueName(label.text)}: ${typescriptOf(type, follow)}`
        }),
      )
    case 'variant':
      return `type ${name} =${definition.cases
        .map(({ name: tag, payload }) =>
          payload === undefined
            ? `\n  | { tag: '${tag.text}' }`
            : `\n  | { tag: '${tag.text}', val: ${typescriptOf(payload, follow)} }`,
        )
        .join('')}`
    case 'enum':
      return `type ${name} = ${definition.cases.map(({ name: label }) => `'${label.text}'`).join(' | ')}`
    case 'flags':
      return block(
        `interface ${name}`,
        definition.cases.map(({ name: label }) => `${valueName(label.text)}?: boolean`),
      )
    case 'resource':
      return block(
        `class ${name}`,
        definition.methods.map((method) => methodOf(method, follow)),
      )
  }
}

const block = (head: string, lines: readonly string[]): string =>
  lines.length === 0 ? `${head} {}` : `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}`
