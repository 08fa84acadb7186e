import {
  type Code,
  drop,
  I32,
  I64,
  i32,
  i64,
  leave,
  type NumberType,
  repeat,
  when,
  branchIf,
  memoryFill,
} from './emitter.ts'
import type { Glue } from './glue.ts'

/** Calls to WASI functions that the world imports, where it does. */
export interface WasiTargets {
  /** `wasi:clocks/wall-clock#now`: (address of a datetime) */
  readonly wallClockNow?: Code | undefined
  /** `wasi:clocks/monotonic-clock#now`: () -> i64 nanoseconds */
  readonly monotonicNow?: Code | undefined
  /** `wasi:random/random#get-random-u64`: () -> i64 */
  readonly randomU64?: Code | undefined
}

/** errno of preview 1: the file descriptor is not open */
const badf = 8
const nanosecondsPerSecond = 1_000_000_000n
/** Clock ids of preview 1 */
const monotonic = 1

/** What the engine imports beside `host_call`. Each import of the image must be here, or it cannot be linked. */
export function emitEngineImports(glue: Glue, wasi: WasiTargets): void {
  const answer = (name: string, parameters: readonly NumberType[], code: Code) => {
    glue.module.export(name, glue.module.function(parameters, [I32]).body(code))
  }
  answer('host_get_timezone_offset', [I32, I32], i32.const(0))
  answer('host_interrupt', [], i32.const(0))
  answer('host_module_normalize', [I32, I32], refuseModule(glue))
  answer('host_module_load', [I32, I32], refuseModule(glue))
  answer('fd_close', [I32], i32.const(badf))
  answer('fd_fdstat_get', [I32, I32], i32.const(badf))
  answer('fd_seek', [I32, I64, I32, I32], i32.const(badf))
  answer('fd_write', [I32, I32, I32, I32], i32.const(badf))
  emitRejection(glue)
  emitClock(glue, wasi)
  emitRandom(glue, wasi)
}

/** `import()` finds nothing once the component is built. */
const refuseModule = (glue: Glue): Code => [
  glue.context,
  glue.help('raise', glue.text('import() finds no modules at run time: import them at the top of the file')),
  [glue.engine.JS_Throw, drop, i32.const(0)],
]

/** (address of the promise, address of the reason, whether it is handled by now); both belong to the callee. */
function emitRejection(glue: Glue): void {
  const made = glue.module.function([I32, I32, I32], [])
  const [promise, reason, handled] = [0, 1, 2].map((at) => made.parameter(at).get) as [Code, Code, Code]
  const { engine } = glue
  const isHandled: Code = [handled, i32.eqz, i32.eqz, i64.extendI32U, i64.const(1n << 32n), i64.or]
  made.body(
    [glue.cell('rejections'), i32.const(1), i32.store()],
    [glue.help('rejection', [promise, i64.load()], [reason, i64.load()], isHandled), drop],
    [promise, engine.qjs_free_value, reason, engine.qjs_free_value],
  )
  glue.module.export('host_promise_rejection', made)
}

/** (clock, precision, address of u64 nanoseconds) -> errno. Without a clock it is always 1970. */
function emitClock(glue: Glue, { wallClockNow, monotonicNow }: WasiTargets): void {
  const made = glue.module.function([I32, I64, I32], [I32])
  const [clock, address] = [made.parameter(0).get, made.parameter(2).get]
  const answer = (nanoseconds: Code): Code => [address, nanoseconds, i64.store(), i32.const(0), leave]
  const wall: Code =
    wallClockNow === undefined
      ? []
      : [
          // A datetime is u64 seconds, then u32 nanoseconds: two cells of scratch.
          [glue.cell('scratch'), wallClockNow],
          answer([
            [glue.cell('scratch'), i64.load(), i64.const(nanosecondsPerSecond), i64.mul],
            [glue.cell('scratch'), i64.load32u(8), i64.add],
          ]),
        ]
  made.body(
    monotonicNow === undefined ? [] : when([clock, i32.const(monotonic), i32.eq], answer(monotonicNow)),
    wall,
    answer(i64.const(0n)),
    i32.const(0),
  )
  glue.module.export('clock_time_get', made)
}

/** (address, length) -> errno. Without a source of randomness the bytes are 0. */
function emitRandom(glue: Glue, { randomU64 }: WasiTargets): void {
  const made = glue.module.function([I32, I32], [I32])
  const [address, length] = [made.parameter(0), made.parameter(1)]
  const at = made.local(I32)
  const bits = made.local(I64)
  const fill: Code =
    randomU64 === undefined
      ? [address.get, i32.const(0), length.get, memoryFill]
      : repeat([
          [at.get, length.get, i32.geU, branchIf(1)],
          when([at.get, i32.const(7), i32.and, i32.eqz], [randomU64, bits.set]),
          [address.get, at.get, i32.add, bits.get, i32.wrapI64, i32.store8()],
          [bits.get, i64.const(8n), i64.shrU, bits.set],
          [at.get, i32.const(1), i32.add, at.set],
        ])
  made.body(fill, i32.const(0))
  glue.module.export('random_get', made)
}
