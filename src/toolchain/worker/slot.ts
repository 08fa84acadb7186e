import type { Outcome } from '../../contract/fault.ts'
import { loadFault } from './load-fault.ts'
import { parseReply } from './protocol.ts'
import type { Reply, Request } from './protocol.ts'

/** The part of `Worker` that is used here, so that tests can stand in for one. */
export interface WorkerLike {
  postMessage(message: unknown): void
  terminate(): void
  onmessage: ((event: MessageEvent<unknown>) => void) | null
  onmessageerror: ((event: MessageEvent<unknown>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

export interface SlotOptions<R extends Request> {
  readonly spawn: () => WorkerLike
  /** Ends the worker when it had nothing to do for so many milliseconds. Without it, it stays. */
  readonly idle?: number
  /** How long an abandoned job may go on while another one waits. Milliseconds. */
  readonly grace: number
  /** Which requests this slot takes; only there to bind the type. */
  readonly accepts?: R
}

export interface JobOptions {
  /** Ends the worker when it was silent for so many milliseconds. */
  readonly timeout: number
  readonly signal?: AbortSignal | undefined
  readonly onLoading?: (part: string, loaded: number) => void
  readonly onStarted?: () => void
}

export type JobResult =
  | { readonly kind: 'done'; readonly outcome: Outcome<unknown> }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'broken'; readonly message: string }

interface Job {
  readonly id: number
  readonly request: Request
  readonly options: JobOptions
  readonly settle: (result: JobResult) => void
  abandoned: boolean
  /** Loading is never cut short: whoever comes next needs the same parts. */
  started: boolean
}

type Timer = ReturnType<typeof setTimeout>

/**
 * One worker at a time, started when it is needed and replaced after whatever goes wrong with it: a tool that trapped
 * stays broken, and one that hangs does not listen. Jobs run one after the other. A job that is aborted is answered at
 * once; the worker gets a moment to finish it, since ending the worker would cost its successor the loading.
 */
export class WorkerSlot<R extends Request> {
  private readonly options: SlotOptions<R>
  private worker: WorkerLike | undefined
  private readonly queue: Job[] = []
  private active: Job | undefined
  private lastId = 0
  private watchdog: Timer | undefined
  private graceTimer: Timer | undefined
  private idleTimer: Timer | undefined
  private disposed = false

  constructor(options: SlotOptions<R>) {
    this.options = options
  }

  /** Starts the worker if it is not there. */
  warm(): void {
    if (!this.disposed) this.ensureWorker()
  }

  call(request: R, options: JobOptions): Promise<JobResult> {
    if (this.disposed || options.signal?.aborted === true) return Promise.resolve({ kind: 'aborted' })
    return new Promise((resolve) => {
      const job: Job = {
        id: ++this.lastId,
        request,
        options,
        abandoned: false,
        started: false,
        settle: (result) => {
          options.signal?.removeEventListener('abort', abandon)
          resolve(result)
        },
      }
      const abandon = () => this.abandon(job)
      options.signal?.addEventListener('abort', abandon, { once: true })
      this.queue.push(job)
      this.next()
      this.watchAbandoned()
    })
  }

  dispose(): void {
    this.disposed = true
    const jobs = [...(this.active === undefined ? [] : [this.active]), ...this.queue.splice(0)]
    this.retire()
    for (const job of jobs) job.settle({ kind: 'aborted' })
  }

  private next(): void {
    if (this.active !== undefined || this.disposed) return
    const job = this.queue.shift()
    if (job === undefined) {
      if (this.options.idle !== undefined && this.worker !== undefined) {
        clearTimeout(this.idleTimer)
        this.idleTimer = setTimeout(() => this.retire(), this.options.idle)
      }
      return
    }
    clearTimeout(this.idleTimer)
    this.active = job
    this.restartWatchdog(job)
    try {
      const message = { ...job.request, id: job.id }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      this.ensureWorker().postMessage(message)
    } catch (thrown) {
      this.fail(job, { kind: 'broken', message: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  }

  private ensureWorker(): WorkerLike {
    if (this.worker !== undefined) return this.worker
    const worker = this.options.spawn()
    const end = (result: JobResult) => {
      if (this.worker !== worker) return
      if (this.active === undefined) this.retire()
      else this.fail(this.active, result)
    }
    const broken = (message: string) => end({ kind: 'broken', message })
    worker.onmessage = (event) => {
      if (this.worker !== worker) return
      const reply = parseReply(event.data)
      if (reply === undefined) broken('The worker sent something that is no reply.')
      else this.receive(reply)
    }
    worker.onmessageerror = () => broken('A message of the worker could not be read.')
    // What a script throws has a message; a script that did not arrive has none.
    worker.onerror = ({ message }) =>
      message ? broken(message) : end({ kind: 'done', outcome: loadFault('The worker could not be started.') })
    this.worker = worker
    return worker
  }

  private receive(reply: Reply): void {
    const job = this.active
    if (job === undefined || reply.id !== job.id) return
    switch (reply.kind) {
      case 'loading':
        this.restartWatchdog(job)
        if (!job.abandoned) job.options.onLoading?.(reply.part, reply.loaded)
        return
      case 'started':
        job.started = true
        this.restartWatchdog(job)
        this.watchAbandoned()
        if (!job.abandoned) job.options.onStarted?.()
        return
      case 'broken':
        this.fail(job, { kind: 'broken', message: reply.message })
        return
      case 'done':
        // A module whose loading failed stays failed for as long as its worker lives.
        if (!reply.outcome.ok && reply.outcome.fault.stage === 'load') this.retire()
        this.finish(job, { kind: 'done', outcome: reply.outcome })
    }
  }

  private abandon(job: Job): void {
    job.abandoned = true
    job.settle({ kind: 'aborted' })
    const waiting = this.queue.indexOf(job)
    if (waiting !== -1) this.queue.splice(waiting, 1)
    else this.watchAbandoned()
  }

  /** An abandoned job that holds up another one is cut short after a moment. */
  private watchAbandoned(): void {
    const job = this.active
    if (job === undefined || !job.abandoned || !job.started || this.queue.length === 0) return
    if (this.graceTimer !== undefined) return
    this.graceTimer = setTimeout(() => {
      if (this.active === job) this.fail(job, { kind: 'aborted' })
    }, this.options.grace)
  }

  private restartWatchdog(job: Job): void {
    clearTimeout(this.watchdog)
    this.watchdog = setTimeout(() => this.fail(job, { kind: 'timeout' }), job.options.timeout)
  }

  private fail(job: Job, result: JobResult): void {
    this.retire()
    this.finish(job, result)
  }

  private finish(job: Job, result: JobResult): void {
    clearTimeout(this.watchdog)
    clearTimeout(this.graceTimer)
    this.graceTimer = undefined
    if (this.active === job) this.active = undefined
    job.settle(result)
    this.next()
  }

  private retire(): void {
    for (const timer of [this.watchdog, this.graceTimer, this.idleTimer]) clearTimeout(timer)
    this.graceTimer = undefined
    const { worker } = this
    this.worker = undefined
    this.active = undefined
    if (worker === undefined) return
    worker.onmessage = null
    worker.onmessageerror = null
    worker.onerror = null
    worker.terminate()
  }
}
