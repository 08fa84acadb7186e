import type { Name, Type } from './tree.ts'
import type { Report } from './packages.ts'
import type { Scope } from './scopes.ts'
import { isDefinition, typesIn, walkType } from './type-parts.ts'

const typesOfFunctions = (scope: Scope): Type[] =>
  scope.items.flatMap((item) => {
    const functions =
      item.kind === 'function'
        ? [item.type]
        : (item.kind === 'import' || item.kind === 'export') && item.type.kind === 'function'
          ? [item.type.type]
          : item.kind === 'resource'
            ? item.methods.map(({ type }) => type)
            : []
    return functions.flatMap(({ parameters, result }) => [
      ...parameters.map(({ type }) => type),
      ...(result === undefined ? [] : [result]),
    ])
  })

/** `[method]r.r` counts as `r` (strongly-unique in Explainer.md#import-and-export-names). */
const checkMethods = (scope: Scope, report: Report): void => {
  for (const item of scope.items) {
    if (item.kind !== 'resource') continue
    for (const method of item.methods)
      if (method.kind !== 'constructor' && method.name.text.toLowerCase() === item.name.text.toLowerCase())
        report(
          scope.unit.source,
          method.name,
          `The function \`${method.name.text}\` has the name of its resource, and the two would collide in a component.`,
          'Rename the function.',
        )
  }
}

/**
 * WIT text may have records, flags and tuples without members; binaries may not (Binary.md#type-definitions). So they
 * are mistakes where they end up in a component, and only there. In a world that goes for the types that something uses.
 */
export const checkEncodable = (scope: Scope, report: Report): void => {
  checkMethods(scope, report)
  const written: Type[] = typesOfFunctions(scope)
  for (const item of scope.items) if (isDefinition(item)) written.push(...typesIn(item).map(({ type }) => type))
  const used = new Set<string>()
  for (const type of written)
    walkType(type, (part) => {
      if (part.kind === 'named') used.add(part.name.text)
      if (part.kind === 'tuple' && part.members.length === 0 && !broken(scope, part))
        report(
          scope.unit.source,
          part,
          'A tuple without members cannot be part of a component.',
          'Give it a member, or leave the value out: `result<_, ...>`, `option<...>` or no result at all.',
        )
    })
  for (const item of scope.items) {
    if (!isDefinition(item) || (scope.kind === 'world' && !used.has(item.name.text))) continue
    const members = item.kind === 'record' ? item.fields : item.kind === 'flags' ? item.cases : undefined
    if (members?.length !== 0 || broken(scope, item)) continue
    const what = item.kind === 'record' ? 'record' : 'flags type'
    const one = item.kind === 'record' ? 'field' : 'flag'
    report(
      scope.unit.source,
      item.name,
      `The ${what} \`${item.name.text}\` has no ${one}, and such a type cannot be part of a component.`,
      advice(item.name, item.kind === 'record'),
    )
  }
}

const advice = (name: Name, record: boolean): string =>
  record
    ? `Give it a field, or use a \`resource\` or an \`enum\` with one case in the place of \`${name.text}\`.`
    : 'Give it a flag.'

const broken = (scope: Scope, span: { readonly start: number; readonly end: number }): boolean =>
  scope.unit.source.parsed.problems.some(({ start }) => start >= span.start && start <= span.end)
