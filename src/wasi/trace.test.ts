import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { TracedBytes, TracedHandle, TracedStart } from './captured.ts'
import { digestOf } from './digest.ts'
import { createWasiHost, type WasiHost } from './host.ts'
import { interfacesServed } from './served.ts'
import type { WasiSettings } from './settings.ts'
import { createTrace, traceBounds, type Trace } from './trace.ts'

interface Opened {
  readonly host: WasiHost
  readonly trace: Trace
  import(name: string): Record<string, unknown>
  call(of: unknown, name: string, ...args: unknown[]): unknown
  drop(of: unknown): void
}

const open = (settings: WasiSettings = {}, real: () => number = () => 0): Opened => {
  const host = createWasiHost(settings, {
    write: () => {},
    monotonic: () => BigInt(Math.round(real() * 1e6)),
    today: () => 0,
    entropy: (into) => into.fill(7),
    now: real,
  })
  const imports = host.imports(interfacesServed)
  const call = (of: unknown, name: string | symbol, ...args: unknown[]): unknown => {
    const found: unknown = Reflect.get(Object(of), name)
    if (typeof found !== 'function') throw new Error(`no ${String(name)}`)
    return Reflect.apply(found, of, args)
  }
  const dispose: unknown = Reflect.get(Symbol, 'dispose')
  return {
    host,
    trace: host.trace,
    import: (name) => imports[name] ?? {},
    call,
    drop: (of) => void call(of, typeof dispose === 'symbol' ? dispose : Symbol.for('dispose')),
  }
}

const quietly = (work: () => unknown): void => {
  try {
    work()
  } catch {
    // What it throws is in the trace.
  }
}

describe('the trace of a run', () => {
  test('has each call of the component with arguments, result and virtual time', () => {
    const { trace, import: get, call } = open({ env: { A: '1' } })
    call(get('wasi:cli/environment'), 'getEnvironment')
    const clock = get('wasi:clocks/monotonic-clock')
    const pollable = call(clock, 'subscribeDuration', 5_000_000n)
    call(get('wasi:io/poll'), 'poll', [pollable])
    const [environment, subscribe, poll] = trace.kept(0)
    expect(environment).toMatchObject({
      number: 1,
      kind: 'import',
      outcome: 'ok',
      value: [['A', '1']],
      at: 0,
      until: 0,
    })
    expect(subscribe).toMatchObject({ args: [5_000_000n], value: { name: 'pollable', number: 1, seen: 2 } })
    expect(poll).toMatchObject({ at: 0, until: 5_000_000, value: [0], args: [[{ name: 'pollable', number: 1 }]] })
    expect(trace.total).toBe(3)
  })

  test('has the object of a method as its first argument, and what the host calls itself not at all', () => {
    const { trace, import: get, call } = open()
    const stdout = call(get('wasi:cli/stdout'), 'getStdout')
    call(stdout, 'blockingWriteAndFlush', new TextEncoder().encode('hello'))
    const [, write] = trace.kept(0)
    expect(write?.of.name).toBe('wasi:io/streams#[method]output-stream.blocking-write-and-flush')
    const [self, bytes] = write?.args ?? []
    expect(self).toBeInstanceOf(TracedHandle)
    expect(bytes).toMatchObject({ length: 5, digest: digestOf(new TextEncoder().encode('hello')) })
    expect(trace.total).toBe(2)
  })

  test('has the end of a handle, once, and no call of it', () => {
    const { trace, import: get, call, drop } = open()
    const stdin = call(get('wasi:cli/stdin'), 'getStdin')
    drop(stdin)
    const [, dropped] = trace.kept(0)
    expect(dropped).toMatchObject({
      kind: 'drop',
      of: { name: 'wasi:io/streams#[resource-drop]input-stream', calls: 0 },
    })
    expect(dropped?.args).toMatchObject([{ name: 'input-stream', number: 1, seen: 1 }])
  })

  test('tells errors, refusals, traps and exits apart', () => {
    const {
      trace,
      import: get,
      call,
    } = open({ policy: { 'wasi:cli/environment': 'deny', 'wasi:sockets/udp-create-socket': 'deny' } })
    const stdin = call(get('wasi:cli/stdin'), 'getStdin')
    quietly(() => call(stdin, 'read', 1n))
    quietly(() => call(get('wasi:cli/environment'), 'getArguments'))
    quietly(() => call(get('wasi:sockets/udp-create-socket'), 'createUdpSocket', 'ipv4'))
    quietly(() => call(get('wasi:io/poll'), 'poll', []))
    quietly(() => call(get('wasi:cli/exit'), 'exit', { tag: 'err' }))
    expect(trace.kept(1).map(({ outcome, value }) => [outcome, value])).toEqual([
      ['err', { tag: 'closed' }],
      ['denied', 'The policy denies wasi:cli/environment#get-arguments'],
      ['denied', 'access-denied'],
      ['trap', 'wasi:io/poll#poll got an empty list'],
      ['exit', 1],
    ])
    const counted = trace.functions.filter(({ calls, name }) => calls > 0 && name !== 'wasi:cli/stdin#get-stdin')
    expect(counted.map(({ denied, errors }) => [denied, errors]).toSorted()).toEqual(
      [
        [0, 1],
        [1, 0],
        [1, 0],
        [0, 1],
        [0, 0],
      ].toSorted(),
    )
  })

  test('says which export was running', () => {
    const { trace, import: get, call } = open()
    trace.enter('run', [1], ['1'])
    call(get('wasi:cli/stdin'), 'getStdin')
    trace.leave('ok', 2, '2')
    call(get('wasi:cli/stdin'), 'getStdin')
    expect(
      trace.kept(0).map(({ kind, within, value, args }) => [kind, within, typeof value === 'string' ? value : args[0]]),
    ).toEqual([
      ['export', undefined, '1'],
      ['import', 1, undefined],
      ['return', 1, '2'],
      ['import', undefined, undefined],
    ])
  })

  test('has the return of an export in which others were only counted', () => {
    const { trace } = open()
    trace.enter('burst', [], [])
    trace.counting = true
    trace.enter('handle', [], [])
    trace.leave('ok', undefined, undefined)
    trace.counting = false
    trace.leave('ok', undefined, '1')
    expect(trace.kept(0).map(({ kind, of }) => [kind, of.name])).toEqual([
      ['export', 'burst'],
      ['return', 'burst'],
    ])
  })

  test('weighs what it keeps: not what is left out, and of an export the texts', () => {
    const { trace } = open()
    const of = trace.functionOf('f', 'import')
    const weight = (value: unknown): number => {
      const record = trace.begin('import', of, [value])
      trace.end(record, of, 'ok', undefined)
      return record?.weight ?? 0
    }
    const bare = weight(undefined)
    expect(weight(['x'.repeat(1000)]) - bare).toBeGreaterThan(2000)
    const texts = Array.from({ length: 10_000 }, () => 'x'.repeat(1000))
    expect(weight(texts) - bare).toBeLessThan(64 * 2100)
    expect(weight(texts) - bare).toBeGreaterThan(64 * 2000)
    // Whatever is in a record is kept, however much there was before.
    const fields = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, index]))
    expect(weight(fields) - bare).toBeGreaterThan(1000 * 8)
    expect(weight(new Uint8Array(1)) - bare).toBeGreaterThan(100)
    trace.enter('g', [new Uint8Array(10_000)], ['y'.repeat(1000)])
    trace.leave('ok', texts, 'z'.repeat(1000))
    const [called, returned] = trace.kept(trace.total - 2)
    expect([called?.weight, returned?.weight].map((each = 0) => each > 2000 && each < 3000)).toEqual([true, true])
  })

  test('weighs the result of a call that others were made in', () => {
    const { trace, import: get, call } = open()
    const of = trace.functionOf('outer', 'import')
    for (let at = 0; at < traceBounds.first; at++) call(get('wasi:cli/stdin'), 'getStdin')
    const heavy = Array.from({ length: 64 }, () => 'x'.repeat(1000))
    for (let at = 0; at < 100; at++) {
      const record = trace.begin('import', of, [])
      call(get('wasi:cli/stdin'), 'getStdin')
      trace.end(record, of, 'ok', heavy)
    }
    const kept = trace.kept(traceBounds.first)
    expect(kept.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(traceBounds.bytes)
  })

  test('keeps the first and the last, and counts them all', () => {
    const { trace, import: get, call } = open()
    const random = get('wasi:random/random')
    const calls = traceBounds.first + traceBounds.last + 500
    for (let at = 0; at < calls; at++) call(random, 'getRandomU64')
    const kept = trace.kept(0)
    expect(kept).toHaveLength(traceBounds.first + traceBounds.last)
    expect([kept[0]?.number, kept[999]?.number, kept[1000]?.number, kept.at(-1)?.number]).toEqual([
      1,
      1000,
      1501,
      calls,
    ])
    expect(trace.kept(calls - 2).map(({ number }) => number)).toEqual([calls - 1, calls])
    expect(trace.functions.find(({ calls: made }) => made > 0)?.calls).toBe(calls)
  })

  test('is bounded in bytes: of what is large a part is kept', () => {
    const { trace, import: get, call } = open()
    call(get('wasi:random/random'), 'getRandomBytes', 1n << 20n)
    const [bytes] = trace.kept(0)
    expect(bytes?.value).toBeInstanceOf(TracedBytes)
    expect(bytes?.value instanceof TracedBytes && bytes.value.start.length).toBe(64)
    const large = open({ args: Array.from({ length: 100 }, () => 'x'.repeat(2000)) })
    const before = 3 * traceBounds.bytes
    for (let at = 0; at < 200; at++) large.call(large.import('wasi:cli/environment'), 'getArguments')
    const kept = large.trace.kept(0)
    expect(kept[0]?.value).toBeInstanceOf(TracedStart)
    expect(kept.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThan(before)
    expect(large.trace.total).toBe(200)
  })

  test('takes no entries while it only counts', () => {
    const { trace, import: get, call } = open()
    const { hash } = trace
    trace.counting = true
    call(get('wasi:random/random'), 'getRandomU64')
    trace.counting = false
    expect([trace.total, trace.hash]).toEqual([0, hash])
    expect(trace.functions.some(({ calls }) => calls === 1)).toBe(true)
  })
})

describe('what the host has the guest do while it answers', () => {
  test('is gated and traced like all that the guest does', () => {
    const { host, trace, import: get, call } = open({ policy: { 'wasi:cli/environment': 'deny' } })
    const environment = get('wasi:cli/environment')
    const inner = (): unknown =>
      host.gate.outside(() => {
        quietly(() => call(environment, 'getArguments'))
        return call(get('wasi:random/random'), 'getRandomU64')
      })
    host.gate.pass('demo:a/b#outer', [], inner)
    expect(trace.kept(0).map(({ of, outcome }) => [of.name, outcome])).toEqual([
      ['demo:a/b#outer', 'ok'],
      ['wasi:cli/environment#get-arguments', 'denied'],
      ['wasi:random/random#get-random-u64', 'ok'],
    ])
  })
})

describe('the hash', () => {
  const hashOf = (settings: WasiSettings, work: (opened: Opened) => void, real?: () => number): string => {
    const opened = open(settings, real)
    work(opened)
    return opened.trace.hash
  }
  const bytes = ({ import: get, call }: Opened): void => void call(get('wasi:random/random'), 'getRandomBytes', 100n)

  test('is the same for the same run, whatever the real time', () => {
    let ms = 0
    expect(hashOf({}, bytes, () => (ms += 17))).toBe(hashOf({}, bytes))
    const now = ({ import: get, call }: Opened): void => void call(get('wasi:cli/environment'), 'getArguments')
    const real: WasiSettings = { clock: { mode: 'real' } }
    expect(hashOf(real, now, () => (ms += 17))).toBe(hashOf(real, now, () => (ms += 5)))
  })

  test('differs by seed, though only bytes differ', () => {
    expect(hashOf({ random: { seed: 1 } }, bytes)).not.toBe(hashOf({ random: { seed: 2 } }, bytes))
  })

  test('differs by order, by time, by what is dropped', () => {
    const read = (o: Opened): unknown => o.call(o.import('wasi:cli/stdin'), 'getStdin')
    const random = (o: Opened): unknown => o.call(o.import('wasi:random/random'), 'getRandomU64')
    const one = (o: Opened): void => void [read(o), random(o)]
    const other = (o: Opened): void => void [random(o), read(o)]
    const dropping = (o: Opened): void => {
      const stdin = read(o)
      random(o)
      o.drop(stdin)
    }
    const later = (o: Opened): void => {
      o.host.input({ kind: 'advance', nanoseconds: 1n })
      one(o)
    }
    const frozen: WasiSettings = { clock: { mode: 'frozen' } }
    const hashes = [hashOf(frozen, one), hashOf(frozen, other), hashOf(frozen, dropping), hashOf(frozen, later)]
    expect(new Set(hashes).size).toBe(4)
  })

  test('differs wherever a value does', () => {
    const plain = fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true }),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
      fc.string(),
      fc.boolean(),
      fc.uint8Array(),
    )
    const nested = fc.oneof(plain, fc.array(plain), fc.record({ tag: fc.constantFrom('ok', 'err'), val: plain }))
    const hash = (value: unknown): string => {
      const trace = createTrace({ virtual: () => 0n, real: () => 0 })
      const of = trace.functionOf('f', 'import')
      trace.end(trace.begin('import', of, [value]), of, 'ok', undefined)
      return trace.hash
    }
    const key = (value: unknown): string =>
      JSON.stringify(value, (_, each: unknown) =>
        typeof each === 'bigint'
          ? `${BigInt.asUintN(64, each)}n`
          : each instanceof Uint8Array
            ? `bytes ${[...each].join()}`
            : Object.is(each, -0)
              ? '-0'
              : each,
      )
    fc.assert(
      fc.property(nested, nested, (one, other) => {
        expect(hash(one) === hash(other)).toBe(key(one) === key(other))
      }),
    )
  })
})
