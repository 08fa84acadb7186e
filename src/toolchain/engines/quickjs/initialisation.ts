import type { Diagnostic, Fault } from '../../../contract/fault.ts'
import type { ConsoleLine, GuestSource, InitLimits, PreparedWorld } from '../../engine.ts'
import { scrubArenas } from './arenas.ts'
import { control, runtimeScheme, type QuickJsBinding, type QuickJsFacts } from './control.ts'
import { exportFault, type UnfitExport } from './export-fault.ts'
import { scrubHeap } from './heap.ts'
import { hostImports, type HostCalls } from './host.ts'
import { initWarning } from './init-warnings.ts'
import { heapLimit, interruptFault, isFull, memoryFault, stackFault, trapFault } from './limit-faults.ts'
import { evalFlags, Machine, OutOfMemory, undefinedValue } from './machine.ts'
import { resolveSpecifier } from './modules.ts'
import {
  initFault,
  isOutOfMemory,
  isStackOverflow,
  ownFrames,
  placeInStack,
  stackInCodeUnits,
  type Thrown,
} from './thrown.ts'
import { builderWarn, builderWrite, promiseStates, setUpWorld } from './world-setup.ts'

/** Ends an initialisation with a fault; never leaves this folder. */
class Failed extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.message)
    this.fault = fault
  }
}

/** Running so many jobs counts as one question of the engine whether to go on: they take about as long. */
const jobsPerInterrupt = 100

/** The export of a command: what it left to be done is done before it returns. */
const commandLabel = /^wasi:cli\/run@[^#]*#run$/

export interface InitialisationInput {
  readonly module: WebAssembly.Module
  readonly facts: QuickJsFacts
  readonly binding: QuickJsBinding
  readonly prepared: PreparedWorld
  readonly source: GuestSource
  readonly limits: InitLimits
  readonly memoryPages: number
  readonly onConsole: (line: ConsoleLine) => void
  /** Called whenever the engine asks whether to go on; what it throws goes through the engine as a trap does. */
  readonly onInterrupt: () => void
}

export interface Initialised {
  readonly instance: WebAssembly.Instance
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
    const { facts, binding, source, memoryPages, prepared } = this.#input
    const machine = this.#machine
    setUpWorld(machine, this.#runtime, { facts, binding, world: prepared.world })

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
    scrubArenas(machine, facts.heap)
    scrubHeap(machine.memory, facts.heap)
    return { instance: this.#instance, warnings: [...this.#warned.values()] }
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
        throw new Failed(interruptFault('', this.#isOwnFile))
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
    const { fault } = this.#failure(first.reason, 'Await the promise or add a catch to it.')
    if (fault.stage === 'source') throw new Failed(fault)
    throw new Failed({ ...fault, message: `A promise was rejected and nothing handles it: ${fault.message}` })
  }

  #bindExports(namespace: bigint): void {
    const { facts, binding, source } = this.#input
    const machine = this.#machine
    const table = machine.allocate(8 * binding.exports.length + 8)
    const unfit: UnfitExport[] = []
    for (const [i, { path, label, hint, receiver }] of binding.exports.entries()) {
      let value = machine.duplicate(namespace)
      let isThere = false
      for (const [step, name] of path.entries()) {
        if (step === 1) isThere = !isNullish(value)
        const next = isNullish(value) ? undefinedValue : machine.get(value, name)
        machine.release(value)
        if (machine.isException(next)) throw this.#failure(machine.takeException())
        value = next
      }
      if (receiver) {
        // What is wrong with it shows in its functions, which are entries of their own.
      } else if (machine.call('JS_IsFunction', machine.context, value) === 0) {
        unfit.push({ path, hint, missing: value === undefinedValue, isThere })
      } else if (commandLabel.test(label)) {
        const waiting = this.#callRuntime('untilIdle', [value])
        machine.release(value)
        value = waiting
      }
      machine.writeValue(table + 8 * i, value)
    }
    if (unfit.length > 0) {
      const names = binding.exports.map(({ path: [name = ''] }) => name)
      throw new Failed(exportFault(source, unfit, names))
    }
    machine.view.setUint32(facts.control + control.exports, table, true)
  }

  #hostCalls(): HostCalls {
    return {
      interrupt: () => {
        this.#input.onInterrupt()
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
        if (Object.hasOwn(modules, name)) return modules[name] ?? ''
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
        this.#input.onConsole({ stream, text: machine.textOf(second) ?? '' })
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
    if (this.#warned.has(topic)) return
    const place = placeInStack(this.#currentStack(), this.#isOwnFile)
    const warning = initWarning(topic, place)
    if (warning) this.#warned.set(topic, warning)
  }

  /** The stack of the guest while it calls the host. */
  #currentStack(): string {
    const machine = this.#machine
    const error = machine.evaluate('new Error()', `${runtimeScheme}stack`, evalFlags.script)
    const stack = machine.get(error, 'stack')
    const text = stackInCodeUnits(machine.textOf(stack) ?? '', this.#input.source.modules)
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
    const { modules } = this.#input.source
    return { message: machine.textOf(message) ?? '', stack: stackInCodeUnits(machine.textOf(stack) ?? '', modules) }
  }

  #failure(thrown: bigint, next?: string): Failed {
    const described = this.#describe(thrown)
    if (this.#interrupted) {
      const stack = ownFrames(described.stack) === '' ? this.#interruptStack : described.stack
      return new Failed(interruptFault(stack, this.#isOwnFile))
    }
    // An allocation that failed for the error itself leaves `null`.
    const { memoryPages } = this.#input
    const isNothingLeft = described.message === 'null' && isFull(this.#machine.memory, memoryPages)
    if (isOutOfMemory(described.message) || isNothingLeft) {
      return new Failed(memoryFault(memoryPages, described.stack, this.#isOwnFile))
    }
    if (isStackOverflow(described.message)) return new Failed(stackFault(described.stack, this.#isOwnFile))
    for (const [message, fault] of this.#importFaults) {
      if (described.message === `Error: ${message}`) return new Failed(fault)
    }
    return new Failed(initFault(described, this.#isOwnFile, next))
  }

  /** The fault behind whatever came out of the engine; bugs of our own are thrown on. */
  faultOf(error: unknown): Fault {
    if (error instanceof Failed) return error.fault
    const { memoryPages } = this.#input
    if (error instanceof OutOfMemory) return memoryFault(memoryPages, '', this.#isOwnFile)
    // The stack of whoever runs the engine is used up before that of the engine is.
    if (error instanceof RangeError || (error instanceof Error && error.name === 'InternalError')) {
      return stackFault('', this.#isOwnFile)
    }
    if (error instanceof WebAssembly.RuntimeError) {
      const isOutOfMemory = isFull(this.#machine.memory, memoryPages)
      return isOutOfMemory ? memoryFault(memoryPages, '', this.#isOwnFile) : trapFault(error.message)
    }
    throw error
  }
}

const isNullish = (value: bigint): boolean => value >> 32n === 2n || value >> 32n === 3n
