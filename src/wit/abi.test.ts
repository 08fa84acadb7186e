import { describe, expect, it } from 'vitest'
import { decodeWorld } from '../component/decode-world.ts'
import { loadWasmTools } from '../component/testing/wasm-tools.ts'
import { extentOf } from '../toolchain/engines/quickjs/binding/layout.ts'
import { definitionLayout } from './abi.ts'
import { resolveWit } from './check.ts'
import { isDefinition } from './type-parts.ts'

const cases = (count: number): string => Array.from({ length: count }, (_, index) => `c${index}`).join()
const types: Readonly<Record<string, string>> = {
  a: 'record a { b: u8, c: u64, d: u8 }',
  e: 'record e { f: a, g: bool }',
  h: 'variant h { i, j(u8), k(u64), l(a) }',
  m: `enum m { ${cases(256)} }`,
  n: `enum n { ${cases(257)} }`,
  o: `flags o { ${cases(8)} }`,
  p: `flags p { ${cases(9)} }`,
  q: `flags q { ${cases(17)} }`,
  r: 'type r = option<u8>',
  s: 'type s = option<f64>',
  t: 'type t = result<u16, string>',
  u: 'type u = result',
  v: 'type v = result<_, char>',
  w: 'type w = tuple<u8, u16, s8, list<a>>',
  x: 'type x = string',
  y: 'type y = e',
  z: 'type z = option<option<option<u16>>>',
}
const body = Object.entries(types).map(([, text]) => (text.startsWith('type') ? `${text};` : text))
const text = `package test:abi;\ninterface all { ${body.join('\n')} resource res; type hold = own<res>; }\nworld w { import all; }`

describe('the layout of types in memory', () => {
  it('is that of the binding compiler', async () => {
    const tools = await loadWasmTools()
    const world = decodeWorld(tools.componentEmbed({ witSource: text, dummy: true }))
    const [all] = world.imports.filter((item) => item.kind === 'interface')
    const { scopes, packages, diagnostics } = resolveWit({ 'a.wit': text })
    expect(diagnostics).toEqual([])
    const definition = packages.root?.definitions.get('all') ?? expect.unreachable()
    const scope = scopes.of(definition)
    const seen: string[] = []
    for (const item of scope.items) {
      if (!isDefinition(item)) continue
      const type = all?.types.find(({ name }) => name === item.name.text)?.type ?? expect.unreachable()
      if (type.kind === 'resource') continue
      const { size, alignment } = extentOf(type)
      expect(definitionLayout(scopes, scope, item), item.name.text).toEqual({ size, align: alignment })
      seen.push(item.name.text)
    }
    expect(seen).toEqual([...Object.keys(types), 'hold'])
  })

  it('of a fixed-length list is that of its elements; of what runs beside, that of a handle', () => {
    const { scopes, packages } = resolveWit({
      'a.wit':
        'package a:b; interface c { record d { e: list<u16, 3>, f: u8 } type g = stream<u64>; type h = map<string, u8>; resource i; }',
    })
    const scope = scopes.of(packages.root?.definitions.get('c') ?? expect.unreachable())
    const layouts = scope.items.filter(isDefinition).map((item) => definitionLayout(scopes, scope, item))
    expect(layouts).toEqual([
      { size: 8, align: 2 },
      { size: 4, align: 4 },
      { size: 8, align: 4 },
      { size: 4, align: 4 },
    ])
  })

  it('is not known of what contains itself or is not there', () => {
    const { scopes, packages } = resolveWit({
      'a.wit':
        'package a:b; interface c { record d { e: option<d>, e2: option<d> } record f { g: nothing } type h = result<nothing, u8>; }',
    })
    const scope = scopes.of(packages.root?.definitions.get('c') ?? expect.unreachable())
    for (const item of scope.items.filter(isDefinition)) expect(definitionLayout(scopes, scope, item)).toBeUndefined()
  })
})
