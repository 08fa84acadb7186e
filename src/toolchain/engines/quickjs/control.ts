/**
 * What the three parts of the QuickJS engine agree on: the image (baked once), the glue (emitted per world) and the
 * guest (initialised per edit). The control block is a piece of the engine's own heap, at an address that is fixed when
 * the image is baked; glue and host find everything else through it. All fields little-endian.
 */

/** Byte offsets in the control block. */
export const control = {
  /** i32: address of the atom table (one u32 JSAtom for each entry of `QuickJsBinding.atoms`). */
  atoms: 0,
  /** i32: address of the export table (one 8-byte JSValue for each entry of `QuickJsBinding.exports`). */
  exports: 4,
  /** i32: head of the linked list of allocations that the current call owns. */
  allocations: 8,
  /** i32: why the instance is about to trap: an index into `uncaughtKinds`, 0 for none. */
  uncaughtKind: 12,
  /** i32 address, i32 length: UTF-8 text of what was not caught: message, a NUL, stack. */
  uncaughtText: 16,
  uncaughtLength: 20,
  /** Three 8-byte scratch cells of the glue. Whatever is in them is read before JavaScript runs again. */
  scratch: 24,
  scratch2: 32,
  scratch3: 40,
  /** i32: not 0 after a promise was rejected without a handler, so that the glue asks `unhandled` only then. */
  rejections: 48,
  /** One 8-byte JSValue for each name in `helpers`, in order. */
  helpers: 56,
} as const

/** `uncaughtLength`, as i32, where no memory was left for a text: `uncaughtText` is 0 then. */
export const outOfMemoryLength = -1

export const uncaughtKinds = ['none', 'exception', 'rejection', 'unsettled', 'bad-result', 'bad-error'] as const

/**
 * Functions of the runtime (JavaScript evaluated when the image is baked) that the glue calls. The first group belongs
 * to values and resources (`runtime/values.ts`), the second to the event loop and errors (`runtime/loop.ts`).
 */
export const helpers = [
  // values
  'errorPayload', // (thrown, 1 where the error type is string) -> the payload of the `err` case, or throws `thrown` again
  'raise', // (payload) -> an Error that carries it, to be thrown into the guest
  'charFromCode', // (code point) -> one-character string
  'charToCode', // (string) -> code point, or throws TypeError
  'typedArray', // (kind index, Uint8Array) -> typed array of the kind over the same buffer
  'typedArrayBytes', // (kind index, value) -> Uint8Array over the bytes where value is such a typed array, else undefined
  'mismatch', // (what was expected, value) -> throws TypeError that names both
  'annotate', // (field name or index, error) -> the error, with the field in front of its message
  'liftResource', // (resource index, i32, isOwn) -> object
  'lowerResource', // (resource index, object, isOwn) -> i32, or throws TypeError
  'destroyResource', // (resource index, representation) -> the last handle was dropped: disposes of the guest's object
  'endBorrows', // () -> drops the borrowed handles of the export that returns
  // loop
  'turn', // () -> true: something that was waited for happened; false: nothing is waiting
  'rejection', // (promise, reason, handled) -> notes an unhandled rejection, or that it was handled after all
  'unhandled', // () -> the oldest unhandled reason in a one-element array, or undefined
  'describe', // (thrown) -> "message\0stack", and writes it to stderr where the world imports that
] as const

export const controlSize = control.helpers + 8 * helpers.length

/**
 * How the runtime is put together. A runtime source is a script (not a module) whose value is a function; while the
 * image is baked it is called with one object, the same for all sources: `(runtime) => { runtime.helpers.turn = … }`.
 * `runtime/values.ts` exports its script as `valuesSource`. The same object is the global `__witcraft` while import
 * modules, `setup` and the services are evaluated, with `__witcraft.imports` set; after that the global is gone, so what
 * is needed later has to be kept in closures. Script names start with `runtimeScheme`, so that frames of the runtime can
 * be told from the guest's own.
 */
export const runtimeScheme = 'witcraft:'

/** `EngineImage.facts` of this engine. */
export interface QuickJsFacts {
  /** Address of the control block. */
  readonly control: number
  /** Address of the JSContext. */
  readonly context: number
  /** Wasm parameter and result types of the functions that the image exports, as type bytes. */
  readonly signatures: Readonly<Record<string, readonly [params: readonly number[], results: readonly number[]]>>
  /** What `JS_GetTypedArrayType` answers for a Uint8Array. */
  readonly uint8ArrayType: number
  /** Address of the 8-byte JSValue of the runtime's own object, which becomes `__witcraft` while a world is set up. */
  readonly runtime: number
  /** Address of the first chunk of the heap. */
  readonly heap: number
}

/** `PreparedWorld.binding` of this engine: what the guest half needs to know of the glue. */
export interface QuickJsBinding {
  /** Property names, tags and labels that the glue uses, in the order of the atom table. */
  readonly atoms: readonly string[]
  /**
   * Functions that the guest can call: one for each imported function, then the resource intrinsics. Host function `i`
   * is registered under `name` and found in `__witcraft.imports[i]` while the import modules are evaluated.
   */
  readonly hostFunctions: readonly {
    readonly name: string
    readonly arity: number
    /** For the message when it is called too early: `wasi:cli/stdout#get-stdout`. */
    readonly label?: string
  }[]
  /** Where each export is found in the entry module's namespace: `['api', 'Cart', 'prototype', 'total']`. */
  readonly exports: readonly {
    readonly path: readonly string[]
    /** For the message when it is missing: `demo:cart/cart#add-item`. */
    readonly label: string
    /** How it is written in TypeScript, for when it is missing: `export const cart = { addItem(…) { … } }`. */
    readonly hint: string
    /** It is what functions of the table are called on, and no function itself: taken as it is. */
    readonly receiver?: true
  }[]
  /** Import modules by specifier: JavaScript that reads `__witcraft.imports` and exports functions and classes. */
  readonly modules: Readonly<Record<string, string>>
  /** JavaScript that is evaluated once, after the import modules: registers resource classes with the runtime. */
  readonly setup: string
}

/** Engine functions that the glue imports from the engine's core module; the image must export each. */
export const engineFunctions = [
  'JS_Call',
  'JS_CallConstructor',
  'JS_NewStringLen',
  'JS_ToCStringLen2',
  'JS_FreeCString',
  'JS_NewObject',
  'JS_NewArray',
  'JS_GetProperty',
  'JS_SetProperty',
  'JS_GetPropertyUint32',
  'JS_SetPropertyUint32',
  'JS_GetLength',
  'JS_NewBigInt64',
  'JS_NewBigUint64',
  'JS_ToBigInt64',
  'JS_ToBigUint64',
  'JS_ToInt32',
  'JS_ToFloat64',
  'JS_ToBool',
  'JS_NewNumber',
  'JS_DupValue',
  'JS_FreeValue',
  'JS_GetException',
  'JS_Throw',
  'JS_ValueToAtom',
  'JS_FreeAtom',
  'JS_AtomToValue',
  'JS_NewUint8ArrayCopy',
  'JS_GetTypedArrayType',
  'JS_GetUint8Array',
  'JS_IsPromise',
  'JS_PromiseState',
  'JS_PromiseResult',
  'malloc',
  'realloc',
  'free',
  'qjs_dup_value',
  'qjs_is_job_pending',
  'qjs_execute_pending_job',
  'qjs_free_value',
  'memchr',
] as const
