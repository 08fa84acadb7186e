import type { HostContext } from '../context.ts'
import { type ErrorCode, outOfMemory } from './error-code.ts'
import { Glimpse } from './events.ts'
import type { Came, Exchange, Failure } from './exchange.ts'
import type { OpenIncoming } from './incoming.ts'
import type { BodyEnd } from './inlet.ts'
import { type RequestHead, type ResponseHead, sectionSize, visibleFields } from './message.ts'
import type { SentRequest, Timeouts } from './requests.ts'
import type { Expected } from './responses.ts'

/** Handlers that may answer one another's requests at a time. */
const mostNested = 8
/** Bytes of a body between two instances. */
const mostBetween = 16 << 20

const tooLarge = (tag: ErrorCode['tag'], size: number): BodyEnd => ({ ok: false, code: { tag, val: BigInt(size) } })
const nobodyServes: Failure = { code: { tag: 'configuration-error' }, why: 'Nothing can make another instance here.' }
const tooDeep: Failure = {
  code: { tag: 'loop-detected' },
  why: `${mostNested} handlers wait for one another already.`,
}

/**
 * The component's own handler, in an instance of its own. It runs when the request is complete: whoever reads the body
 * has to find all of it, since the instance that asks cannot go on meanwhile.
 */
export const createOwnHandler = ({ surroundings, time, memory }: HostContext, openIncoming: OpenIncoming) => {
  const serve = surroundings.serveHttp?.bind(surroundings)
  let nested = 0

  return (exchange: Exchange, request: SentRequest, head: RequestHead, { firstByte }: Timeouts): Expected => {
    const received = new Glimpse()
    const inlet = exchange.inlet(() => received, memory)
    const sentAt = time.peek()
    let came: { readonly at: bigint; readonly as: Came } | undefined
    const come = (as: ResponseHead | Failure): void => {
      const at = time.peek()
      const late = firstByte !== undefined && at - sentAt > firstByte
      came ??= late
        ? { at: sentAt + firstByte, as: { code: { tag: 'connection-read-timeout' } } }
        : { at, as: 'code' in as ? as : { head: as, inlet } }
    }
    const expected = exchange.expected(
      () => came?.at,
      () => came?.as ?? nobodyServes,
    )
    if (serve === undefined || nested >= mostNested) {
      come(serve === undefined ? nobodyServes : tooDeep)
      exchange.passBody(request)
      return expected
    }
    const incoming = openIncoming(head, {
      informational: () => {},
      head: ({ status, fields }) => {
        if (exchange.holds(sectionSize(fields))) come({ status, fields: visibleFields(fields) })
        else come({ code: outOfMemory })
      },
      chunk: (bytes) => {
        received.add(bytes)
        if (received.size <= mostBetween) inlet.push(bytes, time.peek())
        else inlet.finish(tooLarge('HTTP-response-body-size', received.size), time.peek())
      },
      end: (end) => {
        if (!end.ok) come(end)
        inlet.finish(end, time.peek())
      },
    })
    let sent = 0
    exchange.passBody(
      request,
      (bytes) => {
        sent += bytes.length
        if (sent <= mostBetween) incoming.body.push(bytes, time.peek())
      },
      (end) => {
        if (!end.ok) {
          incoming.body.drop()
          return come(end)
        }
        incoming.body.finish(sent <= mostBetween ? end : tooLarge('HTTP-request-body-size', sent), time.peek())
        nested++
        incoming.begin()
        try {
          incoming.returned(serve(incoming.request, incoming.out))
        } finally {
          nested--
        }
      },
    )
    return expected
  }
}
