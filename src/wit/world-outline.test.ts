import { describe, expect, it } from 'vitest'
import { resolveWit } from './check.ts'
import { worldOutlines, type OutlineItem } from './world-outline.ts'

const outline = (files: Record<string, string>) =>
  worldOutlines(
    resolveWit(files, [
      {
        package: 'wasi:clocks@0.2.12',
        text: 'package wasi:clocks@0.2.12; interface wall-clock { now: func() -> u64; }',
      },
    ]),
  )
const summary = (item: OutlineItem): string =>
  `${item.kind} ${item.name} ${item.place.file}:${item.place.line}:${item.place.column}` +
  (item.children.length > 0 ? ` [${item.children.map(summary).join(', ')}]` : '')

describe('worldOutlines', () => {
  it('leads to each definition, and to the world for what is built in', () => {
    const [shop] = outline({
      'world.wit': [
        'package demo:shop;',
        'world shop {',
        '  import wasi:clocks/wall-clock@0.2.12;',
        '  import log: func(line: string);',
        '  export carts;',
        '  export extra: interface { ping: func(); }',
        '}',
      ].join('\n'),
      'carts.wit':
        'interface carts {\n  resource cart { total: func() -> u32; }\n  checkout: func(of: borrow<cart>);\n}',
    })
    expect(shop?.name).toBe('shop')
    expect(shop?.imports.map(summary)).toEqual([
      'interface wasi:clocks/wall-clock world.wit:3:10 [function now world.wit:3:10]',
      'function log world.wit:4:10',
    ])
    expect(shop?.imports[0]?.version).toBe('0.2.12')
    expect(shop?.exports.map(summary)).toEqual([
      'interface carts carts.wit:1:11 [resource cart carts.wit:2:12, function checkout carts.wit:3:3]',
      'interface extra world.wit:6:10 [function ping world.wit:6:29]',
    ])
  })

  it('has the types of the world itself apart from its imports', () => {
    const [own] = outline({
      'world.wit':
        'package a:b;\ninterface i { record from { n: u8 } }\nworld w {\n  use i.{from};\n  record point { x: u8 }\n  resource far { near: func(); }\n  import log: func(at: point);\n}',
    })
    expect(own?.types.map(summary)).toEqual(['record point world.wit:5:10'])
    expect(own?.imports.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['resource far', 'function log'])
  })

  it('has what an included world brings', () => {
    const [all] = outline({
      'world.wit':
        'package a:b;\nworld all { include part; export mine: func(); }\nworld part { export other: func(); }',
    })
    expect(all?.exports.map(summary)).toEqual(['function mine world.wit:2:34', 'function other world.wit:2:21'])
  })

  it.each([
    '',
    'package a:b; world',
    'package a:b; world w { export',
    'package a:b; world w { export x; import y:z/w; }',
  ])('reads what is there of %j', (text) => {
    expect(() => outline({ 'world.wit': text })).not.toThrow()
  })
})
