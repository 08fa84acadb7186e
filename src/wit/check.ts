import type { Diagnostic } from '../contract/fault.ts'
import { markOf } from '../contract/text-mark.ts'
import type { Builtin, Package, Report, Source } from './packages.ts'
import type { Reference } from './references.ts'
import type { TypeReference } from './scopes.ts'
import type { WorldModel } from './check-worlds.ts'
import { checkDefinitionCycles, checkPackageCycles } from './cycles.ts'
import { checkEncodable } from './check-encodable.ts'
import { GateChecks } from './check-gates.ts'
import { PackageSet } from './packages.ts'
import { placeOf } from './text.ts'
import { References } from './references.ts'
import { Scopes } from './scopes.ts'
import { soundFixes } from './sound-fixes.ts'
import { TypeChecks } from './check-types.ts'
import { checkTransitive, reachableScopes } from './world-reach.ts'
import { WorldChecks } from './check-worlds.ts'

/** Everything that is known about the WIT of a project. */
export interface Resolution {
  readonly packages: PackageSet
  readonly scopes: Scopes
  readonly worlds: readonly WorldModel[]
  /** Names of interfaces and worlds in the text, with what they stand for. */
  readonly references: readonly Reference[]
  /** Names of types in the text, with what they stand for. */
  readonly typeReferences: readonly TypeReference[]
  /** In order of file and position; each file's own mistakes, none of the built-in packages. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads and resolves the WIT of a project. Keys of `files` are paths: those with a folder `deps` in them are
 * dependencies (`deps/<name>.wit`, `deps/<name>/*.wit`), the other `.wit` files are the root package. `builtins` are
 * packages that names may refer to although no file has them; they are read only when named. Never throws.
 */
export const resolveWit = (files: Readonly<Record<string, string>>, builtins: readonly Builtin[] = []): Resolution => {
  const diagnostics: Diagnostic[] = []
  const told = new Set<string>()
  const report: Report = (source, span, message, next, found = []) => {
    if (source.origin === 'builtin') return
    const place = placeOf(source.file, source.starts, span)
    const key = `${place.file}\n${place.line}\n${place.column}\n${message}`
    if (told.has(key)) return
    told.add(key)
    const fixes = found.map(({ title, edits }) => ({
      title,
      mark: markOf(source.parsed.text),
      edits: edits.map((edit) => ({ place: placeOf(source.file, source.starts, edit), text: edit.text })),
    }))
    diagnostics.push({ stage: 'wit', severity: 'error', message, next, place, ...(fixes.length > 0 && { fixes }) })
  }
  const packages = new PackageSet(files, builtins, report)
  const own = [...packages.packages.values()]
  for (const source of sourcesOf(own))
    for (const problem of source.parsed.problems)
      report(source, problem, problem.message, problem.next, soundFixes(source.parsed, problem))
  if (packages.root === undefined && !packages.hasOpaque)
    diagnostics.push({
      stage: 'project',
      severity: 'error',
      message: 'The project has no WIT: nothing says what the component exports.',
      next: 'Write a `package` and a `world` in world.wit, or open an example.',
    })

  const references = new References(packages, report)
  const scopes = new Scopes(packages, references, report)
  const types = new TypeChecks(scopes, report)
  const gates = new GateChecks(scopes, report)
  const worldChecks = new WorldChecks(scopes, gates, packages, report)
  const worlds: WorldModel[] = []

  for (const one of own) {
    references.prepare(one)
    for (const definition of one.definitions.values()) {
      const scope = scopes.of(definition)
      types.check(scope)
      gates.definition(definition)
      if (definition.node.kind === 'world') {
        const model = worldChecks.model(definition)
        if (one === packages.root) worlds.push(model)
        for (const inner of model.inline) types.check(inner)
        for (const inner of model.inline) gates.check(inner)
      }
      gates.check(scope)
    }
    checkDefinitionCycles(one, scopes, references, report)
    for (const definition of one.definitions.values())
      if (definition.node.kind === 'world') checkTransitive(definition, worldChecks.model(definition), scopes, report)
  }
  checkPackageCycles(packages, references, report)
  if (packages.root !== undefined)
    for (const scope of reachableScopes(packages.root, (definition) => worldChecks.model(definition), scopes))
      checkEncodable(scope, report)

  diagnostics.sort(inOrder)
  return {
    packages,
    scopes,
    worlds,
    references: references.found,
    typeReferences: scopes.found,
    diagnostics,
  }
}

const sourcesOf = (packages: readonly Package[]): Set<Source> =>
  new Set(packages.flatMap(({ units }) => units.map(({ source }) => source)))

const inOrder = (a: Diagnostic, b: Diagnostic): number => {
  const [one, other] = [a.place, b.place]
  if (one === undefined || other === undefined) return one === other ? 0 : one === undefined ? -1 : 1
  if (one.file !== other.file) return one.file < other.file ? -1 : 1
  return one.line - other.line || one.column - other.column
}

/** All mistakes in a project's WIT, each at its place. Empty where a component can be built for its worlds. */
export const checkWit = (files: Readonly<Record<string, string>>, builtins: readonly Builtin[] = []): Diagnostic[] => [
  ...resolveWit(files, builtins).diagnostics,
]
