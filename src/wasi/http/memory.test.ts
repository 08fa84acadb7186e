import { describe, expect, test } from 'vitest'
import { HostTrap } from '../signals.ts'
import { bytes, openHttp, thrown } from './testing/world.ts'

const mebibyte = 1 << 20

describe('the memory of a run', () => {
  test('is what the fields of all messages take together', () => {
    const { make, call, drop } = openHttp({}, { memory: mebibyte })
    const value = new Uint8Array(100_000).fill(97)
    const fields = Array.from({ length: 10 }, () => make('Fields'))
    for (const each of fields) call(each, 'append', 'a', value)
    expect(thrown(() => call(make('Fields'), 'append', 'a', value))).toBeInstanceOf(HostTrap)
    expect(thrown(() => call(fields[0], 'clone'))).toBeInstanceOf(HostTrap)
    // A request has them from now on, and holds them until it is dropped.
    const request = make('OutgoingRequest', fields[0])
    drop(fields[0])
    expect(thrown(() => call(fields[1], 'clone'))).toBeInstanceOf(HostTrap)
    drop(request)
    expect(call(fields[1], 'clone')).toBeDefined()
  })

  test('is not held by fields that could not be made', () => {
    const { types, call, make } = openHttp({}, { memory: mebibyte })
    const value = new Uint8Array(300_000).fill(97)
    const list = [
      ['a', value],
      ['not a name', value],
    ]
    for (let turn = 0; turn < 5; turn++) {
      expect(thrown(() => call(types['Fields'], 'fromList', list))).toEqual({ tag: 'invalid-syntax' })
    }
    call(make('Fields'), 'append', 'a', new Uint8Array(900_000).fill(97))
  })

  test('is what all bodies take together that were not sent yet', () => {
    const { make, call, drop, get, types } = openHttp({}, { memory: mebibyte })
    const open = () => {
      const response = make('OutgoingResponse', make('Fields'))
      const body = call(response, 'body')
      return { response, body, stream: call(body, 'write') }
    }
    const fill = (stream: unknown): number => {
      for (let written = 0; ;) {
        const permit = Number(call(stream, 'checkWrite'))
        if (permit === 0) return written
        call(stream, 'write', new Uint8Array(permit))
        written += permit
      }
    }
    const [first, second] = [open(), open()]
    const permitted = Number(call(second.stream, 'checkWrite'))
    expect(fill(first.stream)).toBeGreaterThan(1_000_000)
    const failed = thrown(() => call(second.stream, 'write', new Uint8Array(permitted)))
    expect(call(types, 'httpErrorCode', get(failed, 'val'))).toEqual({ tag: 'internal-error', val: 'out of memory' })
    drop(first.stream)
    drop(first.body)
    drop(first.response)
    expect(fill(open().stream)).toBeGreaterThan(1_000_000)
  })

  test('is what is on its way from one instance to another', () => {
    const made: ReturnType<typeof openHttp> = openHttp(
      { http: { routes: [{ url: '*', handler: true }] } },
      { memory: mebibyte, serveHttp: (_, out) => made.respond(out, 200, 'x'.repeat(300_000)) as undefined },
    )
    const { answer, send, get, call, readAll, drop } = made
    const read = (): ReturnType<typeof readAll> =>
      readAll(call(call(get(answer(send('GET', 'self.example', '/')), 'val'), 'consume'), 'stream'))
    const unread = [1, 2, 3].map(() => get(answer(send('GET', 'self.example', '/')), 'val'))
    const { failed } = read()
    expect(call(made.types, 'httpErrorCode', failed)).toEqual({ tag: 'internal-error', val: 'out of memory' })
    for (const response of unread) drop(response)
    expect(read().text.length).toBe(300_000)
  })

  test('is what requests take that nobody waits for', () => {
    const { send, drop, events } = openHttp({ http: { routes: [{ url: '*' }] } }, { memory: mebibyte })
    const futures: unknown[] = []
    const refused = thrown(() => {
      for (;;) futures.push(send('GET', 'a.example', '/'))
    })
    expect(refused).toEqual({ tag: 'connection-limit-reached' })
    expect(events.at(-1)).toMatchObject({ type: 'ended', error: 'connection-limit-reached' })
    expect(futures.length).toBeLessThan(100)
    drop(futures[0])
    expect(send('GET', 'a.example', '/')).toBeDefined()
  })

  test('is what a request says of where it goes', () => {
    const { make, call } = openHttp({}, { memory: mebibyte })
    const requests = Array.from({ length: 4 }, () => make('OutgoingRequest', make('Fields')))
    const path = `/${'a'.repeat(150_000)}`
    expect(requests.slice(1).map((each) => call(each, 'setPathWithQuery', path))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(thrown(() => call(requests[0], 'setPathWithQuery', path))).toBeUndefined()
    expect(call(requests[0], 'pathWithQuery')).toBeUndefined()
  })

  test('holds trailers no larger than a section', () => {
    const { make, call, types } = openHttp()
    const body = call(make('OutgoingResponse', make('Fields')), 'body')
    const trailers = make('Fields')
    call(trailers, 'append', 'a', new Uint8Array(70_000).fill(97))
    expect(thrown(() => call(types['OutgoingBody'], 'finish', body, trailers))).toEqual({
      tag: 'HTTP-response-trailer-section-size',
      val: 70_033,
    })
  })
})

describe('a body on its way', () => {
  test('comes in one piece where its pieces came together', () => {
    const { request, call } = openHttp()
    const { incoming } = request()
    for (const part of ['a', 'b', 'c']) incoming.body.push(bytes(part), 5n)
    incoming.body.push(bytes('d'), 6n)
    const stream = call(call(incoming.request, 'consume'), 'stream')
    const read = () => call(stream, 'blockingRead', 99n)
    expect([read(), read()]).toEqual([bytes('abc'), bytes('d')])
  })
})
