import { type Budget, Share } from '../budget.ts'
import type { HostContext } from '../context.ts'
import { type ErrorCode, errorText } from './error-code.ts'
import { bodyStart, Glimpse, type HttpEvent } from './events.ts'
import { createInlet, instantReached, type BodyEnd, type Inlet } from './inlet.ts'
import type { ResponseHead } from './message.ts'
import type { SentRequest } from './requests.ts'
import type { Expected } from './responses.ts'

/** Why there is no response. */
export interface Failure {
  readonly code: ErrorCode
  /** In words, where the code does not say it. */
  readonly why?: string | undefined
}

/** What came of a request. */
export type Came = { readonly head: ResponseHead; readonly inlet: Inlet } | Failure

/** What an exchange takes of the memory beside the beginnings of its bodies: about so many bytes. */
const exchangeCost = 2048

/** A request of the component on its way, until its response has ended: what is told of it, and the memory for that. */
export class Exchange {
  readonly id: number
  readonly #context: HostContext
  readonly #tell: (event: HttpEvent) => void
  readonly #share: Share
  #over = false

  constructor(context: HostContext, id: number, tell: (event: HttpEvent) => void) {
    this.id = id
    this.#context = context
    this.#tell = tell
    this.#share = new Share(context.memory)
  }

  /** Holds so many bytes of fields more; false where there is no memory for that. */
  holds(fields: number): boolean {
    return this.#over || this.#share.set((this.#share.bytes || exchangeCost + 2 * bodyStart) + fields)
  }

  /** Nothing more comes of it. */
  end(at: bigint, received: Glimpse, error?: string, why?: string): void {
    if (this.#over) return
    this.#over = true
    this.#share.release()
    const { size, start } = received
    this.#tell({
      type: 'ended',
      id: this.id,
      at,
      size,
      start,
      ...(error !== undefined && { error }),
      ...(why !== undefined && { why }),
    })
  }

  /** The body of the response. `received`: what of it had come by an instant. */
  inlet(received: (until: bigint) => Glimpse, memory?: Budget): Inlet {
    return createInlet(this.#context.time, {
      onEnd: (end, at) => {
        if (end === 'given up') this.end(at, received(at), end)
        else if (end.ok) this.end(at, received(at))
        else this.end(at, received(at), errorText(end.code), end.why)
      },
      ...(memory && { memory }),
    })
  }

  /** The response as the component gets it. `at`: when it comes, as far as that is known; `take`: asked then, once. */
  expected(at: () => bigint | undefined, take: () => Came): Expected {
    const { time } = this.#context
    const came = (): Came | undefined => {
      const instant = at()
      return instant === undefined || time.peek() < instant ? undefined : take()
    }
    return {
      condition: instantReached(time, at),
      result: () => {
        const taken = came()
        if (taken === undefined) return undefined
        const instant = at() ?? time.peek()
        if ('code' in taken) {
          this.end(instant, new Glimpse(), errorText(taken.code), taken.why)
          return taken.code
        }
        const { status, fields } = taken.head
        this.#tell({ type: 'answered', id: this.id, at: instant, status, fields })
        return taken
      },
      drop: () => {
        const taken = came()
        if (taken === undefined) this.end(time.peek(), new Glimpse(), 'given up')
        else if ('code' in taken) this.end(at() ?? time.peek(), new Glimpse(), errorText(taken.code), taken.why)
        else taken.inlet.drop()
      },
    }
  }

  /** Passes the request's body on, and says when it is complete. `end` not ok: the component gave it up. */
  passBody({ outlet, hasBody }: SentRequest, to?: (bytes: Uint8Array) => void, then?: (end: BodyEnd) => void): void {
    const seen = new Glimpse()
    outlet.send({
      chunk: (bytes) => {
        seen.add(bytes)
        to?.(bytes)
      },
      end: (end) => {
        this.#tell({ type: 'request-body', id: this.id, size: seen.size, start: seen.start })
        then?.(end)
      },
    })
    const wrong = hasBody ? undefined : outlet.finish(undefined)
    if (wrong) throw wrong
  }
}
