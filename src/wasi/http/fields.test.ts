import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HostTrap } from '../signals.ts'
import { bytes, openHttp, text, thrown } from './testing/world.ts'

const invalid = { tag: 'invalid-syntax' }
const forbidden = { tag: 'forbidden' }
const immutable = { tag: 'immutable' }

describe('fields', () => {
  test('keep order and case, and compare names in any case', () => {
    const { call, fields, entries } = openHttp()
    const some = fields([
      ['Accept', 'a'],
      ['X-One', '1'],
      ['ACCEPT', 'b'],
    ])
    expect(entries(some)).toEqual(['Accept: a', 'X-One: 1', 'ACCEPT: b'])
    expect([call(some, 'get', 'accept')].flat().map(text)).toEqual(['a', 'b'])
    expect(call(some, 'has', 'x-oNe')).toBe(true)
    call(some, 'set', 'aCCept', [bytes('c'), bytes('d')])
    expect(entries(some)).toEqual(['aCCept: c', 'aCCept: d', 'X-One: 1'])
    call(some, 'append', 'accept', bytes(''))
    expect([call(some, 'get', 'ACCEPT')].flat().map(text)).toEqual(['c', 'd', ''])
    call(some, 'delete', 'Accept')
    expect(entries(some)).toEqual(['X-One: 1'])
    call(some, 'set', 'x-one', [])
    expect(entries(some)).toEqual([])
    expect(call(some, 'has', 'x-one')).toBe(false)
  })

  test('refuse what is no name or no value, and ask for neither', () => {
    const { call, make, fields } = openHttp()
    const some = make('Fields')
    for (const name of ['', 'a b', 'a:', 'ä', 'a\n', '(x)']) {
      expect(thrown(() => call(some, 'append', name, bytes('x')))).toEqual(invalid)
      expect(thrown(() => call(some, 'set', name, [bytes('x')]))).toEqual(invalid)
      expect(thrown(() => call(some, 'delete', name))).toEqual(invalid)
      expect(thrown(() => fields([[name, 'x']]))).toEqual(invalid)
      expect(call(some, 'get', name)).toEqual([])
      expect(call(some, 'has', name)).toBe(false)
    }
    for (const value of ['a\r\nb', '\n', '\0', '\u007f']) {
      expect(thrown(() => call(some, 'append', 'x', bytes(value)))).toEqual(invalid)
      expect(thrown(() => call(some, 'set', 'x', [bytes('fine'), bytes(value)]))).toEqual(invalid)
      expect(thrown(() => fields([['x', value]]))).toEqual(invalid)
    }
    call(some, 'append', 'x', Uint8Array.of(0xff, 0x09, 0x20))
    expect(call(some, 'get', 'x')).toEqual([Uint8Array.of(0xff, 0x09, 0x20)])
  })

  test('refuse the names that are the business of the host', () => {
    const { call, make, fields } = openHttp()
    const some = make('Fields')
    for (const name of ['Host', 'connection', 'Transfer-Encoding', 'Keep-Alive', 'UPGRADE', 'proxy-connection']) {
      expect(thrown(() => call(some, 'set', name, [bytes('x')]))).toEqual(forbidden)
      expect(thrown(() => call(some, 'append', name, bytes('x')))).toEqual(forbidden)
      expect(thrown(() => fields([[name, 'x']]))).toEqual(forbidden)
    }
  })

  test('of a message cannot be changed, and a clone of them can', () => {
    const { call, make, fields, entries } = openHttp()
    const request = make('OutgoingRequest', fields([['a', '1']]))
    const headers = call(request, 'headers')
    expect(thrown(() => call(headers, 'set', 'b', [bytes('x')]))).toEqual(immutable)
    expect(thrown(() => call(headers, 'append', 'b', bytes('x')))).toEqual(immutable)
    expect(thrown(() => call(headers, 'delete', 'a'))).toEqual(immutable)
    const copy = call(headers, 'clone')
    call(copy, 'append', 'b', bytes('2'))
    expect(entries(copy)).toEqual(['a: 1', 'b: 2'])
    expect(entries(headers)).toEqual(['a: 1'])
  })

  test('hold so much and no more', () => {
    const { call, make } = openHttp()
    const some = make('Fields')
    for (let index = 0; index < 5000; index++) call(some, 'append', `x-${index}`, bytes('value'))
    expect(call(some, 'has', 'x-4999')).toBe(true)
    expect(thrown(() => call(some, 'append', 'big', new Uint8Array(2 << 20).fill(97)))).toBeInstanceOf(HostTrap)
    const flood = make('Fields')
    expect(
      thrown(() => {
        for (;;) call(flood, 'append', 'x', new Uint8Array(1000).fill(97))
      }),
    ).toBeInstanceOf(HostTrap)
  })

  test('hand out copies', () => {
    const { call, fields } = openHttp()
    const some = fields([['a', 'one']])
    const [value] = [call(some, 'get', 'a')].flat()
    if (value instanceof Uint8Array) value.fill(0)
    expect([call(some, 'get', 'a')].flat().map(text)).toEqual(['one'])
  })

  test('any changes in a row come to what a list of pairs comes to', () => {
    const name = fc.constantFrom('a', 'A', 'b', 'B-b', 'c')
    const change = fc.oneof(
      fc.tuple(fc.constant('append'), name, fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 1 })),
      fc.tuple(fc.constant('set'), name, fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 })),
      fc.tuple(fc.constant('delete'), name, fc.constant<string[]>([])),
    )
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const { call, make, entries } = openHttp()
        const some = make('Fields')
        let model: [string, string][] = []
        const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
        for (const [what, key, values] of changes) {
          // Printable ASCII is what `fc.string` gives.
          if (what === 'append') {
            call(some, 'append', key, bytes(values[0] ?? ''))
            model.push([key, values[0] ?? ''])
            continue
          }
          if (what === 'delete') call(some, 'delete', key)
          else call(some, 'set', key, values.map(bytes))
          const at = model.findIndex(([own]) => same(own, key))
          const before = model.slice(0, Math.max(0, at))
          const after = model.slice(Math.max(0, at)).filter(([own]) => !same(own, key))
          const added = values.map((value): [string, string] => [key, value])
          model = at < 0 ? [...after, ...added] : [...before, ...added, ...after]
        }
        expect(entries(some)).toEqual(model.map(([key, value]) => `${key}: ${value}`))
      }),
      { numRuns: 200 },
    )
  })
})
