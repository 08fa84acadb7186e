import { expect, test } from 'vitest'
import { withCode, withoutCode } from './code-section.ts'
import { MalformedBinary } from './reader.ts'
import { concat, section } from './writer.ts'

const preamble = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
/** One function that returns `value`, exported as `f`. */
const module = (value: number): Uint8Array<ArrayBuffer> =>
  concat([
    preamble,
    ...section(1, [[1, 0x60, 0, 1, 0x7f]]),
    ...section(3, [[1, 0]]),
    ...section(7, [[1, 1, 0x66, 0, 0]]),
    ...section(10, [[1, 4, 0, 0x41, value, 0x0b]]),
    ...section(0, [[1, 0x78]]),
  ])

test('the code goes out and comes back, byte by byte', () => {
  const whole = module(7)
  const sent = withoutCode(whole)
  expect(sent.length).toBe(whole.length - 6)
  expect(WebAssembly.validate(sent)).toBe(false)
  expect(withCode(sent, whole)).toEqual(whole)
})

test('the code is that of the other module', () => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(withCode(withoutCode(module(7)), module(8))))
  expect(exports['f']).toBeTypeOf('function')
  expect(withCode(withoutCode(module(7)), module(8))).toEqual(module(8))
})

test('what is no module, or has no code, is refused', () => {
  const empty = Uint8Array.from(preamble)
  expect(() => withoutCode(empty)).toThrow(MalformedBinary)
  expect(() => withCode(module(1), empty)).toThrow(MalformedBinary)
  expect(() => withCode(Uint8Array.of(1, 2), module(1))).toThrow(MalformedBinary)
})
