import { fail, type Fault, type Outcome } from '../contract/fault.ts'
import type { PreparedWorld } from '../toolchain/engine.ts'
import type { AssembledComponent } from '../toolchain/toolchain.ts'
import { asError, setDiagnostics, shownProgress, type Context } from './context.ts'
import type { Runs } from './runs.ts'

/** After this many milliseconds without a run the component is measured: it costs the sandbox a few milliseconds. */
const quietTime = 600

export interface Components {
  /** Makes the component of the current files. */
  component(): Promise<Outcome<AssembledComponent>>
  /** Makes the component of the current files and hands it to the user. Says whether there was one. */
  download(): Promise<boolean>
  /** Measures the component of the instance that is running, and what it takes to make it. */
  measure(): Promise<void>
  /** The same, once nothing has run for a while. */
  measureSoon(): void
}

export function createComponents(context: Context, current: Runs['current']): Components {
  const { get, set, services } = context
  const { runner, toolchain } = services

  let timer: ReturnType<typeof setTimeout> | undefined

  const progress = shownProgress(context)

  async function component(): Promise<Outcome<AssembledComponent>> {
    const { opened } = get()
    const built = await current()
    if (!built) return fail(superseded)
    if (!built.ok) return built
    const { run } = get()
    const core = await runner.snapshot()
    if (get().opened !== opened) return fail(superseded)
    if (!core.ok) return core
    if (get().run.revision === run.revision) showSize(built.value, core.value)
    const assembled = await toolchain.assemble(built.value, core.value, {
      onProgress: (latest) => get().opened === opened && progress.show(latest),
    })
    progress.clear()
    return get().opened === opened ? assembled : fail(superseded)
  }

  async function measure(): Promise<void> {
    const { run, revision } = get()
    if (run.status !== 'ready' || run.revision !== revision) return
    const built = await current()
    if (!built?.ok) return
    const core = await runner.snapshot()
    if (core.ok && get().run.revision === run.revision) showSize(built.value, core.value)
  }

  function showSize(prepared: PreparedWorld, core: Uint8Array): void {
    const shell = prepared.shell.before.length + prepared.shell.after.length + 1 + varU32Length(core.length)
    set({ metrics: { ...get().metrics, size: { total: shell + core.length, core: core.length, shell } } })
  }

  return {
    component,
    measure,
    measureSoon() {
      clearTimeout(timer)
      timer = setTimeout(() => void measure(), quietTime)
    },
    async download() {
      if (get().downloading) return false
      const { project, opened } = get()
      set({ downloading: true })
      try {
        const made = await component()
        if (made.ok) services.saveFile(`${project.name}.wasm`, made.value.bytes)
        // What became of one project is no problem of the next.
        else if (get().opened === opened) setDiagnostics(context, 'run', [asError(made.fault)])
        return made.ok
      } finally {
        set({ downloading: false })
      }
    },
  }
}

const superseded: Fault = {
  stage: 'killed',
  message: 'A newer run, or another project, took the place of this build.',
  next: 'Ask for the component again.',
}

/** Bytes of a section's length field: Binary.md#component-definitions, LEB128. */
function varU32Length(value: number): number {
  let length = 1
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) length++
  return length
}
