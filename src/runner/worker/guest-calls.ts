import { callableExports, parseCall, printCall, type Call } from '../../component/call-expression.ts'
import type { ValueType, World } from '../../component/types.ts'
import { printWave, UnexpectedValue } from '../../component/wave.ts'
import { fail, succeed, type Fault, type Outcome } from '../../contract/fault.ts'
import type { WasiHost } from '../../wasi/host.ts'
import { Exit } from '../../wasi/signals.ts'
import type { Awaitable } from '../../wasi/waiting.ts'
import type { BurstReport, CallReport, CommandReport, DropReport } from '../runner.ts'
import { burst } from './burst.ts'
import { callMistake } from './call-mistake.ts'
import { findExport, type Callable } from './exports.ts'
import { deadInstance } from './faults.ts'
import type { GuestRequests } from './guest-requests.ts'
import { createHandles, missingHandle } from './handles.ts'
import { now } from './guest-host.ts'
import { holdsOwn } from './owned.ts'
import { disposerOf, dropOf } from './resource-drop.ts'
import type { GuestKeeper } from './run-keeper.ts'
import type { SimulatedListing } from './simulated-listing.ts'
import { argumentTexts, isErr, tracedExport, type TracedExport } from './traced-exports.ts'

/** The instance that calls are made in. */
export interface CalledInstance {
  /** Its exports as the glue has them. */
  readonly root: unknown
  readonly alive: boolean
  readonly memoryBytes: number
  /** It ended itself. */
  over(): void
  /** What ended it. `path`: of what was called. */
  ended(path: string, thrown: unknown, result?: ValueType): Fault
}

export interface GuestCallsOptions {
  readonly world: World
  readonly instance: CalledInstance
  readonly host: Pick<WasiHost, 'trace' | 'gate'>
  readonly handles: ReturnType<typeof createHandles>
  readonly requests: GuestRequests
  readonly simulated: Pick<SimulatedListing, 'answers'>
  readonly keeper: Pick<GuestKeeper, 'request' | 'spoil'>
  /** An export as people read it, where it is named in full. */
  readonly readable: (path: string) => string
  /** The guest can wait for the outside. */
  readonly interactive: boolean
  /** Milliseconds. */
  readonly limit: number
  readonly clockStep: number
}

/** Calls of exports, in WAVE. These give promises where the guest can wait. */
export interface GuestCalls {
  call(expression: string): Awaitable<Outcome<CallReport>>
  burst(expression: string, count: number): Outcome<BurstReport>
  command(): Awaitable<Outcome<CommandReport>>
  drop(handle: number): Outcome<DropReport>
}

interface Prepared {
  readonly call: Call
  readonly target: Callable
  readonly traced: TracedExport
  readonly text: string
}

/** About so many UTF-16 code units of a result, and of a call in canonical form. */
const mostWave = 1024 * 1024
const mostCall = 64 * 1024

export const createGuestCalls = (options: GuestCallsOptions): GuestCalls => {
  const { world, instance, host, handles, requests, simulated, keeper, readable } = options
  const { interactive, limit, clockStep } = options

  const prepare = (expression: string): Outcome<Prepared> => {
    const parsed = parseCall(expression, world, handles)
    if (!parsed.ok) {
      handles.keep()
      return fail(callMistake(expression, parsed.error, callableExports(world)))
    }
    const { call } = parsed
    const target = findExport(instance.root, call.interface, call.name)
    if (target === undefined) {
      handles.keep()
      return fail({
        stage: 'call',
        message: `The component has no export ${call.name}, though its world names one.`,
        next: 'Build and run again.',
      })
    }
    const { type, args } = call
    const traced = { name: pathOf(call), type, args, texts: argumentTexts(type, args, handles) }
    return succeed({ call, target, traced, text: printCall(call, handles, { maximum: mostCall }) })
  }

  const notCalled = (expression: string): Fault => deadInstance(readable(expression.split('(')[0] ?? expression))

  return {
    call: (expression) => {
      if (!instance.alive) return fail(notCalled(expression))
      const prepared = prepare(expression)
      if (!prepared.ok) return prepared
      const { call, target, traced, text } = prepared.value
      const type = call.type.result
      keeper.request({ kind: 'call', expression })
      handles.spend()
      handles.origin = text
      const before = host.gate.calls
      const report = (tag: 'ok' | 'err', value: unknown, ms: number): Outcome<CallReport> => {
        const shown = type?.kind === 'result' ? type[tag] : type
        try {
          const wave = shown === undefined ? '' : printWave(value, shown, handles, { maximum: mostWave })
          return succeed({
            call: text,
            result: { tag, wave, ...(type?.kind !== 'result' && { plain: true }) },
            ms,
            memoryBytes: instance.memoryBytes,
            boundaryCalls: host.gate.calls - before,
            simulated: simulated.answers,
            handles: handles.report(),
          })
        } catch (error) {
          if (!(error instanceof UnexpectedValue)) throw error
          return fail({
            stage: 'call',
            message: `What ${readable(pathOf(call))} returned does not fit its type: ${error.message}`,
            next: 'Return a value of the type that the world names.',
          })
        }
      }
      return requests.ending(
        !call.name.startsWith('[constructor]'),
        () => tracedExport(host.trace, handles, traced, () => target(call.args)),
        (value, ms) => report('ok', value, ms),
        (thrown, ms) =>
          isErr(thrown, type) ? report('err', thrown.payload, ms) : fail(instance.ended(pathOf(call), thrown, type)),
      )
    },

    burst: (expression, count) => {
      if (!instance.alive) return fail(notCalled(expression))
      if (interactive) return fail(notMeasured)
      keeper.spoil('Calls were measured in this instance, as many as there was time for.')
      const prepared = prepare(expression)
      if (!prepared.ok) return prepared
      const { call, target, traced } = prepared.value
      if (call.type.params.some((param) => holdsOwn(param.type))) {
        handles.keep()
        return fail({
          stage: 'call',
          message: `${readable(pathOf(call))} takes a resource for good, and cannot be called again and again.`,
          next: 'Measure a function that borrows the resource.',
        })
      }
      // Its time is that of the guest: the calls of the host are counted meanwhile, and no more.
      const { trace } = host
      const once = (): void => {
        try {
          target(call.args)
        } catch (thrown) {
          if (!isErr(thrown, call.type.result)) throw thrown
        }
      }
      try {
        const measured = (): ReturnType<typeof burst> => {
          trace.counting = true
          try {
            return burst(once, { count, clockStep, milliseconds: limit * 0.8, now })
          } finally {
            trace.counting = false
          }
        }
        const report = requests.atOnce(() =>
          tracedExport(host.trace, handles, { ...traced, type: { async: false, params: [] } }, measured),
        )
        return succeed({ ...report, memoryBytes: instance.memoryBytes })
      } catch (thrown) {
        return fail(instance.ended(pathOf(call), thrown, call.type.result))
      }
    },

    drop: (handle) => {
      if (!instance.alive) return fail(deadInstance(`%${handle}`))
      const type = handles.report().find(({ id }) => id === handle)?.type ?? ''
      const value = handles.take(handle)
      if (value === undefined) return fail(noHandle(handle))
      keeper.request({ kind: 'drop', handle })
      try {
        requests.atOnce(() => tracedExport(host.trace, handles, dropOf(handle, type), () => disposerOf(value)?.()))
      } catch (thrown) {
        return fail(instance.ended(`The destructor of %${handle}`, thrown))
      }
      return succeed({ memoryBytes: instance.memoryBytes, handles: handles.report() })
    },

    command: () => {
      if (!instance.alive) return fail(deadInstance('wasi:cli/run'))
      const run = callableExports(world).find(
        ({ interface: owner, name }) =>
          owner !== undefined && /^wasi:cli\/run(@0\.2\..*)?$/.test(owner) && name === 'run',
      )
      const target = run && findExport(instance.root, run.interface, run.name)
      if (run === undefined || target === undefined) {
        return fail({
          stage: 'call',
          message: 'This world does not export wasi:cli/run: there is no program to run.',
          next: 'Call one of its functions, or add `export wasi:cli/run@0.2.12;` to the world.',
        })
      }
      keeper.request({ kind: 'command' })
      const exited = (exitCode: number, ms: number): Outcome<CommandReport> =>
        succeed({ exitCode, ms, memoryBytes: instance.memoryBytes })
      return requests.ending(
        true,
        () =>
          tracedExport(host.trace, handles, { name: run.path, type: run.type, args: [], texts: [] }, () => target([])),
        (_, ms) => exited(0, ms),
        (thrown, ms) => {
          if (isErr(thrown, run.type.result)) return exited(1, ms)
          if (!(thrown instanceof Exit)) return fail(instance.ended('wasi:cli/run', thrown))
          instance.over()
          return exited(thrown.code, ms)
        },
      )
    },
  }
}

const pathOf = (call: Pick<Call, 'interface' | 'name'>): string =>
  call.interface === undefined ? call.name : `${call.interface}#${call.name}`

const notMeasured: Fault = {
  stage: 'call',
  message: 'A run that can wait for the outside cannot be measured.',
  next: 'Set the clock to auto and give stdin as text, and measure again.',
}

const noHandle = (handle: number): Fault => ({
  stage: 'call',
  message: missingHandle(handle),
  next: 'Choose one of the handles that are listed.',
})
