import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeWorkers } from './fake-worker.ts'
import type { LanguageRequest } from './protocol.ts'
import { WorkerSlot } from './slot.ts'

const request = (entry: string): LanguageRequest => ({ op: 'compile', files: {}, entry })
const done = { kind: 'done', outcome: { ok: true, value: 1 } } as const

let workers: FakeWorkers
let slot: WorkerSlot<LanguageRequest>
beforeEach(() => {
  vi.useFakeTimers()
  workers = new FakeWorkers()
  slot = new WorkerSlot({ spawn: workers.spawn, grace: 300, idle: 30_000 })
})
afterEach(() => {
  slot.dispose()
  vi.useRealTimers()
})
const call = (entry: string, signal?: AbortSignal) => slot.call(request(entry), { timeout: 5000, signal })
const entries = () => workers.all.map((worker) => worker.requests.map(({ entry }) => entry))

test('no worker before the first job; jobs run one after the other in one worker', async () => {
  expect(workers.all).toHaveLength(0)
  const first = call('a')
  const second = call('b')
  expect(entries()).toEqual([['a']])
  workers.last.reply(done)
  expect(entries()).toEqual([['a', 'b']])
  workers.last.reply({ kind: 'done', outcome: { ok: true, value: 2 } })
  expect(await first).toEqual({ kind: 'done', outcome: { ok: true, value: 1 } })
  expect(await second).toEqual({ kind: 'done', outcome: { ok: true, value: 2 } })
})

test('a silent worker is ended after the timeout, and the next job gets a new one', async () => {
  const first = call('a')
  const second = call('b')
  vi.advanceTimersByTime(4999)
  expect(workers.last.terminated).toBe(false)
  vi.advanceTimersByTime(1)
  expect(await first).toEqual({ kind: 'timeout' })
  expect(workers.all.map(({ terminated }) => terminated)).toEqual([true, false])
  expect(entries()).toEqual([['a'], ['b']])
  workers.last.reply(done)
  expect((await second).kind).toBe('done')
})

test('loading is a sign of life', async () => {
  const loaded: number[] = []
  const job = slot.call(request('a'), { timeout: 5000, onLoading: (_, bytes) => loaded.push(bytes) })
  for (const bytes of [1, 2, 3]) {
    vi.advanceTimersByTime(4000)
    workers.last.reply({ kind: 'loading', part: 'x', loaded: bytes })
  }
  vi.advanceTimersByTime(4000)
  workers.last.reply({ kind: 'started' })
  vi.advanceTimersByTime(4000)
  workers.last.reply(done)
  expect((await job).kind).toBe('done')
  expect(loaded).toEqual([1, 2, 3])
})

test.each([
  ['says that a tool is broken', () => workers.last.reply({ kind: 'broken', message: 'trap' })],
  ['crashes', () => workers.last.crash()],
  ['says what is no reply', () => workers.last.say({ id: 1, kind: 'what' })],
])('a worker that %s is replaced', async (_, happen) => {
  const job = call('a')
  const broken = workers.last
  happen()
  expect((await job).kind).toBe('broken')
  expect(broken.terminated).toBe(true)
  const next = call('b')
  expect(workers.all).toHaveLength(2)
  workers.last.reply(done)
  expect((await next).kind).toBe('done')
})

test('a worker whose script does not arrive is a failed load, and another one is tried', async () => {
  const job = call('a')
  workers.last.miss()
  expect(await job).toMatchObject({ kind: 'done', outcome: { ok: false, fault: { stage: 'load' } } })
  const next = call('b')
  expect(workers.all).toHaveLength(2)
  workers.last.reply(done)
  expect((await next).kind).toBe('done')
})

test('a failed load ends the worker, since its modules stay failed', async () => {
  const job = call('a')
  workers.last.reply({ kind: 'done', outcome: { ok: false, fault: { stage: 'load', message: 'm', next: 'n' } } })
  expect((await job).kind).toBe('done')
  expect(workers.last.terminated).toBe(true)
})

test('an aborted job that waits is never sent', async () => {
  const controller = new AbortController()
  const first = call('a')
  const second = call('b', controller.signal)
  controller.abort()
  expect(await second).toEqual({ kind: 'aborted' })
  workers.last.reply(done)
  await first
  expect(entries()).toEqual([['a']])
  expect(await call('c', controller.signal)).toEqual({ kind: 'aborted' })
})

test('an aborted job is answered at once and may finish while nobody waits', async () => {
  const controller = new AbortController()
  const first = call('a', controller.signal)
  workers.last.reply({ kind: 'started' })
  controller.abort()
  expect(await first).toEqual({ kind: 'aborted' })
  vi.advanceTimersByTime(4000)
  expect(workers.last.terminated).toBe(false)
  workers.last.reply(done)
  const second = call('b')
  expect(entries()).toEqual([['a', 'b']])
  workers.last.reply(done)
  expect((await second).kind).toBe('done')
})

test('an aborted job that holds up another one is cut short, but not while it loads', async () => {
  const controller = new AbortController()
  const first = call('a', controller.signal)
  controller.abort()
  const second = call('b')
  await first
  vi.advanceTimersByTime(1000)
  expect(workers.all).toHaveLength(1)
  workers.last.reply({ kind: 'started' })
  vi.advanceTimersByTime(299)
  expect(workers.all).toHaveLength(1)
  vi.advanceTimersByTime(1)
  expect(entries()).toEqual([['a'], ['b']])
  expect(workers.all[0]?.terminated).toBe(true)
  workers.last.reply(done)
  expect((await second).kind).toBe('done')
})

test('an answer to an abandoned job is not taken for the next one', async () => {
  const controller = new AbortController()
  const first = call('a', controller.signal)
  controller.abort()
  await first
  const second = call('b')
  workers.last.reply({ kind: 'done', outcome: { ok: true, value: 'late' } })
  workers.last.reply({ kind: 'done', outcome: { ok: true, value: 'wrong number' } }, 77)
  workers.last.reply(done)
  expect(await second).toEqual({ kind: 'done', outcome: { ok: true, value: 1 } })
})

test('a worker without work is ended, and a new job keeps it', async () => {
  const first = call('a')
  workers.last.reply(done)
  await first
  vi.advanceTimersByTime(29_000)
  const second = call('b')
  vi.advanceTimersByTime(4000)
  workers.last.reply(done)
  await second
  expect(workers.all).toHaveLength(1)
  vi.advanceTimersByTime(30_000)
  expect(workers.last.terminated).toBe(true)
})

test('after dispose nothing runs', async () => {
  const first = call('a')
  const second = call('b')
  slot.dispose()
  expect(await first).toEqual({ kind: 'aborted' })
  expect(await second).toEqual({ kind: 'aborted' })
  expect(await call('c')).toEqual({ kind: 'aborted' })
  expect(workers.all.map(({ terminated }) => terminated)).toEqual([true])
})
