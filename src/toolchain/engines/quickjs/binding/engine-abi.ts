import type { engineFunctions, QuickJsFacts } from '../control.ts'
import { F64, I32, I64 } from './emitter.ts'

export type EngineFunction = (typeof engineFunctions)[number]
type Signature = readonly [parameters: readonly number[], results: readonly number[]]

const signature = (parameters: readonly number[], ...results: readonly number[]): Signature => [parameters, results]

/** What the glue takes for granted: JSValue is an i64, a context, an atom and a pointer are an i32. */
export const engineAbi: Readonly<Record<EngineFunction, Signature>> = {
  JS_Call: signature([I32, I64, I64, I32, I32], I64),
  JS_CallConstructor: signature([I32, I64, I32, I32], I64),
  JS_NewStringLen: signature([I32, I32, I32], I64),
  JS_ToCStringLen2: signature([I32, I32, I64, I32], I32),
  JS_FreeCString: signature([I32, I32]),
  JS_NewObject: signature([I32], I64),
  JS_NewArray: signature([I32], I64),
  JS_GetProperty: signature([I32, I64, I32], I64),
  JS_SetProperty: signature([I32, I64, I32, I64], I32),
  JS_GetPropertyUint32: signature([I32, I64, I32], I64),
  JS_SetPropertyUint32: signature([I32, I64, I32, I64], I32),
  JS_GetLength: signature([I32, I64, I32], I32),
  JS_NewBigInt64: signature([I32, I64], I64),
  JS_NewBigUint64: signature([I32, I64], I64),
  JS_ToBigInt64: signature([I32, I32, I64], I32),
  JS_ToBigUint64: signature([I32, I32, I64], I32),
  JS_ToInt32: signature([I32, I32, I64], I32),
  JS_ToFloat64: signature([I32, I32, I64], I32),
  JS_ToBool: signature([I32, I64], I32),
  JS_NewNumber: signature([I32, F64], I64),
  JS_DupValue: signature([I32, I64], I64),
  JS_FreeValue: signature([I32, I64]),
  JS_GetException: signature([I32], I64),
  JS_Throw: signature([I32, I64], I64),
  JS_ValueToAtom: signature([I32, I64], I32),
  JS_FreeAtom: signature([I32, I32]),
  JS_AtomToValue: signature([I32, I32], I64),
  JS_NewUint8ArrayCopy: signature([I32, I32, I32], I64),
  JS_GetTypedArrayType: signature([I64], I32),
  JS_GetUint8Array: signature([I32, I32, I64], I32),
  JS_IsPromise: signature([I64], I32),
  JS_PromiseState: signature([I32, I64], I32),
  JS_PromiseResult: signature([I32, I64], I64),
  malloc: signature([I32], I32),
  realloc: signature([I32, I32], I32),
  free: signature([I32]),
  qjs_dup_value: signature([I32], I32),
  qjs_is_job_pending: signature([], I32),
  qjs_execute_pending_job: signature([], I32),
  qjs_free_value: signature([I32]),
  memchr: signature([I32, I32, I32], I32),
}

/** Functions that the image lacks or has in another shape, by name; empty when the glue fits the image. */
export const misfits = (facts: QuickJsFacts): string[] =>
  Object.entries(engineAbi)
    .filter(([name, expected]) => JSON.stringify(facts.signatures[name]) !== JSON.stringify(expected))
    .map(([name]) => name)

/**
 * JSValue packed into 64 bits: the type tag above, a number of 32 bits or a pointer below. Tags from `first` to below
 * `float64` are types; every other pattern is a double.
 */
export const tags = {
  first: -9,
  string: -7,
  rope: -6,
  object: -1,
  int: 0,
  bool: 1,
  null: 2,
  undefined: 3,
  exception: 6,
  shortBigInt: 7,
  bigInt: -9,
  float64: 8,
} as const

/** The value of a type that has only one: `undefined`, `null`, the mark of a pending exception. */
export const unit = (tag: 'null' | 'undefined' | 'exception'): bigint => BigInt(tags[tag]) << 32n
export const booleanTag = BigInt(tags.bool) << 32n
