import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customSection } from '../../../wasm/sections.ts'
import { coreModules } from '../../../wasm/components.ts'
import type { PreparedWorld } from '../../engine.ts'
import { declareWorld } from './prepare.ts'
import { Workshop } from './testing/component.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await Workshop.open()
}, 120_000)
afterAll(() => workshop.close())

const wit = `package demo:shop@1.2.0;
  interface types { record item { name: string } }
  interface stock { use types.{item}; resource shelf { constructor(); put: func(i: item); } count: func() -> u32; }
  world shop { import types; import log: func(text: string, kind: option<u8>) -> result<u8, string>; import in-line: interface { ping: func(); } export stock; export open-shop: func(); }`

function prepare(source: string, world?: string): PreparedWorld {
  const prepared = workshop.prepare(source, world)
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.fault))
  return prepared.value
}

describe('a prepared world', () => {
  it('is the same from the same input', () => {
    const [a, b] = [prepare(wit), prepare(wit, 'shop')]
    expect(a).toEqual(b)
  })

  it('is declared as it is prepared, and refused alike', () => {
    const { world, guestTypes } = prepare(wit)
    const input = { witSource: wit, version: '0.0.0' }
    expect(declareWorld(workshop.tools, input)).toEqual({ ok: true, value: { world, guestTypes } })
    const late = 'package a:b; world w { export f: async func(); }'
    const refused = declareWorld(workshop.tools, { ...input, witSource: late })
    expect(refused.ok).toBe(false)
    expect(workshop.prepare(late)).toEqual(refused)
  })

  it('survives structured cloning', () => {
    const prepared = prepare(wit)
    expect(structuredClone(prepared)).toEqual(prepared)
  })

  it('declares modules for all that the world imports, under specifiers that can be imported', () => {
    const { guestTypes, binding } = prepare(wit)
    const text = Object.values(guestTypes).join('\n')
    const { modules } = binding as { modules: Record<string, string> }
    for (const specifier of ['demo:shop/types@1.2.0', 'in-line', 'log']) {
      expect(text).toContain(`declare module '${specifier}'`)
      expect(Object.keys(modules)).toContain(specifier)
    }
    expect(text).toContain('function log(text: string, kind: number | undefined): number;')
  })

  it('says how each export is written', () => {
    const { exports } = prepare(wit).binding as { exports: { path: string[]; hint: string }[] }
    expect(exports.map(({ path }) => path.join('.')).toSorted()).toEqual([
      'openShop',
      'stock',
      'stock.Shelf',
      'stock.Shelf.prototype.put',
      'stock.count',
    ])
    expect(exports.find(({ path }) => path.includes('put'))?.hint).toBe(
      'export const stock = { Shelf: class { put(i: Item): void { … } } }',
    )
  })

  it('makes a component that validates, with its producers', async () => {
    const made = await workshop.make(
      wit,
      `export const stock = { Shelf: class { put() {} }, count: () => 3 }; export const openShop = () => {}`,
      { log: { default: () => 1 }, 'in-line': { ping: () => {} } },
    )
    const component = made.component()
    const { tools } = workshop
    expect(tools.componentWit(component)).toContain('export demo:shop/stock@1.2.0')
    for (const core of coreModules(component)) expect(WebAssembly.validate(new Uint8Array(core))).toBe(true)
    expect(customSection(component, 'producers')).toBeDefined()
    const [metadata] = tools.metadataShow(component)
    expect(metadata?.producers).toContainEqual(['language', expect.arrayContaining([['JavaScript', '']])])
    expect(metadata?.producers).toContainEqual(['processed-by', expect.arrayContaining([['witcraft', '0.0.0']])])
    expect(made.exports['demo:shop/stock@1.2.0'].count()).toBe(3)
  })

  it('keeps two interfaces of one name apart', async () => {
    const both = `package a:b; interface api { one: func() -> u8; }
      world w { export api; export c:d/api@0.1.0; } package c:d@0.1.0 { interface api { two: func() -> u8; } }`
    const made = await workshop.make(
      both,
      `export const api = { one: () => 1 }; const other = { two: () => 2 }; export { other as 'c:d/api@0.1.0' }`,
    )
    expect([made.exports['a:b/api'].one(), made.exports['c:d/api@0.1.0'].two()]).toEqual([1, 2])
    expect(Object.values(made.prepared.guestTypes).join('\n')).toContain("export * as 'c:d/api@0.1.0' from")
  })
})

describe('a world that cannot be prepared', () => {
  const faultOf = (source: string, world?: string) => {
    const prepared = workshop.prepare(source, world)
    if (prepared.ok) throw new Error('it was prepared')
    return prepared.fault
  }

  it('because its WIT is wrong has a fault of stage wit', () => {
    const fault = faultOf('package a:b; world w { export run: func( }')
    expect(fault.stage).toBe('wit')
    expect(fault.message).not.toContain('ComponentError')
    expect(fault.message).toMatch(/^[A-Z].*\.$/)
  })

  it('because the world is not there', () => {
    expect(faultOf('package a:b; world w { }', 'other')).toMatchObject({ stage: 'wit' })
  })

  it('because of what the engine lacks names the function', () => {
    expect(faultOf('package a:b; world w { export run: func(s: stream<u8>); }')).toMatchObject({
      stage: 'build',
      message: 'The function `run` uses a stream, which the QuickJS engine does not support.',
    })
    expect(faultOf('package a:b; world w { export run: async func(); }')).toMatchObject({ stage: 'build' })
  })

  it('because of what the tools refuse says what they say', () => {
    const labels = Array.from({ length: 33 }, (_, index) => `f${index}`).join(', ')
    const source = `package a:b; interface i { flags f { ${labels} } g: func(f: f); } world w { export i; }`
    expect(faultOf(source).message).toMatch(/32/)
  })
})
