import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isHosts } from '../../../wasi/sockets/names.ts'
import { hostsOfText, textOfHosts } from './hosts-text.ts'

it.each([
  ['', {}],
  ['db.example 10.0.0.2', { 'db.example': ['10.0.0.2'] }],
  [
    'db.example 10.0.0.2, 10.0.0.3\n\n# none\napi 2001:db8::1 # why',
    {
      'db.example': ['10.0.0.2', '10.0.0.3'],
      api: ['2001:db8::1'],
    },
  ],
  ['10.0.0.2 db.example db\n10.0.0.3 db', { 'db.example': ['10.0.0.2'], db: ['10.0.0.2', '10.0.0.3'] }],
  ['nowhere.example', { 'nowhere.example': [] }],
  ['a 10.0.0.2\na 10.0.0.2', { a: ['10.0.0.2'] }],
])('%j gives %j', (text, hosts) => {
  expect({ ...Object(hostsOfText(text)) }).toEqual(hosts)
})

it.each([
  ['db.example 10.0.0.256', 'Line 1: "10.0.0.256" is no address that a host can have.'],
  ['a 10.0.0.1\nb 0.0.0.0', 'Line 2: "0.0.0.0" is no address that a host can have.'],
  ['a_b! 10.0.0.1', 'Line 1: "a_b!" is no name of a host.'],
  ['10.0.0.1', 'Line 1: write the name of the host beside 10.0.0.1.'],
  ['__proto__ 10.0.0.1', 'Line 1: "__proto__" is no name of a host.'],
  [`a ${Array.from({ length: 17 }, (_, n) => `10.0.0.${n + 1}`).join(' ')}`, 'a can have up to 16 addresses.'],
  [Array.from({ length: 257 }, (_, n) => `h${n} 10.0.0.1`).join('\n'), 'There can be up to 256 names.'],
])('%j is none: %s', (text, problem) => {
  expect(hostsOfText(text)).toBe(problem)
})

it('gives what a project can hold, and the same again from its text', () => {
  const words = fc.array(fc.constantFrom('a', 'b.example', '10.0.0.1', '::2', '-', ',', '\n', '#', 'ä'), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(words, (given) => {
      const hosts = hostsOfText(given.join(' '))
      if (typeof hosts === 'string') return
      expect(isHosts(hosts)).toBe(true)
      expect(hostsOfText(textOfHosts(hosts))).toEqual(hosts)
    }),
  )
})
