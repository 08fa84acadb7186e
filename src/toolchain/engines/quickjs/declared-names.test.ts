import { expect, it } from 'vitest'
import { declarationsOf } from './declared-names.ts'

const names = (text: string): string[] =>
  declarationsOf(text).map(({ name, at, exported, imported }) => {
    expect(text.slice(at, at + name.length)).toBe(name)
    if (imported) return `import ${name}`
    return exported === 'default' ? `default ${name}` : exported ? `export ${name}` : name
  })

it.each([
  ['function a() {}\nconst b = 1\nclass C {}', ['a', 'b', 'C']],
  ['export function a() {}\nexport async function* b() {}', ['export a', 'export b']],
  ['let x = 1; export const a = 1, b = 2', ['x', 'export a']],
  ['export default function a() {}', ['default a']],
  ['export abstract class A {}\nfunction*b() {}', ['export A', 'b']],
  ['  const inner = 1\nvar größe = 2', ['größe']],
  ['// function a() {}\n// export function b() {}', []],
  ['/*\nfunction a() {}\nexport const b = 1 */ export const c = 1', ['export c']],
  ['const a = "\\\nfunction b() {}"\nconst c = \'// \'\nconst d = 1', ['a', 'c', 'd']],
  ['const a = `\nfunction b() {}\n${`\nconst c = ${{}}\n`}\nvar d\n`\nconst e = 1', ['a', 'e']],
  ["const a = /['\"`]/\nconst b = x.replace(/[/'\\]]/g, '')\nconst c = 4 / 2 // '\nconst d = 1", ['a', 'b', 'c', 'd']],
  ['const a = `never ends\nfunction b() {}', ['a']],
  ['/* never ends\nfunction b() {}', []],
  ['export function run() {\nconst a = 1\n}\nconst b = 1', ['export run', 'b']],
  ['namespace inner { export const a = 1 }\nexport const b = 1', ['export b']],
  ['}}}\nconst a = { b: `${{}}` }\nconst c = 1', ['a', 'c']],
  ['if (open) /[`]/.exec(s)\nconst a = 1', ['a']],
  ['for await (const x of y) /[`]/.exec(x)\nwhile (f(x)) /`/.exec(x)\nconst a = 1', ['a']],
  ["const a = (1 + 2) / 3 // '\nconst b = f(1) / 2 + `/`\nconst c = 1", ['a', 'b', 'c']],
  ["const a = i++ / 2 // '\nconst b = 'x' / 2 + x[0] / 2 // `\nconst c = 1", ['a', 'b', 'c']],
  ['const a = x.return / 2 + `/`\nconst b = x.if(1) / `/`\nconst c = 1', ['a', 'b', 'c']],
  ['const a = b ? /`/ : !/`/.test(c)\nconst d = () => /`/\nconst e = 1', ['a', 'd', 'e']],
  ["import { a, type B, c as d, from } from './a.ts'\nconst e = 1", ['import a', 'import d', 'import from', 'e']],
  ["import f, * as g from './a.ts'\nimport {\n  h, // i\n} from './a.ts'", ['import f', 'import g', 'import h']],
  ["import type { A } from './a.ts'\nimport type B from './a.ts'\nimport type * as C from './a.ts'", []],
  ["import './a.ts'\nexport { a } from './a.ts'\nimport('a').then(b)\nimport x = require('x')", []],
  ['const a = function() {}\nconst b = class {}', ['a', 'b']],
])('of %j are %j', (text, expected) => {
  expect(names(text)).toEqual(expected)
})
