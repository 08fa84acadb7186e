import type * as typescript from 'typescript'
import type { ExportTypes } from './export-types.ts'
import type { Wanted } from './wanted.ts'

/** So many are looked for in the other files. */
const mostUnwanted = 20

/** Functions, and objects that have some, that the module exports neither for the world nor for another file. */
export function unwantedIn(
  service: typescript.LanguageService,
  types: ExportTypes,
  wanted: readonly Wanted[],
): { readonly name: string; readonly node: typescript.Node }[] {
  // Nothing is known of what a world wants that has no plan.
  if (wanted.length === 0) return []
  const expected = new Set(wanted.map(({ path: [name = ''] }) => name))
  const others = types.ownNames().filter(({ name }) => !expected.has(name) && types.holdsFunctions(name))
  return others.slice(0, mostUnwanted).filter(({ node }) => {
    const { fileName } = types.source
    const uses = service.getReferencesAtPosition(fileName, node.getStart()) ?? []
    return uses.every((use) => use.fileName === fileName)
  })
}
