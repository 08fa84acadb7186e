import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ToolchainAssets } from './assets.ts'
import type { ArtefactStore } from './cache/artefact-store.ts'
import { examplePrepared } from './cache/example-prepared.ts'
import { encodePrepared } from './cache/prepared-codec.ts'
import { createToolchain } from './client.ts'
import { sha256 } from './hash.ts'
import { preparedKey } from './prepared-key.ts'
import type { Progress, Toolchain, WorldInput } from './toolchain.ts'
import { FakeWorkers } from './worker/fake-worker.ts'

const engineBytes = new TextEncoder().encode('engine')
const engineHash = await sha256(engineBytes)
const wit = { 'world.wit': 'package demo:app;\nworld app { export f: func(); }' }
const input: WorldInput = { wit, world: 'app', engine: 'quickjs', variant: 'base' }
const prepared = encodePrepared({ ...examplePrepared(2), engineHash })

let language: FakeWorkers
let tools: FakeWorkers
let files: Map<string, Uint8Array<ArrayBuffer>>
let stored: Map<string, Uint8Array<ArrayBuffer>>
let fetched: string[]
let toolchain: Toolchain

function start(shipped: Readonly<Record<string, string>> = {}): Toolchain {
  const assets: ToolchainAssets = {
    engines: [
      { id: 'quickjs', variant: 'base', hash: engineHash, facts: {}, url: '/engine', size: 6, hollowUrl: '/hollow' },
    ],
    prepared: shipped,
    toolsVersion: 't',
    version: '1',
    toolSizes: { 'wasm-tools': 100, bindgen: 50 },
  }
  const store: ArtefactStore = {
    get: async (key) => stored.get(key),
    put: async (key, bytes) => void stored.set(key, bytes),
    delete: async (key) => void stored.delete(key),
  }
  return createToolchain({
    assets,
    store,
    spawn: (kind) => (kind === 'language' ? language.spawn() : tools.spawn()),
    fetch: async (url) => {
      fetched.push(url)
      const bytes = files.get(url)
      return bytes === undefined ? new Response('', { status: 404 }) : new Response(bytes)
    },
  })
}

beforeEach(() => {
  language = new FakeWorkers()
  tools = new FakeWorkers()
  files = new Map([['/engine', engineBytes]])
  stored = new Map()
  fetched = []
  toolchain = start()
})
afterEach(() => toolchain.dispose())

const keyOf = (world: WorldInput) =>
  preparedKey({ wit: world.wit, world: world.world, engine: world.engine, engineHash, toolsVersion: 't', version: '1' })

/** Lets the workers play their part in making a prepared world. */
async function make(bytes: unknown = prepared): Promise<void> {
  await vi.waitFor(() =>
    expect(tools.last.pending).toMatchObject({ op: 'prepare', engine: 'quickjs', wit, world: 'app' }),
  )
  tools.last.reply({ kind: 'loading', part: 'wasm-tools', loaded: 100 })
  tools.last.reply({ kind: 'loading', part: 'bindgen', loaded: 20 })
  tools.last.reply({ kind: 'started' })
  tools.last.reply({ kind: 'done', outcome: { ok: true, value: bytes } })
}

test('what is only wanted where it is kept starts no tools', async () => {
  const missing = await toolchain.prepare(input, { onlyKept: true })
  expect(missing.ok).toBe(false)
  expect(tools.all).toHaveLength(0)

  // Whoever is ready to wait, at the same time, gets it made.
  const kept = toolchain.prepare(input, { onlyKept: true })
  const made = toolchain.prepare(input)
  await make()
  expect((await kept).ok).toBe(false)
  expect((await made).ok).toBe(true)
  expect((await toolchain.prepare(input, { onlyKept: true })).ok).toBe(true)
})

test('a world is declared by the tools, and what is no world is a fault', async () => {
  const { world, guestTypes } = examplePrepared(2)
  const declared = toolchain.declare(input)
  await vi.waitFor(() =>
    expect(tools.last.pending).toMatchObject({ op: 'declare', engine: 'quickjs', wit, world: 'app' }),
  )
  tools.last.reply({ kind: 'done', outcome: { ok: true, value: { world, guestTypes } } })
  expect(await declared).toEqual({ ok: true, value: { world, guestTypes } })

  const strange = toolchain.declare(input)
  await vi.waitFor(() => expect(tools.last.pending).toMatchObject({ op: 'declare' }))
  tools.last.reply({ kind: 'done', outcome: { ok: true, value: { world: { imports: 1 }, guestTypes } } })
  expect((await strange).ok).toBe(false)
})

test('a world is made once, reported, kept in memory and stored', async () => {
  const seen: Progress[] = []
  const first = toolchain.prepare(input, { onProgress: (progress) => seen.push(progress) })
  await make()
  const outcome = await first
  expect(outcome).toMatchObject({ ok: true, value: { engine: 'quickjs', engineHash } })
  expect(seen).toContainEqual({ task: 'tools', label: 'Loading the component tools', loaded: 120, total: 150 })
  const again = await toolchain.prepare({ ...input, wit: { ...wit, 'main.ts': 'anything' } })
  expect(again.ok && again.value).toBe(outcome.ok && outcome.value)
  expect([...stored.keys()]).toEqual([await keyOf(input)])
  expect(tools.all).toHaveLength(1)
})

test('a stored world needs no worker; a damaged one is dropped and made anew', async () => {
  const key = await keyOf(input)
  stored.set(key, prepared)
  expect((await toolchain.prepare(input)).ok).toBe(true)
  expect([...language.all, ...tools.all]).toEqual([])

  toolchain = start()
  stored.set(key, prepared.slice(0, -1))
  const outcome = toolchain.prepare(input)
  await make()
  expect((await outcome).ok).toBe(true)
  expect(stored.get(key)).toEqual(prepared)
})

test('a shipped world is fetched, and made where it cannot be', async () => {
  const shipped = { [await keyOf(input)]: '/prepared' }
  files.set('/prepared', prepared)
  toolchain = start(shipped)
  expect((await toolchain.prepare(input)).ok).toBe(true)
  expect(fetched).toEqual(['/prepared'])
  expect([...language.all, ...tools.all]).toEqual([])

  files.delete('/prepared')
  toolchain = start(shipped)
  const outcome = toolchain.prepare(input)
  await make()
  expect((await outcome).ok).toBe(true)
})

test('another world of the same bytes of WIT, another engine and line ends: what makes a key', async () => {
  const base = { wit, world: 'app', engine: 'quickjs', engineHash, toolsVersion: 't', version: '1' }
  const key = await preparedKey(base)
  expect(await preparedKey({ ...base, wit: { 'world.wit': wit['world.wit'].replaceAll('\n', '\r\n') } })).toBe(key)
  expect(await preparedKey({ ...base, wit: { ...wit, 'main.ts': 'x' } })).toBe(key)
  for (const change of [
    { world: 'other' },
    { engine: 'x' },
    { engineHash: 'x' },
    { toolsVersion: 'x' },
    { version: '2' },
    { wit: { ...wit, 'b.wit': '' } },
  ]) {
    expect(await preparedKey({ ...base, ...change })).not.toBe(key)
  }
})

test('two callers share one piece of work, and one of them can leave', async () => {
  const controller = new AbortController()
  const first = toolchain.prepare(input, { signal: controller.signal })
  const second = toolchain.prepare(input)
  await vi.waitFor(() => expect(tools.all).toHaveLength(1))
  controller.abort()
  expect(await first).toMatchObject({ ok: false, fault: { stage: 'killed' } })
  await make()
  expect((await second).ok).toBe(true)
  expect(tools.last.requests).toHaveLength(1)
})

test('a fault of the WIT has its place: our own, or the one of the words that the tool quotes', async () => {
  const place = { file: 'world.wit', line: 1, column: 1 }
  const own = toolchain.prepare(input)
  await vi.waitFor(() => expect(tools.all).toHaveLength(1))
  tools.last.reply({ kind: 'done', outcome: { ok: false, fault: { stage: 'wit', message: 'M', next: 'N', place } } })
  expect(await own).toEqual({ ok: false, fault: { stage: 'wit', message: 'M', next: 'N', place } })

  const tool = toolchain.prepare(input)
  await vi.waitFor(() => expect(tools.last.requests).toHaveLength(2))
  tools.last.reply({
    kind: 'done',
    outcome: { ok: false, fault: { stage: 'build', message: 'Function `f` is not supported.', next: 'Change it.' } },
  })
  expect(await tool).toMatchObject({ fault: { next: 'Change it.', place: { file: 'world.wit', line: 2, column: 20 } } })
})

test('what cannot be read is a fault, and nothing is kept of it', async () => {
  const outcome = toolchain.prepare(input)
  await make(prepared.slice(1))
  expect(await outcome).toMatchObject({ ok: false, fault: { stage: 'build' } })
  expect(stored.size).toBe(0)
  const wrong = toolchain.prepare(input)
  await make('text')
  expect(await wrong).toMatchObject({ ok: false, fault: { stage: 'wit' } })
})

test('a trap in a tool is a fault with what it said, and the next call works', async () => {
  const outcome = toolchain.prepare(input)
  await vi.waitFor(() => expect(tools.all).toHaveLength(1))
  tools.last.reply({ kind: 'broken', message: 'unreachable' })
  expect(await outcome).toMatchObject({ ok: false, fault: { stage: 'wit', detail: 'unreachable' } })
  const next = toolchain.prepare(input)
  await make()
  expect((await next).ok).toBe(true)
  expect(tools.all.map(({ terminated }) => terminated)).toEqual([true, false])
})

test('the same sources are compiled once in a row, and again where that failed', async () => {
  const files = { 'main.ts': 'export {}' }
  const compiled = { source: { entry: 'main.ts', modules: { 'main.ts': '' } }, variant: 'base', warnings: [] }
  const first = toolchain.compile({ files, entry: 'main.ts' })
  language.last.reply({ kind: 'done', outcome: { ok: true, value: compiled } })
  expect(await first).toEqual({ ok: true, value: compiled })
  expect(await toolchain.compile({ files: { ...files }, entry: 'main.ts' })).toEqual(await first)
  expect(language.last.requests).toHaveLength(1)
  for (const other of [
    { files: { 'main.ts': 'export { }' }, entry: 'main.ts' },
    { files: { ...files, 'b.ts': '' }, entry: 'main.ts' },
    { files, entry: 'b.ts' },
    { files: {}, entry: 'main.ts' },
    { files: {}, entry: 'main.ts' },
  ]) {
    const before = language.last.requests.length
    const outcome = toolchain.compile(other)
    expect(language.last.requests).toHaveLength(before + 1)
    language.last.reply({ kind: 'done', outcome: { ok: false, fault: { stage: 'source', message: 'M', next: 'N' } } })
    expect((await outcome).ok).toBe(false)
  }
})

test('a tool that hangs is stopped', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const outcome = toolchain.compile({ files: {}, entry: 'main.ts' })
    vi.advanceTimersByTime(5000)
    expect(await outcome).toMatchObject({
      ok: false,
      fault: { stage: 'source', message: 'Compiling the source took longer than 5 s and was stopped.' },
    })
    expect(language.last.terminated).toBe(true)
  } finally {
    vi.useRealTimers()
  }
})

test('an engine is fetched once, counted against the manifest and checked', async () => {
  const seen: Progress[] = []
  const first = await toolchain.engine('quickjs', 'base', { onProgress: (progress) => seen.push(progress) })
  expect(first).toMatchObject({ ok: true, value: { id: 'quickjs', variant: 'base', hash: engineHash } })
  expect(seen.at(-1)).toEqual({ task: 'engine', label: 'Loading the engine', loaded: 6, total: 6 })
  await toolchain.engine('quickjs', 'base')
  expect(fetched).toEqual(['/engine'])
})

test('an engine that is damaged, absent or unknown is a fault, and the next try is a new one', async () => {
  files.set('/engine', Uint8Array.of(1))
  expect(await toolchain.engine('quickjs', 'base')).toMatchObject({ fault: { stage: 'load' } })
  files.delete('/engine')
  expect(await toolchain.engine('quickjs', 'base')).toMatchObject({
    fault: { stage: 'load', detail: '/engine answered 404' },
  })
  files.set('/engine', engineBytes)
  expect((await toolchain.engine('quickjs', 'base')).ok).toBe(true)
  expect(await toolchain.engine('v8', 'base')).toMatchObject({
    fault: { stage: 'project', next: 'Choose one of these: quickjs.' },
  })
  expect(await toolchain.prepare({ ...input, variant: 'x' })).toMatchObject({ fault: { stage: 'project' } })
})

test("the state of a guest gets the engine's code, and what is none is a fault", async () => {
  const world = { ...examplePrepared(1), engineHash }
  const damaged = await toolchain.core(world, Uint8Array.of(1, 2, 3))
  expect(damaged).toMatchObject({ ok: false, fault: { stage: 'build', next: 'Run the project again.' } })
  files.delete('/engine')
  expect(await start().core(world, Uint8Array.of(1))).toMatchObject({ ok: false, fault: { stage: 'load' } })
})

test('a component is assembled in the tools worker', async () => {
  const world = examplePrepared(1)
  const outcome = toolchain.assemble(world, Uint8Array.of(7))
  expect(tools.last.requests[0]).toMatchObject({ op: 'assemble', before: world.shell.before, after: world.shell.after })
  tools.last.reply({ kind: 'done', outcome: { ok: true, value: { bytes: Uint8Array.of(1), wit: 'W' } } })
  expect(await outcome).toEqual({ ok: true, value: { bytes: Uint8Array.of(1), wit: 'W' } })
})

test('nothing is started before it is needed; warm starts the light worker and the engine', async () => {
  expect([...language.all, ...tools.all, ...fetched]).toEqual([])
  toolchain.warm()
  toolchain.warm()
  expect(language.all).toHaveLength(1)
  expect(tools.all).toHaveLength(0)
  expect(fetched).toEqual(['/engine'])
})
