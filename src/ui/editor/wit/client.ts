import type { Answer, Arguments, Call, Method, Reply, Request } from './protocol.ts'

/** The part of a `Worker` that the client uses. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<Reply>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  postMessage(request: Request): void
  terminate(): void
}

export interface WitClient {
  /** Asks the worker, which starts with the first call. `undefined` where it fails or does not answer in time. */
  call<M extends Method>(method: M, ...parameters: Arguments[M]): Promise<Answer<M> | undefined>
}

/** Nobody waits longer for what an editor offers. Milliseconds. */
const patience = 10_000

/** One worker for all editors. One that fails or hangs is ended, and the next call starts another. */
export function createWitClient(start: () => WorkerLike): WitClient {
  let worker: WorkerLike | undefined
  let ids = 0
  const waiting = new Map<number, (value: unknown) => void>()

  function end(): void {
    worker?.terminate()
    worker = undefined
    for (const settle of waiting.values()) settle(undefined)
    waiting.clear()
  }

  function open(): WorkerLike {
    const opened = start()
    opened.onmessage = ({ data }) => {
      if ('error' in data) console.error(data.error)
      waiting.get(data.id)?.('value' in data ? data.value : undefined)
      waiting.delete(data.id)
    }
    opened.onerror = () => {
      if (worker === opened) end()
    }
    return opened
  }

  return {
    call<M extends Method>(method: M, ...parameters: Arguments[M]) {
      worker ??= open()
      const id = ++ids
      const asked = worker
      return new Promise<Answer<M> | undefined>((resolve) => {
        const timer = setTimeout(() => {
          if (worker === asked) end()
        }, patience)
        waiting.set(id, (value) => {
          clearTimeout(timer)
          // The reply to this very request, of our own worker.
          resolve(value as Answer<M> | undefined)
        })
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's takes none
        asked.postMessage({ id, ...({ method, parameters } as Call) })
      })
    },
  }
}
