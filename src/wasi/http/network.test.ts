import { describe, expect, test } from 'vitest'
import type { HttpEvent } from './events.ts'
import { HostTrap } from '../signals.ts'
import type { HttpRoute } from './routes.ts'
import { bytes, openHttp, text, thrown } from './testing/world.ts'

const world = (...routes: HttpRoute[]) => openHttp({ http: { routes } })
const millisecond = 1_000_000n
const kinds = (events: readonly HttpEvent[]) => events.map(({ type }) => type)

describe('an outgoing request', () => {
  test('gets the answer of its route, after the delay of virtual time', () => {
    const { host, call, drop, get, entries, readAll, send, events } = world({
      method: 'POST',
      url: 'https://api.example/users/*',
      status: 201,
      headers: { 'Content-Type': 'text/plain', Via: ['a', 'b'] },
      body: 'welcome',
      delay: 250,
    })
    const future = send('POST', 'API.example', '/users/7?x', { body: 'Ada' })
    expect(call(future, 'get')).toBeUndefined()
    call(call(future, 'subscribe'), 'block')
    expect(host.instant).toBe(250n * millisecond)
    const result = call(future, 'get')
    expect(get(result, 'tag')).toBe('ok')
    expect(call(future, 'get')).toEqual({ tag: 'err', val: undefined })
    const response = get(get(result, 'val'), 'val')
    expect(call(response, 'status')).toBe(201)
    const headers = call(response, 'headers')
    expect(entries(headers)).toEqual(['Content-Type: text/plain', 'Via: a', 'Via: b'])
    expect(thrown(() => drop(response))).toBeInstanceOf(HostTrap)
    drop(headers)
    const body = call(response, 'consume')
    expect(thrown(() => call(response, 'consume'))).toBeUndefined()
    expect(readAll(call(body, 'stream'))).toEqual({ text: 'welcome' })
    expect(kinds(events)).toEqual(['sent', 'request-body', 'answered', 'ended'])
    expect(events[0]).toMatchObject({ method: 'POST', url: 'https://api.example/users/7?x', route: 0, at: 0n })
    expect(events[1]).toMatchObject({ size: 3, start: bytes('Ada') })
    expect(events[3]).toMatchObject({ size: 7, start: bytes('welcome'), at: 250n * millisecond })
  })

  test('that no route answers is denied, and that is told', () => {
    const { send, events } = world({ url: 'https://other.example/*' })
    expect(thrown(() => send('GET', 'api.example', '/'))).toEqual({ tag: 'HTTP-request-denied' })
    expect(events[0]).not.toHaveProperty('route')
    expect(events[1]).toMatchObject({ type: 'ended', error: 'HTTP-request-denied' })
  })

  test('that the policy denies gets the error of the interface', () => {
    const { send } = openHttp({ policy: { 'wasi:http/outgoing-handler': 'deny' }, http: { routes: [{ url: '*' }] } })
    expect(thrown(() => send('GET', 'api.example', '/'))).toEqual({ tag: 'HTTP-request-denied' })
    const { make, call } = openHttp({ policy: { 'wasi:http/types#[method]fields.append': 'deny' } })
    expect(thrown(() => call(make('Fields'), 'append', 'a', bytes('b')))).toEqual({ tag: 'forbidden' })
  })

  test.each([
    ['refused', 10, 'connection-refused', 10n],
    ['timeout', undefined, 'connection-timeout', 30_000n],
    ['timeout', 40, 'connection-timeout', 40n],
    ['malformed', 5, 'HTTP-protocol-error', 5n],
    ['reset', 5, 'connection-terminated', 5n],
  ] as const)('with the fault %s after %s ms fails with %s', (fault, delay, tag, at) => {
    const { host, send, answer, events } = world({ url: '*', fault, ...(delay !== undefined && { delay }) })
    expect(answer(send('GET', 'a.example', '/'))).toEqual({ tag: 'err', val: { tag } })
    expect(host.instant).toBe(at * millisecond)
    expect(events.at(-1)).toMatchObject({ type: 'ended', error: tag })
  })

  test('that is reset in its body fails there, with the code behind the error of the stream', () => {
    const { call, drop, get, readAll, send, answer, types } = world({ url: '*', body: 'abcdef', fault: 'reset' })
    const response = get(answer(send('GET', 'a.example', '/')), 'val')
    const body = call(response, 'consume')
    const stream = call(body, 'stream')
    const { text: all, failed } = readAll(stream)
    expect(all).toBe('abc')
    expect(call(types, 'httpErrorCode', failed)).toEqual({ tag: 'connection-terminated' })
    expect(call(failed, 'toDebugString')).toBe('connection-terminated')
    expect(
      get(
        thrown(() => call(stream, 'read', 1n)),
        'tag',
      ),
    ).toBe('closed')
    drop(stream)
    const trailers = call(types['IncomingBody'], 'finish', body)
    expect(call(trailers, 'get')).toEqual({ tag: 'ok', val: { tag: 'err', val: { tag: 'connection-terminated' } } })
  })

  test('comes in parts where the route has a pace', () => {
    const { host, call, get, send, answer } = world({ url: '*', body: 'abcdefgh', delay: 10, pace: 5 })
    const stream = call(call(get(answer(send('GET', 'a.example', '/')), 'val'), 'consume'), 'stream')
    const seen: string[] = []
    for (let part = 0; part < 4; part++) seen.push(`${text(call(stream, 'blockingRead', 99n))}@${host.instant}`)
    expect(seen).toEqual(['ab@15000000', 'cd@20000000', 'ef@25000000', 'gh@30000000'])
  })

  test.each([
    ['connect', { fault: 'timeout' }, 'connection-timeout', 100n],
    ['firstByte', { fault: 'timeout' }, 'connection-read-timeout', 100n],
    ['connect', { fault: 'refused', delay: 500 }, 'connection-timeout', 100n],
    ['firstByte', { delay: 500, body: 'late' }, 'connection-read-timeout', 100n],
  ] as const)('keeps to its %s timeout', (which, route, tag, at) => {
    const { host, make, call, send, answer } = world({ url: '*', ...route })
    const options = make('RequestOptions')
    const name = `${which.slice(0, 1).toUpperCase()}${which.slice(1)}Timeout`
    call(options, `set${name}`, 100n * millisecond)
    expect(call(options, `${which}Timeout`)).toBe(100n * millisecond)
    expect(answer(send('GET', 'a.example', '/', { options }))).toEqual({ tag: 'err', val: { tag } })
    expect(host.instant).toBe(at * millisecond)
  })

  test('keeps to the timeouts of its body', () => {
    const { host, make, call, get, send, answer, readAll, types } = world({ url: '*', body: 'abcd', pace: 50 })
    const late = (name: string, duration: bigint) => {
      const options = make('RequestOptions')
      call(options, name, duration)
      const from = host.instant
      const body = call(get(answer(send('GET', 'a.example', '/', { options })), 'val'), 'consume')
      const { text: all, failed } = readAll(call(body, 'stream'))
      return [all, call(types, 'httpErrorCode', failed), (host.instant - from) / millisecond]
    }
    const tag = 'connection-read-timeout'
    expect(late('setFirstByteTimeout', 20n * millisecond)).toEqual(['', { tag }, 20n])
    expect(late('setBetweenBytesTimeout', 30n * millisecond)).toEqual(['a', { tag }, 80n])
    const options = make('RequestOptions')
    call(options, 'setBetweenBytesTimeout', 50n * millisecond)
    const body = call(get(answer(send('GET', 'a.example', '/', { options })), 'val'), 'consume')
    expect(readAll(call(body, 'stream'))).toEqual({ text: 'abcd' })
  })

  test('that is wrong is not sent', () => {
    const { call, make, fields, imports } = world({ url: '*' })
    const handle = (change: (request: object) => void, headers: [string, string][] = []) => {
      const request = make('OutgoingRequest', fields(headers))
      call(request, 'setAuthority', 'a.example')
      change(request)
      return thrown(() => call(imports['wasi:http/outgoing-handler'], 'handle', request, undefined))
    }
    expect(handle((request) => call(request, 'setAuthority', undefined))).toEqual({ tag: 'HTTP-request-URI-invalid' })
    expect(handle((request) => call(request, 'setScheme', { tag: 'other', val: 'ftp' }))).toEqual({
      tag: 'HTTP-protocol-error',
    })
    expect(handle((request) => call(request, 'setMethod', { tag: 'connect' }))).toEqual({
      tag: 'HTTP-request-method-invalid',
    })
    expect(handle((request) => call(request, 'setPathWithQuery', `/${'x'.repeat(9000)}`))).toEqual({
      tag: 'HTTP-request-URI-too-long',
    })
    expect(handle(() => {}, [['content-length', '1, 2']])).toEqual({ tag: 'HTTP-protocol-error' })
    expect(handle(() => {}, [['content-length', '4']])).toEqual({ tag: 'HTTP-request-body-size', val: 0n })
    const many = Array.from({ length: 3000 }, (_, index): [string, string] => [`x-${index}`, 'y'])
    expect(handle(() => {}, many)).toMatchObject({ tag: 'HTTP-request-header-section-size' })
    let headers: unknown
    expect(handle((request) => (headers = call(request, 'headers')))).toBeInstanceOf(HostTrap)
    expect(headers).toBeDefined()
  })

  test('refuses what HTTP has not', () => {
    const { call, make, fields } = world()
    const request = make('OutgoingRequest', fields())
    expect(thrown(() => call(request, 'setMethod', { tag: 'other', val: 'a b' }))).toBeUndefined()
    expect(thrown(() => call(request, 'setPathWithQuery', '/a b'))).toBeUndefined()
    expect(thrown(() => call(request, 'setScheme', { tag: 'other', val: '1' }))).toBeUndefined()
    expect(thrown(() => call(request, 'setAuthority', 'a:99999'))).toBeUndefined()
    expect(['method', 'pathWithQuery', 'scheme', 'authority'].map((name) => call(request, name))).toEqual([
      { tag: 'get' },
      undefined,
      undefined,
      undefined,
    ])
  })

  test('whose body is given up fails', () => {
    const { call, make, drop, fields, imports, answer, events } = world({ url: '*', delay: 10 })
    const request = make('OutgoingRequest', fields())
    call(request, 'setAuthority', 'a.example')
    const body = call(request, 'body')
    const future = call(imports['wasi:http/outgoing-handler'], 'handle', request, undefined)
    drop(body)
    expect(answer(future)).toEqual({ tag: 'err', val: { tag: 'HTTP-protocol-error' } })
    expect(events.at(-1)).toMatchObject({ type: 'ended', error: 'HTTP-protocol-error' })
  })

  test('that is given up is told so', () => {
    const { drop, send, events } = world({ url: '*', delay: 10 })
    drop(send('GET', 'a.example', '/'))
    expect(events.at(-1)).toMatchObject({ type: 'ended', error: 'given up' })
  })

  test.each([
    ['whose head alone was looked at', 0, undefined],
    ['that was read to its last byte', 4, undefined],
    ['that goes on', 1, 'given up'],
  ])('%s has ended when it is dropped', (_, reads, error) => {
    const { send, answer, get, call, drop, events, host } = world({ url: '*', body: 'abcd', pace: 100 })
    const response = get(answer(send('GET', 'a.example', '/')), 'val')
    if (reads > 0) {
      const body = call(response, 'consume')
      const stream = call(body, 'stream')
      for (let turn = 0; turn < reads; turn++) call(stream, 'blockingRead', 99n)
      drop(stream)
      drop(body)
    } else host.input({ kind: 'advance', nanoseconds: 10n ** 9n })
    drop(response)
    expect(events.filter(({ type }) => type === 'ended')).toEqual([
      {
        type: 'ended',
        id: 1,
        at: BigInt(reads || 4) * 100_000_000n,
        size: reads || 4,
        start: bytes('abcd'.slice(0, reads || 4)),
        ...(error !== undefined && { error }),
      },
    ])
  })

  test('waits for a frozen clock, and says so', () => {
    const { call, send } = openHttp({ clock: { mode: 'frozen' }, http: { routes: [{ url: '*', delay: 1 }] } })
    const future = send('GET', 'a.example', '/')
    expect(thrown(() => call(call(future, 'subscribe'), 'block'))).toBeInstanceOf(HostTrap)
  })

  test('a body of any size is counted and not kept', () => {
    const { call, make, drop, fields, imports, types, events } = world({ url: '*' })
    const request = make('OutgoingRequest', fields())
    call(request, 'setAuthority', 'a.example')
    const body = call(request, 'body')
    call(imports['wasi:http/outgoing-handler'], 'handle', request, undefined)
    const stream = call(body, 'write')
    for (let round = 0; round < 1000; round++) {
      call(stream, 'checkWrite')
      call(stream, 'write', new Uint8Array(65_536))
    }
    drop(stream)
    call(types['OutgoingBody'], 'finish', body, undefined)
    const told = events.find(({ type }) => type === 'request-body')
    expect(told).toMatchObject({ size: 65_536_000, start: new Uint8Array(16_384) })
  })

  test('before it is sent a body takes so much and no more', () => {
    const { call, make, fields } = world({ url: '*' })
    const stream = call(call(make('OutgoingRequest', fields()), 'body'), 'write')
    let written = 0n
    for (let room = call(stream, 'checkWrite'); typeof room === 'bigint' && room > 0n;) {
      call(stream, 'writeZeroes', room)
      written += room
      room = call(stream, 'checkWrite')
    }
    expect(written).toBe(1n << 20n)
    expect(thrown(() => call(call(stream, 'subscribe'), 'block'))).toBeInstanceOf(HostTrap)
  })
})

describe('a route to the own handler', () => {
  type World = ReturnType<typeof openHttp>
  const nest = (serve: (world: World, request: unknown, out: unknown) => string | undefined | void): World => {
    const made: World = openHttp(
      { http: { routes: [{ url: '*', handler: true }] } },
      { serveHttp: (request, out) => serve(made, request, out) ?? undefined },
    )
    return made
  }

  test('passes request and response between the two', () => {
    const { call, get, send, answer, readAll, entries, events } = nest(
      ({ call: on, respond, readAll: read }, request, out) => {
        const body = read(on(on(request, 'consume'), 'stream')).text
        respond(out, 202, `${String(on(request, 'pathWithQuery'))} ${body}`, [['x-from', 'handler']])
      },
    )
    const response = get(answer(send('PUT', 'self.example', '/a', { body: 'hello' })), 'val')
    expect(call(response, 'status')).toBe(202)
    expect(entries(call(response, 'headers'))).toEqual(['x-from: handler'])
    expect(readAll(call(call(response, 'consume'), 'stream'))).toEqual({ text: '/a hello' })
    expect(events.at(-1)).toMatchObject({ type: 'ended', size: 8 })
  })

  test('tells of an instance that ended', () => {
    const { answer, send } = nest(() => 'It trapped.')
    expect(answer(send('GET', 'self.example', '/'))).toEqual({ tag: 'err', val: { tag: 'connection-terminated' } })
    const silent = nest(() => {})
    expect(silent.answer(silent.send('GET', 'self.example', '/'))).toEqual({
      tag: 'err',
      val: { tag: 'internal-error', val: 'no response' },
    })
  })

  test('says in words why there is no response, or no more of it', () => {
    const silent = nest(() => 'It trapped.')
    silent.answer(silent.send('GET', 'self.example', '/'))
    expect(silent.events.at(-1)).toMatchObject({ type: 'ended', error: 'connection-terminated', why: 'It trapped.' })
    const broken = nest(({ make, call, types }, _, out) => {
      const response = make('OutgoingResponse', make('Fields'))
      call(response, 'body')
      call(types['ResponseOutparam'], 'set', out, { tag: 'ok', val: response })
      return 'It trapped later.'
    })
    const response = broken.get(broken.answer(broken.send('GET', 'self.example', '/')), 'val')
    broken.readAll(broken.call(broken.call(response, 'consume'), 'stream'))
    const error = 'HTTP-response-incomplete'
    expect(broken.events.at(-1)).toMatchObject({ type: 'ended', error, why: 'It trapped later.' })
  })

  test('ends a circle of handlers', () => {
    let depth = 0
    const made = nest(({ get, send, answer, respond }, _, out) => {
      depth++
      const inner = answer(send('GET', 'self.example', '/'))
      respond(out, get(inner, 'tag') === 'ok' ? 200 : 508, '')
    })
    made.answer(made.send('GET', 'self.example', '/'))
    expect(depth).toBe(8)
    expect(made.events).toContainEqual(expect.objectContaining({ type: 'ended', error: 'loop-detected' }))
  })

  test('carries so much between two instances and no more', () => {
    const { call, get, send, answer, readAll, types } = nest(({ call: on, make, fields }, _, out) => {
      const response = make('OutgoingResponse', fields())
      const body = on(response, 'body')
      on(types['ResponseOutparam'], 'set', out, { tag: 'ok', val: response })
      const stream = on(body, 'write')
      for (let round = 0; round < 300; round++) {
        on(stream, 'checkWrite')
        on(stream, 'write', new Uint8Array(65_536))
      }
    })
    const { failed } = readAll(call(call(get(answer(send('GET', 'self.example', '/')), 'val'), 'consume'), 'stream'))
    expect(call(types, 'httpErrorCode', failed)).toMatchObject({ tag: 'HTTP-response-body-size' })
  })

  test('fails where nobody can make another instance', () => {
    const { send, answer } = world({ url: '*', handler: true })
    expect(answer(send('GET', 'self.example', '/'))).toEqual({ tag: 'err', val: { tag: 'configuration-error' } })
  })
})
