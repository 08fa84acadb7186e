import type { FunctionType, ResourceType, TypeItem, ValueType } from './types.ts'

/** Types as WIT writes them. Specification: WIT.md#wit-types. */

const reserved: ReadonlySet<string> = new Set(
  (
    'as async bool borrow char constructor enum error-context export f32 f64 flags from func future import include ' +
    'interface list map option own package record resource result s16 s32 s64 s8 static stream string tuple type u16 ' +
    'u32 u64 u8 use variant with world'
  ).split(' '),
)

/** A name as WIT writes it: words that mean something else there need a `%` in front. */
export function witName(name: string): string {
  return reserved.has(name) ? `%${name}` : name
}

/** How a type is referred to: by its name where it has one, else by its structure. */
export function typeText(type: ValueType): string {
  return 'name' in type && type.name !== undefined ? witName(type.name) : structureText(type)
}

/** The structure of a type, without its own name: `record { x: u8 }`, `list<point>`. */
export function structureText(type: ValueType): string {
  switch (type.kind) {
    case 'record':
      return block(
        'record',
        type.fields.map((field) => `${witName(field.name)}: ${typeText(field.type)}`),
      )
    case 'variant':
      return block(
        'variant',
        type.cases.map((each) => (each.type ? `${witName(each.name)}(${typeText(each.type)})` : witName(each.name))),
      )
    case 'enum':
      return block('enum', type.cases.map(witName))
    case 'flags':
      return block('flags', type.labels.map(witName))
    case 'tuple':
      return `tuple<${type.types.map(typeText).join(', ')}>`
    case 'option':
      return `option<${typeText(type.some)}>`
    case 'result':
      return resultText(type.ok, type.err)
    case 'list':
      return `list<${typeText(type.element)}>`
    case 'fixed-length-list':
      return `list<${typeText(type.element)}, ${type.length}>`
    case 'map':
      return `map<${typeText(type.key)}, ${typeText(type.value)}>`
    case 'own':
      return witName(type.resource.name)
    case 'borrow':
      return `borrow<${witName(type.resource.name)}>`
    case 'stream':
      return type.element ? `stream<${typeText(type.element)}>` : 'stream'
    case 'future':
      return type.value ? `future<${typeText(type.value)}>` : 'future'
    default:
      return type.kind
  }
}

function block(keyword: string, members: readonly string[]): string {
  return `${keyword} { ${members.join(', ')} }`
}

function resultText(ok: ValueType | undefined, err: ValueType | undefined): string {
  if (!err) return ok ? `result<${typeText(ok)}>` : 'result'
  return `result<${ok ? typeText(ok) : '_'}, ${typeText(err)}>`
}

/** `func(a: u8, b: list<string>) -> result<u32>` */
export function signatureText(type: FunctionType): string {
  const params = type.params.map((param) => `${witName(param.name)}: ${typeText(param.type)}`)
  const result = type.result ? ` -> ${typeText(type.result)}` : ''
  return `${type.async ? 'async ' : ''}func(${params.join(', ')})${result}`
}

/** The definition that stands behind a name: `record point { x: u8 }`, `type points = list<point>`, `resource cart`. */
export function definitionText(item: TypeItem): string {
  const name = witName(item.name)
  if (isResource(item.type))
    return item.type.name === item.name ? `resource ${name}` : `type ${name} = ${item.type.name}`
  const type = item.type
  const own = 'name' in type && type.name === item.name
  const structure = own ? structureText(type) : typeText(type)
  const [keyword, ...rest] = structure.split(' ')
  const isBlock =
    own && (type.kind === 'record' || type.kind === 'variant' || type.kind === 'enum' || type.kind === 'flags')
  return isBlock ? `${keyword} ${name} ${rest.join(' ')}` : `type ${name} = ${structure}`
}

function isResource(type: ValueType | ResourceType): type is ResourceType {
  return type.kind === 'resource'
}
