import { bytes, equal, errOf, holds, rulesOf, text } from './check.ts'
import { lostConnection } from './connections.ts'
import { now } from 'wasi:clocks/monotonic-clock@0.2.12'
import { poll } from 'wasi:io/poll@0.2.12'
import { handle } from 'wasi:http/outgoing-handler@0.2.12'
import {
  Fields,
  IncomingBody,
  OutgoingBody,
  OutgoingRequest,
  OutgoingResponse,
  RequestOptions,
  httpErrorCode,
} from 'wasi:http/types@0.2.12'

const on = rulesOf('wasi:http/types')
const onHandle = rulesOf('wasi:http/outgoing-handler')
const routes = (...list) => ({ settings: { http: { routes: list } } })
/** That a call of a `result` without payloads fails. */
const refuses = (call) => void errOf(call)
const drop = (...all) => all.forEach((each) => each[Symbol.dispose]())

const request = ({ method = 'get', path = '/', authority = 'api.example', headers = [] } = {}) => {
  const made = new OutgoingRequest(Fields.fromList(headers.map(([name, value]) => [name, bytes(value)])))
  made.setMethod({ tag: method })
  made.setScheme({ tag: 'HTTPS' })
  made.setAuthority(authority)
  made.setPathWithQuery(path)
  return made
}
const answered = (future) => {
  future.subscribe().block()
  return future.get()
}
const responseTo = (made, options?) => {
  const answer = answered(handle(made, options))
  equal([answer.tag, answer.val.tag], ['ok', 'ok'])
  return answer.val.val
}
const readAll = (stream) => {
  let all = ''
  for (;;) {
    try {
      all += text(stream.blockingRead(1000n))
    } catch (error) {
      if (error.payload.tag !== 'closed') throw error
      return all
    }
  }
}
const entriesOf = (fields) => fields.entries().map(([name, value]) => [name, text(value)])

on('[constructor]fields', 'Construct an empty HTTP Fields. The resulting fields is mutable.', () => {
  const fields = new Fields()
  equal(fields.entries(), [])
  fields.append('a', bytes('1'))
  equal(entriesOf(fields), [['a', '1']])
})
on(
  '[static]fields.from-list',
  'Names which have multiple values are represented by multiple entries in this list with the same name.',
  () => {
    const list = [
      ['Accept', 'a'],
      ['x-y', ''],
      ['accept', 'b'],
    ] as const
    const fields = Fields.fromList(list.map(([name, value]) => [name, bytes(value)]))
    equal(fields.get('ACCEPT').map(text), ['a', 'b'])
    fields.set('z', [bytes('mutable')])
  },
)
on(
  '[static]fields.from-list',
  'An error result will be returned if any field-name or field-value is syntactically invalid.',
  () => {
    for (const [name, value] of [
      ['', 'x'],
      ['a b', 'x'],
      ['a:', 'x'],
      ['ä', 'x'],
      ['a', 'x\n'],
      ['a', '\u0000'],
    ]) {
      equal(
        errOf(() => Fields.fromList([[name, bytes(value)]])),
        { tag: 'invalid-syntax' },
        JSON.stringify([name, value]),
      )
    }
  },
)
on(
  'fields.get',
  'If the name is not present in this fields or is syntactically invalid, an empty list is returned. However, if the name is present but empty, this is represented by a list with one or more empty field-values present.',
  () => {
    const fields = Fields.fromList([['empty', bytes('')]])
    equal([fields.get('none'), fields.get('a b'), fields.get('Empty')], [[], [], [[]]])
  },
)
on(
  'fields.has',
  'Returns true when the name is present in this fields. If the name is syntactically invalid, false is returned.',
  () => {
    const fields = Fields.fromList([['A-b', bytes('')]])
    equal([fields.has('a-B'), fields.has('a'), fields.has('a b')], [true, false, false])
  },
)
on('fields.set', 'Set all of the values for a name. Clears any existing values for that name.', () => {
  const fields = Fields.fromList([
    ['a', bytes('1')],
    ['b', bytes('2')],
    ['A', bytes('3')],
  ])
  fields.set('a', [bytes('x'), bytes('y')])
  equal(fields.get('a').map(text), ['x', 'y'])
  equal(fields.get('b').map(text), ['2'])
  equal(
    errOf(() => fields.set('a b', [])),
    { tag: 'invalid-syntax' },
  )
  equal(
    errOf(() => fields.set('a', [bytes('\r\n')])),
    { tag: 'invalid-syntax' },
  )
})
on(
  'fields.delete',
  'Delete all values for a name. Does nothing if no values for the name exist. Fails with invalid-syntax if the field-name is syntactically invalid.',
  () => {
    const fields = Fields.fromList([
      ['a', bytes('1')],
      ['A', bytes('2')],
      ['b', bytes('3')],
    ])
    fields.delete('a')
    fields.delete('none')
    equal(entriesOf(fields), [['b', '3']])
    equal(
      errOf(() => fields.delete('a b')),
      { tag: 'invalid-syntax' },
    )
  },
)
on('fields.append', 'Append a value for a name. Does not change or delete any existing values for that name.', () => {
  const fields = Fields.fromList([['a', bytes('1')]])
  fields.append('A', bytes('2'))
  equal(fields.get('a').map(text), ['1', '2'])
  equal(
    errOf(() => fields.append('a b', bytes(''))),
    { tag: 'invalid-syntax' },
  )
  equal(
    errOf(() => fields.append('a', bytes('\n'))),
    { tag: 'invalid-syntax' },
  )
})
on(
  'fields.entries',
  'The names and values are always returned in the original casing and in the order in which they will be serialized for transport.',
  () => {
    const list = [
      ['Zulu', '1'],
      ['alpha', '2'],
    ]
    equal(entriesOf(Fields.fromList(list.map(([name, value]) => [name, bytes(value)]))), list)
  },
)
on('fields.clone', 'Make a deep copy of the Fields. The resulting fields is mutable.', () => {
  const fields = Fields.fromList([['a', bytes('1')]])
  const copy = fields.clone()
  copy.set('a', [bytes('2')])
  equal([entriesOf(fields), entriesOf(copy)], [[['a', '1']], [['a', '2']]])
  const immutable = request({ headers: [['a', '1']] })
    .headers()
    .clone()
  immutable.append('b', bytes('2'))
})
on(
  ['fields.set', 'fields.append', 'fields.delete', 'outgoing-request.headers'],
  'The returned headers resource is immutable: set, append, and delete operations will fail with header-error.immutable.',
  () => {
    const headers = request({ headers: [['a', '1']] }).headers()
    equal(
      errOf(() => headers.set('a', [])),
      { tag: 'immutable' },
    )
    equal(
      errOf(() => headers.append('a', bytes(''))),
      { tag: 'immutable' },
    )
    equal(
      errOf(() => headers.delete('a')),
      { tag: 'immutable' },
    )
    equal(entriesOf(headers), [['a', '1']])
  },
)

on(
  [
    '[constructor]outgoing-request',
    'outgoing-request.method',
    'outgoing-request.path-with-query',
    'outgoing-request.scheme',
    'outgoing-request.authority',
  ],
  'Construct a new outgoing-request with a default method of GET, and none values for path-with-query, scheme, and authority.',
  () => {
    const made = new OutgoingRequest(new Fields())
    equal(
      [made.method(), made.pathWithQuery(), made.scheme(), made.authority()],
      [{ tag: 'get' }, undefined, undefined, undefined],
    )
  },
)
on(
  ['outgoing-request.set-method', 'outgoing-request.method'],
  'Fails if the string present in a method.other argument is not a syntactically valid method.',
  () => {
    const made = new OutgoingRequest(new Fields())
    made.setMethod({ tag: 'other', val: 'REPORT' })
    equal(made.method(), { tag: 'other', val: 'REPORT' })
    refuses(() => made.setMethod({ tag: 'other', val: 'A B' }))
    refuses(() => made.setMethod({ tag: 'other', val: '' }))
    made.setMethod({ tag: 'delete' })
    equal(made.method(), { tag: 'delete' })
  },
)
on(
  ['outgoing-request.set-path-with-query', 'outgoing-request.path-with-query'],
  'Fails is the string given is not a syntactically valid path and query uri component.',
  () => {
    const made = new OutgoingRequest(new Fields())
    made.setPathWithQuery('/a/b?c=d%20e&f')
    equal(made.pathWithQuery(), '/a/b?c=d%20e&f')
    refuses(() => made.setPathWithQuery('/a b'))
    refuses(() => made.setPathWithQuery('/a\n'))
    made.setPathWithQuery(undefined)
    equal(made.pathWithQuery(), undefined)
  },
)
on(
  ['outgoing-request.set-scheme', 'outgoing-request.scheme'],
  'Fails if the string given is not a syntactically valid uri scheme.',
  () => {
    const made = new OutgoingRequest(new Fields())
    made.setScheme({ tag: 'HTTP' })
    equal(made.scheme(), { tag: 'HTTP' })
    made.setScheme({ tag: 'other', val: 'gopher+x' })
    equal(made.scheme(), { tag: 'other', val: 'gopher+x' })
    refuses(() => made.setScheme({ tag: 'other', val: '1a' }))
    refuses(() => made.setScheme({ tag: 'other', val: 'a b' }))
  },
)
on(
  ['outgoing-request.set-authority', 'outgoing-request.authority'],
  'Fails if the string given is not a syntactically valid URI authority.',
  () => {
    const made = new OutgoingRequest(new Fields())
    made.setAuthority('example.com:8080')
    equal(made.authority(), 'example.com:8080')
    for (const wrong of ['a b', 'a/b', 'a:port', '\u0000']) refuses(() => made.setAuthority(wrong))
    made.setAuthority('[::1]:80')
    equal(made.authority(), '[::1]:80')
  },
)
on(
  'outgoing-request.body',
  'The outgoing-body resource for this outgoing-request can be retrieved at most once. Subsequent calls will return error.',
  () => {
    const made = request()
    made.body()
    refuses(() => made.body())
  },
)
on('[constructor]request-options', 'Construct a default request-options value: no timeout.', () => {
  const options = new RequestOptions()
  equal(
    [options.connectTimeout(), options.firstByteTimeout(), options.betweenBytesTimeout()],
    [undefined, undefined, undefined],
  )
})
for (const [label, name] of [
  ['connect-timeout', 'onnectTimeout'],
  ['first-byte-timeout', 'irstByteTimeout'],
  ['between-bytes-timeout', 'etweenBytesTimeout'],
]) {
  const first = label.charAt(0)
  on(
    [`request-options.${label}`, `request-options.set-${label}`],
    'The timeout that was set is read back; an error return value would indicate that it is not supported.',
    () => {
      const options = new RequestOptions()
      options[`set${first.toUpperCase()}${name}`](5_000_000n)
      equal(options[first + name](), 5_000_000n)
      options[`set${first.toUpperCase()}${name}`](undefined)
      equal(options[first + name](), undefined)
    },
  )
}

const ok = routes({
  url: 'https://api.example/*',
  status: 201,
  headers: { 'X-One': ['a', 'b'], 'content-type': 'text/plain' },
  body: 'Hello',
})
onHandle(
  'handle',
  'Invoked with an outgoing HTTP Request, and it returns a resource future-incoming-response which represents an HTTP Response which may arrive in the future.',
  () => {
    equal(responseTo(request()).status(), 201)
  },
  ok,
)
onHandle(
  'handle',
  'This function may return an error if the outgoing-request is invalid: the HTTP and HTTPS schemes always require an authority.',
  () => {
    const made = new OutgoingRequest(new Fields())
    made.setScheme({ tag: 'HTTPS' })
    holds(errOf(() => handle(made, undefined)).tag !== undefined, 'no error code')
  },
  ok,
)
onHandle(
  'handle',
  'This function may return an error if the outgoing-request is … not allowed to be made. Otherwise, protocol errors are reported through the future.',
  () => {
    const made = request({ authority: 'nobody.example' })
    let code
    try {
      code = answered(handle(made, undefined)).val.val
    } catch (error) {
      code = error.payload
    }
    equal(code, { tag: 'HTTP-request-denied' })
  },
  ok,
)
on(
  ['incoming-response.status', 'incoming-response.headers'],
  'Returns the status code and the headers from the incoming response. The returned headers resource is immutable.',
  () => {
    const response = responseTo(request())
    const headers = response.headers()
    equal(response.status(), 201)
    equal(headers.get('x-one').map(text), ['a', 'b'])
    equal(
      errOf(() => headers.delete('x-one')),
      { tag: 'immutable' },
    )
  },
  ok,
)
on(
  ['incoming-response.consume', 'incoming-body.stream'],
  'May be called at most once. Returns error if called additional times. The stream can be retrieved at most once.',
  () => {
    const response = responseTo(request())
    const body = response.consume()
    refuses(() => response.consume())
    equal(readAll(body.stream()), 'Hello')
    refuses(() => body.stream())
  },
  ok,
)
on(
  ['[static]incoming-body.finish', 'future-trailers.get', 'future-trailers.subscribe'],
  'Takes ownership of incoming-body, and returns a future-trailers. The outer result … will be success on the first call, and error on subsequent calls.',
  () => {
    const body = responseTo(request()).consume()
    const stream = body.stream()
    readAll(stream)
    drop(stream)
    const future = IncomingBody.finish(body)
    future.subscribe().block()
    equal(future.get(), { tag: 'ok', val: { tag: 'ok', val: undefined } })
    equal(future.get().tag, 'err')
  },
  ok,
)
on(
  '[static]incoming-body.finish',
  'This function will trap if the input-stream child is still alive.',
  () => {
    const body = responseTo(request()).consume()
    const stream = body.stream()
    IncomingBody.finish(body)
    drop(stream)
  },
  { ...ok, traps: '' },
)
on(
  'future-trailers.get',
  'This future will resolve … once the complete body has been received: the rest of an unread body does not hold it up.',
  () => {
    const future = IncomingBody.finish(responseTo(request()).consume())
    future.subscribe().block()
    equal(future.get().tag, 'ok')
  },
  ok,
)
on(
  ['future-incoming-response.get', 'future-incoming-response.subscribe'],
  'When this pollable is ready, the get method will return some. Before, the outer option is none.',
  () => {
    const from = now()
    const future = handle(request(), undefined)
    const pollable = future.subscribe()
    equal([pollable.ready(), future.get()], [false, undefined])
    equal(poll([pollable]), [0])
    holds(now() - from >= 250_000_000n, 'it came too early')
    equal(future.get().tag, 'ok')
  },
  routes({ url: '*', delay: 250 }),
)
on(
  'future-incoming-response.get',
  'The outer result is used to retrieve the response or error at most once … and error on subsequent calls.',
  () => {
    const future = handle(request(), undefined)
    answered(future)
    equal(future.get().tag, 'err')
  },
  ok,
)
const faults = [
  ['refused', 'connection-refused'],
  ['timeout', 'connection-timeout'],
  ['malformed', 'HTTP-protocol-error'],
  ['reset', 'connection-terminated'],
] as const
for (const [fault, code] of faults) {
  on(
    'future-incoming-response.get',
    `The inner result represents that … an error occurred: ${code}.`,
    () => {
      const options = new RequestOptions()
      options.setConnectTimeout(1_000_000n)
      const answer = answered(handle(request(), options))
      equal([answer.tag, answer.val.tag, answer.val.val.tag], ['ok', 'err', code])
    },
    routes({ url: '*', fault }),
  )
}
on(
  ['http-error-code', 'incoming-body.stream'],
  "This payload can be passed through to this function to see if there's http-related information about the error.",
  () => {
    const stream = responseTo(request()).consume().stream()
    try {
      readAll(stream)
    } catch (error) {
      equal(error.payload.tag, 'last-operation-failed')
      holds(httpErrorCode(error.payload.val) !== undefined, 'no code')
      return
    }
    holds(false, 'the body did not fail')
  },
  routes({ url: '*', fault: 'reset', body: 'cut off in the middle' }),
)
on('http-error-code', 'This function is fallible because not all io-errors are http-related errors.', () => {
  const failure = errOf(() => lostConnection().client.output.checkWrite())
  equal(httpErrorCode(failure.val), undefined)
})
on(
  ['outgoing-body.write', '[static]outgoing-body.finish', 'outgoing-request.body'],
  'The output-stream resource for this outgoing-body may be retrieved at most once. finish must be called to signal that the message is complete.',
  () => {
    const made = request({ method: 'post' })
    const body = made.body()
    const future = handle(made, undefined)
    const stream = body.write()
    refuses(() => body.write())
    stream.blockingWriteAndFlush(bytes('data'))
    drop(stream)
    OutgoingBody.finish(body, undefined)
    equal(answered(future).val.val.status(), 201)
  },
  ok,
)
on(
  '[static]outgoing-body.finish',
  "Fails if the body's request was constructed with a Content-Length header, and the contents written to the body does not match the value.",
  () => {
    const made = request({ method: 'post', headers: [['content-length', '9']] })
    const body = made.body()
    handle(made, undefined)
    const stream = body.write()
    stream.blockingWriteAndFlush(bytes('data'))
    drop(stream)
    holds(errOf(() => OutgoingBody.finish(body, undefined)).tag !== undefined, 'no error code')
  },
  ok,
)
on(
  '[static]outgoing-body.finish',
  'The output-stream must be dropped before …, otherwise the outgoing-body drop or finish will trap.',
  () => {
    const body = request().body()
    const stream = body.write()
    OutgoingBody.finish(body, undefined)
    drop(stream)
  },
  { ...ok, traps: '' },
)

on(
  ['[constructor]outgoing-response', 'outgoing-response.status-code'],
  'Construct an outgoing-response, with a default status-code of 200.',
  () => {
    equal(new OutgoingResponse(new Fields()).statusCode(), 200)
  },
)
on(
  ['outgoing-response.set-status-code', 'outgoing-response.status-code'],
  'Set the HTTP Status Code for the Response. Fails if the status-code given is not a valid http status code.',
  () => {
    const response = new OutgoingResponse(new Fields())
    response.setStatusCode(404)
    equal(response.statusCode(), 404)
    for (const wrong of [0, 99, 65535]) refuses(() => response.setStatusCode(wrong))
  },
)
on(
  'outgoing-response.headers',
  'Get the headers associated with the Request. The returned headers resource is immutable.',
  () => {
    const response = new OutgoingResponse(Fields.fromList([['a', bytes('1')]]))
    equal(entriesOf(response.headers()), [['a', '1']])
    equal(
      errOf(() => response.headers().delete('a')),
      { tag: 'immutable' },
    )
  },
)
on(
  'outgoing-response.body',
  'The outgoing-body resource for this outgoing-response can be retrieved at most once. Subsequent calls will return error.',
  () => {
    const response = new OutgoingResponse(new Fields())
    response.body()
    refuses(() => response.body())
  },
)
