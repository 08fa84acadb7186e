import { expect, it } from 'vitest'
import { calledExport, type NamedExport } from './called-export.ts'

const named = (owner: string | undefined, name: string, ...exported: string[]): NamedExport => ({
  exported,
  call: { interface: owner, name },
})
const cart = 'demo:shop/cart@1.0.0'
const exports = [
  { exported: ['cart'], call: undefined },
  named(undefined, 'say-hello', 'sayHello'),
  named(undefined, '[method]pen.write', 'Pen', 'prototype', 'write'),
  named(cart, 'add-all', 'cart', 'addAll'),
  named(cart, '[method]item.total', 'cart', 'Item', 'prototype', 'total'),
  named(cart, '[static]item-list.all', 'cart', 'ItemList', 'all'),
  named('wasi:cli/run@0.2.12', 'run', 'run', 'run'),
]

it.each([
  ['say-hello', ['sayHello']],
  [`${cart}#add-all`, ['cart', 'addAll']],
  [`${cart}#[method]item.total`, ['cart', 'Item', 'prototype', 'total']],
  // Its class, of which another member tells.
  [`${cart}#[constructor]item`, ['cart', 'Item']],
  [`${cart}#[resource-drop]item-list`, ['cart', 'ItemList']],
  ['[resource-drop]pen', ['Pen']],
  ['wasi:cli/run#run', ['run', 'run']],
  ['demo:shop/cart@2.0.0#add-all', ['cart', 'addAll']],
  ['add-all', undefined],
  ['demo:shop/other#add-all', undefined],
  [`${cart}#[constructor]list`, undefined],
])('%s', (call, path) => {
  expect(calledExport(call, exports)).toEqual(path)
})
