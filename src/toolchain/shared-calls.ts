import type { Outcome } from '../contract/fault.ts'
import { abandoned } from './faults.ts'
import type { CallOptions, Progress } from './toolchain.ts'

interface Call<T> {
  readonly outcome: Promise<Outcome<T>>
  readonly controller: AbortController
  readonly listeners: Set<(progress: Progress) => void>
  waiting: number
}

/**
 * Calls for the same thing share one piece of work. Each caller can leave by itself; the work is aborted when the last
 * one has left.
 */
export class SharedCalls<T> {
  private readonly calls = new Map<string, Call<T>>()

  async run(
    key: string,
    { signal, onProgress }: CallOptions,
    work: (options: Required<CallOptions>) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    if (signal?.aborted === true) return abandoned()
    const call = this.calls.get(key) ?? this.start(key, work)
    if (onProgress !== undefined) call.listeners.add(onProgress)
    call.waiting += 1
    return new Promise((resolve, reject) => {
      const leave = () => {
        if (onProgress !== undefined) call.listeners.delete(onProgress)
        call.waiting -= 1
        if (call.waiting === 0) {
          // Whoever asks next starts anew instead of waiting for what is being given up.
          if (this.calls.get(key) === call) this.calls.delete(key)
          call.controller.abort()
        }
        resolve(abandoned())
      }
      signal?.addEventListener('abort', leave, { once: true })
      void call.outcome.finally(() => signal?.removeEventListener('abort', leave)).then(resolve, reject)
    })
  }

  private start(key: string, work: (options: Required<CallOptions>) => Promise<Outcome<T>>): Call<T> {
    const controller = new AbortController()
    const listeners = new Set<(progress: Progress) => void>()
    const onProgress = (progress: Progress) => {
      for (const listener of listeners) listener(progress)
    }
    const outcome = work({ signal: controller.signal, onProgress }).finally(() => {
      if (this.calls.get(key) === call) this.calls.delete(key)
    })
    const call: Call<T> = { outcome, controller, listeners, waiting: 0 }
    this.calls.set(key, call)
    return call
  }
}
