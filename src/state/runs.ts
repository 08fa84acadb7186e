import { fail, type Outcome } from '../contract/fault.ts'
import type { RunEvents } from '../runner/runner.ts'
import type { PreparedWorld } from '../toolchain/engine.ts'
import { createBuilds } from './builds.ts'
import { setDiagnostics, type Context } from './context.ts'
import { collectOutput } from './output-collector.ts'
import { downloadPhase, startPhases, withMemory } from './measures.ts'
import { emptyOutput } from './output.ts'
import { diagnosticOf, stoppedBuilding, unexpected } from './run-faults.ts'
import { isBusy, runLimits, usesHandle } from './selectors.ts'
import {
  historyLength,
  type CallEntry,
  type CallOutcome,
  type LostHandles,
  type RunStatus,
  type State,
} from './state.ts'
import { interactionOf } from './simulation/interaction.ts'
import type { Respond } from './simulation/http-state.ts'
import type { LateSimulation } from './simulation/late.ts'
import type { Worlds } from './worlds.ts'

export interface Runs {
  /**
   * Builds the project, starts it in a fresh instance and makes the call. Ends every earlier run.
   * Gives the entry of the history, or undefined where a newer run took over.
   */
  run(call?: string): Promise<CallEntry | undefined>
  /** Makes a call in the running instance where it is up to date, else in a new run; nothing while another is made. */
  call(expression?: string): Promise<CallEntry | undefined>
  repeatLastCall(): Promise<CallEntry | undefined>
  /** Makes the call many times and shows the distribution of its times. */
  burst(count: number): Promise<CallEntry | undefined>
  /** Drops a resource that the instance gave out. */
  dropHandle(handle: number): Promise<void>
  /** Sends a request to the handler of an instance that is up to date; undefined where a newer run took over. */
  respond: Respond
  /** Begins another run without a call; undefined where a newer one took over. */
  begin(): Promise<Outcome<PreparedWorld> | undefined>
  stop(): void
  /** Forgets the run, if any: another project is about to open. */
  abandon(): void
  /** Shows what an earlier call came to, and the call with it; without one, the newest again. */
  lookBack(entry?: CallEntry): void
  clearHistory(): void
  clearOutput(): void
  /**
   * An up-to-date instance and what it was built for; starts one where there is none. Waits for the run or the call that
   * is under way, and gives undefined where it was aborted meanwhile or a newer run took over.
   */
  current(signal: AbortSignal): Promise<Outcome<PreparedWorld> | undefined>
}

interface Begun {
  readonly token: number
  readonly outcome: Outcome<PreparedWorld>
}

/** `onRun`: a run begins that somebody asked for, and whatever is made of the one before has no use any more. */
export function createRuns(context: Context, worlds: Worlds, simulation: LateSimulation, onRun: () => void): Runs {
  const { get, set, services } = context
  const { runner, now } = services
  const build = createBuilds(context, worlds)
  /** Identifies the newest run; whatever belongs to an older one is dropped. */
  let latest = 0
  /** The run whose instance the sandbox holds: behind `latest` while a build lasts, and after one that failed. */
  let live = -1
  let controller = new AbortController()
  /** Promises of the runner that will bring their own fault. */
  let pending = 0
  /** The newest run or call, for those who need its instance and must not end it. */
  let work: Promise<unknown> = Promise.resolve()
  let prepared: PreparedWorld | undefined
  let showWorld = (): void => {}
  let begun = 0
  let calledAt = 0
  let startedRuns = 0
  let entries = 0
  let calls = 0
  const output = collectOutput(context)

  const status = (next: RunStatus, call?: string): void =>
    set({ run: { status: next, revision: get().run.revision, since: now(), ...(call === undefined ? {} : { call }) } })

  const eventsOf = (token: number): RunEvents => ({
    onOutput(chunk) {
      if (token === latest) output.add(chunk)
    },
    onWorld(event) {
      if (token !== latest) return
      // What it wrote before it waits stands above what is typed.
      if (event.kind === 'wait') output.flush()
      simulation.receive(event)
    },
    onMemory(bytes) {
      if (token === latest) set({ metrics: withMemory(get().metrics, bytes) })
    },
    onEnd(fault) {
      if (token !== latest) return
      if (pending === 0) record('', { kind: 'fault', fault })
    },
  })

  /** They live in an instance, and go with it. */
  const handlesLost = (by: LostHandles['by']): Pick<State, 'handles' | 'lostHandles'> => ({
    handles: [],
    lostHandles: { count: get().handles.length, by },
  })

  /** Writes down what a run or a call came to. */
  function record(call: string, outcome: CallOutcome): CallEntry {
    output.flush()
    const { history, endedRuns, handles, simulation: told } = get()
    const failed = outcome.kind === 'fault'
    // A failure before any call has nothing to be repeated by.
    const listed = !failed || call !== ''
    if (listed) calls++
    const { revision } = get().run
    const entry: CallEntry = { id: ++entries, number: calls, revision, call, outcome }
    set({
      result: entry,
      earlier: undefined,
      endedRuns: endedRuns + 1,
      progress: undefined,
      simulation: { ...told, wait: undefined },
      ...(listed && { history: [entry, ...history].slice(0, historyLength) }),
      ...(failed && runner.state !== 'ready' && handles.length > 0 ? handlesLost('end') : {}),
    })
    // To stop a run is no problem of the project.
    setDiagnostics(context, 'run', failed && outcome.fault.stage !== 'killed' ? [diagnosticOf(outcome.fault)] : [])
    // A call that could not be made leaves the instance alive; the rest of the faults do not. After a build that came to
    // nothing the sandbox still holds the run before: code that is no longer in the editor, and must not answer for it.
    status(live === latest && runner.state === 'ready' ? 'ready' : 'ended')
    context.show()
    showWorld()
    return entry
  }

  function working<T>(promise: Promise<T>): Promise<T> {
    work = promise
    return promise
  }

  /** Another call would end the one that is under way, and the instance with all that it holds. */
  async function unlessCalling(made: () => Promise<CallEntry | undefined>): Promise<CallEntry | undefined> {
    const { run: begun, revision } = get()
    return begun.status === 'calling' && begun.revision === revision ? undefined : working(made())
  }

  async function awaited<T>(work: Promise<T>): Promise<T> {
    pending++
    try {
      return await work
    } finally {
      pending--
    }
  }

  /** Builds and starts. Gives undefined where a newer run took over. */
  async function begin(): Promise<Begun | undefined> {
    const token = ++latest
    controller.abort()
    const builder = new AbortController()
    controller = builder
    output.drop()
    simulation.begin()
    begun = now()
    prepared = undefined
    showWorld = () => {}
    const { revision, metrics, handles } = get()
    set({
      run: { status: 'building', revision, since: begun },
      earlier: undefined,
      output: emptyOutput,
      ...(handles.length > 0 ? handlesLost('start') : { lostHandles: undefined }),
      metrics: { ...metrics, previous: true },
    })
    // A sandbox boots, or is asked whether it is still there, while the component is built.
    runner.warm()
    try {
      return await buildAndStart(token, builder)
    } catch (error) {
      builder.abort()
      return token === latest ? { token, outcome: fail(unexpected(error)) } : undefined
    }
  }

  async function buildAndStart(token: number, builder: AbortController): Promise<Begun | undefined> {
    const { signal } = builder
    const built = await build({ signal, onProgress: (progress) => !signal.aborted && set({ progress }) }, begun)
    // A source that does not compile ends the build while the world and the engine are still on their way.
    builder.abort()
    if (token !== latest) return undefined
    set({ progress: undefined })
    if (!built.ok) return { token, outcome: built }

    showWorld = built.value.show
    status('starting')
    const { project, opened } = get()
    const limits = runLimits(get())
    const { replaying } = get().simulation
    const interaction = replaying
      ? replaying.interaction
      : interactionOf(get(), built.value.prepared.world, services.canSuspend)
    const asked = now() - begun
    const started = await awaited(
      runner.start(
        {
          project: String(opened),
          subject: built.value.subject,
          wasi: replaying?.settings ?? project.wasi ?? {},
          limits,
          ...(interaction && { interaction }),
          ...(replaying && { replay: replaying }),
        },
        eventsOf(token),
      ),
    )
    if (token !== latest) return undefined
    if (!started.ok) return { token, outcome: started }
    if (interaction?.openStdin) simulation.opensStdin()
    const { phases, memoryBytes, clockStep, warnings } = started.value
    const { metrics, pinned } = get()
    set({
      metrics: withMemory(
        {
          run: ++startedRuns,
          phases: [...built.value.phases, ...startPhases(phases, asked)],
          built: asked,
          startup: now() - begun - asked,
          clockStep,
          memoryAtStart: memoryBytes,
          memoryLimit: limits.memoryMiB * 1024 * 1024,
          memorySeries: [],
        },
        memoryBytes,
      ),
      // A pinned run is kept with all that was measured of it up to now.
      ...(pinned?.run === metrics.run ? { pinned: metrics } : {}),
    })
    setDiagnostics(
      context,
      'run',
      warnings.map((each) => ({ ...each, severity: 'warning' as const })),
    )
    live = token
    prepared = built.value.prepared
    return { token, outcome: { ok: true, value: prepared } }
  }

  async function perform(token: number, expression: string): Promise<CallEntry | undefined> {
    const warnings = get().diagnostics.run.filter((each) => each.severity === 'warning')
    status('calling', expression)
    calledAt = now()
    const outcome = await (expression === '' ? command() : single(expression))
    if (token !== latest) return undefined
    const entry = record(outcome.call, outcome.outcome)
    if (outcome.outcome.kind !== 'fault') setDiagnostics(context, 'run', warnings)
    return entry
  }

  async function command(): Promise<{ call: string; outcome: CallOutcome }> {
    const report = await awaited(runner.runCommand())
    if (!report.ok) return { call: '', outcome: { kind: 'fault', fault: report.fault } }
    const { exitCode, ms, memoryBytes } = report.value
    set({ metrics: { ...withMemory(get().metrics, memoryBytes), lastCall: { call: '', ms } } })
    return { call: '', outcome: { kind: 'exit', code: exitCode, ms } }
  }

  async function single(expression: string): Promise<{ call: string; outcome: CallOutcome }> {
    const before = get().metrics.memory ?? 0
    const report = await awaited(runner.call(expression))
    if (!report.ok) return { call: expression, outcome: { kind: 'fault', fault: report.fault } }
    const { call, result, ms, memoryBytes, boundaryCalls, simulated, handles } = report.value
    set({ metrics: { ...withMemory(get().metrics, memoryBytes), lastCall: { call, ms } }, handles })
    const growth = memoryBytes - before
    return { call, outcome: { kind: 'value', ...result, world: prepared?.world, ms, boundaryCalls, simulated, growth } }
  }

  /** A run whose first call is `expression`; empty for `wasi:cli/run`. */
  async function run(expression = get().call): Promise<CallEntry | undefined> {
    onRun()
    const start = await begin()
    if (!start) return undefined
    if (!start.outcome.ok) return record('', { kind: 'fault', fault: start.outcome.fault })
    const entry = await perform(start.token, expression)
    if (!entry) return undefined
    const { metrics } = get()
    const { outcome } = entry
    if (outcome.kind === 'fault') {
      set({ metrics: { ...metrics, failed: outcome.fault.stage === 'killed' ? 'stopped' : 'fault' } })
      return entry
    }
    const total = now() - begun
    const download = downloadPhase(services.transfersSince(begun), begun)
    const call =
      outcome.kind === 'value' || outcome.kind === 'exit'
        ? [{ name: 'First call', room: 'sandbox' as const, at: calledAt - begun, ms: outcome.ms }]
        : []
    set({ metrics: { ...metrics, total, phases: [...download, ...metrics.phases, ...call] } })
    return entry
  }

  /** The sandbox holds an instance of the files as they are. */
  const isCurrent = (): boolean => {
    const { run, revision } = get()
    return run.status === 'ready' && run.revision === revision
  }

  /** A replay that is over has nothing more of what it was recorded with: what is called next starts afresh. */
  const answers = (): boolean => {
    const { replaying, verdict } = get().simulation
    return isCurrent() && !(replaying && verdict)
  }

  async function call(expression = get().call): Promise<CallEntry | undefined> {
    // A program starts afresh each time: what has exited cannot be called again.
    if (expression === '') return run(expression)
    if (!answers() && !(get().run.status === 'ready' && usesHandle(expression))) return run(expression)
    set({ lostHandles: undefined })
    return perform(latest, expression)
  }

  async function burst(count: number): Promise<CallEntry | undefined> {
    const expression = get().call
    if (!answers()) {
      const first = await run(expression)
      if (!first || first.outcome.kind === 'fault') return first
    } else set({ lostHandles: undefined })
    const token = latest
    status('calling', `${expression} ×${count}`)
    const report = await awaited(runner.burst(expression, count))
    if (token !== latest) return undefined
    if (!report.ok) return record(expression, { kind: 'fault', fault: report.fault })
    const { metrics } = get()
    set({
      metrics: {
        ...withMemory(metrics, report.value.memoryBytes),
        burst: { call: expression, report: report.value },
      },
    })
    return record(expression, { kind: 'burst', report: report.value })
  }

  async function dropHandle(handle: number): Promise<void> {
    const token = latest
    status('calling', `drop %${handle}`)
    const report = await awaited(runner.drop(handle))
    if (token !== latest) return
    if (!report.ok) {
      record('', { kind: 'fault', fault: report.fault })
      return
    }
    const { memoryBytes, handles } = report.value
    // Of the last call: a drop is none.
    const { memoryGrowth = 0 } = get().metrics
    set({ metrics: { ...withMemory(get().metrics, memoryBytes), memoryGrowth }, handles })
    status('ready')
    context.show()
  }

  const respond: Respond = async (number, request) => {
    const started = await current(new AbortController().signal, answers)
    if (!started?.ok) return started
    const token = latest
    status('calling', `${request.method} ${request.path}`)
    const report = await working(awaited(runner.respond(number, request)))
    if (token !== latest) return undefined
    output.flush()
    // A request that could not be made leaves the run as it is.
    if (!report.ok && report.fault.stage !== 'call') record('', { kind: 'fault', fault: report.fault })
    else status('ready')
    context.show()
    return report
  }

  async function current(signal: AbortSignal, serves = isCurrent): Promise<Outcome<PreparedWorld> | undefined> {
    // What is under way is waited for: another build would take its result away from whoever asked for it.
    let waited: Promise<unknown> | undefined
    while (isBusy(get()) && waited !== work) {
      waited = work
      await waited.catch(() => undefined)
    }
    if (signal.aborted) return undefined
    const { revision, run: ended, result } = get()
    if (serves() && prepared) return { ok: true, value: prepared }
    // The same files would fail once more, and what was stopped does not start by itself.
    if (waited && ended.revision === revision && result?.outcome.kind === 'fault') return fail(result.outcome.fault)
    return fresh()
  }

  async function fresh(): Promise<Outcome<PreparedWorld> | undefined> {
    const start = await working(begin())
    if (!start) return undefined
    if (!start.outcome.ok) {
      record('', { kind: 'fault', fault: start.outcome.fault })
      return fail(start.outcome.fault)
    }
    status('ready')
    showWorld()
    return start.outcome
  }

  return {
    run: (expression) => working(run(expression)),
    call: (expression) => unlessCalling(() => call(expression)),
    async burst(count) {
      return get().call === '' ? undefined : unlessCalling(() => burst(count))
    },
    async dropHandle(handle) {
      if (get().run.status === 'ready') await working(dropHandle(handle))
    },
    respond,
    begin: fresh,
    repeatLastCall: () =>
      unlessCalling(() => {
        const last = get().history.find((entry) => entry.call !== '')
        return last ? call(last.call) : run()
      }),
    stop() {
      const { status: current } = get().run
      if (current === 'starting' || current === 'calling') {
        // The promise that is waited for brings the fault.
        runner.stop()
      } else if (current === 'building') {
        latest++
        controller.abort()
        record('', { kind: 'fault', fault: stoppedBuilding })
      }
    },
    abandon() {
      latest++
      entries = calls = 0
      controller.abort()
      output.drop()
      simulation.leave()
      runner.leave()
      set({ run: { status: 'idle', revision: -1, since: now() }, progress: undefined })
    },
    lookBack: (entry) =>
      set({ earlier: entry === get().result ? undefined : entry, ...(entry && { call: entry.call }) }),
    clearHistory() {
      calls = 0
      set({ history: [], earlier: undefined })
    },
    clearOutput: () => set({ output: { ...emptyOutput, without: get().result?.id } }),
    current,
  }
}
