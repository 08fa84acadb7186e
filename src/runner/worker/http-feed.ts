import type { HttpEvent } from '../../wasi/http/events.ts'
import type { Field } from '../../wasi/http/message.ts'
import { cutText } from '../fit-to-caps.ts'
import { httpCaps, type HttpNews, type TextField } from '../http.ts'
import { caps } from '../protocol.ts'

export interface HttpFeedOptions {
  readonly post: (request: number, news: readonly HttpNews[]) => void
  /** Milliseconds. */
  readonly now: () => number
}

/** Tells the page of HTTP in few messages, however many small pieces a guest writes. */
export interface HttpFeed {
  /** The request that what follows belongs to; 0: none. Posts what is left of the one before. */
  begin(request: number): void
  tell(news: HttpNews): void
  /** Part of the body of the response. */
  body(at: bigint, bytes: Uint8Array): void
  /** A request that the component makes. */
  event(event: HttpEvent): void
  flush(): void
  /** Since `begin`: bytes of the body, and requests that were not told. */
  readonly size: number
  readonly unlisted: number
}

/** Milliseconds between two messages, so that a slow response is seen as it comes. */
const pause = 30

const decoder = new TextDecoder()

export const textFields = (fields: readonly Field[]): TextField[] =>
  fields
    .slice(0, httpCaps.fields)
    .map(([name, value]) => [cutText(name, caps.name), cutText(decoder.decode(value), httpCaps.value)])

const newsOf = (event: HttpEvent): HttpNews => {
  switch (event.type) {
    case 'sent':
      return {
        ...event,
        url: cutText(event.url, 16_384),
        method: cutText(event.method, caps.name),
        fields: textFields(event.fields),
      }
    case 'answered':
      return { ...event, fields: textFields(event.fields) }
    case 'ended':
      return { ...event, ...(event.error !== undefined && { error: cutText(event.error, caps.name) }) }
    default:
      return event
  }
}

const sizeOf = (news: HttpNews): number => {
  const fields = 'fields' in news ? news.fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0) : 0
  return fields + ('bytes' in news ? news.bytes.length : 'start' in news ? news.start.length : 0)
}

export const createHttpFeed = ({ post, now }: HttpFeedOptions): HttpFeed => {
  let request = 0
  let waiting: HttpNews[] = []
  let held = 0
  let postedAt = Number.NEGATIVE_INFINITY
  let parts: Uint8Array[] = []
  let partBytes = 0
  let partAt = 0n
  let size = 0
  const listed = new Set<number>()
  let unlisted = 0

  const send = (): void => {
    if (waiting.length === 0) return
    postedAt = now()
    post(request, waiting)
    waiting = []
    held = 0
  }
  const put = (news: HttpNews): void => {
    const bytes = sizeOf(news)
    if (waiting.length >= httpCaps.news || held + bytes > httpCaps.message) send()
    waiting.push(news)
    held += bytes
  }
  const join = (): void => {
    if (partBytes === 0) return
    const bytes = new Uint8Array(partBytes)
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    parts = []
    partBytes = 0
    put({ type: 'body', at: partAt, bytes })
  }
  const soon = (): void => {
    if (now() - postedAt < pause) return
    join()
    send()
  }
  const tell = (news: HttpNews): void => {
    join()
    put(news)
    soon()
  }

  return {
    get size() {
      return size
    },
    get unlisted() {
      return unlisted
    },
    begin: (number) => {
      join()
      send()
      request = number
      size = 0
      unlisted = 0
      listed.clear()
      postedAt = Number.NEGATIVE_INFINITY
    },
    tell,
    body: (at, bytes) => {
      // Parts that came at different instants are told apart.
      if (at !== partAt) join()
      partAt = at
      let kept = bytes.subarray(0, Math.max(0, httpCaps.body - size))
      size += bytes.length
      while (kept.length > 0) {
        const part = kept.slice(0, httpCaps.piece - partBytes)
        parts.push(part)
        partBytes += part.length
        kept = kept.subarray(part.length)
        if (partBytes >= httpCaps.piece) join()
      }
      soon()
    },
    event: (event) => {
      if (event.type === 'sent') {
        if (listed.size >= httpCaps.requests) unlisted++
        else listed.add(event.id)
      }
      if (listed.has(event.id)) tell(newsOf(event))
    },
    flush: () => {
      join()
      send()
    },
  }
}
