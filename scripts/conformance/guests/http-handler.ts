import { bytes, equal, errOf, rulesOf, text } from './check.ts'
import { Fields, IncomingBody, OutgoingBody, OutgoingResponse, ResponseOutparam } from 'wasi:http/types@0.2.12'

/** Checks of a handler: each says what it is asked, how it answers, and what has to come of that. */
let answer
const on = rulesOf('wasi:http/types')
const handled = 'wasi:http/incoming-handler#handle'
const check = (functions, says, handler, expected) => on([functions].flat(), says, () => (answer = handler), expected)

export const incomingHandler = { handle: (request, out) => answer(request, out) }

const respond = (out, status, body, { headers = [], trailers }: { headers?; trailers? } = {}) => {
  const fields = (list) => Fields.fromList(list.map(([name, value]) => [name, bytes(value)]))
  const response = new OutgoingResponse(fields(headers))
  response.setStatusCode(status)
  const outgoing = response.body()
  ResponseOutparam.set(out, { tag: 'ok', val: response })
  const stream = outgoing.write()
  if (body !== '') stream.blockingWriteAndFlush(bytes(body))
  stream[Symbol.dispose]()
  OutgoingBody.finish(outgoing, trailers && fields(trailers))
}
const done = (out) => respond(out, 200, '')
const get = { method: 'GET', path: '/a?b=c', authority: 'app.example:80', scheme: 'https', headers: [['X-Ask', 'yes']] }
const post = { ...get, method: 'POST', body: 'the body' }
const fine = { status: 200, body: '' }

check(
  [handled, '[static]response-outparam.set'],
  'Invoked with an incoming HTTP Request, and a response-outparam which provides the capability to reply with an HTTP Response.',
  (_, out) => respond(out, 201, 'Hello', { headers: [['x-a', '1']] }),
  { request: get, response: { status: 201, body: 'Hello', headers: [['x-a', '1']] } },
)
check(
  handled,
  'The implementor of this function must write a response to the response-outparam before returning, or else the caller will respond with an error on its behalf.',
  () => {},
  { request: get, response: { error: 'internal-error' } },
)
check(
  '[static]response-outparam.set',
  'The user may provide an error to response.',
  (_, out) => ResponseOutparam.set(out, { tag: 'err', val: { tag: 'HTTP-request-denied' } }),
  { request: get, response: { error: 'HTTP-request-denied' } },
)
check(
  'incoming-request.method',
  'Returns the method of the incoming request.',
  (request, out) => {
    equal(request.method(), { tag: 'get' })
    done(out)
  },
  { request: get, response: fine },
)
check(
  'incoming-request.method',
  'A method that has no case of its own is other.',
  (request, out) => {
    equal(request.method(), { tag: 'other', val: 'REPORT' })
    done(out)
  },
  { request: { ...get, method: 'REPORT' }, response: fine },
)
check(
  ['incoming-request.path-with-query', 'incoming-request.scheme', 'incoming-request.authority'],
  'Returns the path with query parameters, the protocol scheme, and the authority of the target URI.',
  (request, out) => {
    equal(
      [request.pathWithQuery(), request.scheme(), request.authority()],
      ['/a?b=c', { tag: 'HTTPS' }, 'app.example:80'],
    )
    done(out)
  },
  { request: get, response: fine },
)
check(
  'incoming-request.headers',
  'The returned headers resource is immutable.',
  (request, out) => {
    const headers = request.headers()
    equal(headers.get('x-ask').map(text), ['yes'])
    equal(
      errOf(() => headers.append('x-ask', bytes('no'))),
      { tag: 'immutable' },
    )
    done(out)
  },
  { request: get, response: fine },
)
check(
  ['incoming-request.consume', 'incoming-body.stream'],
  'Gives the incoming-body associated with this request. Will only return success at most once, and subsequent calls will return error.',
  (request, out) => {
    const body = request.consume()
    errOf(() => request.consume())
    const stream = body.stream()
    equal(text(stream.blockingRead(100n)), 'the body')
    equal(
      errOf(() => stream.blockingRead(100n)),
      { tag: 'closed' },
    )
    stream[Symbol.dispose]()
    const future = IncomingBody.finish(body)
    future.subscribe().block()
    equal(future.get().tag, 'ok')
    done(out)
  },
  { request: post, response: fine },
)
check(
  'response-outparam.send-informational',
  'Send an HTTP 1xx response. Unlike set, this does not consume the response-outparam.',
  (_, out) => {
    out.sendInformational(103, new Fields())
    out.sendInformational(102, new Fields())
    done(out)
  },
  { request: get, response: { ...fine, informational: [103, 102] } },
)
check(
  'response-outparam.send-informational',
  'This will return an HTTP-protocol-error if status is not in the range [100-199].',
  (_, out) => {
    equal(errOf(() => out.sendInformational(200, new Fields())).tag, 'HTTP-protocol-error')
    done(out)
  },
  { request: get, response: fine },
)
check(
  '[static]outgoing-body.finish',
  'Finalize an outgoing body, optionally providing trailers.',
  (_, out) => respond(out, 200, 'x', { trailers: [['x-sum', '9']] }),
  { request: get, response: { status: 200, body: 'x', trailers: [['x-sum', '9']] } },
)
check(
  'outgoing-body.write',
  'If the user code drops this resource, as opposed to calling finish, the implementation should treat the body as incomplete.',
  (_, out) => {
    const response = new OutgoingResponse(new Fields())
    const outgoing = response.body()
    ResponseOutparam.set(out, { tag: 'ok', val: response })
    const stream = outgoing.write()
    stream.blockingWriteAndFlush(bytes('half'))
    stream[Symbol.dispose]()
    outgoing[Symbol.dispose]()
  },
  { request: get, response: { status: 200, body: 'half', error: 'HTTP-protocol-error' } },
)
