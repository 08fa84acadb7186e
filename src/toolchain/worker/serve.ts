import type { Outcome } from '../../contract/fault.ts'
import { describeThrown, loadFault } from './load-fault.ts'
import type { Envelope, Reply, Request } from './protocol.ts'

/** The part of a worker's global scope that is needed here. */
export interface Scope<R extends Request> {
  addEventListener(type: 'message', listener: (event: { readonly data: Envelope<R> }) => void): void
  postMessage(reply: Reply): void
}

/** Loads what a request needs, and gives the work that is left. */
export type Ready<R extends Request> = (request: Envelope<R>) => Promise<() => Outcome<unknown>>

/**
 * Answers the requests to a worker. What cannot be loaded is a fault of stage `load`; work that throws has broken a tool,
 * and the worker with it.
 */
export function serveRequests<R extends Request>(scope: Scope<R>, ready: Ready<R>): void {
  const post = (reply: Reply): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's own takes none
    scope.postMessage(reply)
  }
  const answer = async (request: Envelope<R>): Promise<void> => {
    const { id } = request
    let work: () => Outcome<unknown>
    try {
      work = await ready(request)
    } catch (thrown) {
      post({ id, kind: 'done', outcome: loadFault(thrown) })
      return
    }
    post({ id, kind: 'started' })
    try {
      post({ id, kind: 'done', outcome: work() })
    } catch (thrown) {
      post({ id, kind: 'broken', message: describeThrown(thrown) })
    }
  }
  scope.addEventListener('message', (event) => void answer(event.data))
}
