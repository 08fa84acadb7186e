import { describe, expect, test } from 'vitest'
import { httpCaps, type HttpNews } from '../http.ts'
import { createHttpFeed } from './http-feed.ts'

const open = () => {
  const posted: { request: number; news: readonly HttpNews[] }[] = []
  const clock = { now: 0 }
  const feed = createHttpFeed({ post: (request, news) => posted.push({ request, news }), now: () => clock.now })
  return { feed, posted, clock, news: () => posted.flatMap(({ news }) => news) }
}
const head: HttpNews = { type: 'head', at: 0n, status: 200, fields: [] }

describe('news of HTTP', () => {
  test('goes out at once, and then joined', () => {
    const { feed, posted, clock } = open()
    feed.begin(7)
    feed.tell(head)
    expect(posted).toEqual([{ request: 7, news: [head] }])
    for (let part = 0; part < 1000; part++) feed.body(0n, Uint8Array.of(part))
    expect(posted).toHaveLength(1)
    clock.now = 31
    feed.body(0n, Uint8Array.of(1))
    expect(posted).toHaveLength(2)
    expect(posted[1]?.news).toMatchObject([{ type: 'body', bytes: { length: 1001 } }])
  })

  test('tells parts of different instants apart', () => {
    const { feed, news } = open()
    feed.begin(1)
    feed.tell(head)
    feed.body(1n, Uint8Array.of(1))
    feed.body(2n, Uint8Array.of(2))
    feed.flush()
    expect(news().slice(1)).toEqual([
      { type: 'body', at: 1n, bytes: Uint8Array.of(1) },
      { type: 'body', at: 2n, bytes: Uint8Array.of(2) },
    ])
  })

  test('keeps so much of a giant body, in pieces of bounded size, and counts the rest', () => {
    const { feed, posted, news } = open()
    feed.begin(1)
    for (let part = 0; part < 100; part++) feed.body(0n, new Uint8Array(65_000))
    feed.flush()
    const sizes = news().map((each) => (each.type === 'body' ? each.bytes.length : 0))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(httpCaps.body)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(httpCaps.piece)
    expect(feed.size).toBe(6_500_000)
    expect(posted.length).toBeLessThan(20)
  })

  test('lists so many requests of the component, and counts the rest', () => {
    const { feed, posted, news } = open()
    feed.begin(1)
    for (let id = 1; id <= 3000; id++) {
      feed.event({ type: 'sent', id, at: 0n, method: 'GET', url: 'https://a.example/', fields: [] })
      feed.event({ type: 'ended', id, at: 0n, size: 0, start: new Uint8Array(), error: 'HTTP-request-denied' })
    }
    feed.flush()
    expect(news().filter(({ type }) => type === 'sent')).toHaveLength(httpCaps.requests)
    expect(news().filter(({ type }) => type === 'ended')).toHaveLength(httpCaps.requests)
    expect(news().findLast(({ type }) => type === 'more')).toEqual({ type: 'more', informational: 0, requests: 2500 })
    expect(Math.max(...posted.map(({ news: each }) => each.length))).toBeLessThanOrEqual(httpCaps.news)
    feed.begin(2)
    feed.event({ type: 'sent', id: 3001, at: 0n, method: 'GET', url: 'https://a.example/', fields: [] })
    feed.flush()
    expect(news().at(-1)).toMatchObject({ type: 'sent', id: 3001 })
  })

  test('counts what it does not list of a run, whatever requests come between', () => {
    const { feed, posted } = open()
    const ask = (id: number) =>
      feed.event({ type: 'sent', id, at: 0n, method: 'GET', url: 'https://a.example/', fields: [] })
    for (let id = 1; id <= httpCaps.requests; id++) ask(id)
    feed.begin(1)
    feed.begin(0)
    ask(1000)
    feed.flush()
    expect(posted.at(-1)).toEqual({ request: 0, news: [{ type: 'more', informational: 0, requests: 1 }] })
  })

  test('tells the first pieces of different instants one by one, and joins the rest', () => {
    const { feed, posted, news } = open()
    feed.begin(1)
    for (let part = 0; part < 40_000; part++) feed.body(BigInt(part), Uint8Array.of(part))
    feed.flush()
    const pieces = news().filter((each) => each.type === 'body')
    expect(pieces).toHaveLength(httpCaps.parts + 1)
    expect(pieces.at(-1)).toMatchObject({ at: BigInt(httpCaps.parts), bytes: { length: 40_000 - httpCaps.parts } })
    expect(Math.max(...posted.map(({ news: each }) => each.length))).toBeLessThanOrEqual(httpCaps.news)
  })

  test('tells so many informational responses, and counts the rest', () => {
    const { feed, news } = open()
    feed.begin(1)
    for (let turn = 0; turn < 1000; turn++) feed.tell({ type: 'informational', at: 0n, status: 103, fields: [] })
    feed.flush()
    expect(news().filter(({ type }) => type === 'informational')).toHaveLength(httpCaps.informational)
    expect(news().at(-1)).toEqual({ type: 'more', informational: 900, requests: 0 })
  })
})
