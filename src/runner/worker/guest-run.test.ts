import { describe, expect, test, vi } from 'vitest'
import type { FunctionType, InterfaceItem, ResourceType, ValueType, World, WorldItem } from '../../component/types.ts'
import type { WasiSettings } from '../../wasi/settings.ts'
import { Exit } from '../../wasi/signals.ts'
import type { RunInteraction } from '../runner.ts'
import type { WorldEvent } from '../world-events.ts'
import type { LoadedWorld } from './glue.ts'
import type { InitialisedGuest, UncaughtException } from './guest-engine.ts'
import { startGuestRun, type GuestRun } from './guest-run.ts'
import type { Output } from './output.ts'

const u32: ValueType = { kind: 'u32' }
const string: ValueType = { kind: 'string' }
const func = (params: Record<string, ValueType> = {}, result?: ValueType): FunctionType => ({
  async: false,
  params: Object.entries(params).map(([name, type]) => ({ name, type })),
  ...(result ? { result } : {}),
})
const exported = (name: string, type: FunctionType): WorldItem => ({ kind: 'function', name, type })
const iface = (
  name: string,
  functions: Record<string, FunctionType>,
  types: InterfaceItem['types'] = [],
): WorldItem => ({
  kind: 'interface',
  name,
  types,
  functions: Object.entries(functions).map(([label, type]) => ({ kind: 'function', name: label, type })),
})
const clock = 'wasi:clocks/monotonic-clock@0.2.12'
/** The error of a `result` as jco throws it. */
const componentError = (payload: unknown): Error => Object.assign(new Error('component error'), { payload })

type Imports = Readonly<Record<string, Readonly<Record<string, (...args: unknown[]) => unknown>>>>

type WaitEvent = Extract<WorldEvent, { kind: 'wait' }>

interface Opened {
  readonly run: GuestRun
  readonly written: string[]
  readonly boundary: string[]
  readonly events: WaitEvent[]
}

const open = async (
  world: World,
  exports: (imports: Imports) => object,
  {
    uncaught,
    wasi = {},
    interaction,
  }: {
    uncaught?: UncaughtException | ((label?: string) => UncaughtException)
    wasi?: WasiSettings
    interaction?: RunInteraction
  } = {},
): Promise<Opened> => {
  const written: string[] = []
  const boundary: string[] = []
  const events: WaitEvent[] = []
  const output: Output = {
    phase: 'run',
    write: (stream, bytes) => written.push(`${stream}: ${new TextDecoder().decode(bytes)}`),
    flush: () => written.push('flush'),
  }
  const memory = new WebAssembly.Memory({ initial: 2 })
  const guest: InitialisedGuest = {
    warnings: [],
    instantiateCore: () => ({ exports: { memory } }),
    uncaught: (_, label) => (typeof uncaught === 'function' ? uncaught(label) : uncaught),
    stateBytes: () => 3,
    state: () => new Uint8Array([1, 2, 3]),
  }
  const loaded: LoadedWorld = {
    prepared: { world, transpiled: { js: '', cores: {}, engineCore: '' } },
    instantiate: (imports, engineInstance, onInstance) => {
      onInstance(engineInstance({}))
      return exports(imports as Imports)
    },
  }
  const started = await startGuestRun({
    world: loaded,
    guest,
    wasi,
    output,
    onBoundaryCall: (call) => boundary.push(call),
    interaction,
    onWorld: (event) => event.kind === 'wait' && events.push(event),
    onInterrupt: () => {},
    limit: 1000,
    clockStep: 0.1,
  })
  if (!started.ok) throw new Error(started.fault.message)
  return { run: started.value, written, boundary, events }
}

describe('a program that takes the first of its directories', () => {
  const preopens = 'wasi:filesystem/preopens@0.2.12'
  const directories: FunctionType = func({}, { kind: 'list', element: u32 })
  const world: World = {
    imports: [iface(preopens, { 'get-directories': directories })],
    exports: [exported('f', func())],
  }
  const uncaught: UncaughtException = {
    kind: 'exception',
    message: 'TypeError: value is not iterable',
    stack: '    at f (main.ts:3:10)',
  }
  const fault = async (asks: boolean, wasi: WasiSettings, left = uncaught): Promise<string | undefined> => {
    const { run } = await open(
      world,
      (imports) => ({
        f: () => {
          if (asks) imports['wasi:filesystem/preopens']?.getDirectories?.()
          throw new WebAssembly.RuntimeError('unreachable')
        },
      }),
      { uncaught: left, wasi },
    )
    const outcome = await run.call('f()')
    return outcome.ok ? undefined : outcome.fault.next
  }

  test('is told where folders are added, if there is none', async () => {
    const added = expect.stringContaining('Add a folder under Files')
    expect(await fault(true, {})).toEqual(added)
    expect(await fault(false, {})).not.toEqual(added)
    expect(await fault(true, { dirs: { '/data': {} } })).not.toEqual(added)
    expect(await fault(true, {}, { ...uncaught, message: 'RangeError: too long' })).not.toEqual(added)
  })
})

describe('a call', () => {
  const world: World = {
    imports: [],
    exports: [
      exported('greet', func({ name: string }, string)),
      exported('div', func({ a: u32, b: u32 }, { kind: 'result', ok: u32, err: string })),
      exported('nothing', func()),
      iface('demo:math/ops@1.0.0', { 'add-all': func({ all: { kind: 'list', element: u32 } }, u32) }),
    ],
  }
  const exports = (): object => ({
    greet: (name: string) => `Hello, ${name}`,
    div: (a: number, b: number) => {
      if (b === 0) throw componentError('division by zero')
      return a / b
    },
    nothing: () => {},
    'demo:math/ops@1.0.0': { addAll: (all: Uint32Array) => all.reduce((sum, each) => sum + each, 0) },
  })

  test('gives its value as WAVE, in canonical form, with the memory', async () => {
    const { run } = await open(world, exports)
    expect(run.call('greet( "Ada" )')).toMatchObject({
      ok: true,
      value: {
        call: 'greet("Ada")',
        result: { tag: 'ok', wave: '"Hello, Ada"', plain: true },
        memoryBytes: 131072,
        boundaryCalls: 0,
      },
    })
    expect(run.call('ops#add-all([1, 2, 3])')).toMatchObject({
      value: { call: 'demo:math/ops@1.0.0#add-all([1, 2, 3])', result: { tag: 'ok', wave: '6' } },
    })
    expect(run.call('nothing()')).toMatchObject({ value: { result: { tag: 'ok', wave: '' } } })
  })

  test('whose result is an error is no fault', async () => {
    const { run } = await open(world, exports)
    expect(run.call('div(6, 3)')).toHaveProperty('value.result', { tag: 'ok', wave: '2' })
    expect(run.call('div(6, 0)')).toMatchObject({ value: { result: { tag: 'err', wave: '"division by zero"' } } })
    expect(run.alive).toBe(true)
  })

  test.each([
    ['great("Ada")', /great/, /greet/],
    ['greet(42)', /string/, /func\(name: string\) -> string/],
    ['greet("Ada"', /\)/, /./],
  ])('that cannot be made says why: %s', async (expression, message, next) => {
    const { run } = await open(world, exports)
    const outcome = await run.call(expression)
    expect(outcome).toMatchObject({
      ok: false,
      fault: { stage: 'call', message: expect.stringMatching(message), next: expect.stringMatching(next) },
    })
    expect(run.alive).toBe(true)
  })

  test('that cannot be made and is long shows the part with the mistake', async () => {
    const { run } = await open(world, exports)
    const outcome = await run.call(`greet("${'x'.repeat(300_000)}" ? "${'y'.repeat(300_000)}")`)
    const detail = outcome.ok ? '' : (outcome.fault.detail ?? '')
    const [shown = '', mark = ''] = detail.split('\n')
    expect(detail.length).toBeLessThan(2000)
    expect(shown.charAt(mark.indexOf('^'))).toBe('?')
  })

  test('of several lines that cannot be made shows the line with the mistake', async () => {
    const { run } = await open(world, exports)
    const outcome = await run.call('greet(\n  ?\n)')
    expect(outcome.ok ? '' : outcome.fault.detail).toBe('  ?\n  ^ line 2, column 3')
  })

  test('that returns what does not fit is a fault', async () => {
    const { run } = await open(world, () => ({ ...exports(), greet: () => 42 }))
    expect(run.call('greet("Ada")')).toMatchObject({ ok: false, fault: { message: expect.stringContaining('string') } })
  })

  test('is measured many times, errors of results included', async () => {
    const { run } = await open(world, exports)
    const report = run.burst('div(6, 0)', 10)
    expect(report).toMatchObject({ ok: true, value: { asked: 10, count: 10 } })
  })
})

describe('a trap', () => {
  const world: World = { imports: [], exports: [exported('boom', func()), exported('fine', func())] }
  const boom = (thrown: unknown) => () => ({
    boom: () => {
      throw thrown
    },
    fine: () => {},
  })

  test('leaves a dead instance, which says so and how to go on', async () => {
    const { run } = await open(world, boom(new WebAssembly.RuntimeError('unreachable')))
    expect(run.call('boom()')).toMatchObject({ ok: false, fault: { stage: 'trap' } })
    expect(run.alive).toBe(false)
    expect(run.call('fine()')).toMatchObject({
      ok: false,
      fault: { stage: 'trap', next: expect.stringMatching(/Run again/) },
    })
    expect(run.burst('fine()', 1)).toMatchObject({ ok: false })
    expect(run.command()).toMatchObject({ ok: false })
    expect(run.snapshot()).toEqual(new Uint8Array([1, 2, 3]))
  })

  test('with an exception left behind tells that instead', async () => {
    const uncaught: UncaughtException = { kind: 'exception', message: 'Error: no', stack: '    at f (main.ts:4:2)' }
    const { run } = await open(world, boom(new WebAssembly.RuntimeError('unreachable')), { uncaught })
    expect(run.call('boom()')).toMatchObject({
      fault: { stage: 'call', message: 'boom threw Error: no', place: { file: 'main.ts', line: 4, column: 2 } },
    })
  })

  test('is named as people read it, and in full only where that would mean another', async () => {
    const asked: (string | undefined)[] = []
    const twice: World = {
      imports: [],
      exports: [
        iface('demo:math/ops@1.0.0', { 'add-all': func(), both: func() }),
        iface('demo:math/more@1.0.0', { '[constructor]sum': func(), both: func() }),
      ],
    }
    const fails = (): never => {
      throw new WebAssembly.RuntimeError('unreachable')
    }
    const all = () => ({
      'demo:math/ops@1.0.0': { addAll: fails, both: fails },
      'demo:math/more@1.0.0': { both: fails },
    })
    const uncaught = (label?: string): UncaughtException => {
      asked.push(label)
      return { kind: 'exception', message: 'Error: no', stack: '' }
    }
    for (const [call, said] of [
      ['demo:math/ops@1.0.0#add-all()', 'add-all threw Error: no'],
      ['demo:math/ops@1.0.0#both()', 'ops#both threw Error: no'],
    ] as const) {
      const { run } = await open(twice, all, { uncaught })
      expect(run.call(call)).toMatchObject({ fault: { message: said } })
      expect(run.call(call)).toMatchObject({
        fault: { message: expect.stringContaining(said.replace('threw Error: no', 'was not called')) },
      })
    }
    expect(asked).toEqual(['demo:math/ops@1.0.0#add-all', 'demo:math/ops@1.0.0#both'])
  })

  test('in a burst ends it', async () => {
    const { run } = await open(world, boom('out of memory'))
    expect(run.burst('boom()', 10)).toMatchObject({ ok: false, fault: { message: expect.stringContaining('memory') } })
    expect(run.alive).toBe(false)
  })
})

describe('resources', () => {
  const cart: ResourceType = { kind: 'resource', side: 'export', interface: 'demo:shop/api', name: 'cart' }
  const own: ValueType = { kind: 'own', resource: cart }
  const borrow: ValueType = { kind: 'borrow', resource: cart }
  const world: World = {
    imports: [],
    exports: [
      iface('demo:shop/api', {
        '[constructor]cart': func({ name: string }, own),
        '[method]cart.total': func({ self: borrow }, u32),
        '[static]cart.merge': func({ a: own, b: borrow }, own),
      }),
      exported('other', func({}, { kind: 'own', resource: { ...cart, name: 'other' } })),
    ],
  }
  class Cart {
    readonly name: string
    constructor(name: string) {
      this.name = name
    }
    total(): number {
      return this.name.length
    }
    static merge(one: Cart, other: Cart): Cart {
      return new Cart(one.name + other.name)
    }
  }
  const exports = () => ({ 'demo:shop/api': { Cart }, other: () => ({}) })

  test('are named by numbers and can be given away once', async () => {
    const { run } = await open(world, exports)
    expect(run.call('api#[constructor]cart("ab")')).toMatchObject({ value: { result: { wave: '%1' } } })
    expect(run.call('api#[constructor]cart("c")')).toMatchObject({ value: { result: { wave: '%2' } } })
    expect(run.call('cart.total(%1)')).toMatchObject({ value: { result: { wave: '2' } } })
    const merged = run.call('cart.merge(%1, %2)')
    expect(merged).toMatchObject({ value: { result: { wave: '%3' }, handles: [{ id: 2 }, { id: 3 }] } })
    expect(run.call('cart.total(%3)')).toMatchObject({ value: { result: { wave: '3' } } })
    expect(run.call('cart.total(%1)')).toMatchObject({ ok: false, fault: { message: expect.stringContaining('%1') } })
  })

  test('of another type are refused, and a failed call gives nothing away', async () => {
    const { run } = await open(world, exports)
    run.call('api#[constructor]cart("ab")')
    run.call('other()')
    expect(run.call('cart.merge(%1, %2)')).toMatchObject({
      ok: false,
      fault: { message: expect.stringContaining('%2') },
    })
    expect(run.call('cart.total(%1)')).toMatchObject({ ok: true })
    expect(run.burst('cart.merge(%1, %1)', 2)).toMatchObject({ ok: false, fault: { stage: 'call' } })
    expect(run.call('cart.total(%1)')).toMatchObject({ ok: true })
  })
})

describe('a resource that is dropped', () => {
  const cart: ResourceType = { kind: 'resource', side: 'export', name: 'cart' }
  const world: World = { imports: [], exports: [exported('make', func({}, { kind: 'own', resource: cart }))] }
  // What the generated glue calls it where the platform has no name for it.
  const dispose: unknown = Reflect.get(Symbol, 'dispose') ?? Symbol.for('dispose')
  const made = (drop: () => void) => ({ make: () => Object.defineProperty({}, key(), { value: drop }) })
  const key = (): symbol => (typeof dispose === 'symbol' ? dispose : Symbol('none'))

  test('runs its destructor once and is forgotten', async () => {
    let drops = 0
    const { run } = await open(world, () => made(() => drops++))
    run.call('make()')
    run.call('make()')
    expect(run.drop(1)).toMatchObject({ ok: true, value: { handles: [{ id: 2 }] } })
    expect(run.drop(1)).toMatchObject({ ok: false, fault: { message: 'There is no handle %1 in this run.' } })
    expect(drops).toBe(1)
    expect(run.alive).toBe(true)
  })

  test('ends the instance where its destructor traps', async () => {
    const { run } = await open(world, () =>
      made(() => {
        throw new WebAssembly.RuntimeError('unreachable')
      }),
    )
    run.call('make()')
    expect(run.drop(1)).toMatchObject({ ok: false, fault: { stage: 'trap', message: expect.stringContaining('%1') } })
    expect(run.alive).toBe(false)
  })
})

describe('a burst of calls that would give a resource away again and again', () => {
  const cart: ResourceType = { kind: 'resource', side: 'export', name: 'cart' }
  const own: ValueType = { kind: 'own', resource: cart }
  const field = (name: string, type: ValueType) => ({ name, type })
  test.each<readonly [string, ValueType]>([
    ['%1', own],
    ['[%1]', { kind: 'list', element: own }],
    ['[%1]', { kind: 'fixed-length-list', element: own, length: 1 }],
    ['(1, %1)', { kind: 'tuple', types: [u32, own] }],
    ['{a: [%1]}', { kind: 'record', fields: [field('a', { kind: 'list', element: own })] }],
    ['some(%1)', { kind: 'option', some: own }],
    ['full(%1)', { kind: 'variant', cases: [field('full', own)] }],
    ['ok(%1)', { kind: 'result', ok: own }],
    ['err(%1)', { kind: 'result', err: own }],
  ])('is refused before the first call, and the handle stays: %s', async (argument, type) => {
    let taken = 0
    const world: World = {
      imports: [],
      exports: [exported('make', func({}, own)), exported('take', func({ x: type }))],
    }
    const { run } = await open(world, () => ({ make: () => ({}), take: () => void taken++ }))
    run.call('make()')
    expect(run.burst(`take(${argument})`, 10)).toMatchObject({ ok: false, fault: { stage: 'call' } })
    expect(taken).toBe(0)
    expect(run.alive).toBe(true)
    expect(run.call(`take(${argument})`)).toMatchObject({ ok: true })
  })

  test('is not what a missing export is: the handle stays there too', async () => {
    const [take, gone] = ['take', 'gone'].map((name) => exported(name, func({ x: own })))
    if (!take || !gone) throw new Error('two functions')
    const world: World = { imports: [], exports: [exported('make', func({}, own)), take, gone] }
    const { run } = await open(world, () => ({ make: () => ({}), take: () => {} }))
    run.call('make()')
    expect(run.call('gone(%1)')).toMatchObject({ ok: false })
    expect(run.call('take(%1)')).toMatchObject({ ok: true })
  })

  test('is not refused where it gives none away', async () => {
    const type: ValueType = { kind: 'list', element: { kind: 'option', some: u32 } }
    const world: World = { imports: [], exports: [exported('take', func({ x: type }))] }
    const { run } = await open(world, () => ({ take: () => {} }))
    expect(run.burst('take([some(1)])', 10)).toMatchObject({ ok: true })
  })
})

describe('imports that nobody provides', () => {
  const sink: ResourceType = { kind: 'resource', side: 'import', interface: 'demo:host/log', name: 'sink' }
  const world: World = {
    imports: [
      iface(
        'demo:host/log@0.1.0',
        {
          'write-line': func({ text: string }, u32),
          '[constructor]sink': func(
            { name: string },
            { kind: 'own', resource: { ...sink, interface: 'demo:host/log@0.1.0' } },
          ),
          '[method]sink.put': func(
            { self: { kind: 'borrow', resource: { ...sink, interface: 'demo:host/log@0.1.0' } }, x: u32 },
            { kind: 'result', ok: u32, err: string },
          ),
        },
        [{ kind: 'type', name: 'sink', type: { ...sink, interface: 'demo:host/log@0.1.0' } }],
      ),
      exported('top-level', func({ a: u32 })),
      iface('wasi:keyvalue/store@0.2.0', { open: func({ name: string }, u32) }),
    ],
    exports: [exported('go', func())],
  }

  test('are answered with defaults, and each answer is told', async () => {
    const { run, written, boundary } = await open(world, (imports) => ({
      go: () => {
        const log = imports['demo:host/log'] ?? {}
        expect(log.writeLine?.('hi')).toBe(0)
        const made: unknown = Reflect.construct(log.Sink ?? Object, ['a'])
        expect(Reflect.get(Object(made), 'put').call(made, 3)).toEqual({ tag: 'ok', val: 0 })
        imports['top-level']?.default?.(7)
      },
    }))
    const outcome = await run.call('go()')
    expect(outcome).toMatchObject({
      value: {
        boundaryCalls: 4,
        simulated: [
          { call: 'demo:host/log@0.1.0#write-line("hi")', wave: '0' },
          { call: 'demo:host/log@0.1.0#[constructor]sink("a")', wave: '%1' },
          { call: 'demo:host/log@0.1.0#[method]sink.put(%1, 3)', wave: 'ok(0)' },
          { call: 'top-level(7)', wave: '' },
        ],
      },
    })
    expect(written[0]).toBe('host: [simulated] demo:host/log@0.1.0#write-line("hi") -> 0\n')
    expect(boundary).toHaveLength(4)
  })

  test('are told up to a number, and then counted', async () => {
    const { run, written } = await open(world, (imports) => ({
      go: () => {
        for (let turn = 0; turn < 150; turn++) imports['demo:host/log']?.writeLine?.('x')
      },
    }))
    const outcome = await run.call('go()')
    expect(outcome.ok && outcome.value.simulated).toHaveLength(100)
    expect(written.at(-1)).toBe('host: [simulated] … and 50 more calls\n')
    expect(run.call('go()')).toMatchObject({ ok: true })
  })

  test('are objects of their own where every object has something of their name', async () => {
    const named: World = {
      imports: ['constructor', 'to-string', 'valueOf'].map((name) => iface(name, { 'keep-out': func({}, u32) })),
      exports: [exported('go', func({}, u32))],
    }
    const { run } = await open(named, (imports) => ({ go: () => imports['constructor']?.keepOut?.() }))
    try {
      expect(run.call('go()')).toMatchObject({ value: { simulated: [{ call: 'constructor#keep-out()', wave: '0' }] } })
      expect(Object).not.toHaveProperty('keepOut')
      expect(Object.prototype.valueOf).not.toHaveProperty('keepOut')
    } finally {
      Reflect.deleteProperty(Object, 'keepOut')
      Reflect.deleteProperty(Object.prototype.valueOf, 'keepOut')
    }
  })

  test('of WASI are not made up', async () => {
    const { run } = await open(world, (imports) => ({ go: () => imports['wasi:keyvalue/store']?.open?.('x') }))
    expect(run.call('go()')).toMatchObject({
      ok: false,
      fault: {
        stage: 'trap',
        message: expect.stringContaining(
          'called wasi:keyvalue/store@0.2.0#open, and a run has nothing behind that yet',
        ),
        next: expect.stringContaining('an interface of your own'),
      },
    })
  })

  test('can be denied', async () => {
    const { run } = await open(world, (imports) => ({ go: () => imports['demo:host/log']?.writeLine?.('x') }), {
      wasi: { policy: { 'demo:host': 'deny' } },
    })
    expect(run.call('go()')).toMatchObject({ ok: false, fault: { stage: 'denied' } })
  })
})

describe('a program', () => {
  const world: World = {
    imports: [iface('wasi:cli/exit@0.2.12', {}), iface('wasi:cli/environment@0.2.12', {})],
    exports: [iface('wasi:cli/run@0.2.12', { run: func({}, { kind: 'result' }) }), exported('f', func())],
  }
  const exit = (imports: Imports, code: number): unknown => imports['wasi:cli/exit']?.exitWithCode?.(code)

  test.each<readonly [string, (imports: Imports) => unknown, number, boolean]>([
    ['returns', () => undefined, 0, true],
    [
      'fails',
      () => {
        throw componentError(undefined)
      },
      1,
      true,
    ],
    ['exits', (imports) => exit(imports, 42), 42, false],
  ])('that %s ends with its status', async (_, work, exitCode, alive) => {
    const { run } = await open(world, (imports) => ({ 'wasi:cli/run@0.2.12': { run: () => work(imports) } }))
    expect(run.command()).toMatchObject({ ok: true, value: { exitCode } })
    expect(run.alive).toBe(alive)
  })

  test('that traps is a fault', async () => {
    const { run } = await open(world, () => ({
      'wasi:cli/run@0.2.12': {
        run: () => {
          throw new WebAssembly.RuntimeError('unreachable')
        },
      },
    }))
    expect(run.command()).toMatchObject({ ok: false, fault: { stage: 'trap' } })
  })

  test('that is not there says what to add', async () => {
    const { run } = await open({ imports: [], exports: [exported('f', func())] }, () => ({ f: () => {} }))
    expect(run.command()).toMatchObject({ ok: false, fault: { next: expect.stringContaining('wasi:cli/run') } })
  })

  test('that exits during a call says so', async () => {
    const { run } = await open(world, (imports) => ({ f: () => exit(imports, 3) }))
    expect(run.call('f()')).toMatchObject({ ok: false, fault: { message: expect.stringContaining('status 3') } })
  })
})

describe('a run that can wait', () => {
  const cart: ResourceType = { kind: 'resource', side: 'export', name: 'cart' }
  const world: World = {
    imports: ['wasi:io/poll@0.2.12', 'wasi:io/streams@0.2.12', 'wasi:cli/stdin@0.2.12', clock].map((name) =>
      iface(name, {}),
    ),
    exports: [
      exported('ask', func({}, { kind: 'result', ok: string, err: string })),
      exported('sleep', func()),
      iface('carts', { '[constructor]cart': func({}, { kind: 'own', resource: cart }) }),
      iface('wasi:cli/run@0.2.12', { run: func({}, { kind: 'result' }) }),
    ],
  }
  /** As the glue gives them: functions give promises, constructors do not. */
  const exports = (imports: Imports): object => {
    const sleep = (): unknown => {
      const pollable = imports['wasi:clocks/monotonic-clock']?.subscribeDuration?.(500_000_000n)
      return imports['wasi:io/poll']?.poll?.([pollable])
    }
    const ask = async (): Promise<string> => {
      const input = imports['wasi:cli/stdin']?.getStdin?.() as { blockingRead(length: bigint): Promise<Uint8Array> }
      return new TextDecoder().decode(await input.blockingRead(100n))
    }
    return {
      ask: async () => {
        const said = await ask()
        if (said === 'no') throw componentError('refused')
        return said
      },
      sleep: async () => void (await sleep()),
      carts: {
        Cart: function () {
          sleep()
        },
      },
      'wasi:cli/run@0.2.12': {
        run: async () => {
          await ask()
          await (imports['wasi:cli/exit']?.exitWithCode?.(3) ?? Promise.reject(new Exit(3)))
        },
      },
    }
  }
  const live = { interaction: { openStdin: true } }
  const frozen = { wasi: { clock: { mode: 'frozen' } }, interaction: { openStdin: false } } as const
  const bytes = (text: string) => ({ kind: 'stdin', bytes: new TextEncoder().encode(text) }) as const

  test('tells what it waits for, after what it has written, and goes on with what comes', async () => {
    const { run, events, written } = await open(world, exports, live)
    const call = run.call('ask()')
    await vi.waitFor(() => expect(events).toHaveLength(1))
    expect(written.at(-1)).toBe('flush')
    expect(events).toEqual([{ kind: 'wait', instant: 0n, waited: 0, state: { awaits: ['input on stdin'] } }])
    run.input(bytes('yes'))
    const outcome = await call
    expect(outcome).toMatchObject({ ok: true, value: { result: { tag: 'ok', wave: '"yes"' } } })
    // The time that it took somebody to answer is not that of the call.
    const [, end] = events
    expect(end?.waited).toBeGreaterThan(0)
    expect(outcome.ok && outcome.value.ms).toBeLessThan(end?.waited ?? 0)
    const second = run.call('ask()')
    run.input(bytes('no'))
    expect(await second).toMatchObject({ ok: true, value: { result: { tag: 'err', wave: '"refused"' } } })
  })

  test('sleeps on a frozen clock until it is stepped', async () => {
    const { run, events } = await open(world, exports, frozen)
    const call = run.call('sleep()')
    await vi.waitFor(() => expect(events).toHaveLength(1))
    expect(events).toMatchObject([{ state: { until: 500_000_000n } }])
    run.input({ kind: 'advance', nanoseconds: 200_000_000n })
    await vi.waitFor(() => expect(events).toHaveLength(2))
    expect(events.at(-1)).toMatchObject({ instant: 200_000_000n, state: { until: 500_000_000n } })
    run.input({ kind: 'advance', nanoseconds: 300_000_000n })
    expect(await call).toMatchObject({ ok: true })
  })

  test('ends a program with its exit code after it has waited', async () => {
    const { run } = await open(world, exports, live)
    const command = run.command()
    run.input({ kind: 'stdin-end' })
    expect(await command).toMatchObject({ ok: false })
    const other = await open(world, exports, live)
    const exited = other.run.command()
    other.run.input(bytes('x'))
    expect(await exited).toMatchObject({ ok: true, value: { exitCode: 3 } })
  })

  test('does not wait in a constructor, and says so', async () => {
    const { run } = await open(world, exports, frozen)
    expect(run.call('carts#[constructor]cart()')).toMatchObject({
      ok: false,
      fault: { message: expect.stringMatching(/had to wait in a constructor or a destructor/) },
    })
  })

  test('answers a request of outside, step by step, and its time is that without the waiting', async () => {
    const handler = 'wasi:http/incoming-handler@0.2.12'
    const asked: unknown[] = []
    const answers: World = { imports: [iface(clock, {})], exports: [iface(handler, { handle: func() })] }
    const { run, events } = await open(
      answers,
      (imports) => ({
        [handler]: {
          handle: async (request: unknown) => {
            asked.push(request)
            const pollable = imports['wasi:clocks/monotonic-clock']?.subscribeDuration?.(5_000_000n)
            await (pollable as { block(): Promise<void> }).block()
          },
        },
      }),
      frozen,
    )
    const response = run.http(1, { method: 'GET', path: '/', headers: [], body: [] })
    await vi.waitFor(() => expect(events).toHaveLength(1))
    expect(events).toMatchObject([{ state: { until: 5_000_000n } }])
    run.input({ kind: 'advance', nanoseconds: 5_000_000n })
    expect(await response).toMatchObject({
      ok: true,
      value: { from: 0n, to: 5_000_000n, why: expect.stringContaining('without a response') },
    })
    expect(asked).toHaveLength(1)
  })

  test('is not measured', async () => {
    const { run } = await open(world, exports, live)
    expect(run.burst('sleep()', 10)).toMatchObject({ ok: false, fault: { next: expect.stringMatching(/auto/) } })
  })
})

test('a frozen clock that nobody can step is named, with what to do', async () => {
  const world: World = {
    imports: [iface('wasi:io/poll@0.2.12', {}), iface(clock, {})],
    exports: [exported('go', func())],
  }
  const { run } = await open(
    world,
    (imports) => ({
      go: () => imports['wasi:io/poll']?.poll?.([imports['wasi:clocks/monotonic-clock']?.subscribeDuration?.(5n)]),
    }),
    { wasi: { clock: { mode: 'frozen' } } },
  )
  expect(run.call('go()')).toMatchObject({
    ok: false,
    fault: { message: expect.stringMatching(/frozen/), next: expect.stringMatching(/auto.*Chrome/) },
  })
})
