import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Fault } from '../contract/fault.ts'
import { createRunner } from './create-runner.ts'
import type { SandboxFrame } from './frame.ts'
import { atOnce, protocolVersion, type Answer, type FromSandbox, type Request, type ToSandbox } from './protocol.ts'
import type { RunEvents, Runner, RunRequest, RunStarted } from './runner.ts'
import { runnerTiming, type RunnerTiming } from './timing.ts'

const started: RunStarted = { phases: [], memoryBytes: 1, clockStep: 0.1, warnings: [] }

/** A frame whose worker does what the test says. */
class FakeFrame implements SandboxFrame {
  readonly port: SandboxFrame['port']
  onFailure: ((reason: string) => void) | undefined
  removed = false
  awake = true
  readonly received: ToSandbox[] = []
  #say: (data: unknown) => void = () => {}

  constructor(boots: boolean) {
    this.port = Promise.resolve({
      postMessage: (message: unknown) => {
        if (this.removed) return
        const received = structuredClone(message) as ToSandbox
        this.received.push(received)
        if (received.type === 'ping' && this.awake) queueMicrotask(() => this.say({ type: 'pong', id: received.id }))
      },
      addEventListener: (type: string, listener: (event: { data: unknown }) => void) => {
        if (type === 'message') this.#say = (data) => listener({ data })
      },
      start: () => {
        if (boots) queueMicrotask(() => this.say({ type: 'hello', version: protocolVersion }))
      },
      close: () => {},
    })
  }
  settle(): void {}
  remove(): void {
    this.removed = true
  }
  say(message: FromSandbox | { readonly type: string }): void {
    this.#say(structuredClone(message))
  }
  get requests(): Request[] {
    return this.received.filter(
      (message) => message.type !== 'ping' && message.type !== 'preload' && message.type !== 'input',
    )
  }
  get last(): Request {
    const last = this.requests.at(-1)
    if (last === undefined) throw new Error('nothing was asked')
    return last
  }
  answer(answer: Answer, to: Request = this.last): void {
    this.say({ type: 'answer', run: to.run, id: to.id, answer })
  }
}

/** Few, so that going beyond takes little time. */
const messagesPerSecond = 200
let frames: FakeFrame[]
let boots: boolean
let runner: Runner
const frame = (index: number): FakeFrame => {
  const found = frames.at(index)
  if (found === undefined) throw new Error(`no frame ${index}`)
  return found
}
const tick = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

const request = (changes: Partial<RunRequest['subject']> = {}, project = 'one'): RunRequest => ({
  project,
  subject: {
    engine: 'e',
    imageKey: 'image',
    image: 'IMAGE',
    preparedKey: 'world',
    prepared: 'WORLD',
    source: 1,
    ...changes,
  },
  wasi: {},
  limits: { memoryMiB: 1, outputKiB: 1, milliseconds: 1000 },
})

const start = async (asked = request(), events: RunEvents = {}): Promise<FakeFrame> => {
  const before = runner.start(asked, events)
  await tick()
  const used = frames.findLast((each) => each.requests.some(({ type }) => type === 'start') && !each.removed)
  if (used === undefined) throw new Error('no sandbox was asked to start')
  used.answer({ type: 'started', value: started })
  expect(await before).toMatchObject({ ok: true })
  return used
}

const runnerWith = (timing: Partial<RunnerTiming>): Runner =>
  createRunner({
    workerSource: async () => '',
    timing: { messagesPerSecond, ...timing },
    openFrame: () => {
      const made = new FakeFrame(boots)
      frames.push(made)
      return made
    },
  })

beforeEach(() => {
  vi.useFakeTimers()
  frames = []
  boots = true
  // What is killed ends at once.
  runner = runnerWith({ ending: 0 })
})
afterEach(() => {
  runner.dispose()
  vi.useRealTimers()
})

describe('a run', () => {
  test('boots a sandbox, sends everything once, and then only the source', async () => {
    const states: string[] = []
    const used = await start(request(), { onState: (state) => states.push(state) })
    expect(states).toEqual(['booting', 'initialising', 'ready'])
    expect(used.last).toMatchObject({ type: 'start', subject: { image: 'IMAGE', prepared: 'WORLD', source: 1 } })
    expect(await start(request({ source: 2 }))).toBe(used)
    expect(used.last).toMatchObject({ type: 'start', subject: { preparedKey: 'world', source: 2 } })
    expect(used.last).not.toHaveProperty('subject.image')
    expect(used.last).not.toHaveProperty('subject.prepared')
    await start(request({ preparedKey: 'other', prepared: 'OTHER' }))
    expect(used.last).toMatchObject({ subject: { prepared: 'OTHER' } })
    expect(used.last).not.toHaveProperty('subject.image')
  })

  test('says how long the boot took, and nothing where there was none', async () => {
    const first = runner.start(request(), {})
    await tick()
    frame(0).answer({ type: 'started', value: started })
    expect(await first).toMatchObject({ value: { phases: [{ name: 'boot' }] } })
    const second = runner.start(request(), {})
    await tick()
    frame(0).answer({ type: 'started', value: started })
    expect(await second).toMatchObject({ value: { phases: [] } })
  })

  test('of another project gets another sandbox', async () => {
    const one = await start(request({}, 'one'))
    const other = await start(request({}, 'other'))
    expect(other).not.toBe(one)
    expect(one.removed).toBe(true)
  })

  test('does not get a spare that has loaded the code of another project', async () => {
    await start(request({}, 'one'))
    await tick(runnerTiming.spare)
    const spare = frame(1)
    expect(spare.received).toMatchObject([{ type: 'preload', subject: { image: 'IMAGE', prepared: 'WORLD' } }])
    expect(await start(request({}, 'other'))).toBe(frame(2))
    expect(spare.removed).toBe(true)
  })

  test('of a project that was opened meanwhile finds a sandbox that has seen no code', async () => {
    const used = await start(request({}, 'one'))
    await tick(runnerTiming.spare)
    const spare = frame(1)
    runner.leave()
    expect([used.removed, spare.removed]).toEqual([true, true])
    await tick(runnerTiming.spare)
    expect(frames).toHaveLength(3)
    expect(frame(2).received).toEqual([])
    expect(await start(request({}, 'other'))).toBe(frame(2))
    expect(frames).toHaveLength(3)
  })

  test('of another project takes the spare that nothing ran in', async () => {
    const failing = runner.start(request({}, 'one'), {})
    await tick()
    frame(0).answer({ type: 'failed', fault: { stage: 'guest-init', message: 'm', next: 'n' }, alive: false })
    await failing
    await tick(runnerTiming.spare)
    runner.leave()
    await tick(runnerTiming.spare)
    expect(await start(request({}, 'other'))).toBe(frame(1))
    expect(frame(0).removed).toBe(true)
  })

  test('has the spare load each world once, so that the run after Stop finds it loaded', async () => {
    runner.warm()
    await start()
    await tick(runnerTiming.spare)
    const spare = frame(1)
    expect(spare.received).toMatchObject([{ type: 'preload', subject: { image: 'IMAGE', prepared: 'WORLD' } }])
    await start(request({ source: 2 }))
    await tick(runnerTiming.spare)
    expect(spare.received).toHaveLength(1)
    await start(request({ preparedKey: 'other', prepared: 'OTHER' }))
    await tick(runnerTiming.spare)
    expect(spare.received.slice(1)).toMatchObject([{ type: 'preload', subject: { prepared: 'OTHER' } }])
    runner.stop()
    expect(await start(request({ preparedKey: 'other', prepared: 'OTHER' }))).toBe(spare)
    expect(spare.last).not.toHaveProperty('subject.prepared')
  })

  test('after one that failed has the spare of that one load its world', async () => {
    const failing = runner.start(request(), {})
    await tick()
    frame(0).answer({ type: 'failed', fault: { stage: 'guest-init', message: 'm', next: 'n' }, alive: false })
    await failing
    await tick(runnerTiming.spare)
    expect(frame(1).received).toEqual([])
    await start()
    await tick(runnerTiming.spare)
    expect(frames).toHaveLength(2)
    expect(frame(1).received).toMatchObject([{ type: 'preload' }])
  })

  test('whose start takes long has a spare by then, which has not seen what may hang', async () => {
    const outcome = runner.start(request(), {})
    await tick(runnerTiming.spareAnyway)
    expect(frame(1).received).toEqual([])
    runner.stop()
    expect(await outcome).toMatchObject({ ok: false })
    expect(await start()).toBe(frame(1))
  })

  test('that fails keeps its sandbox for the next', async () => {
    const outcome = runner.start(request(), {})
    await tick()
    const fault = { stage: 'guest-init', message: 'm', next: 'n' } as const
    frame(0).answer({ type: 'failed', fault, alive: false })
    expect(await outcome).toEqual({ ok: false, fault })
    expect(runner.state).toBe('idle')
    expect(await runner.call('f()')).toMatchObject({ ok: false, fault: { stage: 'call' } })
    expect(await start()).toBe(frame(0))
  })

  test('does not ask again what was asked on intent', async () => {
    const used = await start()
    const pings = () => used.received.filter((message) => message.type === 'ping').length
    const before = pings()
    runner.warm()
    expect(pings()).toBe(before + 1)
    await tick()
    used.awake = false
    const outcome = runner.start(request(), {})
    await tick()
    expect(pings()).toBe(before + 1)
    used.answer({ type: 'started', value: started })
    expect(await outcome).toMatchObject({ ok: true })
  })

  test('does not wait for a sandbox that fell silent since', async () => {
    const used = await start()
    used.awake = false
    const outcome = runner.start(request(), {})
    await tick(runnerTiming.wake)
    expect(used.removed).toBe(true)
    frame(-1).answer({ type: 'started', value: started })
    expect(await outcome).toMatchObject({ ok: true })
  })

  test('in a sandbox that does not boot ends with a fault', async () => {
    boots = false
    const outcome = runner.start(request(), {})
    await tick(runnerTiming.boot)
    expect(await outcome).toMatchObject({ ok: false, fault: { stage: 'lost' } })
    expect(frame(0).removed).toBe(true)
  })

  test('may start for as long as its time limit says, and for a while at least', async () => {
    const patient = { ...request(), limits: { ...request().limits, milliseconds: 3 * runnerTiming.init } }
    const first = runner.start(patient, {})
    await tick(2 * runnerTiming.init)
    frame(0).answer({ type: 'started', value: started })
    expect(await first).toMatchObject({ ok: true })

    const second = runner.start({ ...patient, limits: { ...patient.limits, milliseconds: 1 } }, {})
    await tick(runnerTiming.init - 1)
    expect(frame(0).removed).toBe(false)
    await tick(1 + runnerTiming.grace)
    expect(await second).toMatchObject({ ok: false, fault: { stage: 'limit' } })
  })

  test('takes the place of one that does not end', async () => {
    const first = runner.start(request(), {})
    await tick()
    const second = runner.start(request({ source: 2 }), {})
    await tick(runnerTiming.abandon)
    expect(frame(0).removed).toBe(true)
    expect(await first).toMatchObject({ ok: false, fault: { stage: 'killed' } })
    frame(1).answer({ type: 'started', value: started })
    expect(await second).toMatchObject({ ok: true })
  })

  test('waits a moment for one that is about to end, and keeps the sandbox', async () => {
    const first = runner.start(request(), {})
    await tick()
    const second = runner.start(request({ source: 2 }), {})
    frame(0).answer({ type: 'started', value: started })
    await tick()
    frame(0).answer({ type: 'started', value: started })
    expect(await first).toMatchObject({ ok: false, fault: { stage: 'killed' } })
    expect(await second).toMatchObject({ ok: true })
    expect(frame(0).removed).toBe(false)
  })
})

describe('a newer run', () => {
  test('has one that hangs ended after one moment, however many come in a row', async () => {
    const used = await start()
    const hanging = runner.call('f()')
    await tick()
    for (let source = 2; source < 6; source++) {
      void runner.start(request({ source }), {})
      await tick(runnerTiming.abandon / 2)
    }
    expect(used.removed).toBe(true)
    expect(await hanging).toMatchObject({ ok: false, fault: { stage: 'killed' } })
    expect(frame(-1).requests).toMatchObject([{ type: 'start', subject: { source: 5 } }])
  })

  test('says that it boots, also in the sandbox that the one before began to boot', async () => {
    boots = false
    void runner.start(request(), {})
    await tick()
    const states: string[] = []
    void runner.start(request({ source: 2 }), { onState: (state) => states.push(state) })
    await tick()
    expect(states).toEqual(['booting'])
    expect(frames).toHaveLength(1)
  })

  test('does not wait for the sandbox of the one before to wake once that broke the rules', async () => {
    const used = await start()
    used.awake = false
    const outcome = runner.start(request(), {})
    await tick()
    used.say({ type: 'eval' })
    await tick()
    frame(-1).answer({ type: 'started', value: started })
    expect(await outcome).toMatchObject({ ok: true })
  })
})

describe('another project', () => {
  test('ends the run of the one before', async () => {
    const used = await start(request({}, 'one'))
    const call = runner.call('f()')
    await tick()
    runner.leave()
    expect(await call).toMatchObject({ ok: false, fault: { stage: 'killed' } })
    expect(used.removed).toBe(true)
    expect(runner.state).toBe('idle')
  })

  test('boots nothing where nothing has run', async () => {
    runner.leave()
    await tick(runnerTiming.spareAnyway)
    expect(frames).toEqual([])
  })
})

describe('Stop', () => {
  const isKilled = { ok: false, fault: { stage: 'killed', message: expect.stringContaining('was stopped') } }

  test('while the sandbox boots ends the run', async () => {
    boots = false
    const outcome = runner.start(request(), {})
    await tick()
    expect(runner.state).toBe('booting')
    runner.stop()
    await tick()
    expect(await outcome).toMatchObject(isKilled)
    expect(runner.state).toBe('idle')
  })

  test('while a start waits for the run before it ends both', async () => {
    const first = runner.start(request(), {})
    await tick()
    const second = runner.start(request({ source: 2 }), {})
    runner.stop()
    await tick()
    expect(await first).toMatchObject(isKilled)
    expect(await second).toMatchObject(isKilled)
  })

  test('while a start waits for the sandbox to wake ends it at once', async () => {
    const used = await start()
    used.awake = false
    const outcome = runner.start(request(), {})
    await tick()
    runner.stop()
    await tick()
    expect(await Promise.race([outcome, Promise.resolve('still waiting')])).toMatchObject(isKilled)
  })

  test('of a call says that output may be missing, and of an idle run does not', async () => {
    const ends: Fault[] = []
    const onEnd = (fault: Fault): void => void ends.push(fault)
    await start(request(), { onEnd })
    void runner.call('f()')
    await tick()
    runner.stop()
    await start(request(), { onEnd })
    runner.stop()
    await start(request(), { onEnd })
    void runner.call('f()')
    await tick(request().limits.milliseconds + runnerTiming.grace)
    const missing = expect.stringContaining('may be missing')
    expect(ends).toMatchObject([
      { stage: 'killed', detail: missing },
      { stage: 'killed' },
      { stage: 'limit', detail: missing },
    ])
    expect(ends[1]).not.toHaveProperty('detail')
  })

  test('of a call lets the guest end before the next one starts beside it', async () => {
    runner.dispose()
    runner = runnerWith({})
    await start()
    void runner.call('f()')
    await tick()
    runner.stop()
    void runner.start(request(), {})
    await tick(runnerTiming.ending - 1)
    const next = frames.at(-1)
    expect(next?.removed).toBe(false)
    expect(next?.received.some(({ type }) => type === 'start')).toBe(false)
    await tick(1)
    expect(next?.last).toMatchObject({ type: 'start' })
  })

  test('ends the calls that wait', async () => {
    await start()
    const calls = [runner.call('f()'), runner.call('g()')]
    await tick()
    runner.stop()
    for (const outcome of await Promise.all(calls)) expect(outcome).toMatchObject(isKilled)
  })
})

describe('a call', () => {
  const report = {
    call: 'f()',
    result: { tag: 'ok', wave: '1' },
    ms: 1,
    memoryBytes: 1,
    boundaryCalls: 0,
    simulated: [],
    handles: [],
  } as const

  test('is answered, one after the other', async () => {
    const used = await start()
    const [one, two] = [runner.call('f()'), runner.call('g()')]
    await tick()
    expect(used.last).toMatchObject({ type: 'call', expression: 'f()' })
    expect(runner.state).toBe('calling')
    used.answer({ type: 'called', value: report })
    await tick()
    expect(used.last).toMatchObject({ type: 'call', expression: 'g()' })
    used.answer({ type: 'called', value: { ...report, call: 'g()' } })
    expect(await one).toEqual({ ok: true, value: report })
    expect(await two).toMatchObject({ value: { call: 'g()' } })
    expect(runner.state).toBe('ready')
  })

  test('before any run says what to do', async () => {
    expect(await runner.call('f()')).toMatchObject({
      ok: false,
      fault: { stage: 'call', next: expect.stringMatching(/Run/) },
    })
  })

  test('that does not end is stopped at the time limit, with its name and the last boundary call', async () => {
    const ends: unknown[] = []
    const used = await start(request(), { onEnd: (fault) => ends.push(fault) })
    const outcome = runner.call('demo:a/b#spin("x")')
    await tick()
    used.say({ type: 'beat', run: used.last.run, lastCall: 'wasi:cli/stdout#get-stdout' })
    await tick(1000 + runnerTiming.grace)
    const result = await outcome
    expect(result).toMatchObject({ ok: false, fault: { stage: 'limit' } })
    const message = result.ok ? '' : result.fault.message
    expect(message).toContain('demo:a/b#spin did not end within 1,000 ms')
    expect(message).toContain('wasi:cli/stdout#get-stdout')
    expect(used.removed).toBe(true)
    expect(ends).toHaveLength(1)
    expect(runner.state).toBe('idle')
    expect(await start()).not.toBe(used)
  })

  test('whose answer waits behind the deadline still counts', async () => {
    const used = await start()
    const outcome = runner.call('f()')
    await tick(1000)
    used.answer({ type: 'called', value: report })
    await tick(runnerTiming.grace)
    expect(await outcome).toMatchObject({ ok: true })
    expect(used.removed).toBe(false)
  })

  test('that ended its instance leaves the runner idle and the sandbox alive', async () => {
    const used = await start()
    const outcome = runner.call('f()')
    await tick()
    used.answer({ type: 'failed', fault: { stage: 'trap', message: 'm', next: 'n' }, alive: false })
    expect(await outcome).toMatchObject({ fault: { stage: 'trap' } })
    expect(runner.state).toBe('idle')
    expect(await start()).toBe(used)
  })

  test('that failed tells the memory that its instance had, where the sandbox knows it', async () => {
    const told: number[] = []
    const used = await start(request(), { onMemory: (bytes) => told.push(bytes) })
    const failed = { type: 'failed', fault: { stage: 'call', message: 'm', next: 'n' }, alive: true } as const
    const unknown = runner.call('f()')
    await tick()
    used.answer(failed)
    expect(await unknown).toMatchObject({ ok: false })
    expect(told).toEqual([])
    const known = runner.call('f()')
    await tick()
    used.answer({ ...failed, alive: false, memoryBytes: 262_144 })
    expect(await known).toMatchObject({ ok: false })
    expect(told).toEqual([262_144])
  })

  test('is stopped by Stop', async () => {
    const used = await start()
    const outcome = runner.call('f()')
    await tick()
    runner.stop()
    expect(await outcome).toMatchObject({ ok: false, fault: { stage: 'killed' } })
    expect(used.removed).toBe(true)
    expect(frames.filter(({ removed }) => !removed)).toHaveLength(1)
  })

  test('of an abandoned run is not made in the next', async () => {
    const used = await start()
    const [one, two] = [runner.call('f()'), runner.call('g()')]
    await tick()
    const next = runner.start(request({ source: 2 }), {})
    used.answer({ type: 'called', value: report })
    await tick()
    expect(used.last).toMatchObject({ type: 'start' })
    used.answer({ type: 'started', value: started })
    expect(await one).toMatchObject({ ok: true })
    expect(await two).toMatchObject({ ok: false, fault: { stage: 'killed' } })
    expect(await next).toMatchObject({ ok: true })
  })
})

describe('a snapshot', () => {
  const hurried = { ...request(), limits: { ...request().limits, milliseconds: 1 } }

  test('is not held to the time limit of the run', async () => {
    const used = await start(hurried)
    const outcome = runner.snapshot()
    await tick(runnerTiming.snapshot - 1)
    used.answer({ type: 'snapshot', value: new Uint8Array([1]) })
    expect(await outcome).toEqual({ ok: true, value: new Uint8Array([1]) })
  })

  test('that takes too long is a fault, and the run goes on', async () => {
    const used = await start(hurried)
    const outcome = runner.snapshot()
    await tick(runnerTiming.snapshot + runnerTiming.grace)
    expect(await outcome).toMatchObject({ ok: false, fault: { stage: 'build' } })
    expect(used.removed).toBe(false)
    expect(runner.state).toBe('ready')
    const called = runner.runCommand()
    await tick()
    used.answer({ type: 'exited', value: { exitCode: 0, ms: 0, memoryBytes: 0 } })
    expect(await called).toMatchObject({ ok: true })
  })

  test('that never comes from a sandbox that fell silent ends it after all', async () => {
    const used = await start(hurried)
    used.awake = false
    void runner.snapshot()
    await tick(runnerTiming.snapshot + runnerTiming.heartbeat + runnerTiming.silence + 2 * runnerTiming.grace)
    expect(used.removed).toBe(true)
  })
})

describe('a recording', () => {
  const taken = {
    requests: [{ kind: 'command' as const }],
    inputs: [],
    readings: { at: new Uint32Array(), values: new BigInt64Array() },
    today: [],
    entropy: new Uint8Array(),
    names: ['run'],
    calls: new Uint32Array([0, 1]),
    total: 1,
    hash: '0123456789abcdef',
  }

  test('has the settings of the run, and can be had after its instance has ended', async () => {
    const used = await start({ ...request(), wasi: { random: 'real' } })
    const called = runner.runCommand()
    await tick()
    used.answer({ type: 'failed', fault: { stage: 'trap', message: 'm', next: 'n' }, alive: false })
    await called
    const recording = runner.recording()
    await tick()
    expect(used.last).toMatchObject({ type: 'recording' })
    used.answer({ type: 'recording', value: taken })
    expect(await recording).toEqual({ ok: true, value: { ...taken, settings: { random: 'real' } } })
    expect(runner.state).toBe('idle')
  })

  test('goes with its sandbox', async () => {
    await start()
    runner.stop()
    expect(await runner.recording()).toMatchObject({ ok: false, fault: { stage: 'killed' } })
  })
})

describe('what the sandbox sends', () => {
  test('output reaches the run it belongs to', async () => {
    const texts: string[] = []
    const used = await start(request(), { onOutput: ({ text }) => texts.push(text) })
    const chunk = { stream: 'stdout', phase: 'run', text: 'x', dropped: 0 } as const
    const { run } = used.last
    used.say({ type: 'output', run, chunks: [chunk] })
    used.say({ type: 'output', run: run + 1, chunks: [chunk] })
    used.say({ type: 'output', run: run - 1, chunks: [chunk] })
    expect(texts).toEqual(['x'])
  })

  test('output beyond the limit that the sandbox should have kept ends it', async () => {
    let taken = 0
    const used = await start(request(), { onOutput: ({ text }) => (taken += text.length) })
    const chunk = { stream: 'stdout', phase: 'run', text: 'x'.repeat(65536), dropped: 0 } as const
    const { run } = used.last
    for (let message = 0; message < 50; message++) used.say({ type: 'output', run, chunks: [chunk] })
    expect(taken).toBeLessThanOrEqual(2 * 65536)
    expect(used.removed).toBe(true)
  })

  test.each<readonly [string, FromSandbox | { readonly type: string }]>([
    ['an unknown message', { type: 'eval' }],
    ['an answer that does not fit its type', { type: 'answer', run: 1, id: 1, answer: {} } as { type: string }],
  ])('%s ends the sandbox', async (_, message) => {
    const ends: unknown[] = []
    const used = await start(request(), { onEnd: (fault) => ends.push(fault) })
    used.say(message)
    expect(used.removed).toBe(true)
    expect(ends).toMatchObject([{ stage: 'lost' }])
    expect(runner.state).toBe('idle')
  })

  test('an answer to another question ends the sandbox', async () => {
    const used = await start()
    const outcome = runner.call('f()')
    await tick()
    used.answer({ type: 'exited', value: { exitCode: 0, ms: 0, memoryBytes: 0 } })
    expect(await outcome).toMatchObject({ ok: false, fault: { stage: 'lost' } })
    expect(used.removed).toBe(true)
  })

  test('an answer that nobody waits for is dropped', async () => {
    const used = await start()
    used.answer({ type: 'exited', value: { exitCode: 0, ms: 0, memoryBytes: 0 } })
    expect(used.removed).toBe(false)
    expect(runner.state).toBe('ready')
  })

  test('a flood ends the sandbox, also one of answers', async () => {
    const used = await start()
    const flood = 4 * messagesPerSecond
    for (let message = 0; message <= flood; message++) used.say({ type: 'pong', id: 1 })
    expect(used.removed).toBe(true)
    const other = await start()
    const answer = { type: 'exited', value: { exitCode: 0, ms: 0, memoryBytes: 0 } } as const
    for (let message = 0; message <= flood; message++) other.answer(answer)
    expect(other.removed).toBe(true)
  })

  test('what many short requests bring with them is no flood', async () => {
    const used = await start()
    for (let turn = 0; turn < 50; turn++) {
      const outcome = runner.runCommand()
      await Promise.resolve()
      await Promise.resolve()
      const { run } = used.last
      for (let beat = 0; beat < atOnce.beats; beat++) used.say({ type: 'beat', run, lastCall: `call ${beat}` })
      used.answer({ type: 'exited', value: { exitCode: 0, ms: 0, memoryBytes: 0 } })
      expect(await outcome).toMatchObject({ ok: true })
    }
    for (let turn = 0; turn < 5; turn++) {
      await start()
      const { run } = used.last
      const chunk = { stream: 'stdout', phase: 'run', text: 'x', dropped: 0 } as const
      for (let line = 0; line < atOnce.output; line++) used.say({ type: 'output', run, chunks: [chunk] })
    }
    expect(used.removed).toBe(false)
  })

  test('output of a run that is over is taken up to what that run had left', async () => {
    const kib = (count: number) =>
      ({ stream: 'stdout', phase: 'run', text: 'x'.repeat(count * 1024), dropped: 0 }) as const
    const used = await start()
    const { run: over } = used.last
    used.say({ type: 'output', run: over, chunks: [kib(1)] })
    expect(await start()).toBe(used)
    for (let sent = 0; sent < 64; sent++) used.say({ type: 'output', run: over, chunks: [kib(1)] })
    expect(used.removed).toBe(false)
    used.say({ type: 'output', run: over, chunks: [kib(1)] })
    expect(used.removed).toBe(true)
    expect(runner.state).toBe('idle')
  })

  test('answers to as many questions as were asked are no flood', async () => {
    const used = await start()
    for (let message = 0; message < 2 * messagesPerSecond; message++) {
      const outcome = runner.runCommand()
      await Promise.resolve()
      await Promise.resolve()
      used.answer({ type: 'exited', value: { exitCode: 0, ms: 0, memoryBytes: 0 } })
      expect(await outcome).toMatchObject({ ok: true })
    }
    expect(used.removed).toBe(false)
  })
})

test('what cannot be sent to a sandbox ends it, and is answered', async () => {
  const uncloneable = (): void => {}
  const outcome = await runner.start(request({ source: uncloneable }), {})
  expect(outcome).toMatchObject({ ok: false, fault: { stage: 'lost', next: expect.stringMatching(/Run again/) } })
  expect(runner.state).toBe('idle')
  expect(frame(0).removed).toBe(true)
  expect(await start()).not.toBe(frame(0))
})

test('every memory limit of a world counts for the worlds of a sandbox', async () => {
  const used = await start()
  for (let memoryMiB = 2; memoryMiB <= runnerTiming.worlds; memoryMiB++) {
    expect(await start({ ...request(), limits: { ...request().limits, memoryMiB } })).toBe(used)
  }
  expect(await start({ ...request(), limits: { ...request().limits, memoryMiB: 100 } })).not.toBe(used)
})

describe('an idle sandbox', () => {
  test('that answers is left alone', async () => {
    const used = await start()
    for (let turn = 0; turn < 5; turn++) {
      await tick(runnerTiming.heartbeat)
      expect(used.received.at(-1)).toMatchObject({ type: 'ping' })
    }
    expect(runner.state).toBe('ready')
  })

  test('that stays silent is lost, and the next run gets another', async () => {
    const states: string[] = []
    const ends: unknown[] = []
    const used = await start(request(), { onState: (state) => states.push(state), onEnd: (fault) => ends.push(fault) })
    used.awake = false
    await tick(runnerTiming.heartbeat + runnerTiming.silence + runnerTiming.grace)
    expect(states.slice(-2)).toEqual(['lost', 'idle'])
    expect(ends).toMatchObject([{ stage: 'lost' }])
    expect(used.removed).toBe(true)
    expect(await start()).not.toBe(used)
  })
})

test('disposing opens no frame', async () => {
  await start()
  runner.dispose()
  expect(frames.map(({ removed }) => removed)).toEqual([true])
})

test('disposing takes every frame away', async () => {
  await start()
  await tick(runnerTiming.spare)
  runner.dispose()
  expect(frames.map(({ removed }) => removed)).toEqual([true, true])
})

describe('a guest that waits', () => {
  const limit = request().limits.milliseconds
  const interactive: RunRequest = { ...request(), interaction: { openStdin: true } }
  const wait = (of: FakeFrame, waited: number, awaits?: string): void =>
    of.say({
      type: 'world',
      run: of.last.run,
      event: { kind: 'wait', instant: 0n, waited, ...(awaits !== undefined && { state: { awaits: [awaits] } }) },
    })
  const calling = async (asked = interactive, events: RunEvents = {}) => {
    const used = await start(asked, events)
    const call = runner.call('ask()')
    await tick()
    return { used, call }
  }
  const value = {
    call: 'ask()',
    result: { tag: 'ok', wave: '1' },
    ms: 1,
    memoryBytes: 1,
    boundaryCalls: 0,
    simulated: [],
    handles: [],
  } as const

  test('says what it waits for, and takes what comes at once', async () => {
    const events: unknown[] = []
    const { used, call } = await calling(interactive, { onWorld: (event) => events.push(event) })
    expect(used.requests[0]).toMatchObject({ type: 'start', interaction: { openStdin: true } })
    wait(used, 0, 'input on stdin')
    expect(events).toMatchObject([{ state: { awaits: ['input on stdin'] } }])
    runner.input({ kind: 'stdin-end' })
    await tick()
    expect(used.received.at(-1)).toMatchObject({ type: 'input', input: { kind: 'stdin-end' } })
    used.answer({ type: 'called', value })
    expect(await call).toMatchObject({ ok: true })
  })

  test('may wait for as long as it likes, and then has what was left of its time', async () => {
    const { used, call } = await calling()
    await tick(limit - 100)
    wait(used, 0, 'input on stdin')
    await tick(20 * limit)
    expect(used.removed).toBe(false)
    wait(used, 20 * limit)
    await tick(99 + runnerTiming.grace)
    expect(used.removed).toBe(false)
    await tick(1)
    expect(used.removed).toBe(true)
    expect(await call).toMatchObject({ ok: false, fault: { stage: 'limit' } })
  })

  test('has no more time than has passed, whatever it says', async () => {
    const { used } = await calling()
    await tick(limit / 2)
    wait(used, 1e9)
    await tick(limit - 1)
    expect(used.removed).toBe(false)
    await tick(limit)
    expect(used.removed).toBe(true)
  })

  test('is not believed in a run that cannot wait', async () => {
    const { used } = await calling(request())
    wait(used, 0, 'input on stdin')
    await tick(limit + runnerTiming.grace)
    expect(used.removed).toBe(true)
  })

  test('is stopped at once, and left at once by a newer run', async () => {
    const { used, call } = await calling()
    wait(used, 0, 'input on stdin')
    runner.stop()
    expect(used.removed).toBe(true)
    expect(await call).toMatchObject({ fault: { stage: 'killed' } })
    const next = await calling()
    wait(next.used, 0, 'input on stdin')
    const newest = await start(interactive)
    expect(next.used.removed).toBe(true)
    expect(newest.removed).toBe(false)
    expect(await next.call).toMatchObject({ fault: { message: expect.stringMatching(/newer run/) } })
  })

  test('is lost where its sandbox no longer answers', async () => {
    const { used, call } = await calling()
    wait(used, 0, 'input on stdin')
    await tick(2 * runnerTiming.heartbeat)
    expect(used.removed).toBe(false)
    used.awake = false
    await tick(2 * runnerTiming.heartbeat + runnerTiming.silence + runnerTiming.grace)
    expect(await call).toMatchObject({ fault: { stage: 'lost' } })
  })
})
