import { fail, type Fault, type Outcome } from '../contract/fault.ts'
import type { PreparedWorld } from '../toolchain/engine.ts'
import type { AssembledComponent } from '../toolchain/toolchain.ts'
import { bytes } from './bytes.ts'
import { asError, setDiagnostics, shownProgress, type Context } from './context.ts'
import type { Notices } from './notices.ts'
import { isBusy } from './selectors.ts'
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
  /** Ends the components that are being made: on Stop, before a newer run, before another project. */
  cancel(): void
  /** The same as `measure`, once nothing has run for a while. */
  measureSoon(): void
}

export function createComponents(context: Context, current: Runs['current'], notices: Notices): Components {
  const { get, set, services } = context
  const { runner, toolchain } = services

  let timer: ReturnType<typeof setTimeout> | undefined

  /** Ends the components that are being made. */
  let controller = new AbortController()
  const progress = shownProgress(context)

  async function component(): Promise<Outcome<AssembledComponent>> {
    const { signal } = controller
    const built = await current(signal)
    if (!built) return fail(superseded)
    if (!built.ok) return built
    const { run } = get()
    if (signal.aborted) return fail(superseded)
    const core = await takeCore(built.value)
    if (signal.aborted) return fail(superseded)
    if (!core.ok) return core
    if (get().run.revision === run.revision) void showSize(built.value, core.value)
    const assembled = await toolchain.assemble(built.value, core.value, {
      signal,
      onProgress: (latest) => !signal.aborted && progress.show(latest),
    })
    if (signal.aborted) return fail(superseded)
    progress.clear()
    return assembled
  }

  async function measure(): Promise<void> {
    const { run, revision } = get()
    if (run.status !== 'ready' || run.revision !== revision) return
    const built = await current(controller.signal)
    if (!built?.ok) return
    const core = await takeCore(built.value)
    if (core.ok && get().run.revision === run.revision) await showSize(built.value, core.value)
  }

  async function takeCore(prepared: PreparedWorld): Promise<Outcome<Uint8Array>> {
    const state = await runner.snapshot()
    return state.ok ? toolchain.core(prepared, state.value) : state
  }

  /** With code that nothing else needs. Nothing depends on it: where it does not come, no size is shown. */
  async function showSize(prepared: PreparedWorld, core: Uint8Array): Promise<void> {
    const { run } = get()
    try {
      const { showComponentSize } = await import('./component-size.ts')
      if (get().run.revision === run.revision) await showComponentSize(context, prepared, core)
    } catch (error) {
      console.error(error)
    }
  }

  function measureSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => (isBusy(get()) ? measureSoon() : void measure()), quietTime)
  }

  return {
    component,
    measure,
    measureSoon,
    cancel() {
      controller.abort()
      controller = new AbortController()
      progress.clear()
    },
    async download() {
      if (get().downloading) return false
      const { project, opened } = get()
      const { signal } = controller
      set({ downloading: true })
      try {
        const made = await component()
        const name = `${project.name}.wasm`
        if (made.ok) {
          services.saveFile(name, made.value.bytes, 'application/wasm')
          notices.say(`Downloaded ${name}, ${bytes(made.value.bytes.length)}.`)
        }
        // What was stopped is no problem, and least of all one of the next project.
        else if (!signal.aborted) setDiagnostics(context, 'run', [asError(made.fault)])
        if (!made.ok && get().opened === opened) notices.say(`${name} was not downloaded. ${made.fault.message}`)
        return made.ok
      } finally {
        set({ downloading: false })
      }
    },
  }
}

const superseded: Fault = {
  stage: 'killed',
  message: 'It was stopped, or something newer took its place.',
  next: 'Press Download again.',
}
