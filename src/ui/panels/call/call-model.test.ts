import { describe, expect, it } from 'vitest'
import { callableExports } from '../../../component/call-expression.ts'
import type { ResourceType, ValueType, World } from '../../../component/types.ts'
import { Unfinished } from '../../../component/unfinished-value.ts'
import { parseWave } from '../../../component/wave.ts'
import { functionName } from './call-name.ts'
import {
  adaptCall,
  constructorOf,
  draftOf,
  formOf,
  freshCall,
  onlyCall,
  groupedExports,
  handleProblem,
  handleValue,
  movedCall,
  obstacleOf,
  readCall,
  suggestedCall,
  writeCall,
} from './call-model.ts'

const string: ValueType = { kind: 'string' }
const u8: ValueType = { kind: 'u8' }
const point: ValueType = {
  kind: 'record',
  name: 'point',
  fields: [
    { name: 'x', type: u8 },
    { name: 'far-away', type: { kind: 'bool' } },
  ],
}
const account: ResourceType = { kind: 'resource', side: 'export', interface: 'demo:bank/accounts', name: 'account' }
const own = { kind: 'own', resource: account } as const
const lent = { kind: 'borrow', resource: account } as const

function world(params: Readonly<Record<string, ValueType>>): World {
  const named = Object.entries(params).map(([name, type]) => ({ name, type }))
  return {
    imports: [],
    exports: [
      {
        kind: 'interface',
        name: 'demo:bank/accounts',
        types: [],
        functions: [
          {
            kind: 'function',
            name: '[method]account.deposit',
            type: { async: false, params: [{ name: 'self', type: { kind: 'borrow', resource: account } }] },
          },
        ],
      },
      { kind: 'interface', name: 'wasi:cli/run@0.2.12', types: [], functions: [] },
      { kind: 'function', name: 'f', type: { async: false, params: named, result: string } },
    ],
  }
}

const target = (made: World, name = 'f') => {
  const found = callableExports(made).find((each) => each.name === name)
  if (!found) throw new Error('not exported')
  return found
}

const live = [
  { id: 2, type: 'demo:bank/accounts/account', origin: 'a()' },
  { id: 3, type: 'demo:bank/accounts/account', origin: 'a()' },
  { id: 4, type: 'demo:other/accounts/account', origin: 'b()' },
]

describe('a fresh call', () => {
  it.each<[string, ValueType]>([
    ['f("")', string],
    ['f(0)', u8],
    ['f([])', { kind: 'list', element: string }],
    ['f([])', { kind: 'list', element: u8 }],
    ['f(none)', { kind: 'option', some: u8 }],
    ['f(none)', { kind: 'option', some: { kind: 'option', some: u8 } }],
    ['f({x: 0, far-away: false})', point],
    ['f((0, ""))', { kind: 'tuple', types: [u8, string] }],
    ['f({})', { kind: 'flags', labels: ['a', 'b'] }],
    ['f(red)', { kind: 'enum', cases: ['red', 'green'] }],
    ['f(dot)', { kind: 'variant', cases: [{ name: 'dot' }, { name: 'at', type: point }] }],
    ['f(ok(0))', { kind: 'result', ok: u8, err: string }],
    ['f(%3)', { kind: 'own', resource: account }],
  ])('is %s', (text, type) => {
    const made = world({ value: type })
    expect(freshCall(target(made), live)).toBe(text)
    // What the form shows is what the text says.
    expect(readCall(text, made)).toMatchObject({ kind: 'call', path: 'f' })
  })
})

it('starts with a handle of its own for each parameter', () => {
  expect(freshCall(target(world({ from: own, to: own })), live)).toBe('f(%3, %2)')
  // A number that none has yet, where there are too few of them.
  expect(freshCall(target(world({ a: own, b: own, c: own })), live)).toBe('f(%3, %2, %5)')
  expect(freshCall(target(world({ a: own, b: lent })), [])).toBe('f(%1, %2)')
})

it('lends a handle twice where it must, and never one that it gives away', () => {
  const one = live.slice(0, 1)
  expect(freshCall(target(world({ a: lent, b: lent })), one)).toBe('f(%2, %2)')
  expect(freshCall(target(world({ a: own, b: lent })), one)).toBe('f(%2, %3)')
  expect(freshCall(target(world({ a: lent, b: own })), one)).toBe('f(%3, %2)')
  expect(freshCall(target(world({ a: lent, b: own, c: lent })), live)).toBe('f(%2, %3, %2)')
  // Inside of a value as well.
  const pair: ValueType = { kind: 'tuple', types: [own, lent] }
  expect(freshCall(target(world({ pair, c: own })), live)).toBe('f((%2, %5), %3)')
})

describe('a handle in a field', () => {
  const problem = (type: typeof own | typeof lent, id: number, call: string, handles = live) =>
    handleProblem(type, id, { handles, call, makes: true })

  it('is good where it is there and nothing else has what it gives away', () => {
    expect(problem(own, 3, 'f(%3, %2)')).toBeUndefined()
    expect(problem(lent, 3, 'f(%3, %3)')).toBeUndefined()
    expect(problem(own, 3, 'f(%3, "%3")')).toBeUndefined()
  })

  it('says what is wrong with it, and what to do', () => {
    expect(problem(own, 3, 'f(%3, %3)')).toBe('This gives %3 away, which is used twice. Choose another.')
    expect(problem(own, 3, 'f(%3, %3, %2)')).toBe('This gives %3 away, which is used twice. Make another with New.')
    expect(problem(lent, 4, 'f(%3, %4)')).toBe('There is no %4. Choose another.')
    expect(problem(lent, 5, 'f(%2, %3, %5)')).toBe('Other fields have every account. Make another with New.')
    expect(problem(lent, 1, 'f(%1)', [])).toBe('Make one with New.')
    expect(handleProblem(lent, 1, { handles: [], call: 'f(%1)', makes: false })).toBe(
      'Call an export that returns one.',
    )
  })
})

it('tells a saved call that the world has no more from one that no longer fits', () => {
  const made = world({ who: string })
  expect(obstacleOf('f("Ada")', made)).toBeUndefined()
  expect(obstacleOf('accounts#[method]account.deposit(%1)', made)).toBeUndefined()
  expect(obstacleOf('account.deposit(%1)', made)).toBeUndefined()
  expect(obstacleOf('g("Ada")', made)).toBe('not in this world')
  expect(obstacleOf('', made)).toBe('not in this world')
  expect(obstacleOf('f(7)', made)).toBe('does not fit this world')
})

describe('the call line', () => {
  const made = world({ name: string, at: point })

  it('follows the form, and the form follows it', () => {
    const read = readCall('f("Ada", {x: 1, far-away: true})', made)
    if (read.kind !== 'call') throw new Error('not read')
    expect(read.call.args).toEqual(['Ada', { x: 1, farAway: true }])
    expect(writeCall(read.call, ['Eve', { x: 2, farAway: false }])).toBe('f("Eve", {x: 2, far-away: false})')
  })

  it('stays as it is while an argument has no value that can be written', () => {
    const read = readCall('f("Ada", {x: 1, far-away: true})', made)
    if (read.kind !== 'call') throw new Error('not read')
    expect(writeCall(read.call, ['Ada', { x: 300, farAway: true }])).toBeUndefined()
  })

  it('points at a mistake', () => {
    expect(readCall('f("Ada", {x: 1', made)).toMatchObject({ kind: 'mistake' })
    expect(readCall('g()', made)).toMatchObject({ kind: 'mistake' })
    expect(readCall('  ', made)).toEqual({ kind: 'empty' })
  })

  it('writes handles by their number', () => {
    const deposit = target(made, '[method]account.deposit')
    expect(writeCall(deposit, [handleValue(7)])).toBe('demo:bank/accounts#[method]account.deposit(%7)')
  })
})

describe('exports on offer', () => {
  it('are grouped by interface, those of the world first, without the command itself', () => {
    const groups = groupedExports(world({}))
    expect(groups.map((group) => [group.interface, group.items.map((item) => functionName(item.name))])).toEqual([
      ['', ['f']],
      ['demo:bank/accounts', ['account.deposit']],
    ])
  })
})

it('suggests a call of the first export', () => {
  expect(suggestedCall(world({ name: string }))).toBe('f("")')
  expect(suggestedCall({ imports: [], exports: [] })).toBe('')
})

it('chooses where there is nothing to choose', () => {
  const several = world({ name: string })
  expect(onlyCall({ ...several, exports: several.exports.slice(-1) })).toBe('f("")')
  expect(onlyCall(several)).toBe(undefined)
  expect(onlyCall({ imports: [], exports: [] })).toBe(undefined)
})

it('finds what makes a resource', () => {
  const made = world({})
  expect(constructorOf(made, account)).toBeUndefined()
  const item = { kind: 'function' as const, name: '[constructor]account', type: { async: false, params: [] } }
  const [bank, ...rest] = made.exports
  if (bank?.kind !== 'interface') throw new Error('no interface')
  const exports = [{ ...bank, functions: [...bank.functions, item] }, ...rest]
  expect(constructorOf({ ...made, exports }, account)?.path).toBe('demo:bank/accounts#[constructor]account')
})

describe('a field that holds no value yet', () => {
  const of = world({ who: string, times: u8, more: { kind: 'list', element: u8 } })
  const read = (text: string) => {
    const outcome = readCall(text, of)
    if (outcome.kind !== 'call') throw new Error(`${text} is no call`)
    return outcome.call
  }
  const unfinished = (text: string): Unfinished => {
    const outcome = parseWave(text, u8)
    if (outcome.ok) throw new Error(`${text} is a value`)
    return new Unfinished(text, text, outcome.error)
  }

  it('stands in the line as it is typed, where its mistake is', () => {
    const call = read('f("Ada", 7, [1])')
    const draft = draftOf(call, ['Ada', 7, [1, unfinished('30x')]])
    expect(draft?.text).toBe('f("Ada", 7, [1, 30x])')
    expect(draft?.mistake).toMatchObject({ start: 16, end: 19, line: 1, column: 17 })
    expect(draft?.mistake?.message).toBe(unfinished('30x').error.message)
    // Another field is filled in, and what was typed there is still the same.
    expect(draft && draftOf(draft.call, draft.call.args.with(0, 'Eve'))?.text).toBe('f("Eve", 7, [1, 30x])')
  })

  it('is a call as soon as it holds one', () => {
    const call = read('f("Ada", 7, [1])')
    expect(draftOf(call, call.args)).toMatchObject({ text: 'f("Ada", 7, [1])', mistake: undefined })
  })

  it('has the words of the line, where that has the mistake', () => {
    const before = read('f("Ada", 7, [1])')
    const form = (text: string) => {
      const outcome = readCall(text, of)
      if (outcome.kind !== 'mistake') throw new Error(`${text} has no mistake`)
      return { args: formOf(text, before, outcome.error).args, message: outcome.error.message }
    }
    const { args, message } = form('f("a, (b", 300, [2])')
    expect(args).toEqual(['a, (b', expect.any(Unfinished), new Uint8Array([2])])
    expect(args[1]).toMatchObject({ typed: '300', error: { message } })
    expect(form('f("Eve", 8, [oops])').args).toEqual(['Eve', 8, new Uint8Array([1])])
    expect(form('f("Eve", 8').args).toEqual(before.args)
    expect(form('g("Eve", 8, [1])').args).toEqual(before.args)
  })
})

describe('a call after the world has changed', () => {
  const read = (text: string, params: Readonly<Record<string, ValueType>>) => {
    const outcome = readCall(text, world(params))
    if (outcome.kind !== 'call') throw new Error(`${text} is no call`)
    return outcome.call
  }

  it('keeps the arguments that still fit and starts the others anew', () => {
    const call = read('f("Ada", 7)', { who: string, times: u8 })
    const adapted = adaptCall(call, world({ times: u8, who: { kind: 'bool' }, loud: string }))
    expect(adapted && writeCall(adapted, adapted.args)).toBe('f(7, false, "")')
  })

  it('is the same call where the function is the same, and none where it is gone', () => {
    const call = read('f("Ada")', { who: string })
    expect(adaptCall(call, world({ who: string }))).toBe(call)
    expect(adaptCall(call, { imports: [], exports: [] })).toBeUndefined()
  })

  it('moves to the export that takes most of its arguments, where its own is gone', () => {
    const call = read('f("Ada", 7)', { who: string, times: u8 })
    const named = (name: string, params: Readonly<Record<string, ValueType>>): World['exports'] =>
      world(params).exports.flatMap((each) => (each.kind === 'function' ? { ...each, name } : []))
    const exports = [
      ...named('add', { a: u8 }),
      ...named('welcome', { times: u8, who: string }),
      ...named('who', { who: u8 }),
    ]
    expect(movedCall(call, { imports: [], exports })).toEqual({ path: 'welcome', text: 'welcome(7, "Ada")' })
    // Nothing of it is in this one.
    expect(movedCall(call, { imports: [], exports: exports.slice(0, 1) })).toBeUndefined()
    const none: World['exports'][number] = { kind: 'function', name: 'go', type: { async: false, params: [] } }
    expect(movedCall(call, { imports: [], exports: [...exports.slice(0, 1), none] })?.text).toBe('go()')
    expect(movedCall(call, { imports: [], exports: [] })).toBeUndefined()
  })
})
