import { readTable } from './core-module.ts'
import {
  readExport,
  readExternKind,
  readImport,
  readLimits,
  readValueType,
  readVector,
  type Limits,
} from './core-types.ts'
import { BinaryReader, MalformedBinary } from './reader.ts'
import { layer, readSections, sectionIds, type Section } from './sections.ts'
import { concat, uleb, vectorSection, type Bytes } from './writer.ts'

const { core } = sectionIds

/** A module asks at once for more than it may ever have. */
export class LimitExceeded extends Error {
  readonly kind: 'memory' | 'table'
  /** Pages of 64 KiB, or elements. */
  readonly asked: number
  readonly allowed: number

  constructor(kind: 'memory' | 'table', asked: number, allowed: number) {
    const unit = kind === 'memory' ? 'pages' : 'elements'
    super(`a ${kind} starts with ${asked} ${unit}, more than the ${allowed} that are allowed`)
    this.name = 'LimitExceeded'
    this.kind = kind
    this.asked = asked
    this.allowed = allowed
  }
}

export interface Caps {
  /** Of each memory, in pages of 64 KiB. */
  readonly memoryPages: number
  /** Of each table. */
  readonly tableElements: number
}

/** No engine takes more memories or tables in a module; giving up early keeps the work within bounds. */
const mostPerModule = 100_000

/** How a vector item is cut so that only its limits are written anew: bytes before them, the limits, bytes after. */
interface Cut {
  readonly kind: 'memory' | 'table'
  readonly limits: Limits
  readonly start: number
  readonly end: number
}

/** What `clampLimits` made of a module. */
export interface Clamped<T extends Uint8Array> {
  readonly bytes: T | Uint8Array<ArrayBuffer>
  /** How many maxima were lowered or put in. */
  readonly clamped: number
  /** How many memories and tables there are, each of which may grow up to its cap. */
  readonly memories: number
  readonly tables: number
}

/**
 * The core module with a maximum on every memory and every table, defined or imported, that is at most the cap. A
 * module that is within the caps already comes back as it is. Throws `LimitExceeded` where one starts above its cap, and
 * `MalformedBinary`.
 */
export function clampLimits<T extends Uint8Array>(bytes: T, caps: Caps): Clamped<T> {
  if (layer(bytes) !== 'module') throw new MalformedBinary(0, 'no preamble of a core module')
  let clamped = 0
  const count = { memory: 0, table: 0 }
  const clamp = ({ kind, limits, start }: Cut): number[] => {
    if (++count[kind] > mostPerModule) throw new MalformedBinary(start, `more than ${mostPerModule} of a kind`)
    const cap = kind === 'memory' ? caps.memoryPages : caps.tableElements
    if (limits.minimum > cap) throw new LimitExceeded(kind, limits.minimum, cap)
    const maximum = Math.min(limits.maximum ?? cap, cap)
    if (maximum !== limits.maximum) clamped++
    return [limits.flags | 1, ...uleb(limits.minimum), ...uleb(maximum)]
  }
  const parts: Bytes[] = [bytes.subarray(0, 8)]
  for (const section of readSections(bytes)) {
    const cut = cutters[section.id]
    if (cut === undefined) {
      parts.push(bytes.subarray(section.start, section.end))
      continue
    }
    const items = readWhole(bytes, section, (reader) => {
      const start = reader.offset
      const limits = cut(reader)
      if (limits === undefined) return bytes.subarray(start, reader.offset)
      return concat([bytes.subarray(start, limits.start), clamp(limits), bytes.subarray(limits.end, reader.offset)])
    })
    // One part: a hostile vector may have more items than fit on the stack as arguments.
    parts.push(concat(vectorSection(section.id, items)))
  }
  const counts = { clamped, memories: count.memory, tables: count.table }
  return clamped === 0 ? { bytes, ...counts } : { bytes: concat(parts), ...counts }
}

function readWhole<T>(bytes: Uint8Array, section: Section, item: (reader: BinaryReader) => T): T[] {
  const reader = new BinaryReader(bytes, section.body, section.end)
  const items = readVector(reader, item)
  if (!reader.atEnd) throw new MalformedBinary(reader.offset, 'section is longer than its content')
  return items
}

function cutLimits(kind: 'memory' | 'table', reader: BinaryReader): Cut {
  const start = reader.offset
  const limits = readLimits(reader)
  return { kind, limits, start, end: reader.offset }
}

const cutters: Readonly<Record<number, (reader: BinaryReader) => Cut | undefined>> = {
  [core.memory]: (reader) => cutLimits('memory', reader),
  [core.table]: (reader) => {
    const whole = new BinaryReader(reader.source, reader.offset, reader.end)
    const table = readTable(whole)
    if (table.init !== undefined) reader.bytes(2)
    readValueType(reader)
    const cut = cutLimits('table', reader)
    reader.bytes(whole.offset - reader.offset)
    return cut
  },
  [core.import]: (reader) => {
    const whole = new BinaryReader(reader.source, reader.offset, reader.end)
    const { kind, end } = readImport(whole)
    reader.name()
    reader.name()
    readExternKind(reader)
    if (kind === 'table') readValueType(reader)
    if (kind === 'table' || kind === 'memory') return cutLimits(kind, reader)
    reader.bytes(end - reader.offset)
    return undefined
  },
}

// What would end a JavaScript string literal or template, begin an escape, or hide in one: quotes, backslash, control
// characters and JavaScript's two further line terminators.
// oxlint-disable-next-line no-control-regex
const unsafe = /['"`\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/**
 * The names of imports (module and field) and exports of a core module that must not be put into JavaScript text, for
 * tools that do so without quoting.
 */
export function unsafeNames(bytes: Uint8Array): string[] {
  if (layer(bytes) !== 'module') throw new MalformedBinary(0, 'no preamble of a core module')
  const names = readSections(bytes).flatMap((section) => {
    if (section.id === core.import) {
      return readWhole(bytes, section, readImport).flatMap((item) => [item.module, item.name])
    }
    return section.id === core.export ? readWhole(bytes, section, readExport).map((item) => item.name) : []
  })
  return names.filter((name) => unsafe.test(name))
}
