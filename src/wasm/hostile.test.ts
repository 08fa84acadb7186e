import { assert, integer, property, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coreModules, splitAroundCoreModule } from './components.ts'
import { exportSignatures, importSignatures, parseCoreModule } from './core-module.ts'
import { component, exampleModule, exampleSections } from './example-module.ts'
import { sideModule, mainModule } from './example-side-module.ts'
import { clampLimits, LimitExceeded, unsafeNames } from './limits.ts'
import { linkSideModule, Unlinkable } from './link.ts'
import { MalformedBinary } from './reader.ts'
import { hollow, instrument, keepExports, refill, renameImportModules, setMemoryMaximum } from './rewrite.ts'
import { customSection, readSections } from './sections.ts'
import { assertSnapshotable, Unsnapshotable, writeState } from './snapshot.ts'
import { concat, section } from './writer.ts'

const caps = { memoryPages: 16, tableElements: 16 }
const state = { pages: 1, globals: [1, undefined, 1n, 1, 1], ranges: [8, 2], buffer: new ArrayBuffer(16) }
const link = { memoryBase: 1024, prefix: 'side_' }

/** Everything that takes a core module that somebody else made. */
const readers: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  readSections,
  customSection: (bytes) => customSection(bytes, 'note'),
  exportSignatures: (bytes) => exportSignatures(parseCoreModule(bytes)),
  importSignatures: (bytes) => importSignatures(parseCoreModule(bytes)),
  keepExports: (bytes) => keepExports(bytes, new Set(['load'])),
  renameImportModules: (bytes) => renameImportModules(bytes, () => 'other'),
  instrument: (bytes) => instrument(bytes),
  refill: (bytes) => refill(hollow(bytes), exampleModule),
  setMemoryMaximum: (bytes) => setMemoryMaximum(bytes, 16),
  clampLimits: (bytes) => clampLimits(bytes, caps),
  unsafeNames,
  assertSnapshotable: (bytes) => assertSnapshotable(parseCoreModule(bytes)),
  writeState: (bytes) => concat(writeState(parseCoreModule(bytes), state)),
  splitAroundCoreModule: (bytes) => splitAroundCoreModule(bytes),
  coreModules: (bytes) => coreModules(bytes),
  linkSideModule: (bytes) => linkSideModule(mainModule, bytes, link),
  'linkSideModule, the main module': (bytes) => linkSideModule(bytes, sideModule, link),
}

const expected = [MalformedBinary, LimitExceeded, Unsnapshotable, Unlinkable]

/** Whether `read` answered; a refusal by name is fine, everything else fails the test. */
function answers(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): boolean {
  try {
    read(bytes)
    return true
  } catch (error) {
    if (expected.some((known) => error instanceof known)) return false
    throw error
  }
}

const samples = {
  'a core module': exampleModule,
  'a component': component(section(1, [exampleModule]), section(4, [component(section(1, [exampleModule]))])),
  'a main module': mainModule,
  'a side module': sideModule,
}

describe.each(Object.entries(samples))('%s', (_, sample) => {
  it('is refused by name wherever it is cut off', () => {
    for (const read of Object.values(readers)) {
      for (let length = 0; length < sample.length; length++) answers(read, sample.subarray(0, length))
    }
  })

  it('is read or refused by name, whatever bytes are changed', () => {
    const outcomes = new Map<boolean, number>()
    const change = integer({ min: 0, max: sample.length - 1 })
    const byte = integer({ min: 0, max: 255 })
    assert(
      property(change, byte, change, byte, (at, value, other, second) => {
        const changed = Uint8Array.from(sample)
        changed[at] = value
        // Half of the runs change one byte only.
        if (second & 1) changed[other] = second
        for (const read of Object.values(readers)) {
          const answered = answers(read, changed)
          outcomes.set(answered, (outcomes.get(answered) ?? 0) + 1)
        }
      }),
      { numRuns: sample === exampleModule ? 2000 : 400 },
    )
    expect([...outcomes.keys()].toSorted()).toEqual([false, true])
  })
})

it('what an engine takes is read, and stays valid when it is rewritten', () => {
  let valid = 0
  const change = integer({ min: 8, max: exampleModule.length - 1 })
  assert(
    property(change, integer({ min: 0, max: 255 }), (at, value) => {
      const changed = Uint8Array.from(exampleModule)
      changed[at] = value
      if (!WebAssembly.validate(changed)) return
      valid++
      const module = parseCoreModule(changed)
      const rewritten = [
        keepExports(changed, new Set(['load', 'memory'])),
        renameImportModules(changed, () => 'other'),
        instrument(changed).bytes,
        hollow(changed),
        refill(hollow(changed), changed),
        clampLimits(changed, { memoryPages: 2 ** 16, tableElements: 2 ** 20 }).bytes,
      ]
      for (const bytes of rewritten) expect(WebAssembly.validate(Uint8Array.from(bytes))).toBe(true)
      expect(rewritten[4]).toEqual(changed)
      const exports = WebAssembly.Module.exports(new WebAssembly.Module(changed))
      expect(module.exports.map(({ name, kind }) => ({ name, kind }))).toEqual(exports)
    }),
    { numRuns: 2000 },
  )
  expect(valid).toBeGreaterThan(100)
})

it('bytes that are anything behind a preamble are read or refused by name', () => {
  for (const preamble of [exampleModule.subarray(0, 8), component()]) {
    assert(
      property(uint8Array({ maxLength: 60 }), (bytes) => {
        for (const read of Object.values(readers)) answers(read, concat([preamble, bytes]))
      }),
      { numRuns: 400 },
    )
  }
})

it('counts that lie are refused before they are believed', () => {
  const most = [0xff, 0xff, 0xff, 0xff, 0x0f]
  for (const id of [1, 2, 3, 4, 5, 6, 7, 9, 11]) {
    const bytes = concat([exampleModule.subarray(0, 8), ...section(id, [most])])
    expect(() => parseCoreModule(bytes)).toThrow(MalformedBinary)
  }
  const code = concat([exampleModule.subarray(0, 8), ...exampleSections.memory, ...section(10, [most])])
  expect(() => assertSnapshotable(parseCoreModule(code))).toThrow(MalformedBinary)
})

it('a cut-off module is not taken for a whole one', () => {
  // The last section is a custom one; every cut inside of a section is noticed.
  const ends = new Set(readSections(exampleModule).map(({ end }) => end))
  for (let length = 0; length < exampleModule.length; length++) {
    const answered = answers(readSections, exampleModule.subarray(0, length))
    expect(answered).toBe(length === 8 || ends.has(length))
  }
})
