import { expect, it } from 'vitest'
import { resolveWit } from './check.ts'
import { memberOf } from './members.ts'
import { SymbolIndex } from './symbols.ts'

const text = `package demo:shop@1.0.0;
interface types {
  record person { |first-name: string }
  variant choice { nothing, |of-it(u8) }
  enum hue { |red }
  flags access { |read }
  |add: func(|who: person);
}
world shopping {
  record size { |width: u32 }
  export inline: interface { record other { |deep: u8 } }
}
`

it('tells what a name is a part of', () => {
  const [first = '', ...rest] = text.split('|')
  const index = new SymbolIndex(resolveWit({ 'world.wit': first + rest.join('') }))
  const source = index.source('world.wit')
  let at = first.length
  const found = rest.map((part) => {
    const symbol = source && index.at(source, at)?.symbol
    at += part.length
    return symbol && memberOf(symbol)
  })
  const types = 'demo:shop/types@1.0.0'
  expect(found).toEqual([
    { interface: types, type: 'person', name: 'first-name' },
    { interface: types, type: 'choice', name: 'of-it' },
    { interface: types, type: 'hue', name: 'red' },
    { interface: types, type: 'access', name: 'read' },
    undefined,
    undefined,
    { interface: undefined, type: 'size', name: 'width' },
    undefined,
  ])
})
