import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exportSignatures, parseCoreModule } from './core-module.ts'
import {
  assemble,
  call,
  component,
  custom,
  exampleModule,
  exampleSections,
  exampleWithout,
  instantiate,
} from './example-module.ts'
import { LimitExceeded } from './limits.ts'
import { MalformedBinary } from './reader.ts'
import {
  appendItems,
  globalExport,
  hollow,
  instrument,
  keepExports,
  memoryExport,
  refill,
  renameImportModules,
  setMemoryMaximum,
} from './rewrite.ts'
import { concat, name, vectorSection } from './writer.ts'

const engine = Uint8Array.from(readFileSync('node_modules/quickjs-wasi/quickjs.wasm'))
const modules = [
  ['a small module', exampleModule],
  ['an engine', engine],
] as const

const exportNames = (bytes: Uint8Array): string[] => parseCoreModule(bytes).exports.map(({ name }) => name)

describe.each(modules)('%s', (_, bytes) => {
  it('keeps only the exports that are asked for, and no custom sections', () => {
    const [first = ''] = exportNames(bytes)
    const small = keepExports(bytes, new Set(['memory', first, 'not there']))
    expect(WebAssembly.validate(small)).toBe(true)
    expect(new Set(exportNames(small))).toEqual(new Set(['memory', first]))
    expect(parseCoreModule(small).sections.some(({ id }) => id === 0)).toBe(false)
    expect(exportSignatures(parseCoreModule(small))).toEqual({
      [first]: exportSignatures(parseCoreModule(bytes))[first],
    })
  })

  it('asks its imports from another module', () => {
    const before = parseCoreModule(bytes).imports
    const renamed = renameImportModules(bytes, (module, name) => `${module}/${name}`)
    expect(WebAssembly.validate(renamed)).toBe(true)
    expect(parseCoreModule(renamed).imports.map(({ module, name }) => [module, name])).toEqual(
      before.map(({ module, name }) => [`${module}/${name}`, name]),
    )
    const back = renameImportModules(renamed, (module) => module.split('/')[0] ?? '')
    expect(parseCoreModule(back).imports).toEqual(before)
  })

  it('shows its state when instrumented', () => {
    const { bytes: instrumented, module } = instrument(bytes)
    const compiled = new WebAssembly.Module(instrumented)
    const added = WebAssembly.Module.exports(compiled).map(({ name }) => name)
    const mutable = module.globals.flatMap((global, i) => (global.mutable ? [globalExport(i)] : []))
    expect(mutable.length).toBeGreaterThan(0)
    expect(added).toEqual([...exportNames(bytes), memoryExport, ...mutable])
  })

  it('is hollowed out and filled again to the byte', () => {
    const empty = hollow(bytes)
    expect(WebAssembly.validate(empty)).toBe(true)
    expect(empty.length).toBeLessThan(bytes.length)
    expect(exportSignatures(parseCoreModule(empty))).toEqual(exportSignatures(parseCoreModule(bytes)))
    expect(parseCoreModule(empty).data).toEqual([])
    expect(Buffer.compare(refill(empty, bytes), bytes)).toBe(0)
  })

  it('gets a maximum for its memory', () => {
    const limited = setMemoryMaximum(bytes, 40)
    expect(WebAssembly.validate(limited)).toBe(true)
    expect(parseCoreModule(limited).memories[0]?.maximum).toBe(40)
    expect(() => setMemoryMaximum(bytes, 0)).toThrow(LimitExceeded)
  })
})

it('traps in hollow functions', () => {
  const instance = instantiate(hollow(exampleModule))
  expect(() => call(instance, 'bump')).toThrow(WebAssembly.RuntimeError)
})

it('instruments a module that exports nothing', () => {
  const { bytes } = instrument(exampleWithout('export'))
  const instance = instantiate(bytes)
  expect(instance.exports[memoryExport]).toBeInstanceOf(WebAssembly.Memory)
  expect(Object.keys(instance.exports)).toHaveLength(5)
})

it('fills code and data where the tool dropped the empty sections', () => {
  const refilled = refill(exampleWithout('data', 'dataCount'), exampleModule)
  expect(WebAssembly.validate(refilled)).toBe(true)
  expect(call(instantiate(refilled), 'load', 16)).toBe(0x04030201)
})

it('does not fill a module that has other functions', () => {
  expect(() => refill(hollow(exampleModule), engine)).toThrow(MalformedBinary)
})

it('limits what memory.grow gives', () => {
  const instance = instantiate(setMemoryMaximum(exampleModule, 2))
  expect(call(instance, 'grow', 1)).toBe(1)
  expect(call(instance, 'grow', 1)).toBe(-1)
})

it('has no memory to limit where the module has none', () => {
  expect(() => setMemoryMaximum(assemble(), 1)).toThrow(MalformedBinary)
})

it('puts missing sections in their order, around custom ones', () => {
  const bare = assemble(custom('first', []), exampleSections.memory, custom('last', []))
  const additions = new Map([
    [7, [[...name('limit'), 3, 0]]],
    [6, [[0x7f, 0, 0x41, 5, 0x0b]]],
    [1, [[0x60, 0, 0]]],
  ])
  const bytes = concat(appendItems(parseCoreModule(bare), additions))
  expect(WebAssembly.validate(bytes)).toBe(true)
  const numbered = parseCoreModule(bytes).sections.map(({ id }) => id)
  expect(numbered.filter((id) => id !== 0)).toEqual([1, 5, 6, 7])
  expect(concat(appendItems(parseCoreModule(bare), new Map([[6, []]])))).toEqual(bare)
})

it('takes more items than fit on the stack as arguments', () => {
  const items = Array.from({ length: 150_000 }, () => [0x7f, 0, 0x41, 0, 0x0b])
  const bytes = concat(appendItems(parseCoreModule(assemble()), new Map([[6, items]])))
  expect(Buffer.compare(bytes, assemble(vectorSection(6, items)))).toBe(0)
  const again = concat(appendItems(parseCoreModule(assemble(vectorSection(6, []))), new Map([[6, items]])))
  expect(Buffer.compare(again, bytes)).toBe(0)
})

it('takes core modules only', () => {
  expect(() => keepExports(component(), new Set())).toThrow(MalformedBinary)
  expect(() => hollow(component())).toThrow(MalformedBinary)
})
