import { valueTypes } from '../../../../wasm/core-module.ts'
import { concat, name as encodeName, section, sleb, sleb64, uleb, vectorSection } from '../../../../wasm/writer.ts'

/**
 * Core WebAssembly by name: instructions are constants and functions that give bytes, so that code which emits code
 * reads like the text format. https://webassembly.github.io/spec/core/binary/instructions.html
 */
/** Bytes, grouped at will. */
export type Code = readonly (number | Code)[]

export const { i32: I32, i64: I64, f32: F32, f64: F64 } = valueTypes
export type NumberType = typeof I32 | typeof I64 | typeof F32 | typeof F64

/** Loads and stores say nothing of alignment: it is only a hint. */
const memory =
  (opcode: number) =>
  (offset = 0): Code => [opcode, 0, ...uleb(offset)]

export const i32 = {
  const: (n: number): Code => [0x41, ...sleb(n)],
  load: memory(0x28),
  load8s: memory(0x2c),
  load8u: memory(0x2d),
  load16s: memory(0x2e),
  load16u: memory(0x2f),
  store: memory(0x36),
  store8: memory(0x3a),
  store16: memory(0x3b),
  eqz: [0x45],
  eq: [0x46],
  ne: [0x47],
  ltS: [0x48],
  gtS: [0x4a],
  geU: [0x4f],
  ltU: [0x49],
  add: [0x6a],
  sub: [0x6b],
  mul: [0x6c],
  and: [0x71],
  or: [0x72],
  shl: [0x74],
  shrU: [0x76],
  wrapI64: [0xa7],
  extend8s: [0xc0],
  extend16s: [0xc1],
} as const

export const i64 = {
  const: (n: bigint): Code => [0x42, ...sleb64(n)],
  load: memory(0x29),
  load32u: memory(0x35),
  store: memory(0x37),
  eqz: [0x50],
  eq: [0x51],
  gtU: [0x56],
  or: [0x84],
  add: [0x7c],
  mul: [0x7e],
  shrU: [0x88],
  extendI32S: [0xac],
  extendI32U: [0xad],
  reinterpretF64: [0xbd],
} as const

export const f32 = {
  load: memory(0x2a),
  store: memory(0x38),
  demoteF64: [0xb6],
  reinterpretI32: [0xbe],
} as const

export const f64 = {
  load: memory(0x2b),
  store: memory(0x39),
  convertI32S: [0xb7],
  convertI32U: [0xb8],
  promoteF32: [0xbb],
  reinterpretI64: [0xbf],
} as const

export const unreachable: Code = [0x00]
export const drop: Code = [0x1a]
export const leave: Code = [0x0f]
export const memoryCopy: Code = [0xfc, 0x0a, 0, 0]
export const memoryFill: Code = [0xfc, 0x0b, 0]
export const branch = (depth: number): Code => [0x0c, ...uleb(depth)]
export const branchIf = (depth: number): Code => [0x0d, ...uleb(depth)]

const empty = 0x40
/** `then` runs where `condition` is not 0. Neither leaves a value. */
export const when = (condition: Code, then: Code, otherwise?: Code): Code =>
  otherwise === undefined ? [condition, 0x04, empty, then, 0x0b] : [condition, 0x04, empty, then, 0x05, otherwise, 0x0b]
/** Runs `body` again and again until it branches to depth 1; depth 0 starts over. */
export const repeat = (body: Code): Code => [0x02, empty, 0x03, empty, body, 0x0c, 0, 0x0b, 0x0b]
/** One of `cases` by the number that `index` leaves; each must leave the function. An index beyond traps. */
export const select = (index: Code, cases: readonly Code[]): Code => {
  const code: (number | Code)[] = []
  for (let depth = 0; depth <= cases.length; depth++) code.push(0x02, empty)
  code.push(index, 0x0e, ...uleb(cases.length))
  for (let depth = 0; depth <= cases.length; depth++) code.push(...uleb(depth))
  code.push(0x0b)
  for (const body of cases) code.push(body, 0x0b)
  code.push(unreachable)
  return code
}

export interface Local {
  readonly type: NumberType
  readonly get: Code
  readonly set: Code
  readonly tee: Code
}

/** A function of the module: callable at once, so that functions can call each other; its body comes later. */
export class CoreFunction {
  readonly index: number
  readonly typeIndex: number
  readonly parameters: readonly Local[]
  readonly call: Code
  readonly #locals: NumberType[] = []
  #body: Code | undefined

  constructor(index: number, typeIndex: number, parameters: readonly NumberType[]) {
    this.index = index
    this.typeIndex = typeIndex
    this.parameters = parameters.map((type, at) => local(type, at))
    this.call = [0x10, ...uleb(index)]
  }

  parameter(at: number): Local {
    const found = this.parameters[at]
    if (found === undefined) throw new RangeError(`the function has no parameter ${at}`)
    return found
  }

  /** A local variable, 0 at first. */
  local(type: NumberType): Local {
    this.#locals.push(type)
    return local(type, this.parameters.length + this.#locals.length - 1)
  }

  body(...code: readonly Code[]): this {
    this.#body = code
    return this
  }

  encode(): number[] {
    if (this.#body === undefined) throw new Error(`function ${this.index} has no body`)
    const code = [...uleb(this.#locals.length), ...this.#locals.flatMap((type) => [1, type])]
    flatten(this.#body, code)
    code.push(0x0b)
    return [...uleb(code.length), ...code]
  }
}

function flatten(code: Code, into: number[]): void {
  for (const part of code) {
    if (typeof part === 'number') into.push(part)
    else flatten(part, into)
  }
}

const local = (type: NumberType, at: number): Local => ({
  type,
  get: [0x20, ...uleb(at)],
  set: [0x21, ...uleb(at)],
  tee: [0x22, ...uleb(at)],
})

/** A core module that imports functions and a memory, and exports functions. */
export class ModuleBuilder {
  readonly #types = new Map<string, number>()
  readonly #imports: number[][] = []
  readonly #functions: CoreFunction[] = []
  readonly #exports: number[][] = []

  /** Returns the call. All imports come before the first function: they share one index space. */
  importFunction(module: string, field: string, parameters: readonly number[], results: readonly number[]): Code {
    if (this.#functions.length > 0) throw new Error(`import ${field} comes after the first function`)
    const type = this.#type(parameters, results)
    this.#imports.push([...encodeName(module), ...encodeName(field), 0x00, ...uleb(type)])
    return [0x10, ...uleb(this.#imports.length - 1)]
  }

  function(parameters: readonly NumberType[], results: readonly NumberType[]): CoreFunction {
    const index = this.#imports.length + this.#functions.length
    const made = new CoreFunction(index, this.#type(parameters, results), parameters)
    this.#functions.push(made)
    return made
  }

  export(field: string, { index }: CoreFunction): void {
    this.#exports.push([...encodeName(field), 0x00, ...uleb(index)])
  }

  /** The module; its memory is `env.memory`. */
  encode(): Uint8Array {
    const types = [...this.#types.keys()].map((key) => key.split(',').map(Number))
    const memoryImport = [...encodeName('env'), ...encodeName('memory'), 0x02, 0x00, 0x00]
    return concat([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      ...vectorSection(1, types),
      ...vectorSection(2, [...this.#imports, memoryImport]),
      ...vectorSection(
        3,
        this.#functions.map(({ typeIndex }) => uleb(typeIndex)),
      ),
      ...vectorSection(7, this.#exports),
      ...section(10, [uleb(this.#functions.length), ...this.#functions.map((made) => made.encode())]),
    ])
  }

  #type(parameters: readonly number[], results: readonly number[]): number {
    const key = [0x60, ...uleb(parameters.length), ...parameters, ...uleb(results.length), ...results].join(',')
    const known = this.#types.get(key)
    if (known !== undefined) return known
    this.#types.set(key, this.#types.size)
    return this.#types.size - 1
  }
}
