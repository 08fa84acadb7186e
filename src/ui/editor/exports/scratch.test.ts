import { expect, it } from 'vitest'
import { guestOf } from './checked.fixture.ts'
const shop = guestOf(`package demo:shop;
interface cart {
  enum size { small, large }
  record place { row: u32, seats: list<size> }
  variant refusal { empty, sold-out(string), moved(place) }
  resource item { constructor(name: string); total: func() -> result<u32, refusal>; }
  add: func(name: string) -> result<u32, refusal>;
  bytes: func() -> result<u32, list<u8>>;
  tags: func() -> result<u32, list<string>>;
  opt: func() -> result<u32, option<string>>;
  thing: func() -> result<u32, item>;
  tup: func() -> result<u32, tuple<string, u32>>;
  big: func() -> result<u32, u64>;
}
world shop { export cart; }`)
const entry = (body: string, name = 'add'): string => `
declare const anything: any, unknown: unknown, text: string, no: boolean
class Item { #secret = 1; name: string; constructor(name: string) { this.name = name } total(): number { return 1 } }
const notFound = (name: string) => ({ tag: 'sold-out', val: name })
function fail(): never { throw new Error('a') }
export const cart = {
  Item,
  add(name: string): number { ${name === 'add' ? body : ''}; return 1 },
  bytes(): number { ${name === 'bytes' ? body : ''}; return 1 },
  tags(): number { ${name === 'tags' ? body : ''}; return 1 },
  opt(): number { ${name === 'opt' ? body : ''}; return 1 },
  thing(): number { ${name === 'thing' ? body : ''}; return 1 },
  tup(): number { ${name === 'tup' ? body : ''}; return 1 },
  big(): number { ${name === 'big' ? body : ''}; return 1 },
}
`
it.each([
  ["const problem = { tag: 'empty' }; throw problem", 'add'],
  ["throw notFound(name)", 'add'],
  ["const list: number[] = [1]; throw list", 'bytes'],
  ["throw [1, 2]", 'bytes'],
  ["throw new Uint8Array(2)", 'bytes'],
  ["const list: readonly string[] = []; throw list", 'tags'],
  ["throw undefined", 'opt'],
  ["throw 'a'", 'opt'],
  ["throw new Item('a')", 'thing'],
  ["throw ['a', 1]", 'tup'],
  ["throw 1n", 'big'],
  ["throw BigInt(1)", 'big'],
  ["throw fail()", 'add'],
  ["throw Object.assign(new Error('x'), { payload: { tag: 'empty' } })", 'add'],
  ["const val: any = 1; throw { tag: 'sold-out', val }", 'add'],
  ["throw { tag: 'sold-out', val: anything }", 'add'],
  ["throw { tag: 'sold-out' as const, val: name }", 'add'],
  ["throw { tag: 'sold-out', val: name } as const", 'add'],
  ["throw ({ tag: 'sold-out', val: name })!", 'add'],
  ["throw no ? new Error('a') : { tag: 'empty' }", 'add'],
  ["throw (no && { tag: 'empty' }) || new Error('x')", 'add'],
  ["throw (console.log('x'), { tag: 'empty' })", 'add'],
  ["try { fail() } catch (e) { throw { tag: 'sold-out', val: String(e) } }", 'add'],
  ["try { throw 'x' } catch { } finally { }", 'add'],
  ["throw { tag: 'moved', val: { row: 1, seats: no ? ['small'] : [] } }", 'add'],
  ["const seats = ['small'] as const; throw { tag: 'moved', val: { row: 1, seats } }", 'add'],
  ["throw Object.freeze({ tag: 'empty' })", 'add'],
  ["class Empty { tag = 'empty' as const } throw new Empty()", 'add'],
  ["class Empty { readonly tag = 'empty' } throw new Empty()", 'add'],
  ["throw { get tag() { return 'empty' } }", 'add'],
  ["throw { tag: text === 'a' ? 'empty' : 'empty' }", 'add'],
  ["const tag = text as 'empty'; throw { tag }", 'add'],
])('not accused: %s', async (body, name) => {
  const { problems } = await (await shop).check({ 'main.ts': entry(body, name) })
  expect(problems?.map((p) => p.message)).toEqual([])
})
