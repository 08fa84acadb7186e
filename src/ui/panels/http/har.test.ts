import { describe, expect, it } from 'vitest'
import type { Exchange } from '../../../state/simulation/http-state.ts'
import { parseHttpSettings } from '../../../wasi/http/routes.ts'
import { viewOf } from './body-view.ts'
import { harOf, parseHar } from './har.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const report = { status: 201, size: 11, ms: 1, from: 0n, to: 8_000_000n, memoryBytes: 0, boundaryCalls: 0 }

const exchange: Exchange = {
  id: 1,
  sent: Date.parse('2026-03-04T05:06:07Z'),
  runStart: Date.parse('2025-01-01T00:00:00Z'),
  request: {
    method: 'POST',
    path: '/orders?a=1&b=%20',
    headers: [['Content-Type', 'text/plain']],
    body: [{ after: 0, bytes: bytes('two') }],
  },
  informational: [],
  head: { at: 5_000_000n, status: 201, fields: [['Content-Type', 'application/json']] },
  parts: [
    { at: 6_000_000n, bytes: bytes('{"ok":') },
    { at: 7_000_000n, bytes: bytes('true}') },
  ],
  outgoing: [
    {
      id: 1,
      at: 1_000_000n,
      method: 'GET',
      url: 'https://stock.example/*',
      fields: [['Accept', '*/*']],
      route: 0,
      answered: {
        at: 3_000_000n,
        status: 200,
        fields: [
          ['X', '1'],
          ['X', '2'],
        ],
      },
      ended: { at: 4_000_000n, size: 2, start: Uint8Array.of(0, 255) },
    },
    {
      id: 2,
      at: 4_000_000n,
      method: 'GET',
      url: 'https://down.example/',
      fields: [],
      ended: { at: 5_000_000n, size: 0, start: new Uint8Array(), error: 'connection-refused' },
    },
  ],
  report,
}

describe('a HAR file', () => {
  it('has what was sent and answered, with the times of the run’s clock', () => {
    const har: unknown = JSON.parse(harOf([exchange], '0.1.0'))
    expect(har).toMatchObject({
      log: {
        version: '1.2',
        creator: { name: 'Witcraft' },
        entries: [
          {
            startedDateTime: '2025-01-01T00:00:00.000Z',
            time: 8,
            request: {
              method: 'POST',
              url: 'http://localhost/orders?a=1&b=%20',
              queryString: [
                { name: 'a', value: '1' },
                { name: 'b', value: ' ' },
              ],
              postData: { mimeType: 'text/plain', text: 'two' },
            },
            response: { status: 201, content: { mimeType: 'application/json', text: '{"ok":true}', size: 11 } },
            timings: { send: 0, wait: 5, receive: 3 },
          },
          { startedDateTime: '2025-01-01T00:00:00.001Z', response: { content: { text: 'AP8=', encoding: 'base64' } } },
          { response: { status: 0 }, comment: 'connection-refused' },
        ],
      },
    })
  })

  it('is read as requests and as routes that answer the same', () => {
    const entries = parseHar(harOf([exchange], '0.1.0')) ?? []
    expect(entries[0]?.draft).toMatchObject({
      method: 'POST',
      target: 'http://localhost/orders?a=1&b=%20',
      body: 'two',
    })
    const routes = entries.map(({ route }) => route)
    expect(routes).toMatchObject([
      { method: 'POST', url: 'http://localhost/orders?a=1&b=%20', status: 201, body: '{"ok":true}', delay: 8 },
      { url: 'https://stock.example/*', headers: { X: ['1', '2'] }, body: { base64: 'AP8=' } },
      { url: 'https://down.example/', fault: 'refused' },
    ])
    expect(parseHttpSettings({ routes: JSON.parse(JSON.stringify(routes)) })).toEqual({
      routes: JSON.parse(JSON.stringify(routes)),
    })
  })

  it('has the dates of the machine where the run had its clock, and none that is no date', () => {
    const { runStart: _, ...real } = exchange
    const late: Exchange = { ...exchange, runStart: Date.parse('+275760-09-12T23:59:59Z'), outgoing: [] }
    const dates = (of: Exchange): string[] =>
      [...harOf([of], '1').matchAll(/"startedDateTime": "([^"]*)"/g)].map(([, date = '']) => date)
    expect(dates({ ...real, report: { ...report, from: 500_000n } })[0]).toBe('2026-03-04T05:06:07.000Z')
    expect(dates(real)[1]).toBe('2026-03-04T05:06:07.001Z')
    expect(dates({ ...late, report: { ...report, from: 1n << 63n } })).toEqual(['+275760-09-13T00:00:00.000Z'])
  })

  it.each(['', '{', '[]', '{"log":{}}', 'curl x'])('is not %j', (text) => {
    expect(parseHar(text)).toBeUndefined()
  })

  it('may hold anything', () => {
    const odd = {
      log: {
        entries: [
          null,
          1,
          { request: { method: 'a b', url: 'x' } },
          {
            request: { method: 'GET', url: 'http://a/', headers: [{ name: ':method', value: 'GET' }, 7] },
            response: { headers: [{ name: 'constructor', value: 'x' }] },
          },
        ],
      },
    }
    expect(parseHar(JSON.stringify(odd))).toEqual([
      {
        draft: expect.objectContaining({ headers: [], target: 'http://a/' }),
        route: { method: 'GET', url: 'http://a/', fault: 'refused' },
      },
    ])
  })
})

describe('a body', () => {
  it('is shown by its type, and as bytes where it is no text', () => {
    expect(viewOf(bytes('{"a":[1]}'), 'application/problem+json')).toEqual({
      kind: 'json',
      text: '{\n  "a": [\n    1\n  ]\n}',
    })
    expect(viewOf(bytes('{"a":12345678901234567890}'), 'application/json')).toMatchObject({ kind: 'text' })
    expect(viewOf(bytes('{no'), 'application/json')).toEqual({ kind: 'text', text: '{no' })
    expect(viewOf(bytes('[1]'), undefined)).toMatchObject({ kind: 'json' })
    expect(viewOf(bytes('[1]'), 'text/html')).toMatchObject({ kind: 'text' })
    expect(viewOf(Uint8Array.of(0x41, 0, 0xff), 'text/plain')).toEqual({
      kind: 'hex',
      text: `000000  41 00 ff${' '.repeat(39)}  A..`,
    })
  })
})
