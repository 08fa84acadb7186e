import { describe, expect, it } from 'vitest'
import { interfaceLabel, isBindable, pascalCase, roleOf } from './names.ts'

describe('names', () => {
  it('are written as jco writes them', () => {
    expect([pascalCase('shopping-cart'), pascalCase('x-y'), pascalCase('HTTP-get')]).toEqual([
      'ShoppingCart',
      'XY',
      'HttpGet',
    ])
    expect([interfaceLabel('demo:shop/cart@1.0.0'), interfaceLabel('in-line')]).toEqual(['cart', 'in-line'])
  })

  it('of functions say what they belong to', () => {
    expect(roleOf('add-item')).toEqual({ kind: 'function', name: 'add-item' })
    expect(roleOf('[constructor]cart')).toEqual({ kind: 'constructor', resource: 'cart' })
    expect(roleOf('[method]cart.add-item')).toEqual({ kind: 'method', resource: 'cart', name: 'add-item' })
    expect(roleOf('[static]cart.merge')).toEqual({ kind: 'static', resource: 'cart', name: 'merge' })
  })

  it('that JavaScript reserves cannot be declared', () => {
    expect(['delete', 'class', 'await', 'eval'].some(isBindable)).toBe(false)
    expect(['run', 'of', 'from', 'get'].every(isBindable)).toBe(true)
  })
})
