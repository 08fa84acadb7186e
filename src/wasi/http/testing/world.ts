import { createWasiHost, type WasiHost } from '../../host.ts'
import { interfacesServed } from '../../served.ts'
import type { Surroundings } from '../../context.ts'
import type { WasiSettings } from '../../settings.ts'
import type { HttpEvent } from '../events.ts'
import type { RequestHead, ResponseHead } from '../message.ts'
import type { BodyEnd } from '../inlet.ts'
import type { Incoming } from '../incoming.ts'

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
export const text = (value: unknown): string => {
  if (!(value instanceof Uint8Array)) throw new Error('no bytes')
  return new TextDecoder().decode(value)
}

/** What a call throws. */
export const thrown = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

export interface Told {
  readonly informational: ResponseHead[]
  head?: ResponseHead
  body: string
  end?: BodyEnd
}

/** A host for tests, and its functions and methods called as the glue calls them. */
export const openHttp = (settings: WasiSettings = {}, surroundings: Partial<Surroundings> = {}) => {
  const events: HttpEvent[] = []
  const host: WasiHost = createWasiHost(settings, {
    write: () => {},
    monotonic: () => 0n,
    today: () => 0,
    entropy: () => {},
    onHttp: (event) => void events.push(event),
    ...surroundings,
  })
  const imports = host.imports(interfacesServed)
  const types = imports['wasi:http/types'] ?? {}
  const call = (of: unknown, name: string, ...args: unknown[]): unknown => {
    const found: unknown = Reflect.get(Object(of), name)
    if (typeof found !== 'function') throw new Error(`no ${name}`)
    return Reflect.apply(found, of, args)
  }
  const make = (name: string, ...args: unknown[]): object => {
    const type = types[name]
    if (typeof type !== 'function') throw new Error(`no ${name}`)
    const made: unknown = Reflect.construct(type, args)
    return Object(made)
  }
  const drop = (resource: unknown): void => {
    const dispose: unknown = Reflect.get(Object(resource), Symbol.dispose)
    if (typeof dispose === 'function') Reflect.apply(dispose, resource, [])
  }
  const fields = (entries: readonly (readonly [string, string])[] = []): unknown =>
    call(
      types['Fields'],
      'fromList',
      entries.map(([name, value]) => [name, bytes(value)]),
    )
  const entries = (of: unknown): string[] => {
    const list = call(of, 'entries')
    if (!Array.isArray(list)) throw new Error('no list')
    return list.map(([name, value]) => `${String(name)}: ${text(value)}`)
  }
  const get = (of: unknown, name: string): unknown => Reflect.get(Object(of), name)
  /** Reads a stream to its end. */
  const readAll = (stream: unknown): { text: string; failed?: unknown } => {
    let all = ''
    for (;;) {
      try {
        all += text(call(stream, 'blockingRead', 1n << 20n))
      } catch (error) {
        return get(error, 'tag') === 'closed' ? { text: all } : { text: all, failed: get(error, 'val') }
      }
    }
  }
  /** Sends a request as a guest does: with a body, where there is one, and waits for the answer. */
  const send = (
    method: string,
    authority: string,
    path: string,
    { body, options, headers = [] }: { body?: string; options?: object; headers?: [string, string][] } = {},
  ): unknown => {
    const request = make('OutgoingRequest', fields(headers))
    const tag = method.toLowerCase()
    call(request, 'setMethod', tag === 'report' ? { tag: 'other', val: method } : { tag })
    call(request, 'setScheme', { tag: 'HTTPS' })
    call(request, 'setAuthority', authority)
    call(request, 'setPathWithQuery', path)
    const outgoing = body === undefined ? undefined : call(request, 'body')
    const future = call(imports['wasi:http/outgoing-handler'], 'handle', request, options)
    if (outgoing !== undefined && body !== undefined) {
      const stream = call(outgoing, 'write')
      call(stream, 'blockingWriteAndFlush', bytes(body))
      drop(stream)
      call(types['OutgoingBody'], 'finish', outgoing, undefined)
    }
    return future
  }
  /** The answer to a request, once it is there. */
  const answer = (future: unknown): unknown => {
    call(call(future, 'subscribe'), 'block')
    return get(call(future, 'get'), 'val')
  }
  const request = (head: Partial<RequestHead> = {}): { told: Told; incoming: Incoming } => {
    const told: Told = { informational: [], body: '' }
    const incoming = host.incoming(
      { method: 'GET', scheme: 'https', authority: 'app.example', path: '/', fields: [], ...head },
      {
        informational: (given) => void told.informational.push(given),
        head: (given) => void (told.head = given),
        chunk: (part) => void (told.body += text(part)),
        end: (end) => void (told.end = end),
      },
    )
    return { told, incoming }
  }
  /** What a handler does that answers with a text. */
  const respond = (out: unknown, status: number, body: string, headers: [string, string][] = []): void => {
    const response = make('OutgoingResponse', fields(headers))
    call(response, 'setStatusCode', status)
    const outgoing = call(response, 'body')
    call(types['ResponseOutparam'], 'set', out, { tag: 'ok', val: response })
    const stream = call(outgoing, 'write')
    for (let at = 0; at < body.length; at += 4096)
      call(stream, 'blockingWriteAndFlush', bytes(body.slice(at, at + 4096)))
    drop(stream)
    call(types['OutgoingBody'], 'finish', outgoing, undefined)
  }
  return {
    host,
    imports,
    types,
    events,
    call,
    make,
    drop,
    fields,
    entries,
    get,
    readAll,
    send,
    answer,
    request,
    respond,
  }
}
