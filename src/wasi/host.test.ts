import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { createWasiHost, type WasiHost } from './host.ts'
import { mostPollables } from './io/poll.ts'
import { interfacesServed, serves } from './served.ts'
import type { WasiSettings } from './settings.ts'
import { CannotWait, Denied, Exit, HostTrap } from './signals.ts'

interface World {
  readonly host: WasiHost
  readonly written: { stdout: string; stderr: string }
  /** Calls a function or a method as the glue does. */
  call(of: unknown, name: string, ...args: unknown[]): unknown
  import(name: string): Record<string, unknown>
  machine: { nanoseconds: bigint }
}

const open = (settings: WasiSettings = {}): World => {
  const written = { stdout: '', stderr: '' }
  const machine = { nanoseconds: 0n }
  const host = createWasiHost(settings, {
    write: (stream, bytes) => (written[stream] += new TextDecoder().decode(bytes)),
    monotonic: () => (machine.nanoseconds += 1000n),
    today: () => 1_000_000,
    entropy: (into) => into.fill(7),
  })
  const imports = host.imports(interfacesServed)
  return {
    host,
    written,
    machine,
    import: (name) => imports[name] ?? {},
    call: (of, name, ...args) => {
      const found: unknown = Reflect.get(Object(of), name)
      if (typeof found !== 'function') throw new Error(`no ${name}`)
      return Reflect.apply(found, of, args)
    },
  }
}

/** What a call throws. */
const thrown = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (value: unknown): string => {
  if (!(value instanceof Uint8Array)) throw new Error('no bytes')
  return new TextDecoder().decode(value)
}

describe('imports', () => {
  test('are handed out by unversioned name, for any patch of 0.2 and only when asked for', () => {
    const { host } = open()
    const imports = host.imports(['wasi:cli/stdout@0.2.0', 'wasi:io/poll@0.2.12', 'wasi:cli/stdin@0.3.0', 'demo:a/b'])
    expect(Object.keys(imports).toSorted()).toEqual(['wasi:cli/stdout', 'wasi:io/poll'])
    expect(Object.keys(imports['wasi:cli/stdout'] ?? {})).toEqual(['getStdout'])
  })

  test('every interface that is said to be served is there', () => {
    const { host } = open()
    expect(Object.keys(host.imports(interfacesServed)).toSorted()).toEqual([...interfacesServed].toSorted())
  })

  test.each([
    ['wasi:cli/stdout@0.2.12', true],
    ['wasi:cli/stdout', true],
    ['wasi:cli/stdout@0.3.0', false],
    ['wasi:cli/stdout@0.20.0', false],
    ['wasi:keyvalue/store@0.2.0', false],
    ['toString', false],
  ])('serves %s: %s', (name, expected) => expect(serves(name)).toBe(expected))

  test('two hosts share nothing', () => {
    const [one, two] = [open({ stdin: 'abc' }), open({ stdin: 'abc' })]
    const first = one.call(one.import('wasi:cli/stdin'), 'getStdin')
    const second = two.call(two.import('wasi:cli/stdin'), 'getStdin')
    expect(text(one.call(first, 'read', 10n))).toBe('abc')
    expect(text(two.call(second, 'read', 10n))).toBe('abc')
    expect(one.import('wasi:io/streams').InputStream).not.toBe(two.import('wasi:io/streams').InputStream)
  })
})

describe('output streams', () => {
  const stdout = (settings?: WasiSettings) => {
    const world = open(settings)
    return { ...world, stream: world.call(world.import('wasi:cli/stdout'), 'getStdout') }
  }

  test('are instances of the class that the component imports', () => {
    const world = stdout()
    expect(world.stream).toBeInstanceOf(world.import('wasi:io/streams').OutputStream)
  })

  test('write what check-write permits', () => {
    const { call, stream, written } = stdout()
    expect(call(stream, 'checkWrite')).toBe(65536n)
    call(stream, 'write', bytes('Hello, '))
    call(stream, 'write', bytes('Ada'))
    expect(written.stdout).toBe('Hello, Ada')
  })

  test('trap on a write without a permit, and beyond one', () => {
    const { call, stream, written } = stdout()
    expect(thrown(() => call(stream, 'write', bytes('x')))).toBeInstanceOf(HostTrap)
    call(stream, 'checkWrite')
    expect(thrown(() => call(stream, 'write', new Uint8Array(65537)))).toBeInstanceOf(HostTrap)
    expect(thrown(() => call(stream, 'writeZeroes', 65537n))).toBeInstanceOf(HostTrap)
    expect(written.stdout).toBe('')
  })

  test('take 4096 bytes at once when they block, and trap on more', () => {
    const { call, stream, written } = stdout()
    call(stream, 'blockingWriteAndFlush', new Uint8Array(4096).fill(97))
    expect(written.stdout).toHaveLength(4096)
    expect(thrown(() => call(stream, 'blockingWriteAndFlush', new Uint8Array(4097)))).toBeInstanceOf(HostTrap)
    expect(thrown(() => call(stream, 'blockingWriteZeroesAndFlush', 4097n))).toBeInstanceOf(HostTrap)
  })

  test('take what another stream gives', () => {
    const world = open({ stdin: 'abcdef' })
    const from = world.call(world.import('wasi:cli/stdin'), 'getStdin')
    const to = world.call(world.import('wasi:cli/stderr'), 'getStderr')
    expect(world.call(to, 'splice', from, 4n)).toBe(4n)
    expect(world.call(to, 'blockingSplice', from, 1n << 40n)).toBe(2n)
    expect(thrown(() => world.call(to, 'splice', from, 1n))).toEqual({ tag: 'closed' })
    expect(world.written).toEqual({ stdout: '', stderr: 'abcdef' })
  })
})

describe('standard input', () => {
  test('is read in parts and closed after its end', () => {
    const world = open({ stdin: 'äb' })
    const stream = world.call(world.import('wasi:cli/stdin'), 'getStdin')
    expect(world.call(stream, 'read', 0n)).toEqual(new Uint8Array())
    expect(world.call(stream, 'read', 1n)).toEqual(new Uint8Array([0xc3]))
    expect(world.call(stream, 'skip', 1n)).toBe(1n)
    expect(text(world.call(stream, 'blockingRead', 1n << 63n))).toBe('b')
    for (const read of ['read', 'blockingRead', 'skip', 'blockingSkip']) {
      expect(thrown(() => world.call(stream, read, 1n))).toEqual({ tag: 'closed' })
    }
    expect(thrown(() => world.call(stream, 'read', 0n))).toEqual({ tag: 'closed' })
  })

  test('is closed from the start where there is none', () => {
    const world = open()
    const stream = world.call(world.import('wasi:cli/stdin'), 'getStdin')
    expect(thrown(() => world.call(stream, 'read', 1n))).toEqual({ tag: 'closed' })
    expect(world.call(world.call(stream, 'subscribe'), 'ready')).toBe(true)
  })

  test('any reads in a row give the whole text', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (stdin, sizes) => {
        const world = open({ stdin })
        const stream = world.call(world.import('wasi:cli/stdin'), 'getStdin')
        const parts: number[] = []
        for (let turn = 0; ; turn++) {
          try {
            const part = world.call(stream, 'read', BigInt(sizes[turn % sizes.length] ?? 1))
            if (!(part instanceof Uint8Array)) throw new Error('no bytes')
            parts.push(...part)
          } catch (error) {
            expect(error).toEqual({ tag: 'closed' })
            break
          }
        }
        expect(Uint8Array.from(parts)).toEqual(bytes(stdin))
      }),
      { numRuns: 50 },
    )
  })
})

describe('the environment', () => {
  test('is what the settings say', () => {
    const { call, import: get } = open({ args: ['a', 'b'], env: { HOME: '/', LANG: 'C' }, cwd: '/work' })
    const environment = get('wasi:cli/environment')
    expect(call(environment, 'getArguments')).toEqual(['a', 'b'])
    expect(call(environment, 'getEnvironment')).toEqual([
      ['HOME', '/'],
      ['LANG', 'C'],
    ])
    expect(call(environment, 'initialCwd')).toBe('/work')
  })

  test('is empty by default', () => {
    const { call, import: get } = open()
    const environment = get('wasi:cli/environment')
    expect(call(environment, 'getArguments')).toEqual([])
    expect(call(environment, 'getEnvironment')).toEqual([])
    expect(call(environment, 'initialCwd')).toBeUndefined()
    expect(call(get('wasi:cli/terminal-stdout'), 'getTerminalStdout')).toBeUndefined()
    expect(call(get('wasi:filesystem/preopens'), 'getDirectories')).toEqual([])
  })

  test.each(['stdin', 'stdout', 'stderr'] as const)('says of %s whether it is a terminal', (name) => {
    const { call, import: get } = open({ terminal: [name] })
    for (const each of ['stdin', 'stdout', 'stderr']) {
      const getter = `getTerminal${each.charAt(0).toUpperCase()}${each.slice(1)}`
      const terminal = call(get(`wasi:cli/terminal-${each}`), getter)
      const kind =
        each === 'stdin' ? get('wasi:cli/terminal-input').TerminalInput : get('wasi:cli/terminal-output').TerminalOutput
      if (each === name) expect(terminal).toBeInstanceOf(kind)
      else expect(terminal).toBeUndefined()
    }
  })

  test.each([
    ['exit', { tag: 'ok' }, 0],
    ['exit', { tag: 'err' }, 1],
    ['exitWithCode', 42, 42],
  ])('%s(%o) ends with status %i', (name, status, code) => {
    const { call, import: get } = open()
    const signal = thrown(() => call(get('wasi:cli/exit'), name, status))
    expect(signal).toBeInstanceOf(Exit)
    expect(signal).toMatchObject({ code })
  })
})

describe('time', () => {
  const clock = 'wasi:clocks/monotonic-clock'

  test('stands still while the component computes, moves when it is read, and jumps when it waits', () => {
    const { call, import: get } = open()
    const monotonic = get(clock)
    expect(call(monotonic, 'now')).toBe(1000n)
    expect(call(monotonic, 'now')).toBe(2000n)
    const pollable = call(monotonic, 'subscribeDuration', 1_000_000_000n)
    expect(call(pollable, 'ready')).toBe(false)
    call(pollable, 'block')
    expect(call(pollable, 'ready')).toBe(true)
    expect(call(monotonic, 'now')).toBe(1_000_003_000n)
  })

  test('poll jumps to the first deadline and names what is ready', () => {
    const { call, import: get } = open()
    const monotonic = get(clock)
    const list = [300n, 100n, 200n, 100n].map((at) => call(monotonic, 'subscribeInstant', at))
    expect(call(get('wasi:io/poll'), 'poll', list)).toEqual(new Uint32Array([1, 3]))
    expect(thrown(() => call(get('wasi:io/poll'), 'poll', []))).toBeInstanceOf(HostTrap)
  })

  test('a guest that holds pollables without end traps, until it drops one', () => {
    const { call, import: get } = open()
    const monotonic = get(clock)
    let last: unknown
    for (let at = 0; at < mostPollables; at++) last = call(monotonic, 'subscribeInstant', 0n)
    expect(thrown(() => call(monotonic, 'subscribeInstant', 0n))).toBeInstanceOf(HostTrap)
    const dispose: unknown = Reflect.get(Object(last), Symbol.dispose)
    if (typeof dispose === 'function') Reflect.apply(dispose, last, [])
    expect(() => call(monotonic, 'subscribeInstant', 0n)).not.toThrow()
  })

  test('a wait past the end of time does not overflow', () => {
    const { call, import: get } = open()
    const pollable = call(get(clock), 'subscribeDuration', (1n << 64n) - 1n)
    expect(call(pollable, 'ready')).toBe(false)
    call(pollable, 'block')
    expect(call(pollable, 'ready')).toBe(true)
  })

  test('the wall clock starts where the settings say', () => {
    const start = '2030-05-06T07:08:09Z'
    const { call, import: get } = open({ clock: { mode: 'frozen', start } })
    const seconds = BigInt(Date.parse(start) / 1000)
    expect(call(get('wasi:clocks/wall-clock'), 'now')).toEqual({ seconds, nanoseconds: 0 })
    expect(call(get('wasi:clocks/wall-clock'), 'now')).toEqual({ seconds, nanoseconds: 0 })
  })

  test('a wait for a frozen clock traps instead of hanging', () => {
    const { call, import: get } = open({ clock: { mode: 'frozen' } })
    const pollable = call(get(clock), 'subscribeDuration', 1n)
    expect(thrown(() => call(pollable, 'block'))).toBeInstanceOf(CannotWait)
    expect(() => call(call(get(clock), 'subscribeDuration', 0n), 'block')).not.toThrow()
  })

  test('real time is that of the machine', () => {
    const { call, import: get, machine } = open({ clock: { mode: 'real' } })
    const pollable = call(get(clock), 'subscribeDuration', 50_000n)
    const before = machine.nanoseconds
    call(pollable, 'block')
    expect(machine.nanoseconds - before).toBeGreaterThanOrEqual(49_000n)
    expect(call(get('wasi:clocks/wall-clock'), 'now')).toMatchObject({ seconds: 1000n })
  })
})

describe('random', () => {
  test('is that of SplitMix64 from the seed 0, or from the one given', () => {
    const { call, import: get } = open()
    // The first values of the reference implementation, seed 0.
    expect(call(get('wasi:random/random'), 'getRandomU64')).toBe(0xe220a8397b1dcdafn)
    expect(call(get('wasi:random/insecure-seed'), 'insecureSeed')).toEqual([0x6e789e6aa1b965f4n, 0x06c45d188009454fn])
    // It is as good as a value.
    expect(call(get('wasi:random/insecure-seed'), 'insecureSeed')).toEqual([0x6e789e6aa1b965f4n, 0x06c45d188009454fn])
    const other = open({ random: { seed: 1 } })
    expect(other.call(other.import('wasi:random/random'), 'getRandomU64')).not.toBe(0xe220a8397b1dcdafn)
  })

  test('gives as many bytes as asked for, up to a bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (length) => {
        const { call, import: get } = open()
        expect(call(get('wasi:random/insecure'), 'getInsecureRandomBytes', BigInt(length))).toHaveLength(length)
      }),
    )
    const { call, import: get } = open()
    expect(thrown(() => call(get('wasi:random/random'), 'getRandomBytes', 1n << 40n))).toBeInstanceOf(HostTrap)
  })

  test('comes from the machine where that is set', () => {
    const { call, import: get } = open({ random: 'real' })
    expect(call(get('wasi:random/random'), 'getRandomBytes', 3n)).toEqual(new Uint8Array([7, 7, 7]))
  })
})

describe('the gate', () => {
  test('counts the calls that the component makes, and only those', () => {
    const { call, import: get, host } = open({ stdin: 'x' })
    expect(host.gate.calls).toBe(0)
    const stream = call(get('wasi:cli/stdin'), 'getStdin')
    call(stream, 'blockingRead', 1n)
    expect(host.gate.calls).toBe(2)
    // It flushes, which is no call of the component.
    call(call(get('wasi:cli/stdout'), 'getStdout'), 'blockingWriteAndFlush', bytes('x'))
    expect(host.trace.functions.filter(({ calls }) => calls > 0).map(({ name, calls }) => [name, calls])).toEqual([
      ['wasi:io/streams#[method]input-stream.blocking-read', 1],
      ['wasi:io/streams#[method]output-stream.blocking-write-and-flush', 1],
      ['wasi:cli/stdin#get-stdin', 1],
      ['wasi:cli/stdout#get-stdout', 1],
    ])
  })

  test('refuses with the error type of the interface where there is one', () => {
    const { call, import: get, host } = open({ policy: { 'wasi:io/streams': 'deny', 'wasi:sockets': 'deny' } })
    const stream = call(get('wasi:cli/stdout'), 'getStdout')
    const refused = thrown(() => call(stream, 'checkWrite'))
    expect(refused).toMatchObject({ tag: 'last-operation-failed' })
    const error: unknown = Reflect.get(Object(refused), 'val')
    expect(error).toBeInstanceOf(get('wasi:io/error').Error)
    expect(call(error, 'toDebugString')).toContain('check-write')
    expect(thrown(() => call(get('wasi:sockets/tcp-create-socket'), 'createTcpSocket', 'ipv4'))).toBe('access-denied')
    expect(host.trace.functions.filter(({ denied }) => denied > 0).map(({ name }) => name)).toEqual([
      'wasi:io/streams#[method]output-stream.check-write',
      'wasi:sockets/tcp-create-socket#create-tcp-socket',
    ])
  })

  test('refuses with an error of its own elsewhere', () => {
    const { call, import: get } = open({ policy: { 'wasi:cli/environment#get-environment': 'deny' } })
    const environment = get('wasi:cli/environment')
    const refused = thrown(() => call(environment, 'getEnvironment'))
    expect(refused).toBeInstanceOf(Denied)
    expect(refused).toMatchObject({ call: 'wasi:cli/environment#get-environment' })
    expect(call(environment, 'getArguments')).toEqual([])
  })

  test('does not ask what a guest may have replaced', () => {
    const { call, import: get } = open({ policy: { 'wasi:cli': 'deny' } })
    const { hasOwn } = Object
    try {
      Object.hasOwn = () => false
      expect(thrown(() => call(get('wasi:cli/environment'), 'getArguments'))).toBeInstanceOf(Denied)
    } finally {
      Object.hasOwn = hasOwn
    }
  })

  test('the most specific entry decides', () => {
    const { call, import: get } = open({
      policy: { 'wasi:cli': 'deny', 'wasi:cli/environment': 'allow', 'wasi:cli/environment#initial-cwd': 'deny' },
    })
    const environment = get('wasi:cli/environment')
    expect(call(environment, 'getArguments')).toEqual([])
    expect(thrown(() => call(environment, 'initialCwd'))).toBeInstanceOf(Denied)
    expect(thrown(() => call(get('wasi:cli/stdout'), 'getStdout'))).toBeInstanceOf(Denied)
  })
})
