import { expect, test } from 'vitest'
import type { World } from '../../component/types.ts'
import type { ReplayReport } from '../../wasi/record.ts'
import type { WasiSettings } from '../../wasi/settings.ts'
import type { HttpRequest } from '../http.ts'
import type { RecordedRun } from '../recording.ts'
import type { LoadedWorld } from './glue.ts'
import { startGuestRun } from './guest-run.ts'

const handler = 'wasi:http/incoming-handler@0.2.12'
const imported = [
  'wasi:http/types',
  'wasi:http/outgoing-handler',
  'wasi:io/poll',
  'wasi:io/streams',
  'wasi:random/random',
]
const world: World = {
  imports: imported.map((name) => ({ kind: 'interface', name: `${name}@0.2.12`, types: [], functions: [] })),
  exports: [{ kind: 'interface', name: handler, types: [], functions: [] }],
}

// The classes of the host, as far as this handler uses them.
interface Imports {
  readonly 'wasi:http/types': {
    readonly Fields: new () => { set(name: string, values: Uint8Array[]): void }
    readonly OutgoingResponse: new (headers: object) => object
    readonly OutgoingRequest: new (headers: object) => { setAuthority(authority: string): void }
    readonly ResponseOutparam: { set(out: unknown, response: unknown): void }
  }
  readonly 'wasi:http/outgoing-handler': {
    handle(request: object): { subscribe(): { block(): void }; get(): unknown }
  }
  readonly 'wasi:random/random': { getRandomU64(): bigint }
}
interface Incoming {
  pathWithQuery(): string
  consume(): { stream(): { blockingRead(length: bigint): Uint8Array } }
}

/** Reads the request, asks an upstream, waits for it, and answers with a random number. */
const answer =
  ({ 'wasi:http/types': types, 'wasi:http/outgoing-handler': { handle }, 'wasi:random/random': random }: Imports) =>
  (request: Incoming, out: unknown): void => {
    request.pathWithQuery()
    request.consume().stream().blockingRead(100n)
    const asked = new types.OutgoingRequest(new types.Fields())
    asked.setAuthority('up.example')
    const future = handle(asked)
    future.subscribe().block()
    future.get()
    const headers = new types.Fields()
    headers.set('x-number', [new TextEncoder().encode(String(random.getRandomU64()))])
    types.ResponseOutparam.set(out, { tag: 'ok', val: new types.OutgoingResponse(headers) })
  }

const open = async (wasi: WasiSettings, replay?: RecordedRun) => {
  let report: ReplayReport | undefined
  let total = 0
  let hash = ''
  let obstacle: string | undefined
  const loaded: LoadedWorld = {
    prepared: { world, transpiled: { js: '', cores: {}, engineCore: '' } },
    instantiate: (imports, engineInstance, onInstance) => {
      onInstance(engineInstance({}))
      const exports = { [handler]: { handle: answer(imports as unknown as Imports) } }
      return exports as unknown as ReturnType<LoadedWorld['instantiate']>
    },
  }
  const started = await startGuestRun({
    world: loaded,
    guest: {
      warnings: [],
      instantiateCore: () => ({ exports: { memory: new WebAssembly.Memory({ initial: 1 }) } }),
      uncaught: () => undefined,
      stateBytes: () => 0,
      state: () => new Uint8Array(),
    },
    wasi,
    replay,
    output: { phase: 'run', write: () => {}, flush: () => {} },
    onBoundaryCall: () => {},
    onWorld: (event) => {
      if (event.kind === 'replay') ({ report } = event)
      else if (event.kind === 'trace') ({ total, hash } = event)
      else if (event.kind === 'recordable') ({ obstacle } = event)
    },
    onInterrupt: () => {},
    limit: 1000,
    clockStep: 0.1,
  })
  if (!started.ok) throw new Error(started.fault.message)
  const run = started.value
  return {
    run,
    send: (request: HttpRequest) => {
      expect(run.http(1, request)).toMatchObject({ ok: true, value: { status: 200 } })
      run.trace.flush()
      run.keeper.tell()
    },
    told: () => ({ report, total, hash, obstacle }),
  }
}

const request: HttpRequest = {
  method: 'POST',
  path: '/echo?a=1',
  headers: [['x', 'y']],
  body: [
    { after: 0, bytes: new Uint8Array([1, 2, 3]) },
    { after: 2, bytes: new Uint8Array([4]) },
  ],
}
const route = { url: 'https://up.example/*', status: 200, delay: 3 }

test.each<readonly [string, WasiSettings]>([
  ['the virtual clock and a seed', { http: { routes: [route] } }],
  [
    'the real clock and random bytes of the machine',
    { http: { routes: [route] }, clock: { mode: 'real' }, random: 'real' },
  ],
])('requests are recorded and replayed, upstreams too: %s', async (_, wasi) => {
  const recorded = await open(wasi)
  recorded.send(request)
  recorded.send({ ...request, path: '/again' })
  expect(recorded.told().obstacle).toBeUndefined()
  const taken = recorded.run.keeper.recording()
  if (!taken.ok) throw new Error(taken.fault.message)
  expect(taken.value.requests).toEqual([
    { kind: 'http', request },
    { kind: 'http', request: { ...request, path: '/again' } },
  ])
  const { total, hash } = taken.value
  expect({ total, hash }).toEqual({ total: recorded.told().total, hash: recorded.told().hash })

  const run: RecordedRun = { ...structuredClone(taken.value), settings: wasi }
  const again = await open(wasi, run)
  for (const each of run.requests) if (each.kind === 'http') again.send(each.request)
  expect(again.told()).toMatchObject({ report: { compared: total }, total, hash })
  expect(again.told().report).not.toHaveProperty('divergence')

  const other = await open(wasi, run)
  other.send({ ...request, path: '/other' })
  expect(other.told().report).toHaveProperty('divergence')
})

test('a run that was sent too much to be recorded says so, and goes on', async () => {
  const { run, send, told } = await open({ http: { routes: [route] } })
  send({ ...request, body: [{ after: 0, bytes: new Uint8Array(5 << 20) }] })
  expect(told().obstacle).toContain('too much')
  expect(run.keeper.recording()).toMatchObject({ ok: false, fault: { message: expect.stringContaining('too much') } })
  send(request)
})
