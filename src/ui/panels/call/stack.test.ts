import { expect, it } from 'vitest'
import { stackOf } from './stack.ts'

it('tells the function from its place', () => {
  const stack = '    at total (lib/cart.ts:12:10)\n    at new Cart (main.ts:3:1)\n    at main.ts:9:1\n'
  expect(stackOf(stack)).toEqual([
    { text: 'total', place: { file: 'lib/cart.ts', line: 12, column: 10 } },
    { text: 'new Cart', place: { file: 'main.ts', line: 3, column: 1 } },
    { text: '(top level)', place: { file: 'main.ts', line: 9, column: 1 } },
  ])
})

it('leaves what is no stack as it is', () => {
  expect(stackOf('greet(42)\n      ^ column 7')).toEqual([{ text: 'greet(42)' }, { text: '      ^ column 7' }])
})
