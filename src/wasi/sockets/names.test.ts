import { describe, expect, test } from 'vitest'
import { createNames, hostName, isHosts } from './names.ts'

describe('the name of a host', () => {
  test.each([
    ['example.com', 'example.com'],
    ['Example.COM.', 'example.com'],
    ['_dmarc.a-b.c1', '_dmarc.a-b.c1'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['faß.de', 'xn--fa-hia.de'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['президент.рф', 'xn--d1abbgf6aiiy.xn--p1ai'],
    // RFC 3492, section 7.1 (B) and (L).
    ['他们为什么不说中文', 'xn--ihqwcrb4cv8a8dqg056pqjye'],
    ['3年b組金八先生', 'xn--3b-ww4c5e180e575a65lsy2b'],
  ])('%s is %s in ASCII', (name, ascii) => expect(hostName(name)).toBe(ascii))

  test.each([
    '',
    '.',
    'a..b',
    '.a',
    'a b',
    'a.b<&>',
    'a/b',
    'a:1',
    '-a',
    'a-',
    '1.2.3',
    '256.1.1.1',
    'a.1',
    '☃\u0000',
    `${'a'.repeat(64)}.b`,
    `${'abcdefg.'.repeat(32)}b`,
  ])('%o is none', (name) => expect(hostName(name)).toBeUndefined())
})

describe('names', () => {
  const names = createNames({ 'db.Internal': ['10.0.0.5', 'fd00::5'], localhost: ['127.0.0.9'] })

  test('are those of the run, and localhost', () => {
    expect(names.resolve('DB.internal.')).toEqual([
      { tag: 'ipv4', val: [10, 0, 0, 5] },
      { tag: 'ipv6', val: [0xfd00, 0, 0, 0, 0, 0, 0, 5] },
    ])
    expect(names.resolve('localhost')).toEqual([{ tag: 'ipv4', val: [127, 0, 0, 9] }])
    expect(names.resolve('api.localhost')?.map(({ tag }) => tag)).toEqual(['ipv4', 'ipv6'])
    expect(names.resolve('example.com')).toEqual([])
    expect(names.resolve('a b')).toBeUndefined()
    expect(names.addresses).toHaveLength(3)
  })

  test('that are addresses are themselves, IPv4 where they are mapped', () => {
    expect(names.resolve('192.0.2.1')).toEqual([{ tag: 'ipv4', val: [192, 0, 2, 1] }])
    expect(names.resolve('[::1]')).toEqual(names.resolve('::1'))
    expect(names.resolve('[127.0.0.1]')).toBeUndefined()
    expect(names.resolve('[::]:80')).toBeUndefined()
    expect(names.resolve('::ffff:192.0.2.1')).toEqual([{ tag: 'ipv4', val: [192, 0, 2, 1] }])
  })

  test.each([
    [{}, true],
    [{ 'a.b': ['10.0.0.1', '::2'] }, true],
    [{ 'a b': ['10.0.0.1'] }, false],
    [{ a: ['0.0.0.0'] }, false],
    [{ a: ['224.0.0.1'] }, false],
    [{ a: ['::ffff:1.2.3.4'] }, false],
    [{ a: '10.0.0.1' }, false],
    [{ a: [1] }, false],
    [null, false],
    [Object.fromEntries(Array.from({ length: 257 }, (_, at) => [`h${at}`, []])), false],
  ])('as a setting: %j', (value, expected) => expect(isHosts(value)).toBe(expected))
})
