/** WIT as the TypeScript that implements it sees it: the conventions of the generated guest types. */
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

export const typescriptOf = (type: Type): string => {
  switch (type.kind) {
    case 'primitive':
      return primitives[type.name] ?? 'number'
    case 'named':
      return typeName(type.name.text)
    case 'own':
    case 'borrow':
      return typeName(type.resource.text)
    case 'list': {
      const element = typescriptOf(type.element)
      if (type.length !== undefined) {
        const { value } = type.length
        const written = Array.from({ length: Math.min(value, longestWritten) }, () => element)
        return `[${written.join(', ')}${value > longestWritten ? ', ...' : ''}]`
      }
      const array = type.element.kind === 'primitive' ? arrays[type.element.name] : undefined
      return array ?? `Array<${element}>`
    }
    case 'option':
      return type.element.kind === 'option'
        ? `Option<${typescriptOf(type.element)}>`
        : `${typescriptOf(type.element)} | undefined`
    case 'result':
      return `Result<${optional(type.ok)}, ${optional(type.error)}>`
    case 'tuple':
      return `[${type.members.map(typescriptOf).join(', ')}]`
    case 'map':
      return `Map<${typescriptOf(type.key)}, ${typescriptOf(type.value)}>`
    case 'stream':
      return `AsyncIterable<${optional(type.element)}>`
    case 'future':
      return `PromiseLike<${optional(type.element)}>`
    case 'invalid':
      return 'unknown'
  }
}

const optional = (type: Type | undefined): string => (type === undefined ? 'void' : typescriptOf(type))

const parametersOf = ({ parameters }: FunctionType): string =>
  parameters.map(({ name, type }) => `${valueName(name.text)}: ${typescriptOf(type)}`).join(', ')

/** What a function returns: a `result` is its `ok`, and its `err` is thrown. */
const returned = ({ async, result }: FunctionType): string => {
  const value = optional(result?.kind === 'result' ? result.ok : result)
  return async ? `Promise<${value}>` : value
}

/** `greet(name: string): string` */
export const signatureOf = (name: string, type: FunctionType): string =>
  `${valueName(name)}(${parametersOf(type)}): ${returned(type)}`

/** What a call throws, where its `result` has an `err`: that type, or `undefined` where it has none. */
export const thrownOf = ({ result }: FunctionType): string | undefined =>
  result?.kind !== 'result' ? undefined : result.error === undefined ? 'undefined' : typescriptOf(result.error)

const methodOf = ({ kind, name, type }: Method): string =>
  kind === 'constructor'
    ? `constructor(${parametersOf(type)})`
    : `${kind === 'static' ? 'static ' : ''}${signatureOf(name.text, type)}`

/** The declaration that a type becomes. */
export const declarationOf = (definition: TypeDefinition): string => {
  const name = typeName(definition.name.text)
  switch (definition.kind) {
    case 'alias':
      return `type ${name} = ${typescriptOf(definition.type)}`
    case 'record':
      return block(
        `interface ${name}`,
        definition.fields.map((field) =>
          field.type.kind === 'option' && field.type.element.kind !== 'option'
            ? `${valueName(field.name.text)}?: ${typescriptOf(field.type.element)}`
            : `${valueName(field.name.text)}: ${typescriptOf(field.type)}`,
        ),
      )
    case 'variant':
      return `type ${name} =${definition.cases
        .map(({ name: tag, payload }) =>
          payload === undefined
            ? `\n  | { tag: '${tag.text}' }`
            : `\n  | { tag: '${tag.text}', val: ${typescriptOf(payload)} }`,
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
      return block(`class ${name}`, definition.methods.map(methodOf))
  }
}

const block = (head: string, lines: readonly string[]): string =>
  lines.length === 0 ? `${head} {}` : `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}`
