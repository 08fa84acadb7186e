import { describe, expect, test } from 'vitest'
import type { ValueType } from '../../component/types.ts'
import { Denied, HostTrap } from '../../wasi/signals.ts'
import { describe as tell, placeOf, trapFault, uncaughtFault } from './faults.ts'
import type { UncaughtException } from './guest-engine.ts'

describe('the place of an exception', () => {
  test.each([
    ['    at greet (main.ts:3:10)\n', { file: 'main.ts', line: 3, column: 10 }],
    ['    at main.ts:7:1\n', { file: 'main.ts', line: 7, column: 1 }],
    ['    at <anonymous> (lib/math.ts:12:34)\n', { file: 'lib/math.ts', line: 12, column: 34 }],
    ['    at push (native)\n    at f (main.ts:3:5)\n', { file: 'main.ts', line: 3, column: 5 }],
    ['    at turn (witcraft:runtime/loop.js:1:2)\n    at f (main.ts:3:5)\n', { file: 'main.ts', line: 3, column: 5 }],
  ])('%j', (stack, place) => expect(placeOf(stack)).toEqual(place))

  test.each(['', 'no frames', '    at native\n', '    at f (<eval>:1:2)\n', '    at f (main.ts)\n'])(
    'is not guessed: %j',
    (stack) => expect(placeOf(stack)).toBeUndefined(),
  )
})

describe('faults of a call', () => {
  test('an exception keeps its message, stack and place', () => {
    const stack = '    at greet (main.ts:2:9)\n'
    expect(uncaughtFault('greet', { kind: 'exception', message: 'RangeError: no', stack })).toMatchObject({
      stage: 'call',
      message: 'greet threw RangeError: no',
      place: { file: 'main.ts', line: 2, column: 9 },
      detail: stack.trim(),
    })
  })

  test.each([
    ['TypeError: expected a string, got 5', 'What f returned does not fit its type: expected a string, got 5'],
    ['TypeError: items[0].theName: expected a string, got 5', 'its type at items[0].theName: expected a string, got 5'],
    ['TypeError: [1].x: expected a number (u8), got "a"', 'its type at [1].x: expected a number (u8), got "a"'],
    ['Error: x: expected nothing', 'its type: Error: x: expected nothing'],
  ])('a result that does not fit says where in it: %s', (message, said) => {
    const fault = uncaughtFault('f', { kind: 'bad-result', message, stack: '    at f (main.ts:1:17)' })
    expect(fault.message).toContain(said)
    expect(fault.place).toEqual({ file: 'main.ts', line: 1, column: 17 })
  })

  const string: ValueType = { kind: 'string' }
  const empty: ValueType = { kind: 'variant', name: 'why', cases: [{ name: 'empty' }, { name: 'other', type: string }] }
  const point: ValueType = { kind: 'record', name: 'point', fields: [{ name: 'the-x', type: { kind: 'u64' } }] }
  test.each<readonly [UncaughtException['kind'], string, ValueType, string]>([
    [
      'bad-result',
      'TypeError: expected a string, got an object',
      { kind: 'result', ok: string, err: string },
      "Return what ok holds, without a wrapper, as in `return 'text'`.",
    ],
    [
      'bad-result',
      'TypeError: theX: expected',
      { kind: 'result', ok: point, err: empty },
      'Return what ok holds, without a wrapper, as in `return { theX: 5n }`.',
    ],
    ['bad-result', 'TypeError: expected', { kind: 'result', err: empty }, 'Return nothing: ok holds no value.'],
    [
      'bad-error',
      'TypeError: expected an object',
      { kind: 'result', ok: point, err: empty },
      "Throw what err holds, without a wrapper, as in `throw { tag: 'empty' }`.",
    ],
    [
      'exception',
      'Error: no stock',
      { kind: 'result', err: empty },
      "Throw what err holds, without a wrapper, as in `throw { tag: 'empty' }`.",
    ],
    ['exception', 'Error: no stock', { kind: 'result', ok: string }, 'Write `throw undefined`: err holds no value.'],
  ])('of a result, %s says how that is written and nothing else: %s', (kind, message, result, next) => {
    const fault = uncaughtFault('f', { kind, message, stack: '' }, result)
    expect(fault.next).toBe(next)
    if (kind === 'bad-error') expect(fault.message).toContain('What f threw does not fit the err of its result')
  })

  test('a mistake in the program is no err that was written wrongly', () => {
    const message = 'TypeError: x is not a function'
    const fault = uncaughtFault('f', { kind: 'exception', message, stack: '' }, { kind: 'result', err: string })
    expect(fault.next).not.toContain('throw')
  })

  test('what the engine advises is passed on', () => {
    const message = "ReferenceError: 'fetch' is not defined"
    const fault = uncaughtFault('f', { kind: 'exception', message, stack: '', next: 'Import wasi:http.' })
    expect(fault.next).toBe('Import wasi:http.')
    expect(fault).not.toHaveProperty('place')
    expect(fault).not.toHaveProperty('detail')
  })

  test('a long message is cut', () => {
    const fault = uncaughtFault('f', {
      kind: 'exception',
      message: 'x'.repeat(1_000_000),
      stack: 'y'.repeat(1_000_000),
    })
    expect(fault.message.length).toBeLessThan(20_000)
    expect(fault.detail?.length).toBeLessThan(20_000)
  })

  test.each<readonly [string, unknown, string, RegExp]>([
    ['a refused call', new Denied('wasi:cli/environment#get-environment'), 'denied', /get-environment/],
    ['a broken rule', new HostTrap('check-write first'), 'trap', /check-write first/],
    ['a stack overflow', new RangeError('Maximum call stack size exceeded'), 'call', /stack/],
    ['a stack overflow elsewhere', Object.assign(new Error('too much recursion')), 'call', /stack/],
    ['no memory', new RangeError('WebAssembly.Memory(): could not allocate memory'), 'call', /memory/],
    ['no memory, thrown as a text', 'out of memory', 'call', /memory/],
    ['a trap', new WebAssembly.RuntimeError('unreachable'), 'trap', /unreachable/],
    ['a value of any kind', { toString: () => 'gotcha' }, 'trap', /a value of type object/],
  ])('%s', (_, thrown, stage, message) => {
    expect(trapFault('greet', thrown)).toMatchObject({ stage, message: expect.stringMatching(message) })
  })

  test('an error that cannot be read does not end the runner', () => {
    const hostile = new Error('x')
    Object.defineProperty(hostile, 'message', {
      get: () => {
        throw new Error('gotcha')
      },
    })
    expect(tell(hostile)).toBe('an error that cannot be described')
  })
})
