import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { emptyDraft, mistakeOf, pastedHeaders, requestOf } from './draft.ts'
import { requestMistake } from '../../../wasi/http/message.ts'

const draft = (target: string, headers: readonly (readonly [string, string])[] = []) => ({
  ...emptyDraft,
  target,
  headers,
})

it('says which field keeps a request from being sent', () => {
  expect(mistakeOf(draft('/a?b=c%20d'))).toBeUndefined()
  expect(mistakeOf(draft('https://app.example:8080/x'))).toBeUndefined()
  for (const target of ['a', '/a b', '/ä', '/%zz', 'http://a b/']) {
    expect(mistakeOf(draft(target))).toMatchObject({ at: 'target', message: expect.any(String) })
  }
  const headers = [
    ['Accept', 'text/plain'],
    ['', 'not begun'],
    ['X Test', 'a'],
  ] as const
  expect(mistakeOf(draft('/', headers))).toMatchObject({ at: 2 })
  expect(mistakeOf(draft('/', [['X-Test', 'a\u0007']]))).toMatchObject({ at: 0 })
})

it('lets through what the handler can be sent, and nothing else', () => {
  const encoder = new TextEncoder()
  fc.assert(
    fc.property(
      fc.string({ maxLength: 12 }),
      fc.array(fc.tuple(fc.string({ maxLength: 6 }), fc.string({ maxLength: 6 })), { maxLength: 3 }),
      (target, headers) => {
        const written = draft(target, headers)
        const { method, scheme = 'http', authority, path, headers: sent } = requestOf(written)
        const fields = sent.map(([name, value]): [string, Uint8Array] => [name, encoder.encode(value)])
        const refused = requestMistake({ method, scheme, authority, path, fields }) !== undefined
        expect(mistakeOf(written) !== undefined).toBe(refused)
      },
    ),
    { numRuns: 50 },
  )
})

it('reads headers that are pasted, a line each', () => {
  expect(pastedHeaders('X-Test: abc')).toEqual([['X-Test', 'abc']])
  expect(pastedHeaders('Accept: a/b\r\n\r\n  X-Url :http://c:1 \n')).toEqual([
    ['Accept', 'a/b'],
    ['X-Url', 'http://c:1'],
  ])
  for (const text of ['', 'X-Test', ': a', 'X Test: a', 'A: b\nno colon']) expect(pastedHeaders(text)).toBeUndefined()
})
