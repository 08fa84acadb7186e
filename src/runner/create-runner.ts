import { fail, succeed, type Fault, type Outcome } from '../contract/fault.ts'
import { deferred } from './deferred.ts'
import { openFrame, type OpenFrame } from './frame.ts'
import type { Answer, FromSandbox, RequestBody } from './protocol.ts'
import type { RunEvents, Runner, RunnerState, RunRequest, RunStarted } from './runner.ts'
import { openSandbox, sandboxTiming, type Sandbox, type SandboxTiming } from './sandbox.ts'

export interface RunnerOptions {
  /** The text of the guest worker; asked for once. */
  readonly workerSource: () => Promise<string>
  /** Address of the sandbox document, default `sandbox.html` beside the page. */
  readonly sandboxUrl?: string
  readonly timing?: Partial<RunnerTiming>
  /** For tests: what stands in for the frame. */
  readonly openFrame?: OpenFrame
}

/** Milliseconds, except where another unit is said. */
export interface RunnerTiming extends SandboxTiming {
  /** For everything between the request and the running instance, where the time limit of the run is not longer. */
  readonly init: number
  /** For a snapshot, which is our own work and not the guest's: the time limit of the run is not for it. */
  readonly snapshot: number
  /** How long a request of an abandoned run may go on before its sandbox is killed for the next one. */
  readonly abandon: number
  /** Between two questions to an idle sandbox, and for the answer to one. */
  readonly heartbeat: number
  readonly silence: number
  /** For an idle sandbox to answer before it is used again. */
  readonly wake: number
  /** After a deadline: time for an answer that has come already, but waits behind other work of the page. */
  readonly grace: number
  /** Prepared worlds for one sandbox. */
  readonly worlds: number
  /** From the start of a run to the start of the spare sandbox, so that the two do not compete. */
  readonly spare: number
  /** The same while the guest still initialises: later than that it is likely to be stopped. */
  readonly spareAnyway: number
}

export const runnerTiming: RunnerTiming = {
  ...sandboxTiming,
  init: 10_000,
  snapshot: 30_000,
  abandon: 150,
  heartbeat: 2_000,
  silence: 5_000,
  wake: 1_000,
  grace: 30,
  worlds: 24,
  spare: 50,
  spareAnyway: 500,
}

/** For the notes about simulated imports that are not cut short. UTF-16 code units. */
const outputSlack = 65536

const again = 'Run again: the next run starts in another sandbox.'
const killed: Fault = { stage: 'killed', message: 'The run was stopped.', next: 'Run again when you are ready.' }
/** What the worker had joined and not yet sent goes with it, and is counted nowhere. */
const lastMoment = 'What was written in the last moment before may be missing from the output.'
const superseded: Fault = {
  stage: 'killed',
  message: 'A newer run took the place of this one.',
  next: 'See its result.',
}
const notRunning: Fault = {
  stage: 'call',
  message: 'Nothing runs that could be called.',
  next: 'Run the project first.',
}
const lost: Fault = { stage: 'lost', message: 'The sandbox no longer answers, so that it was ended.', next: again }
const tooMuch: Fault = {
  stage: 'lost',
  message: 'The sandbox sent more output than it may, so that it was ended.',
  next: again,
}
const slowSnapshot: Fault = {
  stage: 'build',
  message: 'Taking the state of the guest took too long, so that there is no component of it. The run goes on.',
  next: 'Try again, or keep less data in the guest at the start.',
}
const misfit: Fault = {
  stage: 'lost',
  message: 'The sandbox gave an answer that does not fit the question.',
  next: again,
}

interface Pending {
  readonly id: number
  readonly label: string
  readonly finish: (answer: Answer) => void
  timer: ReturnType<typeof setTimeout> | undefined
}

interface Run {
  readonly number: number
  readonly request: RunRequest
  readonly events: RunEvents
  readonly sandbox: Sandbox
  started: boolean
  lastCall: string | undefined
  /** Output that the page has taken, against a sandbox that does not keep to its own limit. */
  outputTaken: number
}

export const createRunner = (options: RunnerOptions): Runner => {
  const timing: RunnerTiming = { ...runnerTiming, ...options.timing }
  let source: Promise<string> | undefined
  const workerSource = (): Promise<string> => {
    source ??= options.workerSource()
    // A failed download is tried again by the next sandbox.
    source.catch(() => (source = undefined))
    return source
  }
  const open = options.openFrame ?? (() => openFrame({ url: options.sandboxUrl ?? 'sandbox.html', workerSource }))

  let state: RunnerState = 'idle'
  let current: Sandbox | undefined
  let spare: Sandbox | undefined
  let run: Run | undefined
  let pending: Pending | undefined
  let runs = 0
  /** Stop ended the runs up to this number, also those that were only about to start. */
  let stopped = 0
  let ids = 0
  let disposed = false
  let heartbeat: ReturnType<typeof setTimeout> | undefined
  /** Those who wait for a pong of the current sandbox. */
  const waking = new Set<() => void>()
  let spareTimer: ReturnType<typeof setTimeout> | undefined
  /** Requests go one after the other, as the worker handles them. */
  let line: Promise<unknown> = Promise.resolve()

  const enter = (next: RunnerState): void => {
    if (state === next) return
    state = next
    run?.events.onState?.(next)
  }

  /** What the spare was last told to load. */
  let preloaded = ''

  /**
   * Boots the spare, and has it load what will most likely run in it: the engine and the world of the last run. A spare
   * that is there already loads what it lacks of them, so that the run after Stop finds both.
   */
  const keepSpare = (of?: Run): void => {
    clearTimeout(spareTimer)
    if (disposed) return
    const known = spare?.alive && spare.worlds < timing.worlds ? spare : undefined
    if (known === undefined) {
      spare?.kill()
      preloaded = ''
    }
    const kept = known ?? openSandbox(open(), timing)
    kept.onBreach = () => (spare = spare === kept ? undefined : spare)
    spare = kept
    // What did not start may be what hangs: the spare must stay clear of it.
    if (of === undefined || !of.started) return
    const { subject, limits } = of.request
    const wanted = `${subject.imageKey} ${subject.preparedKey} ${limits.memoryMiB}`
    if (wanted === preloaded) return
    preloaded = wanted
    // It has seen the project's code now, and must not serve another.
    kept.project = of.sandbox.project
    kept.send({ type: 'preload', subject: kept.subject(subject), limits })
  }

  /** Ends the sandbox of the current run, and the run with it. */
  const end = (fault: Fault, through: RunnerState = 'idle'): void => {
    const ended = run
    const open = pending
    if (through !== 'idle') enter(through)
    clearTimeout(heartbeat)
    clearTimeout(open?.timer)
    current?.kill()
    current = undefined
    pending = undefined
    enter('idle')
    run = undefined
    open?.finish({ type: 'failed', fault, alive: false })
    ended?.events.onEnd?.(fault)
    keepSpare(ended)
  }

  /** Why a run that is no longer the newest does not go on. */
  const overtaken = (number: number): Fault => (number <= stopped ? killed : superseded)

  const stop = (): void => {
    stopped = runs++
    // Whoever waits for the sandbox to wake must not do so for one that is killed.
    for (const answer of waking) answer()
    if (run !== undefined) end(pending === undefined ? killed : { ...killed, detail: lastMoment })
  }

  const limit = (of: Run, label: string, milliseconds: number): Fault => ({
    stage: 'limit',
    message:
      `${label} did not end within ${milliseconds.toLocaleString('en')} ms, so that it was stopped` +
      `${of.lastCall === undefined ? '' : `; the last call across the boundary was ${of.lastCall}`}.`,
    next: 'Look for a loop that does not end, or raise the time limit, and run again.',
    detail: lastMoment,
  })

  const receive = (of: Sandbox, message: FromSandbox): void => {
    // A pong says that the sandbox lives, whatever run it came from.
    if (message.type === 'pong') {
      for (const answer of waking) answer()
      return beat()
    }
    if (message.type === 'hello' || run === undefined || run.sandbox !== of || message.run !== run.number) return
    switch (message.type) {
      case 'beat':
        run.lastCall = message.lastCall
        return
      case 'output': {
        run.outputTaken += message.chunk.text.length
        // Our worker keeps to the limit; another one would stall the page with what it sends.
        if (run.outputTaken > run.request.limits.outputKiB * 1024 + outputSlack) return end(tooMuch, 'lost')
        run.events.onOutput?.(message.chunk)
        return
      }
      case 'answer': {
        if (pending === undefined || pending.id !== message.id) return
        const { finish, timer } = pending
        clearTimeout(timer)
        pending = undefined
        finish(message.answer)
      }
    }
  }

  /** Asks an idle sandbox now and then whether it is still there; a crash of its process is not reported otherwise. */
  const beat = (): void => {
    clearTimeout(heartbeat)
    const watched = run
    if (watched === undefined || pending !== undefined) return
    heartbeat = setTimeout(() => {
      if (run !== watched || pending !== undefined) return
      watched.sandbox.send({ type: 'ping', id: ++ids })
      heartbeat = setTimeout(() => {
        // After a sleep of the machine all timers are due at once, and the answer may wait behind this one.
        heartbeat = setTimeout(() => {
          if (run === watched && pending === undefined) end(lost, 'lost')
        }, timing.grace)
      }, timing.silence)
    }, timing.heartbeat)
  }

  /** Sends a request of the run and waits for its answer, or for the deadline: missing it ends the run, or is `late`. */
  const ask = (of: Run, label: string, body: RequestBody, milliseconds: number, late?: Fault): Promise<Answer> =>
    new Promise((resolve) => {
      clearTimeout(heartbeat)
      const id = ++ids
      const entry: Pending = { id, label, finish: resolve, timer: undefined }
      const miss = (): void => {
        if (pending?.id !== id) return
        if (late === undefined) return end(limit(of, label, milliseconds))
        const { finish } = pending
        pending = undefined
        finish({ type: 'failed', fault: late, alive: true })
      }
      entry.timer = setTimeout(() => {
        entry.timer = setTimeout(miss, timing.grace)
      }, milliseconds)
      pending = entry
      of.lastCall = undefined
      of.sandbox.send({ ...body, run: of.number, id })
    })

  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const result = line.then(work)
    line = result.catch(() => undefined)
    return result
  }

  /** A sandbox for the request: the one in use, the spare, or a new one. */
  const choose = (request: RunRequest): Sandbox => {
    if (current?.alive && current.project === (request.project ?? '') && current.worlds < timing.worlds) return current
    current?.kill()
    clearTimeout(spareTimer)
    const project = request.project ?? ''
    if (spare?.project !== undefined && spare.project !== project) {
      spare.kill()
      spare = undefined
    }
    const chosen = spare?.alive ? spare : openSandbox(open(), timing)
    spare = undefined
    chosen.project = project
    chosen.onMessage = (message) => receive(chosen, message)
    chosen.onBreach = (fault) => {
      if (current === chosen) end(fault, 'lost')
    }
    return chosen
  }

  /** Waits a little for what the abandoned run still does: most of it ends sooner than another sandbox boots. */
  const clear = async (): Promise<void> => {
    if (pending === undefined) return
    const { finish } = pending
    const { promise: ended, resolve: done } = deferred<void>()
    pending = {
      ...pending,
      finish: (answer) => {
        finish(answer)
        done()
      },
    }
    clearTimeout(pending.timer)
    pending.timer = setTimeout(() => end(superseded), timing.abandon)
    await ended
  }

  /** Whether the sandbox in use still answers: a worker may have closed itself since. */
  const isAwake = (sandbox: Sandbox): Promise<boolean> =>
    new Promise((resolve) => {
      const settle = (awake: boolean): void => {
        clearTimeout(timer)
        waking.delete(answered)
        resolve(awake)
      }
      const answered = (): void => settle(true)
      const timer = setTimeout(() => settle(false), timing.wake)
      waking.add(answered)
      sandbox.send({ type: 'ping', id: ++ids })
    })

  const begin = async (of: Run, reused: boolean): Promise<Outcome<RunStarted>> => {
    const { sandbox, request } = of
    if (!reused) enter('booting')
    const from = performance.now()
    const ready = sandbox.ready
    const boot = await sandbox.booted
    const booting = performance.now() - from
    if (run !== of || of.number !== runs) return fail(overtaken(of.number))
    if (!boot.ok) {
      end(boot.fault, 'lost')
      return boot
    }
    enter('initialising')
    clearTimeout(spareTimer)
    spareTimer = setTimeout(() => keepSpare(of), timing.spareAnyway)
    const answer = await ask(
      of,
      'The start of the guest',
      {
        type: 'start',
        subject: sandbox.subject(request.subject),
        wasi: request.wasi,
        limits: request.limits,
      },
      Math.max(timing.init, request.limits.milliseconds),
    )
    if (run !== of || of.number !== runs) return fail(answer.type === 'failed' ? answer.fault : overtaken(of.number))
    if (answer.type === 'started') {
      of.started = true
      enter('ready')
      beat()
      clearTimeout(spareTimer)
      spareTimer = setTimeout(() => keepSpare(of), timing.spare)
      const phases = ready ? [] : [{ name: 'boot' as const, ms: booting }]
      return succeed({ ...answer.value, phases: [...phases, ...answer.value.phases] })
    }
    if (answer.type !== 'failed') {
      end(misfit, 'lost')
      return fail(misfit)
    }
    enter('idle')
    beat()
    clearTimeout(spareTimer)
    spareTimer = setTimeout(() => keepSpare(), timing.spare)
    return fail(answer.fault)
  }

  /** A request of the current run, in state `calling`. */
  const during = <T>(
    label: string,
    body: RequestBody,
    pick: (answer: Answer) => T | undefined,
    late?: { readonly after: number; readonly fault: Fault },
  ): Promise<Outcome<T>> => {
    const of = run
    return inLine(async () => {
      if (of === undefined || !of.started) return fail(notRunning)
      if (run !== of || of.number !== runs) return fail(overtaken(of.number))
      enter('calling')
      const answer = await ask(of, label, body, late?.after ?? of.request.limits.milliseconds, late?.fault)
      if (run === of) {
        // The sandbox of a dead instance stays, and serves the next run.
        enter(answer.type === 'failed' && !answer.alive ? 'idle' : 'ready')
        beat()
      }
      if (answer.type === 'failed') return fail(answer.fault)
      const value = pick(answer)
      if (value !== undefined) return succeed(value)
      if (run === of) end(misfit, 'lost')
      return fail(misfit)
    })
  }

  return {
    get state() {
      return state
    },
    warm: () => {
      if (current === undefined) keepSpare()
    },
    start: async (request, events) => {
      const number = ++runs
      await clear()
      if (disposed) return fail(killed)
      // A newer start, or Stop, came while this one waited.
      if (number !== runs) return fail(overtaken(number))
      const awake = current?.ready ? await isAwake(current) : true
      if (number !== runs) return fail(overtaken(number))
      if (!awake) {
        current?.kill()
        current = undefined
      }
      const reusable = current
      const sandbox = choose(request)
      current = sandbox
      clearTimeout(heartbeat)
      const next: Run = { number, request, events, sandbox, started: false, lastCall: undefined, outputTaken: 0 }
      run = next
      state = 'idle'
      return begin(next, sandbox === reusable)
    },
    call: (expression) =>
      during(nameOf(expression), { type: 'call', expression }, (a) => (a.type === 'called' ? a.value : undefined)),
    burst: (expression, count) =>
      during(nameOf(expression), { type: 'burst', expression, count }, (a) =>
        a.type === 'measured' ? a.value : undefined,
      ),
    runCommand: () => during('wasi:cli/run', { type: 'command' }, (a) => (a.type === 'exited' ? a.value : undefined)),
    snapshot: () =>
      during('The snapshot', { type: 'snapshot' }, (a) => (a.type === 'snapshot' ? a.value : undefined), {
        after: timing.snapshot,
        fault: slowSnapshot,
      }),
    stop,
    dispose: () => {
      disposed = true
      stop()
      clearTimeout(spareTimer)
      spare?.kill()
      spare = undefined
    },
  }
}

/** The function in a call, for messages: `greet("Ada")` to `greet`. */
const nameOf = (expression: string): string => expression.split('(')[0]?.trim().slice(0, 200) ?? expression
