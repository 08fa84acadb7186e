import { callableExports, parseCall, printCall, type Call } from '../../component/call-expression.ts'
import type { ValueType } from '../../component/types.ts'
import { printWave, UnexpectedValue } from '../../component/wave.ts'
import { fail, succeed, type Fault, type Outcome } from '../../contract/fault.ts'
import { createWasiHost, type WasiHost } from '../../wasi/host.ts'
import { serves } from '../../wasi/served.ts'
import type { RunInput, Surroundings } from '../../wasi/context.ts'
import type { Awaitable, Interaction } from '../../wasi/waiting.ts'
import type { WasiSettings } from '../../wasi/settings.ts'
import { CannotWait, Exit } from '../../wasi/signals.ts'
import type { BurstReport, CallReport, CommandReport, DropReport, RunInteraction, SimulatedAnswer } from '../runner.ts'
import type { RecordedRun } from '../recording.ts'
import type { HttpReport, HttpRequest } from '../http.ts'
import type { WorldEvent } from '../world-events.ts'
import { burst } from './burst.ts'
import { callMistake } from './call-mistake.ts'
import { findExport, type Callable } from './exports.ts'
import { deadInstance } from './faults.ts'
import type { LoadedWorld } from './glue.ts'
import type { InitialisedGuest } from './guest-engine.ts'
import { fileEvents } from './file-events.ts'
import { createHandles, missingHandle } from './handles.ts'
import { createHttpFeed } from './http-feed.ts'
import { createHttpServing } from './http-requests.ts'
import { makeInstance, type Instance } from './instance.ts'
import type { Output } from './output.ts'
import { holdsOwn } from './owned.ts'
import { withMissingFolder } from './missing-folder.ts'
import { createGuestKeeper, type GuestKeeper } from './run-keeper.ts'
import { simulatedImports } from './simulated.ts'
import { createTraceFeed, type TraceFeed } from './trace-feed.ts'
import { createTraceText } from './trace-text.ts'
import { argumentTexts, isErr, tracedExport, type TracedExport } from './traced-exports.ts'
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

/** One instance of the component with the world around it. */
export interface GuestRun {
  /** Whether the instance can still be called. */
  readonly alive: boolean
  readonly memoryBytes: number
  /** These give promises where the guest can wait. They must come one after the other. */
  call(expression: string): Awaitable<Outcome<CallReport>>
  burst(expression: string, count: number): Outcome<BurstReport>
  command(): Awaitable<Outcome<CommandReport>>
  drop(handle: number): Outcome<DropReport>
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

interface Prepared {
  readonly call: Call
  readonly target: Callable
  readonly traced: TracedExport
  readonly text: string
}

const now = (): number => performance.now()
/** About so many UTF-16 code units of a result, and of a call in canonical form. */
const mostWave = 1024 * 1024
const mostCall = 64 * 1024
const mostSimulated = 100

const createHost = (
  { wasi, output, onBoundaryCall, onInterrupt }: GuestRunOptions,
  interaction: Interaction | undefined,
  http: Pick<Surroundings, 'onHttp' | 'serveHttp'>,
  keeper: GuestKeeper,
): WasiHost => {
  const surroundings: Surroundings = {
    write: (stream, bytes) => output.write(stream, bytes),
    monotonic: (from = 0n) => {
      let instant: bigint
      do {
        // Whoever waits for the real clock reads it again and again.
        onInterrupt()
        instant = BigInt(Math.round(now() * 1e6))
      } while (instant < from)
      return instant
    },
    today: () => Date.now(),
    entropy: (into) => {
      // The browser gives up to 64 KiB at once.
      for (let at = 0; at < into.length; at += 65536) crypto.getRandomValues(into.subarray(at, at + 65536))
    },
    now,
    onCall: onBoundaryCall,
    ...(interaction && { interaction }),
    ...http,
  }
  // Who types begins with nothing.
  return createWasiHost(interaction?.openStdin ? { ...wasi, stdin: '' } : wasi, keeper.around(surroundings))
}

/** Browsers take a longer one for none at all. */
const longestTimer = 2 ** 31 - 1

const after = (milliseconds: number, done: () => void): (() => void) => {
  const timer = setTimeout(done, Math.min(milliseconds, longestTimer))
  return () => clearTimeout(timer)
}

export const startGuestRun = async (options: GuestRunOptions): Promise<Outcome<GuestRun>> => {
  const { world: loaded, guest, output, limit, clockStep } = options
  const { world } = loaded.prepared
  const encoder = new TextEncoder()
  /** Whether what runs was called through glue that gives a promise: constructors and destructors are not. */
  let mayWait = false
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
    mayWait: () => mayWait,
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
    serveHttp: (request, out) => requests.serve(request, out),
  }
  const host: WasiHost = createHost(options, interaction, answers, keeper)
  host.trace.listener = keeper.listener
  const feed = createTraceFeed({
    trace: host.trace,
    text: createTraceText(world),
    post: (news) => options.onWorld({ kind: 'trace', ...news }),
    now,
  })
  const handles = createHandles()
  let dead = false
  let simulated: SimulatedAnswer[] = []
  let unlisted = 0

  /** An export as people read it, where it is named in full. */
  const readable = (path: string): string => callableExports(world).find((each) => each.path === path)?.readable ?? path

  const imports = {
    ...simulatedImports(world, serves, {
      gate: host.gate,
      wanted: () => {
        if (simulated.length < mostSimulated) return true
        unlisted++
        return false
      },
      onAnswer: (answer) => {
        simulated.push(answer)
        const value = answer.wave === '' ? '' : ` -> ${answer.wave}`
        output.write('host', encoder.encode(`[simulated] ${answer.call}${value}\n`))
      },
    }),
    ...host.imports(world.imports.flatMap((item) => (item.kind === 'interface' ? [item.name] : []))),
  }

  const instantiate = (of: LoadedWorld): Outcome<Instance> => makeInstance(of, guest, imports, options.onInterrupt)
  const made = instantiate(loaded)
  if (!made.ok) return made
  const instance = made.value
  let root: unknown
  try {
    root = await instance.root
  } catch (thrown) {
    return fail(instance.notStarted(thrown))
  }
  const memoryBytes = (): number => instance.memoryBytes
  /** What ended the instance. `path`: of what was called. */
  const ended = (path: string, thrown: unknown, result?: ValueType): Fault => {
    dead = true
    return withMissingFolder(instance.ended(path, readable(path), thrown, result), options.wasi, host.trace.functions)
  }

  const prepare = (expression: string): Outcome<Prepared> => {
    const parsed = parseCall(expression, world, handles)
    if (!parsed.ok) {
      handles.keep()
      return fail(callMistake(expression, parsed.error, callableExports(world)))
    }
    const { call } = parsed
    const target = findExport(root, call.interface, call.name)
    if (target === undefined) {
      handles.keep()
      return fail({
        stage: 'call',
        message: `The component has no export ${call.name}, though its world names one.`,
        next: 'Build and run again.',
      })
    }
    const { type, args } = call
    const traced = { name: pathOf(call), type, args, texts: argumentTexts(type, args, handles) }
    return succeed({ call, target, traced, text: printCall(call, handles, { maximum: mostCall }) })
  }

  /** What simulated imports are told is listed per request, and not without end: a loop over one would fill the output. */
  const list = (): void => {
    simulated = []
    unlisted = 0
  }
  const listed = (): void => {
    if (unlisted > 0) output.write('host', encoder.encode(`[simulated] … and ${unlisted} more calls\n`))
    http.flush()
  }
  const listing = <T>(work: () => T): T => {
    list()
    try {
      return work()
    } finally {
      listed()
    }
  }

  /**
   * Calls an export, and says what came of it once it has ended; `ms`: milliseconds without those that it waited. What is
   * no function is called through glue that gives no promise.
   */
  const ending = <T, R = unknown>(
    isFunction: boolean,
    target: () => Awaitable<R>,
    returned: (value: R, ms: number) => T,
    thrown: (error: unknown, ms: number) => T,
  ): Awaitable<T> => {
    waits.begin()
    list()
    const from = now()
    const over = <V>(then: (value: V, ms: number) => T, value: V): T => {
      const ms = Math.max(0, now() - from - waits.waited)
      mayWait = false
      listed()
      return then(value, ms)
    }
    try {
      mayWait = isFunction
      const value = target()
      if (!(value instanceof Promise)) return over(returned, value)
      return value.then(
        (settled: R) => over(returned, settled),
        (error: unknown) => over(thrown, error),
      )
    } catch (error) {
      return over(thrown, error)
    }
  }

  const requests = createHttpServing({
    world,
    host: () => host,
    feed: http,
    around: (by, name, args, work) => {
      const could = mayWait
      mayWait &&= by === 'outside'
      const traced = { name, type: { async: false, params: [] }, args, texts: handlerArguments }
      try {
        return host.gate.outside(() => tracedExport(host.trace, handles, traced, work))
      } finally {
        mayWait = could
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

  const pathOf = (call: Pick<Call, 'interface' | 'name'>): string =>
    call.interface === undefined ? call.name : `${call.interface}#${call.name}`
  const notCalled = (expression: string): Fault => deadInstance(readable(expression.split('(')[0] ?? expression))

  return succeed({
    get alive() {
      return !dead
    },
    get memoryBytes() {
      return memoryBytes()
    },
    tell: fileEvents(host.files, options.onWorld),
    input: keeper.input,
    trace: feed,
    keeper,

    call: (expression) => {
      if (dead) return fail(notCalled(expression))
      const prepared = prepare(expression)
      if (!prepared.ok) return prepared
      const { call, target, traced, text } = prepared.value
      const type = call.type.result
      keeper.request({ kind: 'call', expression })
      handles.spend()
      handles.origin = text
      const before = host.gate.calls
      const report = (tag: 'ok' | 'err', value: unknown, ms: number): Outcome<CallReport> => {
        const shown = type?.kind === 'result' ? type[tag] : type
        try {
          const wave = shown === undefined ? '' : printWave(value, shown, handles, { maximum: mostWave })
          return succeed({
            call: text,
            result: { tag, wave, ...(type?.kind !== 'result' && { plain: true }) },
            ms,
            memoryBytes: memoryBytes(),
            boundaryCalls: host.gate.calls - before,
            simulated,
            handles: handles.report(),
          })
        } catch (error) {
          if (!(error instanceof UnexpectedValue)) throw error
          return fail({
            stage: 'call',
            message: `What ${readable(pathOf(call))} returned does not fit its type: ${error.message}`,
            next: 'Return a value of the type that the world names.',
          })
        }
      }
      return ending(
        !call.name.startsWith('[constructor]'),
        () => tracedExport(host.trace, handles, traced, () => target(call.args)),
        (value, ms) => report('ok', value, ms),
        (thrown, ms) =>
          isErr(thrown, type) ? report('err', thrown.payload, ms) : fail(ended(pathOf(call), thrown, type)),
      )
    },

    burst: (expression, count) => {
      if (dead) return fail(notCalled(expression))
      if (options.interaction) return fail(notMeasured)
      keeper.spoil('Calls were measured in this instance, as many as there was time for.')
      const prepared = prepare(expression)
      if (!prepared.ok) return prepared
      const { call, target, traced } = prepared.value
      if (call.type.params.some((param) => holdsOwn(param.type))) {
        handles.keep()
        return fail({
          stage: 'call',
          message: `${readable(pathOf(call))} takes a resource for good, and cannot be called again and again.`,
          next: 'Measure a function that borrows the resource.',
        })
      }
      // Its time is that of the guest: the calls of the host are counted meanwhile, and no more.
      const { trace } = host
      const once = (): void => {
        try {
          target(call.args)
        } catch (thrown) {
          if (!isErr(thrown, call.type.result)) throw thrown
        }
      }
      try {
        const measured = (): ReturnType<typeof burst> => {
          trace.counting = true
          try {
            return burst(once, { count, clockStep, milliseconds: limit * 0.8, now })
          } finally {
            trace.counting = false
          }
        }
        const report = listing(() =>
          tracedExport(host.trace, handles, { ...traced, type: { async: false, params: [] } }, measured),
        )
        return succeed({ ...report, memoryBytes: memoryBytes() })
      } catch (thrown) {
        return fail(ended(pathOf(call), thrown, call.type.result))
      }
    },

    drop: (handle) => {
      if (dead) return fail(deadInstance(`%${handle}`))
      const type = handles.report().find(({ id }) => id === handle)?.type ?? ''
      const value = handles.take(handle)
      if (value === undefined) return fail(noHandle(handle))
      keeper.request({ kind: 'drop', handle })
      try {
        listing(() => tracedExport(host.trace, handles, dropOf(handle, type), () => disposerOf(value)?.()))
      } catch (thrown) {
        return fail(ended(`The destructor of %${handle}`, thrown))
      }
      return succeed({ memoryBytes: memoryBytes(), handles: handles.report() })
    },

    command: () => {
      if (dead) return fail(deadInstance('wasi:cli/run'))
      const run = callableExports(world).find(
        ({ interface: owner, name }) =>
          owner !== undefined && /^wasi:cli\/run(@0\.2\..*)?$/.test(owner) && name === 'run',
      )
      const target = run && findExport(root, run.interface, run.name)
      if (run === undefined || target === undefined) {
        return fail({
          stage: 'call',
          message: 'This world does not export wasi:cli/run: there is no program to run.',
          next: 'Call one of its functions, or add `export wasi:cli/run@0.2.12;` to the world.',
        })
      }
      keeper.request({ kind: 'command' })
      const exited = (exitCode: number, ms: number): Outcome<CommandReport> =>
        succeed({ exitCode, ms, memoryBytes: memoryBytes() })
      return ending(
        true,
        () =>
          tracedExport(host.trace, handles, { name: run.path, type: run.type, args: [], texts: [] }, () => target([])),
        (_, ms) => exited(0, ms),
        (thrown, ms) => {
          if (isErr(thrown, run.type.result)) return exited(1, ms)
          if (!(thrown instanceof Exit)) return fail(ended('wasi:cli/run', thrown))
          dead = true
          return exited(thrown.code, ms)
        },
      )
    },

    http: (number, request) => {
      keeper.request({ kind: 'http', request })
      return ending(
        true,
        () => requests.respond(number, request),
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

/** The glue names it so where the engine has `Symbol.dispose`, and registers the name otherwise. */
const symbolDispose: unknown = Reflect.get(Symbol, 'dispose') ?? Symbol.for('dispose')
/** How the glue drops a resource. */
const disposerOf = (value: object): (() => unknown) | undefined => {
  const dispose: unknown = typeof symbolDispose === 'symbol' ? Reflect.get(value, symbolDispose) : undefined
  return typeof dispose === 'function' ? () => Reflect.apply(dispose, value, []) : undefined
}

/** The end of a resource of the component, as the trace shows it: `demo:bank/accounts#[resource-drop]account(%1)`. */
const dropOf = (handle: number, resource: string): TracedExport => ({
  name: resource.replace(/^(?:(.*)\/)?([^/]*)$/, (_, owner: string | undefined, name: string) =>
    owner === undefined ? `[resource-drop]${name}` : `${owner}#[resource-drop]${name}`,
  ),
  type: { async: false, params: [] },
  args: [],
  texts: [`%${handle}`],
})
const notMeasured: Fault = {
  stage: 'call',
  message: 'A run that can wait for the outside cannot be measured.',
  next: 'Set the clock to auto and give stdin as text, and measure again.',
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

const noHandle = (handle: number): Fault => ({
  stage: 'call',
  message: missingHandle(handle),
  next: 'Choose one of the handles that are listed.',
})
