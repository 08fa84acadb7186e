import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../../../contract/fault.ts'
import { serviceOf } from '../../../ui/editor/service.fixture.ts'
import type { ConsoleLine, EngineImage, InitialisedGuest, LoadedEngine, PreparedWorld } from '../../engine.ts'
import { absentFromLibrary } from '../../absent.ts'
import { readEngineSource } from './bake-node.ts'
import { control, outOfMemoryLength, type QuickJsBinding } from './control.ts'
import { parseFacts } from './facts.ts'
import { quickJsGuestEngine } from './guest.ts'
import { bakeImage } from './image.ts'
import { Machine, undefinedValue } from './machine.ts'

/** Initialising guests for a world without glue: what the top-level code does and how it fails. */

const memoryPages = 512
const interrupts = 300
const greet = 'export function greet(name) { return name }\n'

let image: EngineImage
let engine: LoadedEngine
beforeAll(async () => {
  image = await bakeImage(await readEngineSource(), 'base')
  engine = await quickJsGuestEngine.load(image, memoryPages)
}, 60_000)

const binding: QuickJsBinding = {
  atoms: ['tag', 'val'],
  hostFunctions: [{ name: 'h0', arity: 1, label: 'demo:log/log#write' }],
  exports: [{ path: ['greet'], label: 'greet', hint: 'export function greet(name: string): string' }],
  modules: {
    'demo:log/log@1.0.0': 'const write = __witcraft.imports[0]; export { write }',
    'demo:both/a@1.0.0': 'export const which = 1',
    'demo:both/a@2.0.0': 'export const which = 2',
  },
  setup: '',
}

const prepared = (part: Partial<QuickJsBinding> = {}): PreparedWorld => ({
  engine: 'quickjs',
  variant: 'base',
  engineHash: image.hash,
  world: { imports: [], exports: [] },
  guestTypes: {},
  transpiled: { js: '', cores: {}, engineCore: '' },
  shell: { before: new Uint8Array(), after: new Uint8Array() },
  binding: { ...binding, ...part },
})

type Files = Readonly<Record<string, string>>

function initialise(
  main: string,
  files: Files = {},
  part: Partial<QuickJsBinding> = {},
  onConsole?: (line: ConsoleLine) => void,
  onInterrupt?: () => void,
) {
  const source = { entry: 'main.ts', modules: { 'main.ts': main, ...files } }
  return engine.initialise(prepared(part), source, { memoryPages, interrupts }, onConsole, onInterrupt)
}
function guestOf(main: string, files: Files = {}, part: Partial<QuickJsBinding> = {}): InitialisedGuest {
  const result = initialise(main, files, part)
  if (!result.ok) throw new Error(`${result.fault.message}\n${result.fault.detail}`)
  return result.value
}
function faultOf(main: string, files: Files = {}, part: Partial<QuickJsBinding> = {}): Fault {
  const result = initialise(main, files, part)
  if (result.ok) throw new Error('there is no fault')
  return result.fault
}
/** What was written, and whether the guest came to its end. */
function written(main: string, files: Files = {}): { ok: boolean; lines: readonly ConsoleLine[] } {
  const lines: ConsoleLine[] = []
  const { ok } = initialise(`${main}\n${greet}`, files, {}, (line) => lines.push(line))
  return { ok, lines }
}
function printed(main: string, files: Files = {}): string {
  const { ok, lines } = written(main, files)
  expect(ok).toBe(true)
  return lines.map(({ text }) => text).join('')
}

describe('top-level code', () => {
  it('runs, and what it writes is handed over', () => {
    const { lines } = written("console.log('one', { a: 1 }); console.error('two')")
    expect(lines).toEqual([
      { stream: 'stdout', text: 'one { a: 1 }\n' },
      { stream: 'stderr', text: 'two\n' },
    ])
    expect(guestOf(greet).warnings).toEqual([])
  })

  it('may write a lot, all of which is handed over', () => {
    const { lines } = written("for (let i = 0; i < 30; i++) console.log('x'.repeat(99_999))")
    expect(lines.map(({ text }) => text.length)).toEqual(Array.from({ length: 30 }, () => 100_000))
  })

  it.each([
    ['throws', "throw new Error('no')"],
    ['never ends', 'for (;;) {}'],
    ['uses up the memory', "for (const all = []; ; ) all.push('x'.repeat(1 << 20) + all.length)"],
    ['waits for ever', 'await new Promise(() => {})'],
  ])('a guest that %s has written what it wrote before', (_, end) => {
    expect(written(`console.log('start'); console.error('then')\n${end}`)).toEqual({
      ok: false,
      lines: [
        { stream: 'stdout', text: 'start\n' },
        { stream: 'stderr', text: 'then\n' },
      ],
    })
  })

  it('is made of several files with relative imports', () => {
    const files = {
      'lib/text.ts': "import { mark } from '../mark.js'\nexport const shout = (s) => s + mark",
      'mark.ts': "export const mark = '!'",
      'deep/index.ts': "export { shout as loud } from '../lib/text'",
    }
    expect(printed("import { shout } from './lib/text.ts'\nconsole.log(shout('a'))", files)).toBe('a!\n')
    expect(printed("import { loud } from './deep'\nconsole.log(loud('b'))", files)).toBe('b!\n')
    expect(printed("const { mark } = await import('./mark')\nconsole.log(mark)", files)).toBe('!\n')
  })

  it('may import what was JSON, as the language compiled it', () => {
    expect(
      printed("import data from './data.json'\nconsole.log(data)", { 'data.json': 'export default JSON.parse("7")' }),
    ).toBe('7\n')
  })

  it('may import itself in a circle', () => {
    const files = { 'a.ts': "import { name } from './main.ts'\nexport const later = () => name" }
    expect(printed("import { later } from './a'\nexport const name = 'me'\nconsole.log(later())", files)).toBe('me\n')
  })

  it('imports interfaces with and without their version', () => {
    expect(printed("import { write } from 'demo:log/log@1.0.0'\nconsole.log(typeof write)")).toBe('function\n')
    expect(printed("import * as log from 'demo:log/log'\nconsole.log(typeof log.write)")).toBe('function\n')
    expect(printed("import { which } from 'demo:both/a@2.0.0'\nconsole.log(which)")).toBe('2\n')
  })

  it('settles promises and virtual timers before it is done', () => {
    expect(printed('await null; await Promise.resolve().then(() => console.log(1)); console.log(2)')).toBe('1\n2\n')
    expect(printed('await new Promise((resolve) => setTimeout(resolve)); console.log(3)')).toBe('3\n')
    expect(printed("Promise.resolve().then(() => console.log('after')); console.log('before')")).toBe('before\nafter\n')
  })

  it('may catch what it rejects later', () => {
    expect(printed("const p = Promise.reject(new Error('x')); await null; p.catch(() => console.log('caught'))")).toBe(
      'caught\n',
    )
  })

  it('is warned where it asks for randomness', () => {
    const { warnings } = guestOf(`\nconst seed = Math.random()\n${greet}`)
    expect(warnings).toEqual([
      expect.objectContaining({
        severity: 'warning',
        stage: 'guest-init',
        place: { file: 'main.ts', line: 2, column: 19 },
      }),
    ])
    expect(printed('console.log(Math.random())')).toBe(printed('console.log(Math.random())'))
  })
})

describe('a fault', () => {
  const cases: readonly {
    name: string
    main: string
    files?: Files
    stage?: Fault['stage']
    message: RegExp
    next?: RegExp
    line?: number
    column?: number
    detail?: RegExp
  }[] = [
    {
      name: 'of syntax',
      main: `${greet}const a = ;\n`,
      message: /^SyntaxError: /,
      next: /Correct/,
      line: 2,
      column: 11,
    },
    {
      name: 'of syntax in another file',
      main: `import './b.ts'\n${greet}`,
      files: { 'b.ts': '\nlet let = 1' },
      message: /^SyntaxError: /,
    },
    { name: 'of a redeclaration', main: `const a = 1\nlet a = 2\n${greet}`, message: /^SyntaxError: /, line: 2 },
    {
      name: 'of a missing name in an import',
      main: `import { nothing } from './b.ts'\n${greet}`,
      files: { 'b.ts': 'export const something = 1' },
      message: /nothing/,
    },
    {
      name: 'of a throw',
      main: `${greet}\nconst s = 'é😀', u = undefined; u.port\n`,
      message: /^TypeError: .*port/,
      line: 3,
      column: 33,
    },
    {
      name: 'of a throw further down',
      main: `import { open } from './b.ts'\nopen()\n${greet}`,
      files: { 'b.ts': 'class Missing extends Error {}\nexport function open() {\n  throw new Missing("no door")\n}' },
      message: /^Missing: no door$/,
      line: 3,
      detail: /at open \(b\.ts:3:\d+\)\n.*main\.ts:2:1/,
    },
    { name: 'of something thrown that is no error', main: `throw { code: 7 }\n${greet}`, message: /^\{ code: 7 \}$/ },
    {
      name: 'of a throw in a microtask',
      main: `queueMicrotask(() => { throw new Error('micro') })\n${greet}`,
      message: /^Error: micro$/,
      line: 1,
    },
    {
      name: 'of a rejection that nobody handles',
      main: `\nvoid Promise.reject(new Error('forgotten'))\n${greet}`,
      message: /rejected.*Error: forgotten/,
      next: /catch/,
      line: 2,
    },
    {
      name: 'of an await that never settles',
      main: `${greet}\nawait new Promise(() => {})\n`,
      message: /await never settles/,
      line: 3,
      column: 1,
    },
    {
      name: 'of an import that is called too early',
      main: `import { write } from 'demo:log/log'\nwrite('x')\n${greet}`,
      message:
        /^TypeError: demo:log\/log#write cannot be called while the component is being built; move the call into an export$/,
      line: 2,
      column: 1,
    },
    {
      name: 'of random bytes too early',
      main: `crypto.randomUUID()\n${greet}`,
      message: /while the component is being built/,
      line: 1,
    },
    {
      name: 'of a promise that is rejected',
      main: `Promise.reject(new Error('no'))\n${greet}`,
      message: /nothing handles it: Error: no/,
      next: /add a catch/,
      line: 1,
    },
    {
      name: 'of a promise that is rejected for want of an import',
      main: `Promise.reject(new Error('x. Add \`import wasi:clocks/wall-clock@0.2.12;\` to the world.'))\n${greet}`,
      message: /nothing handles it: Error: x\.$/,
      next: /^Add `import wasi:clocks\/wall-clock@0\.2\.12;` to the world\.$/,
      line: 1,
    },
    {
      name: 'of a file that is not there',
      main: `\nimport { a } from './text.ts'\n${greet}`,
      stage: 'source',
      message: /"\.\/text\.ts"/,
      next: /Add the file/,
      line: 2,
      column: 19,
    },
    {
      name: 'of a file outside the project',
      main: `import '../up.ts'\n${greet}`,
      stage: 'source',
      message: /"\.\.\/up\.ts"/,
      line: 1,
    },
    {
      name: 'of a module of Node',
      main: `import fs from 'node:fs'\n${greet}`,
      stage: 'source',
      message: /"node:fs"/,
      next: /no file system of its own: import wasi:filesystem\/preopens/,
      line: 1,
      column: 16,
    },
    {
      name: 'of a module of Node that is called as what every object has',
      main: `import 'node:constructor'\n${greet}`,
      stage: 'source',
      message: /"node:constructor"/,
      next: /write what you need of it in a file/,
    },
    {
      name: 'of a module of Node without its prefix',
      main: `import { join } from "path"\n${greet}`,
      stage: 'source',
      message: /"path"/,
      next: /no Node/,
      line: 1,
    },
    {
      name: 'of a package',
      main: `import _ from 'lodash'\n${greet}`,
      stage: 'source',
      message: /"lodash"/,
      next: /put the source in a file/,
      line: 1,
    },
    {
      name: 'of an address',
      main: `import x from 'https://example.com/x.js'\n${greet}`,
      stage: 'source',
      message: /https:/,
      next: /file of the project/,
      line: 1,
    },
    {
      name: 'of an interface that is not imported',
      main: `import * as e from 'wasi:cli/environment@0.2.12'\n${greet}`,
      stage: 'source',
      message: /wasi:cli\/environment@0\.2\.12/,
      next: /`import wasi:cli\/environment@0\.2\.12;` to the world/,
      line: 1,
    },
    {
      name: 'of another version',
      main: `import 'demo:log/log@2.0.0'\n${greet}`,
      stage: 'source',
      message: /it imports demo:log\/log@1\.0\.0/,
      line: 1,
    },
    {
      name: 'of an interface with two versions',
      main: `import 'demo:both/a'\n${greet}`,
      stage: 'source',
      message: /demo:both\/a@1\.0\.0, demo:both\/a@2\.0\.0/,
      next: /version/,
      line: 1,
    },
    {
      name: 'of a bad import in another file',
      main: `import './b.ts'\n${greet}`,
      files: { 'b.ts': "\n\nexport * from './c'" },
      stage: 'source',
      message: /no file for the import "\.\/c"/,
      line: 3,
    },
    {
      name: 'of fetch',
      main: `\nfetch('x')\n${greet}`,
      message: /fetch is not defined/,
      next: /wasi:http\/outgoing-handler/,
      line: 2,
    },
    {
      name: 'of require',
      main: `require('fs')\n${greet}`,
      message: /require is not defined/,
      next: /import statement/,
      line: 1,
    },
    {
      name: 'of process',
      main: `process.argv\n${greet}`,
      message: /process is not defined/,
      next: /wasi:cli/,
      line: 1,
    },
    {
      name: 'of Intl',
      main: `new Intl.NumberFormat()\n${greet}`,
      message: /Intl is not defined/,
      next: /no Intl/,
      line: 1,
    },
    {
      name: 'of a missing export',
      stage: 'source',
      main: 'export function great() {}',
      message: /does not export greet/,
      next: /export function greet\(name: string\): string/,
      line: 1,
    },
    {
      name: 'of a mistyped export',
      stage: 'source',
      main: '\nexport const greet = 42',
      message: /greet is not a function/,
      next: /function greet/,
      line: 2,
      column: 14,
    },
    {
      name: 'of an endless loop',
      main: `function spin() { for (;;) {} }\n\nspin()\n${greet}`,
      message: /too long and was interrupted\.$/,
      next: /End the loop/,
      line: 1,
    },
    {
      name: 'of an endless loop that catches',
      main: `for (;;) { try { for (;;) {} } catch {} }\n${greet}`,
      message: /was interrupted\.$/,
    },
    {
      name: 'of an endless loop in a promise job',
      main: `Promise.resolve().then(() => { for (;;) {} })\n${greet}`,
      message: /was interrupted\.$/,
      line: 1,
    },
    {
      name: 'of an endless loop in an async function',
      main: `async function f() { await 1; for (;;) {} }\nawait f()\n${greet}`,
      message: /was interrupted\.$/,
      line: 1,
    },
    {
      name: 'of promise jobs without an end',
      main: `const again = () => Promise.resolve().then(again)\nagain()\n${greet}`,
      message: /was interrupted\.$/,
    },
    {
      name: 'of timers without an end',
      main: `const again = () => setTimeout(again)\nagain()\nawait new Promise(() => {})\n${greet}`,
      message: /was interrupted\.$/,
    },
    {
      name: 'of a catastrophic regular expression',
      main: `/^(a+)+$/.test('a'.repeat(40) + '!')\n${greet}`,
      message: /was interrupted\.$/,
      line: 1,
    },
    {
      name: 'of an allocation loop',
      main: `const all = []\nfor (;;) all.push('x'.repeat(10000) + all.length)\n${greet}`,
      message: /more than the 32 MiB of memory/,
      next: /less/,
      line: 2,
    },
    {
      name: 'of an allocation of 1 GB',
      main: `\nnew Uint8Array(1_000_000_000)\n${greet}`,
      message: /MiB of memory/,
      line: 2,
    },
    {
      name: 'of a recursion without an end',
      main: `function f(n) { return f(n + 1) + 1 }\nf(0)\n${greet}`,
      message: /used up the stack/,
      next: /recursion/,
      line: 1,
    },
    {
      name: 'of JSON that nests too deeply',
      main: `JSON.parse('['.repeat(200000))\n${greet}`,
      message: /used up the stack/,
    },
  ]
  it.each(cases)('$name', ({ main, files = {}, stage = 'guest-init', message, next = /./, line, column, detail }) => {
    const fault = faultOf(main, files)
    expect(fault.message).toMatch(message)
    expect(fault.stage).toBe(stage)
    expect(fault.next).toMatch(next)
    if (line !== undefined) expect(fault.place?.line).toBe(line)
    if (column !== undefined) expect(fault.place?.column).toBe(column)
    if (detail) expect(fault.detail).toMatch(detail)
    expect(`${fault.message}${fault.next}${fault.detail ?? ''}`).not.toMatch(/witcraft:|<null>|\(native\)/)
    // The next one works.
    expect(initialise(greet).ok).toBe(true)
  })

  it('lists every export that is missing or mistyped', () => {
    const fault = faultOf(
      'export const api = { one() {} , two: 2 }\nexport class Cart {}',
      {},
      {
        exports: [
          { path: ['api', 'one'], label: 'demo:a/api#one', hint: 'export const api = { one() {…} }' },
          { path: ['api', 'two'], label: 'demo:a/api#two', hint: 'export const api = { two() {…} }' },
          { path: ['api', 'three'], label: 'demo:a/api#three', hint: 'export const api = { three() {…} }' },
          {
            path: ['Cart', 'prototype', 'total'],
            label: '[method]cart.total',
            hint: 'export class Cart { total() {…} }',
          },
          { path: ['run'], label: 'run', hint: 'export function run()' },
        ],
      },
    )
    expect(fault.message).toBe('main.ts does not export api.three, Cart.total, run; api.two is not a function.')
    expect(fault.place).toEqual({ file: 'main.ts', line: 1, column: 14 })
    expect(fault.detail?.split('\n')).toHaveLength(3)
  })

  it('names an entry that is not there', () => {
    const result = engine.initialise(prepared(), { entry: 'app.ts', modules: {} }, { memoryPages, interrupts })
    expect(result).toMatchObject({ ok: false, fault: { stage: 'project', message: expect.stringContaining('app.ts') } })
  })
})

it('refuses a world that was prepared for another engine', () => {
  const other = { ...prepared(), engineHash: '0'.repeat(64) }
  expect(() =>
    engine.initialise(other, { entry: 'main.ts', modules: { 'main.ts': greet } }, { memoryPages, interrupts }),
  ).toThrow(/prepared for the engine/)
})

describe('an initialised guest', () => {
  const main = `const table = Array.from({ length: 1000 }, (_, i) => ({ i, text: 'row ' + i }))\nexport function greet() { return table.length }\n`

  it('has the same bytes each time', () => {
    const first = guestOf(main).snapshot()
    for (let i = 0; i < 9; i++) expect(Buffer.compare(guestOf(main).snapshot(), first)).toBe(0)
  })

  it('is a valid core module without a maximum, with the exports of the component alone', () => {
    const bytes = guestOf(main).snapshot()
    const module = new WebAssembly.Module(new Uint8Array(bytes))
    const names = WebAssembly.Module.exports(module).map(({ name }) => name)
    expect(names).toContain('memory')
    expect(names).toContain('JS_Call')
    expect(names).not.toContain('__stack_pointer')
    expect(names).not.toContain('qjs_eval')
    expect(names.filter((name) => name.startsWith('witcraft:'))).toEqual([])
    expect(WebAssembly.Module.imports(module).map(({ module }) => module)).toEqual(
      Array.from({ length: 12 }, () => 'glue'),
    )
  })

  it('carries no trace of what its top-level code threw away, whatever the length', () => {
    const bytes =
      guestOf(`let gone = Array.from({ length: 6000 }, (_, i) => 'thrown' + 'away' + i + '-'.repeat(i % 600))
gone = gone.filter((_, i) => i % 7 === 0).map((text) => text.length)
${greet}`).snapshot()
    expect(Buffer.from(bytes).includes('thrownaway')).toBe(false)
  })

  it('says how much of a snapshot is state', () => {
    const guest = guestOf(main)
    const size = guest.snapshot().length
    expect(guest.stateBytes()).toBeLessThan(size)
    expect(guest.stateBytes()).toBeGreaterThan(size / 10)
  })

  it('carries no trace of the source that was compiled', () => {
    const text = Buffer.from(guestOf(`/* ${'a comment that nobody needs '.repeat(2000)} */\n${greet}`).snapshot())
    expect(text.length).toBeLessThan(guestOf(greet).snapshot().length + 8000)
  })

  it('starts instances that are independent of each other', () => {
    const guest = guestOf(main)
    const imports = { glue: new Proxy({}, { get: () => () => 0, has: () => true }) }
    const [a, b] = [guest.instantiateCore(imports), guest.instantiateCore(imports)]
    const [x, y] = [a.exports.memory, b.exports.memory]
    if (!(x instanceof WebAssembly.Memory) || !(y instanceof WebAssembly.Memory)) throw new Error('no memory')
    expect(Buffer.compare(Buffer.from(x.buffer), Buffer.from(y.buffer))).toBe(0)
    new Uint8Array(x.buffer).fill(0)
    expect(new Uint8Array(y.buffer).some((byte) => byte !== 0)).toBe(true)
  })

  it('does not believe what an instance says of its end', () => {
    const guest = guestOf(main)
    const imports = { glue: new Proxy({}, { get: () => () => 0, has: () => true }) }
    const instance = guest.instantiateCore(imports)
    expect(guest.uncaught(instance)).toBeUndefined()
    const { memory } = instance.exports
    if (!(memory instanceof WebAssembly.Memory)) throw new Error('no memory')
    const view = new DataView(memory.buffer)
    const at = parseFacts(image.facts).control
    const write = (kind: number, address: number, length: number): void => {
      view.setUint32(at + control.uncaughtKind, kind, true)
      view.setUint32(at + control.uncaughtText, address, true)
      view.setUint32(at + control.uncaughtLength, length, true)
    }
    new Uint8Array(memory.buffer).set(new TextEncoder().encode('Error: m\0    at f (main.ts:1:1)'), 64)
    write(1, 64, 32)
    expect(guest.uncaught(instance)).toEqual({
      kind: 'exception',
      message: 'Error: m',
      stack: '    at f (main.ts:1:1)\0'.slice(0, 23),
    })
    write(99, 64, 32)
    expect(guest.uncaught(instance)).toBeUndefined()
    write(1, 0xffff_ffff, 0xffff_ffff)
    expect(guest.uncaught(instance)).toEqual({ kind: 'exception', message: '', stack: '' })
    write(1, 0, outOfMemoryLength >>> 0)
    expect(guest.uncaught(instance)).toMatchObject({ kind: 'exception', message: 'InternalError: out of memory' })
    write(1, 64, 0x7fff_ffff)
    expect(guest.uncaught(instance)?.message.length).toBeLessThanOrEqual(65536)
  })
})

describe('whoever is asked whether the guest may go on', () => {
  class Enough extends Error {}
  const enough = (): never => {
    throw new Enough()
  }

  it.each(['for (;;) {}', 'for (;;) { try { for (;;) {} } catch {} }'])('can end top-level code: %s', (main) => {
    expect(() => initialise(`${main}\n${greet}`, {}, {}, undefined, enough)).toThrow(Enough)
  })

  /** Calls `greet` as the glue does: by its place in the export table. */
  const call = (guest: InitialisedGuest, onInterrupt: () => void): bigint => {
    const names = WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array(image.wasm))).map(({ name }) => name)
    const glue = Object.fromEntries(names.map((name) => [name, () => 0]))
    const facts = parseFacts(image.facts)
    const machine = new Machine(guest.instantiateCore({ glue }, onInterrupt), facts.context)
    const table = machine.view.getUint32(facts.control + control.exports, true)
    return machine.apply(machine.readValue(table), [])
  }
  // Long, but not without an end: where nobody is asked, a test fails and does not hang.
  const long = 'for (let i = 0; i < 3_000_000; i++) {}'

  it.each([long, `try { ${long} } catch {}`])('can end an export: %s', (body) => {
    const guest = guestOf(`export function greet() { ${body} }`)
    expect(() => call(guest, enough)).toThrow(Enough)
  })

  it('lets an export go on by returning', () => {
    let asked = 0
    expect(call(guestOf(`export function greet() { ${long} }`), () => asked++)).toBe(undefinedValue)
    expect(asked).toBeGreaterThan(1)
  })
})

/** The functions of the language's library by their names: `parseInt`, `Array.from`, `Array.prototype.map`. */
function libraryFunctions(): string[] {
  const file = '/library.ts'
  const program = serviceOf({ [file]: '' }).getProgram() ?? expect.unreachable()
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file) ?? expect.unreachable()
  const typeOf = (symbol: ts.Symbol): ts.Type => checker.getTypeOfSymbolAtLocation(symbol, source)
  const isNamed = ({ name }: ts.Symbol): boolean => !name.startsWith('__')
  const functionsOf = (type: ts.Type, path: string): string[] =>
    type.getProperties().flatMap((symbol) => {
      const isFunction = isNamed(symbol) && typeOf(symbol).getCallSignatures().length > 0
      return isFunction ? [`${path}.${symbol.name}`] : []
    })
  const globals = checker.getSymbolsInScope(source, ts.SymbolFlags.Value)
  return globals
    .filter(({ name }) => name !== 'globalThis' && name !== 'undefined')
    .flatMap((symbol) => {
      const type = typeOf(symbol)
      const prototype = type.getProperty('prototype')
      const methods = prototype ? functionsOf(typeOf(prototype), `${symbol.name}.prototype`) : []
      return [symbol.name, ...functionsOf(type, symbol.name), ...methods]
    })
}

it('has what the library of the language declares, but for what the editor says that it lacks', () => {
  const functions = libraryFunctions()
  expect(functions.length).toBeGreaterThan(500)
  const asked = `const lacks = (path) => {
  let owner = globalThis
  for (const step of path.split('.')) {
    if (!(step in Object(owner))) return true
    owner = owner[step]
  }
  return false
}
console.log(${JSON.stringify(functions)}.filter(lacks).join(' '))`
  const lacked = printed(asked).trim().split(' ')
  // Every iterator has its own.
  const ofEach = ['next', 'return', 'throw'].map((name) => `Iterator.prototype.${name}`)
  const names = new Set(lacked.filter((path) => !ofEach.includes(path)).map((path) => path.replace(/\..*/, '')))
  expect([...names].toSorted()).toEqual([...absentFromLibrary])
})
