import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { unlessCancelled } from '../cancelled.ts'
import { CancellableToken } from '../token.fixture.ts'
import { createWitClient, type WitClient, type WorkerLike } from './client.ts'
import type { Request } from './protocol.ts'
import { ready } from './ready.ts'

class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null
  onerror: WorkerLike['onerror'] = null
  readonly requests: Request[] = []
  ended = false
  postMessage(request: Request): void {
    this.requests.push(request)
  }
  terminate(): void {
    this.ended = true
  }
  answer(data: Parameters<NonNullable<WorkerLike['onmessage']>>[0]['data']): void {
    this.onmessage?.(new MessageEvent('message', { data }))
  }
  reply(index: number, value: string | null): void {
    const { id } = this.requests[index] ?? expect.unreachable()
    this.answer({ id, value })
  }
  fail(): void {
    this.onerror?.(Object.assign(new Event('error'), { message: '' }) as ErrorEvent)
  }
}

let workers: FakeWorker[]
let client: WitClient
const last = (): FakeWorker => workers.at(-1) ?? expect.unreachable()

beforeEach(() => {
  vi.useFakeTimers()
  workers = []
  client = createWitClient(() => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker
  })
})
afterEach(() => void vi.useRealTimers())

describe('the client of the WIT worker', () => {
  it('starts it with the first call, and asks one thing after the other when it is loaded', async () => {
    expect(workers).toHaveLength(0)
    const [one, other] = [client.call('format', 'a'), client.call('format', 'b')]
    expect(workers).toHaveLength(1)
    expect(last().requests).toHaveLength(0)
    last().answer(ready)
    expect(last().requests).toHaveLength(1)
    last().reply(0, 'A')
    last().reply(1, null)
    expect(await Promise.all([one, other])).toEqual(['A', null])
  })

  it('abandons what waits when something newer of the kind is asked about the file', async () => {
    const busy = client.call('format', 'a')
    last().answer(ready)
    const at = (file: string, column: number) => ({ file, line: 1, column })
    const older = client.call('hover', {}, at('a.wit', 1))
    const elsewhere = client.call('hover', {}, at('b.wit', 1))
    const newer = client.call('hover', {}, at('a.wit', 2))
    expect(await older).toBeUndefined()
    for (const index of [0, 1, 2]) last().reply(index, null)
    expect(await Promise.all([busy, elsewhere, newer])).toEqual([null, null, null])
    expect(last().requests.map(({ method }) => method)).toEqual(['format', 'hover', 'hover'])
  })

  it('gives nothing where the worker fails, and starts another after a pause that grows', async () => {
    const call = client.call('format', 'a')
    last().fail()
    expect(await call).toBeUndefined()
    expect(last().ended).toBe(true)
    expect(await client.call('format', 'a')).toBeUndefined()
    expect(workers).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1000)
    const second = client.call('format', 'a')
    expect(workers).toHaveLength(2)
    last().fail()
    expect(await second).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1000)
    expect(await client.call('format', 'a')).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1000)
    const third = client.call('format', 'a')
    expect(workers).toHaveLength(3)
    last().answer(ready)
    last().reply(0, 'A')
    expect(await third).toBe('A')
  })

  it('waits for a worker that loads, and ends one that does not answer', async () => {
    const call = client.call('format', 'a')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(last().ended).toBe(false)
    last().answer(ready)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await call).toBeUndefined()
    expect(last().ended).toBe(true)
  })

  it('gives nothing where a method throws, and keeps the worker', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const call = client.call('format', 'a')
    last().answer(ready)
    last().answer({ id: 1, error: 'Error: no' })
    expect(await call).toBeUndefined()
    expect(last().ended).toBe(false)
    expect(log).toHaveBeenCalledWith('Error: no')
    log.mockRestore()
  })

  it('drops what waits when nobody waits for the answer, and leaves the questions of others', async () => {
    const token = new CancellableToken()
    const asked = client.until(token)
    const busy = client.call('format', 'a')
    last().answer(ready)
    const [dropped, kept] = [unlessCancelled(asked.call('format', 'b')), client.call('format', 'c')]
    token.cancel()
    expect(await dropped).toBeUndefined()
    last().reply(0, 'A')
    last().reply(1, 'C')
    expect(await Promise.all([busy, kept])).toEqual(['A', 'C'])
    expect(last().requests.map(({ parameters }) => parameters)).toEqual([['a'], ['c']])
    expect(token.listeners).toBe(0)
  })

  it('gives nothing of what the worker has begun already, and goes on after it', async () => {
    const token = new CancellableToken()
    const begun = unlessCancelled(client.until(token).call('format', 'a'))
    last().answer(ready)
    const next = client.call('format', 'b')
    token.cancel()
    expect(last().requests).toHaveLength(1)
    last().reply(0, 'A')
    last().reply(1, 'B')
    expect(await Promise.all([begun, next])).toEqual([undefined, 'B'])
  })

  it('starts no worker for a question that is cancelled already', async () => {
    const token = new CancellableToken()
    token.cancel()
    expect(await unlessCancelled(client.until(token).call('format', 'a'))).toBeUndefined()
    expect(workers).toHaveLength(0)
  })
})
