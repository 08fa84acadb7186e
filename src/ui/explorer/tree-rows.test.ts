import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileRows, rowForKey, rowForText } from './tree-rows.ts'

const paths = ['main.ts', 'a.ts', 'world.wit', 'lib/math.ts', 'lib/deep/data.json', 'deps/log/log.wit', 'p.wasm']
const rows = (collapsed: readonly string[] = [], empty: readonly string[] = []) =>
  fileRows(paths, empty, { main: ['world.wit', 'main.ts'], collapsed: new Set(collapsed) })
const ids = (of: ReturnType<typeof rows>) => of.map((row) => row.id)

describe('fileRows', () => {
  it('has the main files first, then the other ones, then folders with what is in them', () => {
    expect(ids(rows())).toEqual([
      'world.wit',
      'main.ts',
      'a.ts',
      'p.wasm',
      'deps',
      'deps/log',
      'deps/log/log.wit',
      'lib',
      'lib/math.ts',
      'lib/deep',
      'lib/deep/data.json',
    ])
  })

  it('leaves out what is in a collapsed folder, and has the empty ones', () => {
    expect(ids(rows(['deps', 'lib'], ['new', 'lib/none']))).toEqual([
      'world.wit',
      'main.ts',
      'a.ts',
      'p.wasm',
      'deps',
      'lib',
      'new',
    ])
    expect(rows([], ['new/inner']).filter((row) => row.id.startsWith('new'))).toMatchObject([
      { id: 'new', level: 1, files: 0, expanded: true },
      { id: 'new/inner', level: 2 },
    ])
  })

  it('says how many siblings each has, and which of them it is', () => {
    const name = fc.constantFrom('a', 'b', 'c/d', 'c/e', 'f/g/h', 'f/i')
    fc.assert(
      fc.property(fc.uniqueArray(name), fc.uniqueArray(fc.constantFrom('c', 'f', 'f/g')), (files, collapsed) => {
        const all = fileRows(files, [], { main: [], collapsed: new Set(collapsed) })
        for (const row of all) {
          const siblings = all.filter(
            (each) =>
              each.level === row.level && each.id.slice(0, -each.name.length) === row.id.slice(0, -row.name.length),
          )
          expect(siblings).toHaveLength(row.size)
          expect(siblings[row.position - 1]).toBe(row)
        }
      }),
    )
  })
})

describe('keys', () => {
  it.each([
    ['world.wit', 'ArrowDown', 'main.ts'],
    ['world.wit', 'ArrowUp', undefined],
    ['a.ts', 'Home', 'world.wit'],
    ['a.ts', 'End', 'lib/deep/data.json'],
    ['lib', 'ArrowRight', 'lib/math.ts'],
    ['main.ts', 'ArrowRight', undefined],
    ['lib/deep/data.json', 'ArrowLeft', 'lib/deep'],
    ['lib/deep', 'ArrowLeft', 'lib'],
    ['main.ts', 'ArrowLeft', undefined],
  ])('from %s %s leads to %s', (from, key, to) => {
    expect(rowForKey(rows(), from, key)?.id).toBe(to)
  })

  it('go nowhere into a folder without files', () => {
    expect(rowForKey(rows([], ['new', 'other']), 'new', 'ArrowRight')).toBeUndefined()
  })

  it('find names by their first letters, all round', () => {
    expect(rowForText(rows(), 'world.wit', 'm')?.id).toBe('main.ts')
    expect(rowForText(rows(), 'main.ts', 'm')?.id).toBe('lib/math.ts')
    expect(rowForText(rows(), 'lib/math.ts', 'm')?.id).toBe('main.ts')
    expect(rowForText(rows(), 'main.ts', 'mat')?.id).toBe('lib/math.ts')
    expect(rowForText(rows(), 'main.ts', 'x')).toBeUndefined()
  })
})
