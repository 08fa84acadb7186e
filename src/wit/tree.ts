/**
 * The syntax tree of one WIT file. Every node has its span; a tree exists for every text. Where something is missing
 * there is a node that says so (`missing` names, `invalid` types), so readers of the tree need no special cases.
 */
import type { Problem, Span } from './text.ts'
import type { Token } from './lexer.ts'
import type { Version } from './semver.ts'

/** An identifier. `text` is without `%`; it is empty where `missing`. */
export interface Name extends Span {
  readonly text: string
  readonly missing: boolean
}

/** The documentation above an item, markers and common indentation removed. */
export interface Docs extends Span {
  readonly text: string
}

/** `@since(...)`, `@unstable(...)`, `@deprecated(...)`, `@external-id(...)` (WIT.md#feature-gates). */
export interface Gate extends Span {
  readonly kind: 'since' | 'unstable' | 'deprecated' | 'external-id' | 'unknown'
  readonly name: Name
  readonly version: Version | undefined
  readonly feature: Name | undefined
  /** The text of `@external-id`, quotes included. */
  readonly id: string | undefined
}

interface Declared extends Span {
  readonly docs: Docs | undefined
  readonly gates: readonly Gate[]
}

/** `ns:name@version`, as a package declaration or in front of an interface name. */
export interface PackageName extends Span {
  readonly namespace: Name
  readonly name: Name
  readonly version: Version | undefined
  /** Where the version is, or would be inserted (empty span). */
  readonly versionSpan: Span
}

/** A reference to an interface or a world: `types` or `wasi:http/types@0.2.12`. */
export interface Path extends Span {
  readonly package: PackageName | undefined
  readonly name: Name
}

export type PrimitiveName =
  | 'bool'
  | 's8'
  | 'u8'
  | 's16'
  | 'u16'
  | 's32'
  | 'u32'
  | 's64'
  | 'u64'
  | 'f32'
  | 'f64'
  | 'char'
  | 'string'
  | 'error-context'

export type Type =
  | (Span & { readonly kind: 'primitive'; readonly name: PrimitiveName })
  | (Span & { readonly kind: 'named'; readonly name: Name })
  | (Span & { readonly kind: 'list'; readonly element: Type; readonly length: FixedLength | undefined })
  | (Span & { readonly kind: 'option'; readonly element: Type })
  | (Span & { readonly kind: 'result'; readonly ok: Type | undefined; readonly error: Type | undefined })
  | (Span & { readonly kind: 'tuple'; readonly members: readonly Type[] })
  | (Span & { readonly kind: 'map'; readonly key: Type; readonly value: Type })
  | (Span & { readonly kind: 'stream'; readonly element: Type | undefined })
  | (Span & { readonly kind: 'future'; readonly element: Type | undefined })
  | (Span & { readonly kind: 'own'; readonly resource: Name })
  | (Span & { readonly kind: 'borrow'; readonly resource: Name })
  | (Span & { readonly kind: 'invalid' })

export interface FixedLength extends Span {
  readonly value: number
}

export interface Field extends Span {
  readonly docs: Docs | undefined
  readonly name: Name
  readonly type: Type
}

export interface Case extends Span {
  readonly docs: Docs | undefined
  readonly name: Name
  readonly payload: Type | undefined
}

export interface Parameter extends Span {
  readonly name: Name
  readonly type: Type
}

export interface FunctionType extends Span {
  readonly async: boolean
  readonly parameters: readonly Parameter[]
  readonly result: Type | undefined
}

export interface FunctionItem extends Declared {
  readonly kind: 'function'
  readonly name: Name
  readonly type: FunctionType
}

/** A function of a resource. A constructor's `name` is its keyword; its result is written only where it may fail. */
export interface Method extends Declared {
  readonly kind: 'method' | 'static' | 'constructor'
  readonly name: Name
  readonly type: FunctionType
}

export type TypeDefinition =
  | (Declared & { readonly kind: 'alias'; readonly name: Name; readonly type: Type })
  | (Declared & { readonly kind: 'record'; readonly name: Name; readonly fields: readonly Field[] })
  | (Declared & { readonly kind: 'variant'; readonly name: Name; readonly cases: readonly Case[] })
  | (Declared & { readonly kind: 'enum'; readonly name: Name; readonly cases: readonly Case[] })
  | (Declared & { readonly kind: 'flags'; readonly name: Name; readonly cases: readonly Case[] })
  | (Declared & { readonly kind: 'resource'; readonly name: Name; readonly methods: readonly Method[] })

export interface UsedName extends Span {
  readonly name: Name
  /** The local name where it is renamed by `as`. */
  readonly as: Name | undefined
}

export interface Use extends Declared {
  readonly kind: 'use'
  readonly path: Path
  readonly names: readonly UsedName[]
}

export type InterfaceItem = Use | TypeDefinition | FunctionItem

export interface Interface extends Declared {
  readonly kind: 'interface'
  readonly name: Name
  readonly items: readonly InterfaceItem[]
  readonly body: Span
}

/** What is imported or exported under a plain name, or, without `name`, an interface under its own. */
export type ExternType =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'function'; readonly type: FunctionType }
  | { readonly kind: 'interface'; readonly items: readonly InterfaceItem[]; readonly body: Span }
  | { readonly kind: 'invalid' }

export interface Extern extends Declared {
  readonly kind: 'import' | 'export'
  readonly name: Name | undefined
  readonly type: ExternType
}

export interface Renamed extends Span {
  readonly name: Name
  readonly as: Name
}

export interface Include extends Declared {
  readonly kind: 'include'
  readonly path: Path
  readonly renames: readonly Renamed[]
}

export type WorldItem = Extern | Include | Use | TypeDefinition

export interface World extends Declared {
  readonly kind: 'world'
  readonly name: Name
  readonly items: readonly WorldItem[]
  readonly body: Span
}

export interface TopLevelUse extends Declared {
  readonly kind: 'top-level-use'
  readonly path: Path
  readonly as: Name | undefined
}

export interface PackageDeclaration extends Declared {
  readonly kind: 'package'
  readonly name: PackageName
}

export interface PackageBlock extends Declared {
  readonly kind: 'package-block'
  readonly name: PackageName
  readonly items: readonly TopLevelItem[]
  readonly body: Span
}

export type TopLevelItem = TopLevelUse | Interface | World | PackageBlock

export interface File extends Span {
  readonly kind: 'file'
  readonly package: PackageDeclaration | undefined
  readonly items: readonly TopLevelItem[]
}

/** What `parseWit` gives: the tree, the tokens with their comments, and what is wrong with the syntax. */
export interface ParsedWit {
  readonly text: string
  readonly file: File
  readonly tokens: readonly Token[]
  readonly problems: readonly Problem[]
}
