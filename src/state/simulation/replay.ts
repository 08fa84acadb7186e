import type { Fault, Outcome, Stage } from '../../contract/fault.ts'
import type { RecordedRequest, RecordedRun, ReplayReport } from '../../runner/recording.ts'
import type { Context } from '../context.ts'
import type { NoticeActions } from '../notices.ts'
import type { CallEntry } from '../state.ts'
import type { HttpVerbs } from './http.ts'
import { parseRecordingText, recordingText } from './recording-file.ts'
import type { KeptRecording, SimulationState, Verdict } from './state.ts'

/** What makes the calls of a replay. */
export interface ReplayedRuns {
  run(call?: string): Promise<CallEntry | undefined>
  call(expression?: string): Promise<CallEntry | undefined>
  dropHandle(handle: number): Promise<void>
  /** Begins another run without a call; undefined where a newer one took over. */
  begin(): Promise<Outcome<unknown> | undefined>
}

export interface ReplayGrounds {
  readonly runs: () => ReplayedRuns
  /** Sends a request to the handler, and lists it. */
  readonly send: HttpVerbs['send']
}

export interface ReplayVerbs {
  /** A new run begins: what the one before told is of no interest any more, but for the recording that is kept. */
  begin(): void
  /** How a replay compares by now, told after each request. */
  reported(report: ReplayReport): void
  /** Keeps the recording of the last run. */
  keepRecording(): Promise<void>
  forgetRecording(): void
  /** Runs the project as it is now with all that was recorded, makes the same calls, and compares. */
  replay(): Promise<void>
  /** Gives the kept recording as a file. */
  saveRecording(): Promise<void>
  /** Takes such a file in the place of the kept recording. */
  openRecording(text: string): Promise<void>
}

export function createReplays(
  { get, set, show, services }: Context,
  { runs, send }: ReplayGrounds,
  { say }: Pick<NoticeActions, 'say'>,
): ReplayVerbs {
  let coming: RecordedRun | undefined
  /** Runs that have begun. */
  let begun = 0
  /** Reports that are still to come of a replay that has made its calls; undefined before that. */
  let reports = 0
  let awaited: number | undefined

  function keep(kept: KeptRecording | undefined): void {
    const { kept: _kept, verdict: _verdict, ...rest } = get().simulation
    set({ simulation: kept ? { ...rest, kept } : rest })
    show()
  }

  /** Makes a request of the recording, in a new run where it is the first; undefined where another run took over. */
  async function make(request: RecordedRequest, isFirst: boolean): Promise<{ readonly fault?: Fault } | undefined> {
    const { run, call, dropHandle, begin } = runs()
    switch (request.kind) {
      case 'drop':
        await dropHandle(request.handle)
        return {}
      case 'http': {
        const started = isFirst ? await begin() : undefined
        if (isFirst && !started?.ok) return started && { fault: started.fault }
        const response = await send(request.request)
        return response && (response.ok ? {} : { fault: response.fault })
      }
      default: {
        const expression = request.kind === 'call' ? request.expression : ''
        const entry = await (isFirst ? run(expression) : call(expression))
        return entry && (entry.outcome.kind === 'fault' ? { fault: entry.outcome.fault } : {})
      }
    }
  }

  /** Gives how many reports are still to come, and came; undefined where another run took over. */
  async function again({ requests }: RecordedRun): Promise<number | undefined> {
    const { opened } = get()
    let made = 0
    for (const request of requests) {
      const came = await make(request, made === 0)
      if (!came) return undefined
      // What was not started or was killed reports nothing any more.
      if (came.fault && !reporting.has(came.fault.stage)) return reports
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
      begun++
    },
    reported(report) {
      reports++
      set({ simulation: { ...get().simulation, report } })
      conclude()
    },
    async keepRecording() {
      const asked = begun
      const { recordable } = get().simulation
      if (!recordable) return
      if (recordable.obstacle !== undefined) return say(`This run cannot be replayed. ${recordable.obstacle}`)
      const recorded = await services.runner.recording()
      // Another run has other entries, and a recording of its own.
      if (begun !== asked || !get().simulation.recordable) return
      if (!recorded.ok) return say(recorded.fault.stage === 'call' ? recorded.fault.message : endedWithIt)
      const { recordable: of, trace } = get().simulation
      keep({ run: recorded.value, entries: trace?.entries ?? [], ...(of && { of }) })
      say(isRecorded)
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
    async saveRecording() {
      const { project, simulation } = get()
      if (!simulation.kept) return
      const text = await recordingText(simulation.kept.run)
      services.saveFile(`${project.name}.recording.json`, new TextEncoder().encode(text), 'application/json')
    },
    async openRecording(text) {
      const { opened } = get()
      const read = await parseRecordingText(text)
      if (get().opened !== opened) return
      if (read.ok) keep({ run: read.value, entries: [] })
      else say(`${read.fault.message} ${read.fault.next}`)
    },
  }
}

const isRecorded =
  'This run is recorded, with all that it took in. Replay makes its calls once more, with changed code too, and compares them.'
const endedWithIt = 'The sandbox of this run was ended, and what was recorded with it. Run again, and record that.'

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
