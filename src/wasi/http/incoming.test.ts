import { describe, expect, test } from 'vitest'
import { HostTrap } from '../signals.ts'
import { bytes, openHttp, text, thrown } from './testing/world.ts'

describe('an incoming request', () => {
  test('has what it came with, without the fields of the connection', () => {
    const { call, get, entries, request } = openHttp()
    const { incoming } = request({
      method: 'REPORT',
      path: '/a?b',
      scheme: 'http',
      authority: 'me:80',
      fields: [
        ['Accept', bytes('*/*')],
        ['Host', bytes('x')],
        ['Transfer-Encoding', bytes('chunked')],
      ],
    })
    expect(call(incoming.request, 'method')).toEqual({ tag: 'other', val: 'REPORT' })
    expect(call(incoming.request, 'pathWithQuery')).toBe('/a?b')
    expect(call(incoming.request, 'scheme')).toEqual({ tag: 'HTTP' })
    expect(call(incoming.request, 'authority')).toBe('me:80')
    const headers = call(incoming.request, 'headers')
    expect(entries(headers)).toEqual(['Accept: */*'])
    expect(
      get(
        thrown(() => call(headers, 'delete', 'accept')),
        'tag',
      ),
    ).toBe('immutable')
  })

  test('gives its body once, in parts as they come, and then its trailers', () => {
    const { call, drop, get, entries, readAll, request, types } = openHttp()
    const { incoming } = request({ method: 'POST' })
    incoming.body.push(bytes('one '), 0n)
    incoming.body.push(bytes('two'), 5_000_000n)
    incoming.body.finish({ ok: true, trailers: [['Sum', bytes('7')]] }, 9_000_000n)
    const body = call(incoming.request, 'consume')
    expect(thrown(() => call(incoming.request, 'consume'))).toBeUndefined()
    const stream = call(body, 'stream')
    expect(thrown(() => call(body, 'stream'))).toBeUndefined()
    expect(text(call(stream, 'read', 100n))).toBe('one ')
    expect(call(stream, 'read', 100n)).toEqual(new Uint8Array())
    expect(call(call(stream, 'subscribe'), 'ready')).toBe(false)
    expect(readAll(stream)).toEqual({ text: 'two' })
    drop(stream)
    const trailers = call(types['IncomingBody'], 'finish', body)
    const result = call(trailers, 'get')
    const list = get(get(result, 'val'), 'val')
    expect(entries(list)).toEqual(['Sum: 7'])
    expect(call(trailers, 'get')).toEqual({ tag: 'err', val: undefined })
    expect(thrown(() => drop(trailers))).toBeInstanceOf(HostTrap)
    drop(list)
    expect(() => drop(trailers)).not.toThrow()
  })

  test('tells its trailers when all of it has come, read or not', () => {
    const { call, host, request, types } = openHttp()
    const { incoming } = request()
    incoming.body.push(bytes('unread'), 0n)
    incoming.body.finish({ ok: true, trailers: undefined }, 7_000_000n)
    const trailers = call(types['IncomingBody'], 'finish', call(incoming.request, 'consume'))
    expect(call(trailers, 'get')).toBeUndefined()
    call(call(trailers, 'subscribe'), 'block')
    expect(host.instant).toBe(7_000_000n)
    expect(call(trailers, 'get')).toEqual({ tag: 'ok', val: { tag: 'ok', val: undefined } })
  })

  test('traps where a parent goes before its child', () => {
    const { call, drop, request, types } = openHttp()
    const { incoming } = request()
    const headers = call(incoming.request, 'headers')
    expect(String(thrown(() => drop(incoming.request)))).toContain('incoming-request was dropped while its headers')
    drop(headers)
    const body = call(incoming.request, 'consume')
    const stream = call(body, 'stream')
    expect(thrown(() => call(types['IncomingBody'], 'finish', body))).toBeInstanceOf(HostTrap)
    expect(thrown(() => drop(body))).toBeInstanceOf(HostTrap)
    drop(stream)
    drop(stream)
    expect(() => drop(body)).not.toThrow()
  })
})

describe('the response of a handler', () => {
  test('is told as it comes', () => {
    const { call, make, drop, fields, types, request } = openHttp()
    const { told, incoming } = request()
    call(incoming.out, 'sendInformational', 103, fields([['Link', '</a>']]))
    expect(told.informational).toMatchObject([{ status: 103 }])
    const response = make('OutgoingResponse', fields([['A', 'b']]))
    expect(call(response, 'statusCode')).toBe(200)
    call(response, 'setStatusCode', 201)
    const body = call(response, 'body')
    expect(thrown(() => call(response, 'body'))).toBeUndefined()
    const stream = call(body, 'write')
    expect(thrown(() => call(body, 'write'))).toBeUndefined()
    call(stream, 'blockingWriteAndFlush', bytes('early '))
    expect(told).toMatchObject({ body: '' })
    call(types['ResponseOutparam'], 'set', incoming.out, { tag: 'ok', val: response })
    expect(told).toMatchObject({ head: { status: 201 }, body: 'early ' })
    call(stream, 'blockingWriteAndFlush', bytes('late'))
    expect(told.body).toBe('early late')
    drop(stream)
    call(types['OutgoingBody'], 'finish', body, fields([['Sum', '1']]))
    expect(told.end).toEqual({ ok: true, trailers: [['Sum', bytes('1')]] })
    incoming.returned()
    expect(told.end).toMatchObject({ ok: true })
  })

  test('is an error where there is none', () => {
    const { request, drop, call, types } = openHttp()
    const none = request()
    none.incoming.returned()
    expect(none.told.end).toMatchObject({ ok: false, why: expect.stringContaining('without a response') })
    const dropped = request()
    drop(dropped.incoming.out)
    expect(dropped.told.end).toMatchObject({ ok: false, code: { tag: 'internal-error' } })
    const died = request()
    died.incoming.returned('It trapped.')
    expect(died.told.end).toEqual({ ok: false, code: { tag: 'connection-terminated' }, why: 'It trapped.' })
    const refused = request()
    const error = { tag: 'err', val: { tag: 'HTTP-response-timeout' } }
    call(types['ResponseOutparam'], 'set', refused.incoming.out, error)
    expect(refused.told.end).toMatchObject({ ok: false, code: { tag: 'HTTP-response-timeout' } })
  })

  test('that is set twice for one request ends the instance', () => {
    const { make, call, fields, types, request } = openHttp()
    const { incoming } = request()
    const set = () => {
      const response = make('OutgoingResponse', fields())
      call(response, 'body')
      call(types['ResponseOutparam'], 'set', incoming.out, { tag: 'ok', val: response })
    }
    set()
    expect(thrown(set)).toBeInstanceOf(HostTrap)
  })

  test('is cut off where its body is dropped or left behind', () => {
    const { make, call, drop, fields, types, request } = openHttp()
    const start = () => {
      const { told, incoming } = request()
      const response = make('OutgoingResponse', fields())
      const body = call(response, 'body')
      call(types['ResponseOutparam'], 'set', incoming.out, { tag: 'ok', val: response })
      return { told, incoming, body }
    }
    const dropped = start()
    drop(dropped.body)
    expect(dropped.told.end).toMatchObject({ ok: false, why: expect.stringContaining('without OutgoingBody.finish') })
    const left = start()
    left.incoming.returned()
    expect(left.told.end).toMatchObject({ ok: false, code: { tag: 'HTTP-response-incomplete' } })
    const trapped = start()
    trapped.incoming.returned('It trapped.')
    expect(trapped.told.end).toMatchObject({ code: { tag: 'HTTP-response-incomplete' }, why: 'It trapped.' })
  })

  test.each([
    ['short', { tag: 'HTTP-response-body-size', val: 5n }],
    ['long enough', undefined],
    ['longer than that', { tag: 'HTTP-response-body-size', val: 16n }],
  ])('of %j keeps to its Content-Length of 11', (content, code) => {
    const { make, call, get, drop, fields, types, request } = openHttp()
    const { told, incoming } = request()
    const response = make('OutgoingResponse', fields([['content-length', '11']]))
    const body = call(response, 'body')
    call(types['ResponseOutparam'], 'set', incoming.out, { tag: 'ok', val: response })
    const stream = call(body, 'write')
    let failed: unknown
    try {
      call(stream, 'blockingWriteAndFlush', bytes(content))
    } catch (error) {
      failed = call(types, 'httpErrorCode', get(error, 'val'))
    }
    if (content.length > 11) expect(failed).toEqual(code)
    drop(stream)
    const finish = () => call(types['OutgoingBody'], 'finish', body, undefined)
    if (code === undefined) finish()
    else expect(thrown(finish)).toEqual(code)
    expect(told.end).toMatchObject(code === undefined ? { ok: true } : { ok: false, code })
  })

  test('without a body has none, and must not have promised one but for HEAD', () => {
    const { make, call, fields, types, request } = openHttp()
    const answer = (method: string, headers: [string, string][]) => {
      const { told, incoming } = request({ method })
      call(types['ResponseOutparam'], 'set', incoming.out, {
        tag: 'ok',
        val: make('OutgoingResponse', fields(headers)),
      })
      return told.end
    }
    expect(answer('GET', [])).toEqual({ ok: true, trailers: undefined })
    expect(answer('HEAD', [['Content-Length', '9']])).toEqual({ ok: true, trailers: undefined })
    expect(answer('GET', [['Content-Length', '9']])).toMatchObject({
      code: { tag: 'HTTP-response-body-size', val: 0n },
    })
    expect(answer('GET', [['Content-Length', 'x']])).toMatchObject({ code: { tag: 'HTTP-protocol-error' } })
    const many = Array.from({ length: 3000 }, (_, index): [string, string] => [`x-${index}`, 'y'])
    expect(answer('GET', many)).toMatchObject({ code: { tag: 'HTTP-response-header-section-size' } })
  })

  test('has a status that HTTP has', () => {
    const { make, call, fields, types, request } = openHttp()
    const response = make('OutgoingResponse', fields())
    for (const status of [0, 99, 600, 65535]) {
      expect(thrown(() => call(response, 'setStatusCode', status))).toBeUndefined()
    }
    call(response, 'setStatusCode', 599)
    const { told, incoming } = request()
    expect(thrown(() => call(incoming.out, 'sendInformational', 200, fields()))).toEqual({ tag: 'HTTP-protocol-error' })
    const early = make('OutgoingResponse', fields())
    call(early, 'setStatusCode', 103)
    call(types['ResponseOutparam'], 'set', incoming.out, { tag: 'ok', val: early })
    expect(told.end).toMatchObject({ ok: false, code: { tag: 'HTTP-protocol-error' } })
  })

  test('can take over the headers of the request', () => {
    const { make, call, drop, request, types } = openHttp()
    const { told, incoming } = request({ fields: [['A', bytes('1')]] })
    const response = make('OutgoingResponse', call(incoming.request, 'headers'))
    expect(() => drop(incoming.request)).not.toThrow()
    const own = call(response, 'headers')
    const set = () => call(types['ResponseOutparam'], 'set', incoming.out, { tag: 'ok', val: response })
    expect(thrown(set)).toBeInstanceOf(HostTrap)
    drop(own)
    set()
    expect(told.head?.fields).toEqual([['A', bytes('1')]])
  })
})
