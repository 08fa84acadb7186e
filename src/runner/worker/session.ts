import { fail, succeed, type Fault, type Outcome } from '../../contract/fault.ts'
import { parseWasiSettings } from '../../wasi/settings.ts'
import { fitToCaps } from '../fit-to-caps.ts'
import {
  atOnce,
  caps,
  protocolVersion,
  type Answer,
  type FromSandbox,
  type Request,
  type SubjectMessage,
} from '../protocol.ts'
import type { ToSandbox } from '../protocol.ts'
import type { RunLimits, RunPhase, RunStarted } from '../runner.ts'
import { clockStep } from './clock-step.ts'
import { describe, instantiateFault, trapFault } from './faults.ts'
import { loadWorld, UnsafeNames, type LoadedWorld } from './glue.ts'
import type { FrameWatch } from './frame-watch.ts'
import { isPreparedWorld, type GuestEngine, type InitLimits, type LoadedEngine } from './guest-engine.ts'
import { handlerOf } from './http-requests.ts'
import { startGuestRun, type GuestRun } from './guest-run.ts'
import { createOutput } from './output.ts'

export interface SessionOptions {
  readonly engines: Readonly<Record<string, GuestEngine>>
  readonly post: (message: FromSandbox) => void
  readonly frame: FrameWatch
}

const pagesPerMiB = 16
/** How often the engine may ask whether to go on, for each millisecond of the time limit. */
const interruptsPerMillisecond = 1
/** Milliseconds between two notes of the last call across the boundary, after the first few of a request. */
const beatEvery = 100

const now = (): number => performance.now()

/** What the guest worker does with the messages of the page: one after the other, and one run at a time. */
export const createSession = (options: SessionOptions): { receive(message: ToSandbox): void } => {
  const { engines, frame } = options
  /** The one way out: whatever the guest made long is cut here. */
  const post = (message: FromSandbox): void => options.post(fitToCaps(message))
  const images = new Map<string, unknown>()
  const worlds = new Map<string, unknown>()
  const loadedEngines = new Map<string, LoadedEngine>()
  const loadedWorlds = new Map<string, LoadedWorld>()
  const step = clockStep()
  let run: GuestRun | undefined
  /** The number of that run. */
  let current: number | undefined
  let flush: () => void = () => {}
  let line: Promise<unknown> = Promise.resolve()
  /** Notes of boundary calls since the request began, and the last. */
  let beats = 0
  let beaten = ''

  const keep = (subject: SubjectMessage): void => {
    if (subject.image !== undefined) images.set(subject.imageKey, subject.image)
    if (subject.prepared !== undefined) worlds.set(subject.preparedKey, subject.prepared)
  }

  /** The engine and the world of a subject, loaded once per sandbox and memory limit. */
  const load = async (
    subject: SubjectMessage,
    limits: RunLimits,
    suspends: boolean,
    phases: Phases,
  ): Promise<Outcome<{ engine: LoadedEngine; world: LoadedWorld }>> => {
    const memoryPages = limits.memoryMiB * pagesPerMiB
    const engine = Object.hasOwn(engines, subject.engine) ? engines[subject.engine] : undefined
    if (engine === undefined) return fail(unknownEngine(subject.engine))

    const engineKey = `${subject.imageKey} ${memoryPages}`
    let loaded = loadedEngines.get(engineKey)
    if (loaded === undefined) {
      const from = now()
      try {
        loaded = await engine.load(images.get(subject.imageKey), memoryPages)
      } catch (error) {
        return fail(engineFault(error))
      }
      loadedEngines.set(engineKey, loaded)
      phases.add('compile-engine', from)
    }

    const worldKey = `${subject.preparedKey} ${memoryPages} ${suspends}`
    let world = loadedWorlds.get(worldKey)
    if (world === undefined) {
      const from = now()
      const prepared = worlds.get(subject.preparedKey)
      if (!isPreparedWorld(prepared)) return fail(instantiateFault(new TypeError('the prepared world is incomplete')))
      try {
        world = await loadWorld(prepared, { memoryPages, suspends })
      } catch (error) {
        return fail(error instanceof UnsafeNames ? unsafeFault(error) : instantiateFault(error))
      }
      loadedWorlds.set(worldKey, world)
      phases.add('load-world', from)
    }
    return succeed({ engine: loaded, world })
  }

  const start = async ({
    run: number,
    subject,
    wasi,
    limits,
    interaction,
    replay,
  }: Extract<Request, { type: 'start' }>): Promise<Outcome<RunStarted>> => {
    const phases = phasesSince(now())
    // The instance of the run before goes first: browsers allow only so many memories at a time.
    run = undefined
    keep(subject)
    const settings = parseWasiSettings(wasi)
    if (!settings.ok) return settings
    const loaded = await load(subject, limits, interaction !== undefined, phases)
    if (!loaded.ok) return loaded
    const { engine, world } = loaded.value
    // What answers requests of the component runs through: the instance that asks is in the middle of a call.
    const through =
      interaction &&
      handlerOf(world.prepared.world) !== undefined &&
      settings.value.http?.routes.some((route) => route.handler) &&
      (await load(subject, limits, false, phases))
    if (through && !through.ok) return through

    const output = createOutput({
      capBytes: limits.outputKiB * 1024,
      post: (chunks) => post({ type: 'output', run: number, chunks }),
      now,
    })
    flush = output.flush
    output.phase = 'init'
    const encoder = new TextEncoder()

    let from = now()
    let initialised: ReturnType<LoadedEngine['initialise']>
    try {
      initialised = engine.initialise(
        world.prepared,
        subject.source,
        initLimits(limits),
        // As it is written, so that what led to a failure is seen.
        ({ stream, text }) => output.write(stream, encoder.encode(text.endsWith('\n') ? text : `${text}\n`)),
        frame.check,
      )
    } catch (error) {
      return fail({ ...trapFault('The top-level code', error), stage: 'guest-init' })
    }
    phases.add('initialise', from)
    if (!initialised.ok) return initialised
    const guest = initialised.value
    output.phase = 'run'

    let beatAt = Number.NEGATIVE_INFINITY
    from = now()
    const started = await startGuestRun({
      world,
      ...(through && { handlers: through.value.world }),
      guest,
      wasi: settings.value,
      output,
      interaction,
      replay,
      onBoundaryCall: (lastCall) => {
        run?.trace.poll()
        if (lastCall === beaten) return
        const time = now()
        if (++beats > atOnce.beats && time - beatAt < beatEvery) return
        beatAt = time
        beaten = lastCall
        post({ type: 'beat', run: number, lastCall })
      },
      onWorld: (event) => post({ type: 'world', run: number, event }),
      onInterrupt: frame.check,
      limit: limits.milliseconds,
      clockStep: step,
    })
    phases.add('instantiate', from)
    if (!started.ok) return started
    run = started.value
    current = number
    return succeed({ phases: phases.list, memoryBytes: run.memoryBytes, clockStep: step, warnings: guest.warnings })
  }

  /** Loads what a run will need, and goes once through what one does, so that its code is compiled by then. */
  const rehearse = async (subject: SubjectMessage, limits: RunLimits, suspends: boolean): Promise<void> => {
    const loaded = await load(subject, limits, suspends, phasesSince(now()))
    if (!loaded.ok) return
    const { engine, world } = loaded.value
    const source = engine.rehearsal(world.prepared)
    const guest = engine.initialise(world.prepared, source, initLimits(limits))
    if (!guest.ok) return
    const output = createOutput({ capBytes: 0, post: () => {}, now })
    const { milliseconds: limit } = limits
    const nothing = (): void => {}
    const silent = {
      wasi: {},
      output,
      onBoundaryCall: nothing,
      onWorld: nothing,
      onInterrupt: nothing,
      limit,
      clockStep: step,
    }
    await startGuestRun({ world, guest: guest.value, ...silent })
  }

  const answer = <T>(outcome: Outcome<T>, of: (value: T) => Answer): Answer =>
    outcome.ok ? of(outcome.value) : failed(outcome.fault)
  const failed = (fault: Fault): Answer => ({ type: 'failed', fault, alive: run?.alive ?? false })

  /** With the memory at its end where the instance that `lived` ended in the call; a call that was not made used none. */
  const withMemory = (given: Answer, lived: GuestRun | undefined): Answer =>
    given.type === 'failed' && lived?.alive === false ? { ...given, memoryBytes: lived.memoryBytes } : given

  const perform = async (request: Request): Promise<Answer> => {
    if (request.type === 'start') {
      return answer(await start(request), (value) => ({ type: 'started', value }))
    }
    if (run === undefined) return failed(nothingRuns)
    switch (request.type) {
      case 'call':
        return answer(await run.call(request.expression), (value) => ({ type: 'called', value }))
      case 'burst':
        return answer(run.burst(request.expression, request.count), (value) => ({ type: 'measured', value }))
      case 'drop':
        return answer(run.drop(request.handle), (value) => ({ type: 'dropped', value }))
      case 'command':
        return answer(await run.command(), (value) => ({ type: 'exited', value }))
      case 'http':
        return answer(await run.http(request.number, request.request), (value) => ({ type: 'responded', value }))
      case 'recording':
        return answer(run.keeper.recording(), (value) => ({ type: 'recording', value }))
      case 'snapshot':
        return answer(snapshotOf(run), (value) => ({ type: 'snapshot', value }))
    }
  }

  const handle = async (request: Request): Promise<void> => {
    let given: Answer
    beats = 0
    beaten = ''
    frame.begin()
    const lived = request.type !== 'start' && request.type !== 'drop' && run?.alive ? run : undefined
    try {
      given = withMemory(await perform(request), lived)
    } catch (error) {
      given = failed(unexpected(error))
    }
    const say = (said: Answer): void => post({ type: 'answer', run: request.run, id: request.id, answer: said })
    try {
      // What was written comes before the answer, so that it is seen before it.
      flush()
      run?.tell()
      say(given)
      // Nobody waits for it.
      run?.trace.flush()
      run?.keeper.tell()
    } catch (error) {
      // Nothing that cannot be sent may keep the requests behind it from being answered.
      say(failed(unexpected(error)))
    }
  }

  post({ type: 'hello', version: protocolVersion })
  return {
    receive: (message) => {
      switch (message.type) {
        case 'ping':
          post({ type: 'pong', id: message.id })
          return
        case 'input':
          // Past the line: it may be what the request under way waits for.
          if (message.run === current) run?.input(message.input)
          return
        case 'preload':
          line = line.then(async () => {
            keep(message.subject)
            // Whatever goes wrong in it goes wrong in the run as well, which says so.
            await rehearse(message.subject, message.limits, message.suspends).catch(() => undefined)
          })
          return
        default:
          line = line.then(() => handle(message))
      }
    },
  }
}

interface Phases {
  readonly list: readonly RunPhase[]
  /** A phase that began at `from` has ended now. */
  add(name: RunPhase['name'], from: number): void
}

const phasesSince = (begun: number): Phases => {
  const list: RunPhase[] = []
  return { list, add: (name, from) => void list.push({ name, at: from - begun, ms: now() - from }) }
}

const initLimits = ({ memoryMiB, milliseconds }: RunLimits): InitLimits => ({
  memoryPages: memoryMiB * pagesPerMiB,
  interrupts: milliseconds * interruptsPerMillisecond,
})

const nothingRuns: Fault = {
  stage: 'call',
  message: 'Nothing runs that could be called.',
  next: 'Run the project first.',
}

/** A snapshot that the page takes. One that is too large is not even made, as far as that is known before. */
const snapshotOf = (run: GuestRun): Outcome<Uint8Array> => {
  if (run.stateBytes > caps.snapshotBytes) return fail(largeSnapshot)
  const snapshot = run.snapshot()
  return snapshot.byteLength > caps.snapshotBytes ? fail(largeSnapshot) : succeed(snapshot)
}

const largeSnapshot: Fault = {
  stage: 'build',
  message: `The state of the component exceeds ${caps.snapshotBytes / 1024 / 1024} MiB: no component is made of it.`,
  next: 'Keep less data in the component at the start.',
}

const unknownEngine = (name: string): Fault => ({
  stage: 'project',
  message: `There is no engine named ${name}.`,
  next: 'Leave `engine` out of the project for the default one.',
})

const engineFault = (error: unknown): Fault => ({
  stage: 'load',
  message: `The engine could not be loaded: ${describe(error)}`,
  next: 'Reload the page and run again.',
})

const unsafeFault = (error: UnsafeNames): Fault => ({
  stage: 'instantiate',
  message: `The component was refused: ${error.message}.`,
  next: 'Rename the imports and exports of its core modules.',
})

/** A fault of ours, not of the guest. */
const unexpected = (error: unknown): Fault => ({
  stage: 'trap',
  message: `The runner itself failed: ${describe(error)}`,
  next: 'Run again; if it happens again, report it with the detail.',
  ...(error instanceof Error && error.stack ? { detail: error.stack.slice(0, 16 * 1024) } : {}),
})
