import { valueTypes, type CoreModule } from './core-module.ts'
import { eachBody, walkBody } from './instructions.ts'
import { BinaryReader } from './reader.ts'
import { encodeLimits, globalExport, isInstrumentExport, memoryExport, replaceData } from './rewrite.ts'
import { sectionIds } from './sections.ts'
import {
  putSleb,
  putUleb,
  section,
  sleb,
  sleb64,
  slebLength,
  uleb,
  ulebLength,
  vectorSection,
  type Bytes,
} from './writer.ts'

const { core } = sectionIds
const pageSize = 65536

/** Engines take up to 100,000 data segments; ten thousand keeps their headers small beside the data. */
const maximumSegments = 10_000

/** A run of zeroes up to this long is written out: a segment of its own costs about as much. */
const defaultGap = 32

/** The state of an instance, as far as a snapshot holds it. Valid as long as the memory neither changes nor grows. */
export interface SnapshotState {
  readonly pages: number
  /** The value of every mutable global, by its position among the defined ones. */
  readonly globals: readonly (number | bigint | undefined)[]
  /** Offset and length of every stretch of memory that is not zero, in turns. */
  readonly ranges: readonly number[]
  readonly buffer: ArrayBuffer
}

/** A module whose state a snapshot cannot hold; the message says what stands against it. */
export class Unsnapshotable extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Unsnapshotable'
  }
}

/**
 * Offset and length, in turns, of the stretches of `buffer` that are not zero. Two stretches become one where at most
 * `gap` zero bytes are between them. Words of four bytes are compared, for speed: zeroes between two neighbouring words
 * that are not zero, six at most, stay inside a stretch whatever the gap. Words below the address `from` are not looked
 * at.
 */
export function nonZeroRanges(buffer: ArrayBuffer, gap: number, from = 0): number[] {
  const words = new Uint32Array(buffer, 0, buffer.byteLength >>> 2)
  const bytes = new Uint8Array(buffer)
  const ranges: number[] = []
  let start = -1
  let end = 0
  const extend = (first: number, last: number): void => {
    if (start >= 0 && first - end <= gap) {
      end = last
      return
    }
    if (start >= 0) ranges.push(start, end - start)
    start = first
    end = last
  }
  const count = words.length
  let i = Math.min(from >>> 2, count)
  while (i < count) {
    while (i < count && words[i] === 0) i++
    if (i === count) break
    let first = i * 4
    while (i < count && words[i] !== 0) i++
    let last = i * 4
    while (bytes[first] === 0) first++
    while (bytes[last - 1] === 0) last--
    extend(first, last)
  }
  for (let at = count * 4; at < bytes.length; at++) if (bytes[at] !== 0) extend(at, at + 1)
  if (start >= 0) ranges.push(start, end - start)
  return ranges
}

/** The same ranges, the smallest gaps filled until at most `maximum` are left. */
export function mergeSmallestGaps(ranges: readonly number[], maximum: number): readonly number[] {
  const count = ranges.length / 2
  if (count <= maximum) return ranges
  const at = (i: number): number => ranges[i] ?? 0
  const gapBefore = (i: number): number => at(2 * i) - (at(2 * i - 2) + at(2 * i - 1))
  const smallest = Uint32Array.from({ length: count - 1 }, (_, i) => i + 1)
    .toSorted((a, b) => gapBefore(a) - gapBefore(b) || a - b)
    .subarray(0, count - maximum)
  const joined = new Uint8Array(count)
  for (const i of smallest) joined[i] = 1
  const merged: number[] = []
  for (let i = 0; i < count; i++) {
    const [start, length] = [at(2 * i), at(2 * i + 1)]
    if (joined[i] === 1) merged[merged.length - 1] = start + length - (merged[merged.length - 2] ?? 0)
    else merged.push(start, length)
  }
  return merged
}

export interface CaptureOptions {
  /** A run of zeroes up to this long is written out. */
  readonly gap?: number
  /** What is below this address is no part of the state, which has zeroes there. */
  readonly from?: number
}

/** Takes hold of the state of `instance`, an instance of what `instrument` made; `module` is the module before. */
export function captureState(
  module: CoreModule,
  instance: WebAssembly.Instance,
  { gap = defaultGap, from = 0 }: CaptureOptions = {},
): SnapshotState {
  const memory = instance.exports[memoryExport]
  const globals = module.globals.map((global, i) => {
    if (!global.mutable) return undefined
    const exported = instance.exports[globalExport(i)]
    const value: unknown = exported instanceof WebAssembly.Global ? exported.value : undefined
    if (typeof value === 'number' || typeof value === 'bigint') return value
    throw new Unsnapshotable(`the value of global ${i} is not in reach`)
  })
  if (!(memory instanceof WebAssembly.Memory)) throw new Unsnapshotable('the memory is not in reach')
  const { buffer } = memory
  const ranges = mergeSmallestGaps(nonZeroRanges(buffer, gap, from), maximumSegments)
  return { pages: buffer.byteLength / pageSize, globals, ranges, buffer }
}

/** Bytes of memory that a snapshot writes out. */
export const stateBytes = ({ ranges }: SnapshotState): number =>
  ranges.reduce((sum, value, index) => sum + (index % 2 === 0 ? 0 : value), 0)

export interface WriteOptions {
  /** Exports to leave out; those of `instrument` are always left out. */
  readonly drop?: ReadonlySet<string>
  /**
   * Whether an empty section stands in the place of the code: for a way on which the other side has the same code
   * already. It is no valid module before `withCode`.
   */
  readonly withoutCode?: boolean
}

/**
 * `module` with `state` as its initial state, in parts. `module` may be another one than that which ran, as long as its
 * memory and its globals are the same, such as the module that a tool made out of the hollow one.
 */
export function writeState(
  module: CoreModule,
  state: SnapshotState,
  { drop, withoutCode }: WriteOptions = {},
): Uint8Array[] {
  const { bytes } = module
  const segments = state.ranges.length / 2
  const parts = replaceData(module, [writeData(state)], ({ id }) => {
    switch (id) {
      case core.memory:
        return vectorSection(
          id,
          module.memories.map((memory) => encodeLimits({ ...memory, minimum: state.pages })),
        )
      case core.global:
        return vectorSection(id, writeGlobals(module, state))
      case core.export:
        return vectorSection(
          id,
          module.exports
            .filter(({ name }) => !isInstrumentExport(name) && !drop?.has(name))
            .map(({ start, end }) => bytes.subarray(start, end)),
        )
      case core.dataCount:
        return section(id, [uleb(segments)])
      case core.code:
        return withoutCode ? section(id, []) : undefined
      default:
        return undefined
    }
  })
  return parts.map((part) => (part instanceof Uint8Array ? part : Uint8Array.from(part)))
}

function writeGlobals({ bytes, globals }: CoreModule, state: SnapshotState): Bytes[] {
  return globals.map((global, i) => {
    const value = state.globals[i]
    if (!global.mutable || value === undefined) return bytes.subarray(global.start, global.end)
    return [global.type, 1, ...constant(global.type, value), 0x0b]
  })
}

function constant(type: number, value: number | bigint): number[] {
  if (type === valueTypes.i64 && typeof value === 'bigint') return [0x42, ...sleb64(value)]
  if (typeof value === 'number') {
    if (type === valueTypes.i32) return [0x41, ...sleb(value)]
    if (type === valueTypes.f32) return [0x43, ...new Uint8Array(Float32Array.of(value).buffer)]
    if (type === valueTypes.f64) return [0x44, ...new Uint8Array(Float64Array.of(value).buffer)]
  }
  throw new Unsnapshotable(`a global of type 0x${type.toString(16)} cannot hold ${value}`)
}

/** The data section in one piece: one copy of every range, and no list of thousands of parts to walk through. */
function writeData({ ranges, buffer }: SnapshotState): Uint8Array {
  const memory = new Uint8Array(buffer)
  const count = ranges.length / 2
  // Of every range: the flag, the offset as a constant expression, the length.
  let size = ulebLength(count)
  for (let i = 0; i < ranges.length; i += 2) {
    const [start, length] = [ranges[i] ?? 0, ranges[i + 1] ?? 0]
    size += 3 + slebLength(start) + ulebLength(length) + length
  }
  const whole = new Uint8Array(1 + ulebLength(size) + size)
  whole[0] = core.data
  let at = putUleb(whole, count, putUleb(whole, size, 1))
  for (let i = 0; i < ranges.length; i += 2) {
    const [start, length] = [ranges[i] ?? 0, ranges[i + 1] ?? 0]
    whole[at] = 0
    whole[at + 1] = 0x41
    at = putSleb(whole, start, at + 2)
    whole[at] = 0x0b
    at = putUleb(whole, length, at + 1)
    whole.set(memory.subarray(start, start + length), at)
    at += length
  }
  return whole
}

function refuse(reason: string): never {
  throw new Unsnapshotable(reason)
}

/**
 * Refuses modules whose state is more than one memory and the values of numeric globals: throws `Unsnapshotable`. To be
 * asked of the module whose exports are those that stay. Looks through all code, which takes a moment.
 */
export function assertSnapshotable(module: CoreModule): void {
  const { imported } = module
  if (imported.memory > 0) refuse('the module imports its memory')
  if (imported.global > 0) refuse('the module imports a global')
  if (imported.table > 0) refuse('the module imports a table')
  if (module.memories.length !== 1) refuse(`the module has ${module.memories.length} memories, not one`)
  if (module.memories.some(({ flags }) => flags & 6)) refuse('the memory is shared or has 64-bit addresses')
  if (module.start !== undefined) refuse('the module has a start function, which would run again')
  if (module.data.some(({ flags }) => flags === 1)) refuse('the module has passive data')
  if (module.elements.some(({ flags }) => flags & 1)) refuse('the module has passive or declared elements')
  const numeric: readonly number[] = [valueTypes.i32, valueTypes.i64, valueTypes.f32, valueTypes.f64]
  const opaque = module.globals.findIndex((global) => global.mutable && !numeric.includes(global.type))
  if (opaque >= 0) refuse(`global ${opaque} is mutable and not a number`)
  const table = module.exports.find(({ kind }) => kind === 'table')
  if (table !== undefined) refuse(`the module exports a table, "${table.name}", that others could change`)
  const code = module.sections.find(({ id }) => id === core.code)
  if (code === undefined) return
  eachBody(new BinaryReader(module.bytes, code.body, code.end), (body, index) =>
    walkBody(body, {
      instruction(opcode, sub) {
        const name = opcode === 0x26 ? 'table.set' : opcode === 0xfc ? changesMore[sub] : undefined
        if (name !== undefined) refuse(`function ${imported.function + index} uses ${name}`)
      },
    }),
  )
}

/** The instructions with prefix 0xfc that change tables, or that depend on segments which a snapshot replaces. */
const changesMore: Readonly<Record<number, string>> = {
  8: 'memory.init',
  9: 'data.drop',
  12: 'table.init',
  13: 'elem.drop',
  14: 'table.copy',
  15: 'table.grow',
  17: 'table.fill',
}
