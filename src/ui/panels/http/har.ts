import type { TextField } from '../../../runner/http.ts'
import type { Exchange, OutgoingCall } from '../../../state/simulation/http-state.ts'
import { routeLimits, type HttpRoute } from '../../../wasi/http/routes.ts'
import { isFieldName, isForbidden, isMethod } from '../../../wasi/http/syntax.ts'
import { addressText, emptyDraft, joined, type Draft } from './draft.ts'
import { textOfBytes } from './body-view.ts'

/** HAR 1.2: http://www.softwareishard.com/blog/har-12-spec/ */

interface Pair {
  readonly name: string
  readonly value: string
}

const pairs = (fields: readonly TextField[]): Pair[] => fields.map(([name, value]) => ({ name, value }))
const fieldOf = (fields: readonly TextField[], name: string): string | undefined =>
  fields.find(([own]) => own.toLowerCase() === name)?.[1]

const queryOf = (url: string): Pair[] => {
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? []
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }))
}

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

const contentOf = (bytes: Uint8Array, size: number, type: string): object => {
  const text = textOfBytes(bytes)
  return { size, mimeType: type, ...(text === undefined ? { text: base64(bytes), encoding: 'base64' } : { text }) }
}

const milliseconds = (nanoseconds: bigint): number => Number(nanoseconds) / 1e6

interface Entry {
  readonly method: string
  readonly url: string
  readonly fields: readonly TextField[]
  readonly sent: Uint8Array
  readonly sentSize: number
  readonly status: number
  readonly answer: readonly TextField[]
  readonly received: Uint8Array
  readonly receivedSize: number
  readonly from: bigint
  readonly first: bigint
  readonly to: bigint
  readonly comment?: string
}

/** Dates end there (ECMAScript, "Time Values and Time Range"); the clock of a run may go on. */
const lastDate = 8.64e15

/** `start`: of the run, in milliseconds since 1970. */
const entryOf = (entry: Entry, start: number): object => ({
  startedDateTime: new Date(Math.min(start + milliseconds(entry.from), lastDate)).toISOString(),
  time: milliseconds(entry.to - entry.from),
  request: {
    method: entry.method,
    url: entry.url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs(entry.fields),
    queryString: queryOf(entry.url),
    ...(entry.sent.length > 0 && {
      postData: {
        mimeType: fieldOf(entry.fields, 'content-type') ?? '',
        params: [],
        text: textOfBytes(entry.sent) ?? base64(entry.sent),
      },
    }),
    headersSize: -1,
    bodySize: entry.sentSize,
  },
  response: {
    status: entry.status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs(entry.answer),
    content: contentOf(entry.received, entry.receivedSize, fieldOf(entry.answer, 'content-type') ?? ''),
    redirectURL: fieldOf(entry.answer, 'location') ?? '',
    headersSize: -1,
    bodySize: entry.receivedSize,
  },
  cache: {},
  timings: { send: 0, wait: milliseconds(entry.first - entry.from), receive: milliseconds(entry.to - entry.first) },
  ...(entry.comment !== undefined && { comment: entry.comment }),
})

const ofExchange = ({ request, head, parts, end, report }: Exchange): Entry => {
  const sent = joined(request.body.map((part) => part.bytes))
  const received = joined(parts.map((part) => part.bytes))
  const from = report?.from ?? head?.at ?? 0n
  const first = head?.at ?? end?.at ?? from
  return {
    method: request.method,
    url: addressText(request),
    fields: request.headers,
    sent,
    sentSize: sent.length,
    status: head?.status ?? 0,
    answer: head?.fields ?? [],
    received,
    receivedSize: report?.size ?? received.length,
    from,
    first,
    to: report?.to ?? end?.at ?? first,
    ...(report?.error !== undefined && { comment: report.error }),
  }
}

const ofCall = ({ method, url, fields, at, sent, answered, ended }: OutgoingCall): Entry => {
  const first = answered?.at ?? ended?.at ?? at
  return {
    method,
    url,
    fields,
    sent: sent?.start ?? new Uint8Array(),
    sentSize: sent?.size ?? 0,
    status: answered?.status ?? 0,
    answer: answered?.fields ?? [],
    received: ended?.start ?? new Uint8Array(),
    receivedSize: ended?.size ?? 0,
    from: at,
    first,
    to: ended?.at ?? first,
    comment: ended?.error ?? 'made by the component',
  }
}

export const harOf = (exchanges: readonly Exchange[], version: string): string => {
  const entries = exchanges.toReversed().flatMap((exchange) => {
    const own = ofExchange(exchange)
    const start = exchange.runStart ?? exchange.sent - milliseconds(own.from)
    return [own, ...exchange.outgoing.map(ofCall)].map((entry) => entryOf(entry, start))
  })
  return `${JSON.stringify({ log: { version: '1.2', creator: { name: 'Witcraft', version }, entries } }, undefined, 2)}\n`
}

// ---- reading

type Fields = Readonly<Record<string, unknown>>
const record = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {}
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const headersOf = (value: unknown): TextField[] =>
  list(value).flatMap((item): TextField[] => {
    const { name, value: content } = record(item)
    // HTTP/2 tells the parts of the address as fields.
    return typeof name === 'string' && typeof content === 'string' && isFieldName(name) ? [[name, content]] : []
  })

export interface HarEntry {
  readonly draft: Draft
  readonly route: HttpRoute
}

/** The requests of a HAR file, and each with its response as a route; undefined where the text is no HAR file. */
export const parseHar = (source: string): HarEntry[] | undefined => {
  let json: unknown
  try {
    json = JSON.parse(source)
  } catch {
    return undefined
  }
  const { log } = record(json)
  const { entries } = record(log)
  if (!Array.isArray(entries)) return undefined
  return entries.flatMap((entry) => {
    const { request, response, time } = record(entry)
    const read = readRequest(record(request))
    return read ? [{ draft: read, route: readRoute(read, record(response), time) }] : []
  })
}

const readRequest = ({ method, url, headers, postData }: Fields): Draft | undefined => {
  if (typeof method !== 'string' || typeof url !== 'string' || !isMethod(method) || url === '') return undefined
  const fields = headersOf(headers).filter(([name]) => !isForbidden(name) && name.toLowerCase() !== 'content-length')
  return {
    ...emptyDraft,
    method,
    target: url.replace(/#.*$/s, ''),
    headers: fields,
    body: text(record(postData).text) ?? '',
  }
}

/** Fields that say how the body was carried, and not what it is: the host carries it in its own way. */
const carried = ['content-length', 'content-encoding', 'transfer-encoding']

const readRoute = ({ method, target }: Draft, response: Fields, time: unknown): HttpRoute => {
  const { status, headers, content } = response
  const { text: body, encoding } = record(content)
  const read: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of headersOf(headers)) {
    if (isForbidden(name) || carried.includes(name.toLowerCase())) continue
    const before = read[name]
    read[name] = before === undefined ? value : [before, value].flat()
  }
  // A `*` in it is one of the pattern, which fits itself as well.
  const base = { method, url: target }
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) {
    return { ...base, fault: 'refused' }
  }
  return {
    ...base,
    status,
    ...(Object.keys(read).length > 0 && { headers: read }),
    ...(typeof body === 'string' && body !== '' && { body: encoding === 'base64' ? { base64: body } : body }),
    ...(typeof time === 'number' && time > 0 && { delay: Math.min(Math.round(time), routeLimits.delay) }),
  }
}
