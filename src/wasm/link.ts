import { at, evaluateI32 } from './constant-expression.ts'
import { parseCoreModule, valueTypes, type CoreModule } from './core-module.ts'
import { readDylink, type Dylink } from './dylink.ts'
import { eachBody, walkBody, type IndexSpace } from './instructions.ts'
import { FunctionTable, functionExports, placeFunctions, placeTypes, Unlinkable } from './link-functions.ts'
import { placeGlobals } from './link-globals.ts'
import { BinaryReader } from './reader.ts'
import { appendItems } from './rewrite.ts'
import { sectionIds } from './sections.ts'
import { concat, name as encodeName, sleb, uleb, type Bytes } from './writer.ts'

export { Unlinkable } from './link-functions.ts'
export { readDylink, type Dylink } from './dylink.ts'

// Names such as `__memory_base` and `GOT.func` follow DynamicLinking.md of WebAssembly/tool-conventions.

const { core } = sectionIds

export interface LinkOptions {
  /** Where in main's memory the side module's data goes; aligned as its `memoryAlignment` says. */
  readonly memoryBase: number
  /** Put before the names of the side module's exported functions. */
  readonly prefix: string
}

export interface LinkedModule {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** What must be written to memory before the side module is used. The rest of its `memorySize` bytes must be zero. */
  readonly data: readonly { readonly address: number; readonly bytes: Uint8Array }[]
  /** Symbols that main does not have: calls of such functions trap, addresses of such data are 0. */
  readonly unresolved: readonly string[]
  /** Bytes of memory that the side module takes from `memoryBase`. */
  readonly memorySize: number
  /**
   * The export to be called once the data is written, before anything else of the side module, such as
   * `__wasm_apply_data_relocs`: what was its start function. Undefined where there is none.
   */
  readonly start: string | undefined
}

/**
 * Links a position-independent side module into `main` for good: its types, functions, globals and elements are
 * appended to main's, and its imports become what main exports under the same name, or imports. `main` defines one
 * table, and exports `__stack_pointer`. Throws `Unlinkable` and `MalformedBinary`.
 */
export function linkSideModule(mainBytes: Uint8Array, sideBytes: Uint8Array, options: LinkOptions): LinkedModule {
  const { memoryBase, prefix } = options
  const dylink = readDylink(sideBytes)
  if (dylink === undefined) throw new Unlinkable('the side module has no section dylink.0')
  const main = parseCoreModule(mainBytes)
  const side = parseCoreModule(sideBytes)
  assertLinkable(main, side, dylink, memoryBase)
  const unresolved: string[] = []
  const types = placeTypes(main, side)
  const functions = placeFunctions(main, side, types.map, unresolved)
  const table = new FunctionTable(main, dylink)
  const globals = placeGlobals({ main, side, functions: functions.map, table, memoryBase, unresolved })
  for (const segment of side.elements) {
    if (segment.flags !== 0 || segment.offset === undefined || segment.functions === undefined) {
      throw new Unlinkable('the side module has element segments that are not plain')
    }
    const placed = segment.functions.map((index) => at(functions.map, index, 'function'))
    table.fill(evaluateI32(side.bytes, segment.offset, globals.values), placed)
  }
  const exported = functionExports(side).map(([name, index]): Bytes => [
    ...encodeName(prefix + name),
    0,
    ...uleb(at(functions.map, index, 'function')),
  ])
  const start = side.start === undefined ? undefined : `${prefix}__wasm_start`
  if (side.start !== undefined && start !== undefined) {
    exported.push([...encodeName(start), 0, ...uleb(at(functions.map, side.start, 'function'))])
  }
  const maps = { type: types.map, function: functions.map, global: globals.map }
  const additions = new Map<number, readonly Bytes[]>([
    [core.type, types.added],
    [core.function, functions.added.map(uleb)],
    [core.global, globals.added],
    [core.export, exported],
    [core.element, table.segments],
    [core.code, [...relocateBodies(side, maps), ...functions.stubs]],
  ])
  const parts = appendItems(main, additions, ({ id }) => (id === core.table ? table.section() : undefined))
  return {
    bytes: concat(parts),
    data: side.data.map((segment) => {
      if (segment.flags !== 0 || segment.offset === undefined) throw new Unlinkable('the side module has passive data')
      const address = evaluateI32(side.bytes, segment.offset, globals.values)
      return { address, bytes: side.bytes.slice(segment.content.start, segment.content.end) }
    }),
    unresolved,
    memorySize: dylink.memorySize,
    start,
  }
}

function assertLinkable(main: CoreModule, side: CoreModule, dylink: Dylink, memoryBase: number): void {
  if (main.tables.length !== 1 || main.imported.table > 0 || main.tables[0]?.element !== valueTypes.funcref) {
    throw new Unlinkable('the main module must define one table, of functions')
  }
  if (main.memories.length + main.imported.memory !== 1) throw new Unlinkable('the main module must have one memory')
  if (side.tables.length + side.memories.length > 0) {
    throw new Unlinkable('the side module defines tables or memories')
  }
  if (side.imported.table > 1 || side.imported.memory > 1 || side.imported.tag > 0) {
    throw new Unlinkable('the side module imports more than one table and one memory')
  }
  if (memoryBase % dylink.memoryAlignment !== 0) {
    throw new Unlinkable(`the data must be aligned to ${dylink.memoryAlignment} bytes`)
  }
}

/** The side module's function bodies with main's indices. */
function relocateBodies(
  side: CoreModule,
  maps: Readonly<Record<'type' | 'function' | 'global', readonly number[]>>,
): Bytes[] {
  const code = side.sections.find(({ id }) => id === core.code)
  const bodies: Bytes[] = []
  if (code === undefined) return bodies
  eachBody(new BinaryReader(side.bytes, code.body, code.end), (body) => {
    const parts: Bytes[] = []
    let copied = body.offset
    walkBody(body, {
      index(space, value, start, end) {
        const encoded = relocate(space, value)
        parts.push(side.bytes.subarray(copied, start), encoded)
        copied = end
      },
    })
    parts.push(side.bytes.subarray(copied, body.end))
    const whole = concat(parts)
    bodies.push(concat([uleb(whole.length), whole]))
  })
  function relocate(space: IndexSpace, value: number): number[] {
    switch (space) {
      case 'type':
      case 'function':
      case 'global':
        return uleb(at(maps[space], value, space))
      case 'blockType':
        return sleb(at(maps.type, value, 'type'))
      case 'table':
      case 'memory':
        // There is one of each, and it is the same in both modules.
        if (value === 0) return [0]
        throw new Unlinkable(`the side module uses ${space} ${value}`)
      case 'data':
      case 'element':
        throw new Unlinkable('the side module copies its segments itself')
    }
  }
  return bodies
}
