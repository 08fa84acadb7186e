import type { HostContext } from '../context.ts'
import type { ServedInterface } from '../gate.ts'
import { createBodies } from './bodies.ts'
import { type ErrorCode, HttpCause } from './error-code.ts'
import { createFields } from './fields.ts'
import { createIncoming, type OpenIncoming } from './incoming.ts'
import { createNetwork } from './network.ts'
import { createRequests } from './requests.ts'
import { createResponses } from './responses.ts'

export interface Http {
  readonly interfaces: Record<string, ServedInterface>
  readonly incoming: OpenIncoming
}

const denied: ErrorCode = { tag: 'HTTP-request-denied' }

/** What stands for a refused call of `types`, by the error type of the function. */
const refusalOf = (call: string): unknown => {
  if (call.includes('fields')) return { tag: 'forbidden' }
  return /outgoing-body\.finish|send-informational/.test(call) ? denied : undefined
}

/** Functions of `types` without a `result`. */
const infallible = [
  'http-error-code',
  ...['get', 'has', 'entries', 'clone'].map((name) => `[method]fields.${name}`),
  ...['method', 'path-with-query', 'scheme', 'authority', 'headers'].flatMap((name) => [
    `[method]incoming-request.${name}`,
    `[method]outgoing-request.${name}`,
  ]),
  ...['connect', 'first-byte', 'between-bytes'].map((name) => `[method]request-options.${name}-timeout`),
  '[static]response-outparam.set',
  '[method]incoming-response.status',
  '[method]incoming-response.headers',
  '[static]incoming-body.finish',
  '[method]future-trailers.subscribe',
  '[method]future-trailers.get',
  '[method]outgoing-response.status-code',
  '[method]outgoing-response.headers',
  '[method]future-incoming-response.subscribe',
  '[method]future-incoming-response.get',
]

/** wasi:http: `types` and `outgoing-handler`, and what drives an `incoming-handler`. */
export const createHttp = (context: HostContext): Http => {
  const { io, memory } = context
  const fields = createFields(memory)
  const bodies = createBodies(io, fields)
  const requests = createRequests(fields, bodies, memory)
  const responses = createResponses(io, fields, bodies, memory)
  const incoming = createIncoming(context, requests, responses)
  const { handle } = createNetwork(context, requests, responses, incoming)
  return {
    incoming,
    interfaces: {
      'wasi:http/types': {
        functions: {
          'http-error-code': (error: object) => {
            const cause = io.causeOf(error)
            return cause instanceof HttpCause ? cause.code : undefined
          },
        },
        resources: {
          fields: fields.Fields,
          'incoming-request': requests.IncomingRequest,
          'outgoing-request': requests.OutgoingRequest,
          'request-options': requests.RequestOptions,
          'response-outparam': responses.ResponseOutparam,
          'incoming-response': responses.IncomingResponse,
          'incoming-body': bodies.IncomingBody,
          'future-trailers': bodies.FutureTrailers,
          'outgoing-response': responses.OutgoingResponse,
          'outgoing-body': bodies.OutgoingBody,
          'future-incoming-response': responses.FutureIncomingResponse,
        },
        refusal: refusalOf,
        infallible,
      },
      'wasi:http/outgoing-handler': { functions: { handle }, refusal: () => denied },
    },
  }
}
