import { array, assert, constantFrom, integer, property, record, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withCode } from './code-section.ts'
import { parseCoreModule } from './core-module.ts'
import {
  assemble,
  body,
  call,
  exampleModule,
  exampleSections,
  exampleWithout,
  exported,
  functionType,
  instantiate,
} from './example-module.ts'
import { globalExport, hollow, instrument, memoryExport, refill } from './rewrite.ts'
import {
  assertSnapshotable,
  captureState,
  mergeSmallestGaps,
  nonZeroRanges,
  Unsnapshotable,
  writeState,
} from './snapshot.ts'
import { concat, name, section, vectorSection, type Bytes } from './writer.ts'

const { bytes: instrumented, module } = instrument(exampleModule)

function memoryOf(instance: WebAssembly.Instance): Uint8Array {
  const memory = instance.exports[memoryExport]
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError('no memory')
  return new Uint8Array(memory.buffer)
}

const snapshotOf = (instance: WebAssembly.Instance, into = module): Uint8Array<ArrayBuffer> =>
  concat(writeState(into, captureState(module, instance)))

const pairs = (ranges: readonly number[]): number[][] =>
  Array.from({ length: ranges.length / 2 }, (_, i) => ranges.slice(2 * i, 2 * i + 2))

describe('nonZeroRanges', () => {
  it('begins where it is told to', () => {
    const bytes = new Uint8Array(64)
    bytes.set([1, 2], 21)
    for (const from of [0, 3, 16, 20]) expect(nonZeroRanges(bytes.buffer, 8, from)).toEqual([21, 2])
    expect(nonZeroRanges(bytes.buffer, 8, 24)).toEqual([])
    expect(nonZeroRanges(bytes.buffer, 8, 64)).toEqual([])
  })

  it('finds what a look at every byte finds', () => {
    const sparse = array(constantFrom(0, 0, 0, 0, 0, 0, 1, 255), { maxLength: 200 })
    assert(
      property(sparse, integer({ min: 0, max: 12 }), (bytes, gap) => {
        const { buffer } = Uint8Array.from(bytes)
        const expected: number[][] = []
        for (const [i, byte] of bytes.entries()) {
          if (byte === 0) continue
          const last = expected.at(-1)
          if (last !== undefined && i - ((last[0] ?? 0) + (last[1] ?? 0)) <= gap) last[1] = i + 1 - (last[0] ?? 0)
          else expected.push([i, 1])
        }
        // Zeroes between bytes of neighbouring words stay in: up to six of them, whatever the gap.
        if (gap >= 6) expect(pairs(nonZeroRanges(buffer, gap))).toEqual(expected)
        const found = pairs(nonZeroRanges(buffer, gap))
        const rebuilt = new Uint8Array(bytes.length)
        for (const [start = 0, length = 0] of found) rebuilt.set(bytes.slice(start, start + length), start)
        expect([...rebuilt]).toEqual(bytes)
        for (const [start = 0, length = 0] of found) {
          expect(bytes[start]).not.toBe(0)
          expect(bytes[start + length - 1]).not.toBe(0)
        }
      }),
    )
  })

  it('finds nothing in nothing', () => {
    expect(nonZeroRanges(new ArrayBuffer(0), 4)).toEqual([])
    expect(nonZeroRanges(new ArrayBuffer(65536), 4)).toEqual([])
  })
})

it('leaves out the code, which the other side has', () => {
  const instance = instantiate(instrumented)
  const sent = concat(writeState(module, captureState(module, instance), { withoutCode: true }))
  expect(sent.length).toBeLessThan(snapshotOf(instance).length)
  expect(withCode(sent, exampleModule)).toEqual(snapshotOf(instance))
})

describe('mergeSmallestGaps', () => {
  it('fills the smallest gaps first', () => {
    expect(mergeSmallestGaps([0, 1, 10, 1, 12, 1, 40, 2], 3)).toEqual([0, 1, 10, 3, 40, 2])
    expect(mergeSmallestGaps([0, 1, 10, 1, 12, 1, 40, 2], 2)).toEqual([0, 13, 40, 2])
    expect(mergeSmallestGaps([0, 1, 10, 1, 12, 1, 40, 2], 1)).toEqual([0, 42])
  })

  it('leaves exactly as many as are allowed, over the same bytes', () => {
    const gaps = array(record({ gap: integer({ min: 1, max: 9 }), length: integer({ min: 1, max: 9 }) }), {
      minLength: 1,
    })
    assert(
      property(gaps, integer({ min: 1, max: 20 }), (list, maximum) => {
        let at = 0
        const ranges = list.flatMap(({ gap, length }) => {
          const start = at + gap
          at = start + length
          return [start, length]
        })
        const merged = pairs(mergeSmallestGaps(ranges, maximum))
        expect(merged).toHaveLength(Math.min(list.length, maximum))
        const covered = ([start = 0, length = 0]: number[]): boolean =>
          merged.some(([from = 0, size = 0]) => from <= start && start + length <= from + size)
        expect(pairs(ranges).every(covered)).toBe(true)
      }),
    )
  })
})

describe('a snapshot', () => {
  it('is an instance that goes on where the other one stands', () => {
    const instance = instantiate(instrumented, 5)
    call(instance, 'store', 70_000 - 65536, -2)
    call(instance, 'store', 16, 0)
    call(instance, 'grow', 2)
    call(instance, 'keep', -(2n ** 63n), 1.5, -0)
    expect(call(instance, 'bump')).toBe(-2)
    const bytes = snapshotOf(instance)
    const next = instantiate(bytes, 100)
    expect(call(next, 'load', 70_000 - 65536)).toBe(-2)
    expect(call(next, 'load', 16)).toBe(0)
    expect(call(next, 'grow', 0)).toBe(3)
    expect(call(next, 'bump')).toBe(98)
    const again = instantiate(instrument(bytes).bytes)
    expect(again.exports[globalExport(2)]).toMatchObject({ value: -(2n ** 63n) })
    expect(again.exports[globalExport(3)]).toMatchObject({ value: 1.5 })
    expect(again.exports[globalExport(4)]).toMatchObject({ value: -0 })
  })

  it('writes any memory back to the byte', () => {
    const chunk = record({ at: integer({ min: 0, max: 2 * 65536 - 64 }), bytes: uint8Array({ maxLength: 64 }) })
    assert(
      property(array(chunk, { maxLength: 40 }), integer({ min: 0, max: 64 }), (chunks, gap) => {
        const instance = instantiate(instrumented)
        call(instance, 'grow', 1)
        const memory = memoryOf(instance)
        for (const { at, bytes } of chunks) memory.set(bytes, at)
        const written = concat(writeState(module, captureState(module, instance, { gap })))
        const back = memoryOf(instantiate(instrument(written).bytes))
        expect(Buffer.compare(back, memory)).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it('has at most ten thousand segments', () => {
    const instance = instantiate(instrumented)
    call(instance, 'grow', 7)
    const memory = memoryOf(instance)
    for (let at = 0; at < memory.length; at += 40) memory[at] = 1
    const state = captureState(module, instance)
    expect(state.ranges).toHaveLength(20_000)
    const back = memoryOf(instantiate(instrument(concat(writeState(module, state))).bytes))
    expect(Buffer.compare(back, memory)).toBe(0)
  })

  it('is the same for the same state', () => {
    const [one, other] = [instantiate(instrumented), instantiate(instrumented)]
    for (const instance of [one, other]) call(instance, 'store', 800, 9)
    expect(Buffer.compare(snapshotOf(one), snapshotOf(other))).toBe(0)
  })

  it('leaves out the exports that it is told to, and those of the instruments', () => {
    const state = captureState(module, instantiate(instrumented))
    const parts = writeState(parseCoreModule(instrumented), state, { drop: new Set(['bump', 'grow']) })
    const compiled = new WebAssembly.Module(concat(parts))
    expect(WebAssembly.Module.exports(compiled).map(({ name }) => name)).toEqual(['store', 'load', 'keep', 'memory'])
  })

  it('goes into a module that a tool made out of the hollow one', () => {
    const instance = instantiate(instrumented, 8)
    call(instance, 'bump')
    const template = parseCoreModule(refill(hollow(exampleModule), exampleModule))
    expect(call(instantiate(snapshotOf(instance, template), 0), 'bump')).toBe(1)
  })

  it('brings data to a module that had none', () => {
    const made = instrument(exampleWithout('data', 'dataCount'))
    const instance = instantiate(made.bytes)
    call(instance, 'store', 4, 77)
    const bytes = concat(writeState(made.module, captureState(made.module, instance)))
    expect(call(instantiate(bytes), 'load', 4)).toBe(77)
  })

  it('needs an instance of the instrumented module', () => {
    expect(() => captureState(module, instantiate(exampleModule))).toThrow(Unsnapshotable)
  })

  it('does not put a value into a global of another type', () => {
    const state = captureState(module, instantiate(instrumented))
    for (const globals of [[1n], [1, undefined, 1], [1, undefined, 1n, 1n]]) {
      expect(() => writeState(module, { ...state, globals })).toThrow(Unsnapshotable)
    }
  })
})

describe('assertSnapshotable', () => {
  const refused = (sections: Readonly<Record<string, Bytes[]>>): string => {
    const bytes = assemble(...Object.values(sections))
    expect(WebAssembly.validate(bytes)).toBe(true)
    try {
      assertSnapshotable(parseCoreModule(bytes))
    } catch (error) {
      if (error instanceof Unsnapshotable) return error.message
      throw error
    }
    return 'nothing'
  }
  const memory = vectorSection(5, [[0, 1]])
  const type = vectorSection(1, [functionType([], [])])
  const table = vectorSection(4, [[0x70, 0, 1]])
  const code = (...instructions: number[]): Bytes[] => vectorSection(10, [body(...instructions)])
  const withCode = (...instructions: number[]): Readonly<Record<string, Bytes[]>> => ({
    type,
    function: vectorSection(3, [[0]]),
    table,
    memory,
    code: code(...instructions),
  })

  it('takes a module of one memory and numbers', () => {
    expect(refused(exampleSections)).toBe('nothing')
    expect(refused({ memory })).toBe('nothing')
    expect(refused(withCode(0x01))).toBe('nothing')
  })

  it.each([
    ['no memory', {}, /0 memories/],
    ['an imported memory', { import: vectorSection(2, [[...name('m'), ...name('m'), 2, 0, 1]]) }, /imports its memory/],
    ['an imported global', { import: vectorSection(2, [[...name('m'), ...name('g'), 3, 0x7f, 0]]), memory }, /global/],
    ['an imported table', { import: vectorSection(2, [[...name('m'), ...name('t'), 1, 0x70, 0, 1]]), memory }, /table/],
    ['an exported table', { table, memory, export: vectorSection(7, [exported('t', 1, 0)]) }, /exports a table, "t"/],
    ['passive data', { memory, data: vectorSection(11, [[1, 0]]) }, /passive data/],
    ['passive elements', { memory, element: vectorSection(9, [[1, 0, 0]]) }, /elements/],
    [
      'a start function',
      { type, function: vectorSection(3, [[0]]), memory, start: section(8, [[0]]), code: code() },
      /start function/,
    ],
    ['a shared memory', { memory: vectorSection(5, [[3, 1, 1]]) }, /shared/],
    ['a reference', { memory, global: vectorSection(6, [[0x70, 1, 0xd0, 0x70, 0x0b]]) }, /global 0/],
    ['table.set', withCode(0x41, 0, 0xd0, 0x70, 0x26, 0), /function 0 uses table\.set/],
    ['table.grow', withCode(0xd0, 0x70, 0x41, 0, 0xfc, 15, 0, 0x1a), /table\.grow/],
    ['table.copy', withCode(0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 14, 0, 0), /table\.copy/],
    ['table.fill', withCode(0x41, 0, 0xd0, 0x70, 0x41, 0, 0xfc, 17, 0), /table\.fill/],
  ])('refuses %s', (_, sections, reason) => {
    expect(refused(sections)).toMatch(reason)
  })

  it('refuses code that depends on its segments', () => {
    const { code = [], ...before } = withCode(0xfc, 9, 0)
    const data = vectorSection(11, [[0, 0x41, 0, 0x0b, 0]])
    expect(refused({ ...before, dataCount: section(12, [[1]]), code, data })).toMatch(/data\.drop/)
  })
})
