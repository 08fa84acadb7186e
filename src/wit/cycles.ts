import type { Definition, Package, PackageSet, Report } from './packages.ts'
import type { References } from './references.ts'
import type { Scope, Scopes } from './scopes.ts'

/** Interfaces that take types from each other, and worlds that include each other, in a circle. */
export const checkDefinitionCycles = (of: Package, scopes: Scopes, references: References, report: Report): void => {
  const targets = new Map<Definition, Definition[]>()
  const dependencies = (definition: Definition): Definition[] => {
    const known = targets.get(definition)
    if (known !== undefined) return known
    const found: Definition[] = []
    const scope: Scope = scopes.of(definition)
    for (const target of scope.uses.values()) if (target !== undefined) found.push(target)
    if (definition.node.kind === 'world')
      for (const { unit, span, target, kind } of references.found)
        if (unit === definition.unit && span.start >= definition.node.start && span.end <= definition.node.end)
          if (kind === 'world' && target.node.kind === 'world') found.push(target)
    targets.set(definition, found)
    return found
  }
  const done = new Set<Definition>()
  const told = new Set<Definition>()
  const visit = (definition: Definition, path: readonly Definition[]): void => {
    if (done.has(definition) || path.length > 1000) return
    for (const target of dependencies(definition)) {
      if (target.package !== of) continue
      const at = path.indexOf(target)
      if (at === -1) {
        visit(target, [...path, target])
        continue
      }
      const circle = path.slice(at)
      if (circle.some((one) => told.has(one))) continue
      for (const one of circle) told.add(one)
      const told1 = circle[1] ?? target
      const { kind } = told1.node
      const verb = kind === 'world' ? 'includes' : 'takes types from'
      const names = [...circle.slice(2), ...circle.slice(0, Math.min(2, circle.length))].map(
        ({ node }) => `\`${node.name.text}\``,
      )
      report(
        told1.unit.source,
        told1.node.name,
        circle.length === 1
          ? `The ${kind} \`${told1.node.name.text}\` ${verb} itself.`
          : `The ${kind} \`${told1.node.name.text}\` ${verb} ${names.join(`, which ${verb} `)}: a circle.`,
        kind === 'world'
          ? 'Remove one of the `include` items; move what all of them need into a further world.'
          : 'Move the types that are needed on both sides into an interface of their own.',
      )
    }
    done.add(definition)
  }
  for (const definition of of.definitions.values()) visit(definition, [definition])
}

/** Packages that depend on each other in a circle. */
export const checkPackageCycles = (packages: PackageSet, references: References, report: Report): void => {
  const done = new Set<Package>()
  const visit = (at: Package, path: readonly Package[]): void => {
    if (done.has(at)) return
    for (const [target, { unit, span }] of references.dependencies.get(at) ?? []) {
      if (!path.includes(target)) {
        visit(target, [...path, target])
        continue
      }
      const circle = path.slice(path.indexOf(target))
      report(
        unit.source,
        span,
        `The package \`${at.key}\` needs \`${target.key}\`, which needs ${circle.length < 2 ? 'itself' : `\`${circle[1]?.key ?? ''}\``} again: packages cannot depend on each other in a circle.`,
        'Move what both need into a third package.',
      )
    }
    done.add(at)
  }
  for (const one of packages.packages.values()) visit(one, [one])
}
