import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseWasiSettings } from '../settings.ts'
import { matchesUrl, parseHttpSettings, readyRoute, routeFor } from './routes.ts'

describe('routes', () => {
  test('are read with their defaults left out and what is unknown dropped', () => {
    const route = {
      method: 'POST',
      url: 'https://api.example/*',
      status: 503,
      headers: { 'Content-Type': 'text/plain', 'X-Two': ['1', '2'] },
      body: { base64: 'aGk=' },
      delay: 20,
      pace: 0.5,
      fault: 'reset',
      handler: false,
    }
    expect(parseHttpSettings({ routes: [{ ...route, unknown: 1 }] })).toEqual({ routes: [route] })
    expect(parseHttpSettings({})).toEqual({ routes: [] })
    expect(parseHttpSettings({ routes: [{ url: '*' }] })).toEqual({ routes: [{ url: '*' }] })
  })

  test.each([
    [[], 'http is not an object'],
    [{ routes: {} }, 'http.routes is not a list'],
    [{ routes: [null] }, 'http.routes[0] is not an object'],
    [{ routes: [{}] }, 'http.routes[0].url is not'],
    [{ routes: [{ url: '*' }, { url: '*', method: 'A B' }] }, 'http.routes[1].method'],
    [{ routes: [{ url: '*', status: 99 }] }, 'http.routes[0].status'],
    [{ routes: [{ url: '*', status: '200' }] }, 'http.routes[0].status'],
    [{ routes: [{ url: '*', headers: [] }] }, 'http.routes[0].headers'],
    [{ routes: [{ url: '*', headers: { 'a b': 'x' } }] }, 'has the name "a b"'],
    [{ routes: [{ url: '*', headers: { a: 1 } }] }, 'headers.a is not'],
    [{ routes: [{ url: '*', headers: { a: 'x\ny' } }] }, 'control character'],
    [{ routes: [{ url: '*', body: 1 }] }, 'http.routes[0].body'],
    [{ routes: [{ url: '*', body: { base64: '?' } }] }, 'is not Base64'],
    [{ routes: [{ url: '*', delay: -1 }] }, 'http.routes[0].delay'],
    [{ routes: [{ url: '*', delay: Number.POSITIVE_INFINITY }] }, 'http.routes[0].delay'],
    [{ routes: [{ url: '*', fault: 'slow' }] }, 'is none of refused'],
    [{ routes: [{ url: '*', handler: 1 }] }, 'http.routes[0].handler'],
    [{ routes: Array.from({ length: 201 }, () => ({ url: '*' })) }, 'more than 200'],
  ])('%j is refused', (given, words) => {
    expect(parseHttpSettings(given)).toContain(words)
    expect(parseWasiSettings({ http: given })).toMatchObject({ ok: false, fault: { stage: 'project' } })
  })

  test('the first that fits answers', () => {
    const routes = [{ url: 'https://a.example/x', method: 'POST' }, { url: 'https://a.example/*' }, { url: '*' }]
    expect(routeFor(routes, 'POST', 'https://a.example/x')).toBe(0)
    expect(routeFor(routes, 'GET', 'https://a.example/x')).toBe(1)
    expect(routeFor(routes, 'GET', 'http://a.example/x')).toBe(2)
    expect(routeFor(routes.slice(0, 2), 'GET', 'http://a.example/x')).toBe(-1)
  })

  test('patterns match as a regular expression of them does', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.'), maxLength: 8 })
    fc.assert(
      fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 10 }), (pattern, url) => {
        const expression = pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '.*')
        expect(matchesUrl(pattern, url)).toBe(new RegExp(`^${expression}$`).test(url))
      }),
      { numRuns: 1000 },
    )
    expect(matchesUrl('HTTPS://API.Example/Path/*', 'https://api.example/Path/x')).toBe(true)
    expect(matchesUrl('https://api.example/path/*', 'https://api.example/Path/x')).toBe(false)
    expect(matchesUrl(`${'*a'.repeat(2000)}b`, 'a'.repeat(8000))).toBe(false)
  })

  test('Base64 bodies are those of the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (data) => {
        const base64 = btoa(String.fromCharCode(...data))
        expect(readyRoute({ url: '*', body: { base64 } }).body).toEqual(data)
      }),
    )
  })
})
