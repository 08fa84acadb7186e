import { describe, expect, test } from 'vitest'
import { httpCaps } from './http.ts'
import { httpNews, httpReport } from './parse-http.ts'
import { Unfit } from './untrusted.ts'

const fault = () => ({ stage: 'trap', message: 'm', next: 'n' }) as const
const sent = { type: 'sent', id: 1, at: 5n, method: 'GET', url: 'https://a.example/', fields: [['a', 'b']], route: 0 }
const report = { status: 200, size: 3, ms: 1.5, from: 0n, to: 5n, memoryBytes: 65536, boundaryCalls: 2 }

describe('what the sandbox tells of HTTP', () => {
  test('is taken as it is known', () => {
    const news = [
      sent,
      { type: 'head', at: 1n, status: 404, fields: [] },
      { type: 'body', at: 1n, bytes: Uint8Array.of(1) },
      { type: 'end', at: 2n, trailers: [['x', 'y']] },
      { type: 'end', at: 2n, error: 'connection-terminated', why: 'It trapped.' },
      { type: 'request-body', id: 1, size: 4, start: new Uint8Array(4) },
      { type: 'answered', id: 1, at: 3n, status: 200, fields: [] },
      { type: 'ended', id: 1, at: 4n, size: 9, start: new Uint8Array(), error: 'given up' },
      { type: 'more', informational: 1, requests: 2 },
    ]
    expect(httpNews(news.map((each) => ({ ...each, unknown: 1 })))).toEqual(news)
    expect(httpReport({ ...report, fault: {}, unknown: 1 }, fault)).toEqual({ ...report, fault: fault() })
  })

  test.each([
    [{}],
    [[{ type: 'other' }]],
    [[{ ...sent, at: 5 }]],
    [[{ ...sent, at: -1n }]],
    [[{ ...sent, id: -1 }]],
    [[{ ...sent, url: 'x'.repeat(20_000) }]],
    [[{ ...sent, fields: [['a']] }]],
    [[{ ...sent, fields: [['a', 'b', 'c']] }]],
    [[{ ...sent, fields: Array.from({ length: 1025 }, () => ['a', 'b']) }]],
    [[{ type: 'head', at: 1n, status: 1000, fields: [] }]],
    [[{ type: 'body', at: 1n, bytes: new Uint8Array(httpCaps.piece + 1) }]],
    [[{ type: 'body', at: 1n, bytes: [1] }]],
    [Array.from({ length: 257 }, () => sent)],
  ])('is refused where it is something else: %#', (given) => {
    expect(() => httpNews(given)).toThrow(Unfit)
  })

  test.each([[{ ms: -1 }], [{ size: 0.5 }], [{ from: 1 }], [{ status: '200' }], [{ error: 1 }]])(
    'is refused where a report is wrong: %o',
    (wrong) => {
      expect(() => httpReport({ ...report, ...wrong }, fault)).toThrow(Unfit)
    },
  )
})
