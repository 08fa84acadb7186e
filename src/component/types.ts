/**
 * The type model of the component model: what a world imports and exports, with every type resolved.
 *
 * Plain data: it survives structured cloning, and no type contains itself (component types cannot be recursive). A type
 * that is used twice is the same object twice, so memoise by identity rather than by content. Names are kept as in WIT
 * (kebab-case). Specification: Explainer.md#type-definitions in WebAssembly/component-model.
 */

export const integerKinds = ['s8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64'] as const
export const primitiveKinds = ['bool', ...integerKinds, 'f32', 'f64', 'char', 'string'] as const

export type IntegerKind = (typeof integerKinds)[number]
export type PrimitiveKind = (typeof primitiveKinds)[number]

/** The name that a type was given in WIT, for display; anonymous types (`list<u8>`) have none. */
interface Named {
  readonly name?: string
}

export interface PrimitiveType {
  readonly kind: PrimitiveKind
}
export interface RecordType extends Named {
  readonly kind: 'record'
  readonly fields: readonly { readonly name: string; readonly type: ValueType }[]
}
export interface TupleType extends Named {
  readonly kind: 'tuple'
  readonly types: readonly ValueType[]
}
export interface VariantType extends Named {
  readonly kind: 'variant'
  readonly cases: readonly { readonly name: string; readonly type?: ValueType }[]
}
export interface EnumType extends Named {
  readonly kind: 'enum'
  readonly cases: readonly string[]
}
export interface FlagsType extends Named {
  readonly kind: 'flags'
  readonly labels: readonly string[]
}
export interface OptionType extends Named {
  readonly kind: 'option'
  readonly some: ValueType
}
export interface ResultType extends Named {
  readonly kind: 'result'
  readonly ok?: ValueType
  readonly err?: ValueType
}
export interface ListType extends Named {
  readonly kind: 'list'
  readonly element: ValueType
}
export interface FixedLengthListType extends Named {
  readonly kind: 'fixed-length-list'
  readonly element: ValueType
  readonly length: number
}
export interface MapType extends Named {
  readonly kind: 'map'
  readonly key: ValueType
  readonly value: ValueType
}
/** A resource type. The two sides of an interface that a world both imports and exports are two different types. */
export interface ResourceType {
  readonly kind: 'resource'
  readonly side: 'import' | 'export'
  /** Full name of the interface that defines it (`demo:cart/cart@1.0.0`); absent for a resource of the world itself. */
  readonly interface?: string
  readonly name: string
}
export interface OwnType {
  readonly kind: 'own'
  readonly resource: ResourceType
}
export interface BorrowType {
  readonly kind: 'borrow'
  readonly resource: ResourceType
}
export interface StreamType extends Named {
  readonly kind: 'stream'
  readonly element?: ValueType
}
export interface FutureType extends Named {
  readonly kind: 'future'
  readonly value?: ValueType
}
export interface ErrorContextType extends Named {
  readonly kind: 'error-context'
}

export type ValueType =
  | PrimitiveType
  | RecordType
  | TupleType
  | VariantType
  | EnumType
  | FlagsType
  | OptionType
  | ResultType
  | ListType
  | FixedLengthListType
  | MapType
  | OwnType
  | BorrowType
  | StreamType
  | FutureType
  | ErrorContextType

export interface FunctionType {
  readonly async: boolean
  readonly params: readonly { readonly name: string; readonly type: ValueType }[]
  readonly result?: ValueType
}

/** A function as an interface or a world names it: `add-item`, `[constructor]cart`, `[method]cart.total`, `[static]cart.merge`. */
export interface FunctionItem {
  readonly kind: 'function'
  readonly name: string
  readonly type: FunctionType
}
export interface InterfaceItem {
  readonly kind: 'interface'
  /** Full name with version, `wasi:cli/stdout@0.2.12`; an inline interface of a world has its plain name. */
  readonly name: string
  /** The interface whose functions these are, where the world gives it a plain name: `import out: wasi:cli/stdout`. */
  readonly implements?: string
  readonly types: readonly TypeItem[]
  readonly functions: readonly FunctionItem[]
}
export interface TypeItem {
  readonly kind: 'type'
  readonly name: string
  readonly type: ValueType | ResourceType
}

export type WorldItem = FunctionItem | InterfaceItem | TypeItem

export interface World {
  /** `demo:shop/shop`; absent where the source does not say (a component binary). */
  readonly name?: string
  readonly imports: readonly WorldItem[]
  readonly exports: readonly WorldItem[]
}
