import type { Diagnostic, Fault } from '../../../contract/fault.ts'
import type { ConsoleLine, GuestSource, InitLimits, PreparedWorld } from '../../engine.ts'
import { control, runtimeScheme, type QuickJsBinding, type QuickJsFacts } from './control.ts'
import { exportFault, type UnfitExport } from './export-fault.ts'
import { scrubHeap } from './heap.ts'
import { hostImports, type HostCalls } from './host.ts'
import { evalFlags, Machine, OutOfMemory, undefinedValue } from './machine.ts'
import { resolveSpecifier } from './modules.ts'
import { servicesModule } from './services.ts'
import { initFault, isOutOfMemory, isStackOverflow, ownFrames, placeInStack, type Thrown } from './thrown.ts'

/** Ends an initialisation with a fault; never leaves this folder. */
class Failed extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.message)
    this.fault = fault
  }
}

const promiseStates = { pending: 0, fulfilled: 1, rejected: 2 } as const
const mebibyte = 1 << 20
const page = 65536
/** Of the engine's memory, what its stack, its static data and the allocator itself take: not counted by its limit. */
const outsideHeap = 2 * mebibyte

/** Bytes that the engine may allocate in a memory of so many pages. */
export const heapLimit = (memoryPages: number): number => Math.max(memoryPages * page - outsideHeap, mebibyte)

/** Running so many jobs counts as one question of the engine whether to go on: they take about as long. */
const jobsPerInterrupt = 100

/** Host functions that the builder itself offers to the runtime; all others are those of the world. */
const builderWrite = `${runtimeScheme}write`
const builderWarn = `${runtimeScheme}warn`

/** The export of a command: what it left to be done is done before it returns. */
const commandLabel = /^wasi:cli\/run@[^#]*#run$/

const warnings: Readonly<Record<string, readonly [message: string, next: string]>> = {
  random: [
    'Math.random was used while the component was built: its values there are the same in every build.',
    'Call Math.random in an export if the values should differ from run to run.',
  ],
  clock: [
    'The time was asked for while the component was built: it is always 1970-01-01T00:00:00Z there.',
    'Ask for the time in an export.',
  ],
}

export interface InitialisationInput {
  readonly module: WebAssembly.Module
  readonly facts: QuickJsFacts
  readonly binding: QuickJsBinding
  readonly prepared: PreparedWorld
  readonly source: GuestSource
  readonly limits: InitLimits
  readonly memoryPages: number
}

export interface Initialised {
  readonly instance: WebAssembly.Instance
  readonly console: readonly ConsoleLine[]
  readonly warnings: readonly Diagnostic[]
}

/** Evaluates a guest in a fresh instance of the engine. The instance is left with nothing running and nothing to do. */
export function runInitialisation(input: InitialisationInput): Initialised | Fault {
  const initialisation = new Initialisation(input)
  try {
    return initialisation.run()
  } catch (error) {
    return initialisation.faultOf(error)
  }
}

class Initialisation {
  readonly #input: InitialisationInput
  readonly #instance: WebAssembly.Instance
  readonly #machine: Machine
  readonly #runtime: bigint
  readonly #lines: ConsoleLine[] = []
  readonly #warned = new Map<string, Diagnostic>()
  readonly #interfaces: readonly string[]
  /** Rejected promises that nobody listens to, by the address of the promise. */
  readonly #rejections = new Map<bigint, { promise: bigint; reason: bigint }>()
  #interrupts = 0
  #interrupted = false
  /** Where the engine was when it was interrupted: not every way in which the interruption ends keeps its own stack. */
  #interruptStack = ''
  /** Why an import could not be resolved, by the message of the error that the guest was given. */
  readonly #importFaults = new Map<string, Fault>()

  constructor(input: InitialisationInput) {
    const { module, facts, binding } = input
    this.#input = input
    this.#interfaces = Object.keys(binding.modules)
    this.#instance = new WebAssembly.Instance(
      module,
      hostImports(() => this.#machine, this.#hostCalls()),
    )
    this.#machine = new Machine(this.#instance, facts.context)
    this.#runtime = this.#machine.readValue(facts.runtime)
  }

  run(): Initialised {
    const { binding, source, memoryPages, prepared } = this.#input
    const machine = this.#machine
    this.#writeAtoms()
    this.#openRuntime()
    for (const [name, text] of Object.entries(binding.modules)) this.#evaluateTrusted(text, name)
    const services = servicesModule(prepared.world, this.#interfaces)
    this.#evaluateTrusted(services, `${runtimeScheme}services`)
    if (binding.setup !== '') this.#evaluateTrusted(binding.setup, `${runtimeScheme}setup`)
    this.#closeRuntime()

    machine.call('qjs_set_memory_limit', heapLimit(memoryPages))
    machine.call('qjs_set_interrupt_handler', 1)
    const { entry, modules } = source
    const promise = machine.evaluate(modules[entry] ?? '', entry, evalFlags.module)
    if (machine.isException(promise)) throw this.#failure(machine.takeException())
    const namespace = this.#settle(promise)
    this.#bindExports(namespace)
    this.#drain()
    this.#checkRejections()
    machine.call('qjs_set_interrupt_handler', 0)
    machine.call('qjs_set_memory_limit', 0)

    machine.release(namespace)
    machine.release(promise)
    machine.release(this.#callRuntime('ready'))
    machine.call('qjs_run_gc')
    machine.bytes.fill(0, 0, machine.stackTop)
    scrubHeap(machine.memory, this.#input.facts.heap)
    return { instance: this.#instance, console: this.#lines, warnings: [...this.#warned.values()] }
  }

  #writeAtoms(): void {
    const { facts, binding } = this.#input
    const machine = this.#machine
    const table = machine.allocate(4 * binding.atoms.length + 4)
    for (const [i, text] of binding.atoms.entries()) {
      const atom = machine.atom(text)
      machine.view.setUint32(table + 4 * i, atom, true)
    }
    machine.view.setUint32(facts.control + control.atoms, table, true)
  }

  /** Makes the runtime's object the global `__witcraft`, with the host functions in it. */
  #openRuntime(): void {
    const machine = this.#machine
    const { context } = machine
    const global = machine.global
    machine.set(global, '__witcraft', machine.duplicate(this.#runtime))
    machine.release(global)
    const imports = machine.evaluate('__witcraft.imports = []', `${runtimeScheme}start`, evalFlags.script)
    for (const [i, { name, arity }] of this.#input.binding.hostFunctions.entries()) {
      machine.call('JS_SetPropertyUint32', context, imports, i, this.#hostFunction(name, arity))
    }
    machine.release(imports)
    const host = machine.evaluate('__witcraft.host = {}', `${runtimeScheme}start`, evalFlags.script)
    machine.set(host, 'write', this.#hostFunction(builderWrite, 2))
    machine.set(host, 'warn', this.#hostFunction(builderWarn, 1))
    machine.release(host)
  }

  #hostFunction(name: string, arity: number): bigint {
    const machine = this.#machine
    return machine.withText(name, (address, length) =>
      machine.unbox(machine.call('qjs_new_host_function', address, length, arity)),
    )
  }

  #closeRuntime(): void {
    const machine = this.#machine
    const source = '__witcraft.imports = undefined; delete globalThis.__witcraft'
    machine.release(machine.evaluate(source, `${runtimeScheme}start`, evalFlags.script))
  }

  /** Modules that our own tools wrote: an exception in one is a bug. */
  #evaluateTrusted(source: string, name: string): void {
    const machine = this.#machine
    const promise = machine.evaluate(source, name, evalFlags.module)
    if (!machine.isException(promise)) {
      this.#drain()
      const state = machine.call('JS_PromiseState', machine.context, promise)
      if (state === promiseStates.fulfilled) {
        machine.release(promise)
        return
      }
      if (state === promiseStates.rejected) {
        machine.throwValue(machine.value('JS_PromiseResult', machine.context, promise))
      }
    }
    const { message, stack } = this.#describe(machine.takeException())
    throw new Error(`the import module ${name} cannot be evaluated: ${message}\n${stack}`)
  }

  /** Runs jobs and timers until the promise settles. Gives its value; throws what it was rejected with. */
  #settle(promise: bigint): bigint {
    const machine = this.#machine
    for (;;) {
      this.#drain(promise)
      const state = machine.call('JS_PromiseState', machine.context, promise)
      if (state !== promiseStates.pending) {
        const value = machine.value('JS_PromiseResult', machine.context, promise)
        if (state === promiseStates.fulfilled) return value
        throw this.#failure(value)
      }
      if (!this.#turn()) {
        this.#checkRejections()
        throw new Failed({
          stage: 'guest-init',
          message: 'A top-level await never settles: nothing is left that it could wait for.',
          next: 'Await only what can happen while the component is built, or move the await into an export.',
          ...this.#placeOfAwait(),
        })
      }
    }
  }

  #placeOfAwait(): Pick<Fault, 'place'> {
    const { entry, modules } = this.#input.source
    const lines = (modules[entry] ?? '').split('\n')
    const line = lines.findIndex((text) => /^(?:[^\s/*][^/]*\W)?await\b/.test(text))
    if (line < 0) return {}
    return { place: { file: entry, line: line + 1, column: (lines[line] ?? '').search(/\bawait\b/) + 1 } }
  }

  #drain(promise?: bigint): void {
    const machine = this.#machine
    this.#checkInterrupt(promise)
    for (let jobs = 0; machine.call('qjs_is_job_pending') !== 0; jobs++) {
      // Short jobs without an end never ask the engine whether to go on.
      if (jobs % jobsPerInterrupt === 0 && ++this.#interrupts > this.#input.limits.interrupts) {
        throw new Failed(this.#interruptFault(''))
      }
      if (machine.call('qjs_execute_pending_job') < 0) throw this.#failure(machine.takeException())
      this.#checkInterrupt(promise)
    }
  }

  #turn(): boolean {
    const machine = this.#machine
    const helpersObject = machine.get(this.#runtime, 'helpers')
    const turn = machine.get(helpersObject, 'turn')
    const result = machine.apply(turn, [])
    machine.release(turn)
    machine.release(helpersObject)
    if (machine.isException(result)) throw this.#failure(machine.takeException())
    return (result & 0xffffffffn) !== 0n
  }

  /** `promise` may have been rejected with the interruption, which then knows where it happened. */
  #checkInterrupt(promise: bigint | undefined): void {
    if (!this.#interrupted) return
    const machine = this.#machine
    const { context } = machine
    const isRejected =
      promise !== undefined && machine.call('JS_PromiseState', context, promise) === promiseStates.rejected
    throw this.#failure(isRejected ? machine.value('JS_PromiseResult', context, promise) : machine.takeException())
  }

  #checkRejections(): void {
    const [first] = this.#rejections.values()
    if (!first) return
    const { message, stack } = this.#describe(first.reason)
    const fault = initFault({ message, stack }, this.#isOwnFile)
    throw new Failed({
      ...fault,
      message: `A promise was rejected and nothing handles it: ${message}`,
      next: 'Await the promise or add a catch to it.',
    })
  }

  #bindExports(namespace: bigint): void {
    const { facts, binding, source } = this.#input
    const machine = this.#machine
    const table = machine.allocate(8 * binding.exports.length + 8)
    const unfit: UnfitExport[] = []
    for (const [i, { path, label, hint, receiver }] of binding.exports.entries()) {
      let value = machine.duplicate(namespace)
      for (const name of path) {
        const next = isNullish(value) ? undefinedValue : machine.get(value, name)
        machine.release(value)
        if (machine.isException(next)) throw this.#failure(machine.takeException())
        value = next
      }
      if (receiver) {
        // What is wrong with it shows in its functions, which are entries of their own.
      } else if (machine.call('JS_IsFunction', machine.context, value) === 0) {
        unfit.push({ path, label, hint, missing: value === undefinedValue })
      } else if (commandLabel.test(label)) {
        const waiting = this.#callRuntime('untilIdle', [value])
        machine.release(value)
        value = waiting
      }
      machine.writeValue(table + 8 * i, value)
    }
    if (unfit.length > 0) throw new Failed(exportFault(source, unfit))
    machine.view.setUint32(facts.control + control.exports, table, true)
  }

  #hostCalls(): HostCalls {
    return {
      interrupt: () => {
        if (this.#interrupted) return true
        if (++this.#interrupts <= this.#input.limits.interrupts) return false
        this.#interruptStack = this.#currentStack()
        this.#interrupted = true
        return true
      },
      rejection: (promise, reason, handled) => {
        const machine = this.#machine
        const known = this.#rejections.get(promise)
        this.#rejections.delete(promise)
        for (const value of known ? [known.promise, known.reason] : []) machine.release(value)
        if (!handled) this.#rejections.set(promise, { promise, reason })
        else for (const value of [promise, reason]) machine.release(value)
      },
      normalise: (base, specifier) => {
        const { source } = this.#input
        // Import modules know each other by their full names.
        if (base.startsWith(runtimeScheme) || !this.#isOwnFile(base)) return specifier
        const resolution = resolveSpecifier(source, this.#interfaces, base, specifier)
        if (resolution.ok) return resolution.name
        this.#importFaults.set(resolution.fault.message, resolution.fault)
        this.#throw('Error', resolution.fault.message)
        return undefined
      },
      load: (name) => {
        const { modules } = this.#input.source
        if (Object.hasOwn(modules, name)) return modules[name]
        this.#throw('Error', `There is no module ${name}.`)
        return undefined
      },
      call: (name, args) => this.#hostCall(name, args),
    }
  }

  #hostCall(name: string, args: readonly bigint[]): bigint | undefined {
    const machine = this.#machine
    const [first = undefinedValue, second = undefinedValue] = args
    switch (name) {
      case builderWrite: {
        const stream = machine.textOf(first) === 'stderr' ? 'stderr' : 'stdout'
        this.#lines.push({ stream, text: machine.textOf(second) ?? '' })
        return undefinedValue
      }
      case builderWarn:
        this.#warn(machine.textOf(first) ?? '')
        return undefinedValue
      default: {
        const label = this.#input.binding.hostFunctions.find((each) => each.name === name)?.label ?? 'An import'
        this.#throw(
          'TypeError',
          `${label} cannot be called while the component is being built; move the call into an export`,
        )
        return undefined
      }
    }
  }

  #warn(topic: string): void {
    const [message, next] = warnings[topic] ?? []
    if (message === undefined || next === undefined || this.#warned.has(topic)) return
    const place = placeInStack(this.#currentStack(), this.#isOwnFile)
    this.#warned.set(topic, { stage: 'guest-init', severity: 'warning', message, next, ...(place && { place }) })
  }

  /** The stack of the guest while it calls the host. */
  #currentStack(): string {
    const machine = this.#machine
    const error = machine.evaluate('new Error()', `${runtimeScheme}stack`, evalFlags.script)
    const stack = machine.get(error, 'stack')
    const text = machine.textOf(stack) ?? ''
    machine.release(stack)
    machine.release(error)
    return text
  }

  /** Throws an error into the engine. */
  #throw(type: 'Error' | 'TypeError', message: string): void {
    const machine = this.#machine
    const source = `new ${type}(${JSON.stringify(message)})`
    machine.throwValue(machine.evaluate(source, `${runtimeScheme}throw`, evalFlags.script))
  }

  #callRuntime(name: string, args: readonly bigint[] = []): bigint {
    const machine = this.#machine
    const target = machine.get(this.#runtime, name)
    const result = machine.apply(target, args)
    machine.release(target)
    if (machine.isException(result)) throw this.#failure(machine.takeException())
    return result
  }

  readonly #isOwnFile = (file: string): boolean => Object.hasOwn(this.#input.source.modules, file)

  /** Message and stack of a thrown value. The guest can no longer be interrupted, but it is not run either. */
  #describe(thrown: bigint): Thrown {
    const machine = this.#machine
    machine.call('qjs_set_interrupt_handler', 0)
    machine.call('qjs_set_memory_limit', 0)
    const describe = machine.get(this.#runtime, 'describe')
    const pair = machine.apply(describe, [thrown])
    if (machine.isException(pair)) {
      machine.release(machine.takeException())
      return { message: machine.textOf(thrown) ?? 'an error that cannot be shown', stack: '' }
    }
    const message = machine.get(pair, '0')
    const stack = machine.get(pair, '1')
    return { message: machine.textOf(message) ?? '', stack: machine.textOf(stack) ?? '' }
  }

  #failure(thrown: bigint): Failed {
    const described = this.#describe(thrown)
    if (this.#interrupted) return new Failed(this.#interruptFault(described.stack))
    // An allocation that failed for the error itself leaves `null`.
    if (isOutOfMemory(described.message) || (described.message === 'null' && this.#isFull())) {
      return new Failed(this.#memoryFault(described.stack))
    }
    if (isStackOverflow(described.message)) return new Failed(this.#stackFault(described.stack))
    for (const [message, fault] of this.#importFaults) {
      if (described.message === `Error: ${message}`) return new Failed(fault)
    }
    return new Failed(initFault(described, this.#isOwnFile))
  }

  #isFull(): boolean {
    return this.#machine.memory.buffer.byteLength / page >= this.#input.memoryPages - 16
  }

  #located(stack: string): Pick<Fault, 'place' | 'detail'> {
    const place = placeInStack(stack, this.#isOwnFile)
    const detail = ownFrames(stack)
    return { ...(place && { place }), ...(detail !== '' && { detail }) }
  }

  #interruptFault(stack: string): Fault {
    return {
      stage: 'guest-init',
      message: 'interrupted: the top-level code runs for too long',
      next: 'End the loop, or move the work into an export.',
      ...this.#located(ownFrames(stack) === '' ? this.#interruptStack : stack),
    }
  }

  #memoryFault(stack: string): Fault {
    const mebibytes = Math.floor((this.#input.memoryPages * page) / mebibyte)
    return {
      stage: 'guest-init',
      message: `out of memory: the top-level code needs more than the ${mebibytes} MiB of memory that the engine may have`,
      next: 'Keep less in memory at a time, or raise the memory limit.',
      ...this.#located(stack),
    }
  }

  #stackFault(stack: string): Fault {
    return {
      stage: 'guest-init',
      message: 'stack overflow: the top-level code recurses too deeply',
      next: 'End the recursion earlier, or use a loop.',
      ...this.#located(stack),
    }
  }

  /** The fault behind whatever came out of the engine; bugs of our own are thrown on. */
  faultOf(error: unknown): Fault {
    if (error instanceof Failed) return error.fault
    if (error instanceof OutOfMemory) return this.#memoryFault('')
    // The stack of whoever runs the engine is used up before that of the engine is.
    if (error instanceof RangeError || (error instanceof Error && error.name === 'InternalError')) {
      return this.#stackFault('')
    }
    if (error instanceof WebAssembly.RuntimeError) {
      if (this.#isFull()) return this.#memoryFault('')
      return {
        stage: 'guest-init',
        message: `The engine stopped: ${error.message}.`,
        next: 'Make the top-level code do less; what it did last ended the engine.',
      }
    }
    throw error
  }
}

const isNullish = (value: bigint): boolean => value >> 32n === 2n || value >> 32n === 3n
