import type { FunctionType, ValueType } from '../../component/types.ts'
import { printWave, UnexpectedValue, type HandleTable } from '../../component/wave.ts'
import { Exit } from '../../wasi/signals.ts'
import type { Trace, TraceOutcome } from '../../wasi/trace.ts'

/** UTF-16 code units of an argument or a result. */
const maximum = 1024

export interface TracedExport {
  /** `greet`, `demo:cart/cart@1.0.0#add-item`, `[resource-drop]cart`. */
  readonly name: string
  readonly type: FunctionType
  readonly args: readonly unknown[]
  /** The arguments as they were before the call took resources among them. */
  readonly texts: readonly string[]
}

export const argumentTexts = (
  { params }: FunctionType,
  args: readonly unknown[],
  handles: HandleTable,
): readonly string[] => params.map((param, index) => shortText(args[index], param.type, handles))

const shortText = (value: unknown, type: ValueType, handles: HandleTable): string => {
  try {
    return printWave(value, type, handles, { maximum })
  } catch (error) {
    if (error instanceof UnexpectedValue) return `(${type.kind})`
    throw error
  }
}

/** The error of a `result` as jco throws it: an error with the payload as a property of its own. */
export const isErr = (thrown: unknown, type: ValueType | undefined): thrown is { readonly payload: unknown } =>
  type?.kind === 'result' && thrown instanceof Error && hasOwn(thrown, 'payload')

const { hasOwn } = Object

/** Calls an export so that the call and what came of it are in the trace; gives and throws what `work` does. */
export const tracedExport = <T>(trace: Trace, handles: HandleTable, called: TracedExport, work: () => T): T => {
  const { name, type, args, texts } = called
  const leave = (outcome: TraceOutcome, value: unknown, of: ValueType | undefined): void =>
    trace.leave(outcome, value, of && shortText(value, of, handles))
  const returned = (value: unknown): void =>
    leave('ok', value, type.result?.kind === 'result' ? type.result.ok : type.result)
  const failed = (thrown: unknown): void => {
    if (isErr(thrown, type.result))
      leave('err', thrown.payload, type.result?.kind === 'result' ? type.result.err : undefined)
    else if (thrown instanceof Exit) trace.leave('exit', thrown.code, String(thrown.code))
    // What an engine says of a trap is not the same everywhere.
    else trace.leave('trap', undefined, thrown instanceof Error ? thrown.message.slice(0, maximum) : undefined)
  }

  trace.enter(name, args, texts)
  try {
    const value = work()
    if (value instanceof Promise) value.then(returned, failed)
    else returned(value)
    return value
  } catch (thrown) {
    failed(thrown)
    throw thrown
  }
}
