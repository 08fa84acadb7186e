import type { Stage } from '../../contract/fault.ts'
import type { RecordedRun, ReplayReport } from '../../runner/recording.ts'
import type { Context } from '../context.ts'
import type { NoticeActions } from '../notices.ts'
import type { CallEntry } from '../state.ts'
import { parseRecordingText, recordingText } from './recording-file.ts'
import type { KeptRecording, SimulationState, Verdict } from './state.ts'

/** What makes the calls of a replay. */
export interface ReplayedRuns {
  run(call?: string): Promise<CallEntry | undefined>
  call(expression?: string): Promise<CallEntry | undefined>
  dropHandle(handle: number): Promise<void>
}

export interface ReplayVerbs {
  /** A new run begins: what the one before told is of no interest any more, but for the recording that is kept. */
  begin(): void
  /** How a replay compares by now, told after each request. */
  reported(report: ReplayReport): void
  /** Keeps the recording of the last run. */
  keepRecording(): void
  forgetRecording(): void
  /** Runs the project as it is now with all that was recorded, makes the same calls, and compares. */
  replay(): Promise<void>
  /** Gives the kept recording as a file. */
  saveRecording(): void
  /** Takes such a file in the place of the kept recording. */
  openRecording(text: string): void
}

export function createReplays(
  { get, set, show, services }: Context,
  runs: () => ReplayedRuns,
  { say }: Pick<NoticeActions, 'say'>,
): ReplayVerbs {
  let coming: RecordedRun | undefined
  /** Reports that are still to come of a replay that has made its calls; undefined before that. */
  let reports = 0
  let awaited: number | undefined

  function keep(kept: KeptRecording | undefined): void {
    const { kept: _kept, verdict: _verdict, ...rest } = get().simulation
    set({ simulation: kept ? { ...rest, kept } : rest })
    show()
  }

  /** Gives how many requests were made; undefined where another run took over. */
  async function again({ requests }: RecordedRun): Promise<number | undefined> {
    const { run, call, dropHandle } = runs()
    const { opened } = get()
    let made = 0
    for (const request of requests) {
      if (request.kind === 'drop') await dropHandle(request.handle)
      else {
        const expression = request.kind === 'call' ? request.expression : ''
        const entry = await (made === 0 ? run(expression) : call(expression))
        if (!entry) return undefined
        // What was not started or was killed reports nothing any more.
        if (entry.outcome.kind === 'fault' && !reporting.has(entry.outcome.fault.stage)) return reports
      }
      made++
      // Another project is none of the recording's business, and so is a run that somebody has begun meanwhile.
      if (get().opened !== opened || get().simulation.replaying === undefined) return undefined
    }
    // The start reports as well.
    return made + 1
  }

  /** The last report comes after the last result. */
  function conclude(): void {
    const { simulation } = get()
    const { replaying } = simulation
    if (awaited === undefined || reports < awaited || !replaying) return
    awaited = undefined
    set({ simulation: { ...simulation, verdict: verdictOf(replaying, simulation) } })
    show()
  }

  return {
    begin() {
      const { kept } = get().simulation
      set({ simulation: { ...(kept && { kept }), ...(coming && { replaying: coming }) } })
      coming = awaited = undefined
      reports = 0
    },
    reported(report) {
      reports++
      set({ simulation: { ...get().simulation, report } })
      conclude()
    },
    keepRecording() {
      const { recorded, trace } = get().simulation
      if (!recorded) return
      if (recorded.obstacle === undefined) keep({ run: recorded, entries: trace?.entries ?? [] })
      else say(`This run cannot be replayed. ${recorded.obstacle}`)
    },
    forgetRecording: () => keep(undefined),
    async replay() {
      const { kept } = get().simulation
      if (!kept) return
      if (kept.run.interaction && !services.canSuspend) return say(needsSuspending)
      coming = kept.run
      const made = await again(kept.run).finally(() => {
        coming = undefined
      })
      if (made === undefined || get().simulation.replaying !== kept.run) return
      awaited = made
      conclude()
    },
    saveRecording() {
      const { project, simulation } = get()
      if (!simulation.kept) return
      const text = recordingText(simulation.kept.run)
      services.saveFile(`${project.name}.recording.json`, new TextEncoder().encode(text), 'application/json')
    },
    openRecording(text) {
      const read = parseRecordingText(text)
      if (read.ok) keep({ run: read.value, entries: [] })
      else say(`${read.fault.message} ${read.fault.next}`)
    },
  }
}

function verdictOf(
  { total, hash }: RecordedRun,
  { trace, report }: Pick<SimulationState, 'trace' | 'report'>,
): Verdict {
  if (report?.divergence) {
    const { number, expected, got } = report.divergence
    return { kind: 'other', number, ...(expected !== undefined && { expected }), ...(got !== undefined && { got }) }
  }
  const made = trace?.total ?? 0
  if (made === total && trace?.hash === hash) return { kind: 'same', entries: total }
  return { kind: 'other', number: Math.min(made, total) + 1 }
}

/** Faults of a run whose sandbox goes on. */
const reporting: ReadonlySet<Stage> = new Set(['call', 'trap', 'denied'])

const needsSuspending =
  'This browser cannot have a component wait, as it did when this was recorded. Chrome, Edge and Firefox can.'
