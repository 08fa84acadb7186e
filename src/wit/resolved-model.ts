/**
 * The packages of a project as plain data, in the shape in which `wasm-tools component wit --json` writes them: tables
 * that refer to each other by index, the worlds with all that they include and need.
 */
export interface ResolvedWit {
  readonly worlds: readonly ResolvedWorld[]
  readonly interfaces: readonly ResolvedInterface[]
  readonly types: readonly ResolvedType[]
  readonly packages: readonly ResolvedPackage[]
}

/** What an item may have beside what it is. */
export interface Described {
  readonly docs?: { readonly contents: string }
  readonly stability?: Stability
}

export type Stability =
  | { readonly stable: { readonly since: string; readonly deprecated?: string } }
  | { readonly unstable: { readonly feature: string; readonly deprecated?: string } }

export interface ResolvedPackage extends Described {
  /** `ns:name@version` */
  readonly name: string
  readonly interfaces: Readonly<Record<string, number>>
  readonly worlds: Readonly<Record<string, number>>
}

export interface ResolvedWorld extends Described {
  readonly name: string
  /** By plain name, or by `interface-<index>` for an interface under its own. */
  readonly imports: Readonly<Record<string, ResolvedWorldItem>>
  readonly exports: Readonly<Record<string, ResolvedWorldItem>>
  readonly package: number
}

export type ResolvedWorldItem =
  | { readonly interface: { readonly id: number; readonly stability?: Stability } }
  | { readonly function: ResolvedFunction }
  | { readonly type: number }

export interface ResolvedInterface extends Described {
  /** `null` for one that is written in a world. */
  readonly name: string | null
  readonly types: Readonly<Record<string, number>>
  readonly functions: Readonly<Record<string, ResolvedFunction>>
  readonly package: number
}

export interface ResolvedFunction extends Described {
  /** `greet`, `[method]cart.total`, `[static]cart.open` or `[constructor]cart`. */
  readonly name: string
  /** Functions of a resource have its index. */
  readonly kind: 'freestanding' | 'async-freestanding' | Readonly<Record<string, number>>
  readonly params: readonly { readonly name: string; readonly type: TypeUse }[]
  readonly result?: TypeUse
}

/** The name of a primitive type, or an index of `types`. */
export type TypeUse = string | number

export interface ResolvedType extends Described {
  /** `null` for one that is written where it is used. */
  readonly name: string | null
  readonly kind: TypeKind
  readonly owner: { readonly interface: number } | { readonly world: number } | null
}

export type TypeKind =
  | 'resource'
  | { readonly type: TypeUse }
  | { readonly record: { readonly fields: readonly (Described & { readonly name: string; readonly type: TypeUse })[] } }
  | {
      readonly variant: {
        readonly cases: readonly (Described & { readonly name: string; readonly type: TypeUse | null })[]
      }
    }
  | { readonly enum: { readonly cases: readonly (Described & { readonly name: string })[] } }
  | { readonly flags: { readonly flags: readonly (Described & { readonly name: string })[] } }
  | { readonly handle: { readonly own: number } | { readonly borrow: number } }
  | { readonly tuple: { readonly types: readonly TypeUse[] } }
  | { readonly option: TypeUse }
  | { readonly result: { readonly ok: TypeUse | null; readonly err: TypeUse | null } }
  | { readonly list: TypeUse }
  | { readonly 'fixed-length-list': readonly [element: TypeUse, length: number] }
  | { readonly map: readonly [key: TypeUse, value: TypeUse] }
  | { readonly stream: TypeUse | null }
  | { readonly future: TypeUse | null }
