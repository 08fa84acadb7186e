import type { Fault } from '../contract/fault.ts'
import type { PreparedWorld } from '../toolchain/engine.ts'
import { asError, setDiagnostics, type Context } from './context.ts'
import type { Runs } from './runs.ts'

export interface Components {
  /** Makes the component of the current files and hands it to the user. Says whether there was one. */
  download(): Promise<boolean>
  /** Measures the component of the instance that is running, and what it takes to make it. */
  measure(): Promise<void>
}

export function createComponents(context: Context, current: Runs['current']): Components {
  const { get, set, services } = context
  const { runner, toolchain } = services

  function refuse(fault: Fault): false {
    setDiagnostics(context, 'run', [asError(fault)])
    return false
  }

  async function make(): Promise<boolean> {
    const built = await current()
    if (!built?.ok) return false
    const core = await runner.snapshot()
    if (!core.ok) return refuse(core.fault)
    showSize(built.value, core.value)
    const assembled = await toolchain.assemble(built.value, core.value, {
      onProgress: (progress) => set({ progress }),
    })
    set({ progress: undefined })
    if (!assembled.ok) return refuse(assembled.fault)
    services.saveFile(`${get().project.name}.wasm`, assembled.value.bytes)
    return true
  }

  function showSize(prepared: PreparedWorld, core: Uint8Array): void {
    const shell = prepared.shell.before.length + prepared.shell.after.length + 1 + varU32Length(core.length)
    set({ metrics: { ...get().metrics, size: { total: shell + core.length, core: core.length, shell } } })
  }

  return {
    async download() {
      if (get().downloading) return false
      set({ downloading: true })
      try {
        return await make()
      } finally {
        set({ downloading: false })
      }
    },
    async measure() {
      const { run, revision } = get()
      if (run.status !== 'ready' || run.revision !== revision) return
      const built = await current()
      if (!built?.ok) return
      const core = await runner.snapshot()
      if (core.ok && get().run.revision === run.revision) showSize(built.value, core.value)
    },
  }
}

/** Bytes of a section's length field: Binary.md#component-definitions, LEB128. */
function varU32Length(value: number): number {
  let length = 1
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) length++
  return length
}
