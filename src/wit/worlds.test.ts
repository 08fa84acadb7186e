import { expect, it } from 'vitest'
import { listWorlds } from './worlds.ts'

it('lists the worlds of the root package, then those of packages in braces, with their places', () => {
  const files = {
    'b.wit': 'world second {}\n',
    'a.wit': 'package example:demo@1.0.0;\n\npackage other:inner { world nested {} }\nworld %type {}\n',
    'deps/dep/dep.wit': 'package dep:dep;\nworld hidden {}\n',
    'notes.txt': 'world no {}',
  }
  expect(listWorlds(files)).toEqual([
    {
      name: 'type',
      file: 'a.wit',
      package: 'example:demo@1.0.0',
      root: true,
      place: { file: 'a.wit', line: 4, column: 7, endLine: 4, endColumn: 12 },
    },
    {
      name: 'second',
      file: 'b.wit',
      package: 'example:demo@1.0.0',
      root: true,
      place: { file: 'b.wit', line: 1, column: 7, endLine: 1, endColumn: 13 },
    },
    {
      name: 'nested',
      file: 'a.wit',
      package: 'other:inner',
      root: false,
      place: { file: 'a.wit', line: 3, column: 29, endLine: 3, endColumn: 35 },
    },
  ])
})

it('lists worlds of text that is broken elsewhere, or has no package', () => {
  const files = { 'a.wit': 'interface i { f func( }\nworld one { import x }\nworld two {' }
  expect(listWorlds(files).map(({ name, package: owner }) => [name, owner])).toEqual([
    ['one', undefined],
    ['two', undefined],
  ])
})

it('lists nothing where there is nothing', () => {
  expect(listWorlds({})).toEqual([])
  expect(listWorlds({ 'a.wit': 'package a:b;' })).toEqual([])
})
