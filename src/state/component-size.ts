import type { PreparedWorld } from '../toolchain/engine.ts'
import { componentParts } from '../wasm/component-parts.ts'
import { joinAroundCoreModule } from '../wasm/components.ts'
import type { Context } from './context.ts'
import { isBusy } from './selectors.ts'

/** Shows what the component of a core module weighs, and then by its parts, which takes a few milliseconds more. */
export async function showComponentSize(
  { get, set, services }: Context,
  prepared: PreparedWorld,
  core: Uint8Array,
): Promise<void> {
  const component = joinAroundCoreModule(prepared.shell.before, core, prepared.shell.after)
  const total = component.length
  const size = { total, core: core.length, shell: total - core.length }
  set({ metrics: { ...get().metrics, size } })
  const image = await services.toolchain.engine(prepared.engine, prepared.variant)
  if (get().metrics.size !== size || isBusy(get())) return
  const parts = componentParts(component, image.ok ? { image: image.value.wasm } : {})
  set({ metrics: { ...get().metrics, size: { ...size, parts } } })
}
