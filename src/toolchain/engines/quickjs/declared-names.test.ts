import { expect, it } from 'vitest'
import { declarationsOf } from './declared-names.ts'

const names = (text: string): string[] =>
  declarationsOf(text).map(({ name, at, exported }) => {
    expect(text.slice(at, at + name.length)).toBe(name)
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
  ['const a = function() {}\nconst b = class {}', ['a', 'b']],
])('of %j are %j', (text, expected) => {
  expect(names(text)).toEqual(expected)
})
