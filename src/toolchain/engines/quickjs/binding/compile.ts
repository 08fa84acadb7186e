import { fail, type Outcome, succeed } from '../../../../contract/fault.ts'
import type { World } from '../../../../component/types.ts'
import type { QuickJsBinding, QuickJsFacts } from '../control.ts'
import { EmittedConversions } from './conversions.ts'
import { misfits } from './engine-abi.ts'
import { emitEngineImports } from './engine-imports.ts'
import { type Code, I32, type NumberType } from './emitter.ts'
import { emitDestructor, emitExport } from './exports.ts'
import { exportTable } from './export-table.ts'
import { Glue } from './glue.ts'
import { emitHostCall, type HostFunction, hostFunctionName, mostHostFunctions } from './imports.ts'
import { importModules, setupSource } from './modules.ts'
import type { Plan, PlannedResource } from './plan.ts'

export interface CompiledBinding {
  /** A core module: an adapter for componentNew between the engine's core module and the world. */
  readonly wasm: Uint8Array
  readonly binding: QuickJsBinding
}

/** Emits the glue for a world by its plan. The same world and the same facts give the same bytes. */
export function compileBinding(world: World, plan: Plan, facts: QuickJsFacts): Outcome<CompiledBinding> {
  const strangers = misfits(facts)
  if (strangers.length > 0) {
    return fail({
      stage: 'build',
      message: `The QuickJS image does not fit this version: ${strangers.join(', ')} is missing or has another shape.`,
      next: 'Make the image again with the pinned engine package.',
    })
  }
  return emit(world, plan, facts)
}

function emit(world: World, plan: Plan, facts: QuickJsFacts): Outcome<CompiledBinding> {
  const glue = new Glue(facts)
  const hosts = importTargets(glue, plan)
  if (hosts.length > mostHostFunctions) {
    return fail({
      stage: 'build',
      message: `The world imports ${hosts.length} functions; the QuickJS engine can call ${mostHostFunctions}.`,
      next: 'Import fewer interfaces.',
    })
  }
  const conversions = new EmittedConversions(glue, plan.resources)
  const table = exportTable(plan)
  emitEngineImports(glue, {
    wallClockNow: targetOf(hosts, /^wasi:clocks\/wall-clock@0\.2\./, 'now'),
    monotonicNow: targetOf(hosts, /^wasi:clocks\/monotonic-clock@0\.2\./, 'now'),
    randomU64: targetOf(hosts, /^wasi:random\/random@0\.2\./, 'get-random-u64'),
  })
  emitHostCall(conversions, hosts)
  for (const { planned, slots } of table.functions) emitExport(conversions, planned, slots)
  for (const resource of plan.resources) if (resource.type.side === 'export') emitDestructor(conversions, resource)
  for (const name of ['cabi_export_realloc', 'cabi_import_realloc']) glue.module.export(name, glue.reallocate)
  return succeed({
    wasm: glue.module.encode(),
    binding: {
      atoms: glue.atoms.names,
      hostFunctions: hosts.map((host, index) => ({
        name: hostFunctionName(index),
        arity: host.kind === 'import' ? host.function.parameters.length : 1,
        ...label(host),
      })),
      exports: table.entries,
      modules: importModules(world, plan),
      setup: setupSource(plan),
    },
  })
}

/** The first import whose interface and name fit. */
const targetOf = (hosts: readonly HostFunction[], owner: RegExp, name: string): Code | undefined =>
  hosts.find(
    (host) => host.kind === 'import' && owner.test(host.function.interface ?? '') && host.function.name === name,
  )?.target

/** Imports first, then the intrinsics of each resource: `modules.ts` counts on the order. */
function importTargets({ module }: Glue, plan: Plan): HostFunction[] {
  const imports = plan.imports.map((planned): HostFunction => {
    const { interface: owner = '$root', name, coreParameters, coreResults } = planned
    const target = module.importFunction(owner, name, coreParameters, coreResults)
    return { kind: 'import', function: planned, target }
  })
  return [...imports, ...plan.resources.flatMap((resource) => intrinsics(module, resource))]
}

/** BuildTargets.md#core-module-imports has the names. */
function intrinsics(module: Glue['module'], { type }: PlannedResource): HostFunction[] {
  const one = (owner: string, operation: string, results: readonly NumberType[]): HostFunction => {
    const target = module.importFunction(owner, `[resource-${operation}]${type.name}`, [I32], results)
    return { kind: 'intrinsic', results, target }
  }
  if (type.side === 'import') return [one(type.interface ?? '$root', 'drop', [])]
  const owner = `[export]${type.interface ?? ''}`
  return [one(owner, 'drop', []), one(owner, 'new', [I32]), one(owner, 'rep', [I32])]
}

const label = (host: HostFunction): { label?: string } => {
  if (host.kind !== 'import') return {}
  const { interface: owner, name } = host.function
  return { label: owner === undefined ? name : `${owner}#${name}` }
}
