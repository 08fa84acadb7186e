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
  /** Bytes of the body since `begin`. */
  readonly size: number
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
      return {
        ...event,
        ...(event.error !== undefined && { error: cutText(event.error, caps.name) }),
        ...(event.why !== undefined && { why: cutText(event.why, caps.text) }),
      }
    default:
      return event
  }
}

const sizeOf = (news: HttpNews): number => {
  const fields = 'fields' in news ? news.fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0) : 0
  return fields + ('bytes' in news ? news.bytes.length : 'start' in news ? news.start.length : 0)
}

/** What was told of one request, or of all that belongs to none. */
class Told {
  /** Bytes of the body, and pieces that were told by themselves. */
  size = 0
  parts = 0
  readonly #requests = new Set<number>()
  #informational = 0
  #more = { informational: 0, requests: 0 }
  #isNew = false

  #skip(what: 'informational' | 'requests'): boolean {
    this.#more = { ...this.#more, [what]: this.#more[what] + 1 }
    this.#isNew = true
    return false
  }
  /** Whether one more informational response is told. */
  admitsInformational(): boolean {
    return this.#informational++ < httpCaps.informational || this.#skip('informational')
  }
  /** Whether the event is told: all events of the first requests are. */
  admits({ type, id }: HttpEvent): boolean {
    if (type !== 'sent') return this.#requests.has(id)
    if (this.#requests.size >= httpCaps.requests) return this.#skip('requests')
    this.#requests.add(id)
    return true
  }
  /** What was left out, where that is not told yet. */
  more(): HttpNews | undefined {
    if (!this.#isNew) return undefined
    this.#isNew = false
    return { type: 'more', ...this.#more }
  }
}

export const createHttpFeed = ({ post, now }: HttpFeedOptions): HttpFeed => {
  let request = 0
  let waiting: HttpNews[] = []
  let held = 0
  let postedAt = Number.NEGATIVE_INFINITY
  let parts: Uint8Array[] = []
  let partBytes = 0
  let partAt = 0n
  const ofRun = new Told()
  let told = ofRun

  const send = (): void => {
    const more = told.more()
    if (more) waiting.push(more)
    if (waiting.length === 0) return
    postedAt = now()
    post(request, waiting)
    waiting = []
    held = 0
  }
  const put = (news: HttpNews): void => {
    const bytes = sizeOf(news)
    // One is kept free for what says how much more there is.
    if (waiting.length >= httpCaps.news - 1 || held + bytes > httpCaps.message) send()
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
    told.parts++
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
      return told.size
    },
    begin: (number) => {
      join()
      send()
      request = number
      told = number === 0 ? ofRun : new Told()
      postedAt = Number.NEGATIVE_INFINITY
    },
    tell: (news) => {
      if (news.type !== 'informational' || told.admitsInformational()) tell(news)
    },
    body: (at, bytes) => {
      // Parts that came at different instants are told apart, as long as they are not too many.
      if (at !== partAt && told.parts < httpCaps.parts) join()
      if (partBytes === 0) partAt = at
      let kept = bytes.subarray(0, Math.max(0, httpCaps.body - told.size))
      told.size += bytes.length
      while (kept.length > 0) {
        const part = kept.slice(0, httpCaps.piece - partBytes)
        parts.push(part)
        partBytes += part.length
        kept = kept.subarray(part.length)
        if (partBytes < httpCaps.piece) continue
        join()
        partAt = at
      }
      soon()
    },
    event: (event) => {
      if (told.admits(event)) tell(newsOf(event))
    },
    flush: () => {
      join()
      send()
    },
  }
}
