import { expect, it } from 'vitest'
import type { InterfaceItem, ValueType, World } from '../../../../component/types.ts'
import { modulePrinter } from './type-printer.ts'

it('writes a type under the first name that an interface has for it, and none that it only shares', () => {
  const number: ValueType = { kind: 'u32' }
  const line: ValueType = { kind: 'record', name: 'line', fields: [{ name: 'price', type: number }] }
  const resource = { kind: 'resource', side: 'import', name: 'item' } as const
  const owner = (name: string, names: Readonly<Record<string, ValueType>>): InterfaceItem => ({
    kind: 'interface',
    name,
    types: Object.entries(names).map(([each, type]) => ({ kind: 'type', name: each, type })),
    functions: [],
  })
  const world: World = {
    name: 'demo:a/w',
    imports: [owner('demo:a/types', { money: number, line }), owner('demo:a/other', { 'same-line': line })],
    exports: [],
  }
  const printer = modulePrinter(world, world.imports)
  expect(printer.text({ kind: 'list', element: line })).toBe('Array<import("demo:a/types").Line>')
  // `money` is the same object as every other u32.
  expect(printer.text(number)).toBe('number')
  expect(printer.text({ kind: 'own', resource })).toBe('import("demo:a/w").Item')
})
