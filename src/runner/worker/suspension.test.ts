import { expect, test } from 'vitest'
import { valueTypes } from '../../wasm/core-module.ts'
import { secondCalls } from '../../wasm/second-calls.ts'
import { createSuspension, suspendingModule } from './suspension.ts'

const { i32 } = valueTypes
const settle = () => new Promise((resolve) => setTimeout(resolve))

test('the glue gets a sample first and what the promise came to afterwards; the host is called once', async () => {
  const asked: unknown[] = []
  let answer: unknown = Promise.resolve(Uint8Array.of(1, 2))
  class InputStream {
    blockingRead(length: bigint): unknown {
      asked.push(length)
      return answer
    }
  }
  const imports = { 'wasi:io/streams': { InputStream } }
  const suspension = createSuspension((wait) => wait)
  suspension.enclose(imports)
  const stream = new InputStream()
  expect(stream.blockingRead(5n)).toEqual(new Uint8Array())
  await settle()
  expect(stream.blockingRead(5n)).toEqual(Uint8Array.of(1, 2))
  answer = Promise.reject(new Error('gone'))
  expect(stream.blockingRead(6n)).toEqual(new Uint8Array())
  await settle()
  expect(() => stream.blockingRead(6n)).toThrow('gone')
  answer = Uint8Array.of(3)
  expect(stream.blockingRead(7n)).toEqual(Uint8Array.of(3))
  expect(asked).toEqual([5n, 6n, 7n])
})

test('a function of the glue waits where the host gave a promise, and nowhere else', () => {
  let waits = 0
  let polls = 0
  const poll = (): unknown => (polls++ === 0 ? Promise.resolve() : undefined)
  const imports = { 'wasi:io/poll': { poll } }
  const suspension = createSuspension((wait) => () => {
    waits++
    wait()
  })
  suspension.enclose(imports)
  const glue = { first: () => (imports['wasi:io/poll'].poll(), 1), second: () => 2 }
  // Any module that imports two functions will do.
  const bytes = secondCalls([
    [[], [i32]],
    [[], [i32]],
  ])
  const around = suspension.around(suspendingModule(bytes), {
    '': { 0: glue.first, 1: glue.second, wait: glue.second },
  })
  const call = (name: string): unknown => {
    const found = around['']?.[name]
    return typeof found === 'function' ? Reflect.apply(found, undefined, []) : undefined
  }
  expect([call('1'), waits]).toEqual([2, 0])
  expect([call('0'), waits]).toEqual([1, 1])
  expect([call('1'), waits]).toEqual([2, 1])
})

test('what is WebAssembly already stays as it is', () => {
  const module = new WebAssembly.Module(secondCalls([[[], [i32]]]))
  const waiting = new WebAssembly.Global({ value: 'i32', mutable: true }, 0)
  const instance = new WebAssembly.Instance(module, { '': { 0: () => 1, wait: () => {}, waiting } })
  const suspension = createSuspension((wait) => wait)
  suspension.add(instance)
  const given = { '': { 0: instance.exports['0'] ?? 0 } }
  expect(suspension.around(suspendingModule(secondCalls([[[], [i32]]])), given)).toBe(given)
})
