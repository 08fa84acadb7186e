import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import type { RunInput, Surroundings } from './context.ts'
import { createWasiHost, type WasiHost } from './host.ts'
import { createRecorder, createReplay, recordingBounds, type Recording, type RunKeeper } from './record.ts'
import { interfacesServed } from './served.ts'
import type { WasiSettings } from './settings.ts'

interface Opened {
  readonly host: WasiHost
  call(of: unknown, name: string, ...args: unknown[]): unknown
  import(name: string): Record<string, unknown>
  input(input: RunInput): void
}

/** A world whose machine is another one each time. */
const open = (settings: WasiSettings, keep: (pass: (input: RunInput) => void) => RunKeeper, live = false): Opened => {
  let now = BigInt(Math.floor(Math.random() * 1e9))
  const surroundings: Surroundings = {
    write: () => {},
    monotonic: () => (now += BigInt(Math.floor(Math.random() * 1e6) + 1)),
    today: () => Math.floor(Math.random() * 1e12),
    entropy: (into) => {
      for (let at = 0; at < into.length; at++) into[at] = Math.random() * 256
    },
    ...(live && {
      interaction: {
        openStdin: true,
        mayWait: () => true,
        after: (_: number, done: () => void) => {
          const timer = setTimeout(done, 1)
          return () => clearTimeout(timer)
        },
        onWait: () => {},
      },
    }),
  }
  // oxlint-disable-next-line prefer-const -- the keeper passes inputs on to the host that is made with it
  let host: WasiHost
  const keeper = keep((input) => host.input(input))
  host = createWasiHost(settings, keeper.around(surroundings))
  host.trace.listener = keeper.listener
  const imports = host.imports(interfacesServed)
  return {
    host,
    import: (name) => imports[name] ?? {},
    input: keeper.input,
    call: (of, name, ...args) => {
      const found: unknown = Reflect.get(Object(of), name)
      if (typeof found !== 'function') throw new Error(`no ${name}`)
      return Reflect.apply(found, of, args)
    },
  }
}

type Work = (opened: Opened) => unknown

const record = async (settings: WasiSettings, work: Work, live = false): Promise<Recording> => {
  let recorder: ReturnType<typeof createRecorder> | undefined
  const opened = open(settings, (pass) => (recorder = createRecorder(pass)), live)
  await work(opened)
  if (!recorder) throw new Error('nothing was recorded')
  const recording = recorder.recording(opened.host.trace)
  if (!recording) throw new Error(recorder.obstacle)
  return structuredClone(recording)
}
const replay = async (settings: WasiSettings, recording: Recording, work: Work, live = false) => {
  let replaying: ReturnType<typeof createReplay> | undefined
  const opened = open(settings, (pass) => (replaying = createReplay(recording, pass)), live)
  await work(opened)
  return { hash: opened.host.trace.hash, report: replaying?.report }
}

const random: Work = ({ call, import: get }) => call(get('wasi:random/random'), 'getRandomBytes', 40n)
const clock: Work = ({ call, import: get }) => [
  call(get('wasi:clocks/monotonic-clock'), 'now'),
  call(get('wasi:clocks/wall-clock'), 'now'),
]
/** Waits as synchronous code does, reading the clock again and again. */
const sleep: Work = ({ call, import: get }) =>
  call(get('wasi:io/poll'), 'poll', [call(get('wasi:clocks/monotonic-clock'), 'subscribeDuration', 200_000_000n)])

describe('a recording', () => {
  const real: WasiSettings = { clock: { mode: 'real' }, random: 'real' }

  test('makes a run of the real clock and real random bytes repeatable', async () => {
    const steps = [random, clock, sleep]
    const property = fc.asyncProperty(fc.array(fc.constantFrom(...steps), { maxLength: 12 }), async (all) => {
      const work: Work = (opened) => all.forEach((step) => step(opened))
      const recording = await record(real, work)
      const again = await replay(real, recording, work)
      expect(again).toEqual({ hash: recording.hash, report: { compared: recording.total } })
    })
    await fc.assert(property)
  })

  test('says at which call another run goes another way', async () => {
    const work: Work = (opened) => [random(opened), clock(opened), random(opened)]
    const recording = await record(real, work)
    const other: Work = (opened) => [random(opened), clock(opened), sleep(opened)]
    expect((await replay(real, recording, other)).report?.divergence).toEqual({
      number: 4,
      expected: 'wasi:random/random#get-random-bytes',
      got: 'wasi:clocks/monotonic-clock#subscribe-duration',
    })
    const longer: Work = (opened) => [work(opened), random(opened)]
    expect((await replay(real, recording, longer)).report?.divergence).toEqual({
      number: 5,
      expected: undefined,
      got: 'wasi:random/random#get-random-bytes',
    })
    const elsewhere = await replay({ ...real, random: { seed: 3 } }, recording, work)
    expect(elsewhere.report?.divergence).toMatchObject({ number: 1, got: 'wasi:random/random#get-random-bytes' })
  })

  test('has what was typed while the guest waited, and steps of a frozen clock', async () => {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
    const reading: Work = async ({ call, import: get }) => {
      const stdin = call(get('wasi:cli/stdin'), 'getStdin')
      const parts: unknown[] = [await call(stdin, 'blockingRead', 10n), await call(stdin, 'blockingRead', 10n)]
      const pollable = call(get('wasi:clocks/monotonic-clock'), 'subscribeDuration', 50n)
      parts.push(await call(pollable, 'block'), call(get('wasi:clocks/monotonic-clock'), 'now'))
      return parts
    }
    const typed: Work = async (opened) => {
      const done = reading(opened)
      for (const input of [
        { kind: 'stdin', bytes: bytes('one') },
        { kind: 'stdin', bytes: bytes('two') },
        { kind: 'advance', nanoseconds: 20n },
        { kind: 'advance', nanoseconds: 40n },
      ] as const) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        opened.input(input)
      }
      return done
    }
    const frozen: WasiSettings = { clock: { mode: 'frozen' } }
    const recording = await record(frozen, typed, true)
    expect(recording.inputs).toHaveLength(4)
    const again = await replay(frozen, recording, reading, true)
    expect(again).toEqual({ hash: recording.hash, report: { compared: recording.total } })
  })

  test('has every reading of the clock that one poll makes', async () => {
    const times = fc.array(fc.integer({ min: 1, max: 60_000_000 }), { minLength: 1, maxLength: 40 })
    const property = fc.asyncProperty(times, async (deadlines) => {
      const work: Work = ({ call, import: get }) => {
        const monotonic = get('wasi:clocks/monotonic-clock')
        const all = deadlines.map((each) => call(monotonic, 'subscribeDuration', BigInt(each)))
        for (let round = 0; round < 3; round++) call(get('wasi:io/poll'), 'poll', all)
      }
      const recording = await record(real, work)
      expect((await replay(real, recording, work)).hash).toBe(recording.hash)
    })
    await fc.assert(property, { numRuns: 15 })
  })

  test('has one reading for a wait of code that cannot be suspended, however long that looked at the clock', async () => {
    let now = 0n
    let looked = 0
    const keeper = createRecorder(() => {})
    const host = createWasiHost(
      { clock: { mode: 'real' } },
      keeper.around({
        write: () => {},
        monotonic: (from = 0n) => {
          do {
            now += 1n
            looked++
          } while (now < from)
          return now
        },
        today: () => 0,
        entropy: () => {},
      }),
    )
    host.trace.listener = keeper.listener
    const { ['wasi:clocks/monotonic-clock']: clocks, ['wasi:io/poll']: poll } = host.imports(interfacesServed)
    const call = (of: unknown, name: string, ...args: unknown[]): unknown =>
      Reflect.apply(Reflect.get(Object(of), name), of, args)
    call(poll, 'poll', [call(clocks, 'subscribeDuration', 100_000n)])
    expect(looked).toBeGreaterThan(100_000)
    expect(keeper.recording(host.trace)?.readings.values.length).toBeLessThan(10)
  })

  test('has no reading of who looks at the clock aside', async () => {
    const recorder = createRecorder(() => {})
    const opened = open(real, () => recorder)
    clock(opened)
    recorder.aside(() => opened.host.instant)
    clock(opened)
    const recording = recorder.recording(opened.host.trace)
    if (!recording) throw new Error(recorder.obstacle)
    const again = await replay(real, recording, (it) => [clock(it), clock(it)])
    expect(again.hash).toBe(recording.hash)
  })

  test('is bounded, and says so', async () => {
    const recorder = createRecorder(() => {})
    const opened = open({ random: 'real' }, () => recorder)
    random(opened)
    recorder.input({ kind: 'stdin', bytes: new Uint8Array(recordingBounds.bytes) })
    expect(recorder.recording(opened.host.trace)).toBeUndefined()
    expect(recorder.obstacle).toContain('too much')

    const another = createRecorder(() => {})
    for (let at = 0; at < recordingBounds.bytes / recordingBounds.perItem + 1; at++)
      another.input({ kind: 'stdin-end' })
    expect(another.obstacle).toContain('too much')
  })
})
