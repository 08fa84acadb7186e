import { defaultEntry, type Project } from '../src/project/project.ts'
import { startGuestRun } from '../src/runner/worker/guest-run.ts'
import type { LoadedWorld } from '../src/runner/worker/glue.ts'
import { isPreparedWorld } from '../src/runner/worker/guest-engine.ts'
import type { Output } from '../src/runner/worker/output.ts'
import type { WorldEvent } from '../src/runner/world-events.ts'
import type { Instantiate, Workshop } from '../src/toolchain/engines/quickjs/testing/component.ts'
import { compileTypeScript } from '../src/toolchain/languages/typescript/compile.ts'
import { assembleWit, witFiles } from '../src/toolchain/wit/source.ts'
import { parseWasiSettings } from '../src/wasi/settings.ts'
import { builtinWit } from './generate/builtin-wit.ts'

/** What a call came to: that which has to be the same wherever it is made. */
export interface Ran {
  /** Empty for the program of a command. */
  readonly call: string
  readonly ok: boolean
  /** The result as WAVE, the exit code, or the message of the fault. */
  readonly text: string
  readonly stdout: string
  readonly stderr: string
  /** Entries of the trace, and the hash over them. */
  readonly entries: number
  readonly hash: string
}

/** Makes a call of a project in Node, in a fresh instance, with the runner's own code. */
export type RunCall = (call: string) => Promise<Ran>

export async function projectInNode(workshop: Workshop, project: Project): Promise<RunCall> {
  const compiled = compileTypeScript(project.files, project.entry ?? defaultEntry)
  if (!compiled.ok) throw new Error(compiled.fault.message)
  const assembled = assembleWit(witFiles(project.files), project.world, builtinWit())
  if (!assembled.ok) throw new Error(assembled.fault.message)
  const prepared = workshop.prepare(assembled.value.source, assembled.value.world)
  if (!prepared.ok) throw new Error(prepared.fault.message)
  const instantiate = await workshop.load(prepared.value.transpiled.js)
  const settings = parseWasiSettings(project.wasi)
  if (!settings.ok) throw new Error(settings.fault.message)
  const world = loadedWorld(prepared.value, instantiate)

  return async (call) => {
    const guest = workshop.initialise(prepared.value, compiled.value.source)
    if (!guest.ok) throw new Error(guest.fault.message)
    const written = { stdout: '', stderr: '', host: '' }
    const output: Output = {
      phase: 'run',
      write: (stream, bytes) => (written[stream] += new TextDecoder().decode(bytes)),
      flush: () => {},
    }
    const told: Extract<WorldEvent, { kind: 'trace' }>[] = []
    const nothing = (): void => {}
    const started = await startGuestRun({
      world,
      guest: guest.value,
      wasi: settings.value,
      output,
      onBoundaryCall: nothing,
      onWorld: (event) => event.kind === 'trace' && told.push(event),
      onInterrupt: nothing,
      limit: 10_000,
      clockStep: 0.1,
    })
    if (!started.ok) throw new Error(started.fault.message)
    const run = started.value
    const outcome = call === '' ? await run.command() : await run.call(call)
    run.trace.flush()
    const { total = 0, hash = '' } = told.at(-1) ?? {}
    const { stdout, stderr } = written
    return { call, ...resultOf(outcome), stdout, stderr, entries: total, hash }
  }
}

type Outcomes = Awaited<
  ReturnType<Extract<Awaited<ReturnType<typeof startGuestRun>>, { ok: true }>['value']['call' | 'command']>
>

/** As the page's automation gives it. */
function resultOf(outcome: Outcomes): Pick<Ran, 'ok' | 'text'> {
  if (!outcome.ok) return { ok: false, text: outcome.fault.message }
  if ('exitCode' in outcome.value) return { ok: outcome.value.exitCode === 0, text: String(outcome.value.exitCode) }
  const { tag, wave } = outcome.value.result
  return { ok: tag === 'ok', text: wave }
}

/** The glue in Node, where modules cannot be loaded from blobs. */
function loadedWorld(prepared: unknown, instantiate: Instantiate): LoadedWorld {
  if (!isPreparedWorld(prepared)) throw new Error('the prepared world is incomplete')
  const { cores, engineCore } = prepared.transpiled
  const modules = new Map(
    Object.entries(cores).map(([name, bytes]) => [name, new WebAssembly.Module(new Uint8Array(bytes))]),
  )
  const engineModule = new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))
  return {
    prepared,
    instantiate: (imports, engineInstance, onInstance) =>
      instantiate(
        (name) => {
          const module = name === engineCore ? engineModule : modules.get(name)
          if (module === undefined) throw new Error(`the glue asks for ${name}`)
          return module
        },
        // The glue reads what it asks for by name.
        imports as Parameters<Instantiate>[1],
        (module, coreImports = {}) => {
          const made =
            module === engineModule ? engineInstance(coreImports) : new WebAssembly.Instance(module, coreImports)
          onInstance(made)
          return made
        },
      ),
  }
}
