import type { Fault, Outcome } from '../src/contract/fault.ts'
import { defaultEntry, type Project } from '../src/project/project.ts'
import type { HttpNews, HttpReport, HttpRequest } from '../src/runner/http.ts'
import { startGuestRun, type GuestRun } from '../src/runner/worker/guest-run.ts'
import type { LoadedWorld } from '../src/runner/worker/glue.ts'
import { isPreparedWorld } from '../src/runner/worker/guest-engine.ts'
import type { Output } from '../src/runner/worker/output.ts'
import type { WorldEvent } from '../src/runner/world-events.ts'
import type { Instantiate, Workshop } from '../src/toolchain/engines/quickjs/testing/component.ts'
import { compileTypeScript } from '../src/toolchain/languages/typescript/compile.ts'
import { assembleWit, witFiles } from '../src/toolchain/wit/source.ts'
import { parseWasiSettings } from '../src/wasi/settings.ts'
import { answerText, nameOfRequest, type AnswerParts } from './example-inputs.ts'
import { builtinWit } from './generate/builtin-wit.ts'

/** What a call came to: that which has to be the same wherever it is made. */
export interface Ran {
  /** Empty for the program of a command; `GET /` for a request to a handler. */
  readonly call: string
  readonly ok: boolean
  /** The result as WAVE, the exit code, the response, or the message of the fault. */
  readonly text: string
  readonly stdout: string
  readonly stderr: string
  /** Entries of the trace, and the hash over them. */
  readonly entries: number
  readonly hash: string
  /** Not in the goldens: why it did not come to its end. */
  readonly fault?: Fault
}

/** A project in Node, with the runner's own code. */
export interface ProjectInNode {
  /** Makes a call in a fresh run; an empty one is that of the program. */
  call(call: string): Promise<Ran>
  /** Sends requests to one fresh run: what is written and traced adds up. */
  send(requests: readonly HttpRequest[]): Promise<Ran[]>
}

export async function projectInNode(workshop: Workshop, project: Project): Promise<ProjectInNode> {
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

  const start = async () => {
    const guest = workshop.initialise(prepared.value, compiled.value.source)
    if (!guest.ok) throw new Error(guest.fault.message)
    const written = { stdout: '', stderr: '', host: '' }
    const output: Output = {
      phase: 'run',
      write: (stream, bytes) => (written[stream] += new TextDecoder().decode(bytes)),
      flush: () => {},
    }
    const told: WorldEvent[] = []
    const nothing = (): void => {}
    const started = await startGuestRun({
      world,
      guest: guest.value,
      wasi: settings.value,
      output,
      onBoundaryCall: nothing,
      onWorld: (event) => told.push(event),
      onInterrupt: nothing,
      limit: 10_000,
      clockStep: 0.1,
    })
    if (!started.ok) throw new Error(started.fault.message)
    const run = started.value
    /** All that was written and traced up to now. */
    const soFar = (): Pick<Ran, 'stdout' | 'stderr' | 'entries' | 'hash'> => {
      run.trace.flush()
      const { total = 0, hash = '' } = told.findLast((event) => event.kind === 'trace') ?? {}
      return { stdout: written.stdout, stderr: written.stderr, entries: total, hash }
    }
    return { run, told, soFar }
  }

  return {
    call: async (call) => {
      const { run, soFar } = await start()
      const outcome = call === '' ? await run.command() : await run.call(call)
      return { call, ...resultOf(outcome), ...soFar() }
    },
    send: async (requests) => {
      const { run, told, soFar } = await start()
      const rans: Ran[] = []
      for (const [index, request] of requests.entries()) {
        const outcome = await run.http(index + 1, request)
        const news = told.flatMap((event) => (event.kind === 'http' && event.request === index + 1 ? event.news : []))
        rans.push({ call: nameOfRequest(request), ...answerOf(outcome, news), ...soFar() })
      }
      return rans
    },
  }
}

/** What the panel shows of a response: see the end-to-end test of determinism. */
function answerOf(outcome: Outcome<HttpReport>, news: readonly HttpNews[]): Pick<Ran, 'ok' | 'text' | 'fault'> {
  const fault = outcome.ok ? outcome.value.fault : outcome.fault
  if (fault) return { ok: false, text: fault.message, fault }
  let head: Pick<AnswerParts, 'status' | 'fields'> | undefined
  for (const each of news) if (each.type === 'head') head = each
  const end = news.find((each) => each.type === 'end')
  if (!head || !end || end.error !== undefined) return { ok: false, text: end?.error ?? 'No response.' }
  const decoder = new TextDecoder()
  const body = news.map((each) => (each.type === 'body' ? decoder.decode(each.bytes, { stream: true }) : '')).join('')
  const { status, fields } = head
  return { ok: true, text: answerText({ status, fields, body, trailers: end.trailers ?? [] }) }
}

type Outcomes = Awaited<ReturnType<GuestRun['call' | 'command']>>

/** As the page's automation gives it. */
function resultOf(outcome: Outcomes): Pick<Ran, 'ok' | 'text' | 'fault'> {
  if (!outcome.ok) return { ok: false, text: outcome.fault.message, fault: outcome.fault }
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
