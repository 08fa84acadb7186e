// Asks servers that fail: with timeouts, a second
// attempt, another server, and at last a price that
// is known. See what was sent, and when, under HTTP.
import { handle } from 'wasi:http/outgoing-handler@0.2.12'
import {
  type ErrorCode,
  Fields,
  type IncomingResponse,
  OutgoingRequest,
  RequestOptions,
} from 'wasi:http/types@0.2.12'
import type { Quote } from 'demo:http-client/http-client'

const millisecond = 1_000_000n
const known: Record<string, number> = {
  saffron: 9.5,
}

// What went wrong with a request, in a word or two.
class RequestFailed extends Error {}

function bodyOf(
  response: IncomingResponse,
): string {
  const stream = response.consume().stream()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    try {
      const part = stream.blockingRead(65_536n)
      text += decoder.decode(part, { stream: true })
    } catch (error) {
      const end = (
        error as { payload: { tag: string } }
      ).payload.tag
      if (end === 'closed') return text
      throw new RequestFailed('the body broke off')
    }
  }
}

const failed = (code: ErrorCode): RequestFailed =>
  new RequestFailed(code.tag)

function get(host: string, path: string): string {
  const request = new OutgoingRequest(new Fields())
  request.setScheme({ tag: 'HTTPS' })
  request.setAuthority(host)
  request.setPathWithQuery(path)
  const options = new RequestOptions()
  options.setConnectTimeout(200n * millisecond)
  options.setFirstByteTimeout(300n * millisecond)

  const future = handle(request, options)
  future.subscribe().block()
  const result = future.get()
  if (result?.tag !== 'ok') {
    throw new RequestFailed('no answer')
  }
  if (result.val.tag === 'err') {
    throw failed(result.val.val)
  }
  const response = result.val.val
  if (response.status() !== 200) {
    throw new RequestFailed(`${response.status()}`)
  }
  return bodyOf(response)
}

const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))

const servers = [
  'primary.example',
  'primary.example',
  'mirror.example',
]

export async function quoteFor(
  product: string,
): Promise<Quote> {
  let attempts = 0
  for (const host of servers) {
    // Later attempts wait longer.
    if (attempts > 0)
      await sleep(50 * 2 ** attempts)
    attempts++
    try {
      const path = `/${encodeURIComponent(product)}`
      const { price } = JSON.parse(get(host, path))
      return { price, source: host, attempts }
    } catch (error) {
      if (!(error instanceof RequestFailed))
        throw error
      console.log(`${host}: ${error.message}`)
    }
  }
  const price = known[product]
  if (price !== undefined) {
    return {
      price,
      source: 'what is known',
      attempts,
    }
  }
  throw new Error(
    `Nobody knows what ${product} costs.`,
  )
}
