import { parseCoreModule, type CoreModule, type Limits } from './core-module.ts'
import { LimitExceeded } from './limits.ts'
import { BinaryReader, MalformedBinary } from './reader.ts'
import { sectionIds, type Section } from './sections.ts'
import { concat, name, section, uleb, vectorSection, type Bytes } from './writer.ts'

const { core } = sectionIds

/** The names under which `instrument` exports what a snapshot must see. */
export const memoryExport = 'witcraft:memory'
export const globalExport = (definedGlobal: number): string => `witcraft:global:${definedGlobal}`
export const isInstrumentExport = (name: string): boolean => name.startsWith('witcraft:')

/** The module again, each section as `replace` says: undefined keeps it, no parts drop it. */
export function mapSections(
  { bytes, sections }: CoreModule,
  replace: (section: Section) => readonly Bytes[] | undefined,
): Bytes[] {
  const parts: Bytes[] = [bytes.subarray(0, 8)]
  for (const section of sections) parts.push(...(replace(section) ?? [bytes.subarray(section.start, section.end)]))
  return parts
}

export function encodeLimits({ flags, minimum, maximum }: Limits): number[] {
  return [flags, ...uleb(minimum), ...(maximum === undefined ? [] : uleb(maximum))]
}

/** The module with only the exports named in `keep`, and without custom sections. */
export function keepExports(bytes: Uint8Array, keep: ReadonlySet<string>): Uint8Array {
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
export function renameImportModules(bytes: Uint8Array, rename: (module: string, name: string) => string): Uint8Array {
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
export function instrument(bytes: Uint8Array): { bytes: Uint8Array; module: CoreModule } {
  const module = parseCoreModule(bytes)
  const items: Bytes[] = module.exports.map(({ start, end }) => bytes.subarray(start, end))
  if (module.memories.length > 0) {
    items.push([...name(memoryExport), 2, ...uleb(module.imported.memory)])
  }
  for (const [i, global] of module.globals.entries()) {
    if (global.mutable) items.push([...name(globalExport(i)), 3, ...uleb(module.imported.global + i)])
  }
  const exports = vectorSection(core.export, items)
  return { bytes: concat(withSection(module, core.export, exports)), module }
}

/** The order in which sections come, for those that may have to be put in: before the first that comes later. */
const afterExports: readonly number[] = [core.start, core.element, core.dataCount, core.code, core.data]

function withSection(module: CoreModule, id: number, parts: readonly Bytes[]): Bytes[] {
  if (module.sections.some((section) => section.id === id)) {
    return mapSections(module, (section) => (section.id === id ? parts : undefined))
  }
  const next = module.sections.find((section) => afterExports.includes(section.id))
  const at = next?.start ?? module.bytes.length
  return [module.bytes.subarray(0, at), ...parts, module.bytes.subarray(at)]
}

/**
 * The module's interface alone: the same types, imports and exports, every function body `unreachable`, no data. Tools
 * that only look at the interface work on it in a fraction of the time.
 */
export function hollow(bytes: Uint8Array): Uint8Array {
  const module = parseCoreModule(bytes)
  return concat(
    mapSections(module, ({ id }) => {
      switch (id) {
        case core.code: {
          const count = module.functions.length
          const bodies = new Uint8Array(count * 4)
          // Size 3: no locals, unreachable, end.
          for (let i = 0; i < count; i++) bodies.set([3, 0, 0x00, 0x0b], i * 4)
          return section(core.code, [uleb(count), bodies])
        }
        case core.data:
          return section(core.data, [[0]])
        case core.dataCount:
          return section(core.dataCount, [[0]])
        default:
          return undefined
      }
    }),
  )
}

/**
 * A module that a tool made out of `hollow(real)`, with the code and the data of `real` put back. The tool must have left
 * the functions as they were; a different number of functions throws `MalformedBinary`.
 */
export function refill(hollowCore: Uint8Array, real: Uint8Array): Uint8Array {
  const shell = parseCoreModule(hollowCore)
  const full = parseCoreModule(real)
  if (shell.functions.length !== full.functions.length) {
    throw new MalformedBinary(0, 'module whose functions are not those of the original')
  }
  const original = (id: number): Uint8Array[] =>
    full.sections.filter((section) => section.id === id).map(({ start, end }) => real.subarray(start, end))
  return concat(
    mapSections(shell, ({ id }) => {
      switch (id) {
        case core.code:
          return [...original(core.dataCount), ...original(core.code), ...original(core.data)]
        case core.data:
        case core.dataCount:
          return []
        default:
          return undefined
      }
    }),
  )
}

/** The module with its memory limited to `pages` of 64 KiB. Throws `LimitExceeded` where it starts with more. */
export function setMemoryMaximum(bytes: Uint8Array, pages: number): Uint8Array {
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
