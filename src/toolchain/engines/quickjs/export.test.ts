import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withCode } from '../../../wasm/code-section.ts'
import { coreModules, joinAroundCoreModule } from '../../../wasm/components.ts'
import type { EngineImage, GuestSource, InitialisedGuest, LoadedEngine, PreparedWorld } from '../../engine.ts'
import { loadTools } from '../../jco/node.ts'
import type { JcoTools } from '../../jco/tools.ts'
import { bakeAll } from './bake-node.ts'
import { defaultInterrupts, quickJsGuestEngine } from './guest.ts'
import { hollowImage } from './image.ts'
import { prepareWorld } from './prepare.ts'
import { testHost, worldOf } from './testing/wasi.ts'
import type { Variant } from './variants.ts'

/** The component that can be exported, beside the fast path: the same guest must behave the same in both. */

const memoryPages = 1024
let tools: JcoTools
let images: Record<Variant, EngineImage>
let engines: Record<Variant, LoadedEngine>
let folder: string
let scripts = 0

beforeAll(async () => {
  tools = await loadTools()
  images = await bakeAll()
  engines = {
    base: await quickJsGuestEngine.load(images.base, memoryPages),
    url: await quickJsGuestEngine.load(images.url, memoryPages),
  }
  folder = await mkdtemp(join(tmpdir(), 'witcraft-export-'))
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

type Instantiate = (
  getCoreModule: (name: string) => WebAssembly.Module,
  imports: unknown,
  instantiateCore?: (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance,
) => Promise<Record<string, unknown>>

async function instantiateOf(js: string): Promise<Instantiate> {
  const script = join(folder, `c${scripts++}.mjs`)
  await writeFile(script, js)
  const loaded: { instantiate: Instantiate } = await import(pathToFileURL(script).href)
  return loaded.instantiate
}

interface Built {
  readonly prepared: PreparedWorld
  readonly guest: InitialisedGuest
  readonly component: Uint8Array
}

function build(wit: string, main: string, variant: Variant = 'base'): Built {
  const prepared = prepareWorld(tools, hollowImage(images[variant]), { witSource: wit, version: '0.0.0' })
  if (!prepared.ok) throw new Error(prepared.fault.message)
  const guest = initialise(prepared.value, main, variant)
  const { before, after } = prepared.value.shell
  return { prepared: prepared.value, guest, component: joinAroundCoreModule(before, guest.snapshot(), after) }
}

function initialise(prepared: PreparedWorld, main: string, variant: Variant): InitialisedGuest {
  const source: GuestSource = { entry: 'main.ts', modules: { 'main.ts': main } }
  const guest = engines[variant].initialise(prepared, source, { memoryPages, interrupts: defaultInterrupts })
  if (!guest.ok) throw new Error(`${guest.fault.message} ${guest.fault.detail}`)
  return guest.value
}

const compile = (bytes: Uint8Array | undefined): WebAssembly.Module => {
  if (!bytes) throw new Error('no such core module')
  return new WebAssembly.Module(new Uint8Array(bytes))
}

/** As the playground runs it: a fresh instance of the engine that is there, with the state copied in. */
async function runFast({ prepared, guest }: Built, imports: unknown): Promise<Record<string, unknown>> {
  const { js, cores, engineCore } = prepared.transpiled
  const instantiate = await instantiateOf(js)
  const engine = new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))
  return instantiate(
    (name) => (name === engineCore ? engine : compile(cores[name])),
    imports,
    (module, coreImports) =>
      module === engine ? guest.instantiateCore(coreImports) : new WebAssembly.Instance(module, coreImports),
  )
}

/** As anybody runs it who got the file: transpiled from its bytes. */
async function runExported({ component }: Built, imports: unknown): Promise<Record<string, unknown>> {
  const { files } = tools.generate(component, {
    name: 'component',
    instantiation: { tag: 'async' },
    noNodejsCompat: true,
  })
  const byName = new Map(files)
  const js = new TextDecoder().decode(byName.get('component.js'))
  const instantiate = await instantiateOf(js)
  return instantiate((name) => compile(byName.get(name)), imports)
}

const wit = worldOf(`
  import wasi:cli/stdout@0.2.12;
  import wasi:clocks/monotonic-clock@0.2.12;
  import wasi:clocks/wall-clock@0.2.12;
  import wasi:random/random@0.2.12;
  export text: func(s: string) -> string;
  export numbers: func(values: list<f64>) -> f64;
  export count: func() -> u32;
  export divide: func(a: s32, b: s32) -> result<s32, string>;
  export times: func() -> string;
  export waits: func(ms: u32) -> u32;
  export breaks: func();
  export shape: interface {
    variant figure { circle(f64), square(u64), nothing }
    record box { label: string, figures: list<figure>, size: option<tuple<u8, u8>> }
    echo: func(b: box) -> box;
    area: func(f: figure) -> f64;
  }`)
const main = `
  let count = 40
  const cache = new Map(Array.from({ length: 500 }, (_, i) => ['key ' + i, i]))
  export const text = (s) => s.split('').reverse().join('') + cache.get('key 7')
  export const numbers = (list) => list.reduce((a, b) => a + b, 0)
  export { countUp as count }
  function countUp() { return ++count }
  export function divide(a, b) { if (b === 0) throw 'division by zero'; return Math.trunc(a / b) }
  export const times = () => [Date.now(), new Date().getTime(), typeof Math.random()].join()
  export async function waits(ms) { await new Promise((r) => setTimeout(r, ms)); console.log('waited', ms); return ms + 1 }
  export function breaks() { throw new TypeError('broken') }
  export const shape = { echo: (b) => ({ ...b, label: b.label + '!' }), area: (f) => f.tag === 'circle' ? 3 * f.val ** 2 : f.tag === 'square' ? Number(f.val) ** 2 : 0 }`

/** What each export gives, or how it fails, in order. */
function calls(exports: Record<string, unknown>): unknown[] {
  const call = (path: readonly string[], ...args: unknown[]): unknown => {
    let target: unknown = exports
    for (const name of path)
      target = target !== null && typeof target === 'object' ? Reflect.get(target, name) : undefined
    if (typeof target !== 'function') return `no ${path.join('.')}`
    try {
      return target(...args)
    } catch (error) {
      return { thrown: error instanceof Error && 'payload' in error ? error.payload : String(error) }
    }
  }
  return [
    call(['text'], 'héllo 😀'),
    call(['text'], ''),
    call(['numbers'], new Float64Array([1.5, 2, -0.25])),
    call(['count']),
    call(['count']),
    call(['divide'], 7, 2),
    call(['divide'], 7, 0),
    call(['times']),
    call(['waits'], 25),
    call(['shape', 'echo'], { label: 'b', figures: [{ tag: 'circle', val: 1.5 }, { tag: 'nothing' }], size: [1, 2] }),
    call(['shape', 'area'], { tag: 'square', val: 3n }),
    call(['breaks']),
    call(['count']),
  ]
}

describe('the exported component', () => {
  it('does what the fast path does, export by export', async () => {
    const built = build(wit, main)
    const [a, b] = [testHost(), testHost()]
    const fast = calls(await runFast(built, a.imports))
    const exported = calls(await runExported(built, b.imports))
    expect(exported).toEqual(fast)
    expect(fast.slice(0, 9)).toEqual(
      ['😀 olléh7', '7', 3.25, 41, 42, 3, { thrown: 'division by zero' }, '1709209800500,1709209800500,number', 26].map(
        (value, i) => (i === 0 ? expect.any(String) : value),
      ),
    )
    expect(b.written).toEqual(a.written)
    expect(b.waits).toEqual(a.waits)
    expect(a.written.stdout).toBe('waited 25\n')
  })

  it('starts every instance from the same state', async () => {
    const built = build(wit, main)
    for (const start of [runFast, runExported]) {
      for (let i = 0; i < 2; i++) {
        const { count } = await start(built, testHost().imports)
        expect(typeof count === 'function' ? count() : undefined).toBe(41)
      }
    }
  })

  it('is accepted by the tools, and every core module in it is valid', () => {
    const { component } = build(wit, main)
    const text = tools.componentWit(component)
    expect(text).toContain('export text: func(s: string) -> string;')
    expect(text).toContain('import wasi:cli/stdout@0.2.12;')
    expect(text).not.toContain('wasi:cli/stderr')
    const modules = coreModules(component)
    expect(modules.length).toBeGreaterThan(1)
    for (const module of modules) expect(WebAssembly.validate(new Uint8Array(module))).toBe(true)
  })

  it('is the same each time', () => {
    const first = build(wit, main)
    expect(Buffer.compare(build(wit, main).component, first.component)).toBe(0)
    for (let i = 0; i < 8; i++) {
      const again = initialise(first.prepared, main, 'base').snapshot()
      expect(Buffer.compare(again, first.guest.snapshot())).toBe(0)
    }
  })

  it('is its state with the code of the image', () => {
    const { guest } = build(wit, main)
    const snapshot = guest.snapshot()
    const state = guest.state()
    expect(state.length).toBeLessThan(snapshot.length / 2)
    expect(Buffer.compare(withCode(state, images.base.wasm), snapshot)).toBe(0)
  })

  it('can use URL in the engine that has it', async () => {
    const built = build(
      worldOf('export host: func(url: string) -> string;'),
      `export function host(url) {
        const u = new URL(url)
        u.searchParams.append('b', '2 3')
        return [u.host, u.searchParams.get('a'), u.href, new URLSearchParams({ x: 'é' })].join(' ')
      }`,
      'url',
    )
    for (const start of [runFast, runExported]) {
      const { host } = await start(built, {})
      expect(typeof host === 'function' ? host('https://example.com:81/p?a=1') : undefined).toBe(
        'example.com:81 1 https://example.com:81/p?a=1&b=2+3 x=%C3%A9',
      )
    }
  })

  it('stays within its size', () => {
    const { component } = build(
      worldOf('export greet: func(name: string) -> string;'),
      'export function greet(name) { return `Hello, ${name}!` }',
    )
    const compressed = brotliCompressSync(component, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
    })
    expect(component.length).toBeLessThanOrEqual(850_000)
    expect(compressed.length).toBeLessThanOrEqual(300_000)
  })
})
