import type { Fault } from '../contract/fault.ts'
import { httpCaps, newsTypes, type HttpNews, type HttpReport, type HttpRequest, type TextField } from './http.ts'
import { caps } from './protocol.ts'
import { bytes, count, fields, list, measure, oneOf, optional, text, Unfit } from './untrusted.ts'

const instant = (value: unknown): bigint => {
  if (typeof value !== 'bigint' || value < 0n || value >= 1n << 64n) throw new Unfit()
  return value
}

const piece = (value: unknown): Uint8Array => bytes(value, httpCaps.piece)

const status = (value: unknown): number => {
  const read = count(value)
  if (read > 999) throw new Unfit()
  return read
}

const textField = (value: unknown): TextField => {
  const [name, content, ...more] = list(value, (item) => text(item, httpCaps.value), 2)
  if (name === undefined || content === undefined || more.length > 0) throw new Unfit()
  return [name, content]
}
const textFields = (value: unknown): TextField[] => list(value, textField, httpCaps.fields)

const news = (value: unknown): HttpNews => {
  const raw = fields(value)
  const type = oneOf(raw.type, newsTypes)
  switch (type) {
    case 'informational':
    case 'head':
      return { type, at: instant(raw.at), status: status(raw.status), fields: textFields(raw.fields) }
    case 'body':
      return { type, at: instant(raw.at), bytes: piece(raw.bytes) }
    case 'end': {
      const trailers = optional(raw.trailers, textFields)
      return { type, at: instant(raw.at), ...(trailers && { trailers }), ...failure(raw) }
    }
    case 'sent': {
      const route = optional(raw.route, count)
      return {
        type,
        id: count(raw.id),
        at: instant(raw.at),
        method: text(raw.method, caps.name),
        url: text(raw.url, 16_384),
        fields: textFields(raw.fields),
        ...(route !== undefined && { route }),
      }
    }
    case 'request-body':
      return { type, id: count(raw.id), size: count(raw.size), start: piece(raw.start) }
    case 'answered':
      return {
        type,
        id: count(raw.id),
        at: instant(raw.at),
        status: status(raw.status),
        fields: textFields(raw.fields),
      }
    case 'ended':
      return {
        type,
        id: count(raw.id),
        at: instant(raw.at),
        size: count(raw.size),
        start: piece(raw.start),
        ...failure(raw),
      }
    case 'more':
      return { type, informational: count(raw.informational), requests: count(raw.requests) }
  }
}

const failure = ({
  error,
  why,
}: {
  readonly error?: unknown
  readonly why?: unknown
}): { error?: string; why?: string } => {
  const read = optional(error, (item) => text(item, caps.name))
  const words = optional(why, (item) => text(item, caps.text))
  return { ...(read !== undefined && { error: read }), ...(words !== undefined && { why: words }) }
}

/** A request as a recording has it: of each text, list and body at most so many. */
export const httpRequest = (value: unknown, longest: number, mostItems: number): HttpRequest => {
  const raw = fields(value)
  const long = (given: unknown): string => text(given, longest)
  const pairs = (given: unknown): TextField[] =>
    list(
      given,
      (item) => {
        const [name, content, ...more] = list(item, long, 2)
        if (name === undefined || content === undefined || more.length > 0) throw new Unfit()
        return [name, content]
      },
      mostItems,
    )
  const scheme = optional(raw.scheme, (item) => text(item, caps.name))
  const authority = optional(raw.authority, (item) => text(item, caps.name))
  const trailers = optional(raw.trailers, pairs)
  return {
    method: long(raw.method),
    path: long(raw.path),
    headers: pairs(raw.headers),
    body: list(
      raw.body,
      (item) => {
        const { after, bytes: content } = fields(item)
        return { after: measure(after), bytes: bytes(content, longest) }
      },
      mostItems,
    ),
    ...(scheme !== undefined && { scheme }),
    ...(authority !== undefined && { authority }),
    ...(trailers !== undefined && { trailers }),
  }
}

/** What one message tells of HTTP; throws `Unfit` where it is none, or too much. */
export const httpNews = (value: unknown): HttpNews[] => list(value, news, httpCaps.news)

export const httpReport = (value: unknown, fault: (value: unknown) => Fault): HttpReport => {
  const raw = fields(value)
  const read = optional(raw.status, status)
  const ended = optional(raw.fault, fault)
  return {
    ...(read !== undefined && { status: read }),
    ...failure(raw),
    ...(ended && { fault: ended }),
    size: count(raw.size),
    ms: measure(raw.ms),
    from: instant(raw.from),
    to: instant(raw.to),
    memoryBytes: count(raw.memoryBytes),
    boundaryCalls: count(raw.boundaryCalls),
  }
}
