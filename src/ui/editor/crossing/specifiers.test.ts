import { expect, it } from 'vitest'
import { fileSpecifiers, specifierSpan, worldSpecifiers } from './specifiers.ts'

it.each([
  ["import { a } from 'dem|o:x/y' // it's", 'demo:x/y'],
  ["import '|'", ''],
  ['export * from "./a|', './a'],
  ["const a = await import('x|')", 'x'],
  ["const a = 'x|'", undefined],
  ["import a from 'x'|", undefined],
])('of %s it is %s that names the module', (marked, named) => {
  const column = marked.indexOf('|')
  const line = marked.replace('|', '')
  const span = specifierSpan(line, column)
  expect(span && line.slice(span.from, span.to)).toBe(named)
})

it('offers what the world imports before the types of the rest, each once', () => {
  const type = { async: false, params: [] }
  const empty = { types: [], functions: [] }
  const found = worldSpecifiers({
    name: 'a:b/w',
    imports: [
      { kind: 'interface', name: 'a:b/host', ...empty },
      { kind: 'function', name: 'now', type },
    ],
    exports: [
      { kind: 'interface', name: 'a:b/host', ...empty },
      { kind: 'interface', name: 'a:b/api', ...empty },
      { kind: 'function', name: 'run', type },
    ],
  })
  expect(found.map(({ text, order }) => [text, order])).toEqual([
    ['a:b/host', 0],
    ['now', 0],
    ['a:b/api', 1],
    ['a:b/w', 2],
  ])
})

it('names files from where they are imported', () => {
  const files = ['main.ts', 'lib/a.ts', 'lib/deep/b.ts', 'data.json', 'world.wit']
  const from = (path: string): string[] => fileSpecifiers(files, path).map(({ text }) => text)
  expect(from('main.ts')).toEqual(['./lib/a.ts', './lib/deep/b.ts', './data.json'])
  expect(from('lib/a.ts')).toEqual(['../main.ts', './deep/b.ts', '../data.json'])
})
