import { expect, it } from 'vitest'
import { resolveWit } from './check.ts'
import { namedSpans } from './name-kinds.ts'
import { SymbolIndex } from './symbols.ts'

it('tells types and functions from other names, wherever they stand', () => {
  const text = `package a:b;
interface i {
  record point { x: u8 }
  resource %type { constructor(p: point); get: func() -> point; }
  make: func(point: point) -> %type;
}
world w { use i.{point as spot}; include v with { f as g } import i; export run: func(at: spot); }
world v { export f: func(); }
`
  const found = namedSpans(new SymbolIndex(resolveWit({ 'a.wit': text })), 'a.wit')
  const named = (kind: string): string[] =>
    found.filter((each) => each.kind === kind).map(({ start, end }) => text.slice(start, end))
  expect(named('type')).toEqual(['point', '%type', 'point', 'point', 'point', '%type', 'point', 'spot', 'spot'])
  expect(named('function')).toEqual(['get', 'make', 'f', 'g', 'run', 'f'])
})
