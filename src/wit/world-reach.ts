import type { Definition, Package, Report } from './packages.ts'
import type { Scope, Scopes } from './scopes.ts'
import type { WorldModel } from './check-worlds.ts'

/**
 * An exported interface takes each type from one place. If it reaches an interface that the world exports too, but by
 * way of one that the world does not export (and so imports), the type would have to be both the imported and the
 * exported one (WIT.md#transitive-imports-and-worlds).
 */
export const checkTransitive = (definition: Definition, model: WorldModel, scopes: Scopes, report: Report): void => {
  const exported = new Set<Definition>()
  for (const item of model.exports.values())
    if (!item.plain && item.definition !== undefined) exported.add(item.definition)
  for (const item of model.exports.values()) {
    if (item.kind !== 'interface') continue
    const scope = item.scope ?? (item.definition === undefined ? undefined : scopes.of(item.definition))
    const mixed = scope === undefined ? undefined : findMixed(scope, exported, scopes)
    if (mixed === undefined) continue
    const [via, target] = mixed
    report(
      definition.unit.source,
      definition.node.name,
      `The export \`${item.label}\` takes types from \`${via.node.name.text}\`, which is not exported here but takes types from \`${target.node.name.text}\`, which is; so it would mix imported and exported types.`,
      `Add \`export ${via.package === definition.package ? via.node.name.text : via.id};\` to this world, or do not export \`${target.node.name.text}\`.`,
    )
    return
  }
}

/** The interface that is not exported, and the exported one that it leads to. */
const findMixed = (
  scope: Scope,
  exported: ReadonlySet<Definition>,
  scopes: Scopes,
): [Definition, Definition] | undefined => {
  const seen = new Set<Definition>()
  const open: { from: Scope; via: Definition | undefined }[] = [{ from: scope, via: undefined }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    scopes.resolveUses(next.from)
    for (const target of next.from.uses.values()) {
      if (target === undefined) continue
      if (exported.has(target)) {
        if (next.via !== undefined) return [next.via, target]
      } else if (!seen.has(target)) {
        seen.add(target)
        open.push({ from: scopes.of(target), via: next.via ?? target })
      }
    }
  }
  return undefined
}

/** The scopes that end up in components built for the worlds of a package, which validators of binaries then judge. */
export const reachableScopes = (
  of: Package,
  modelOf: (definition: Definition) => WorldModel,
  scopes: Scopes,
): Set<Scope> => {
  const found = new Set<Scope>()
  const add = (first: Scope): void => {
    const open = [first]
    for (let scope = open.pop(); scope !== undefined; scope = open.pop()) {
      if (found.has(scope)) continue
      found.add(scope)
      scopes.resolveUses(scope)
      for (const target of scope.uses.values()) if (target !== undefined) open.push(scopes.of(target))
    }
  }
  for (const definition of of.definitions.values()) {
    if (definition.node.kind !== 'world') continue
    const model = modelOf(definition)
    add(model.scope)
    for (const item of [...model.imports.values(), ...model.exports.values()]) {
      if (item.scope !== undefined) add(item.scope)
      if (item.definition !== undefined) add(scopes.of(item.definition))
    }
  }
  return found
}
