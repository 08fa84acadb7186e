import { parseCoreModule, type CoreModule, type Limits } from './core-module.ts'
import { LimitExceeded } from './limits.ts'
import { BinaryReader, MalformedBinary } from './reader.ts'
import { coreSectionPosition, sectionIds, type Section } from './sections.ts'
import { concat, name, section as sectionOf, uleb, vectorSection, type Bytes } from './writer.ts'

const { core } = sectionIds

/** The names under which `instrument` exports what a snapshot must see. */
export const memoryExport = 'witcraft:memory'
export const globalExport = (definedGlobal: number): string => `witcraft:global:${definedGlobal}`
export const isInstrumentExport = (name: string): boolean => name.startsWith('witcraft:')

/** Like `push(...more)`, but there may be more than fit on the stack as arguments. */
function append(parts: Bytes[], more: readonly Bytes[]): void {
  for (const part of more) parts.push(part)
}

/** The module again, each section as `replace` says: undefined keeps it, no parts drop it. */
export function mapSections(
  { bytes, sections }: CoreModule,
  replace: (section: Section) => readonly Bytes[] | undefined,
): Bytes[] {
  const parts: Bytes[] = [bytes.subarray(0, 8)]
  for (const section of sections) append(parts, replace(section) ?? [bytes.subarray(section.start, section.end)])
  return parts
}

/**
 * The module with `data` as its data section, which may be none. It stands after everything that is not custom, so that
 * there is a place for it also where there was none before. `replace` works as in `mapSections`, on the other sections.
 */
export function replaceData(
  module: CoreModule,
  data: readonly Bytes[],
  replace: (section: Section) => readonly Bytes[] | undefined,
): Bytes[] {
  const last = module.sections.findLast(({ id }) => id !== sectionIds.custom)
  return mapSections(module, (section) => {
    const parts = section.id === core.data ? [] : replace(section)
    if (section !== last) return parts
    return [...(parts ?? [module.bytes.subarray(section.start, section.end)]), ...data]
  })
}

/**
 * The module with more items at the end of its vectors, by section id. A section that is not there yet is put where it
 * belongs. `replace` works as in `mapSections`, on the sections that get no items.
 */
export function appendItems(
  module: CoreModule,
  additions: ReadonlyMap<number, readonly Bytes[]>,
  replace: (section: Section) => readonly Bytes[] | undefined = () => undefined,
): Bytes[] {
  const missing = [...additions]
    .filter(([id, items]) => items.length > 0 && !module.sections.some((section) => section.id === id))
    .toSorted(([a], [b]) => coreSectionPosition(a) - coreSectionPosition(b))
  const parts: Bytes[] = [module.bytes.subarray(0, 8)]
  const putMissingBefore = (position: number): void => {
    for (let next = missing[0]; next && coreSectionPosition(next[0]) < position; next = missing[0]) {
      append(parts, vectorSection(...next))
      missing.shift()
    }
  }
  for (const section of module.sections) {
    const { id, start, body, end } = section
    putMissingBefore(coreSectionPosition(id))
    const items = additions.get(id)
    if (items === undefined) {
      append(parts, replace(section) ?? [module.bytes.subarray(start, end)])
      continue
    }
    const reader = new BinaryReader(module.bytes, body, end)
    const count = reader.u32() + items.length
    append(parts, sectionOf(id, [uleb(count), module.bytes.subarray(reader.offset, end), ...items]))
  }
  putMissingBefore(Infinity)
  return parts
}

export function encodeLimits({ flags, minimum, maximum }: Limits): number[] {
  return [flags, ...uleb(minimum), ...(maximum === undefined ? [] : uleb(maximum))]
}

/** The module with only the exports named in `keep`, and without custom sections. */
export function keepExports(bytes: Uint8Array, keep: ReadonlySet<string>): Uint8Array<ArrayBuffer> {
  const module = parseCoreModule(bytes)
  const kept = module.exports.filter((item) => keep.has(item.name))
  return concat(
    mapSections(module, ({ id }) => {
      if (id === sectionIds.custom) return []
      if (id !== core.export) return undefined
      return vectorSection(
        core.export,
        kept.map(({ start, end }) => bytes.subarray(start, end)),
      )
    }),
  )
}

/** The module with every import asked from the module that `rename` answers; the names of the imports stay. */
export function renameImportModules(
  bytes: Uint8Array,
  rename: (module: string, name: string) => string,
): Uint8Array<ArrayBuffer> {
  const module = parseCoreModule(bytes)
  return concat(
    mapSections(module, ({ id }) => {
      if (id !== core.import) return undefined
      const items = module.imports.map((item) => {
        const reader = new BinaryReader(bytes, item.start, item.end)
        reader.name()
        return concat([name(rename(item.module, item.name)), bytes.subarray(reader.offset, item.end)])
      })
      return vectorSection(core.import, items)
    }),
  )
}

/**
 * The module with its state in reach of JavaScript: every mutable global and memory 0 that it defines is exported as
 * well. `module` is the module before; `captureState` takes it together with an instance of `bytes`.
 */
export function instrument(bytes: Uint8Array): { bytes: Uint8Array<ArrayBuffer>; module: CoreModule } {
  const module = parseCoreModule(bytes)
  const items: Bytes[] = []
  if (module.memories.length > 0) {
    items.push([...name(memoryExport), 2, ...uleb(module.imported.memory)])
  }
  for (const [i, global] of module.globals.entries()) {
    if (global.mutable) items.push([...name(globalExport(i)), 3, ...uleb(module.imported.global + i)])
  }
  return { bytes: concat(appendItems(module, new Map([[core.export, items]]))), module }
}

/**
 * The module's interface alone: the same types, imports and exports, every function body `unreachable`, no data. Tools
 * that only look at the interface work on it in a fraction of the time.
 */
export function hollow(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const module = parseCoreModule(bytes)
  return concat(
    mapSections(module, ({ id }) => {
      switch (id) {
        case core.code: {
          const count = module.functions.length
          const bodies = new Uint8Array(count * 4)
          // Size 3: no locals, unreachable, end.
          for (let i = 0; i < count; i++) bodies.set([3, 0, 0x00, 0x0b], i * 4)
          return sectionOf(core.code, [uleb(count), bodies])
        }
        case core.data:
          return sectionOf(core.data, [[0]])
        case core.dataCount:
          return sectionOf(core.dataCount, [[0]])
        default:
          return undefined
      }
    }),
  )
}

/**
 * A module that a tool made out of `hollow(real)`, with the code and the data of `real` put back. The tool must have
 * left the functions as they were; a different number of functions throws `MalformedBinary`.
 */
export function refill(hollowCore: Uint8Array, real: Uint8Array): Uint8Array<ArrayBuffer> {
  const shell = parseCoreModule(hollowCore)
  const full = parseCoreModule(real)
  if (shell.functions.length !== full.functions.length) {
    throw new MalformedBinary(0, 'module whose functions are not those of the original')
  }
  const original = (id: number): Uint8Array[] =>
    full.sections.filter((section) => section.id === id).map(({ start, end }) => real.subarray(start, end))
  return concat(
    replaceData(shell, original(core.data), ({ id }) => {
      if (id === core.code) return [...original(core.dataCount), ...original(core.code)]
      return id === core.dataCount ? [] : undefined
    }),
  )
}

/** The module with its memory limited to `pages` of 64 KiB. Throws `LimitExceeded` where it starts with more. */
export function setMemoryMaximum(bytes: Uint8Array, pages: number): Uint8Array<ArrayBuffer> {
  const module = parseCoreModule(bytes)
  const [memory, ...others] = module.memories
  if (memory === undefined) throw new MalformedBinary(0, 'module without a memory of its own')
  if (memory.minimum > pages) throw new LimitExceeded('memory', memory.minimum, pages)
  const limited = { flags: memory.flags | 1, minimum: memory.minimum, maximum: pages }
  return concat(
    mapSections(module, ({ id }) =>
      id === core.memory ? vectorSection(core.memory, [limited, ...others].map(encodeLimits)) : undefined,
    ),
  )
}
