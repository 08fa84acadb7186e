import { fail, succeed } from '../../contract/fault.ts'
import type { Outcome } from '../../contract/fault.ts'
import { coreModules, joinAroundCoreModule } from '../../wasm/components.ts'
import { encodePrepared } from '../cache/prepared-codec.ts'
import type { DeclaredWorld, HollowEngine } from '../engine.ts'
import { findEngine } from '../engines/registry.ts'
import { toolMessage } from '../jco/tools.ts'
import type { JcoTools } from '../jco/tools.ts'
import type { AssembledComponent } from '../toolchain.ts'
import type { AssembledWit } from '../wit/source.ts'
import type { ToolsRequest } from './protocol.ts'

type Declare = Extract<ToolsRequest, { op: 'declare' }>
type Prepare = Extract<ToolsRequest, { op: 'prepare' }>
type Assemble = Extract<ToolsRequest, { op: 'assemble' }>

/** The world with its types for the guest. */
export function declare(
  tools: JcoTools,
  { engine: id, version }: Pick<Declare, 'engine' | 'version'>,
  { source: witSource, world }: Pick<AssembledWit, 'source' | 'world'>,
): Outcome<DeclaredWorld> {
  const engine = findEngine(id)
  return engine.ok ? engine.value.declare(tools, { witSource, world, version }) : engine
}

/** The prepared world as bytes of `encodePrepared`: ready to be kept, and with shared types shared. */
export function prepare(
  tools: JcoTools,
  hollow: HollowEngine,
  { engine: id, version }: Pick<Prepare, 'engine' | 'version'>,
  { source: witSource, world }: Pick<AssembledWit, 'source' | 'world'>,
): Outcome<Uint8Array<ArrayBuffer>> {
  const engine = findEngine(id)
  if (!engine.ok) return engine
  const prepared = engine.value.prepare(tools, hollow, { witSource, world, version })
  return prepared.ok ? succeed(encodePrepared(prepared.value)) : prepared
}

/**
 * Puts the component together and looks at it once more before it leaves the tab: every core module in it must be valid,
 * and wasm-tools must be able to read the world out of it.
 */
export function assemble(
  tools: Pick<JcoTools, 'componentWit'>,
  { before, core, after }: Assemble,
): Outcome<AssembledComponent> {
  const bytes = joinAroundCoreModule(before, core, after)
  for (const [index, module] of coreModules(bytes).entries()) {
    if (!WebAssembly.validate(new Uint8Array(module))) {
      return fail({
        stage: 'build',
        message: `Core module ${index} of the component is not valid.`,
        next: 'Run the project again, then export it; if that does not help, report the project.',
      })
    }
  }
  try {
    return succeed({ bytes, wit: tools.componentWit(bytes) })
  } catch (error) {
    const said = toolMessage(error)
    if (said === undefined) throw error
    return fail({
      stage: 'build',
      message: 'The component is not valid.',
      next: 'Run the project again, then export it; if that does not help, report the project.',
      detail: said.detail,
    })
  }
}
