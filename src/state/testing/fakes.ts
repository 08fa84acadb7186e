import type { World } from '../../component/types.ts'
import { fail, succeed, type Fault, type Outcome } from '../../contract/fault.ts'
import type {
  BurstReport,
  CallReport,
  RunEvents,
  HttpReport,
  HttpRequest,
  RunInput,
  Runner,
  RunnerState,
  RunRequest,
  RunStarted,
} from '../../runner/runner.ts'
import type { RecordedRun } from '../../runner/recording.ts'
import type { DeclaredWorld, PreparedWorld } from '../../toolchain/engine.ts'
import type { CallOptions, CompiledSource, PrepareOptions, SourceInput, Toolchain } from '../../toolchain/toolchain.ts'
import type { Services } from '../services.ts'
// What the store imports when it needs it, after a test has ended perhaps: by then it is here.
import '../../wasm/component-parts.ts'
import '../../wasm/components.ts'
import '../incoming-files.ts'
import '../simulation/simulation.ts'

/** A toolchain and a runner that do nothing, in an order that a test decides. */

export const helloWorld: World = {
  name: 'demo:hello/hello',
  imports: [],
  exports: [
    {
      kind: 'function',
      name: 'greet',
      type: { async: false, params: [{ name: 'name', type: { kind: 'string' } }], result: { kind: 'string' } },
    },
  ],
}

/** What is measured has to be a component: preambles, with nothing behind. */
const emptyModule = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
const emptyComponent = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0)

export function fakePrepared(world: World = helloWorld, variant = 'base'): PreparedWorld {
  return {
    engine: 'quickjs',
    variant,
    engineHash: 'e0',
    world,
    guestTypes: { 'world.d.ts': '' },
    transpiled: { js: '', cores: {}, engineCore: 'engine' },
    shell: { before: emptyComponent, after: new Uint8Array() },
    binding: undefined,
  }
}

const notKept: Fault = { stage: 'build', message: 'Not kept.', next: 'Run.' }

export class FakeToolchain implements Toolchain {
  readonly asked: string[] = []
  world: World = helloWorld
  variant = 'base'
  failure: Fault | undefined
  /** While set, compiling waits for it. */
  gate: Promise<void> | undefined
  /** Whether the world was prepared before, and kept. */
  kept = true
  /** While set, preparing waits for it. */
  prepareGate: Promise<void> | undefined
  prepareFailure: Fault | undefined
  declareFailure: Fault | undefined
  /** What the last preparation was asked with. */
  prepareOptions: PrepareOptions = {}
  /** While set, assembling waits for it. */
  assembleGate: Promise<void> | undefined
  assembleOptions: CallOptions = {}

  async declare(): Promise<Outcome<DeclaredWorld>> {
    this.asked.push('declare')
    if (this.declareFailure) return fail(this.declareFailure)
    const { world, guestTypes } = fakePrepared(this.world)
    return succeed({ world, guestTypes })
  }
  async prepare(input: { variant: string }, options: PrepareOptions = {}): Promise<Outcome<PreparedWorld>> {
    if (options.onlyKept === true) {
      this.asked.push(`kept ${input.variant}`)
      return this.kept ? succeed(fakePrepared(this.world, input.variant)) : fail(notKept)
    }
    this.asked.push(`prepare ${input.variant}`)
    this.prepareOptions = options
    await this.prepareGate
    if (this.prepareFailure) return fail(this.prepareFailure)
    return succeed(fakePrepared(this.world, input.variant))
  }
  async compile(input: SourceInput): Promise<Outcome<CompiledSource>> {
    this.asked.push('compile')
    await this.gate
    if (this.failure) return fail(this.failure)
    return succeed({
      source: { entry: input.entry, modules: input.files },
      variant: this.variant,
      imports: [],
      warnings: [],
    })
  }
  async engine(id: string, variant: string) {
    this.asked.push(`engine ${variant}`)
    return succeed({ id, variant, hash: 'h0', wasm: emptyModule, facts: {} })
  }
  async core(_: PreparedWorld, state: Uint8Array) {
    return succeed(state)
  }
  async assemble(_: PreparedWorld, core: Uint8Array, options: CallOptions = {}) {
    this.asked.push('assemble')
    this.assembleOptions = options
    await this.assembleGate
    return succeed({ bytes: core, wit: '' })
  }
  warm(): void {
    this.asked.push('warm')
  }
  dispose(): void {}
}

export class FakeRunner implements Runner {
  state: RunnerState = 'idle'
  readonly asked: string[] = []
  readonly requests: RunRequest[] = []
  events: RunEvents = {}
  /** What the next calls answer; without one they say `"Hello"`. */
  readonly answers: Outcome<CallReport>[] = []
  /** While set, calls wait for it. */
  gate: Promise<void> | undefined
  /** While set, snapshots wait for it. */
  snapshotGate: Promise<void> | undefined
  #stop: ((fault: Fault) => void) | undefined

  warm(): void {}
  async start(request: RunRequest, events: RunEvents): Promise<Outcome<RunStarted>> {
    this.asked.push('start')
    this.requests.push(request)
    this.events = events
    this.state = 'ready'
    return succeed({
      phases: [{ name: 'initialise', at: 1, ms: 2 }],
      memoryBytes: 65_536,
      clockStep: 0.1,
      warnings: [],
    })
  }
  async call(expression: string): Promise<Outcome<CallReport>> {
    this.asked.push(`call ${expression}`)
    const stopped = new Promise<Outcome<CallReport>>((resolve) => {
      this.#stop = (fault) => resolve(fail(fault))
    })
    const answer = async (): Promise<Outcome<CallReport>> => {
      await this.gate
      return this.answers.shift() ?? succeed(fakeReport(expression))
    }
    return Promise.race([stopped, answer()])
  }
  async burst(expression: string, count: number): Promise<Outcome<BurstReport>> {
    this.asked.push(`burst ${expression} ${count}`)
    return succeed(fakeBurst(count))
  }
  /** What the next requests are answered with. */
  readonly responses: Outcome<HttpReport>[] = []
  readonly requested: [number: number, request: HttpRequest][] = []
  async respond(number: number, request: HttpRequest) {
    this.asked.push(`http ${request.method} ${request.path}`)
    this.requested.push([number, request])
    return this.responses.shift() ?? succeed(fakeResponse)
  }
  readonly inputs: RunInput[] = []
  input(input: RunInput): void {
    this.inputs.push(input)
  }
  async drop(handle: number) {
    this.asked.push(`drop ${handle}`)
    return succeed({ memoryBytes: 65_536, handles: [] })
  }
  async runCommand() {
    this.asked.push('command')
    return succeed({ exitCode: 0, ms: 1, memoryBytes: 65_536 })
  }
  async snapshot() {
    this.asked.push('snapshot')
    await this.snapshotGate
    return succeed(emptyModule)
  }
  /** What the run has taken in. */
  recorded: Outcome<RecordedRun> = fail(notKept)
  async recording() {
    this.asked.push('recording')
    return this.recorded
  }
  stop(): void {
    this.asked.push('stop')
    this.#end()
  }
  leave(): void {
    if (this.state !== 'idle') this.asked.push('leave')
    this.#end()
  }
  #end(): void {
    this.state = 'idle'
    this.#stop?.({ stage: 'killed', message: 'Stopped.', next: 'Run again.' })
  }
  dispose(): void {}
}

export const fakeReport = (call: string): CallReport => ({
  call,
  result: { tag: 'ok', wave: '"Hello"' },
  ms: 0.5,
  memoryBytes: 131_072,
  boundaryCalls: 1,
  simulated: [],
  handles: [],
})

export const fakeBurst = (count: number): BurstReport => ({
  asked: count,
  count,
  warmUp: 0,
  batch: 1,
  sampleCount: count,
  resolution: 0.1,
  min: 0.5,
  p50: 1,
  p95: 2,
  p99: 3,
  max: 4,
  callsPerSecond: 1000,
  samples: [0.5, 1, 1, 2, 3, 4],
  memoryBytes: 65_536,
})

export interface FakeServices extends Services {
  readonly toolchain: FakeToolchain
  readonly runner: FakeRunner
  readonly saved: { name: string; bytes: Uint8Array }[]
  stored: string | null
  fragment: string
}

export function fakeServices(checkWit?: Services['checkWit']): FakeServices {
  const saved: FakeServices['saved'] = []
  const services: FakeServices = {
    toolchain: new FakeToolchain(),
    runner: new FakeRunner(),
    saved,
    stored: null,
    fragment: '',
    address: {
      page: () => 'https://example.org/wit/',
      fragment: () => services.fragment,
      replaceFragment: (fragment) => {
        services.fragment = fragment
      },
    },
    addImport: async () => undefined,
    checkWit: checkWit ?? (async () => ({ diagnostics: [], worlds: ['hello'], outlines: [] })),
    loadExample: (id) =>
      id === 'hello'
        ? {
            schema: 1,
            name: 'hello',
            files: { 'world.wit': 'world hello {}', 'main.ts': '//' },
            calls: ['greet("Ada")'],
          }
        : undefined,
    saveFile: (name, bytes) => saved.push({ name, bytes }),
    storage: {
      read: () => services.stored,
      write: (text) => {
        services.stored = text
      },
    },
    schedule: { nextFrame: (draw) => draw(), afterPause: (draw) => (draw(), () => {}), afterRest: (draw) => draw() },
    transfersSince: () => [],
    canSuspend: true,
    now: () => 0,
  }
  return services
}

export const fakeResponse: HttpReport = {
  status: 200,
  size: 0,
  ms: 1,
  from: 0n,
  to: 1_000_000n,
  memoryBytes: 65_536,
  boundaryCalls: 3,
}
