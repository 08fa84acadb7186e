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
  const { before, after } = prepared.shell
  const shell = before.length + after.length + 1 + varU32Length(core.length)
  const size = { total: shell + core.length, core: core.length, shell }
  set({ metrics: { ...get().metrics, size } })
  const image = await services.toolchain.engine(prepared.engine, prepared.variant)
  if (get().metrics.size !== size || isBusy(get())) return
  const parts = componentParts(
    joinAroundCoreModule(prepared.shell.before, core, prepared.shell.after),
    image.ok ? { image: image.value.wasm } : {},
  )
  set({ metrics: { ...get().metrics, size: { ...size, parts } } })
}

/** Bytes of a section's length field: Binary.md#component-definitions, LEB128. */
function varU32Length(value: number): number {
  let length = 1
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) length++
  return length
}
