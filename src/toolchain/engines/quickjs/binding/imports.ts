import { unit } from './engine-abi.ts'
import {
  type Code,
  type CoreFunction,
  drop,
  I32,
  I64,
  i32,
  i64,
  leave,
  memoryFill,
  type NumberType,
  select,
  when,
} from './emitter.ts'
import type { Conversions } from './converter.ts'
import { alignTo, casesOf, offsetsOf, payloadOffset, sequence } from './layout.ts'
import { loadDiscriminant, loadPayload } from './load.ts'
import { camelCase } from '../../../../component/host-conventions.ts'
import type { PlannedFunction } from './plan.ts'
import { loadSlot, resultRoom, slotSize, storeSlot } from './slots.ts'

/** What the guest can call: an imported function of the world, or a resource intrinsic (i32s in, at most one i32 out). */
export type HostFunction =
  | { readonly kind: 'import'; readonly function: PlannedFunction; readonly target: Code }
  | { readonly kind: 'intrinsic'; readonly results: readonly NumberType[]; readonly target: Code }

/** The engine hands the name of a host function to `host_call`: two printable characters that are its number. */
export const hostFunctionName = (index: number): string =>
  String.fromCharCode(32 + (index % 64), 32 + Math.floor(index / 64))
export const mostHostFunctions = 64 * 64

/**
 * `host_call`: (name, length, this, argc, argv) -> address of the result's JSValue, or 0 with an exception pending.
 * `argv` holds addresses of JSValues.
 */
export function emitHostCall(conversions: Conversions, functions: readonly HostFunction[]): void {
  const { module } = conversions.glue
  const bodies = functions.map((host) =>
    host.kind === 'import' ? emitImport(conversions, host.function, host.target) : emitIntrinsic(conversions, host),
  )
  const dispatch = module.function([I32, I32, I32, I32, I32], [I32])
  const [name, count, values] = [dispatch.parameter(0).get, dispatch.parameter(3).get, dispatch.parameter(4).get]
  const digit = (at: number): Code => [name, i32.load8u(at), i32.const(32), i32.sub]
  const number: Code = [digit(0), digit(1), i32.const(64), i32.mul, i32.add]
  dispatch.body(
    select(
      number,
      bodies.map((body) => [count, values, body.call, leave]),
    ),
  )
  module.export('host_call', dispatch)
}

/** The argument number `at`, or undefined where there are fewer. */
const argument = (made: CoreFunction, at: number, set: Code): Code => [
  [i64.const(unit('undefined')), set],
  when([made.parameter(0).get, i32.const(at), i32.gtS], [made.parameter(1).get, i32.load(4 * at), i64.load(), set]),
]

/** A JSValue of its own for the engine to free; consumes `value`. */
const handOver = ({ glue }: Conversions, value: Code): Code => [
  [glue.cell('scratch2'), value, i64.store()],
  [glue.cell('scratch2'), glue.engine.qjs_dup_value, glue.free(value)],
]

function emitIntrinsic(
  conversions: Conversions,
  { results, target }: HostFunction & { kind: 'intrinsic' },
): CoreFunction {
  const { glue } = conversions
  const made = glue.module.function([I32, I32], [I32])
  const value = made.local(I64)
  return made.body(
    argument(made, 0, value.set),
    [value.get, i32.wrapI64, target],
    [results.length > 0 ? i64.extendI32U : i64.const(unit('undefined')), value.set],
    handOver(conversions, value.get),
  )
}

/** (argc, argv) -> address of a JSValue or 0: lowers the arguments, calls the import, lifts the result. */
function emitImport(conversions: Conversions, planned: PlannedFunction, target: Code): CoreFunction {
  const { glue } = conversions
  const made = glue.module.function([I32, I32], [I32])
  const [mark, frame, result] = [made.local(I32), made.local(I32), made.local(I32)]
  const value = made.local(I64)
  const types = planned.parameters.map((parameter) => parameter.type)
  const mode = planned.spilled ? 'memory' : 'flat'
  const room = alignTo(planned.spilled ? sequence(types).size : slotSize * planned.flat.length, 8)
  const size = room + resultRoom(planned.result)
  const offsets = offsetsOf(types, mode)
  const giveUp: Code = [mark.get, glue.release, i32.const(0), leave]

  const lowered = planned.parameters.map(({ name, type }, at): Code => {
    const isReceiver = at === 0 && planned.role.kind === 'method'
    const place: Code = [frame.get, i32.const(offsets[at] ?? 0), i32.add]
    return [
      argument(made, at, value.set),
      when(
        [value.get, place, conversions.store(type, mode)],
        [isReceiver ? [] : [glue.failedIn(camelCase(name)), drop], giveUp],
      ),
    ]
  })
  const pushed: Code = planned.spilled ? frame.get : planned.flat.map((type, at) => loadSlot(type, frame.get, at))
  const [flatResult] = planned.coreResults
  const flatLocal = flatResult === undefined ? undefined : made.local(flatResult)
  const call: Code = [pushed, planned.returnsPointer ? result.get : [], target]

  return made.body(
    [glue.read('allocations'), mark.set],
    [i32.const(Math.max(size, 8)), glue.allocate, frame.tee, i32.const(0), i32.const(size), memoryFill],
    [frame.get, i32.const(room), i32.add, result.set],
    lowered,
    flatLocal === undefined || flatResult === undefined
      ? call
      : [call, flatLocal.set, storeSlot(flatResult, result.get, 0, flatLocal.get)],
    liftResult(conversions, planned, result.get, value.set, [
      [glue.context, glue.help('raise', value.get), glue.engine.JS_Throw, drop],
      [glue.free(value.get), giveUp],
    ]),
    [mark.get, glue.release],
    handOver(conversions, value.get),
  )
}

/** Sets the result; runs `raise` instead where it is the error of a function that throws. */
function liftResult(conversions: Conversions, planned: PlannedFunction, at: Code, set: Code, raise: Code): Code {
  const { result } = planned
  const mode = planned.returnsPointer ? 'memory' : 'flat'
  if (result === undefined) return [i64.const(unit('undefined')), set]
  if (!planned.throws || result.kind !== 'result') return [at, conversions.load(result, mode), set]
  const payload: Code = [at, i32.const(payloadOffset(casesOf(result) ?? [], mode)), i32.add]
  return when(
    loadDiscriminant(at, 2, mode),
    [loadPayload(conversions, result.err, payload, mode), set, raise],
    [loadPayload(conversions, result.ok, payload, mode), set],
  )
}
