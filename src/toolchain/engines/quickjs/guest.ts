import { fail, succeed, type Outcome } from '../../../contract/fault.ts'
import { parseCoreModule } from '../../../wasm/core-module.ts'
import { globalExport, instrument, keepExports, setMemoryMaximum } from '../../../wasm/rewrite.ts'
import { captureState, stateBytes, writeState, type SnapshotState } from '../../../wasm/snapshot.ts'
import { concat } from '../../../wasm/writer.ts'
import type {
  ConsoleLine,
  EngineImage,
  GuestEngine,
  GuestSource,
  InitialisedGuest,
  InitLimits,
  LoadedEngine,
  PreparedWorld,
  UncaughtException,
} from '../../engine.ts'
import { control, outOfMemoryLength, uncaughtKinds, type QuickJsBinding } from './control.ts'
import { componentExports, stackPointer } from './engine-shape.ts'
import { declarationFrame } from './export-place.ts'
import { parseBinding, parseFacts } from './facts.ts'
import { glueModule, hostImports, quietCalls } from './host.ts'
import { runInitialisation, type Initialised } from './initialisation.ts'
import { heapLimit } from './limit-faults.ts'
import { Machine } from './machine.ts'
import { rehearsal } from './rehearsal.ts'
import { adviceFor, ownFrames, stackInCodeUnits, withoutAdvice } from './thrown.ts'
import { engineId } from './variants.ts'

/** The half of the QuickJS engine that runs beside guest code. */
export const quickJsGuestEngine: GuestEngine = { id: engineId, load }

/** About a second of a busy loop on a laptop. Counted, so that the same source is interrupted at the same place. */
export const defaultInterrupts = 5000

const page = 65536
/** The longest text of an uncaught exception that is read, in bytes. */
const longestText = 65536

async function load(image: EngineImage, memoryPages: number): Promise<LoadedEngine> {
  const facts = parseFacts(image.facts)
  const { bytes, module: plain } = instrument(setMemoryMaximum(image.wasm, memoryPages))
  const module = await WebAssembly.compile(new Uint8Array(bytes))
  const component = parseCoreModule(keepExports(image.wasm, componentExports))
  const mutable = plain.globals.flatMap((global, i) => (global.mutable ? [globalExport(i)] : []))

  function initialise(
    prepared: PreparedWorld,
    source: GuestSource,
    limits: InitLimits,
    onConsole: (line: ConsoleLine) => void = () => {},
    onInterrupt: () => void = () => {},
  ): Outcome<InitialisedGuest> {
    if (prepared.engineHash !== image.hash) {
      throw new TypeError(`the world was prepared for the engine ${prepared.engineHash}, not for ${image.hash}`)
    }
    if (!Object.hasOwn(source.modules, source.entry)) {
      return fail({
        stage: 'project',
        message: `There is no file ${source.entry}, where the component starts.`,
        next: `Add ${source.entry} to the project, or name another entry.`,
      })
    }
    const binding = parseBinding(prepared.binding)
    const told = { onConsole, onInterrupt }
    const result = runInitialisation({ module, facts, binding, prepared, source, limits, memoryPages, ...told })
    if (!('instance' in result)) return fail(result)
    return succeed(initialised(result, source, binding))
  }

  function initialised(
    { instance, warnings }: Initialised,
    source: GuestSource,
    binding: QuickJsBinding,
  ): InitialisedGuest {
    // Nothing runs in this instance any more: its memory is the state, and is copied from, not copied.
    const { memory } = instance.exports
    if (!(memory instanceof WebAssembly.Memory)) throw new TypeError('the engine exports no memory')
    const state = new Uint8Array(memory.buffer)
    let captured: SnapshotState | undefined
    // Below the stack pointer is only what calls left behind that are over: a fresh instance has zeroes there.
    const start = stackTop(instance)
    const capture = (): SnapshotState => (captured ??= captureState(plain, instance, { from: start }))
    const used = state.subarray(start)
    const instantiate = (imports: WebAssembly.Imports): WebAssembly.Instance => {
      const fresh = new WebAssembly.Instance(module, imports)
      const target = fresh.exports.memory
      if (!(target instanceof WebAssembly.Memory)) throw new TypeError('the engine exports no memory')
      const missing = (state.length - target.buffer.byteLength) / page
      if (missing > 0) target.grow(missing)
      new Uint8Array(target.buffer).set(used, start)
      for (const name of mutable) setGlobal(fresh, name, instance)
      return fresh
    }
    /** In an instance of its own: the one that the call ended cannot be asked any more. */
    const declaration = (label: string): string => {
      try {
        const other = instantiate(hostImports(() => new Machine(other, facts.context), quietCalls))
        return declarationFrame(other, facts, binding, label, source.modules) ?? ''
      } catch {
        // Where memory is short there may be none for another instance.
        return ''
      }
    }
    return {
      warnings,
      instantiateCore(imports, onInterrupt) {
        const fresh = instantiate(onInterrupt ? interruptible(imports, onInterrupt) : imports)
        // The engine's own limit lies a little below, so that the guest gets an error and not a trap.
        const limit = fresh.exports.qjs_set_memory_limit
        if (typeof limit === 'function') limit(heapLimit(memoryPages))
        const { qjs_set_interrupt_handler: setHandler } = fresh.exports
        if (onInterrupt && typeof setHandler === 'function') setHandler(1)
        return fresh
      },
      uncaught(other, label) {
        const found = readUncaught(other, facts.control)
        if (!found) return undefined
        const next = adviceFor(found.message)
        const bare = label !== undefined && found.kind !== 'rejection' && ownFrames(found.stack) === ''
        const stack = stackInCodeUnits(bare ? declaration(label) : found.stack, source.modules)
        return { ...found, message: withoutAdvice(found.message), stack, ...(next && { next }) }
      },
      stateBytes: () => stateBytes(capture()),
      snapshot: () => concat(writeState(component, capture())),
      state: () => concat(writeState(component, capture(), { withoutCode: true })),
    }
  }

  return { initialise, rehearsal: (prepared) => rehearsal(parseBinding(prepared.binding)) }
}

/** In a component nobody asks; here the glue's answer, which is always to go on, is given after `onInterrupt`. */
function interruptible(imports: WebAssembly.Imports, onInterrupt: () => void): WebAssembly.Imports {
  const host_interrupt = (): number => {
    onInterrupt()
    return 0
  }
  return { ...imports, [glueModule]: { ...imports[glueModule], host_interrupt } }
}

function stackTop(instance: WebAssembly.Instance): number {
  const pointer = instance.exports[stackPointer]
  return pointer instanceof WebAssembly.Global ? Number(pointer.value) : 0
}

function setGlobal(target: WebAssembly.Instance, name: string, from: WebAssembly.Instance): void {
  const [a, b] = [target.exports[name], from.exports[name]]
  if (!(a instanceof WebAssembly.Global) || !(b instanceof WebAssembly.Global)) {
    throw new TypeError(`the engine exports no global ${name}`)
  }
  a.value = b.value
}

/** The instance is the guest's, so nothing in its memory is believed. */
function readUncaught(instance: WebAssembly.Instance, block: number): UncaughtException | undefined {
  const { memory } = instance.exports
  if (!(memory instanceof WebAssembly.Memory)) return undefined
  const { buffer } = memory
  if (block + control.helpers > buffer.byteLength) return undefined
  const view = new DataView(buffer)
  const kind = uncaughtKinds[view.getUint32(block + control.uncaughtKind, true)]
  if (kind === undefined || kind === 'none') return undefined
  const address = view.getUint32(block + control.uncaughtText, true)
  if (address === 0 && view.getInt32(block + control.uncaughtLength, true) === outOfMemoryLength) {
    return { kind, message: 'InternalError: out of memory', stack: '' }
  }
  const length = Math.min(view.getUint32(block + control.uncaughtLength, true), longestText)
  if (address + length > buffer.byteLength) return { kind, message: '', stack: '' }
  const text = new TextDecoder().decode(new Uint8Array(buffer, address, length))
  const end = text.indexOf('\0')
  return end < 0
    ? { kind, message: text, stack: '' }
    : { kind, message: text.slice(0, end), stack: text.slice(end + 1) }
}
