import { describe, expect, it } from 'vitest'
import { callableExports } from '../../../component/call-expression.ts'
import type { ResourceType, ValueType, World } from '../../../component/types.ts'
import { functionName } from './call-name.ts'
import {
  adaptCall,
  constructorOf,
  freshCall,
  onlyCall,
  groupedExports,
  handleValue,
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
  const handle: ValueType = { kind: 'own', resource: account }
  expect(freshCall(target(world({ from: handle, to: handle })), live)).toBe('f(%3, %2)')
  expect(freshCall(target(world({ a: handle, b: handle, c: handle })), live)).toBe('f(%3, %2, %3)')
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
})
