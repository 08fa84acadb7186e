import { expect, it } from 'vitest'
import { usesHandle } from './selectors.ts'

it.each(['total(%1)', 'a#[method]b.c(%12, 3)', 'f({x: %1})', 'f([%1])', 'f(some(%3))', 'f("a", %1)', "f('\"', %1)"])(
  'a handle is passed in %s',
  (call) => expect(usesHandle(call)).toBe(true),
)

it.each([
  '',
  'greet("%1")',
  'greet("50 %1")',
  'greet("a \\" %1")',
  "f('%', 1)",
  'f(%true)',
  'greet("(%1)")',
  'f(1) // 50 %1',
])('none is passed in %s', (call) => expect(usesHandle(call)).toBe(false))

it('reads a long call', () => {
  expect(usesHandle(`greet("${'a'.repeat(8_000_000)} %1")`)).toBe(false)
})
