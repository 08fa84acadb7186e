import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLoopback, isMapped, isUnicast, isUnspecified, parseIp, unmapped } from './addresses.ts'

describe('an IP address', () => {
  test.each([
    ['127.0.0.1', [127, 0, 0, 1]],
    ['255.255.255.255', [255, 255, 255, 255]],
    ['::', [0, 0, 0, 0, 0, 0, 0, 0]],
    ['::1', [0, 0, 0, 0, 0, 0, 0, 1]],
    ['1::', [1, 0, 0, 0, 0, 0, 0, 0]],
    ['2001:DB8::8:800:200c:417A', [0x2001, 0xdb8, 0, 0, 8, 0x800, 0x200c, 0x417a]],
    ['1:2:3:4:5:6:7:8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['::ffff:192.0.2.1', [0, 0, 0, 0, 0, 0xffff, 0xc000, 0x201]],
    ['64:ff9b::192.0.2.33', [0x64, 0xff9b, 0, 0, 0, 0, 0xc000, 0x221]],
  ])('%s is read', (text, parts) => expect(parseIp(text)?.val).toEqual(parts))

  test.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4 ',
    '0x7f.0.0.1',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    'g::',
    '::1%eth0',
    '[::1]',
    '::1.2.3',
    '1.2.3.4::',
    '::1.2.3.4:5',
  ])('%o is none', (text) => expect(parseIp(text)).toBeUndefined())

  test('any eight groups are read as they are written', () => {
    const groups = fc.tuple(...Array.from({ length: 8 }, () => fc.integer({ min: 0, max: 0xffff })))
    fc.assert(
      fc.property(groups, (parts) => {
        expect(parseIp(parts.map((part) => part.toString(16)).join(':'))?.val).toEqual(parts)
      }),
    )
  })

  test.each([
    ['0.0.0.0', { isUnspecified: true, isLoopback: false, isUnicast: true, isMapped: false }],
    ['127.9.9.9', { isUnspecified: false, isLoopback: true, isUnicast: true, isMapped: false }],
    ['224.0.0.1', { isUnspecified: false, isLoopback: false, isUnicast: false, isMapped: false }],
    ['255.255.255.255', { isUnspecified: false, isLoopback: false, isUnicast: false, isMapped: false }],
    ['::1', { isUnspecified: false, isLoopback: true, isUnicast: true, isMapped: false }],
    ['ff02::1', { isUnspecified: false, isLoopback: false, isUnicast: false, isMapped: false }],
    ['::ffff:127.0.0.1', { isUnspecified: false, isLoopback: false, isUnicast: true, isMapped: true }],
  ])('%s is of its kind', (text, kinds) => {
    const ip = parseIp(text)
    if (ip === undefined) throw new Error(text)
    expect({
      isUnspecified: isUnspecified(ip),
      isLoopback: isLoopback(ip),
      isUnicast: isUnicast(ip),
      isMapped: isMapped(ip),
    }).toEqual(kinds)
  })

  test('a mapped one stands for the IPv4 address in it', () => {
    const mapped = parseIp('::ffff:192.0.2.33')
    expect(mapped && unmapped(mapped)).toEqual({ tag: 'ipv4', val: [192, 0, 2, 33] })
  })
})
