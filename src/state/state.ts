import type { World } from '../component/types.ts'
import type { SimulationState } from './simulation/state.ts'
import type { Diagnostic, Fault } from '../contract/fault.ts'
import type { Project } from '../project/project.ts'
import type { BurstReport, CallReport, SimulatedAnswer } from '../runner/runner.ts'
import type { Progress } from '../toolchain/toolchain.ts'
import type { Part } from '../wasm/component-parts.ts'
import type { WorldOutline } from '../wit/world-outline.ts'
import { emptyOutput, type OutputLog } from './output.ts'
import { defaultPreferences, type Preferences } from './preferences.ts'

/** Where a diagnostic came from. Each source replaces its own and no other's. */
export const diagnosticSources = ['wit', 'world', 'types', 'source', 'run'] as const
export type DiagnosticSource = (typeof diagnosticSources)[number]

/**
 * `building`: compiling, preparing, fetching. `starting`: the sandbox initialises the guest. `calling`: guest code runs
 * for a call. `ready`: an instance is there and waits. `ended`: the last run is over and its instance is gone.
 */
export type RunStatus = 'idle' | 'building' | 'starting' | 'calling' | 'ready' | 'ended'

export interface RunState {
  readonly status: RunStatus
  /** The revision of the project that this run was made of. */
  readonly revision: number
  /** When the current status began: milliseconds of `Services.now`. */
  readonly since: number
  /** What is being called, for display. */
  readonly call?: string
}

/** `end`: the instance ended with what the result says. `start`: another one took its place. */
export interface LostHandles {
  readonly count: number
  readonly by: 'end' | 'start'
}

/** One line of the history: what was called and what came of it. */
export interface CallEntry {
  readonly id: number
  /** Which line of the history it is, counted from 1. */
  readonly number: number
  /** Of the project, when the run of the call began. */
  readonly revision: number
  /** The call in WAVE; empty for `wasi:cli/run` and for a run that failed before it could call anything. */
  readonly call: string
  readonly outcome: CallOutcome
}

export type CallOutcome =
  | {
      readonly kind: 'value'
      readonly tag: 'ok' | 'err'
      readonly wave: string
      /** It is no `result`, so that `ok` is not its own word. */
      readonly plain?: true
      /** That of the instance: it tells the type of the result, and may have changed in the files since. */
      readonly world: World | undefined
      readonly ms: number
      readonly boundaryCalls: number
      readonly simulated: readonly SimulatedAnswer[]
      /** Bytes by which the linear memory grew during the call. */
      readonly growth: number
    }
  | { readonly kind: 'exit'; readonly code: number; readonly ms: number }
  | { readonly kind: 'burst'; readonly report: BurstReport }
  | { readonly kind: 'fault'; readonly fault: Fault }

/** A measured step between Run and the result. Those of the page overlap. */
export interface Phase {
  readonly name: string
  /** Whether the page or the sandbox measured it. */
  readonly room: 'page' | 'sandbox'
  /** Milliseconds from Run to its beginning. */
  readonly at: number
  readonly ms: number
  /** It had begun so many milliseconds before Run, which are not in `ms`. */
  readonly early?: number
  /** Bytes that came over the network. */
  readonly bytes?: number
}

export interface Metrics {
  /** Which run it was, of those that started; 0 before the first. */
  readonly run: number
  /** The call that it began with came to nothing. */
  readonly failed?: 'fault' | 'stopped'
  /** A newer run has begun since, and has not started yet or never will. */
  readonly previous?: boolean
  readonly phases: readonly Phase[]
  /** From Run to the result, milliseconds of wall time; steps overlap, so this is less than their sum. */
  readonly total?: number
  /** From Run to the built component, and from there to the instance that answers; milliseconds of wall time. */
  readonly built?: number
  readonly startup?: number
  /** Step of the sandbox's clock in milliseconds. */
  readonly clockStep?: number
  /** Linear memory of the component, bytes: after the start, now, and the most since the start. */
  readonly memoryAtStart?: number
  readonly memory?: number
  readonly memoryPeak?: number
  readonly memoryLimit?: number
  /** Bytes by which the last call let it grow; undefined before the first call. */
  readonly memoryGrowth?: number
  /** After the start and after each call, measurement and drop: the latest of them. */
  readonly memorySeries: readonly number[]
  readonly size?: ComponentSize
  readonly lastCall?: { readonly call: string; readonly ms: number }
  readonly burst?: { readonly call: string; readonly report: BurstReport }
}

/** Bytes of the component that Download gives. */
export interface ComponentSize {
  readonly total: number
  /** The engine's core module with the state of the guest in it. */
  readonly core: number
  /** Glue, adapters and types around it. */
  readonly shell: number
  /** All of it, taken apart: there a moment after the sum. */
  readonly parts?: Part
}

/** What is known of the project's world, and for which WIT. */
export interface PreparedView {
  readonly key: string
  readonly world: World
  readonly guestTypes: Readonly<Record<string, string>>
}

/** Something that happened. What can be done about it stays until it is dismissed: nobody has to hurry. */
export interface Notice {
  readonly id: number
  readonly text: string
  /** What the button says that takes it back; absent where there is nothing to take back. */
  readonly undo?: string
  /** Whether that goes on from what it says, rather than taking it back. */
  readonly goesOn?: boolean
  /** Whether work would be lost with it. */
  readonly holdsWork?: boolean
  /** Whether it was dismissed, and only waits to be taken back. */
  readonly hidden?: boolean
}

/** What came of what was to be opened from outside the page, or fetched. */
export type Arrival =
  | { readonly status: 'opening' }
  /** `panel`: what the link asks to be shown. */
  | { readonly status: 'opened'; readonly from: ArrivalOrigin; readonly panel?: string }
  | { readonly status: 'refused'; readonly from: ArrivalOrigin; readonly fault: Fault }

export type ArrivalOrigin = 'link' | 'file' | 'example'

/** What of the page is shown and used right now; forgotten when the page closes. */
export interface ShellState {
  /** What a small window shows: `code`, or the name of a panel. */
  readonly view: string
  /** Whether the explorer lies over the code, in a window without room for it beside. */
  readonly filesOver: boolean
  /** Whether the focus is in an editor, and whether Tab leaves it there. */
  readonly editing: boolean
  readonly tabLeaves: boolean
}

export interface State {
  readonly project: Project
  /** How many projects have been opened: tells this one from another of the same name. */
  readonly opened: number
  /** The example that the project was opened from, and whether it still is exactly that. */
  readonly example: string | undefined
  readonly pristine: boolean
  /** Whether the project has changes that are nowhere but in this page. */
  readonly unsaved: boolean
  /** Folders that have no file yet, or no longer. */
  readonly folders: readonly string[]
  /** Increases with every change of the project that a run depends on. */
  readonly revision: number
  /** The files that have a tab in each editor, in the order of the tabs. */
  readonly open: { readonly wit: readonly string[]; readonly source: readonly string[] }
  /** The files whose tab was closed, the latest last. */
  readonly closed: readonly string[]
  /** The file shown in each editor, and the editor that was used last. */
  readonly active: { readonly wit: string; readonly source: string; readonly last: 'wit' | 'source' }
  /** A place that the editor is asked to go to; `id` changes with every request. */
  readonly reveal:
    | {
        readonly id: number
        readonly file: string
        readonly line: number
        readonly column: number
        /** Whether to show what is wrong there. */
        readonly explain: boolean
      }
    | undefined
  /** The problem that was walked to last, and which of how many it is. */
  readonly problem:
    | { readonly id: number; readonly index: number; readonly count: number; readonly problem: Diagnostic }
    | undefined
  readonly worlds: readonly string[]
  /** What each world of the root package imports and exports, and where that stands. */
  readonly outlines: readonly WorldOutline[]
  readonly prepared: PreparedView | undefined
  readonly diagnostics: Readonly<Record<DiagnosticSource, readonly Diagnostic[]>>
  readonly run: RunState
  readonly progress: Progress | undefined
  /** The call that Run and Call make, as WAVE. Empty: `wasi:cli/run`. */
  readonly call: string
  readonly result: CallEntry | undefined
  /** The entry of the history that is looked at in its place. */
  readonly earlier: CallEntry | undefined
  readonly history: readonly CallEntry[]
  readonly handles: CallReport['handles']
  /** Those that went with an instance last, until the next call is made in another one. */
  readonly lostHandles: LostHandles | undefined
  readonly output: OutputLog
  readonly simulation: SimulationState
  /** How standard input comes, where somebody chose; a choice of this page, which goes with the project. */
  readonly stdin: 'typed' | 'text' | undefined
  readonly metrics: Metrics
  /** The figures that those of the run are compared with. */
  readonly pinned: Metrics | undefined
  /** How many calls a measurement makes. */
  readonly burstCount: number
  /** How many runs and calls have ended, with a result or with a fault. */
  readonly endedRuns: number
  readonly downloading: boolean
  /** What happened and can be taken back, the latest last. */
  readonly notices: readonly Notice[]
  /** What came of what was to be opened last; undefined once it is of no interest any more. */
  readonly arrival: Arrival | undefined
  readonly preferences: Preferences
  readonly shell: ShellState
}

export const noDiagnostics: State['diagnostics'] = { wit: [], world: [], types: [], source: [], run: [] }
export const noMetrics: Metrics = { run: 0, phases: [], memorySeries: [] }
/** More calls than anybody looks back over, and few enough to be drawn. */
export const historyLength = 50

export const emptyProject: Project = { schema: 1, name: 'untitled', files: {} }

/** What every project begins with, whatever the one before it left behind. */
export const ofProject = {
  example: undefined,
  pristine: true,
  unsaved: false,
  folders: [],
  reveal: undefined,
  problem: undefined,
  worlds: [],
  outlines: [],
  prepared: undefined,
  diagnostics: noDiagnostics,
  result: undefined,
  earlier: undefined,
  history: [],
  handles: [],
  lostHandles: undefined,
  output: emptyOutput,
  simulation: {},
  stdin: undefined,
  metrics: noMetrics,
  pinned: undefined,
  arrival: undefined,
} satisfies Partial<State>

export const initialState: State = {
  ...ofProject,
  project: emptyProject,
  opened: 0,
  revision: 0,
  open: { wit: [], source: [] },
  closed: [],
  active: { wit: '', source: '', last: 'source' },
  run: { status: 'idle', revision: -1, since: 0 },
  progress: undefined,
  call: '',
  burstCount: 10_000,
  endedRuns: 0,
  downloading: false,
  notices: [],
  preferences: defaultPreferences,
  shell: { view: 'code', filesOver: false, editing: false, tabLeaves: false },
}
