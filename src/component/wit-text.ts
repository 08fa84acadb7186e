import { blankLine, type Layout, print, witWidth } from '../contract/layout.ts'
import { declaredName, Definers } from './definers.ts'
import { signatureText, witName } from './type-text.ts'
import type { FunctionItem, InterfaceItem, World, WorldItem } from './types.ts'
import { type InterfaceName, interfaceName, isLabel, pathText } from './wit-names.ts'
import { apart, braces, breakable, declared, interfaceParts, type Part, unwritable } from './wit-parts.ts'
import { type Scope, scopeOf } from './wit-scope.ts'

/** Worlds as WIT in full, laid out as the formatter does. Specification: WIT.md. */

/** What a world is called whose source does not say. */
const unnamed: InterfaceName = { package: 'root:component', name: 'root' }

/**
 * The WIT of a world with every interface that it imports or exports: one file that resolves by itself, in which each
 * interface stands once.
 */
export function worldText(world: World): string {
  const definers = new Definers(world)
  const name = (world.name === undefined ? undefined : interfaceName(world.name)) ?? unnamed
  const own: Part[] = [worldPart(world, name, definers)]
  const packages: Part[] = []
  for (const [owner, views] of declaredViews(world)) {
    const parts = [...views].map(([plain, view]): Part => {
      return { kind: 'block', layout: [`interface ${witName(plain)} `, interfaceBlock(view, owner, definers)] }
    })
    if (owner === name.package) own.push(...parts)
    else packages.push({ kind: 'block', layout: [`package ${owner} `, braces(parts)] })
  }
  return print([`package ${name.package};`, blankLine, apart([...own, ...packages])], witWidth)
}

/** One interface of a world, with the names of the others in full. */
export function interfaceText(item: InterfaceItem, world: World): string {
  const name = declaredName(item)?.name ?? item.name
  return print([`interface ${witName(name)} `, interfaceBlock(item, '', new Definers(world))], witWidth)
}

/** Every interface once, by package and plain name, in the order in which they come. */
function declaredViews(world: World): Map<string, Map<string, InterfaceItem>> {
  const packages = new Map<string, Map<string, InterfaceItem>>()
  for (const item of [...world.imports, ...world.exports]) {
    if (item.kind !== 'interface') continue
    const name = declaredName(item)
    if (!name) continue
    const views = packages.get(name.package) ?? new Map<string, InterfaceItem>()
    packages.set(name.package, views)
    if (!views.has(name.name)) views.set(name.name, item)
  }
  return packages
}

function worldPart(world: World, { package: owner, name }: InterfaceName, definers: Definers): Part {
  const [imports, exports] = [sorted(world.imports), sorted(world.exports)]
  const names = new Set(imports.types.map((item) => item.name))
  // WIT has no exports of types: what they name is declared all the same.
  const types = [...imports.types, ...exports.types.filter((item) => !names.has(item.name))]
  const scope = scopeOf({ types, functions: [...imports.functions, ...exports.functions] }, definers)
  const { parts: own, rest } = declared(scope, imports.functions, owner)
  const externs = (items: readonly (FunctionItem | InterfaceItem)[], kind: 'import' | 'export'): Part[] =>
    items.map((item) => externPart(item, { kind, owner, scope, definers }))
  const parts = [
    ...externs(imports.interfaces, 'import'),
    ...own,
    ...externs(rest, 'import'),
    ...externs([...exports.functions, ...exports.interfaces], 'export'),
  ]
  return { kind: 'block', layout: [`world ${witName(name)} `, braces(parts)] }
}

function sorted(items: readonly WorldItem[]) {
  return {
    interfaces: items.filter((item) => item.kind === 'interface'),
    types: items.filter((item) => item.kind === 'type'),
    functions: items.filter((item) => item.kind === 'function'),
  }
}

interface Place {
  readonly kind: 'import' | 'export'
  /** The package of the world. */
  readonly owner: string
  readonly scope: Scope
  readonly definers: Definers
}

function externPart(item: FunctionItem | InterfaceItem, { kind, owner, scope, definers }: Place): Part {
  const name = item.kind === 'interface' ? declaredName(item) : undefined
  if (item.kind === 'interface' && item.implements === undefined && name)
    return { kind, layout: `${kind} ${pathText(name, owner)};` }
  if (!isLabel(item.name)) return unwritable(item.name, kind)
  const head = `${kind} ${witName(item.name)}: `
  if (name) return { kind, layout: `${head}${pathText(name, owner)};` }
  if (item.kind === 'interface')
    return { kind: 'block', layout: [head, 'interface ', interfaceBlock(item, owner, definers)] }
  return { kind, layout: [head, breakable(signatureText(item.type, scope.nameOf)), ';'] }
}

function interfaceBlock(view: InterfaceItem, owner: string, definers: Definers): Layout {
  const scope = scopeOf({ view, types: view.types, functions: view.functions }, definers)
  return braces(interfaceParts(scope, view.functions, owner))
}
