import { expect, it } from 'vitest'
import type { InterfaceItem, World } from '../../../component/types.ts'
import { servicesModule } from './services.ts'

const interfaceOf = (name: string, ...functions: string[]): InterfaceItem => ({
  kind: 'interface',
  name,
  types: [],
  functions: functions.map((each) => ({ kind: 'function', name: each, type: { async: false, params: [] } })),
})
const worldOf = (...imports: InterfaceItem[]): World => ({ imports, exports: [] })
const module = (...imports: InterfaceItem[]): string =>
  servicesModule(
    worldOf(...imports),
    imports.map(({ name }) => name),
  )

it('hands over nothing where the world imports nothing', () => {
  expect(module()).toBe('__witcraft.connect({  }, undefined);\n')
})

it('hands over what is there, at any patch of 0.2', () => {
  expect(module(interfaceOf('wasi:cli/stdout@0.2.3', 'get-stdout'), interfaceOf('demo:a/b', 'get-stdout'))).toBe(
    'import { getStdout as stdout } from "wasi:cli/stdout@0.2.3";\n__witcraft.connect({ stdout }, "0.2.3");\n',
  )
  expect(module(interfaceOf('wasi:clocks/monotonic-clock@0.2.12', 'now'))).toContain('{ monotonicNow }')
})

it('leaves out other releases and functions that are not there', () => {
  expect(module(interfaceOf('wasi:cli/stdout@0.3.0', 'get-stdout'))).toContain('connect({  }')
  expect(module(interfaceOf('wasi:random/random@0.2.0', 'get-random-u64'))).toContain('{ randomU64 }')
})
