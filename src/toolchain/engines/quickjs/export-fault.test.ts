import { describe, expect, it } from 'vitest'
import { exportFault } from './export-fault.ts'

const hint = 'export function greet(name: string): string { … }'
const missing = [{ path: ['greet'], hint, missing: true, isThere: false }]
const fault = (text: string, unfit = missing, names = ['greet', 'greets']) =>
  exportFault({ entry: 'main.ts', modules: { 'main.ts': text } }, unfit, names)

describe('an export that is missing', () => {
  it.each([
    ['there is nothing', '', `Add ${hint}.`, 1, 1],
    ['it is not exported', '\nfunction greet() {}', 'Write `export` in front of greet.', 2, 10],
    ['it is not exported, and async', 'async function greet() {}', 'Write `export` in front of greet.', 1, 16],
    ['it is a constant', 'const greet = () => 1', 'Write `export` in front of greet.', 1, 7],
    ['it is the default', 'export default function greet() {}', 'Remove `default` in front of greet.', 1, 25],
    ['a comment has its name', '// function greet() {}\n/* export function greet() {} */', `Add ${hint}.`, 1, 1],
    ['a string has its name', 'const text = `\nfunction greet() {}\n`', `Add ${hint}.`, 1, 1],
    ['one in a function has its name', 'export function run() {\n  const greet = 1\n}', `Add ${hint}.`, 1, 1],
    [
      'one in a function has its name, at the beginning of a line',
      'export function run() {\nconst greet = 1\n}',
      `Add ${hint}.`,
      1,
      1,
    ],
    ['one in a namespace has it', 'namespace a {\n  export const greet = 1\n}', `Add ${hint}.`, 1, 1],
    ['it is imported', "import { greet } from './lib.ts'", 'Write `export { greet }`.', 1, 10],
    ['its type is imported', "import type { greet } from './lib.ts'", `Add ${hint}.`, 1, 1],
    ['the name goes on', 'function greet$() {}\nconst greeting = 1', `Add ${hint}.`, 1, 1],
    ['it is misspelt', '\nexport function great() {}', `Rename great to greet, or add ${hint}.`, 2, 17],
    ['another has nearly its name', 'export function greets() {}', `Add ${hint}.`, 1, 1],
  ])('where %s', (_, text, next, line, column) => {
    expect(fault(text)).toMatchObject({
      stage: 'source',
      message: 'main.ts does not export greet.',
      next,
      place: { file: 'main.ts', line, column },
    })
  })

  it('is one of a thousand without a sentence that is as long', () => {
    const unfit = Array.from({ length: 1000 }, (_, index) => ({
      path: [`f${index}`],
      hint: `export function f${index}(): void { … }`,
      missing: true,
      isThere: false,
    }))
    const text = unfit
      .map(({ path: [name = ''] }) => `export function ${name.replace('f', 'function_')}() {}`)
      .join('\n')
    const { message, next, detail } = fault(text, unfit, [])
    expect(message).toMatch(/^main\.ts does not export f0, f1, .* f11 and 988 more\.$/)
    expect(next.length).toBeLessThan(300)
    expect(detail?.split('\n')).toHaveLength(1000)
  })

  const lacking = (isThere: boolean, ...members: readonly (readonly [path: string, member: string])[]) =>
    members.map(([path, member]) => {
      const [owner = '', ...rest] = path.split('.')
      return { path: [owner, ...rest], hint: `export const ${owner} = { ${member} }`, missing: true, isThere }
    })

  it('of an interface is looked for in the object of the interface', () => {
    const members = [
      ['cart.add', 'add(): void { … }'],
      ['cart.take', 'take(): void { … }'],
    ] as const
    const text = 'const cart = { add() {}, take() {} }'
    expect(fault(text, lacking(false, ...members), ['cart'])).toMatchObject({
      next: 'Write `export` in front of cart.',
      place: { line: 1, column: 7 },
    })
    expect(fault('export const cart = {}', lacking(true, ...members), ['cart'])).toMatchObject({
      message: 'main.ts does not export cart.add, cart.take.',
      next: 'Add add(): void { … }, take(): void { … } to cart.',
      place: { line: 1, column: 14 },
    })
    // Too many to read at once follow, as they stand in the object.
    const many = ['a', 'b', 'c', 'd'].map((name) => [`cart.${name}`, `${name}(): void { … }`] as const)
    expect(fault('export const cart = {}', lacking(true, ...many), ['cart'])).toMatchObject({
      next: 'Add a(): void { … }, b(): void { … }, c(): void { … }, … to cart.',
      detail: 'export const cart = { a(): void { … }, b(): void { … }, c(): void { … }, d(): void { … } }',
    })
    // It is exported, whatever the text looks like.
    expect(fault(`${text}\nexport { cart }`, lacking(true, ...members.slice(0, 1)), ['cart'])).toMatchObject({
      next: 'Add add(): void { … } to cart.',
    })
  })

  it('of several interfaces is told at once, each as one object that can be written so', () => {
    const unfit = [
      ...lacking(false, ['cart.Item', 'Item: class { … }'], ['cart.Box', 'Box: class { … }']),
      ...missing,
      ...lacking(
        false,
        ['cart.Item.prototype.total', 'Item: class { total(): number { … } }'],
        ['cart.Item.open', 'Item: class { static open(): Item { … } }'],
        ...['a', 'b', 'c', 'd'].map((name) => [`cart.${name}`, `${name}(): void { … }`] as const),
        ['stock.count', 'count(): number { … }'],
      ),
    ]
    const { message, next, detail } = fault('', unfit, ['cart', 'greet', 'stock'])
    expect(message).toBe(
      'main.ts does not export cart.Item, cart.Box, greet, cart.Item.total, cart.Item.open, cart.a, cart.b, cart.c, cart.d, stock.count.',
    )
    const item = 'Item: class { total(): number { … } static open(): Item { … } }, Box: class { … }'
    expect(next).toBe(
      `Add export const cart = { ${item}, a(): void { … }, … }; ${hint}; export const stock = { count(): number { … } }.`,
    )
    expect(detail?.split('\n')).toEqual([
      `export const cart = { ${item}, a(): void { … }, b(): void { … }, c(): void { … }, d(): void { … } }`,
      hint,
      'export const stock = { count(): number { … } }',
    ])
  })
})
