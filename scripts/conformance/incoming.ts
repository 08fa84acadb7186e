import type { ResponseListener } from '../../src/wasi/http/incoming.ts'
import { difference } from '../fuzz/equal.ts'
import type { World } from './world.ts'

type Pairs = readonly (readonly [name: string, value: string])[]

/** A request for the handler of a program. */
export interface Asked {
  readonly method: string
  readonly scheme: string
  readonly authority: string
  readonly path: string
  readonly headers: Pairs
  readonly body?: string
}

/** What came of it. */
export interface Told {
  readonly status?: number
  readonly headers?: Pairs
  readonly body?: string
  readonly trailers?: Pairs
  readonly informational?: readonly number[]
  /** The case of the error code with which it ended. */
  readonly error?: string
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const texts = (fields: readonly (readonly [string, Uint8Array])[]): Pairs =>
  fields.map(([name, value]) => [name, decoder.decode(value)])

/** Hands a request to a handler; throws a text where something else comes of it than expected. */
export const ask = (
  { host }: World,
  handle: (request: object, out: object) => void,
  { headers, body, ...head }: Asked,
  expected: Told = {},
): void => {
  const told: { -readonly [K in keyof Told]: Told[K] } = {}
  const listener: ResponseListener = {
    informational: ({ status }) => (told.informational = [...(told.informational ?? []), status]),
    head: ({ status, fields }) => {
      Object.assign(told, { status, body: '', ...(fields.length > 0 && { headers: texts(fields) }) })
    },
    chunk: (bytes) => (told.body += decoder.decode(bytes)),
    end: (end) => {
      if (!end.ok) told.error = end.code.tag
      else if (end.trailers !== undefined) told.trailers = texts(end.trailers)
    },
  }
  const fields = headers.map(([name, value]) => [name, encoder.encode(value)] as const)
  const incoming = host.incoming({ ...head, fields }, listener)
  if (body !== undefined) incoming.body.push(encoder.encode(body), 0n)
  incoming.body.finish({ ok: true, trailers: undefined }, 0n)
  handle(incoming.request, incoming.out)
  incoming.returned()
  const other = difference(told, expected, 'the response')
  // oxlint-disable-next-line typescript/only-throw-error
  if (other !== undefined) throw `${other}, so ${JSON.stringify(told)}`
}
