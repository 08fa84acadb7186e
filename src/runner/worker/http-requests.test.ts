import { describe, expect, test } from 'vitest'
import type { World } from '../../component/types.ts'
import { createWasiHost, type WasiHost } from '../../wasi/host.ts'
import type { HttpRoute } from '../../wasi/http/routes.ts'
import { mostSockets } from '../../wasi/sockets/network.ts'
import { interfacesServed } from '../../wasi/served.ts'
import { succeed } from '../../contract/fault.ts'
import type { HttpNews, HttpRequest } from '../http.ts'
import { createHttpFeed } from './http-feed.ts'
import { createHttpServing, type HttpServing } from './http-requests.ts'

const handler = 'wasi:http/incoming-handler@0.2.12'
const world: World = {
  imports: [],
  exports: [{ kind: 'interface', name: handler, types: [], functions: [] }],
}
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

// The classes of the host, as far as these handlers use them.
interface Body {
  write(): { blockingWriteAndFlush(bytes: Uint8Array): void; [Symbol.dispose](): void }
  stream(): { blockingRead(length: bigint): Uint8Array; [Symbol.dispose](): void }
}
interface Incoming {
  consume(): Body
  pathWithQuery(): string
  authority(): string
  headers(): { entries(): [string, Uint8Array][]; [Symbol.dispose](): void }
}
interface Outgoing {
  body(): Body
  setAuthority(authority: string): void
  setStatusCode(status: number): void
}
interface Types {
  readonly Fields: new () => object
  readonly OutgoingResponse: new (headers: object) => Outgoing
  readonly OutgoingRequest: new (headers: object) => Outgoing
  readonly ResponseOutparam: { set(out: unknown, response: unknown): void }
  readonly OutgoingBody: { finish(body: Body, trailers?: object): void }
}
interface Future {
  subscribe(): { block(): void }
  get(): { val: { tag: string; val: { status(): number } } }
}

interface Sockets {
  readonly 'wasi:sockets/tcp-create-socket': { createTcpSocket(family: string): Socket }
  readonly 'wasi:sockets/instance-network': { instanceNetwork(): object }
}
interface Socket {
  startBind(network: object, address: unknown): void
  finishBind(): void
}

interface Guest {
  readonly types: Types
  readonly sockets: Sockets
  readonly handle: (request: Outgoing) => Future
  /** How many requests this instance has got. */
  readonly count: () => number
}

/** Each instance counts its requests. */
const open = (answer: (guest: Guest, request: Incoming, out: unknown) => void, routes: HttpRoute[] = []) => {
  const news: HttpNews[] = []
  let instances = 0
  const feed = createHttpFeed({ post: (_, told) => news.push(...told), now: () => 0 })
  let serving: HttpServing | undefined
  const host: WasiHost = createWasiHost(
    { http: { routes } },
    {
      write: () => {},
      monotonic: () => 0n,
      today: () => 0,
      entropy: () => {},
      onHttp: (event) => feed.event(event),
      serveHttp: (request, out) => serving?.serve(request, out),
    },
  )
  const imports = host.imports(interfacesServed) as unknown as Sockets & {
    'wasi:http/types': Types
    'wasi:http/outgoing-handler': { handle: (request: Outgoing) => Future }
  }
  serving = createHttpServing({
    world,
    host: () => host,
    feed,
    around: (_by, _path, _args, work) => host.gate.outside(work),
    instance: () => {
      instances++
      let requests = 0
      const guest: Guest = {
        types: imports['wasi:http/types'],
        sockets: imports,
        handle: imports['wasi:http/outgoing-handler'].handle,
        count: () => requests,
      }
      return succeed({
        root: {
          [handler]: {
            handle: (request: Incoming, out: unknown) => {
              requests++
              answer(guest, request, out)
            },
          },
        },
        memoryBytes: 65_536,
        ended: (_, thrown) => ({ stage: 'trap', message: `It ended: ${String(thrown)}`, next: 'Look.' }),
      })
    },
  })
  return { serving, news, host, instances: () => instances }
}

const say = ({ types }: Guest, out: unknown, status: number, content: string): void => {
  const response = new types.OutgoingResponse(new types.Fields())
  response.setStatusCode(status)
  const body = response.body()
  types.ResponseOutparam.set(out, { tag: 'ok', val: response })
  const stream = body.write()
  stream.blockingWriteAndFlush(new TextEncoder().encode(content))
  stream[Symbol.dispose]()
  types.OutgoingBody.finish(body)
}

const get = (path: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  path,
  headers: [],
  body: [],
  ...more,
})

describe('a request for the handler', () => {
  test('is answered by an instance of its own, and told as it goes', () => {
    const { serving, news, instances } = open((guest, request, out) => {
      const headers = request.headers()
      const names = headers.entries().map(([name, value]) => `${name}=${text(value)}`)
      headers[Symbol.dispose]()
      const stream = request.consume().stream()
      const body = text(stream.blockingRead(100n))
      say(guest, out, 202, `${guest.count()} ${request.authority()}${request.pathWithQuery()} ${names.join()} ${body}`)
    })
    const bytes = new TextEncoder().encode('Ada')
    const headers = [['Host', 'me.example']] as const
    const outcome = serving.respond(3, get('/a', { method: 'POST', headers, body: [{ after: 0, bytes }] }))
    expect(outcome).toMatchObject({ ok: true, value: { status: 202, size: 35, memoryBytes: 65_536 } })
    expect(news.map(({ type }) => type)).toEqual(['head', 'body', 'end'])
    const body = news[1]
    expect(body?.type === 'body' && text(body.bytes)).toBe('1 me.example/a content-length=3 Ada')
    serving.respond(4, get('/b'))
    expect(instances()).toBe(2)
  })

  test('gets its body in parts, in virtual time', () => {
    const { serving, host } = open((guest, request, out) => {
      const stream = request.consume().stream()
      const parts = [1, 2, 3].map(() => `${text(stream.blockingRead(100n))}@${host.instant / 1_000_000n}`)
      say(guest, out, 200, parts.join())
    })
    const body = ['a', 'b', 'c'].map((part) => ({ after: 100, bytes: new TextEncoder().encode(part) }))
    const outcome = serving.respond(1, get('/', { method: 'PUT', body }))
    expect(outcome).toMatchObject({ ok: true, value: { size: 17, from: 0n, to: 300_000_000n } })
  })

  test('whose instance ends has no response, and says why', () => {
    const { serving, news } = open(() => {
      throw new TypeError('broken')
    })
    expect(serving.respond(1, get('/'))).toMatchObject({
      ok: true,
      value: { error: 'connection-terminated', why: 'It ended: TypeError: broken', fault: { stage: 'trap' } },
    })
    expect(news).toMatchObject([{ type: 'end', error: 'connection-terminated' }])
  })

  test('that nobody answers says what to call', () => {
    const { serving } = open(() => {})
    expect(serving.respond(1, get('/'))).toMatchObject({
      ok: true,
      value: { error: 'internal-error: no response', why: expect.stringContaining('ResponseOutparam.set') },
    })
  })

  test.each([
    [{ method: 'a b' }, /no method/],
    [{ path: '/a b' }, /no path/],
    [{ authority: 'a/b' }, /no host/],
    [{ headers: [['a b', 'c']] }, /header "a b"/],
    [{ headers: [['a', 'b\r\nc: d']] }, /header "a"/],
  ] as [Partial<HttpRequest>, RegExp][])('that is none is not made: %o', (wrong, words) => {
    const { serving, instances } = open(() => {})
    expect(serving.respond(1, get('/', wrong))).toMatchObject({
      ok: false,
      fault: { stage: 'call', message: expect.stringMatching(words) },
    })
    expect(instances()).toBe(0)
  })

  test('can be answered with the help of another instance', () => {
    const { serving, news, instances } = open(
      (guest, request, out) => {
        if (request.pathWithQuery() === '/inner') return say(guest, out, 201, 'inner')
        const outgoing = new guest.types.OutgoingRequest(new guest.types.Fields())
        outgoing.setAuthority('self.example')
        Reflect.apply(Reflect.get(outgoing, 'setPathWithQuery'), outgoing, ['/inner'])
        const future = guest.handle(outgoing)
        future.subscribe().block()
        say(guest, out, 200, String(future.get().val.val.status()))
      },
      [{ url: 'https://self.example/*', handler: true }],
    )
    expect(serving.respond(1, get('/'))).toMatchObject({ ok: true, value: { status: 200, size: 3 } })
    expect(instances()).toBe(2)
    expect(news.map(({ type }) => type)).toEqual(['sent', 'request-body', 'answered', 'head', 'body', 'end', 'ended'])
  })

  test.each(['returns', 'traps'])('leaves nothing behind when its instance %s: sockets and ports', async (how) => {
    const address = { tag: 'ipv4', val: { address: [127, 0, 0, 1], port: 8080 } }
    const { serving } = open(({ types, sockets }, _, out) => {
      const network = sockets['wasi:sockets/instance-network'].instanceNetwork()
      const held = Array.from({ length: mostSockets }, () =>
        sockets['wasi:sockets/tcp-create-socket'].createTcpSocket('ipv4'),
      )
      held[0]?.startBind(network, address)
      held[0]?.finishBind()
      const response = new types.OutgoingResponse(new types.Fields())
      response.body().write()
      types.ResponseOutparam.set(out, { tag: 'ok', val: response })
      if (how === 'traps') throw new Error('broken')
    })
    const first = await serving.respond(1, get('/'))
    expect(first).toMatchObject({ ok: true, value: { status: 200, error: 'HTTP-response-incomplete' } })
    const second = await serving.respond(2, get('/'))
    expect(second.ok && second.value.fault).toEqual(first.ok && first.value.fault)
    expect(second).toMatchObject({ ok: true, value: { status: 200 } })
  })

  test('leaves the instance that asked for it with what that has', () => {
    const { serving } = open(
      (guest, request, out) => {
        const create = guest.sockets['wasi:sockets/tcp-create-socket'].createTcpSocket
        if (request.pathWithQuery() === '/inner') {
          for (let turn = 1; turn < mostSockets; turn++) create('ipv4')
          return say(guest, out, 201, 'inner')
        }
        const own = create('ipv4')
        const outgoing = new guest.types.OutgoingRequest(new guest.types.Fields())
        outgoing.setAuthority('self.example')
        Reflect.apply(Reflect.get(outgoing, 'setPathWithQuery'), outgoing, ['/inner'])
        guest.handle(outgoing)
        own.startBind(guest.sockets['wasi:sockets/instance-network'].instanceNetwork(), {
          tag: 'ipv4',
          val: { address: [127, 0, 0, 1], port: 8080 },
        })
        for (let turn = 1; turn < mostSockets; turn++) create('ipv4')
        say(guest, out, 200, 'outer')
      },
      [{ url: 'https://self.example/*', handler: true }],
    )
    expect(serving.respond(1, get('/'))).toMatchObject({ ok: true, value: { status: 200, size: 5 } })
  })

  test('is for a world that has a handler', () => {
    const { host } = open(() => {})
    const feed = createHttpFeed({ post: () => {}, now: () => 0 })
    const none = { imports: [], exports: [] }
    const instance = () =>
      succeed({ root: {}, memoryBytes: 0, ended: () => ({ stage: 'trap', message: '', next: '' }) as const })
    const serving = createHttpServing({
      world: none,
      host: () => host,
      feed,
      around: (_by, _path, _args, work) => work(),
      instance,
    })
    expect(serving.respond(1, get('/'))).toMatchObject({
      ok: false,
      fault: { next: expect.stringContaining('export wasi:http/incoming-handler') },
    })
  })
})
