import { describe, expect, it } from 'vitest'
import { exportSignatures, importSignatures, parseCoreModule } from './core-module.ts'
import { assemble, component, custom, exampleModule, exampleSections, functionType } from './example-module.ts'
import { MalformedBinary } from './reader.ts'
import { customSection, layer, readSections } from './sections.ts'
import { concat, name, section, vectorSection } from './writer.ts'

describe('sections', () => {
  it('are found with their places', () => {
    expect(WebAssembly.validate(exampleModule)).toBe(true)
    const sections = readSections(exampleModule)
    expect(sections.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 9, 12, 10, 11, 0])
    expect(sections.at(-1)?.name).toBe('note')
    expect(sections[0]?.start).toBe(8)
    for (const [i, { end }] of sections.entries()) {
      expect(sections[i + 1]?.start ?? exampleModule.length).toBe(end)
    }
  })

  it('know the layer by the preamble', () => {
    expect(layer(exampleModule)).toBe('module')
    expect(layer(component())).toBe('component')
    expect(layer(new TextEncoder().encode('(component)'))).toBeUndefined()
    expect(layer(Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0))).toBeUndefined()
    expect(layer(exampleModule.subarray(0, 7))).toBeUndefined()
    expect(() => readSections(new Uint8Array(8))).toThrow(MalformedBinary)
    expect(() => parseCoreModule(component())).toThrow(MalformedBinary)
  })

  it('of their own are found by name, in modules and components', () => {
    expect([...(customSection(exampleModule, 'note') ?? [])]).toEqual([1, 2, 3])
    expect(customSection(exampleModule, 'other')).toBeUndefined()
    expect([...(customSection(component(custom('x', [9])), 'x') ?? [])]).toEqual([9])
  })
})

describe('parseCoreModule', () => {
  const module = parseCoreModule(exampleModule)

  it('reads what a module declares', () => {
    expect(module.imports).toMatchObject([{ module: 'env', name: 'tick', kind: 'function', detail: 0 }])
    expect(module.imported).toEqual({ function: 1, table: 0, memory: 0, global: 0, tag: 0 })
    expect(module.memories).toEqual([{ flags: 1, minimum: 1, maximum: 8 }])
    expect(module.tables).toMatchObject([{ element: 0x70, limits: { minimum: 2, maximum: 2 } }])
    expect(module.globals.map(({ type, mutable }) => [type, mutable])).toEqual([
      [0x7f, true],
      [0x7f, false],
      [0x7e, true],
      [0x7d, true],
      [0x7c, true],
    ])
    expect(module.elements).toMatchObject([{ flags: 0, table: 0, functions: [1, 2] }])
    expect(module.data).toMatchObject([{ flags: 0, memory: 0 }])
    expect(module.start).toBeUndefined()
  })

  it('gives ranges that are the bytes', () => {
    const [data] = module.data
    expect([...exampleModule.subarray(data?.content.start, data?.content.end)]).toEqual([1, 2, 3, 4])
    const [first] = module.exports
    expect([...exampleModule.subarray(first?.start, first?.end)]).toEqual([...name('store'), 0, 1])
    const [, limit] = module.globals
    expect([...exampleModule.subarray(limit?.init.start, limit?.init.end)]).toEqual([0x41, 0xe8, 0x07, 0x0b])
  })

  it('gives signatures by name', () => {
    expect(exportSignatures(module)).toEqual({
      store: [[0x7f, 0x7f], []],
      load: [[0x7f], [0x7f]],
      bump: [[], [0x7f]],
      grow: [[0x7f], [0x7f]],
      keep: [[0x7e, 0x7d, 0x7c], []],
    })
    expect(importSignatures(module)).toEqual({ env: { tick: [[], [0x7f]] } })
  })

  it('reads all kinds of imports', () => {
    const bytes = assemble(
      vectorSection(1, [functionType([], [])]),
      vectorSection(2, [
        [...name('m'), ...name('f'), 0, 0],
        [...name('m'), ...name('t'), 1, 0x6f, 0, 3],
        [...name('m'), ...name('m'), 2, 4, 1],
        [...name('m'), ...name('g'), 3, 0x7e, 1],
        [...name('m'), ...name('e'), 4, 0, 0],
      ]),
    )
    const module = parseCoreModule(bytes)
    expect(module.imports.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['function', 0],
      ['table', { element: 0x6f, limits: { flags: 0, minimum: 3 } }],
      ['memory', { flags: 4, minimum: 1 }],
      ['global', { type: 0x7e, mutable: true }],
      ['tag', 0],
    ])
    expect(module.imported).toEqual({ function: 1, table: 1, memory: 1, global: 1, tag: 1 })
  })

  it('reads all forms of element and data segments', () => {
    const offset = [0x41, 0, 0x0b]
    const bytes = assemble(
      vectorSection(9, [
        [0, ...offset, 1, 0],
        [1, 0, 1, 0],
        [2, 0, ...offset, 0, 1, 0],
        [3, 0, 1, 0],
        [4, ...offset, 1, 0xd2, 0, 0x0b],
        [5, 0x70, 1, 0xd0, 0x70, 0x0b],
        [6, 0, ...offset, 0x70, 0],
        [7, 0x70, 0],
      ]),
      vectorSection(11, [
        [0, ...offset, 1, 42],
        [1, 1, 42],
        [2, 0, ...offset, 0],
      ]),
    )
    const module = parseCoreModule(bytes)
    expect(module.elements.map(({ flags }) => flags)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(module.elements.map(({ functions }) => functions?.length)).toEqual([1, 1, 1, 1, ...Array(4)])
    expect(module.data.map(({ flags, offset }) => [flags, offset !== undefined])).toEqual([
      [0, true],
      [1, false],
      [2, true],
    ])
  })

  it('counts the types of recursion groups, of which only functions have a signature', () => {
    const bytes = assemble(
      vectorSection(1, [
        functionType([], []),
        [0x4e, 2, 0x5f, 1, 0x78, 0, 0x50, 1, 1, 0x5e, 0x63, 0x00, 1],
        [0x60, 1, 0x63, 1, 1, 0x7f],
      ]),
    )
    expect(parseCoreModule(bytes).types).toEqual([[[], []], undefined, undefined, [[0x63], [0x7f]]])
  })

  it('refuses sections twice, out of order, unknown, or longer than their content', () => {
    const { type, memory } = exampleSections
    expect(() => parseCoreModule(assemble(memory, memory))).toThrow(MalformedBinary)
    expect(() => parseCoreModule(assemble(memory, type))).toThrow(MalformedBinary)
    expect(() => parseCoreModule(assemble(section(14, [])))).toThrow(MalformedBinary)
    expect(() => parseCoreModule(assemble(section(5, [[1, 0, 1, 0]])))).toThrow(MalformedBinary)
    expect(() => parseCoreModule(concat([exampleModule, [5]]))).toThrow(MalformedBinary)
  })

  it('refuses a function whose type is not there when asked for its signature', () => {
    const bytes = assemble(vectorSection(7, [[...name('f'), 0, 3]]))
    expect(() => exportSignatures(parseCoreModule(bytes))).toThrow(MalformedBinary)
  })

  it('keeps names such as __proto__ as names', () => {
    const bytes = assemble(
      vectorSection(1, [functionType([], [])]),
      vectorSection(2, [[...name('__proto__'), ...name('__proto__'), 0, 0]]),
      vectorSection(7, [[...name('__proto__'), 0, 0]]),
    )
    const module = parseCoreModule(bytes)
    expect(Object.keys(exportSignatures(module))).toEqual(['__proto__'])
    expect(Object.keys(importSignatures(module))).toEqual(['__proto__'])
  })
})
