import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostFeatures, lackWords } from '../../../host-features.ts'
import { Workshop } from '../testing/component.ts'
import { testHost, worldOf, type TestHost } from '../testing/wasi.ts'

/** Everything here runs in a component: each snippet is evaluated by an export, and what it gives comes back as text. */

const everything = `
  import wasi:cli/stdout@0.2.12;
  import wasi:cli/stderr@0.2.12;
  import wasi:clocks/monotonic-clock@0.2.12;
  import wasi:clocks/wall-clock@0.2.12;
  import wasi:random/random@0.2.12;`
const guest = `
  export async function evaluate(code) {
    const value = await (0, eval)(code)
    return typeof value === 'string' ? value : JSON.stringify(value) ?? String(value)
  }`

let workshop: Workshop
beforeAll(async () => {
  workshop = await Workshop.open()
}, 60_000)
afterAll(() => workshop.close())

interface Running {
  readonly host: TestHost
  evaluate(code: string): string
  uncaught(): string | undefined
}

async function open(items: string, version = '0.2.12'): Promise<Running> {
  const host = testHost()
  const wit = worldOf(`${items}\n  export evaluate: func(code: string) -> string;`, version)
  const made = await workshop.make(wit, guest, host.imports)
  const evaluate: (code: string) => string = made.exports.evaluate
  return { host, evaluate, uncaught: () => made.uncaught()?.message }
}

/** The message of the uncaught exception that the snippet ends with. */
async function uncaught(items: string, code: string): Promise<string | undefined> {
  const running = await open(items)
  expect(() => running.evaluate(code)).toThrow()
  return running.uncaught()
}

describe('in a world that imports what the runtime needs', () => {
  let all: Running
  beforeAll(async () => {
    all = await open(everything)
  }, 60_000)

  const said = (code: string): { stdout: string; stderr: string } => {
    all.host.written.stdout = all.host.written.stderr = ''
    all.evaluate(`${code}; ''`)
    return { ...all.host.written }
  }

  it('writes the console to stdout and stderr', () => {
    expect(said("console.log('a', 1, true, null, undefined, 2n, -0); console.info('b'); console.debug('c')")).toEqual({
      stdout: 'a 1 true null undefined 2n -0\nb\nc\n',
      stderr: '',
    })
    expect(said("console.error('e'); console.warn('w'); console.assert(1 > 2, 'no'); console.assert(true)")).toEqual({
      stdout: '',
      stderr: 'e\nw\nAssertion failed: no\n',
    })
  })

  it('formats as Node does', () => {
    const cases: readonly (readonly [code: string, text: string])[] = [
      ["'%s is %d, %i, %f, %j %%', 'x', 1.5, 2.7, '3.25', { y: 1 }, 'rest'", 'x is 1.5, 2, 3.25, {"y":1} % rest'],
      ["{ a: 1, 'b-c': [1, 'two'], [Symbol('k')]: null }", "{ a: 1, 'b-c': [ 1, 'two' ], [Symbol(k)]: null }"],
      ['{ a: { b: { c: { d: 1 } } } }', '{ a: { b: { c: [Object] } } }'],
      ["new Map([['k', { v: 1 }]]), new Set([1, 'x'])", "Map(1) { 'k' => { v: 1 } } Set(2) { 1, 'x' }"],
      [
        'new Uint8Array([1, 2]), new ArrayBuffer(1)',
        'Uint8Array(2) [ 1, 2 ] ArrayBuffer { [Uint8Contents]: <00>, byteLength: 1 }',
      ],
      ['[, 1], [undefined], Object.create(null)', '[ <1 empty item>, 1 ] [ undefined ] [Object: null prototype] {}'],
      [
        'function f() {}, class B extends Array {}, () => {}',
        '[Function: f] [class B extends Array] [Function (anonymous)]',
      ],
      ['new (class Point { x = 1; get y() { throw 1 } })(), { get z() { throw 2 } }', 'Point { x: 1 } { z: [Getter] }'],
      ["new Date(0), /x/g, Symbol('s'), [1n]", '1970-01-01T00:00:00.000Z /x/g Symbol(s) [ 1n ]'],
      ['(() => { const o = { n: 1 }; o.self = o; return o })()', '<ref *1> { n: 1, self: [Circular *1] }'],
      ["'a\\n', ['a\\n', \"it's\"]", "a\n [ 'a\\n', \"it's\" ]"],
    ]
    for (const [code, text] of cases) expect(said(`console.log(${code})`).stdout).toBe(`${text}\n`)
    expect(said('console.log(Array.from({ length: 30 }, (_, i) => i))').stdout.split('\n')).toEqual([
      '[',
      '   0,  1,  2,  3,  4,  5,  6,  7,  8,',
      '   9, 10, 11, 12, 13, 14, 15, 16, 17,',
      '  18, 19, 20, 21, 22, 23, 24, 25, 26,',
      '  27, 28, 29',
      ']',
      '',
    ])
  })

  it('shows errors with their stack and their cause', () => {
    const { stdout } = said("class Odd extends Error {}; console.log(new Odd('m', { cause: 'c' }))")
    expect(stdout).toMatch(/^Odd: m\n(    at .*\n)+/)
    expect(stdout).toContain("[cause]: 'c'")
    expect(stdout).not.toContain('witcraft:')
  })

  it('counts, groups, times and draws tables', () => {
    expect(said("console.count(); console.count('x'); console.count()").stdout).toBe('default: 1\nx: 1\ndefault: 2\n')
    expect(said("console.group('g'); console.log('in\\nside'); console.groupEnd(); console.log('out')").stdout).toBe(
      'g\n  in\n  side\nout\n',
    )
    all.evaluate("console.time('t'); ''")
    all.host.now += 1_500_000n
    expect(said("console.timeEnd('t')").stdout).toBe('t: 1.5ms\n')
    expect(said("console.table([{ a: 1, b: 'x' }, { a: 2 }])").stdout).toBe(
      [
        '┌─────────┬───┬─────┐',
        '│ (index) │ a │ b   │',
        '├─────────┼───┼─────┤',
        "│ 0       │ 1 │ 'x' │",
        '│ 1       │ 2 │     │',
        '└─────────┴───┴─────┘',
        '',
      ].join('\n'),
    )
    expect(said('console.dir({ a: { b: 1 } }, { depth: 0 })').stdout).toBe('{ a: [Object] }\n')
    expect(said("(function here() { console.trace('t') })()").stderr).toMatch(/^Trace: t\n {4}at here /)
  })

  it('writes long text in pieces that WASI takes, and goes on where the stream is closed', () => {
    all.host.writes.length = 0
    expect(said("console.log('é'.repeat(5000))").stdout).toBe(`${'é'.repeat(5000)}\n`)
    expect(all.host.writes).toEqual([4096, 4096, 1809])
    all.host.closed = true
    expect(all.evaluate("console.log('lost'); 'on'")).toBe('on')
    all.host.closed = false
  })

  it('reads the clocks', () => {
    expect(all.evaluate('[Date.now(), new Date().toISOString(), typeof Date()]')).toBe(
      '[1709209800500,"2024-02-29T12:30:00.500Z","string"]',
    )
    expect(all.evaluate('performance.now()')).toMatch(/^\d/)
    const before = Number(all.evaluate('performance.now()'))
    all.host.now += 2_500_000n
    expect(Number(all.evaluate('performance.now()')) - before).toBeCloseTo(2.5)
    expect(all.evaluate('performance.timeOrigin')).toBe('1709209800500')
    expect(
      all.evaluate('[new Date(0) instanceof Date, Date.UTC(2000, 0), Date.name, new Date(5).constructor === Date]'),
    ).toBe('[true,946684800000,"Date",true]')
  })

  it('makes random values', () => {
    const numbers: unknown = JSON.parse(all.evaluate('Array.from({ length: 1000 }, () => Math.random())'))
    expect(numbers).toHaveLength(1000)
    const list = Array.isArray(numbers) ? numbers.map(Number) : []
    expect(new Set(list).size).toBe(1000)
    expect(list.every((value) => value >= 0 && value < 1)).toBe(true)
    const mean = list.reduce((sum, value) => sum + value, 0) / 1000
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.05)
    expect(all.evaluate('Array.from(crypto.getRandomValues(new Uint8Array(3)))')).toBe('[11,48,85]')
    expect(all.evaluate('new Uint16Array(crypto.getRandomValues(new Uint16Array(1)))[0]')).toBe(String(48 * 256 + 11))
    expect(all.evaluate('crypto.randomUUID()')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    expect(all.evaluate('try { crypto.getRandomValues([1]) } catch (e) { e.name }')).toBe('TypeMismatchError')
    expect(all.evaluate('try { crypto.getRandomValues(new Uint8Array(65537)) } catch (e) { e.name }')).toBe(
      'QuotaExceededError',
    )
  })

  it('runs timers in their order and waits through the clock', () => {
    all.host.waits.length = 0
    const code = `(async () => {
      const seen = []
      const last = new Promise((resolve) => setTimeout((a) => { seen.push('c' + a); resolve() }, 30, 1))
      setTimeout(() => seen.push('b'), 10)
      setTimeout(() => seen.push('never'), 20).valueOf()
      clearTimeout(setTimeout(() => seen.push('cancelled'), 5))
      setImmediate(() => seen.push('i'))
      queueMicrotask(() => seen.push('m'))
      let ticks = 0
      const interval = setInterval(() => { seen.push('t'); if (++ticks === 2) clearInterval(interval) }, 4)
      await last
      return seen.join()
    })()`
    expect(all.evaluate(code)).toBe('m,i,t,t,b,never,c1')
    expect(all.host.waits).toEqual([4_000_000n, 4_000_000n, 2_000_000n, 10_000_000n, 10_000_000n])
  })

  it('keeps what was queued for the next call', () => {
    all.evaluate("globalThis.late = 'not yet'; setTimeout(() => { late = 'now' }, 5); ''")
    expect(all.evaluate('late')).toBe('not yet')
    expect(all.evaluate('new Promise((resolve) => setTimeout(resolve, 10)).then(() => late)')).toBe('now')
  })

  it('has the encodings, clones and aborts', () => {
    expect(all.evaluate("[...new TextEncoder().encode('é')]")).toBe('[195,169]')
    expect(all.evaluate('new TextDecoder().decode(new Uint8Array([226, 130, 172]))')).toBe('€')
    expect(all.evaluate("[btoa('hi'), atob('aGk=')]")).toBe('["aGk=","hi"]')
    expect(all.evaluate('[...structuredClone(new Map([[1, { a: [2] }]])).get(1).a]')).toBe('[2]')
    expect(
      all.evaluate(`(() => {
        const seen = []
        const target = new EventTarget()
        target.addEventListener('x', (event) => seen.push(event.type), { once: true })
        target.dispatchEvent(new Event('x'))
        target.dispatchEvent(new Event('x'))
        const controller = new AbortController()
        controller.signal.addEventListener('abort', () => seen.push(controller.signal.reason.name))
        controller.abort()
        return [...seen, controller.signal.aborted, AbortSignal.any([controller.signal]).aborted]
      })()`),
    ).toBe('["x","AbortError",true,true]')
    expect(
      all.evaluate(
        '(async () => { const s = AbortSignal.timeout(5); await new Promise((r) => { s.onabort = r }); return s.reason.name })()',
      ),
    ).toBe('TimeoutError')
  })

  it('leaves no trace of itself on the global object', () => {
    expect(all.evaluate('Object.keys(globalThis).filter((key) => key !== "late")')).toBe('[]')
    expect(
      all.evaluate(
        '[typeof __witcraft, typeof fetch, typeof require, typeof process, typeof Intl, typeof WebAssembly]',
      ),
    ).toBe(JSON.stringify(Array.from({ length: 6 }, () => 'undefined')))
    expect(all.evaluate('String(setTimeout)')).toContain('[native code]')
    expect(all.evaluate('[console, crypto, performance].map(String)')).toBe(
      '["[object console]","[object Crypto]","[object Performance]"]',
    )
  })
})

describe('in a world that does not import it', () => {
  const code: Readonly<Record<string, string>> = {
    setTimeout: 'setTimeout(() => {}, 5)',
    setInterval: 'setInterval(() => {}, 5)',
    'Date()': 'Date()',
    'new Date()': 'new Date()',
    'console.assert': 'console.assert(false)',
    'crypto.getRandomValues': 'crypto.getRandomValues(new Uint8Array(1))',
  }
  it.each(Object.entries(hostFeatures))('%s says what to import, as the editor does', async (what, feature) => {
    const { message } = lackWords(what, feature)
    expect(await uncaught('', code[what] ?? `${what}()`)).toBe(`Error: ${message}`)
  })

  it('is still an error that the guest may catch', async () => {
    const { evaluate } = await open('')
    expect(evaluate("(() => { try { console.log('x') } catch (error) { return error.message.slice(0, 11) } })()")).toBe(
      'console.log',
    )
  })

  it('still has everything that needs no host', async () => {
    const { evaluate } = await open('')
    expect(evaluate('[new Date(0).getTime(), new Date(2000, 0).getFullYear()]')).toBe('[0,2000]')
    expect(evaluate('new Promise((resolve) => setTimeout(resolve)).then(() => 1)')).toBe('1')
    expect(evaluate('new Promise((resolve) => setImmediate(() => resolve(2)))')).toBe('2')
  })
})

it('names the version that the world has', async () => {
  const host = testHost()
  const wit = worldOf('import wasi:cli/stdout@0.2.3; export f: func();', '0.2.3')
  const made = await workshop.make(wit, "export function f() { console.log('x'); Date.now() }", host.imports)
  expect(() => made.exports.f()).toThrow()
  expect(host.written.stdout).toBe('x\n')
  expect(made.uncaught()?.next).toBe('Add `import wasi:clocks/wall-clock@0.2.3;` to the world.')
})

it('writes errors to stdout where that is all there is', async () => {
  const { host, evaluate } = await open('import wasi:cli/stdout@0.2.12;')
  evaluate("console.error('e'); ''")
  expect(host.written).toEqual({ stdout: 'e\n', stderr: '' })
})

it('seeds Math.random from the insecure generators too', async () => {
  for (const name of ['insecure', 'insecure-seed']) {
    const { evaluate } = await open(`import wasi:random/${name}@0.2.12;`)
    expect(Number(evaluate('Math.random()'))).toBeGreaterThan(0)
  }
})

it('starts from a snapshot with fresh clocks and randomness', async () => {
  const source = `
    const early = [Math.random(), performance.now()]
    export function f() { return JSON.stringify([early, Math.random(), performance.now()]) }`
  const wit = worldOf(`${everything} export f: func() -> string;`)
  const [a, b] = [testHost(), testHost()]
  const first = await workshop.make(wit, source, a.imports)
  // Another host is at another place in its own randomness.
  b.nextRandom()
  const second = await workshop.make(wit, source, b.imports)
  const [earlyA, randomA, nowA] = JSON.parse(first.exports.f())
  const [earlyB, randomB] = JSON.parse(second.exports.f())
  expect(earlyA).toEqual(earlyB)
  expect(randomA).not.toBe(randomB)
  expect(nowA).toBe(0)
})

it('does what a command left before the command ends', async () => {
  const host = testHost()
  const wit = worldOf(`${everything} export wasi:cli/run@0.2.12;`)
  const source = `export const run = { run() {
    setTimeout(() => { console.log('later'); setTimeout(() => console.log('last'), 1) }, 20)
    console.log('first')
  } }`
  const made = await workshop.make(wit, source, host.imports)
  made.exports.run.run()
  expect(host.written.stdout).toBe('first\nlater\nlast\n')
  expect(host.waits).toEqual([20_000_000n, 1_000_000n])
})

it.each([
  'const t = setTimeout(() => {}, 1000); Promise.resolve().then(() => clearTimeout(t))',
  'const t = setInterval(async () => { await 1; await 2; await 3; clearInterval(t) }, 1)',
  'const t = setInterval(() => clearInterval(t), 1)',
  'const t = setTimeout(() => {}, 1000); setTimeout(async () => { await 1; await 2; await 3; clearTimeout(t) }, 1)',
])('ends a command whose last timer was cleared: %s', async (body) => {
  const host = testHost()
  const wit = worldOf(`${everything} export wasi:cli/run@0.2.12;`)
  const made = await workshop.make(wit, `export const run = { run() { ${body} } }`, host.imports)
  made.exports.run.run()
  expect(host.waits.every((wait) => wait < 1_000_000_000n)).toBe(true)
})

it('reports what nobody caught, to the host and on stderr', async () => {
  const cases = [
    ["throw new RangeError('no such')", 'exception', 'RangeError: no such'],
    ["void Promise.reject(new TypeError('forgotten'))", 'rejection', 'TypeError: forgotten'],
    [
      "setTimeout(() => { throw new Error('in a timer') }); return new Promise(() => {})",
      'exception',
      'Error: in a timer',
    ],
    ['throw { code: 7 }', 'exception', '{ code: 7 }'],
  ] as const
  for (const [body, kind, message] of cases) {
    const host = testHost()
    const made = await workshop.make(
      worldOf(`${everything} export f: func();`),
      `export function f() { ${body} }`,
      host.imports,
    )
    expect(() => made.exports.f()).toThrow()
    expect(made.uncaught()).toMatchObject({ kind, message })
    expect(host.written.stderr).toContain(`Uncaught ${message}\n`)
  }
  const handled = await workshop.make(
    worldOf('export f: func() -> string;'),
    "export async function f() { const p = Promise.reject(new Error('x')); try { await p } catch { return 'handled' } }",
  )
  expect(handled.exports.f()).toBe('handled')
})
