import { evaluateI32 } from './constant-expression.ts'
import { valueTypes, type CoreModule } from './core-module.ts'
import { Unlinkable, type FunctionTable } from './link-functions.ts'
import { sleb, type Bytes } from './writer.ts'

interface GlobalPlacement {
  readonly main: CoreModule
  readonly side: CoreModule
  readonly functions: readonly number[]
  readonly table: FunctionTable
  readonly memoryBase: number
  readonly unresolved: string[]
}

interface PlacedGlobals {
  /** By global index of the side module. */
  readonly map: number[]
  /** The initial values, as far as known. */
  readonly values: (number | undefined)[]
  readonly added: Bytes[]
}

export function placeGlobals({ main, side, functions, table, memoryBase, unresolved }: GlobalPlacement): PlacedGlobals {
  const map: number[] = []
  const values: (number | undefined)[] = []
  const added: Bytes[] = []
  const add = (mutable: boolean, value: number): void => {
    map.push(main.imported.global + main.globals.length + added.length)
    values.push(value)
    added.push([valueTypes.i32, mutable ? 1 : 0, 0x41, ...sleb(value), 0x0b])
  }
  const functionAddress = (name: string): number | undefined => {
    const inMain = main.exports.find((item) => item.kind === 'function' && item.name === name)
    const inSide = side.exports.find((item) => item.kind === 'function' && item.name === name)
    const index = inMain?.index ?? (inSide && functions[inSide.index])
    return index === undefined ? undefined : table.slot(index)
  }
  // Addresses of data: those of a side module count from its memory base.
  const dataAddress = (name: string): number | undefined =>
    exportedConstant(main, name) ?? plus(exportedConstant(side, name), memoryBase)

  for (const item of side.imports) {
    if (item.kind !== 'global') continue
    const { module, name, detail } = item
    if (detail.type !== valueTypes.i32) throw new Unlinkable(`the side module imports a global "${name}" beyond i32`)
    if (module === 'env' && name === '__stack_pointer') {
      const found = main.exports.find((item) => item.kind === 'global' && item.name === name)
      if (found === undefined) throw new Unlinkable('the main module does not export __stack_pointer')
      map.push(found.index)
      values.push(undefined)
    } else if (module === 'env' && name === '__memory_base') add(false, memoryBase)
    else if (module === 'env' && name === '__table_base') add(false, table.base)
    else {
      const address =
        module === 'GOT.func' ? functionAddress(name) : module === 'GOT.mem' ? dataAddress(name) : undefined
      if (address === undefined) unresolved.push(`${module}.${name}`)
      add(detail.mutable, address ?? 0)
    }
  }
  for (const global of side.globals) {
    if (global.type !== valueTypes.i32) throw new Unlinkable('the side module defines a global beyond i32')
    add(global.mutable, evaluateI32(side.bytes, global.init, values))
  }
  return { map, values, added }
}

const plus = (value: number | undefined, base: number): number | undefined =>
  value === undefined ? undefined : value + base

function exportedConstant(module: CoreModule, name: string): number | undefined {
  const found = module.exports.find((item) => item.kind === 'global' && item.name === name)
  const global = found && module.globals[found.index - module.imported.global]
  if (global === undefined || global.mutable || global.type !== valueTypes.i32) return undefined
  return evaluateI32(module.bytes, global.init, [])
}
