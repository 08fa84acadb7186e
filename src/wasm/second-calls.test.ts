import { expect, test } from 'vitest'
import { valueTypes } from './core-types.ts'
import { secondCalls } from './second-calls.ts'

const { i32, i64, f64 } = valueTypes

function open(signatures: Parameters<typeof secondCalls>[0], functions: readonly ((...args: never[]) => unknown)[]) {
  const waiting = new WebAssembly.Global({ value: 'i32', mutable: true }, 0)
  let waits = 0
  const wait = (): void => {
    waits++
    waiting.value = 0
  }
  const module = new WebAssembly.Module(secondCalls(signatures))
  const { exports } = new WebAssembly.Instance(module, {
    '': { ...Object.fromEntries(functions.map((each, index) => [String(index), each])), wait, waiting },
  })
  const call = (index: number, ...args: (number | bigint)[]): unknown => {
    const target = exports[String(index)]
    if (typeof target !== 'function') throw new TypeError(`no function ${index}`)
    return Reflect.apply(target, undefined, args)
  }
  return { call, waiting, waits: () => waits }
}

test('a function that has nothing to wait for is called once', () => {
  const { call, waits } = open(
    [
      [[i32, i64], [i64]],
      [[f64], []],
      [[], [i32, f64]],
    ],
    [(a: number, b: bigint) => b + BigInt(a), () => {}, () => [7, 0.5]],
  )
  expect(call(0, 2, 40n)).toBe(42n)
  expect(call(1, 1.5)).toBeUndefined()
  expect(call(2)).toEqual([7, 0.5])
  expect(waits()).toBe(0)
})

test('one that has to wait is called again afterwards with the same arguments', () => {
  const seen: unknown[] = []
  const opened = open(
    [
      [
        [i32, f64],
        [i32, i32],
      ],
    ],
    [
      (...args: never[]) => {
        seen.push(args)
        if (seen.length === 1) opened.waiting.value = 1
        return [seen.length, 10 * seen.length]
      },
    ],
  )
  expect(opened.call(0, 3, 0.25)).toEqual([2, 20])
  expect(seen).toEqual([
    [3, 0.25],
    [3, 0.25],
  ])
  expect(opened.waits()).toBe(1)
})

test('more functions than fit into one byte are told apart', () => {
  const { call } = open(
    Array.from({ length: 300 }, () => [[], [i32]] as const).map(([params, results]) => [[...params], [...results]]),
    Array.from({ length: 300 }, (_, index) => () => index),
  )
  expect([0, 127, 128, 299].map((index) => call(index))).toEqual([0, 127, 128, 299])
})
