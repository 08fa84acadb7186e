import { describe, expect, test } from 'vitest'
import { Exit, HostTrap } from '../../src/wasi/signals.ts'
import { type Check, type Expectation, passed } from './check.ts'
import { uncovered } from './coverage.ts'
import { Program } from './preview1-program.ts'
import { byInterface, total } from './report.ts'
import { judge, openWorld } from './world.ts'

const thrower = (error: unknown) => () => {
  throw error
}
const said = Object.assign(new Error('the err of a result'), { payload: 'it gave 1 where 2 was due' })
const nothing = () => {}
const kindOf = (expected: Expectation, program: () => unknown, stdout = ''): string => {
  const world = openWorld({})
  world.written.stdout = stdout
  return judge(world, expected, program).kind
}

describe('a program', () => {
  test.each([
    ['that ends', {}, nothing, 'passed'],
    ['that says what is wrong', {}, thrower(said), 'failed'],
    ['that traps', {}, thrower(new HostTrap('why')), 'failed'],
    ['that exits', {}, thrower(new Exit(0)), 'failed'],
    ['that has to trap and ends', { traps: '' }, nothing, 'failed'],
    ['that has to trap and says what is wrong', { traps: '' }, thrower(said), 'failed'],
    ['that has to trap and does', { traps: 'why' }, thrower(new HostTrap('that is why')), 'passed'],
    ['that traps with other words', { traps: 'why' }, thrower(new HostTrap('because')), 'failed'],
    ['that has to trap and exits', { traps: '' }, thrower(new Exit(1)), 'failed'],
    ['that exits as it has to', { exits: 3 }, thrower(new Exit(3)), 'passed'],
    ['that exits with another code', { exits: 3 }, thrower(new Exit(0)), 'failed'],
    ['that has to exit and ends', { exits: 0 }, nothing, 'failed'],
    ['that has to write and does not', { stdout: 'text' }, nothing, 'failed'],
    ['that differs for a reason', { differs: 'so' }, thrower(said), 'unsupported'],
    ['that has a reason to differ and does not', { differs: 'so' }, nothing, 'failed'],
  ])('%s', (_, expected, program, kind) => expect(kindOf(expected, program)).toBe(kind))

  test('that writes what it has to has passed', () =>
    expect(kindOf({ stdout: 'text' }, nothing, 'text')).toBe('passed'))
})

const check = (...of: string[]): Check => ({ of, says: '', guest: 'WAT', run: () => Promise.resolve(passed) })

test('functions without a check are told, and checks of functions that are not there', () => {
  const checks = [check('wasi:a/b#one', 'wasi:a/b#tow')]
  expect(uncovered(['wasi:a/b#one', 'wasi:a/b#two'], checks)).toEqual({
    missing: ['wasi:a/b#two'],
    unknown: ['wasi:a/b#tow'],
  })
})

test('a check counts once in all, and once in each of its interfaces', () => {
  const results = [
    { check: check('wasi:a/b#one', 'wasi:a/b#two', 'wasi:a/c#one'), verdict: passed },
    { check: check('wasi:a/b#one'), verdict: { kind: 'unsupported', reason: '' } as const },
  ]
  expect(Object.fromEntries(byInterface(results))).toEqual({
    'wasi:a/b': { passed: 1, failed: 0, unsupported: 1 },
    'wasi:a/c': { passed: 1, failed: 0, unsupported: 0 },
  })
  expect(total(results, 'passed')).toBe(1)
})

test('a call of preview1 with the wrong number of arguments is refused', () => {
  expect(() => new Program().call('fd_close', [])).toThrow('fd_close takes 1')
})
