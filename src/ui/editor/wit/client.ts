import { step, type Token } from '../cancelled.ts'
import type { Answer, Arguments, Call, Method, Reply, Request } from './protocol.ts'
import { ready } from './ready.ts'

/** The part of a `Worker` that the client uses. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<Reply | typeof ready>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  postMessage(request: Request): void
  terminate(): void
}

export interface AskWit {
  /**
   * Asks the worker, which starts with the first call. `undefined` where it fails, does not answer in time, or a newer
   * question of the kind has taken the place of this one.
   */
  call<M extends Method>(method: M, ...parameters: Arguments[M]): Promise<Answer<M> | undefined>
}

export interface WitClient extends AskWit {
  /** For the steps of one answer: what waits to be asked is dropped when nobody waits for that any more. */
  until(token: Token | undefined): AskWit
}

/** Nobody waits longer for what an editor offers. Milliseconds, from when the worker has the question. */
const patience = 10_000
/** A worker that does not load or hangs is not started again at once. Milliseconds, doubled each time. */
const firstPause = 1000
const longestPause = 60_000

/** Of these only the newest question about a file matters: each keystroke and move of the mouse asks one. */
const replaceable: ReadonlySet<Method> = new Set<Method>([
  'completions',
  'hover',
  'mendable',
  'actions',
  'named',
  'folds',
  'outline',
  'highlights',
])

interface Waiting {
  readonly request: Request
  /** What of a newer call takes its place. */
  readonly kind: string | undefined
  settle(value: unknown): void
}

/** One worker for all editors, which has one question at a time: those that wait can be abandoned. */
export function createWitClient(start: () => WorkerLike): WitClient {
  let worker: WorkerLike | undefined
  let isReady = false
  let ids = 0
  let queue: Waiting[] = []
  let asked: Waiting | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let notBefore = 0

  function end(): void {
    clearTimeout(timer)
    worker?.terminate()
    worker = undefined
    isReady = false
    notBefore = Date.now() + Math.min(longestPause, firstPause * 2 ** failures)
    failures += 1
    const left = asked ? [asked, ...queue] : queue
    asked = undefined
    queue = []
    for (const each of left) each.settle(undefined)
  }

  function open(): WorkerLike {
    const opened = start()
    opened.onmessage = ({ data }) => {
      if (worker !== opened) return
      if (data === ready) isReady = true
      else {
        if ('error' in data) console.error(data.error)
        if (data.id !== asked?.request.id) return
        clearTimeout(timer)
        failures = 0
        asked.settle('value' in data ? data.value : undefined)
        asked = undefined
      }
      next()
    }
    opened.onerror = () => {
      if (worker === opened) end()
    }
    return opened
  }

  function next(): void {
    if (!worker || !isReady || asked) return
    asked = queue.shift()
    if (!asked) return
    timer = setTimeout(end, patience)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's takes none
    worker.postMessage(asked.request)
  }

  function drop(isUseless: (waiting: Waiting) => boolean): void {
    const useless = queue.filter(isUseless)
    queue = queue.filter((each) => !useless.includes(each))
    for (const each of useless) each.settle(undefined)
  }

  function ask<M extends Method>(
    token: Token | undefined,
    method: M,
    parameters: Arguments[M],
  ): Promise<Answer<M> | undefined> {
    if (!worker && Date.now() < notBefore) return Promise.resolve(undefined)
    worker ??= open()
    const request: Request = { id: ++ids, ...({ method, parameters } as Call) }
    const kind = kindOf(request)
    if (kind !== undefined) drop((each) => each.kind === kind)
    return new Promise((resolve) => {
      const cancelling = token?.onCancellationRequested(() => drop((each) => each.request === request))
      const settle = (value: unknown): void => {
        cancelling?.dispose()
        // The reply to this very request, of our own worker.
        resolve(value as Answer<M> | undefined)
      }
      queue.push({ request, kind, settle })
      next()
    })
  }

  const until = (token: Token | undefined): AskWit => ({
    call: (method, ...parameters) => step(token, () => ask(token, method, parameters)),
  })
  return { ...until(undefined), until }
}

function kindOf({ method, parameters }: Request): string | undefined {
  if (!replaceable.has(method)) return undefined
  for (const each of parameters) {
    const file = typeof each === 'object' && 'file' in each ? each.file : each
    if (typeof file === 'string') return `${method} ${file}`
  }
  return undefined
}
