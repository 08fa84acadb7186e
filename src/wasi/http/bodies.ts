import type { Io } from '../io/streams.ts'
import type { ErrorCode } from './error-code.ts'
import { Family } from './family.ts'
import type { FieldsKit, FieldsObject } from './fields.ts'
import type { Inlet } from './inlet.ts'
import type { Outlet } from './outlet.ts'

/** jco's form of `result<T, E>` where it is not what the function itself returns. */
export type Result<T> =
  | { readonly tag: 'ok'; readonly val: T }
  | { readonly tag: 'err'; readonly val: ErrorCode | undefined }

export const okay = <T>(val: T): Result<T> => ({ tag: 'ok', val })
export const failure = (val?: ErrorCode): { readonly tag: 'err'; readonly val: ErrorCode | undefined } => ({
  tag: 'err',
  val,
})

/** The `err` of a `result` without a payload. */
export const refused = (): never => {
  // A value that is no Error is the payload of the result: here there is none.
  // oxlint-disable-next-line no-throw-literal
  throw undefined
}

const unfinished: ErrorCode = { tag: 'HTTP-protocol-error' }

/** The classes of bodies and trailers of one run. */
export const createBodies = (io: Io, { view, take }: FieldsKit) => {
  let receiveOf: (inlet: Inlet) => IncomingBody
  let sendOf: (outlet: Outlet) => OutgoingBody

  class FutureTrailers {
    #inlet: Inlet
    #family = new Family('future-trailers')
    #taken = false
    constructor(inlet: Inlet) {
      this.#inlet = inlet
    }
    subscribe(): object {
      return io.pollable(this.#inlet.end)
    }
    get(): Result<Result<FieldsObject | undefined>> | undefined {
      const end = this.#inlet.ended()
      if (end === undefined) return undefined
      if (this.#taken) return failure()
      this.#taken = true
      if (!end.ok) return okay(failure(end.code))
      return okay(okay(end.trailers && view(end.trailers, this.#family.add('trailers'))))
    }
    [Symbol.dispose](): void {
      this.#family.leave('was dropped')
      this.#inlet.drop()
    }
  }

  class IncomingBody {
    #inlet: Inlet
    #family = new Family('incoming-body')
    #taken = false
    #finished = false
    constructor(inlet: Inlet) {
      this.#inlet = inlet
    }
    stream(): object {
      if (this.#taken) refused()
      this.#taken = true
      const { source } = this.#inlet
      return io.inputStream({ ...source, drop: this.#family.add('input-stream') })
    }
    static finish(body: IncomingBody): FutureTrailers {
      body.#family.leave('was finished')
      body.#finished = true
      return new FutureTrailers(body.#inlet)
    }
    [Symbol.dispose](): void {
      this.#family.leave('was dropped')
      if (!this.#finished) this.#inlet.drop()
    }
    static {
      receiveOf = (inlet) => new IncomingBody(inlet)
    }
  }

  class OutgoingBody {
    #outlet: Outlet
    #family = new Family('outgoing-body')
    #taken = false
    constructor(outlet: Outlet) {
      this.#outlet = outlet
    }
    write(): object {
      if (this.#taken) refused()
      this.#taken = true
      return io.outputStream({ ...this.#outlet.sink, drop: this.#family.add('output-stream') })
    }
    static finish(body: OutgoingBody, trailers?: FieldsObject): void {
      body.#family.leave('was finished')
      const taken = trailers && take(trailers)
      taken?.share.release()
      const wrong = body.#outlet.finish(taken?.list)
      if (wrong) throw wrong
    }
    [Symbol.dispose](): void {
      this.#family.leave('was dropped')
      // types.wit: "If the user code drops this resource, … the implementation should treat the body as incomplete".
      this.#outlet.abort(unfinished, 'The body was dropped without OutgoingBody.finish.')
    }
    static {
      sendOf = (outlet) => new OutgoingBody(outlet)
    }
  }

  return { FutureTrailers, IncomingBody, OutgoingBody, receive: receiveOf!, send: sendOf! }
}

export type BodiesKit = ReturnType<typeof createBodies>
