import type { Definition, Package, PackageSet, Report, Unit } from './packages.ts'
import type { Name, Type } from './tree.ts'
import type { Reference, References } from './references.ts'
import type { Scope, Scopes } from './scopes.ts'
import type { Span } from './text.ts'
import type { Step } from './circles.ts'
import { findCircles } from './circles.ts'
import { typesIn, walkType } from './type-parts.ts'

/** "`b`, which includes `c`, which includes `a`" */
const chain = (names: readonly string[], verb: string): string =>
  names.map((name) => `\`${name}\``).join(`, which ${verb} `)

/** Interfaces that take types from each other, and worlds that include each other, in a circle. */
export const checkDefinitionCycles = (of: Package, scopes: Scopes, references: References, report: Report): void => {
  const includes = new Map<Definition, Reference[]>()
  for (const reference of references.found) {
    if (reference.kind !== 'world' || reference.target.node.kind !== 'world') continue
    const owner = worldAround(of, reference)
    if (owner !== undefined) includes.set(owner, [...(includes.get(owner) ?? []), reference])
  }
  const stepsFrom = (definition: Definition): Step<Definition, undefined>[] =>
    [...scopes.of(definition).uses.values(), ...(includes.get(definition) ?? []).map(({ target }) => target)].flatMap(
      (to) => (to === undefined || to.package !== of ? [] : [{ to, via: undefined }]),
    )
  for (const circle of findCircles(of.definitions.values(), stepsFrom)) {
    // The text of each is in order by itself, so the second one is as good a place as any.
    const at = circle[0]?.step.to
    if (at === undefined) continue
    const { kind, name } = at.node
    const verb = kind === 'world' ? 'includes' : 'takes types from'
    const others = [...circle.slice(1), ...circle.slice(0, 1)].map(({ step }) => step.to.node.name.text)
    report(
      at.unit.source,
      name,
      circle.length === 1
        ? `The ${kind} \`${name.text}\` ${verb} itself.`
        : `The ${kind} \`${name.text}\` ${verb} ${chain(others, verb)}: a circle.`,
      kind === 'world'
        ? 'Remove one of the `include` items; move what all of them need into a further world.'
        : 'Move the types that are needed on both sides into an interface of their own.',
    )
  }
}

const worldAround = (of: Package, { unit, span }: Reference): Definition | undefined => {
  if (unit.package !== of) return undefined
  for (const item of unit.items)
    if (item.kind === 'world' && item.start <= span.start && span.end <= item.end)
      return of.definitions.get(item.name.text)
  return undefined
}

/** Packages that depend on each other in a circle. */
export const checkPackageCycles = (packages: PackageSet, references: References, report: Report): void => {
  const stepsFrom = (one: Package): Step<Package, { unit: Unit; span: Span }>[] =>
    [...(references.dependencies.get(one) ?? [])].map(([to, via]) => ({ to, via }))
  for (const circle of findCircles(packages.packages.values(), stepsFrom)) {
    const [first] = circle
    if (first === undefined) continue
    report(
      first.step.via.unit.source,
      first.step.via.span,
      `The package \`${first.node.key}\` needs ${chain(
        circle.map(({ step }) => step.to.key),
        'needs',
      )}: packages cannot depend on each other in a circle.`,
      'Move what both need into a third package.',
    )
  }
}

/** Types cannot contain themselves (WIT.md#name-resolution); functions of resources may name anything. */
export const checkTypeCycles = (scope: Scope, report: Report): void => {
  const stepsFrom = (name: string): Step<string, Name>[] => {
    const definition = scope.types.get(name)?.definition
    const steps: Step<string, Name>[] = []
    const visit = (part: Type): void => {
      if (part.kind === 'named' && scope.types.has(part.name.text)) steps.push({ to: part.name.text, via: part.name })
    }
    for (const { type } of definition === undefined ? [] : typesIn(definition)) walkType(type, visit)
    return steps
  }
  for (const circle of findCircles(scope.types.keys(), stepsFrom)) {
    const [first] = circle
    if (first === undefined) continue
    const names = circle.map(({ step }) => step.to)
    report(
      scope.unit.source,
      first.step.via,
      `The type \`${first.node}\` contains ${circle.length === 1 ? 'itself' : chain(names, 'contains')}, and types cannot be recursive.`,
      'Break the circle: put a resource in the place of one of them, or refer to the other by a number such as an index.',
    )
  }
}
