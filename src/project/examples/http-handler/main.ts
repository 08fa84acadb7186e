// Answers HTTP requests. Send it some in the HTTP
// panel: GET /, GET /hello/Ada, GET /slowly, or
// POST /shout with a body.
import { subscribeDuration } from 'wasi:clocks/monotonic-clock@0.2.12'
import {
  Fields,
  type IncomingRequest,
  OutgoingBody,
  OutgoingResponse,
  ResponseOutparam,
} from 'wasi:http/types@0.2.12'

const encoder = new TextEncoder()
const most = 4096

function textOf(request: IncomingRequest): string {
  const stream = request.consume().stream()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const part = stream.blockingRead(65_536n)
      text += decoder.decode(part, { stream: true })
    }
  } catch {
    // A stream ends with an error of kind `closed`.
    return text + decoder.decode()
  }
}

// Sends the head at once, and each part of the body
// when it is there. After the body come trailers.
function respond(
  out: ResponseOutparam,
  status: number,
  type: string,
  parts: Iterable<string>,
): void {
  const response = new OutgoingResponse(
    Fields.fromList([
      ['content-type', encoder.encode(type)],
    ]),
  )
  response.setStatusCode(status)
  const body = response.body()
  ResponseOutparam.set(out, {
    tag: 'ok',
    val: response,
  })
  const stream = body.write()
  let sent = 0
  for (const part of parts) {
    const bytes = encoder.encode(part)
    // So much fits into one blocking write.
    for (
      let at = 0;
      at < bytes.length;
      at += most
    ) {
      const piece = bytes.subarray(at, at + most)
      stream.blockingWriteAndFlush(piece)
    }
    sent += bytes.length
  }
  // The stream has to go before the body it is of.
  stream[Symbol.dispose]()
  const length = encoder.encode(String(sent))
  OutgoingBody.finish(
    body,
    Fields.fromList([['x-bytes', length]]),
  )
}

const html = (name: string): string =>
  `<h1>Hello, ${name.replaceAll('<', '&lt;')}</h1>\n`

const halfASecond = 500_000_000n

// The panel shows each number when it comes: set the
// clock to real, or to frozen and step it.
function* countdown(): Iterable<string> {
  for (let left = 3; left > 0; left--) {
    yield `${left}\n`
    subscribeDuration(halfASecond).block()
  }
  yield 'Lift-off\n'
}

export const incomingHandler = {
  handle(
    request: IncomingRequest,
    out: ResponseOutparam,
  ): void {
    const method = request.method().tag
    const path = request.pathWithQuery() ?? '/'
    console.log(`${method} ${path}`)

    const plain = 'text/plain; charset=utf-8'
    const [, name] =
      /^\/hello\/(.+)$/.exec(path) ?? []
    if (path === '/') {
      const links = [
        '/hello/Ada',
        '/slowly',
        '/shout',
      ]
      const json = JSON.stringify({ links })
      respond(out, 200, 'application/json', [json])
    } else if (name !== undefined) {
      const page = html(decodeURIComponent(name))
      respond(out, 200, 'text/html', [page])
    } else if (path === '/slowly') {
      respond(out, 200, plain, countdown())
    } else if (
      path === '/shout' &&
      method === 'post'
    ) {
      const text = textOf(request).toUpperCase()
      respond(out, 200, plain, [text])
    } else {
      respond(out, 404, plain, [
        `Nothing at ${path}\n`,
      ])
    }
  },
}
