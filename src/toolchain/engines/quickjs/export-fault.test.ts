import { describe, expect, it } from 'vitest'
import { exportFault } from './export-fault.ts'

const hint = 'export function greet(name: string): string { … }'
const missing = [{ path: ['greet'], label: 'greet', hint, missing: true }]
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
      label: `f${index}`,
      hint: `export function f${index}(): void { … }`,
      missing: true,
    }))
    const text = unfit.map(({ label }) => `export function ${label.replace('f', 'function_')}() {}`).join('\n')
    const { message, next, detail } = fault(text, unfit, [])
    expect(message).toMatch(/^main\.ts does not export f0, f1, .* f11 and 988 more\.$/)
    expect(next.length).toBeLessThan(300)
    expect(detail?.split('\n')).toHaveLength(1000)
  })

  it('of an interface is looked for in the object of the interface', () => {
    const unfit = ['add', 'take'].map((name) => ({
      path: ['cart', name],
      label: `demo:shop/cart#${name}`,
      hint: `export const cart = { ${name}(): void { … } }`,
      missing: true,
    }))
    expect(fault('const cart = { add() {}, take() {} }', unfit, ['cart'])).toMatchObject({
      next: 'Write `export` in front of cart.',
      place: { line: 1, column: 7 },
    })
    expect(fault('export const cart = {}', unfit, ['cart'])).toMatchObject({
      next: 'Add export const cart = { add(): void { … } }; export const cart = { take(): void { … } }.',
      place: { line: 1, column: 14 },
    })
  })
})
