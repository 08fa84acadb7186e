import type { RunInput, WorldEvent } from '../../runner/runner.ts'
import type { Context } from '../context.ts'
import type { NoticeActions } from '../notices.ts'
import { createHttpVerbs, httpAtStart, withHttpNews, type HttpVerbs } from './http.ts'
import type { Respond } from './http-state.ts'
import { createWorldSettings, type WorldSettings } from './settings.ts'
import { createWorldFiles, filesOf, type WorldFiles } from './files.ts'
import type { SimulationState } from './state.ts'
import { createReplays, type ReplayedRuns, type ReplayVerbs } from './replay.ts'
import { createTerminal, type TerminalVerbs } from './terminal.ts'
import { traceDocument, withNews } from './trace.ts'

/** The verbs of the simulated world. Its code comes when the first run begins or the first panel needs it. */
export interface Simulation extends WorldSettings, TerminalVerbs, ReplayVerbs {
  readonly files: WorldFiles
  readonly http: HttpVerbs
  /** A new run begins: what the one before told is of no interest any more. */
  begin(): void
  receive(event: WorldEvent): void
  /** The run has started, and is typed to. */
  opensStdin(): void
  /** Hands something to the guest while it runs or waits. */
  input(input: RunInput): void
  /** Gives the trace of the last run as a file. */
  saveTrace(): void
}

/** What the verbs stand on: `loud` is for what a user changes, `quiet` for what a run tells. */
export interface Grounds {
  readonly loud: Context
  readonly quiet: Context
  readonly notices: Pick<NoticeActions, 'say'>
  /** What makes the calls of a replay. */
  readonly runs: () => ReplayedRuns
  readonly respond: Respond
}

export function createSimulation({ loud, quiet, notices, runs, respond }: Grounds): Simulation {
  const { get, set, services } = quiet
  const patch = (part: Partial<SimulationState>): void => set({ simulation: { ...get().simulation, ...part } })
  const settings = createWorldSettings(loud, notices)
  const http = createHttpVerbs(loud, settings, respond)
  const replays = createReplays(quiet, { runs, send: http.send }, notices)
  return {
    ...settings,
    ...replays,
    ...createTerminal(loud),
    files: createWorldFiles(loud, settings, notices, patch),
    http,
    begin() {
      const kept = httpAtStart(get().simulation.http)
      replays.begin()
      patch(kept)
    },
    receive(event) {
      switch (event.kind) {
        case 'wait':
          patch({ wait: event.state, instant: event.instant, waited: event.waited })
          quiet.show()
          break
        case 'trace':
          // Drawn when the run comes to rest: nobody reads it while it flies past.
          patch({ trace: withNews(get().simulation.trace, event) })
          break
        case 'recordable':
          patch({ recordable: event })
          break
        case 'replay':
          replays.reported(event.report)
          break
        case 'files':
          patch({ files: filesOf(event, get().simulation.files) })
          quiet.show()
          break
        case 'http':
          patch({ http: withHttpNews(get().simulation.http, event) })
          quiet.show()
      }
    },
    opensStdin: () => patch({ stdin: 'open' }),
    input: (input) => services.runner.input(input),
    saveTrace() {
      const { simulation, project } = get()
      if (!simulation.trace) return
      const text = JSON.stringify(traceDocument(project.name, simulation.trace), undefined, 1)
      services.saveFile(`${project.name}.trace.json`, new TextEncoder().encode(text), 'application/json')
    },
  }
}
