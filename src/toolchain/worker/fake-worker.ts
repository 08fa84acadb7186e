import type { Reply } from './protocol.ts'
import type { WorkerLike } from './slot.ts'

type Answer = Reply extends infer R ? (R extends Reply ? Omit<R, 'id'> : never) : never

/** A worker for tests: it records what it is asked and says what the test tells it to. */
export class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null
  onmessageerror: WorkerLike['onmessageerror'] = null
  onerror: WorkerLike['onerror'] = null
  readonly requests: Readonly<Record<string, unknown>>[] = []
  terminated = false
  private readonly answered = new Set<unknown>()

  postMessage(message: unknown): void {
    this.requests.push({ ...(message as object) })
  }

  /** The last request, as long as it has no answer. */
  get pending(): Readonly<Record<string, unknown>> | undefined {
    const last = this.requests.at(-1)
    return last === undefined || this.answered.has(last['id']) ? undefined : last
  }

  terminate(): void {
    this.terminated = true
  }

  /** Answers the last request, or another one by its number. */
  reply(answer: Answer, id: unknown = this.requests.at(-1)?.['id']): void {
    if (answer.kind === 'done' || answer.kind === 'broken') this.answered.add(id)
    this.say({ ...answer, id })
  }

  say(data: unknown): void {
    this.onmessage?.(new MessageEvent('message', { data }))
  }

  crash(): void {
    this.onerror?.(Object.assign(new Event('error'), { message: 'out of memory' }) as ErrorEvent)
  }

  /** Its script does not arrive. */
  miss(): void {
    this.onerror?.(new Event('error') as ErrorEvent)
  }
}

/** Spawns fake workers and keeps them in order. */
export class FakeWorkers {
  readonly all: FakeWorker[] = []
  readonly spawn = (): FakeWorker => {
    const worker = new FakeWorker()
    this.all.push(worker)
    return worker
  }

  get last(): FakeWorker {
    const worker = this.all.at(-1)
    if (worker === undefined) throw new Error('no worker was started')
    return worker
  }
}
