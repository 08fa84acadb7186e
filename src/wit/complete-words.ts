import type { Span, TextEdit } from './text.ts'
import { unbuildable } from './asynchronous.ts'

export type CompletionKind = 'keyword' | 'type' | 'snippet' | 'interface' | 'world' | 'resource'

export interface Completion {
  readonly kind: CompletionKind
  readonly label: string
  /** What is written in the place of `span`; with `$1`, `${2:word}` and `$0` where `snippet`. */
  readonly insert: string
  readonly snippet: boolean
  /** One line behind the label. */
  readonly detail: string | undefined
  readonly docs: string | undefined
  readonly span: Span
  /** What is compared with what was typed, where that is not the label. */
  readonly filter?: string
  /** What is written elsewhere in the file with it. */
  readonly also?: TextEdit
  /** Lower ones stand first. */
  readonly order: number
}

/** A completion before it is known what it replaces. */
export type Draft = Omit<Completion, 'span'>

export const draft = (kind: CompletionKind, label: string, order: number, more: Partial<Draft> = {}): Draft => ({
  kind,
  label,
  order,
  insert: label,
  snippet: false,
  detail: undefined,
  docs: undefined,
  ...more,
})

export const keyword = (word: string, insert = `${word} `): Draft => draft('keyword', word, 1, { insert })
export const snippet = (label: string, insert: string, detail: string, order = 0): Draft =>
  draft('snippet', label, order, { insert, snippet: true, detail })

const block = (word: string, member: string): Draft =>
  snippet(word, `${word} \${1:name} {\n  ${member}\n}`, `${word === 'enum' ? 'an' : 'a'} ${word}`)

const definitions: readonly Draft[] = [
  snippet('type', 'type ${1:name} = ${2:string};', 'another name for a type'),
  block('record', '${2:field}: ${3:string},$0'),
  block('variant', '${2:case}(${3:string}),$0'),
  block('enum', '${2:case},$0'),
  block('flags', '${2:flag},$0'),
  block('resource', '${2:constructor();}$0'),
]
const use = snippet('use', 'use ${1:interface}.{${2:type}};$0', 'types of another interface')
export const gates: readonly Draft[] = [
  snippet('since', 'since(version = ${1:1.0.0})', 'from which version on'),
  snippet('unstable', 'unstable(feature = ${1:name})', 'behind a feature'),
  snippet('deprecated', 'deprecated(version = ${1:1.0.0})', 'since which version'),
]
export const functions: readonly Draft[] = [
  snippet('func', 'func(${1})$0;', 'a function', 0),
  snippet('async func', 'async func(${1})$0;', 'a function that may wait', 1),
]

export const atTop: readonly Draft[] = [
  snippet('interface', 'interface ${1:name} {\n  $0\n}', 'types and functions'),
  snippet('world', 'world ${1:name} {\n  $0\n}', 'what a component imports and exports'),
  snippet('use', 'use ${1:interface};', 'an interface by a shorter name', 2),
]
export const inInterface: readonly Draft[] = [
  snippet('function', '${1:name}: func(${2});', 'a function', 0),
  ...definitions,
  use,
]
export const inWorld: readonly Draft[] = [
  snippet('export', 'export ', 'what the component offers'),
  snippet('import', 'import ', 'what the component needs'),
  snippet('include', 'include ${1:world};', 'everything of another world'),
  ...definitions,
  use,
]
export const inResource: readonly Draft[] = [
  snippet('constructor', 'constructor(${1});', 'makes one'),
  snippet('method', '${1:name}: func(${2});', 'of one of them'),
  snippet('static', '${1:name}: static func(${2});', 'of the resource itself'),
]

const typed = (label: string, insert: string, detail: string, order = 2): Draft =>
  draft('keyword', label, order, { insert, snippet: insert !== label, detail })
const numbers = 'u8 u16 u32 u64 s8 s16 s32 s64 f32 f64'.split(' ')
export const builtins: readonly Draft[] = [
  typed('string', 'string', 'text'),
  typed('bool', 'bool', 'true or false'),
  ...numbers.map((name) => typed(name, name, name.endsWith('64') && !name.startsWith('f') ? 'bigint' : 'number')),
  typed('char', 'char', 'one character'),
  typed('list', 'list<${1:string}>', 'any number of values'),
  typed('option', 'option<${1:string}>', 'a value or none'),
  typed('result', 'result<${1:_}, ${2:string}>', 'a value or an error'),
  typed('tuple', 'tuple<${1:string}, ${2:u32}>', 'values in an order'),
  typed('map', 'map<${1:string}, ${2:string}>', 'values by keys'),
  typed('borrow', 'borrow<${1:resource}>', 'a handle for the time of the call'),
  typed('own', 'own<${1:resource}>', 'a handle that is given away'),
  typed('stream', 'stream<${1:u8}>', `values over time; ${unbuildable}`, 3),
  typed('future', 'future<${1:string}>', `a value later; ${unbuildable}`, 3),
]
