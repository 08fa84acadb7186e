import type { FunctionItem, World } from '../component/types.ts'
import type { Diagnostic, Severity } from '../contract/fault.ts'
import { isSource, isWit } from '../project/paths.ts'
import { defaultEngine, defaultEntry, type Project } from '../project/project.ts'
import type { RunLimits } from '../runner/runner.ts'
import type { WorldInput } from '../toolchain/toolchain.ts'
import { diagnosticSources, type CallEntry, type Metrics, type State } from './state.ts'

export const witFiles = (project: Project): string[] => filesWhere(project, isWit)
export const sourceFiles = (project: Project): string[] => filesWhere(project, isSource)
/** Every file of the project, binary ones too. */
export const projectPaths = ({ files, binaries }: Project): string[] => [
  ...Object.keys(files),
  ...Object.keys(binaries ?? {}),
]
/** What the compiler is given: the sources, and the JSON that they may import. */
export const compiledFiles = (project: Project): string[] =>
  filesWhere(project, (path) => isSource(path) || path.endsWith('.json'))

/** The WIT files by path, which nobody's prototype is behind. */
export function witTexts(project: Project): Readonly<Record<string, string>> {
  const texts: Record<string, string> = Object.create(null)
  for (const path of witFiles(project)) texts[path] = project.files[path] ?? ''
  return texts
}

/** The main file first, then by path. */
function filesWhere(project: Project, accepts: (path: string) => boolean): string[] {
  const main = new Set([project.entry ?? defaultEntry, 'world.wit'])
  return Object.keys(project.files)
    .filter(accepts)
    .toSorted((a, b) => Number(main.has(b)) - Number(main.has(a)) || (a < b ? -1 : 1))
}

/** The world that a run is for: the chosen one while it is there, else the first. */
export function worldName(state: Pick<State, 'project' | 'worlds'>): string | undefined {
  const { project, worlds } = state
  if (worlds.length === 0) return project.world
  return project.world !== undefined && worlds.includes(project.world) ? project.world : worlds[0]
}

export function worldInput(state: Pick<State, 'project' | 'worlds'>, variant: string): WorldInput {
  const { project } = state
  const world = worldName(state)
  return {
    wit: witTexts(project),
    engine: project.engine ?? defaultEngine,
    variant,
    ...(world === undefined ? {} : { world }),
  }
}

/** Two equal keys, two equal preparations. */
export const worldKey = (input: WorldInput): string => JSON.stringify(input)

const outputKiB = 4096

/** What a run may use: as the project says, else as the settings do. */
export const runLimits = ({ project, preferences }: Pick<State, 'project' | 'preferences'>): RunLimits => ({
  memoryMiB: preferences.memoryMiB,
  milliseconds: preferences.milliseconds,
  outputKiB,
  ...project.wasi?.limits,
})

/** Calls of one measurement: what the sandbox can count, and what fits into a run's time for a call of a microsecond. */
export const mostBurst = 1_000_000
export const boundedBurst = (count: number): number =>
  Number.isFinite(count) ? Math.max(1, Math.min(mostBurst, Math.round(count))) : 1

/** The figures that a newer run is compared with; undefined where that run is still the newest. */
export const comparedWith = ({ metrics, pinned }: Pick<State, 'metrics' | 'pinned'>): Metrics | undefined =>
  pinned === undefined || pinned.run === metrics.run ? undefined : pinned

export const isBusy = ({ run: { status } }: Pick<State, 'run'>): boolean =>
  status === 'building' || status === 'starting' || status === 'calling'

/** Whether closing the page would lose work: edits, or those of a project that another one took the place of. */
export const holdsWork = ({ unsaved, notices }: Pick<State, 'unsaved' | 'notices'>): boolean =>
  unsaved || notices.some((notice) => notice.holdsWork)

/** Whether the instance that answers calls is older than the files. */
export const isStale = (state: Pick<State, 'run' | 'revision'>): boolean =>
  state.run.status === 'ready' && isChanged(state)

/** Whether the project has changed since it ran last, whatever came of that. */
export const isChanged = ({ run, revision }: Pick<State, 'run' | 'revision'>): boolean =>
  run.status !== 'idle' && run.revision !== revision

/** The result that is looked at: of the newest call, or of an earlier one. */
export const shownResult = ({ earlier, result }: Pick<State, 'earlier' | 'result'>): CallEntry | undefined =>
  earlier ?? result

/**
 * All diagnostics, errors first, each place and message once, causes before what follows from them. Of a line that cannot
 * be read only the first: the checker and the compiler both say so, and what is wrong behind it follows from it. What a
 * run says of a line of which the editor has said what the world wants there is the same again, and so are its words.
 */
export function problemsOf(diagnostics: State['diagnostics']): Diagnostic[] {
  const seen = new Set<string>()
  const all = diagnosticSources.flatMap((source) => diagnostics[source])
  const ofRun = new Set(diagnostics.run)
  const said = new Set(
    all.flatMap(({ message, place, readable }) =>
      readable ? [message, `${place?.file ?? ''}:${place?.line ?? 0}`] : [],
    ),
  )
  return all
    .filter((problem) => {
      const { message, place, stage, severity, readable } = problem
      const line = `${place?.file ?? ''}:${place?.line ?? 0}`
      const unreadable = stage === 'source' && severity === 'error' && place !== undefined && !readable
      if (unreadable && ofRun.has(problem) && (said.has(line) || said.has(message))) return false
      const key = unreadable ? line : `${line}:${place?.column ?? 0} ${message}`
      return !seen.has(key) && seen.add(key)
    })
    .toSorted((a, b) => rankOf(a) - rankOf(b))
}

/** How many alarm: hints do not. */
export function problemCounts(diagnostics: State['diagnostics']): { errors: number; warnings: number } {
  const problems = problemsOf(diagnostics)
  const count = (wanted: Severity): number => problems.filter(({ severity }) => severity === wanted).length
  return { errors: count('error'), warnings: count('warning') }
}

/** Types come from the WIT, and follow what the source has to export. */
const causes: readonly Diagnostic['stage'][] = ['wit', 'source', 'types']
const severities: readonly Severity[] = ['error', 'warning', 'hint']
function rankOf({ severity, stage }: Diagnostic): number {
  const cause = causes.indexOf(stage)
  return severities.indexOf(severity) * (causes.length + 1) + (cause < 0 ? causes.length : cause)
}

/** Whether a call passes a handle, which means nothing in another instance than the one that gave it out. */
export const usesHandle = (call: string): boolean => handlesIn(call).length > 0

/** The handles that a call passes, in the order in which they are written. */
export const handlesIn = (call: string): number[] =>
  (call.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*'|\/\/[^\n]*/gs, '').match(/%\d+/g) ?? []).map(
    (each) => Number(each.slice(1)),
  )

/** An exported function as a call names it. */
export interface Callable {
  /** `greet`, or `demo:bank/accounts#[method]account.deposit`. */
  readonly name: string
  /** Interface that it belongs to, empty for the world's own. */
  readonly interface: string
  readonly item: FunctionItem
}

export function callablesOf(world: World): Callable[] {
  return world.exports.flatMap((item): Callable[] => {
    if (item.kind === 'function') return [{ name: item.name, interface: '', item }]
    if (item.kind === 'interface' && !isCommandInterface(item.name)) {
      return item.functions.map((each) => ({ name: `${item.name}#${each.name}`, interface: item.name, item: each }))
    }
    return []
  })
}

const isCommandInterface = (name: string): boolean => name === 'wasi:cli/run' || name.startsWith('wasi:cli/run@')

export const isCommand = (world: World): boolean =>
  world.exports.some((item) => item.kind === 'interface' && isCommandInterface(item.name))

/** Whether Run has a request to send: the world answers requests, no call is shown, and there is no program to run. */
export function answersRequests(state: Pick<State, 'project' | 'worlds' | 'outlines' | 'call'>): boolean {
  const exported = state.outlines.find(({ name }) => name === worldName(state))?.exports ?? []
  const exports = (wanted: string): boolean => exported.some(({ name }) => name === wanted)
  return state.call === '' && exports('wasi:http/incoming-handler') && !exports('wasi:cli/run')
}
