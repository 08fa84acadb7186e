import { functionImports, functionTypes, type CoreModule, type Signature } from './core-module.ts'
import { at, evaluateI32 } from './constant-expression.ts'
import type { Dylink } from './dylink.ts'
import { encodeLimits } from './rewrite.ts'
import { sectionIds } from './sections.ts'
import { sleb, uleb, vectorSection, type Bytes } from './writer.ts'

const { core } = sectionIds

/** Two modules that cannot be linked for what they are, whatever their symbols. */
export class Unlinkable extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Unlinkable'
  }
}

const textOf = ([parameters, results]: Signature): string => `${parameters.join()}>${results.join()}`

/** The side module's types among those of main: the index of one that is the same, or of a new one. */
export function placeTypes(main: CoreModule, side: CoreModule): { map: number[]; added: Bytes[] } {
  const known = new Map<string, number>()
  for (const [index, type] of main.types.entries()) {
    if (type !== undefined && !known.has(textOf(type))) known.set(textOf(type), index)
  }
  const added: Bytes[] = []
  const map = side.types.map((type) => {
    if (type === undefined || type.flat().some((part) => part === 0x63 || part === 0x64)) {
      throw new Unlinkable('the side module has types that refer to types')
    }
    const text = textOf(type)
    const index = known.get(text) ?? main.types.length + added.length
    if (!known.has(text)) {
      const [parameters, results] = type
      known.set(text, index)
      added.push([0x60, ...uleb(parameters.length), ...parameters, ...uleb(results.length), ...results])
    }
    return index
  })
  return { map, added }
}

export function functionExports(module: CoreModule): [string, number][] {
  return module.exports.flatMap(({ kind, name, index }) => (kind === 'function' ? [[name, index]] : []))
}

interface PlacedFunctions {
  /** By function index of the side module. */
  readonly map: number[]
  /** The types of what is appended to main's functions: the side module's own, then the stubs. */
  readonly added: number[]
  readonly stubs: Bytes[]
}

export function placeFunctions(
  main: CoreModule,
  side: CoreModule,
  types: readonly number[],
  unresolved: string[],
): PlacedFunctions {
  const mainTypes = functionTypes(main)
  // The module that main imports a function from does not count: it may have been renamed.
  const offered = new Map([
    ...functionImports(main).map(({ name }, index): [string, number] => [name, index]),
    ...functionExports(main),
  ])
  const fits = (index: number, sideType: number): boolean => {
    const [offer, wish] = [main.types[mainTypes[index] ?? -1], side.types[sideType]]
    return offer !== undefined && wish !== undefined && textOf(offer) === textOf(wish)
  }
  const own = new Map(functionExports(side))
  const first = mainTypes.length - side.imported.function
  const stubTypes: number[] = []
  const map = functionImports(side).map(({ name, detail }) => {
    const offer = offered.get(name)
    if (offer !== undefined && fits(offer, detail)) return offer
    const exported = own.get(name)
    if (exported !== undefined && exported >= side.imported.function) return first + exported
    unresolved.push(name)
    stubTypes.push(at(types, detail, 'type'))
    return mainTypes.length + side.functions.length + stubTypes.length - 1
  })
  for (const index of side.functions.keys()) map.push(mainTypes.length + index)
  return {
    map,
    added: [...side.functions.map((type) => at(types, type, 'type')), ...stubTypes],
    stubs: stubTypes.map(() => [3, 0, 0x00, 0x0b]),
  }
}

/** Main's table with room for the side module's functions. */
export class FunctionTable {
  readonly base: number
  readonly segments: Bytes[] = []
  readonly #main: CoreModule
  #end: number
  /** Where a function stands already, so that its address is one and the same. */
  readonly #slots = new Map<number, number>()

  constructor(main: CoreModule, { tableSize, tableAlignment }: Dylink) {
    const minimum = main.tables[0]?.limits.minimum ?? 0
    this.#main = main
    this.base = Math.ceil(minimum / tableAlignment) * tableAlignment
    this.#end = this.base + tableSize
    for (const { flags, offset, functions } of main.elements) {
      if (flags !== 0 || offset === undefined || functions === undefined) continue
      this.#note(evaluateI32(main.bytes, offset, []), functions)
    }
  }

  #note(start: number, functions: readonly number[]): void {
    for (const [i, index] of functions.entries()) this.#slots.set(index, start + i)
  }

  fill(start: number, functions: readonly number[]): void {
    this.#note(start, functions)
    this.segments.push([0, 0x41, ...sleb(start), 0x0b, ...uleb(functions.length), ...functions.flatMap(uleb)])
  }

  /** The address of a function; it gets an element where it has none. */
  slot(index: number): number {
    const known = this.#slots.get(index)
    if (known !== undefined) return known
    const slot = this.#end++
    this.fill(slot, [index])
    return slot
  }

  section(): Bytes[] {
    const tables = this.#main.tables.map(({ element, limits, init }) => {
      if (init !== undefined) throw new Unlinkable('the table of the main module has an initial value')
      const maximum = limits.maximum === undefined ? {} : { maximum: Math.max(limits.maximum, this.#end) }
      return [element, ...encodeLimits({ ...limits, minimum: this.#end, ...maximum })]
    })
    return vectorSection(core.table, tables)
  }
}
