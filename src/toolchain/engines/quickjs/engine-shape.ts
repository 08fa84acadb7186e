import {
  exportSignatures,
  importSignatures,
  parseCoreModule,
  valueTypes,
  type CoreModule,
  type Signature,
} from '../../../wasm/core-module.ts'
import { engineFunctions } from './control.ts'

/**
 * What we rely on in the engine's binary. The engine is a package that others make; everything here was true of the
 * pinned version, and another one is refused by name rather than found out at run time.
 */

/** SHA-256 of `quickjs.wasm` and of the extensions of quickjs-wasi 3.6.2. */
export const pinnedHashes: Readonly<Record<string, string>> = {
  quickjs: 'd4c9375f2b1ca4dc95f72c8aa2982a7a9951ac8011490d79c6582df732b4bbd9',
  encoding: 'd501aa2a8410ee07c196103f0d169b226ec61c922883713510fd723fe14036c3',
  'structured-clone': '0ac5a36c0545c659ba6f9f8de5af11862df84546d151d0f15ec5184c95fd6cb3',
  url: 'af780a79f1fb131b5e6fa1d6fedc481e265420cf2f254fe966255230f4c1bc62',
}

const { i32, i64 } = valueTypes

const imports: Readonly<Record<string, Readonly<Record<string, Signature>>>> = {
  env: {
    host_get_timezone_offset: [[i32, i32], [i32]],
    host_interrupt: [[], [i32]],
    host_promise_rejection: [[i32, i32, i32], []],
    host_module_normalize: [[i32, i32], [i32]],
    host_module_load: [[i32, i32], [i32]],
    host_call: [[i32, i32, i32, i32, i32], [i32]],
  },
  wasi_snapshot_preview1: {
    clock_time_get: [[i32, i64, i32], [i32]],
    fd_close: [[i32], [i32]],
    fd_fdstat_get: [[i32, i32], [i32]],
    fd_seek: [[i32, i64, i32, i32], [i32]],
    fd_write: [[i32, i32, i32, i32], [i32]],
    random_get: [[i32, i32], [i32]],
  },
}

/** Functions that the guest half calls, beside those of the glue. */
const guestSignatures = {
  JS_Call: [[i32, i64, i64, i32, i32], [i64]],
  JS_DupValue: [[i32, i64], [i64]],
  JS_FreeCString: [[i32, i32], []],
  JS_FreeValue: [[i32, i64], []],
  JS_GetException: [[i32], [i64]],
  JS_GetGlobalObject: [[i32], [i64]],
  JS_GetPropertyStr: [[i32, i64, i32], [i64]],
  JS_IsFunction: [[i32, i64], [i32]],
  JS_NewAtomLen: [[i32, i32, i32], [i32]],
  JS_NewStringLen: [[i32, i32, i32], [i64]],
  JS_PromiseResult: [[i32, i64], [i64]],
  JS_PromiseState: [[i32, i64], [i32]],
  JS_SetPropertyStr: [[i32, i64, i32, i64], [i32]],
  JS_SetPropertyUint32: [[i32, i64, i32, i64], [i32]],
  JS_Throw: [[i32, i64], [i64]],
  JS_ToCStringLen2: [[i32, i32, i64, i32], [i32]],
  free: [[i32], []],
  js_free_rt: [[i32, i32], []],
  js_malloc_rt: [[i32, i32], [i32]],
  malloc: [[i32], [i32]],
  qjs_eval: [[i32, i32, i32, i32], [i32]],
  qjs_execute_pending_job: [[], [i32]],
  qjs_get_runtime_ptr: [[], [i32]],
  qjs_is_job_pending: [[], [i32]],
  qjs_new_host_function: [[i32, i32, i32], [i32]],
  qjs_run_gc: [[], []],
  qjs_set_interrupt_handler: [[i32], []],
  qjs_set_memory_limit: [[i32], []],
} as const satisfies Readonly<Record<string, Signature>>

/** Functions that only baking calls. */
const bakeSignatures = {
  _initialize: [[], []],
  qjs_init: [[], [i32]],
  JS_GetTypedArrayType: [[i64], [i32]],
  qjs_compile: [[i32, i32, i32, i32, i32, i32], [i32]],
  qjs_eval_bytecode: [[i32, i32], [i32]],
  qjs_get_context_ptr: [[], [i32]],
  qjs_set_max_stack_size: [[i32], []],
  qjs_set_module_loader: [[i32], []],
  qjs_set_promise_rejection_handler: [[i32], []],
  qjs_get_undefined: [[], [i32]],
  qjs_get_null: [[], [i32]],
  qjs_get_true: [[], [i32]],
  qjs_get_false: [[], [i32]],
} as const satisfies Readonly<Record<string, Signature>>

export type GuestFunction = keyof typeof guestSignatures
export type BakeFunction = keyof typeof bakeSignatures

export const stackPointer = '__stack_pointer'

/** What the image exports: for the glue, for the guest half, the memory and the stack pointer. */
export const imageExports: ReadonlySet<string> = new Set([
  ...engineFunctions,
  ...Object.keys(guestSignatures),
  'memory',
  stackPointer,
])

/** What the engine's core module exports inside a component. */
export const componentExports: ReadonlySet<string> = new Set([...engineFunctions, 'memory'])

/** JSValues are NaN-boxed: the tag is in the upper half. */
export const tags = { boolean: 1n, null: 2n, undefined: 3n, exception: 6n } as const
export const tagged = (tag: bigint, payload = 0n): bigint => (tag << 32n) | payload

/** The engine is not the one that this code was written for. A bug to be fixed here, never in a guest. */
export class ChangedEngine extends Error {
  constructor(what: string) {
    super(`The QuickJS engine changed: ${what}. Adapt src/toolchain/engines/quickjs and its pinned hashes.`)
    this.name = 'ChangedEngine'
  }
}

const text = (signature: Signature | undefined): string => JSON.stringify(signature ?? 'absent')

/** Throws `ChangedEngine` where `bytes` is not shaped as this code expects. */
export function checkEngineShape(bytes: Uint8Array): CoreModule {
  const module = parseCoreModule(bytes)
  const found = importSignatures(module)
  if (module.imports.some(({ kind }) => kind !== 'function')) throw new ChangedEngine('it imports more than functions')
  for (const from of new Set([...Object.keys(found), ...Object.keys(imports)])) {
    for (const name of new Set([...Object.keys(found[from] ?? {}), ...Object.keys(imports[from] ?? {})])) {
      const [is, was] = [text(found[from]?.[name]), text(imports[from]?.[name])]
      if (is !== was) throw new ChangedEngine(`import ${from}.${name} is ${is}, not ${was}`)
    }
  }
  const exported = exportSignatures(module)
  for (const [name, signature] of Object.entries({ ...guestSignatures, ...bakeSignatures })) {
    if (text(exported[name]) !== text(signature)) {
      throw new ChangedEngine(`export ${name} is ${text(exported[name])}, not ${text(signature)}`)
    }
  }
  for (const name of engineFunctions) if (!exported[name]) throw new ChangedEngine(`export ${name} is absent`)
  if (module.memories.length !== 1) throw new ChangedEngine(`it has ${module.memories.length} memories, not one`)
  const mutable = module.globals.filter((global) => global.mutable)
  if (mutable.length !== 1 || mutable[0]?.type !== i32) {
    throw new ChangedEngine(`it has ${mutable.length} mutable globals, not one i32`)
  }
  if (module.tables.length !== 1) throw new ChangedEngine(`it has ${module.tables.length} tables, not one`)
  if (module.start !== undefined) throw new ChangedEngine('it has a start function')
  if (module.data.some(({ flags }) => flags !== 0)) throw new ChangedEngine('it has passive data segments')
  if (module.elements.some(({ flags }) => flags !== 0)) throw new ChangedEngine('it has passive element segments')
  for (const [name, kind] of [
    ['memory', 'memory'],
    [stackPointer, 'global'],
  ] as const) {
    if (!module.exports.some((item) => item.name === name && item.kind === kind)) {
      throw new ChangedEngine(`export ${name} is no ${kind}`)
    }
  }
  return module
}
