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

/** What a type is called where the text stands; undefined for one that is written out. */
export type NameOf = (type: ValueType | ResourceType) => string | undefined

/** The name that a type was given where it was defined. */
const ownName: NameOf = (type) => ('name' in type ? type.name : undefined)

/** How a type is referred to: by its name where it has one, else by its structure. */
export function typeText(type: ValueType, nameOf: NameOf = ownName): string {
  const name = nameOf(type)
  return name === undefined ? structureText(type, nameOf) : witName(name)
}

/** The structure of a type, without its own name: `record { x: u8 }`, `list<point>`. */
export function structureText(type: ValueType, nameOf: NameOf = ownName): string {
  const text = (inner: ValueType): string => typeText(inner, nameOf)
  const members = membersText(type, nameOf)
  if (members) return `${type.kind} { ${members.join(', ')} }`
  switch (type.kind) {
    case 'tuple':
      return `tuple<${type.types.map(text).join(', ')}>`
    case 'option':
      return `option<${text(type.some)}>`
    case 'result':
      return resultText(type.ok && text(type.ok), type.err && text(type.err))
    case 'list':
      return `list<${text(type.element)}>`
    case 'fixed-length-list':
      return `list<${text(type.element)}, ${type.length}>`
    case 'map':
      return `map<${text(type.key)}, ${text(type.value)}>`
    case 'own':
      return resourceText(type.resource, nameOf)
    case 'borrow':
      return `borrow<${resourceText(type.resource, nameOf)}>`
    case 'stream':
      return type.element ? `stream<${text(type.element)}>` : 'stream'
    case 'future':
      return type.value ? `future<${text(type.value)}>` : 'future'
    default:
      return type.kind
  }
}

/** The lines of a type that WIT writes as a block with a name in front: a record, a variant, an enum or flags. */
export function membersText(type: ValueType, nameOf: NameOf = ownName): string[] | undefined {
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => `${witName(field.name)}: ${typeText(field.type, nameOf)}`)
    case 'variant':
      return type.cases.map(({ name, type: payload }) =>
        payload ? `${witName(name)}(${typeText(payload, nameOf)})` : witName(name),
      )
    case 'enum':
      return type.cases.map(witName)
    case 'flags':
      return type.labels.map(witName)
    default:
      return undefined
  }
}

function resourceText(resource: ResourceType, nameOf: NameOf): string {
  return witName(nameOf(resource) ?? resource.name)
}

function resultText(ok: string | undefined, err: string | undefined): string {
  if (err === undefined) return ok === undefined ? 'result' : `result<${ok}>`
  return `result<${ok ?? '_'}, ${err}>`
}

/** `func(a: u8, b: list<string>) -> result<u32>` */
export function signatureText(type: FunctionType, nameOf: NameOf = ownName): string {
  const result = type.result ? ` -> ${typeText(type.result, nameOf)}` : ''
  return `${type.async ? 'async ' : ''}func${parametersText(type.params, nameOf)}${result}`
}

/** `(a: u8, b: list<string>)` */
export function parametersText(params: FunctionType['params'], nameOf: NameOf = ownName): string {
  return `(${params.map((param) => `${witName(param.name)}: ${typeText(param.type, nameOf)}`).join(', ')})`
}

/** The definition that stands behind a name: `record point { x: u8 }`, `type points = list<point>`, `resource cart`. */
export function definitionText(item: TypeItem): string {
  const { name, type } = item
  if (type.kind === 'resource' && type.name === name) return `resource ${witName(name)}`
  const members = type.kind !== 'resource' && ownName(type) === name ? membersText(type) : undefined
  return members ? `${type.kind} ${witName(name)} { ${members.join(', ')} }` : aliasText(item, ownName)
}

/** `type points = list<point>` */
export function aliasText({ name, type }: TypeItem, nameOf: NameOf): string {
  return `type ${witName(name)} = ${aliasedText(name, type, nameOf)}`
}

function aliasedText(name: string, type: ValueType | ResourceType, nameOf: NameOf): string {
  if (type.kind === 'resource') return resourceText(type, nameOf)
  // The bare name of a resource stands for the resource here, and for a handle everywhere else (WIT.md#handles).
  if (type.kind === 'own') return `own<${resourceText(type.resource, nameOf)}>`
  return nameOf(type) === name ? structureText(type, nameOf) : typeText(type, nameOf)
}
