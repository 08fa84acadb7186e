import { beforeAll, describe, expect, it } from 'vitest'
import { serves } from '../wasi/served.ts'
import { decodeWorld } from './decode-world.ts'
import { hasCorpora, listCorpus, packageBlock } from './testing/corpora.ts'
import { loadWasmTools, type WasmTools } from './testing/wasm-tools.ts'
import type { World } from './types.ts'
import { type UseFact, whyOf } from './why.ts'

let tools: WasmTools

beforeAll(async () => {
  tools = await loadWasmTools()
})

const world = (witSource: string): World =>
  decodeWorld(tools.componentEmbed({ witSource, world: 'w', dummy: true, features: { tag: 'all' } }))
const lines = (of: World, facts?: readonly UseFact[]): string[] => whyOf(of, serves, facts).map(({ text }) => text)

const defaults = 'Nobody provides it, so calls get default values until a companion component answers them.'

describe('why a component has its imports', () => {
  it('says what own interfaces offer and what comes of their calls', () => {
    const of = world(`package shop:app@1.0.0;
      interface stock { resource item { constructor(); price: func() -> u64; } find: func() -> item; }
      world w { import stock; import log: func(text: string); import notes: interface { note: func(); } }`)
    expect(lines(of)).toEqual([
      `shop:app: it can call shop:app/stock@1.0.0 (new item, item.price and find). ${defaults}`,
      `The world itself: it can call notes and log (note). ${defaults}`,
    ])
    expect(whyOf(of, serves)[0]?.imports).toEqual([
      {
        name: 'shop:app/stock@1.0.0',
        functions: ['[constructor]item', '[method]item.price', 'find'],
        answer: 'default',
      },
    ])
  })

  it('puts an interface of types where its types are taken, and names who uses what', () => {
    const of = world(`package a:b;
      interface base { record p { x: u8 } }
      interface alone { record q { x: u8 } }
      interface api { use alone.{q}; f: func(q: q); }
      world w { import c:d/user; export api; }
      package c:d { interface user { use a:e/base.{p}; f: func(p: p); } }
      package a:e { interface base { record p { x: u8 } } }`)
    expect(lines(of, [{ interface: 'c:d/user', usedBy: 'main.wasm' }])).toEqual([
      `c:d: it can call c:d/user (f). ${defaults} With the types of a:e/base. Used by main.wasm.`,
      'Types: it takes types for what it exports, and calls nothing.',
    ])
    expect(whyOf(of, serves)[1]?.types).toEqual(['a:b/alone'])
  })

  it('tells parts of one capability apart where only some are served', () => {
    const of = world(`package a:b; world w { import wasi:random/random@0.2.0; import wasi:random/random@0.3.0;
        import wasi:logging/logging@0.1.0; import wasi:new/part@0.1.0; }
      package wasi:random@0.2.0 { interface random { get: func() -> u64; } }
      package wasi:random@0.3.0 { interface random { get: func() -> u64; } }
      package wasi:logging@0.1.0 { interface logging { log: func(); } }
      package wasi:new@0.1.0 { interface part { f: func(); } }`)
    const missing = 'obody provides it, so a call ends the instance until a companion component answers it.'
    expect(lines(of)).toEqual([
      'Random: it can get random bytes that nobody can guess (get). ' +
        `wasi:random/random@0.2.0: the simulated world serves it. wasi:random/random@0.3.0: n${missing}`,
      `Logging: it can write log messages (log). N${missing}`,
      `Other parts of WASI: it can call wasi:new/part@0.1.0 (f). N${missing}`,
    ])
  })

  it('has fifteen lines at most', () => {
    const names = Array.from({ length: 40 }, (_, at) => `p${at}`)
    const of = world(`package a:b; world w { ${names.map((name) => `import x:${name}/i;`).join(' ')} }
      ${names.map((name) => `package x:${name} { interface i { f: func(); } }`).join('\n')}`)
    const found = whyOf(of, serves)
    expect(found).toHaveLength(15)
    expect(found.at(-1)).toMatchObject({ title: '26 more packages' })
    expect(found.flatMap(({ imports }) => imports)).toHaveLength(40)
  })

  it('has nothing to say of a component that needs nothing', () => {
    expect(lines(world('package a:b; world w { export f: func(); }'))).toEqual([])
  })
})

describe.skipIf(!hasCorpora)('why the components of WASI have their imports', () => {
  const wasi = (version: string, path: string): string[] => {
    const texts = listCorpus(`wasi/${version}`).map((directory) => packageBlock(`wasi/${version}/${directory}`).text)
    return lines(world(`package a:b;\nworld w { include ${path}@${version}; }\n${texts.join('\n')}`))
  }
  const titles = (all: readonly string[]): string[] => all.map((text) => text.replace(/:.*/s, ''))

  it('sums up a command', () => {
    const found = wasi('0.2.12', 'wasi:cli/command')
    expect(titles(found)).toEqual(['Command line', 'Files', 'Clocks', 'Random', 'Network', 'Streams'])
    expect(found[1]).toBe(
      'Files: it can find the folders that it is given and read, write, list and delete what is in them ' +
        '(30 functions). The simulated world serves it.',
    )
    expect(found.every((text) => text.includes('The simulated world serves it.'))).toBe(true)
  })

  it('sums up an HTTP handler', () => {
    const found = wasi('0.2.12', 'wasi:http/proxy')
    expect(titles(found)).toEqual(['Command line', 'Clocks', 'Random', 'HTTP', 'Streams'])
    expect(found[3]).toContain('read and write requests and responses and send requests to other hosts')
  })

  it('has a word of its own for every interface of WASI', () => {
    for (const version of listCorpus('wasi'))
      for (const path of version.startsWith('0.2')
        ? ['wasi:cli/command', 'wasi:http/proxy']
        : ['wasi:cli/command', 'wasi:http/service'])
        for (const text of wasi(version, path))
          expect(text).not.toMatch(/it can use [a-z-]+ |, use [a-z-]+ ?[(,]|Other/)
  })
})
