import { expect, test } from 'vitest'
import { withCode } from './code-section.ts'
import { MalformedBinary } from './reader.ts'
import { concat, section } from './writer.ts'

const preamble = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
const codeOf = (value: number) => section(10, [[1, 4, 0, 0x41, value, 0x0b]])
/** One function that returns `value`, exported as `f`. */
const module = (value: number, code = codeOf(value)): Uint8Array<ArrayBuffer> =>
  concat([
    preamble,
    ...section(1, [[1, 0x60, 0, 1, 0x7f]]),
    ...section(3, [[1, 0]]),
    ...section(7, [[1, 1, 0x66, 0, 0]]),
    ...code,
    ...section(0, [[1, 0x78]]),
  ])

test('code that stayed behind is put back, byte by byte', () => {
  const sent = module(7, section(10, []))
  expect(WebAssembly.validate(sent)).toBe(false)
  expect(withCode(sent, module(7))).toEqual(module(7))
})

test('the code is that of the other module', () => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(withCode(module(7), module(8))))
  expect(exports['f']).toBeTypeOf('function')
  expect(withCode(module(7), module(8))).toEqual(module(8))
})

test('what is no module, or has no code, is refused', () => {
  const empty = Uint8Array.from(preamble)
  expect(() => withCode(empty, module(1))).toThrow(MalformedBinary)
  expect(() => withCode(module(1), empty)).toThrow(MalformedBinary)
  expect(() => withCode(Uint8Array.of(1, 2), module(1))).toThrow(MalformedBinary)
})
