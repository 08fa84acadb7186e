import { describe, expect, it } from 'vitest'
import { parseCoreModule } from './core-module.ts'
import { assemble, call, component, exampleModule, exported, functionType, instantiate } from './example-module.ts'
import { clampLimits, LimitExceeded, unsafeNames } from './limits.ts'
import { MalformedBinary } from './reader.ts'
import { name, sleb, vectorSection } from './writer.ts'

const caps = { memoryPages: 4, tableElements: 10 }

describe('clampLimits', () => {
  it('lowers the maximum of memories and tables', () => {
    const { bytes, clamped, memories, tables } = clampLimits(exampleModule, caps)
    expect({ clamped, memories, tables }).toEqual({ clamped: 1, memories: 1, tables: 1 })
    const instance = instantiate(Uint8Array.from(bytes))
    expect(call(instance, 'grow', 3)).toBe(1)
    expect(call(instance, 'grow', 1)).toBe(-1)
    expect(parseCoreModule(bytes).tables[0]?.limits.maximum).toBe(2)
  })

  it('puts in a maximum where there is none, in every form', () => {
    const source = assemble(
      vectorSection(2, [
        [...name('m'), ...name('t'), 1, 0x70, 0, 1],
        [...name('m'), ...name('g'), 3, 0x7f, 0],
        [...name('m'), ...name('m'), 2, 0, 2],
      ]),
      vectorSection(4, [
        [0x40, 0, 0x70, 0, 3, 0xd0, 0x70, 0x0b],
        [0x6f, 0, 10],
      ]),
      vectorSection(5, [
        [1, 0, 9],
        [0, 1],
      ]),
    )
    const { bytes, clamped } = clampLimits(source, caps)
    expect(clamped).toBe(6)
    const module = parseCoreModule(bytes)
    expect(module.imports.map(({ detail }) => detail)).toEqual([
      { element: 0x70, limits: { flags: 1, minimum: 1, maximum: 10 } },
      { type: 0x7f, mutable: false },
      { flags: 1, minimum: 2, maximum: 4 },
    ])
    expect(module.tables.map(({ limits, init }) => [limits.minimum, limits.maximum, init !== undefined])).toEqual([
      [3, 10, true],
      [10, 10, false],
    ])
    expect(module.memories).toEqual([
      { flags: 1, minimum: 0, maximum: 4 },
      { flags: 1, minimum: 1, maximum: 4 },
    ])
    expect(clampLimits(bytes, caps)).toMatchObject({ bytes, clamped: 0 })
  })

  it('gives a module within the caps back as it is', () => {
    const result = clampLimits(exampleModule, { memoryPages: 8, tableElements: 2 })
    expect(result.bytes).toBe(exampleModule)
    expect(clampLimits(assemble(), caps).clamped).toBe(0)
  })

  it('refuses what starts above its cap', () => {
    const memory = assemble(vectorSection(5, [[0, 5]]))
    expect(() => clampLimits(memory, caps)).toThrow(LimitExceeded)
    expect(() => clampLimits(memory, caps)).toThrow(expect.objectContaining({ kind: 'memory', asked: 5, allowed: 4 }))
    expect(() => clampLimits(assemble(vectorSection(4, [[0x70, 0, 11]])), caps)).toThrow(LimitExceeded)
    const imported = assemble(vectorSection(2, [[...name('m'), ...name('m'), 2, 0, 5]]))
    expect(() => clampLimits(imported, caps)).toThrow(LimitExceeded)
    const wide = assemble(vectorSection(5, [[4, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]]))
    expect(() => clampLimits(wide, caps)).toThrow(LimitExceeded)
  })

  it('clamps memories with 64-bit addresses', () => {
    const { bytes } = clampLimits(assemble(vectorSection(5, [[4, 1]])), caps)
    expect(parseCoreModule(bytes).memories).toEqual([{ flags: 5, minimum: 1, maximum: 4 }])
  })

  it('finds limits in every section, however often one comes', () => {
    const memory = vectorSection(5, [[0, 1]])
    expect(clampLimits(assemble(memory, memory), caps).clamped).toBe(2)
  })

  it('refuses limits that it does not know, and what is not a core module', () => {
    expect(() => clampLimits(assemble(vectorSection(5, [[8, 1, 0]])), caps)).toThrow(MalformedBinary)
    expect(() => clampLimits(component(), caps)).toThrow(MalformedBinary)
  })

  it('takes more items than fit on the stack as arguments', () => {
    const imports = Array.from({ length: 150_000 }, () => [0, 0, 0, 0])
    const source = assemble(vectorSection(2, imports), vectorSection(5, [[0, 1]]))
    const { bytes, clamped } = clampLimits(source, caps)
    expect([clamped, bytes.length]).toEqual([1, source.length + 1])
    expect(unsafeNames(bytes)).toEqual([])
  })

  it('gives up where there are more memories than any engine takes', () => {
    const memories = Array.from({ length: 100_001 }, () => [0, 0])
    expect(() => clampLimits(assemble(vectorSection(5, memories)), caps)).toThrow(MalformedBinary)
  })
})

describe('unsafeNames', () => {
  const named = (module: string, field: string, out: string): Uint8Array =>
    assemble(
      vectorSection(1, [functionType([], [])]),
      vectorSection(2, [[...name(module), ...name(field), 0, 0]]),
      vectorSection(7, [exported(out, 0, 0)]),
    )

  it('are none in the names that components use', () => {
    expect(unsafeNames(exampleModule)).toEqual([])
    expect(unsafeNames(named('wasi:cli/run@0.2.3', '[method]a.b-c', 'ns:pkg/iface#f|ö$'))).toEqual([])
  })

  it.each(["'", '"', '`', '\\', '\n', '\r', '\u2028', '\u2029', '\0', '\u001b', '\u007f', '\u0085'])(
    'are those with %j',
    (character) => {
      const bad = `a${character}b`
      expect(unsafeNames(named(bad, 'f', 'g'))).toEqual([bad])
      expect(unsafeNames(named('m', bad, 'g'))).toEqual([bad])
      expect(unsafeNames(named('m', 'f', bad))).toEqual([bad])
    },
  )
})

it('writes limits as they are understood by an engine', () => {
  const grower = assemble(
    vectorSection(4, [[0x70, 0, 1]]),
    vectorSection(6, [[0x7f, 0, 0x41, ...sleb(1), 0x0b]]),
    vectorSection(7, [exported('table', 1, 0)]),
  )
  const { bytes } = clampLimits(grower, caps)
  const { table } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports
  if (!(table instanceof WebAssembly.Table)) throw new TypeError('no table')
  expect(table.grow(9)).toBe(1)
  expect(() => table.grow(1)).toThrow(RangeError)
})
