import { commentText } from './cursor.ts'
import type { Source } from './packages.ts'
import type { Scope, Scopes, TypeSymbol } from './scopes.ts'
import type { Docs, FunctionType, Gate, Method, Name, Type, TypeDefinition } from './tree.ts'
import type { Described, ResolvedFunction, ResolvedType, Stability, TypeKind, TypeUse } from './resolved-model.ts'
import { typesIn, walkType } from './type-parts.ts'

export const stabilityOf = (gates: readonly Gate[]): Stability | undefined => {
  const since = gates.find(({ kind }) => kind === 'since')?.version
  const feature = gates.find(({ kind }) => kind === 'unstable')?.feature
  const deprecated = gates.find(({ kind }) => kind === 'deprecated')?.version
  const until = deprecated === undefined ? {} : { deprecated: deprecated.text }
  if (feature !== undefined) return { unstable: { feature: feature.text, ...until } }
  return since === undefined ? undefined : { stable: { since: since.text, ...until } }
}

/**
 * What is said of an item. WIT tools take every comment in front of an item for its documentation, and here are the same
 * texts; in an editor, only those that are marked as such (WIT.md#comments) are shown.
 */
export const described = (source: Source, node: Documented, gates: readonly Gate[] = []): Described => {
  const stability = stabilityOf(gates)
  const contents = commentsBefore(source, node.start) || (node.docs?.text ?? '')
  return { ...(contents !== '' && { docs: { contents } }), ...(stability !== undefined && { stability }) }
}

type Documented = { readonly start: number; readonly docs: Docs | undefined }

const commentsBefore = ({ parsed: { text, tokens } }: Source, start: number): string => {
  let [low, high] = [0, tokens.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.start ?? Infinity) < start) low = middle + 1
    else high = middle
  }
  const token = tokens[low]
  return token?.start === start
    ? token.comments
        .map((comment) => commentText(text, comment))
        .join('\n')
        .trim()
    : ''
}

/** What names stand for inside of an interface, or of one world: what a world includes becomes its own. */
export type TypeIndexes = Map<TypeSymbol, number>

/** The table of types. */
export class ResolvedTypes {
  readonly all: ResolvedType[] = []
  private readonly scopes: Scopes
  /** The types of interfaces. */
  private readonly indexes: TypeIndexes = new Map()
  private readonly unnamed = new Map<string, number>()

  constructor(scopes: Scopes) {
    this.scopes = scopes
  }

  /**
   * Adds a type of an interface or world. `own`: the names of that world; those of an interface are known everywhere.
   * `undefined` where what it stands for is not there.
   */
  add(
    symbol: TypeSymbol,
    name: string,
    owner: ResolvedType['owner'],
    own: TypeIndexes = this.indexes,
  ): number | undefined {
    const { definition, scope, use } = symbol
    let kind: TypeKind | undefined
    if (definition !== undefined) kind = this.definition(scope, definition, own)
    else if (use !== undefined) {
      const target = scope.uses.get(use.item)
      const original = target && this.scopes.of(target).types.get(use.used.name.text)
      const index = original && this.indexes.get(original)
      kind = index === undefined ? undefined : { type: index }
    }
    if (kind === undefined) return undefined
    const gates = definition?.gates ?? use?.item.gates ?? []
    const more = described(scope.unit.source, definition ?? { start: -1, docs: undefined }, gates)
    own.set(symbol, this.all.length)
    return this.all.push({ name, kind, owner, ...more }) - 1
  }

  /** The types of a scope, each after those that it is made of. */
  inOrder(scope: Scope): TypeSymbol[] {
    const done = new Set<TypeSymbol>()
    const add = (symbol: TypeSymbol): void => {
      if (done.has(symbol) || open.has(symbol)) return
      open.add(symbol)
      if (symbol.definition !== undefined)
        for (const { type } of typesIn(symbol.definition))
          walkType(type, (part) => {
            const name = part.kind === 'named' ? part.name : 'resource' in part ? part.resource : undefined
            const inner = name && scope.types.get(name.text)
            if (inner !== undefined) add(inner)
          })
      done.add(symbol)
    }
    const open = new Set<TypeSymbol>()
    for (const symbol of scope.types.values()) add(symbol)
    return [...done]
  }

  function(scope: Scope, name: string, type: FunctionType, more: Described, own = this.indexes): ResolvedFunction {
    return this.signature(scope, name, type.async ? 'async-freestanding' : 'freestanding', type, more, own, [])
  }

  /** `resource`: the name that it has where it is used. */
  method(symbol: TypeSymbol, resource: string, method: Method, own = this.indexes): ResolvedFunction {
    const { kind, name, type, gates } = method
    const { scope } = symbol
    const index = own.get(symbol) ?? 0
    const more = described(scope.unit.source, method, gates)
    const label = kind === 'constructor' ? `[constructor]${resource}` : `[${kind}]${resource}.${name.text}`
    const self = kind === 'method' ? [{ name: 'self', type: this.unnamedType({ handle: { borrow: index } }) }] : []
    const made = this.signature(scope, label, { [type.async ? `async-${kind}` : kind]: index }, type, more, own, self)
    if (kind !== 'constructor' || type.result !== undefined) return made
    const { name: called, kind: of, params } = made
    return { name: called, kind: of, params, result: this.unnamedType({ handle: { own: index } }), ...more }
  }

  private signature(
    scope: Scope,
    name: string,
    kind: ResolvedFunction['kind'],
    { parameters, result }: FunctionType,
    more: Described,
    own: TypeIndexes,
    self: ResolvedFunction['params'],
  ): ResolvedFunction {
    const params = parameters.map((each) => ({ name: each.name.text, type: this.use(scope, each.type, own) }))
    return {
      name,
      kind,
      params: [...self, ...params],
      ...(result !== undefined && { result: this.use(scope, result, own) }),
      ...more,
    }
  }

  private definition(scope: Scope, item: TypeDefinition, own: TypeIndexes): TypeKind {
    const member = (node: Documented & { readonly name: Name }) => ({
      name: node.name.text,
      ...described(scope.unit.source, node),
    })
    switch (item.kind) {
      case 'alias':
        return item.type.kind === 'named'
          ? { type: this.named(scope, item.type.name, own) }
          : item.type.kind === 'primitive'
            ? { type: item.type.name }
            : this.kind(scope, item.type, own)
      case 'record':
        return {
          record: {
            fields: item.fields.map((field) => {
              const { name, ...more } = member(field)
              return { name, type: this.use(scope, field.type, own), ...more }
            }),
          },
        }
      case 'variant':
        return {
          variant: {
            cases: item.cases.map((each) => {
              const { name, ...more } = member(each)
              return { name, type: this.orNull(scope, each.payload, own), ...more }
            }),
          },
        }
      case 'enum':
        return { enum: { cases: item.cases.map(member) } }
      case 'flags':
        return { flags: { flags: item.cases.map(member) } }
      case 'resource':
        return 'resource'
    }
  }

  /** A type where it is used: a resource is passed by a handle. */
  private use(scope: Scope, type: Type, own: TypeIndexes): TypeUse {
    if (type.kind === 'primitive') return type.name
    if (type.kind !== 'named') return this.unnamedType(this.kind(scope, type, own))
    const index = this.named(scope, type.name, own)
    const isResource = this.scopes.resource(scope, type.name) !== undefined
    return isResource && typeof index === 'number' ? this.unnamedType({ handle: { own: index } }) : index
  }

  private orNull(scope: Scope, type: Type | undefined, own: TypeIndexes): TypeUse | null {
    return type === undefined ? null : this.use(scope, type, own)
  }

  /** A name that stands for nothing is shown as it is. */
  private named(scope: Scope, name: Name, own: TypeIndexes): TypeUse {
    const symbol = this.scopes.lookUp(scope, name)
    return (symbol && (own.get(symbol) ?? this.indexes.get(symbol))) ?? name.text
  }

  private kind(scope: Scope, type: Type, own: TypeIndexes): TypeKind {
    switch (type.kind) {
      case 'list':
        return type.length === undefined
          ? { list: this.use(scope, type.element, own) }
          : { 'fixed-length-list': [this.use(scope, type.element, own), type.length.value] }
      case 'option':
        return { option: this.use(scope, type.element, own) }
      case 'result':
        return { result: { ok: this.orNull(scope, type.ok, own), err: this.orNull(scope, type.error, own) } }
      case 'tuple':
        return { tuple: { types: type.members.map((each) => this.use(scope, each, own)) } }
      case 'map':
        return { map: [this.use(scope, type.key, own), this.use(scope, type.value, own)] }
      case 'stream':
        return { stream: this.orNull(scope, type.element, own) }
      case 'future':
        return { future: this.orNull(scope, type.element, own) }
      case 'own':
        return { handle: { own: this.handled(scope, type.resource, own) } }
      case 'borrow':
        return { handle: { borrow: this.handled(scope, type.resource, own) } }
      case 'primitive':
        return { type: type.name }
      case 'named':
        return { type: this.named(scope, type.name, own) }
      case 'invalid':
        return { type: '' }
    }
  }

  private handled(scope: Scope, name: Name, own: TypeIndexes): number {
    const index = this.named(scope, name, own)
    return typeof index === 'number' ? index : -1
  }

  /** One entry for all types that are written alike. */
  private unnamedType(kind: TypeKind): number {
    const key = JSON.stringify(kind)
    const known = this.unnamed.get(key)
    if (known !== undefined) return known
    const index = this.all.push({ name: null, kind, owner: null }) - 1
    this.unnamed.set(key, index)
    return index
  }
}
