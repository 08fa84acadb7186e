import type { World } from '../../../component/types.ts'
import { control, runtimeScheme, type QuickJsBinding, type QuickJsFacts } from './control.ts'
import { evalFlags, type Machine } from './machine.ts'
import { servicesModule } from './services.ts'

/** Host functions that the builder itself offers to the runtime; all others are those of the world. */
export const builderWrite = `${runtimeScheme}write`
export const builderWarn = `${runtimeScheme}warn`

export interface WorldSetup {
  readonly facts: QuickJsFacts
  readonly binding: QuickJsBinding
  readonly world: World
}

/**
 * Makes a fresh engine ready for the guests of a world: the table of atoms, the import modules, and the runtime connected
 * to what the world imports. `runtime` is the runtime's object.
 */
export function setUpWorld(machine: Machine, runtime: bigint, { facts, binding, world }: WorldSetup): void {
  writeAtoms(machine, facts, binding.atoms)
  openRuntime(machine, runtime, binding)
  for (const [name, source] of Object.entries(binding.modules)) evaluateTrusted(machine, source, name)
  const services = servicesModule(world, Object.keys(binding.modules))
  evaluateTrusted(machine, services, `${runtimeScheme}services`)
  if (binding.setup !== '') evaluateTrusted(machine, binding.setup, `${runtimeScheme}setup`)
  const close = '__witcraft.imports = undefined; delete globalThis.__witcraft'
  machine.release(machine.evaluate(close, `${runtimeScheme}start`, evalFlags.script))
}

function writeAtoms(machine: Machine, facts: QuickJsFacts, atoms: readonly string[]): void {
  const table = machine.allocate(4 * atoms.length + 4)
  for (const [i, text] of atoms.entries()) {
    const atom = machine.atom(text)
    machine.view.setUint32(table + 4 * i, atom, true)
  }
  machine.view.setUint32(facts.control + control.atoms, table, true)
}

/** Makes the runtime's object the global `__witcraft`, with the host functions in it. */
function openRuntime(machine: Machine, runtime: bigint, binding: QuickJsBinding): void {
  const { context, global } = machine
  machine.set(global, '__witcraft', machine.duplicate(runtime))
  machine.release(global)
  const imports = machine.evaluate('__witcraft.imports = []', `${runtimeScheme}start`, evalFlags.script)
  for (const [i, { name, arity }] of binding.hostFunctions.entries()) {
    machine.call('JS_SetPropertyUint32', context, imports, i, hostFunction(machine, name, arity))
  }
  machine.release(imports)
  const host = machine.evaluate('__witcraft.host = {}', `${runtimeScheme}start`, evalFlags.script)
  machine.set(host, 'write', hostFunction(machine, builderWrite, 2))
  machine.set(host, 'warn', hostFunction(machine, builderWarn, 1))
  machine.release(host)
}

const hostFunction = (machine: Machine, name: string, arity: number): bigint =>
  machine.withText(name, (address, length) =>
    machine.unbox(machine.call('qjs_new_host_function', address, length, arity)),
  )

/** Modules that our own tools wrote: an exception in one is a bug. */
function evaluateTrusted(machine: Machine, source: string, name: string): void {
  const promise = machine.evaluate(source, name, evalFlags.module)
  if (!machine.isException(promise)) {
    while (machine.call('qjs_is_job_pending') !== 0) machine.call('qjs_execute_pending_job')
    const state = machine.call('JS_PromiseState', machine.context, promise)
    if (state === promiseStates.fulfilled) {
      machine.release(promise)
      return
    }
    machine.throwValue(machine.value('JS_PromiseResult', machine.context, promise))
  }
  const thrown = machine.takeException()
  const stack = machine.textOf(machine.get(thrown, 'stack')) ?? ''
  throw new Error(`the import module ${name} cannot be evaluated: ${machine.textOf(thrown) ?? 'unknown'}\n${stack}`)
}

/** What `JS_PromiseState` answers. */
export const promiseStates = { pending: 0, fulfilled: 1, rejected: 2 } as const
