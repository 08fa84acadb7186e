import { beforeEach, expect, it } from 'vitest'
import type { HttpNews, HttpRequest } from '../../runner/http.ts'
import { fail } from '../../contract/fault.ts'
import { createWorkbench, type Workbench } from '../store.ts'
import { fakeResponse, fakeServices } from '../testing/fakes.ts'
import type { Simulation } from './simulation.ts'

let services: ReturnType<typeof fakeServices>
let workbench: Workbench
let simulation: Simulation
const http = () => workbench.store.getState().simulation.http
const request: HttpRequest = { method: 'GET', path: '/', headers: [], body: [] }
const tell = (number: number, ...news: HttpNews[]) => simulation.receive({ kind: 'http', request: number, news })
const sent = { type: 'sent', id: 1, at: 0n, method: 'GET', url: 'https://a.example/', fields: [], route: 0 } as const

beforeEach(async () => {
  services = fakeServices()
  workbench = createWorkbench(services)
  workbench.actions.openProject({
    schema: 1,
    name: 'one',
    files: { 'world.wit': 'package a:b; world w {}', 'main.ts': '' },
  })
  simulation = await workbench.simulation()
})

it('sends a request in a run that it starts, and keeps what comes of it', async () => {
  const sending = simulation.http.send(request)
  expect(http()).toMatchObject({ sending: true, exchanges: [{ id: 1, request }] })
  // Another one would end it.
  await simulation.http.send(request)
  await sending
  expect(http()).toMatchObject({ sending: false, exchanges: [{ id: 1, report: fakeResponse }] })
  expect(services.runner.asked.filter((each) => each.startsWith('http'))).toEqual(['http GET /'])
  expect(workbench.store.getState().run.status).toBe('ready')
})

it('puts together what is told', () => {
  void simulation.http.send(request)
  tell(
    1,
    sent,
    { type: 'request-body', id: 1, size: 2, start: Uint8Array.of(1, 2) },
    { type: 'informational', at: 1n, status: 103, fields: [] },
    { type: 'answered', id: 1, at: 5n, status: 503, fields: [] },
    { type: 'ended', id: 1, at: 6n, size: 0, start: new Uint8Array() },
    { type: 'head', at: 7n, status: 200, fields: [['a', 'b']] },
    { type: 'body', at: 8n, bytes: Uint8Array.of(1) },
    { type: 'end', at: 9n, trailers: [['t', 'u']] },
  )
  expect(http()?.exchanges[0]).toMatchObject({
    informational: [{ status: 103 }],
    head: { status: 200 },
    parts: [{ at: 8n }],
    end: { at: 9n, trailers: [['t', 'u']] },
    outgoing: [{ id: 1, sent: { size: 2 }, answered: { status: 503 }, ended: { at: 6n } }],
  })
})

it('keeps no more than so many pieces, and what was left out', () => {
  void simulation.http.send(request)
  const pieces = Array.from({ length: 256 }, (_, at): HttpNews => ({
    type: 'body',
    at: BigInt(at),
    bytes: new Uint8Array(1),
  }))
  const first = Array.from({ length: 256 }, (): HttpNews => ({
    type: 'informational',
    at: 0n,
    status: 103,
    fields: [],
  }))
  for (let turn = 0; turn < 100; turn++) tell(1, ...first)
  for (let turn = 0; turn < 100; turn++) tell(1, ...pieces)
  tell(1, { type: 'more', informational: 3, requests: 4 })
  const exchange = http()?.exchanges[0]
  expect(exchange?.parts).toHaveLength(10_000)
  expect(exchange?.informational).toHaveLength(100)
  expect(exchange?.more).toEqual({ informational: 3, requests: 4 })
  tell(0, { type: 'more', informational: 0, requests: 7 })
  expect(http()?.more).toBe(7)
  simulation.begin()
  expect(http()?.more).toBe(0)
})

it('keeps apart what a call asks for, until the next run', () => {
  tell(0, sent)
  expect(http()).toMatchObject({ exchanges: [], outgoing: [{ id: 1 }] })
  simulation.begin()
  expect(http()).toMatchObject({ outgoing: [] })
})

it('says that a request could not be made, and leaves the run alone', async () => {
  const fault = { stage: 'call', message: 'No path.', next: 'Mend it.' } as const
  services.runner.responses.push(fail(fault))
  await simulation.http.send(request)
  expect(http()?.exchanges[0]).toMatchObject({ fault })
  expect(workbench.store.getState()).toMatchObject({ run: { status: 'ready' } })
})

it('keeps twenty, and clears those that are over', async () => {
  for (let turn = 0; turn < 25; turn++) await simulation.http.send(request)
  expect(http()?.exchanges).toHaveLength(20)
  expect(http()?.exchanges[0]?.id).toBe(25)
  simulation.http.clearExchanges()
  expect(http()?.exchanges).toEqual([])
})

it('writes routes into the project, and none where there are none', () => {
  simulation.http.setRoutes([{ url: '*' }])
  expect(workbench.store.getState().project.wasi).toEqual({ http: { routes: [{ url: '*' }] } })
  simulation.http.setRoutes([], 'Removed the route.')
  expect(workbench.store.getState().project.wasi).toBeUndefined()
  workbench.actions.undo()
  expect(workbench.store.getState().project.wasi).toEqual({ http: { routes: [{ url: '*' }] } })
})
