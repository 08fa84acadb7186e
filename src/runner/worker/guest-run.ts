import { callableExports } from '../../component/call-expression.ts'
import type { ValueType } from '../../component/types.ts'
import { fail, succeed, type Fault, type Outcome } from '../../contract/fault.ts'
import type { RunInput, Surroundings } from '../../wasi/context.ts'
import type { WasiHost } from '../../wasi/host.ts'
import { serves } from '../../wasi/served.ts'
import type { WasiSettings } from '../../wasi/settings.ts'
import { CannotWait } from '../../wasi/signals.ts'
import type { Awaitable } from '../../wasi/waiting.ts'
import type { HttpReport, HttpRequest } from '../http.ts'
import type { RecordedRun } from '../recording.ts'
import type { RunInteraction } from '../runner.ts'
import type { WorldEvent } from '../world-events.ts'
import { fileEvents } from './file-events.ts'
import type { LoadedWorld } from './glue.ts'
import { createGuestCalls, type CalledInstance, type GuestCalls } from './guest-calls.ts'
import type { InitialisedGuest } from './guest-engine.ts'
import { after, createGuestHost, now } from './guest-host.ts'
import { createGuestRequests } from './guest-requests.ts'
import { createHandles } from './handles.ts'
import { createHttpFeed } from './http-feed.ts'
import { createHttpServing } from './http-requests.ts'
import { makeInstance, type Instance } from './instance.ts'
import { withMissingFolder } from './missing-folder.ts'
import type { Output } from './output.ts'
import { createGuestKeeper, type GuestKeeper } from './run-keeper.ts'
import { createSimulatedListing } from './simulated-listing.ts'
import { simulatedImports } from './simulated.ts'
import { createTraceFeed, type TraceFeed } from './trace-feed.ts'
import { createTraceText } from './trace-text.ts'
import { tracedExport } from './traced-exports.ts'
import { createWaitReports } from './wait-reports.ts'

export interface GuestRunOptions {
  readonly world: LoadedWorld
  /** The same for the instances that answer requests of the component, where the others may wait: these run through. */
  readonly handlers?: LoadedWorld
  readonly guest: InitialisedGuest
  readonly wasi: WasiSettings
  readonly output: Output
  /** Told of every call across the boundary, before it is made. */
  readonly onBoundaryCall: (call: string) => void
  /** For a run in which the guest can wait for the outside; the world was loaded for that. */
  readonly interaction?: RunInteraction | undefined
  /** The run is given what was recorded, and compared with it. */
  readonly replay?: RecordedRun | undefined
  /** Told of what happens in the simulated world. */
  readonly onWorld: (event: WorldEvent) => void
  /** Called again and again while the guest computes; what it throws ends the call. */
  readonly onInterrupt: () => void
  /** Milliseconds. */
  readonly limit: number
  readonly clockStep: number
}

/** One instance of the component with the world around it. Its requests must come one after the other. */
export interface GuestRun extends GuestCalls {
  /** Whether the instance can still be called. */
  readonly alive: boolean
  readonly memoryBytes: number
  /**
   * Has an instance of its own answer a request; it shares the files and the clock of the run, and none of its state.
   * `number`: what the page calls the request.
   */
  http(number: number, request: HttpRequest): Awaitable<Outcome<HttpReport>>
  /** Tells of what the last request changed in the simulated world. */
  tell(): void
  /** Something from outside, also while a request is under way. */
  input(input: RunInput): void
  /** Tells the page what crossed the boundary. */
  readonly trace: TraceFeed
  readonly keeper: Pick<GuestKeeper, 'tell' | 'recording'>
  /** Bytes of the initialised state: a snapshot has more than so many. */
  readonly stateBytes: number
  snapshot(): Uint8Array
}

export const startGuestRun = async (options: GuestRunOptions): Promise<Outcome<GuestRun>> => {
  const { world: loaded, guest, output, limit, clockStep } = options
  const { world } = loaded.prepared
  const encoder = new TextEncoder()
  const waits = createWaitReports({
    now,
    after,
    post: (waited, state) => {
      if (state) {
        // What it says before it waits is what it waits for an answer to.
        output.flush()
        feed.flush()
        http.flush()
      }
      const instant = keeper.aside(() => host.instant)
      options.onWorld({ kind: 'wait', instant, waited, ...(state && { state }) })
    },
  })
  const interaction = options.interaction && {
    ...options.interaction,
    mayWait: () => requests.mayWait,
    after,
    onWait: waits.tell,
  }
  const http = createHttpFeed({ post: (request, news) => options.onWorld({ kind: 'http', request, news }), now })
  const keeper = createGuestKeeper({
    replay: options.replay,
    pass: (input) => host.input(input),
    trace: () => host.trace,
    post: options.onWorld,
  })
  const answers: Pick<Surroundings, 'onHttp' | 'serveHttp'> = {
    onHttp: (event) => {
      if (event.type === 'sent' && event.route === undefined) {
        output.write('host', encoder.encode(`[http] denied: ${event.method} ${event.url}: no route answers it\n`))
      }
      http.event(event)
    },
    serveHttp: (request, out) => serving.serve(request, out),
  }
  const host: WasiHost = createGuestHost({ ...options, interaction, http: answers, keeper })
  host.trace.listener = keeper.listener
  const feed = createTraceFeed({
    trace: host.trace,
    text: createTraceText(world),
    post: (news) => options.onWorld({ kind: 'trace', ...news }),
    now,
  })
  const handles = createHandles()
  const simulated = createSimulatedListing(output)
  const requests = createGuestRequests({
    waits,
    now,
    begin: simulated.begin,
    end: () => {
      simulated.end()
      http.flush()
    },
  })

  /** An export as people read it, where it is named in full. */
  const readable = (path: string): string => callableExports(world).find((each) => each.path === path)?.readable ?? path

  const imports = {
    ...simulatedImports(world, serves, { gate: host.gate, wanted: simulated.wanted, onAnswer: simulated.onAnswer }),
    ...host.imports(world.imports.flatMap((item) => (item.kind === 'interface' ? [item.name] : []))),
  }

  const instantiate = (of: LoadedWorld): Outcome<Instance> => makeInstance(of, guest, imports, options.onInterrupt)
  const made = instantiate(loaded)
  if (!made.ok) return made
  const own = made.value
  let root: unknown
  try {
    root = await own.root
  } catch (thrown) {
    return fail(own.notStarted(thrown))
  }
  let alive = true
  const instance: CalledInstance = {
    root,
    get alive() {
      return alive
    },
    get memoryBytes() {
      return own.memoryBytes
    },
    over: () => {
      alive = false
    },
    ended: (path: string, thrown: unknown, result?: ValueType): Fault => {
      alive = false
      return withMissingFolder(own.ended(path, readable(path), thrown, result), options.wasi, host.trace.functions)
    },
  }
  const calls = createGuestCalls({
    world,
    instance,
    host,
    handles,
    requests,
    simulated,
    keeper,
    readable,
    interactive: options.interaction !== undefined,
    limit,
    clockStep,
  })

  const serving = createHttpServing({
    world,
    host: () => host,
    feed: http,
    around: (by, name, args, work) => {
      const could = requests.mayWait
      requests.mayWait &&= by === 'outside'
      const traced = { name, type: { async: false, params: [] }, args, texts: handlerArguments }
      try {
        return host.gate.outside(() => tracedExport(host.trace, handles, traced, work))
      } finally {
        requests.mayWait = could
      }
    },
    instance: (by) => {
      const one = instantiate((by === 'component' && options.handlers) || loaded)
      if (!one.ok) return one
      const { root: exports } = one.value
      if (exports instanceof Promise) return fail(notAtOnce)
      return succeed({
        root: exports,
        get memoryBytes() {
          return one.value.memoryBytes
        },
        ended: (path, thrown) =>
          thrown instanceof CannotWait && by === 'component'
            ? handlerWaits
            : one.value.ended(path, readable(path), thrown),
      })
    },
  })

  return succeed({
    get alive() {
      return instance.alive
    },
    get memoryBytes() {
      return instance.memoryBytes
    },
    tell: fileEvents(host.files, options.onWorld),
    input: keeper.input,
    trace: feed,
    keeper,

    ...calls,

    http: (number, request) => {
      keeper.request({ kind: 'http', request })
      return requests.ending(
        true,
        () => serving.respond(number, request),
        (outcome, ms) => {
          http.begin(0)
          return outcome.ok ? succeed({ ...outcome.value, ms }) : outcome
        },
        (thrown) => {
          http.begin(0)
          throw thrown
        },
      )
    },

    get stateBytes() {
      return guest.stateBytes()
    },
    snapshot: () => guest.state(),
  })
}

const handlerWaits: Fault = {
  stage: 'trap',
  message: 'The handler that a route leads to waits for a step of the frozen clock, or for input on stdin.',
  next: 'Set the clock to auto, and give stdin as text: whoever sent the request cannot go on meanwhile.',
}

/** As the trace shows them. */
const handlerArguments = ['incoming-request', 'response-outparam']

const notAtOnce: Fault = {
  stage: 'instantiate',
  message: 'The glue of this component does not make another instance at once.',
  next: 'Build and run again.',
}
