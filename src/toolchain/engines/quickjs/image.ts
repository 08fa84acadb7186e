import { exportSignatures, parseCoreModule } from '../../../wasm/core-module.ts'
import { linkSideModule, readDylink } from '../../../wasm/link.ts'
import { hollow, instrument, keepExports, renameImportModules } from '../../../wasm/rewrite.ts'
import { assertSnapshotable, captureState, writeState } from '../../../wasm/snapshot.ts'
import { concat } from '../../../wasm/writer.ts'
import type { EngineImage } from '../../engine.ts'
import { scrubArenas } from './arenas.ts'
import { control, controlSize, engineFunctions, helpers, runtimeScheme, type QuickJsFacts } from './control.ts'
import { dropDeadCode } from './dead-code.ts'
import {
  ChangedEngine,
  checkEngineShape,
  componentExports,
  imageExports,
  pinnedHashes,
  tagged,
  tags,
} from './engine-shape.ts'
import { heapStart, scrubHeap } from './heap.ts'
import { glueModule, hostImports, quietCalls } from './host.ts'
import { evalFlags, Machine, undefinedValue } from './machine.ts'
import { runtimeSources } from './runtime/sources.ts'
import { engineId, variants, type Variant } from './variants.ts'

/**
 * Making the image: the engine from its package with the extensions linked in, the runtime evaluated, and its state
 * taken. Runs when the project is built; the result depends on nothing but its input.
 */

export interface EngineSource {
  readonly quickjs: Uint8Array
  readonly extensions: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

/**
 * Bytes of the engine's stack before it throws a RangeError. Its linker gave it 1 MiB, but the stack of whoever runs it
 * is used up sooner.
 */
const stackSize = 400 << 10

/** `JS_WRITE_OBJ_STRIP_SOURCE` */
const stripSource = 3 << 4

/** The linker resolves by name; these are left over in the tested extensions and never called. */
const knownUnresolved: Readonly<Record<string, readonly RegExp[]>> = {
  'structured-clone': [],
  encoding: [],
  // Wide characters and number parsing of the C++ library, which reading a URL does not reach.
  url: [/^wcs/, /^wmem/, /^strto/, /^swprintf$/, /^GOT\.func\.__cxa_pure_virtual$/, /^GOT\.mem\.errno$/],
}

/** Throws `ChangedEngine` where the engine or an extension is not the one that this code was written for. */
export async function bakeImage(source: EngineSource, variant: Variant): Promise<EngineImage> {
  await checkHash('quickjs', source.quickjs)
  checkEngineShape(source.quickjs)
  const extensions = await Promise.all(variants[variant].map((name) => extension(source, name)))
  const engine = renameImportModules(source.quickjs, () => glueModule)
  const sources = await compileRuntime(engine, variant)
  const linked = await link(engine, extensions)
  const { bytes, module } = instrument(linked.bytes)
  const { instance, heap } = await start(bytes)
  const machine = boot(instance, linked.placed)
  const facts = { ...furnish(machine, bytes, sources), heap }
  machine.call('qjs_run_gc')
  scrubArenas(machine, heap)
  machine.bytes.fill(0, 0, machine.stackTop)
  scrubHeap(machine.memory, heap)
  const state = captureState(module, instance)
  const pruned = dropDeadCode(keepExports(linked.bytes, imageExports))
  const wasm = concat(writeState(parseCoreModule(pruned), state))
  assertSnapshotable(parseCoreModule(keepExports(wasm, componentExports)))
  return { id: engineId, variant, hash: await hashOf(wasm), wasm, facts }
}

/** The image as far as `prepare` needs it: the interface of the engine's core module without its code. */
export function hollowImage(image: EngineImage): HollowImage {
  const { id, variant, hash, facts } = image
  return { id, variant, hash, facts, wasm: hollow(keepExports(image.wasm, componentExports)) }
}

/** `EngineImage` with a hollow module in `wasm`; `hash` is that of the full one. */
export interface HollowImage extends EngineImage {
  readonly facts: unknown
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function checkHash(name: string, bytes: Uint8Array): Promise<void> {
  const hash = await hashOf(bytes)
  if (hash !== pinnedHashes[name]) {
    throw new ChangedEngine(`${name} has the hash ${hash}, not ${pinnedHashes[name] ?? 'a known one'}`)
  }
}

async function extension(source: EngineSource, name: string): Promise<{ name: string; bytes: Uint8Array }> {
  const found = source.extensions.find((extension) => extension.name === name)
  if (!found) throw new ChangedEngine(`extension ${name} is absent`)
  await checkHash(name, found.bytes)
  return found
}

interface CompiledSource {
  readonly name: string
  readonly bytecode: Uint8Array
}

interface Placed {
  readonly name: string
  readonly address: number
  readonly size: number
  readonly data: readonly { readonly address: number; readonly bytes: Uint8Array }[]
  /** Exports to call, as far as they are there, before the extension starts. */
  readonly initialisers: readonly string[]
}

async function start(bytes: Uint8Array): Promise<{ instance: WebAssembly.Instance; heap: number }> {
  let machine: Machine | undefined
  const running = (): Machine => {
    if (!machine) throw new ChangedEngine('it calls its host before it has started')
    return machine
  }
  const module = await WebAssembly.compile(new Uint8Array(bytes))
  const instance = await WebAssembly.instantiate(module, hostImports(running, quietCalls))
  // The context is not there yet; the host needs only the memory while the runtime starts.
  machine = new Machine(instance, 0)
  const first = machine.allocate(16)
  machine.free(first)
  machine.call('_initialize')
  if (machine.call('qjs_init') !== 0) throw new ChangedEngine('its runtime does not start')
  machine = new Machine(instance)
  return { instance, heap: heapStart(first) }
}

/**
 * Extensions have their data on the engine's heap. Where, a first run of the engine alone tells: allocation is
 * deterministic, and the run that counts checks that it gets the same addresses.
 */
async function link(
  engine: Uint8Array,
  extensions: readonly { name: string; bytes: Uint8Array }[],
): Promise<{ bytes: Uint8Array; placed: Placed[] }> {
  const scout = new Machine((await start(engine)).instance)
  const placed: Placed[] = []
  let bytes = engine
  for (const { name, bytes: side } of extensions) {
    const dylink = readDylink(side)
    if (!dylink) throw new ChangedEngine(`extension ${name} is no side module`)
    const size = dylink.memorySize + dylink.memoryAlignment
    const address = scout.allocate(size)
    const memoryBase = Math.ceil(address / dylink.memoryAlignment) * dylink.memoryAlignment
    const linked = linkSideModule(bytes, side, { memoryBase, prefix: `${name}:` })
    const unknown = linked.unresolved.filter((symbol) => !knownUnresolved[name]?.some((known) => known.test(symbol)))
    if (unknown.length > 0) throw new ChangedEngine(`extension ${name} needs ${unknown.join(', ')}`)
    bytes = linked.bytes
    const initialisers = [linked.start ?? '', `${name}:__wasm_apply_data_relocs`, `${name}:__wasm_call_ctors`]
    placed.push({ name, address, size, data: linked.data, initialisers })
  }
  return { bytes, placed }
}

function boot(instance: WebAssembly.Instance, placed: readonly Placed[]): Machine {
  const machine = new Machine(instance)
  for (const { name, address, size } of placed) {
    if (machine.allocate(size) !== address) throw new ChangedEngine(`extension ${name} found no place`)
    machine.bytes.fill(0, address, address + size)
  }
  for (const { data } of placed) for (const { address, bytes } of data) machine.bytes.set(bytes, address)
  for (const { name, initialisers } of placed) {
    for (const initialiser of initialisers) machine.run(initialiser)
    const init = `${name}:qjs_ext_${name.replaceAll('-', '_')}_init`
    const status = machine.run(init, machine.context, machine.call('qjs_get_runtime_ptr'))
    if (status !== 0) throw new ChangedEngine(`extension ${name} does not start: ${status ?? `it has no ${init}`}`)
  }
  return machine
}

/** Checks the tags that the glue writes by itself against what the engine says. */
function checkTags(machine: Machine): void {
  const expected = [
    ['qjs_get_undefined', undefinedValue],
    ['qjs_get_null', tagged(tags.null)],
    ['qjs_get_true', tagged(tags.boolean, 1n)],
    ['qjs_get_false', tagged(tags.boolean, 0n)],
  ] as const
  for (const [name, value] of expected) {
    const found = machine.unbox(machine.call(name))
    if (found !== value) throw new ChangedEngine(`${name} gives 0x${found.toString(16)}, not 0x${value.toString(16)}`)
  }
  const exception = machine.evaluate('throw 0', 'check', evalFlags.script)
  if (exception !== tagged(tags.exception)) throw new ChangedEngine(`an exception is 0x${exception.toString(16)}`)
  machine.release(machine.takeException())
}

/** Evaluates the runtime and fills the control block. */
function furnish(machine: Machine, bytes: Uint8Array, sources: readonly CompiledSource[]): Omit<QuickJsFacts, 'heap'> {
  checkTags(machine)
  machine.call('qjs_set_max_stack_size', stackSize)
  const block = machine.allocate(controlSize + 8)
  if (block % 8 !== 0) throw new ChangedEngine('allocations are not aligned to 8 bytes')
  machine.bytes.fill(0, block, block + controlSize + 8)
  const runtimeCell = block + controlSize

  const runtime = machine.evaluate('({})', `${runtimeScheme}start`, evalFlags.script)
  machine.writeValue(runtimeCell, runtime)
  for (const source of sources) {
    const install = load(machine, source)
    machine.release(checked(machine, source.name, machine.apply(install, [runtime])))
    machine.release(install)
  }
  const functions = machine.get(runtime, 'helpers')
  for (const [i, name] of helpers.entries()) {
    const helper = machine.get(functions, name)
    if (machine.call('JS_IsFunction', machine.context, helper) === 0)
      throw new Error(`the runtime has no helper ${name}`)
    machine.writeValue(block + control.helpers + 8 * i, helper)
  }
  machine.release(functions)

  const array = machine.evaluate('new Uint8Array(1)', `${runtimeScheme}start`, evalFlags.script)
  const uint8ArrayType = machine.call('JS_GetTypedArrayType', array)
  machine.release(array)
  machine.call('qjs_set_promise_rejection_handler', 1)
  machine.call('qjs_set_module_loader', 1)
  const all = exportSignatures(parseCoreModule(bytes))
  const signatures: Record<string, QuickJsFacts['signatures'][string]> = {}
  for (const name of engineFunctions) {
    const signature = all[name]
    if (signature) signatures[name] = signature
  }
  return { control: block, context: machine.context, signatures, uint8ArrayType, runtime: runtimeCell }
}

/**
 * The runtime as bytecode. It is compiled in an engine of its own, so that the image carries neither the text of the
 * runtime nor what the compiler left on the heap, and shows functions of the runtime as native ones.
 */
async function compileRuntime(engine: Uint8Array, variant: Variant): Promise<CompiledSource[]> {
  const machine = new Machine((await start(engine)).instance)
  return runtimeSources(variant).map(({ name, source }) => {
    const length = machine.allocate(8)
    const address = machine.withText(source, (text, size) =>
      machine.withText(`${runtimeScheme}${name}`, (file) =>
        machine.call('qjs_compile', text, size, file, evalFlags.script, stripSource, length),
      ),
    )
    if (address === 0) throw new Error(`the runtime's ${name} does not compile: ${describe(machine)}`)
    const end = address + machine.view.getUint32(length, true)
    return { name, bytecode: machine.bytes.slice(address, end) }
  })
}

/** Evaluates bytecode and leaves no copy of it behind. */
function load(machine: Machine, { name, bytecode }: CompiledSource): bigint {
  const address = machine.allocate(bytecode.length)
  machine.bytes.set(bytecode, address)
  const value = machine.unbox(machine.call('qjs_eval_bytecode', address, bytecode.length))
  machine.bytes.fill(0, address, address + bytecode.length)
  machine.free(address)
  return checked(machine, name, value)
}

function checked(machine: Machine, name: string, value: bigint): bigint {
  if (machine.isException(value)) throw new Error(`the runtime's ${name} fails: ${describe(machine)}`)
  return value
}

function describe(machine: Machine): string {
  const thrown = machine.takeException()
  const stack = machine.get(thrown, 'stack')
  return `${machine.textOf(thrown) ?? 'unknown'}\n${machine.textOf(stack) ?? ''}`
}
