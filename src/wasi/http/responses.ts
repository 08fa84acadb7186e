import type { Budget, Share } from '../budget.ts'
import { failure, okay, refused, type BodiesKit, type Result } from './bodies.ts'
import { internalError, type ErrorCode } from './error-code.ts'
import { Family } from './family.ts'
import type { FieldsKit, FieldsObject } from './fields.ts'
import type { Inlet } from './inlet.ts'
import type { Io } from '../io/streams.ts'
import type { Condition } from '../waiting.ts'
import { contentLength, type Field, type ResponseHead } from './message.ts'
import { createOutlet, type Outlet } from './outlet.ts'
import { isStatus } from './syntax.ts'

/** What the guest said with an `outgoing-response`. */
export interface SentResponse extends ResponseHead {
  readonly hasBody: boolean
  readonly outlet: Outlet
  /** It was passed on, or will never be: what it takes of the memory is free. */
  release(): void
}

/** Where a `response-outparam` leads. */
export interface Reply {
  informational(head: ResponseHead): void
  answer(response: SentResponse): void
  fail(code: ErrorCode): void
  /** Dropped without having been set. */
  drop(): void
}

/** A response that may come. */
export interface Expected {
  readonly condition: Condition
  /** What came: `undefined` before that. Called again by nobody once it gave something. */
  result(): { readonly head: ResponseHead; readonly inlet: Inlet } | ErrorCode | undefined
  /** Nobody waits for it any more. */
  drop(): void
}

/** The classes of responses of one run. */
export const createResponses = (io: Io, { view, take }: FieldsKit, { receive, send }: BodiesKit, memory: Budget) => {
  let receiveOf: (head: ResponseHead, inlet: Inlet) => IncomingResponse
  let takeOf: (response: OutgoingResponse) => SentResponse
  let outparamOf: (reply: Reply) => ResponseOutparam
  let futureOf: (expected: Expected) => FutureIncomingResponse

  class IncomingResponse {
    #head: ResponseHead
    #inlet: Inlet
    #family = new Family('incoming-response')
    #consumed = false
    constructor(head: ResponseHead, inlet: Inlet) {
      this.#head = head
      this.#inlet = inlet
    }
    status(): number {
      return this.#head.status
    }
    headers(): FieldsObject {
      return view(this.#head.fields, this.#family.add('headers'))
    }
    consume(): object {
      if (this.#consumed) refused()
      this.#consumed = true
      return receive(this.#inlet)
    }
    [Symbol.dispose](): void {
      this.#family.leave('was dropped')
      if (!this.#consumed) this.#inlet.drop()
    }
    static {
      receiveOf = (head, inlet) => new IncomingResponse(head, inlet)
    }
  }

  class OutgoingResponse {
    #fields: readonly Field[]
    #share: Share
    #status = 200
    #family = new Family('outgoing-response')
    #outlet: Outlet
    #hasBody = false
    constructor(headers: FieldsObject) {
      const { list, share } = take(headers)
      this.#fields = list
      this.#share = share
      const length = contentLength(list)
      this.#outlet = createOutlet(length === 'invalid' ? undefined : length, 'response', memory)
    }
    #release(): void {
      this.#share.release()
      this.#outlet.discard()
    }
    statusCode(): number {
      return this.#status
    }
    setStatusCode(status: number): void {
      if (!isStatus(status)) refused()
      this.#status = status
    }
    headers(): FieldsObject {
      return view(this.#fields, this.#family.add('headers'))
    }
    body(): object {
      if (this.#hasBody) refused()
      this.#hasBody = true
      return send(this.#outlet)
    }
    [Symbol.dispose](): void {
      this.#family.leave('was dropped')
      this.#release()
    }
    static {
      takeOf = (response) => {
        response.#family.leave('was sent')
        return {
          status: response.#status,
          fields: response.#fields,
          hasBody: response.#hasBody,
          outlet: response.#outlet,
          release: () => response.#release(),
        }
      }
    }
  }

  class ResponseOutparam {
    #reply: Reply
    constructor(reply: Reply) {
      this.#reply = reply
    }
    sendInformational(status: number, headers: FieldsObject): void {
      const { list: fields, share } = take(headers)
      share.release()
      const wrong: ErrorCode = { tag: 'HTTP-protocol-error' }
      if (status < 100 || status > 199) throw wrong
      this.#reply.informational({ status, fields })
    }
    static set(param: ResponseOutparam, response: Result<OutgoingResponse>): void {
      const reply = param.#reply
      if (response.tag === 'err') return reply.fail(response.val ?? internalError('the handler gave no reason'))
      const sent = takeOf(response.val)
      try {
        reply.answer(sent)
      } finally {
        sent.release()
      }
    }
    [Symbol.dispose](): void {
      this.#reply.drop()
    }
    static {
      outparamOf = (reply) => new ResponseOutparam(reply)
    }
  }

  class FutureIncomingResponse {
    #expected: Expected
    #taken = false
    constructor(expected: Expected) {
      this.#expected = expected
    }
    subscribe(): object {
      return io.pollable(this.#taken ? { ready: () => true } : this.#expected.condition)
    }
    get(): Result<Result<IncomingResponse>> | undefined {
      if (this.#taken) return failure()
      const result = this.#expected.result()
      if (result === undefined) return undefined
      this.#taken = true
      if ('tag' in result) return okay(failure(result))
      return okay(okay(receiveOf(result.head, result.inlet)))
    }
    [Symbol.dispose](): void {
      if (!this.#taken) this.#expected.drop()
    }
    static {
      futureOf = (expected) => new FutureIncomingResponse(expected)
    }
  }

  return {
    IncomingResponse,
    OutgoingResponse,
    ResponseOutparam,
    FutureIncomingResponse,
    outparam: outparamOf!,
    future: futureOf!,
  }
}

export type ResponsesKit = ReturnType<typeof createResponses>
