import { evaluateI32 } from './constant-expression.ts'
import { parseCoreModule, type CoreModule } from './core-module.ts'
import { readVector } from './core-types.ts'
import { BinaryReader, MalformedBinary } from './reader.ts'
import { layer, readSections, sectionIds, type Section } from './sections.ts'

/**
 * What the bytes of a component are for. `code` and `data` are those of its first core module, which is where the guest
 * and the engine under it are; `guest-data` is what differs from the engine as it was shipped.
 */
export const partGroups = ['code', 'data', 'guest-data', 'glue', 'adapters', 'interface', 'notes'] as const
export type PartGroup = (typeof partGroups)[number]

/** A stretch of a component; those within add up to it. */
export interface Part {
  readonly kind: 'component' | 'module' | 'section' | 'piece'
  readonly name: string
  readonly bytes: number
  /** Of a part without parts. */
  readonly group?: PartGroup
  readonly parts?: readonly Part[]
}

export interface PartOptions {
  /** The engine's core module as it was shipped, to tell what was added to its data. */
  readonly image?: Uint8Array
}

/** Components nest as deep as whoever wrote them likes; below this they are taken as a whole. */
const deepest = 16
const pageSize = 65536

const sectionNames = (ids: Readonly<Record<string, number>>): ReadonlyMap<number, string> =>
  new Map(Object.entries(ids).map(([name, id]) => [id, name]))
const coreNames = sectionNames(sectionIds.core)
const componentNames = sectionNames(sectionIds.component)

/**
 * The parts of a component down to the sections of every core module in it; all bytes are in exactly one leaf. Throws
 * `MalformedBinary`.
 */
export function componentParts(bytes: Uint8Array, { image }: PartOptions = {}): Part {
  if (layer(bytes) !== 'component') throw new MalformedBinary(0, 'no preamble of a component')
  return componentPart(bytes, 'component', bytes.length, { image, depth: 0 })
}

/** Bytes by what they are for. */
export function groupBytes(part: Part): Readonly<Record<PartGroup, number>> {
  const sums = { code: 0, data: 0, 'guest-data': 0, glue: 0, adapters: 0, interface: 0, notes: 0 }
  const add = ({ parts, group, bytes }: Part): void => {
    if (parts !== undefined) for (const each of parts) add(each)
    else if (group !== undefined) sums[group] += bytes
  }
  add(part)
  return sums
}

interface Whereabouts {
  readonly image: Uint8Array | undefined
  readonly depth: number
}

/** `whole`: with the id and the length of the section that it is in. */
function componentPart(bytes: Uint8Array, name: string, whole: number, { image, depth }: Whereabouts): Part {
  const { component: ids } = sectionIds
  const names = coreModuleNames(bytes)
  const parts: Part[] = [leaf('section', 'preamble', 8, 'interface')]
  let modules = 0
  for (const section of readSections(bytes)) {
    const { id, start, body, end } = section
    const size = end - start
    if (id === ids.coreModule) {
      const index = modules++
      const title = names.get(index) ?? `core module ${index}`
      const main = depth === 0 && index === 0
      const content = bytes.subarray(body, end)
      parts.push(modulePart(content, title, size, main ? 'code' : moduleGroup(title), main ? image : undefined))
    } else if (id === ids.component && depth < deepest) {
      parts.push(
        componentPart(bytes.subarray(body, end), 'nested component', size, { image: undefined, depth: depth + 1 }),
      )
    } else if (id === sectionIds.custom) {
      parts.push(leaf('section', section.name ?? 'custom', size, 'notes'))
    } else {
      parts.push(leaf('section', componentNames.get(id) ?? `section ${id}`, size, 'interface'))
    }
  }
  return framed({ kind: 'component', name, parts }, whole, 'interface')
}

/** wit-component names what it adds: `wit-component:adapter:…` is what the engine brought along, the rest is its own. */
const moduleGroup = (name: string): PartGroup => (name.includes(':adapter:') ? 'glue' : 'adapters')

function modulePart(
  bytes: Uint8Array,
  name: string,
  whole: number,
  group: PartGroup,
  image: Uint8Array | undefined,
): Part {
  const parts = readSections(bytes).map((section): Part => {
    const size = section.end - section.start
    if (section.id === sectionIds.custom) return leaf('section', section.name ?? 'custom', size, 'notes')
    const title = coreNames.get(section.id) ?? `section ${section.id}`
    if (section.id !== sectionIds.core.data || group !== 'code') return leaf('section', title, size, group)
    return dataPart(bytes, section, image)
  })
  return framed({ kind: 'module', name, parts: [leaf('section', 'preamble', 8, group), ...parts] }, whole, group)
}

/** The data of the main module: how much of it is as it was in the image, byte for byte and at the same address. */
function dataPart(bytes: Uint8Array, section: Section, image: Uint8Array | undefined): Part {
  const size = section.end - section.start
  const shipped = image && shippedData(image)
  if (shipped === undefined) return leaf('section', 'data', size, 'data')
  const module = parseCoreModule(bytes)
  let changed = 0
  let reached = 0
  for (const { content, offset } of module.data) {
    const known = offset === undefined ? -1 : addressOf(module, offset)
    const at = known < 0 ? shipped.length : known
    const length = content.end - content.start
    let same = 0
    for (let i = 0; i < length; i++) if (shipped[at + i] === bytes[content.start + i]) same++
    changed += length - same
    // Where a stretch is to go stands before it, and is there for whoever put something in it.
    if (same === 0) changed += content.start - (reached || content.start)
    reached = content.end
  }
  const parts = [
    leaf('piece', 'as in the engine', size - changed, 'data'),
    leaf('piece', 'added or changed by the guest', changed, 'guest-data'),
  ]
  return { kind: 'section', name: 'data', bytes: size, parts }
}

/** No byte has this value: the image says nothing about the address. */
const nothing = 256

/** What the image puts into memory, by address; undefined where that cannot be said. */
function shippedData(image: Uint8Array): Uint16Array | undefined {
  const module = parseCoreModule(image)
  const [memory] = module.memories
  if (memory === undefined || module.memories.length !== 1) return undefined
  const content = new Uint16Array(memory.minimum * pageSize).fill(nothing)
  for (const segment of module.data) {
    if (segment.offset === undefined) continue
    const at = addressOf(module, segment.offset)
    if (at < 0 || at + segment.content.end - segment.content.start > content.length) return undefined
    content.set(image.subarray(segment.content.start, segment.content.end), at)
  }
  return content
}

/** -1 where the address is not a plain constant. */
function addressOf(module: CoreModule, offset: { readonly start: number; readonly end: number }): number {
  try {
    return evaluateI32(module.bytes, offset, []) >>> 0
  } catch (error) {
    if (error instanceof MalformedBinary) return -1
    throw error
  }
}

const leaf = (kind: Part['kind'], name: string, bytes: number, group: PartGroup): Part => ({ kind, name, bytes, group })

/** With what is around it: the id and the length of the section that it is in. */
function framed(part: Omit<Part, 'bytes'>, whole: number, group: PartGroup): Part {
  const parts = part.parts ?? []
  const frame = whole - parts.reduce((sum, { bytes }) => sum + bytes, 0)
  return {
    ...part,
    bytes: whole,
    parts: frame > 0 ? [...parts, leaf('piece', 'section header', frame, group)] : parts,
  }
}

/** The names of a component's core modules, as its `component-name` section says. Names are a courtesy: broken ones are none. */
function coreModuleNames(bytes: Uint8Array): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  const section = readSections(bytes).find(({ name }) => name === 'component-name')
  if (section === undefined) return names
  try {
    const reader = new BinaryReader(bytes, section.body, section.end)
    reader.name()
    while (!reader.atEnd) {
      const id = reader.u8()
      const size = reader.u32()
      const content = new BinaryReader(bytes, reader.offset, reader.offset + size)
      reader.bytes(size)
      // Binary.md#name-section: 1 names the items of a sort, and 0x00 0x11 is the sort of core modules.
      if (id !== 1 || content.u8() !== 0 || content.u8() !== 0x11) continue
      readVector(content, (item) => names.set(item.u32(), item.name()))
    }
  } catch (error) {
    if (!(error instanceof MalformedBinary)) throw error
  }
  return names
}
