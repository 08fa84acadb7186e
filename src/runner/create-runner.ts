import { fail, succeed, type Fault, type Outcome } from '../contract/fault.ts'
import { deferred } from './deferred.ts'
import { openFrame, type OpenFrame } from './frame.ts'
import { killed, notRunning } from './no-run.ts'
import type { Answer, FromSandbox, RequestBody } from './protocol.ts'
import { exceeded, lastMoment, lost, misfit, slowRecording, slowSnapshot, superseded, tooMuch } from './run-faults.ts'
import type {
  OutputChunk,
  RunEvents,
  Runner,
  RunnerState,
  RunPhase,
  RunRequest,
  RunStarted,
  WorldEvent,
} from './runner.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'
import { createSpare, type SpareLoad } from './spare.ts'
import { runnerTiming, type RunnerTiming } from './timing.ts'

export interface RunnerOptions {
  /** The text of the guest worker; asked for once. */
  readonly workerSource: () => Promise<string>
  /** Address of the sandbox document, default `sandbox.html` beside the page. */
  readonly sandboxUrl?: string
  readonly timing?: Partial<RunnerTiming>
  /** For tests: what stands in for the frame. */
  readonly openFrame?: OpenFrame
}

/** For the notes about simulated imports that are not cut short. UTF-16 code units. */
const outputSlack = 65536

interface Pending {
  readonly id: number
  readonly finish: (answer: Answer) => void
  timer: ReturnType<typeof setTimeout> | undefined
  /** When it was sent, by the page's clock. */
  readonly asked: number
  /** Whether the guest says that it waits for the outside. */
  waiting: boolean
  /** Sets the deadline, which leaves out so many milliseconds that the guest has waited. */
  readonly expect: (waited: number) => void
  /** A newer start waits for it to end. */
  readonly abandoned: boolean
}

interface Run {
  readonly number: number
  readonly request: RunRequest
  readonly events: RunEvents
  readonly sandbox: Sandbox
  started: boolean
  /** Why it ended, where it was not for a newer one. */
  endedBy?: Fault
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
  let run: Run | undefined
  let pending: Pending | undefined
  let runs = 0
  /** Stop ended the runs up to this number, also those that were only about to start. */
  let stopped = 0
  /** Output that runs of this sandbox that are over may still send: UTF-16 code units. */
  let lateRoom = 0
  let ids = 0
  /** Until then a guest that was killed while it computed may take a processor, by the page's clock. */
  let busyUntil = 0
  let disposed = false
  let heartbeat: ReturnType<typeof setTimeout> | undefined
  /** Those who wait for a pong of the current sandbox. */
  const waking = new Set<() => void>()
  /** Asked on intent, so that the start itself need not wait for a pong. `at`: when, by the page's clock. */
  let early: { readonly sandbox: Sandbox; readonly awake: Promise<boolean>; readonly at: number } | undefined
  /** Requests go one after the other, as the worker handles them. */
  let line: Promise<unknown> = Promise.resolve()

  const enter = (next: RunnerState): void => {
    if (state === next) return
    state = next
    run?.events.onState?.(next)
  }

  const spare = createSpare(() => openSandbox(open(), timing), timing.worlds)
  /** What did not start may be what hangs: the spare must stay clear of it. */
  const loadOf = (of: Run | undefined): SpareLoad | undefined =>
    of?.started
      ? {
          project: of.sandbox.project,
          subject: of.request.subject,
          limits: of.request.limits,
          suspends: of.request.interaction !== undefined,
        }
      : undefined

  /** Ends the sandbox of the current run, and the run with it. `again`: the same project is likely to run once more. */
  const end = (fault: Fault, through: RunnerState = 'idle', again = true): void => {
    const ended = run
    const open = pending
    if (ended) ended.endedBy = fault
    if (through !== 'idle') enter(through)
    // Whoever waits for the sandbox to wake must not do so for one that is killed.
    for (const answer of waking) answer()
    clearTimeout(heartbeat)
    clearTimeout(open?.timer)
    current?.kill()
    if (open !== undefined) busyUntil = performance.now() + timing.ending
    current = undefined
    pending = undefined
    enter('idle')
    run = undefined
    open?.finish({ type: 'failed', fault, alive: false })
    ended?.events.onEnd?.(fault)
    if (again) spare.keep(loadOf(ended))
  }

  /** Why a run that is no longer the newest does not go on. */
  const overtaken = (number: number): Fault => (number <= stopped ? killed : superseded)

  const stop = (): void => {
    stopped = runs++
    if (run !== undefined) end(pending === undefined ? killed : { ...killed, detail: lastMoment })
  }

  const leave = (): void => {
    stopped = runs++
    const used = current !== undefined
    end(killed, 'idle', false)
    spare.clear()
    if (used) spare.keepIn(timing.spare)
  }

  const receive = (of: Sandbox, message: FromSandbox): void => {
    // A pong says that the sandbox lives, whatever run it came from.
    if (message.type === 'pong') {
      for (const answer of waking) answer()
      return beat()
    }
    if (message.type === 'hello' || run === undefined || run.sandbox !== of) return
    if (message.run !== run.number) {
      // Nobody reads it, but the page has to take it all the same.
      if (message.type === 'output') lateRoom -= textIn(message.chunks)
      return lateRoom < 0 ? end(tooMuch, 'lost') : undefined
    }
    switch (message.type) {
      case 'beat':
        run.lastCall = message.lastCall
        return
      case 'output': {
        run.outputTaken += textIn(message.chunks)
        // Our worker keeps to the limit; another one would stall the page with what it sends.
        if (run.outputTaken > mostOutput(run)) return end(tooMuch, 'lost')
        for (const chunk of message.chunks) run.events.onOutput?.(chunk)
        return
      }
      case 'world':
        if (message.event.kind === 'wait') waits(run, message.event)
        return run.events.onWorld?.(message.event)
      case 'answer': {
        if (pending === undefined || pending.id !== message.id) return
        const { finish, timer } = pending
        clearTimeout(timer)
        pending = undefined
        finish(message.answer)
      }
    }
  }

  /** The time limit is for computing: it stands still while the guest waits. */
  const waits = ({ request }: Run, { state, waited }: Extract<WorldEvent, { kind: 'wait' }>): void => {
    if (request.interaction === undefined || pending === undefined) return
    // It has only a moment, and would wait on.
    if (pending.abandoned) return state === undefined ? undefined : end(superseded)
    pending.waiting = state !== undefined
    clearTimeout(pending.timer)
    clearTimeout(heartbeat)
    if (state === undefined) pending.expect(Math.min(waited, performance.now() - pending.asked))
    else beat()
  }

  /** Whether the sandbox has nothing to do, so that it answers at once. */
  const idles = (): boolean => pending === undefined || pending.waiting

  /** Asks an idle sandbox now and then whether it is still there; a crash of its process is not reported otherwise. */
  const beat = (): void => {
    clearTimeout(heartbeat)
    const watched = run
    if (watched === undefined || !idles()) return
    heartbeat = setTimeout(() => {
      if (run !== watched || !idles()) return
      watched.sandbox.send({ type: 'ping', id: ++ids })
      heartbeat = setTimeout(() => {
        // After a sleep of the machine all timers are due at once, and the answer may wait behind this one.
        heartbeat = setTimeout(() => {
          if (run === watched && idles()) end(lost, 'lost')
        }, timing.grace)
      }, timing.silence)
    }, timing.heartbeat)
  }

  /** Sends a request of the run and waits for its answer, or for the deadline: missing it ends the run, or is `late`. */
  const ask = (of: Run, label: string, body: RequestBody, milliseconds: number, late?: Fault): Promise<Answer> =>
    new Promise((resolve) => {
      clearTimeout(heartbeat)
      const id = ++ids
      const miss = (): void => {
        if (pending?.id !== id) return
        if (late === undefined) return end(exceeded(label, milliseconds, of.lastCall))
        const { finish } = pending
        pending = undefined
        finish({ type: 'failed', fault: late, alive: true })
      }
      const asked = performance.now()
      const expect = (waited: number): void => {
        const entry = pending
        if (entry?.id !== id) return
        const left = Math.max(0, asked + milliseconds + waited - performance.now())
        entry.timer = setTimeout(() => {
          entry.timer = setTimeout(miss, timing.grace)
        }, left)
      }
      pending = { id, finish: resolve, timer: undefined, asked, waiting: false, expect, abandoned: false }
      expect(0)
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
    const project = request.project ?? ''
    const chosen = spare.take(project) ?? openSandbox(open(), timing)
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
    // It would wait on.
    if (pending.waiting) return end(superseded)
    const { finish, abandoned, timer } = pending
    const { promise: ended, resolve: done } = deferred<void>()
    if (!abandoned) clearTimeout(timer)
    pending = {
      ...pending,
      finish: (answer) => {
        finish(answer)
        done()
      },
      // Many starts in a row must not keep it alive: it has its moment once.
      timer: abandoned ? timer : setTimeout(() => end(superseded), timing.abandon),
      abandoned: true,
    }
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

  /** `fresh`: nothing has run in the sandbox. `asked`: when the start was asked for, by the page's clock. */
  const begin = async (of: Run, fresh: boolean, asked: number): Promise<Outcome<RunStarted>> => {
    const { sandbox, request } = of
    if (fresh) enter('booting')
    const boot = await sandbox.booted
    const busy = busyUntil - performance.now()
    if (busy > 0) await new Promise((resolve) => setTimeout(resolve, busy))
    if (run !== of || of.number !== runs) return fail(of.endedBy ?? overtaken(of.number))
    if (!boot.ok) {
      end(boot.fault, 'lost')
      return boot
    }
    enter('initialising')
    spare.keepIn(timing.spareAnyway, () => loadOf(of))
    const sent = performance.now() - asked
    const answer = await ask(
      of,
      'The start of the component',
      {
        type: 'start',
        subject: sandbox.subject(request.subject, request.limits.memoryMiB, request.interaction !== undefined),
        wasi: request.wasi,
        limits: request.limits,
        ...(request.interaction && { interaction: request.interaction }),
        ...(request.replay && { replay: request.replay }),
      },
      Math.max(timing.init, request.limits.milliseconds),
    )
    if (run !== of || of.number !== runs) return fail(answer.type === 'failed' ? answer.fault : overtaken(of.number))
    if (answer.type === 'started') {
      of.started = true
      enter('ready')
      beat()
      spare.keepIn(timing.spare, () => loadOf(of))
      const inside = answer.value.phases.map((phase) => ({ ...phase, at: sent + phase.at }))
      const booted: RunPhase[] = fresh ? [{ name: 'boot', at: sandbox.openedAt - asked, ms: boot.value }] : []
      return succeed({ ...answer.value, phases: [...booted, ...inside] })
    }
    if (answer.type !== 'failed') {
      end(misfit, 'lost')
      return fail(misfit)
    }
    enter('idle')
    beat()
    spare.keepIn(timing.spare)
    return fail(answer.fault)
  }

  /** A request of the current run, in state `calling`. */
  const during = <T>(
    label: string,
    body: RequestBody,
    pick: (answer: Answer) => T | undefined,
    late?: { readonly after: number; readonly fault: Fault },
  ): Promise<Outcome<T>> => {
    // Looking at a run does not change it, and is possible when its instance has ended.
    const looks = body.type === 'recording'
    const of = run
    return inLine(async () => {
      if (of === undefined || !of.started) return fail(notRunning)
      if (run !== of || of.number !== runs) return fail(overtaken(of.number))
      if (!looks) enter('calling')
      const answer = await ask(of, label, body, late?.after ?? of.request.limits.milliseconds, late?.fault)
      if (run === of) {
        // The sandbox of a dead instance stays, and serves the next run.
        if (!looks) enter(answer.type === 'failed' && !answer.alive ? 'idle' : 'ready')
        beat()
        if (answer.type === 'failed' && answer.memoryBytes !== undefined) of.events.onMemory?.(answer.memoryBytes)
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
      if (current === undefined) return spare.keep()
      // One that is busy answers only when it has ended.
      const idle = current.ready && pending === undefined
      early = idle ? { sandbox: current, awake: isAwake(current), at: performance.now() } : undefined
    },
    start: async (request, events) => {
      const asked = performance.now()
      const number = ++runs
      await clear()
      if (disposed) return fail(killed)
      // A newer start, or Stop, came while this one waited.
      if (number !== runs) return fail(overtaken(number))
      const recent = early?.sandbox === current && asked - (early?.at ?? 0) < timing.heartbeat ? early : undefined
      early = undefined
      // Who did not answer then may have been busy.
      const awake = !current?.ready || (await recent?.awake) || (await isAwake(current))
      if (number !== runs) return fail(overtaken(number))
      if (!awake) {
        current?.kill()
        current = undefined
      }
      const used = current
      const sandbox = choose(request)
      current = sandbox
      // A start that was overtaken may have left one that still boots.
      const fresh = sandbox !== used || !sandbox.ready
      clearTimeout(heartbeat)
      const next: Run = { number, request, events, sandbox, started: false, lastCall: undefined, outputTaken: 0 }
      lateRoom = run?.sandbox === sandbox ? lateRoom + mostOutput(run) - run.outputTaken : 0
      run = next
      state = 'idle'
      return begin(next, fresh, asked)
    },
    call: (expression) =>
      during(nameOf(expression), { type: 'call', expression }, (a) => (a.type === 'called' ? a.value : undefined)),
    burst: (expression, count) =>
      during(nameOf(expression), { type: 'burst', expression, count }, (a) =>
        a.type === 'measured' ? a.value : undefined,
      ),
    drop: (handle) =>
      during(`The destructor of %${handle}`, { type: 'drop', handle }, (a) =>
        a.type === 'dropped' ? a.value : undefined,
      ),
    runCommand: () => during('wasi:cli/run', { type: 'command' }, (a) => (a.type === 'exited' ? a.value : undefined)),
    respond: (number, request) =>
      during(`The handler, asked for ${request.method} ${request.path}`, { type: 'http', number, request }, (a) =>
        a.type === 'responded' ? a.value : undefined,
      ),
    snapshot: () =>
      during('The snapshot', { type: 'snapshot' }, (a) => (a.type === 'snapshot' ? a.value : undefined), {
        after: timing.snapshot,
        fault: slowSnapshot,
      }),
    recording: async () => {
      const of = run
      // It went with its sandbox.
      if (!of?.started) return fail(killed)
      const taken = await during(
        'The recording',
        { type: 'recording' },
        (a) => (a.type === 'recording' ? a.value : undefined),
        { after: timing.snapshot, fault: slowRecording },
      )
      if (!taken.ok) return taken
      const { wasi: settings, interaction } = of.request
      return succeed({ ...taken.value, settings, ...(interaction && { interaction }) })
    },
    input: (input) => {
      // One that still starts has nobody yet to take it.
      if (run?.started) run.sandbox.send({ type: 'input', run: run.number, input })
    },
    stop,
    leave,
    dispose: () => {
      disposed = true
      // First, or the end of the run would boot another.
      spare.dispose()
      stop()
    },
  }
}

/** UTF-16 code units. */
const textIn = (chunks: readonly OutputChunk[]): number => chunks.reduce((sum, { text }) => sum + text.length, 0)

const mostOutput = ({ request }: Run): number => request.limits.outputKiB * 1024 + outputSlack

/** The function in a call, for messages: `greet("Ada")` to `greet`. */
const nameOf = (expression: string): string => expression.split('(')[0]?.trim().slice(0, 200) ?? expression
