import { stackPointer, type BakeFunction, type GuestFunction } from './engine-shape.ts'

/**
 * A running instance of the engine, with the few operations that baking and initialising need. A JSValue is a bigint; who
 * gets one from here owns it and frees it.
 */

type EngineFunction = (...args: (number | bigint)[]) => unknown

/** Flags of `JS_Eval`. */
export const evalFlags = { script: 0, module: 1 } as const

/** What a thrown value looked like from outside, read without running more of the guest than its own conversions. */
export interface Thrown {
  /** `TypeError`; empty for what is not an Error. */
  readonly name: string
  readonly message: string
  readonly stack: string
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export class Machine {
  readonly memory: WebAssembly.Memory
  readonly context: number
  readonly #functions: Readonly<Record<string, EngineFunction>>
  readonly #stackPointer: WebAssembly.Global

  /** `context` is the address of the JSContext once the engine has one. */
  constructor(instance: WebAssembly.Instance, context?: number) {
    const { memory, [stackPointer]: pointer } = instance.exports
    if (!(memory instanceof WebAssembly.Memory)) throw new TypeError('the engine exports no memory')
    if (!(pointer instanceof WebAssembly.Global)) throw new TypeError('the engine exports no stack pointer')
    const functions: Record<string, EngineFunction> = {}
    for (const [name, value] of Object.entries(instance.exports)) {
      // The names and signatures were checked when the image was baked.
      if (typeof value === 'function') functions[name] = value as EngineFunction
    }
    this.memory = memory
    this.#stackPointer = pointer
    this.#functions = functions
    this.context = context ?? this.call('qjs_get_context_ptr')
  }

  /** Calls an exported function that gives an i32 or nothing. */
  call(name: GuestFunction | BakeFunction, ...args: (number | bigint)[]): number {
    const result = this.#functions[name]?.(...args)
    return typeof result === 'number' ? result : 0
  }

  /** Calls an exported function that gives an i64: a JSValue. */
  value(name: GuestFunction, ...args: (number | bigint)[]): bigint {
    const result = this.#functions[name]?.(...args)
    if (typeof result !== 'bigint') throw new TypeError(`${name} gave no JSValue`)
    return BigInt.asUintN(64, result)
  }

  /** Calls a function that an extension exports; undefined where there is none. */
  run(name: string, ...args: number[]): number | undefined {
    const target = this.#functions[name]
    if (!target) return undefined
    const result = target(...args)
    return typeof result === 'number' ? result : 0
  }

  // Memory can grow in any call: views are made anew for each use.
  get bytes(): Uint8Array {
    return new Uint8Array(this.memory.buffer)
  }
  get view(): DataView {
    return new DataView(this.memory.buffer)
  }
  get stackTop(): number {
    return Number(this.#stackPointer.value)
  }

  allocate(size: number): number {
    const address = this.call('malloc', size) >>> 0
    if (address === 0) throw new OutOfMemory()
    return address
  }
  free(address: number): void {
    this.call('free', address)
  }

  /** UTF-8 with a NUL behind it, to be freed; `length` does not count the NUL. */
  writeText(text: string): { address: number; length: number } {
    const encoded = encoder.encode(text)
    const address = this.allocate(encoded.length + 1)
    const bytes = this.bytes
    bytes.set(encoded, address)
    bytes[address + encoded.length] = 0
    return { address, length: encoded.length }
  }
  /** A NUL-terminated text of the engine's. */
  readText(address: number): string {
    const bytes = this.bytes
    return decoder.decode(bytes.subarray(address, bytes.indexOf(0, address)))
  }
  withText<T>(text: string, use: (address: number, length: number) => T): T {
    const { address, length } = this.writeText(text)
    try {
      return use(address, length)
    } finally {
      this.free(address)
    }
  }

  readValue(address: number): bigint {
    return this.view.getBigUint64(address, true)
  }
  writeValue(address: number, value: bigint): void {
    this.view.setBigUint64(address, value, true)
  }
  /** The JSValue in a box that a `qjs_` function allocated; the box is freed. */
  unbox(box: number): bigint {
    const value = this.readValue(box)
    this.free(box)
    return value
  }

  release(value: bigint): void {
    this.call('JS_FreeValue', this.context, value)
  }
  duplicate(value: bigint): bigint {
    return this.value('JS_DupValue', this.context, value)
  }
  newText(text: string): bigint {
    return this.withText(text, (address, length) => this.value('JS_NewStringLen', this.context, address, length))
  }
  atom(text: string): number {
    return this.withText(text, (address, length) => this.call('JS_NewAtomLen', this.context, address, length))
  }
  get(object: bigint, name: string): bigint {
    return this.withText(name, (address) => this.value('JS_GetPropertyStr', this.context, object, address))
  }
  /** Takes over `value`. */
  set(object: bigint, name: string, value: bigint): void {
    this.withText(name, (address) => this.call('JS_SetPropertyStr', this.context, object, address, value))
  }
  get global(): bigint {
    return this.value('JS_GetGlobalObject', this.context)
  }

  /** Calls a JavaScript function; takes over nothing. */
  apply(target: bigint, args: readonly bigint[]): bigint {
    const list = this.allocate(8 * args.length + 8)
    for (const [i, arg] of args.entries()) this.writeValue(list + 8 * i, arg)
    try {
      return this.value('JS_Call', this.context, target, undefinedValue, args.length, list)
    } finally {
      this.free(list)
    }
  }

  /** The completion value of a script, or the promise of a module's namespace. */
  evaluate(source: string, name: string, flags: number): bigint {
    return this.withText(source, (address, length) =>
      this.withText(name, (file) => this.unbox(this.call('qjs_eval', address, length, file, flags))),
    )
  }

  /** The text of a value, as far as it can be had without an exception. */
  textOf(value: bigint): string | undefined {
    const length = this.allocate(8)
    try {
      const address = this.call('JS_ToCStringLen2', this.context, length, value, 0) >>> 0
      if (address === 0) {
        this.release(this.takeException())
        return undefined
      }
      const text = decoder.decode(this.bytes.slice(address, address + this.view.getUint32(length, true)))
      this.call('JS_FreeCString', this.context, address)
      return text
    } finally {
      this.free(length)
    }
  }

  takeException(): bigint {
    return this.value('JS_GetException', this.context)
  }
  throwValue(value: bigint): void {
    this.value('JS_Throw', this.context, value)
  }

  isException(value: bigint): boolean {
    return value >> 32n === 6n
  }
}

export const undefinedValue = 3n << 32n

/** The engine's own memory is used up. */
export class OutOfMemory extends Error {
  constructor() {
    super('the memory of the engine is used up')
    this.name = 'OutOfMemory'
  }
}
