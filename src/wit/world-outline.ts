import type { Place } from '../contract/fault.ts'
import type { Resolution } from './check.ts'
import type { Item } from './check-worlds.ts'
import type { Source, Unit } from './packages.ts'
import type { FunctionItem, InterfaceItem, Name, TypeDefinition } from './tree.ts'
import { placeOf, type Span } from './text.ts'

/** What a world offers and needs, as people look for it. */
export interface WorldOutline {
  readonly name: string
  readonly imports: readonly OutlineItem[]
  readonly exports: readonly OutlineItem[]
  /** Those of the world itself: to a component they are imports, to people they are neither. */
  readonly types: readonly OutlineItem[]
}

export interface OutlineItem {
  readonly kind: 'interface' | 'function' | TypeDefinition['kind']
  /** Without the package where that is the world's own; without the version. */
  readonly name: string
  readonly version?: string
  /** Where its name stands: in its definition, or, where no file of the project has that, in the world. */
  readonly place: Place
  readonly children: readonly OutlineItem[]
}

/** The worlds of the root package. Reads broken text too: what could be read is there. */
export const worldOutlines = ({ worlds, scopes }: Resolution): WorldOutline[] =>
  worlds.map(({ scope, imports, exports }) => {
    const entries = (items: Iterable<Item>): OutlineItem[] =>
      [...items].map((item) => {
        const { definition } = item
        const inside = definition === undefined ? item.scope : scopes.of(definition)
        const world = place(item.at.scope.unit.source, item.at.span)
        if (item.kind === 'interface') {
          const own = definition?.package === scope.unit.package
          return {
            kind: 'interface',
            ...(item.plain || definition === undefined
              ? { name: item.label }
              : own
                ? { name: definition.node.name.text }
                : withoutVersion(definition.id)),
            place: (definition !== undefined && placeIn(definition.unit, definition.node.name)) || world,
            children: inside === undefined ? [] : inside.items.flatMap((each) => child(inside.unit, each, world)),
          }
        }
        const defined = item.symbol?.definition
        return {
          kind: item.kind === 'function' ? 'function' : (defined?.kind ?? 'alias'),
          name: item.label,
          place: world,
          children: [],
        }
      })
    const [types, imported] = [true, false].map((wanted) =>
      entries(imports.values()).filter(({ kind }) => isType(kind) === wanted),
    )
    return {
      name: scope.owner?.node.name.text ?? '',
      imports: imported ?? [],
      exports: entries(exports.values()),
      types: types ?? [],
    }
  })

/** A resource is what its functions do, and those come from outside. */
const isType = (kind: OutlineItem['kind']): boolean =>
  kind !== 'interface' && kind !== 'function' && kind !== 'resource'

type Definable = InterfaceItem | { readonly kind: 'import' | 'export' | 'include' }

function child(unit: Unit, item: Definable, otherwise: Place): OutlineItem[] {
  if (!isNamed(item) || item.name.missing) return []
  return [{ kind: item.kind, name: item.name.text, place: placeIn(unit, item.name) ?? otherwise, children: [] }]
}

const isNamed = (item: Definable): item is FunctionItem | TypeDefinition =>
  item.kind !== 'use' && item.kind !== 'import' && item.kind !== 'export' && item.kind !== 'include'

const place = ({ file, starts }: Source, span: Span): Place => placeOf(file, starts, span)

/** None for what is built in: no file of the project has it. */
const placeIn = ({ source }: Unit, name: Name): Place | undefined =>
  source.origin === 'builtin' ? undefined : place(source, name)

function withoutVersion(id: string): { readonly name: string; readonly version?: string } {
  const at = id.indexOf('@')
  return at === -1 ? { name: id } : { name: id.slice(0, at), version: id.slice(at + 1) }
}
