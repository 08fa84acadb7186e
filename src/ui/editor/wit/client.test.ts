import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWitClient, type WitClient, type WorkerLike } from './client.ts'
import type { Request } from './protocol.ts'

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
  reply(index: number, value: string | null): void {
    const { id } = this.requests[index] ?? expect.unreachable()
    this.onmessage?.(new MessageEvent('message', { data: { id, value } }))
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
  it('starts it with the first call, and gives each call its own answer', async () => {
    expect(workers).toHaveLength(0)
    const [one, other] = [client.call('format', 'a'), client.call('format', 'b')]
    expect(workers).toHaveLength(1)
    last().reply(1, 'B')
    last().reply(0, null)
    expect(await Promise.all([one, other])).toEqual([null, 'B'])
  })

  it('gives nothing where the worker fails, and starts another for the next call', async () => {
    const call = client.call('format', 'a')
    last().onerror?.(Object.assign(new Event('error'), { message: '' }) as ErrorEvent)
    expect(await call).toBeUndefined()
    expect(last().ended).toBe(true)
    const next = client.call('format', 'a')
    expect(workers).toHaveLength(2)
    last().reply(0, 'A')
    expect(await next).toBe('A')
  })

  it('ends a worker that does not answer', async () => {
    const call = client.call('format', 'a')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await call).toBeUndefined()
    expect(last().ended).toBe(true)
  })

  it('gives nothing where a method throws, and keeps the worker', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const call = client.call('format', 'a')
    last().onmessage?.(new MessageEvent('message', { data: { id: 1, error: 'Error: no' } }))
    expect(await call).toBeUndefined()
    expect(last().ended).toBe(false)
    expect(log).toHaveBeenCalledWith('Error: no')
    log.mockRestore()
  })
})
