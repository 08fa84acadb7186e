import { expect, it } from 'vitest'
import type { FunctionItem, InterfaceItem, ResourceType, ValueType, World } from '../../../component/types.ts'
import { isNamed, isNeeded, needsOf, policyOf } from './policy-model.ts'

const stream: ResourceType = {
  kind: 'resource',
  side: 'import',
  interface: 'wasi:io/streams@0.2.3',
  name: 'output-stream',
}
const level: ValueType = { kind: 'enum', name: 'level', cases: ['low', 'high'] }
const func = (name: string, result?: ValueType): FunctionItem => ({
  kind: 'function',
  name,
  type: { async: false, params: [], ...(result && { result }) },
})
const iface = (
  name: string,
  functions: readonly FunctionItem[],
  types: InterfaceItem['types'] = [],
): InterfaceItem => ({
  kind: 'interface',
  name,
  functions,
  types,
})
const world: World = {
  imports: [
    iface(
      'wasi:io/streams@0.2.3',
      [func('[method]output-stream.write')],
      [{ kind: 'type', name: 'output-stream', type: stream }],
    ),
    iface('wasi:cli/stdout@0.2.3', [func('get-stdout', { kind: 'own', resource: stream })]),
    iface('wasi:keyvalue/store@0.2.0', [func('open')]),
    iface('demo:shop/types', [], [{ kind: 'type', name: 'level', type: level }]),
    iface('demo:shop/stock@1.0.0', [func('[constructor]shelf'), func('level', { kind: 'option', some: level })]),
    func('log'),
  ],
  exports: [iface('demo:shop/report', [func('levels', { kind: 'list', element: level })]), func('run')],
}
const count = (call: string, calls: number, denied = 0) => ({ call, side: 'import' as const, calls, denied, errors: 0 })

it('says of each import what stands behind it and what came of it', () => {
  const counts = {
    'wasi:io/streams#[method]output-stream.write': count('', 3),
    'wasi:cli/stdout#get-stdout': count('', 2, 2),
    'demo:shop/stock@1.0.0#level': count('', 1),
  }
  const packages = policyOf(world, { 'wasi:cli/stdout': 'deny', 'demo:shop/stock#[constructor]shelf': 'deny' }, counts)
  expect(
    packages.map(({ key, allowed, imports }) => [
      key,
      allowed,
      imports.map(({ label, version, word, calls, denied }) => [label, version, word, calls, denied].join(' ')),
    ]),
  ).toEqual([
    ['wasi:io', true, ['wasi:io/streams 0.2.3 used 3 0']],
    ['wasi:cli', true, ['wasi:cli/stdout 0.2.3 denied 2 2']],
    ['wasi:keyvalue', true, ['wasi:keyvalue/store 0.2.0 missing 0 0']],
    ['demo:shop', true, ['demo:shop/stock 1.0.0 simulated 1 0']],
    ['', true, ['log  simulated 0 0']],
  ])
  expect(packages[3]?.imports[0]?.functions.map(({ label, word }) => `${label} ${word}`)).toEqual([
    'new shelf denied',
    'level simulated',
  ])
  expect(packages[0]?.imports[0]?.functions[0]?.label).toBe('output-stream.write')
})

it('is denied with its package', () => {
  const [, cli] = policyOf(world, { 'wasi:cli': 'deny' }, {})
  expect(cli).toMatchObject({ allowed: false, imports: [{ allowed: false, word: 'denied' }] })
})

it('says which interfaces take or give its types', () => {
  expect(needsOf(world, 'wasi:io/streams@0.2.3')).toEqual([
    { by: 'wasi:cli/stdout@0.2.3', side: 'import', type: 'output-stream' },
  ])
  expect(needsOf(world, 'demo:shop/types')).toEqual([
    { by: 'demo:shop/stock@1.0.0', side: 'import', type: 'level' },
    { by: 'demo:shop/report', side: 'export', type: 'level' },
  ])
  expect(needsOf(world, 'wasi:cli/stdout@0.2.3')).toEqual([])
})

it('reads a policy as a run does: entries with versions too', () => {
  const denied = (policy: Parameters<typeof policyOf>[1]): string[] =>
    policyOf(world, policy, {}).flatMap(({ imports }) =>
      imports.filter(({ word }) => word === 'denied').map(({ label }) => label),
    )
  expect(denied({ 'wasi:cli/stdout@0.2.12': 'deny' })).toEqual(['wasi:cli/stdout'])
  expect(denied({ 'demo:shop/stock@1.0.0': 'deny' })).toEqual(['demo:shop/stock'])
  expect(denied({ 'demo:shop/stock@2.0.0': 'deny' })).toEqual([])
})

it('takes an interface of the world for that of the same name only in its own package', () => {
  const named = { ...world, name: 'demo:shop/world@1.0.0' }
  expect(isNamed(named, { name: 'stock' }, 'demo:shop/stock')).toBe(true)
  expect(isNamed(named, { name: 'streams' }, 'wasi:io/streams')).toBe(false)
  expect(isNamed(named, { name: 'wasi:io/streams' }, 'wasi:io/streams')).toBe(true)
  expect(isNamed(world, { name: 'log' }, 'log')).toBe(true)
})

it('holds what the engine needs against the first import that will do', () => {
  const error = { needs: ['wasi:cli/stderr', 'wasi:cli/stdout'] }
  expect(isNeeded(world, error, 'wasi:cli/stdout')).toBe(true)
  const both = { ...world, imports: [...world.imports, iface('wasi:cli/stderr@0.2.3', [])] }
  expect(isNeeded(both, error, 'wasi:cli/stderr')).toBe(true)
  expect(isNeeded(both, error, 'wasi:cli/stdout')).toBe(false)
})
