import { BinaryReader, MalformedBinary } from './reader.ts'

/** Section ids of core modules (core specification, 5.5.2) and of components (Binary.md#component-definitions). */
export const sectionIds = {
  custom: 0,
  core: {
    type: 1,
    import: 2,
    function: 3,
    table: 4,
    memory: 5,
    global: 6,
    export: 7,
    start: 8,
    element: 9,
    code: 10,
    data: 11,
    dataCount: 12,
    tag: 13,
  },
  component: {
    coreModule: 1,
    coreInstance: 2,
    coreType: 3,
    component: 4,
    instance: 5,
    alias: 6,
    type: 7,
    canon: 8,
    start: 9,
    import: 10,
    export: 11,
    value: 12,
  },
} as const

/** The only order in which the sections of a core module may come (core specification, 5.5.16). */
const coreOrder: readonly number[] = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11]

/** Where in that order a section comes; -1 for custom sections, which may stand anywhere, and for unknown ones. */
export const coreSectionPosition = (id: number): number => coreOrder.indexOf(id)

export interface Section {
  readonly id: number
  /** Where the id stands. */
  readonly start: number
  /** Where the content begins, after the id and the size. Of a custom section: at its name. */
  readonly body: number
  readonly end: number
  /** Only custom sections have a name. */
  readonly name?: string
}

/** What the preamble announces, or undefined where there is no preamble of a known version. */
export function layer(bytes: Uint8Array): 'module' | 'component' | undefined {
  if (bytes.length < 8) return undefined
  if (bytes[0] !== 0x00 || bytes[1] !== 0x61 || bytes[2] !== 0x73 || bytes[3] !== 0x6d) return undefined
  const version = bytes.subarray(4, 8).join()
  // Binary.md#component-definitions: the last two bytes are the layer, 0 for core modules and 1 for components.
  if (version === '1,0,0,0') return 'module'
  if (version === '13,0,1,0') return 'component'
  return undefined
}

/** The sections of a core module or of a component, in their order. */
export function readSections(bytes: Uint8Array): Section[] {
  if (layer(bytes) === undefined) throw new MalformedBinary(0, 'no preamble of a core module or a component')
  const sections: Section[] = []
  const reader = new BinaryReader(bytes, 8)
  while (!reader.atEnd) {
    const start = reader.offset
    const id = reader.u8()
    const size = reader.u32()
    const body = reader.offset
    reader.bytes(size)
    const end = reader.offset
    if (id === sectionIds.custom) {
      sections.push({ id, start, body, end, name: new BinaryReader(bytes, body, end).name() })
    } else {
      sections.push({ id, start, body, end })
    }
  }
  return sections
}

/** The content of the first custom section of that name, after the name; undefined where there is none. */
export function customSection(bytes: Uint8Array, name: string): Uint8Array | undefined {
  const found = readSections(bytes).find((section) => section.id === sectionIds.custom && section.name === name)
  if (found === undefined) return undefined
  const reader = new BinaryReader(bytes, found.body, found.end)
  reader.name()
  return reader.bytes(found.end - reader.offset)
}
