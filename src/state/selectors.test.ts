import { expect, it } from 'vitest'
import type { Diagnostic } from '../contract/fault.ts'
import { handlesIn, problemCounts, problemsOf, usesHandle } from './selectors.ts'
import { noDiagnostics } from './state.ts'

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

it('tells which handles a call passes', () => {
  expect(handlesIn('f(%12, "%3", [%1, %12]) // %4')).toEqual([12, 1, 12])
})

it('reads a long call', () => {
  expect(usesHandle(`greet("${'a'.repeat(8_000_000)} %1")`)).toBe(false)
})

const problem = (stage: Diagnostic['stage'], line: number, message: string): Diagnostic => ({
  stage,
  severity: 'error',
  message,
  next: 'Mend it.',
  place: { file: 'main.ts', line, column: message.length },
})

it('a line that cannot be read is one problem, whoever says so', () => {
  const [first, second, other] = [problem('source', 3, 'a'), problem('source', 3, 'bc'), problem('source', 4, 'a')]
  const said = problem('source', 3, 'from the compiler')
  expect(problemsOf({ ...noDiagnostics, types: [first, second, other], run: [said] })).toEqual([first, other])
})

it('a line that lacks several exports has as many problems, and a run does not say them again', () => {
  const [first, second] = [problem('source', 3, 'a'), problem('source', 3, 'bc')].map((each) => {
    return { ...each, readable: true as const }
  })
  if (!first || !second) throw new Error('there are two')
  const diagnostics = { ...noDiagnostics, types: [first, second], run: [problem('source', 3, 'both')] }
  expect(problemsOf(diagnostics)).toEqual([first, second])
  expect(problemsOf({ ...noDiagnostics, run: diagnostics.run })).toEqual(diagnostics.run)
  // The editor marks the class that lacks a method, a run the object that has the class.
  expect(problemsOf({ ...diagnostics, run: [problem('source', 8, 'bc')] })).toEqual([first, second])
})

it('what follows from a mistake stands behind it: the WIT, what the source lacks, types, runs, warnings, hints', () => {
  const [wit, lacks, type, call] = [
    problem('wit', 9, 'a'),
    { ...problem('source', 5, 'bc'), readable: true as const },
    problem('types', 1, 'def'),
    problem('call', 1, 'ghij'),
  ]
  const warning = { ...problem('wit', 1, 'klmno'), severity: 'warning' as const }
  const hint = { ...problem('source', 1, 'pqrstu'), severity: 'hint' as const }
  const diagnostics = { ...noDiagnostics, wit: [warning], types: [hint, type, lacks], world: [wit], run: [call] }
  expect(problemsOf(diagnostics)).toEqual([wit, lacks, type, call, warning, hint])
  expect(problemCounts(diagnostics)).toEqual({ errors: 4, warnings: 1 })
})

it('a line has as many problems with types as there are', () => {
  const two = [problem('types', 3, 'a'), problem('types', 3, 'bc')]
  expect(problemsOf({ ...noDiagnostics, types: two, run: two })).toEqual(two)
})

it('warnings come after errors, and are not taken for what cannot be read', () => {
  const error = problem('source', 3, 'a')
  const warning = { ...problem('source', 3, 'bc'), severity: 'warning' as const }
  expect(problemsOf({ ...noDiagnostics, source: [warning], run: [error] })).toEqual([error, warning])
})
