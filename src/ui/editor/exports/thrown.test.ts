import { describe, expect, it } from 'vitest'
import { guestOf } from './checked.fixture.ts'

const shop = guestOf(`package demo:shop;
interface cart {
  enum size { small, large }
  record place { row: u32, seats: list<size> }
  variant refusal { empty, sold-out(string), moved(place) }
  resource item { constructor(name: string); total: func() -> result<u32, refusal>; }
  add: func(name: string) -> result<u32, refusal>;
  say: func() -> result<_, string>;
  stop: func() -> result;
  bytes: func() -> result<_, list<u8>>;
  plain: func() -> u32;
}
world shop { export cart; }`)

/** The entry with `body` as the code of one of its functions. */
const entry = (body: string, name = 'add'): string => `import type { Refusal, Size } from 'demo:shop/cart'
declare const anything: any, unknown: unknown, refusal: Refusal, size: Size, text: string, no: boolean
class Problem { payload = 1 }
class Item { constructor(name: string) {} total(): number { ${name === 'total' ? body : 'return 1'} } }
export const cart = {
  Item,
  add(name: string): number { ${name === 'add' ? body : ''}; return 1 },
  say() { ${name === 'say' ? body : ''} },
  stop() { ${name === 'stop' ? body : ''} },
  bytes() { ${name === 'bytes' ? body : ''} },
  plain() { ${name === 'plain' ? body : ''}; return 1 },
}
`

/** What is said, each with the place of it. */
async function problemsOf(text: string): Promise<{ at: string; said: string }[]> {
  const { problems } = await (await shop).check({ 'main.ts': text })
  if (!problems) throw new Error('the entry cannot be read')
  return problems.map(({ message, next, place }) => ({
    at: text.split('\n')[(place?.line ?? 0) - 1]?.slice((place?.column ?? 0) - 1) ?? '',
    said: `${message} ${next}`,
  }))
}

describe('a thrown value that the world takes is not accused', () => {
  it.each([
    "throw { tag: 'empty' }",
    "throw { tag: 'sold-out', val: name }",
    "throw (no ? { tag: 'empty' } : { 'tag': 'sold-out', val: `${name}` })",
    "throw { tag: 'moved', val: { row: 1, seats: ['small', size] } }",
    "throw { tag: 'moved', val: { row: 1, seats: [...anything] } }",
    "throw { tag: 'empty', more: 1 }",
    "const tag = 'empty'; throw { tag }",
    'throw { ...refusal }',
    "throw { ['tag']: 'empty' }",
    'throw refusal',
    'throw anything',
    'throw unknown',
    "throw { tag: 'empty' } satisfies Refusal",
    "throw new Error('no')",
    'class Own extends Error {} throw new Own()',
    'throw new Problem()',
    "throw { payload: { tag: 'empty' } }",
    "try { throw 'inside' } catch (problem) { throw problem }",
    "const inner = () => { throw 'of another' }",
    "class Inner { run() { throw 'of another' } }",
    'try { add() } catch { throw refusal }',
    "const problem = { tag: 'sold-out', val: name }; throw problem",
    "const soldOut = (val: string) => ({ tag: 'sold-out', val }); throw soldOut(name)",
    "throw Object.assign({ tag: 'sold-out' }, { val: name })",
    "const seats = ['small'] as const; throw { tag: 'moved', val: { row: 1, seats } }",
    "const val = { row: 1, seats: ['small'] }; throw { tag: 'moved', val }",
  ])('%s', async (body) => {
    expect(await problemsOf(entry(body))).toEqual([])
  })

  it.each([
    ['stop', "throw 'whatever'"],
    ['plain', "throw 'whatever'"],
    ['say', 'throw text'],
    ['total', "throw { tag: 'empty' }"],
    ['bytes', 'throw [1, 2]'],
    ['bytes', 'const bytes: readonly number[] = []; throw bytes'],
  ])('by %s: %s', async (name, body) => {
    expect(await problemsOf(entry(body, name))).toEqual([])
  })
})

describe('a thrown value that the world does not take is said where it stands', () => {
  it.each([
    ["throw { tag: 'emtpy' }", "{ tag: 'emtpy' }"],
    ["throw { tag: 'sold-out' }", "{ tag: 'sold-out' }"],
    ["throw { tag: 'sold-out', val: 3 }", "{ tag: 'sold-out', val: 3 }"],
    ["throw { tag: 'moved', val: { row: 1, seats: ['huge'] } }", "{ tag: 'moved', val: { row: 1, seats: ['huge'] } }"],
    ["throw { val: 'empty' }", "{ val: 'empty' }"],
    ["throw 'empty'", "'empty'"],
    ['throw text', 'string'],
    ["if (no) { throw 3 } else throw { tag: 'empty' }", '3'],
    ["try { throw 'inside' } catch { throw 'outside' }", "'outside'"],
    ["try { throw 'inside' } finally {}", "'inside'"],
    ['throw undefined', 'undefined'],
    ['const problem = { tag: 3 }; throw problem', '{ tag: number; }'],
    ["const problem = { val: 'empty' }; throw problem", '{ val: string; }'],
    ["const problem = ['empty']; throw problem", 'string[]'],
  ])('%s', async (body, given) => {
    const written = body.endsWith('throw problem') ? 'problem' : given === 'string' ? 'text' : given
    expect(await problemsOf(entry(body))).toEqual([
      {
        at: expect.toSatisfy((at: string) => at.startsWith(written)),
        said: `cart.add does not fit the world: it throws ${given} where add: func(name: string) -> result<u32, refusal> wants Refusal. Throw \`Refusal\`, or an \`Error\` to end the run, or run anyway.`,
      },
    ])
  })

  it('by a method', async () => {
    expect(await problemsOf(entry("throw 'gone'", 'total'))).toMatchObject([
      {
        said: expect.stringMatching(
          /^cart\.Item\.total does not fit the world: it throws 'gone' where total: func\(\)/,
        ),
      },
    ])
  })

  it('by an arrow function of a world', async () => {
    const guest = await guestOf('package a:b; world w { export f: func() -> result<u8, string>; }')
    const { problems } = await guest.check({ 'main.ts': 'export const f = (): number => { throw 3 }' })
    expect(problems?.map(({ message }) => message)).toEqual([
      'f does not fit the world: it throws 3 where f: func() -> result<u8, string> wants string.',
    ])
  })

  it('all of them', async () => {
    const said = await problemsOf(entry('if (no) throw 1; throw 2'))
    expect(said).toHaveLength(2)
  })
})
