import type { HostContext } from '../context.ts'
import { HostTrap } from '../signals.ts'
import { type ErrorCode, errorText, internalError } from './error-code.ts'
import { createInlet, type BodyEnd, type Inlet } from './inlet.ts'
import {
  contentLength,
  mostSection,
  type RequestHead,
  type ResponseHead,
  sectionSize,
  visibleFields,
} from './message.ts'
import type { RequestsKit } from './requests.ts'
import type { Reply, ResponsesKit, SentResponse } from './responses.ts'

/** Told of a response as it comes: any number of informational ones, then a head, parts of the body, and an end. */
export interface ResponseListener {
  informational(head: ResponseHead): void
  head(head: ResponseHead): void
  chunk(bytes: Uint8Array): void
  /** The last word; an error without a head before it: there is no response. */
  end(end: BodyEnd): void
}

/** A request on its way to an `incoming-handler`. */
export interface Incoming {
  /** The arguments of `handle`. */
  readonly request: object
  readonly out: object
  /** The body of the request. */
  readonly body: Inlet
  /** An instance begins that will take the arguments. */
  begin(): void
  /** `handle` has returned, or its instance has ended, for that reason. Nothing comes of it any more. */
  returned(died?: string): void
}

/** What makes requests for a component's handler. */
export type OpenIncoming = (head: RequestHead, listener: ResponseListener) => Incoming

const withoutResponse =
  'The handler returned without a response. Give one with ResponseOutparam.set(responseOut, { tag: "ok", val: response }).'
const withoutEnd = 'The handler returned with the body unfinished. End it with OutgoingBody.finish(body, undefined).'

/** What is wrong with a response as it was set. */
const wrongHead = ({ status, fields }: SentResponse): readonly [ErrorCode, string] | undefined => {
  const size = sectionSize(fields)
  if (size > mostSection) {
    const why = `The headers of the response take ${size} bytes, more than ${mostSection}.`
    return [{ tag: 'HTTP-response-header-section-size', val: size }, why]
  }
  if (status < 200)
    return [{ tag: 'HTTP-protocol-error' }, `A response cannot end with the informational status ${status}.`]
  if (contentLength(fields) === 'invalid') {
    return [{ tag: 'HTTP-protocol-error' }, 'The Content-Length of the response is not one number.']
  }
  return undefined
}

export const createIncoming =
  ({ time, gate, memory }: HostContext, requests: RequestsKit, { outparam }: ResponsesKit): OpenIncoming =>
  (head, listener) => {
    let state: 'open' | 'answered' | 'over' = 'open'
    const end = (how: BodyEnd): void => {
      if (state === 'over') return
      state = 'over'
      listener.end(how)
    }
    const fail = (code: ErrorCode, why?: string): void => end({ ok: false, code, ...(why !== undefined && { why }) })
    const reply: Reply = {
      informational: (given) => {
        if (state === 'open') listener.informational(given)
      },
      answer: (response) => {
        if (state === 'answered') throw new HostTrap('response-outparam.set was called twice for one request')
        if (state === 'over') return
        const wrong = wrongHead(response)
        if (wrong) return fail(...wrong)
        state = 'answered'
        const { status, fields, outlet, hasBody } = response
        listener.head({ status, fields })
        outlet.send({
          chunk: (bytes) => {
            if (state !== 'over') listener.chunk(bytes)
          },
          end,
        })
        if (hasBody) return
        // A response to HEAD, and a 304, tell the length of what they do not carry (RFC 9110, section 8.6).
        if (head.method === 'HEAD' || status === 304) end({ ok: true, trailers: undefined })
        else outlet.finish(undefined)
      },
      fail: (code) => fail(code, `The handler answered with the error ${errorText(code)}.`),
      drop: () => {
        if (state === 'open') fail(internalError('no response'), withoutResponse)
      },
    }
    const body = createInlet(time, { memory })
    const request = requests.receive({ ...head, fields: visibleFields(head.fields) }, body)
    const out = outparam(reply)
    let endInstance: (() => void) | undefined
    return {
      request,
      out,
      body,
      begin: () => (endInstance = gate.instance([request, out])),
      returned: (died) => {
        const answered = state === 'answered'
        if (died !== undefined) fail({ tag: answered ? 'HTTP-response-incomplete' : 'connection-terminated' }, died)
        else if (answered) fail({ tag: 'HTTP-response-incomplete' }, withoutEnd)
        else fail(internalError('no response'), withoutResponse)
        endInstance?.()
      },
    }
  }
