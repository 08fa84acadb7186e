import type { ValueType } from '../../../../component/types.ts'
import { unit } from './engine-abi.ts'
import {
  branch,
  branchIf,
  type Code,
  type CoreFunction,
  drop,
  I32,
  I64,
  i32,
  i64,
  memoryFill,
  repeat,
  when,
} from './emitter.ts'
import type { Conversions } from './converter.ts'
import type { UncaughtKind } from './glue.ts'
import { casesOf, offsetsOf, payloadOffset } from './layout.ts'
import type { PlannedFunction, PlannedResource } from './plan.ts'
import { loadSlot, resultRoom, slotSize, storeSlot } from './slots.ts'
import { storeDiscriminant } from './store.ts'

/** JSPromiseStateEnum of the engine */
const promiseStates = { pending: 0, rejected: 2 } as const

/** Where the export table has the function and what it is called on: its interface's object or, if static, its class. */
export interface ExportSlots {
  readonly callee: number
  readonly receiver?: number
}

/** Emits an export: lifts the parameters, calls the guest's function, waits for a promise, lowers the result. */
export function emitExport(conversions: Conversions, planned: PlannedFunction, slots: ExportSlots): void {
  const { glue } = conversions
  const { context, engine, module } = glue
  const made = module.function(planned.coreParameters, planned.coreResults)
  const locals = { frame: made.local(I32), values: made.local(I32), result: made.local(I32) }
  const { frame, values, result } = locals
  const value = made.local(I64)
  const thrown = made.local(I32)
  const count = planned.parameters.length
  const flatRoom = planned.spilled ? 0 : slotSize * planned.flat.length
  const room = resultRoom(planned.result)
  const fullName = planned.interface === undefined ? planned.name : `${planned.interface}#${planned.name}`

  made.body(
    [i32.const(flatRoom + 8 * count + room + 8), glue.allocate, frame.tee],
    [i32.const(flatRoom), i32.add, values.tee, i32.const(8 * count), i32.add, result.tee],
    [i32.const(0), i32.const(room), memoryFill],
    liftParameters(conversions, planned, made, frame.get, values.get),
    [callGuest(conversions, planned, slots, values.get), value.set],
    planned.parameters.map((_, at) => glue.free([values.get, i64.load(8 * at)])),
    when(glue.isException(value.get), [
      [i32.const(1), thrown.set],
      [context, engine.JS_GetException, value.set],
    ]),
    when(engine.qjs_is_job_pending, glue.runJobs),
    when(
      [thrown.get, i32.eqz, glue.hasTag(value.get, 'object'), i32.and],
      when(
        [value.get, engine.JS_IsPromise],
        [
          [value.get, settle(conversions), thrown.set],
          [glue.cell('scratch'), i64.load(), value.set],
        ],
      ),
    ),
    reportRejections(conversions),
    lowerResult(conversions, planned, { value: value.get, set: value.set, thrown: thrown.get, result: result.get }),
    glue.free(value.get),
    planned.liftsBorrows ? [glue.help('endBorrows'), drop] : [],
    when(engine.qjs_is_job_pending, glue.runJobs),
    returned(conversions, planned, result.get, made),
  )
  module.export(fullName, made)
  if (planned.returnsPointer) module.export(`cabi_post_${fullName}`, postReturn(conversions))
}

function liftParameters(
  conversions: Conversions,
  planned: PlannedFunction,
  made: CoreFunction,
  frame: Code,
  values: Code,
): Code {
  const types = planned.parameters.map((parameter) => parameter.type)
  const mode = planned.spilled ? 'memory' : 'flat'
  const offsets = offsetsOf(types, mode)
  const source = planned.spilled ? made.parameter(0).get : frame
  const spread = planned.spilled
    ? []
    : planned.flat.map((type, at) => storeSlot(type, frame, at, made.parameter(at).get))
  const lifted = types.map((type, at): Code => {
    const load: Code = [source, i32.const(offsets[at] ?? 0), i32.add, conversions.load(type, mode)]
    return [values, load, i64.store(8 * at)]
  })
  return [spread, lifted, planned.spilled ? [source, conversions.glue.engine.free] : []]
}

/** Leaves what the guest's function returns. */
function callGuest(
  { glue }: Conversions,
  { role, parameters }: PlannedFunction,
  slots: ExportSlots,
  values: Code,
): Code {
  const { context, engine } = glue
  const entry = (at: number): Code => [glue.read('exports'), i64.load(8 * at)]
  const callee: Code = [context, entry(slots.callee)]
  if (role.kind === 'constructor') {
    return [callee, i32.const(parameters.length), values, engine.JS_CallConstructor]
  }
  if (role.kind === 'method') {
    const rest: Code = [values, i32.const(8), i32.add]
    return [callee, values, i64.load(), i32.const(parameters.length - 1), rest, engine.JS_Call]
  }
  const receiver = slots.receiver === undefined ? i64.const(unit('undefined')) : entry(slots.receiver)
  return [callee, receiver, i32.const(parameters.length), values, engine.JS_Call]
}

/**
 * (promise) -> 1 if it was rejected, else 0; its value or reason is in `scratch`. Runs jobs and turns of the event loop
 * until it is settled; a promise that nothing can settle any more ends the instance. Frees the promise.
 */
function settle({ glue }: Conversions): Code {
  const { context, engine } = glue
  return glue.once('settle', [I64], [I32], (made) => {
    const promise = made.parameter(0).get
    const [state, answer, settled] = [made.local(I32), made.local(I64), made.local(I64)]
    return [
      repeat([
        [context, promise, engine.JS_PromiseState, state.tee],
        [i32.const(promiseStates.pending), i32.ne, branchIf(1)],
        when(engine.qjs_is_job_pending, [glue.runJobs, branch(1)]),
        [glue.help('turn'), answer.set],
        when(glue.isException(answer.get), glue.fatalException('exception')),
        when([answer.get, i32.wrapI64, i32.eqz], glue.fatal('unsettled', promise)),
      ]),
      [context, promise, engine.JS_PromiseResult, settled.set],
      [state.get, i32.const(promiseStates.rejected), i32.eq, state.tee],
      // The rejection is handled here: it becomes what the export throws.
      when([], [glue.help('rejection', promise, i64.const(unit('undefined')), i64.const(0x1_0000_0001n)), drop]),
      glue.free(promise),
      [glue.cell('scratch'), settled.get, i64.store(), state.get],
    ]
  }).call
}

/** Ends the instance where a promise was rejected that nobody listens to. */
function reportRejections({ glue }: Conversions): Code {
  const report = glue.once('report rejections', [], [], (made) => {
    const found = made.local(I64)
    return [
      [glue.cell('rejections'), i32.const(0), i32.store()],
      [glue.help('unhandled'), found.set],
      when(
        glue.hasTag(found.get, 'object'),
        glue.fatal('rejection', [glue.context, found.get, i32.const(0), glue.engine.JS_GetPropertyUint32]),
      ),
    ]
  })
  return when(glue.read('rejections'), report.call)
}

interface Outcome {
  readonly value: Code
  readonly set: Code
  readonly thrown: Code
  readonly result: Code
}

function lowerResult(conversions: Conversions, planned: PlannedFunction, outcome: Outcome): Code {
  const { glue } = conversions
  const { result } = planned
  const mode = planned.returnsPointer ? 'memory' : 'flat'
  const uncaught = glue.fatal('exception', outcome.value)
  const isConstructor = planned.role.kind === 'constructor'
  if (result === undefined) return when(outcome.thrown, uncaught)
  const misfit = isConstructor ? 'exception' : 'bad-result'
  const store = (type: ValueType | undefined, offset: number, kind: UncaughtKind = misfit): Code =>
    type === undefined
      ? []
      : when(
          [outcome.value, outcome.result, i32.const(offset), i32.add, conversions.store(type, mode)],
          glue.fatalException(kind),
        )
  if (!planned.throws || result.kind !== 'result') return [when(outcome.thrown, uncaught), store(result, 0)]
  const offset = payloadOffset(casesOf(result) ?? [], mode)
  const discriminant = (at: number): Code => storeDiscriminant(outcome.result, i32.const(at), 2, mode)
  return when(
    outcome.thrown,
    [unwrapError(conversions, result.err, outcome), [discriminant(1), store(result.err, offset, 'bad-error')]],
    [discriminant(0), store(result.ok, offset)],
  )
}

/** The thrown value becomes the payload of the error; what carries none was not meant as one and is not caught. */
function unwrapError({ glue }: Conversions, type: ValueType | undefined, { value, set }: Outcome): Code {
  const takesMessage = i32.const(type?.kind === 'string' ? 1 : 0)
  const unwrap = glue.once('unwrap error', [I64, I32], [I64], (made) => {
    const thrown = made.parameter(0).get
    const payload = made.local(I64)
    return [
      [glue.help('errorPayload', thrown, glue.number(made.parameter(1).get)), payload.set],
      when(glue.isException(payload.get), glue.fatalException('exception')),
      [glue.free(thrown), payload.get],
    ]
  })
  return [value, takesMessage, unwrap.call, set]
}

function returned({ glue }: Conversions, planned: PlannedFunction, result: Code, made: CoreFunction): Code {
  const release: Code = [i32.const(0), glue.release]
  if (planned.returnsPointer) return result
  const [flat] = planned.coreResults
  if (flat === undefined) return release
  const local = made.local(flat)
  return [loadSlot(flat, result, 0), local.set, release, local.get]
}

const postReturn = ({ glue }: Conversions): CoreFunction =>
  glue.once('post return', [I32], [], () => [[i32.const(0), glue.release]])

/** `#[dtor]`: the last handle to a resource of the guest's own is gone. */
export function emitDestructor({ glue }: Conversions, { type, index }: PlannedResource): void {
  const made = glue.module.function([I32], [])
  const resource = glue.number(i32.const(index))
  const answer = made.local(I64)
  made.body(
    [glue.help('destroyResource', resource, glue.number(made.parameter(0).get)), answer.set],
    when(glue.isException(answer.get), glue.fatalException('exception')),
    when(glue.engine.qjs_is_job_pending, glue.runJobs),
  )
  glue.module.export(`${type.interface ?? ''}#[dtor]${type.name}`, made)
}
