import { control, engineFunctions, helpers, outOfMemoryLength, type QuickJsFacts, uncaughtKinds } from '../control.ts'
import { AtomTable } from './atoms.ts'
import { type EngineFunction, engineAbi, tags, unit } from './engine-abi.ts'
import {
  branchIf,
  type Code,
  type CoreFunction,
  drop,
  I32,
  I64,
  i32,
  i64,
  leave,
  ModuleBuilder,
  memoryCopy,
  repeat,
  unreachable,
  when,
} from './emitter.ts'

export type Helper = (typeof helpers)[number]
type Cell = Exclude<keyof typeof control, 'helpers'>
export type UncaughtKind = (typeof uncaughtKinds)[number]

/**
 * What all parts of the glue share: the module in the making, the calls into the engine, and small functions that are
 * emitted once, when they are first asked for.
 */
export class Glue {
  readonly module = new ModuleBuilder()
  readonly atoms = new AtomTable()
  readonly engine: Readonly<Record<EngineFunction, Code>>
  readonly facts: QuickJsFacts
  /** Pushes the JSContext. */
  readonly context: Code
  readonly #made = new Map<string, CoreFunction>()

  constructor(facts: QuickJsFacts) {
    this.facts = facts
    this.context = i32.const(facts.context)
    const calls: Partial<Record<EngineFunction, Code>> = {}
    for (const name of engineFunctions)
      calls[name] = this.module.importFunction('__main_module__', name, ...engineAbi[name])
    this.engine = calls as Record<EngineFunction, Code> // complete: the loop above names every key
  }

  /** Makes a function once. It is known before its body is, so that it may call itself. */
  once(
    key: string,
    parameters: Parameters<ModuleBuilder['function']>[0],
    results: Parameters<ModuleBuilder['function']>[1],
    body: (made: CoreFunction) => readonly Code[],
  ): CoreFunction {
    const known = this.#made.get(key)
    if (known) return known
    const made = this.module.function(parameters, results)
    this.#made.set(key, made)
    return made.body(body(made))
  }

  /** Address of a cell of the control block. */
  cell(name: Cell): Code {
    return i32.const(this.facts.control + control[name])
  }

  /** The i32 in a cell of the control block. */
  read(name: Cell): Code {
    return [this.cell(name), i32.load()]
  }

  atom(name: string): Code {
    return this.atomAt(this.atoms.index(name))
  }

  atomAt(index: number): Code {
    return [this.read('atoms'), i32.load(4 * index)]
  }

  /** A name as a string value, which the caller frees. */
  text(name: string): Code {
    return [this.context, this.atom(name), this.engine.JS_AtomToValue]
  }

  free(value: Code): Code {
    return [this.context, value, this.engine.JS_FreeValue]
  }

  tag(value: Code): Code {
    return [value, i64.const(32n), i64.shrU, i32.wrapI64]
  }

  hasTag(value: Code, tag: keyof typeof tags): Code {
    return [this.tag(value), i32.const(tags[tag]), i32.eq]
  }

  isDouble(value: Code): Code {
    return [this.tag(value), i32.const(-tags.first), i32.add, i32.const(tags.float64 - tags.first), i32.geU]
  }

  isString(value: Code): Code {
    return [this.hasTag(value, 'string'), this.hasTag(value, 'rope'), i32.or]
  }

  isException(value: Code): Code {
    return [value, i64.const(unit('exception')), i64.eq]
  }

  /** An integer as a JavaScript number; beyond 31 bits it comes out negative. */
  number(value: Code): Code {
    return [value, i64.extendI32U]
  }

  /** Calls a function of the runtime with up to three values, which stay the caller's. Leaves what it returns. */
  help(helper: Helper, ...values: readonly Code[]): Code {
    const call = this.once(`help ${values.length}`, [I32, ...values.map(() => I64)], [I64], (made) => {
      const cells = (['scratch', 'scratch2', 'scratch3'] as const).slice(0, values.length)
      return [
        cells.map((cell, at) => [this.cell(cell), made.parameter(at + 1).get, i64.store()]),
        this.context,
        made.parameter(0).get,
        i64.load(),
        i64.const(unit('undefined')),
        i32.const(values.length),
        this.cell('scratch'),
        this.engine.JS_Call,
      ]
    })
    const cell = this.facts.control + control.helpers + 8 * helpers.indexOf(helper)
    return [i32.const(cell), values, call.call]
  }

  /** Says that no memory is left, and traps. */
  get outOfMemory(): Code {
    return [
      [this.cell('uncaughtKind'), i32.const(uncaughtKinds.indexOf('exception')), i32.store()],
      [this.cell('uncaughtLength'), i32.const(outOfMemoryLength), i32.store(), unreachable],
    ]
  }

  /** (size) -> address. The memory belongs to the current call until `release`. Traps when there is none left. */
  get allocate(): Code {
    return this.once('allocate', [I32], [I32], (made) => {
      const size = made.parameter(0)
      const block = made.local(I32)
      return [
        [size.get, i32.const(8), i32.add, this.engine.malloc, block.tee],
        when(i32.eqz, this.outOfMemory),
        [block.get, this.read('allocations'), i32.store()],
        [this.cell('allocations'), block.get, i32.store()],
        [block.get, i32.const(8), i32.add],
      ]
    }).call
  }

  /** (mark): frees what was allocated since `allocations` was `mark`. */
  get release(): Code {
    return this.once('release', [I32], [], (made) => {
      const mark = made.parameter(0)
      const block = made.local(I32)
      return [
        repeat([
          [this.read('allocations'), block.tee, mark.get, i32.eq],
          [block.get, i32.eqz, i32.or, branchIf(1)],
          [this.cell('allocations'), block.get, i32.load(), i32.store()],
          [block.get, this.engine.free],
        ]),
      ]
    }).call
  }

  /** `cabi_realloc`: (old address, old size, alignment, new size) -> address */
  get reallocate(): CoreFunction {
    return this.once('reallocate', [I32, I32, I32, I32], [I32], (made) => {
      const [old, oldSize, alignment, size] = [0, 1, 2, 3].map((at) => made.parameter(at).get) as [
        Code,
        Code,
        Code,
        Code,
      ]
      const block = made.local(I32)
      return [
        when([size, i32.eqz], [when(oldSize, [old, this.engine.free]), alignment, leave]),
        when(oldSize, [old, size, this.engine.realloc, block.set], [size, this.engine.malloc, block.set]),
        when([block.get, i32.eqz], this.outOfMemory),
        block.get,
      ]
    })
  }

  /** (address, length): puts U+FFFD in the place of lone surrogates, which the engine writes as three bytes ED A0..BF xx. */
  get replaceSurrogates(): Code {
    return this.once('replace surrogates', [I32, I32], [], (made) => {
      const start = made.parameter(0)
      const length = made.parameter(1)
      const end = made.local(I32)
      const at = made.local(I32)
      return [
        [start.get, length.get, i32.add, end.set],
        repeat([
          [start.get, i32.const(0xed), end.get, start.get, i32.sub, this.engine.memchr, at.tee],
          [i32.eqz, branchIf(1)],
          when(
            [at.get, i32.load8u(1), i32.const(0xa0), i32.geU],
            [
              [at.get, i32.const(0xbfef), i32.store16()],
              [at.get, i32.const(0xbd), i32.store8(2)],
            ],
          ),
          [at.get, i32.const(3), i32.add, start.set],
        ]),
      ]
    }).call
  }

  /** Throws a TypeError that says what was expected in place of `value`, and leaves 1. */
  mismatch(expected: string, value: Code): Code {
    const { call } = this.once('mismatch', [I32, I64], [I32], (made) => {
      const text = made.local(I64)
      return [
        [this.context, made.parameter(0).get, this.engine.JS_AtomToValue, text.set],
        [this.help('mismatch', text.get, made.parameter(1).get), drop, this.free(text.get)],
        i32.const(1),
      ]
    })
    return [this.atom(expected), value, call]
  }

  /** (name or index as a value): puts it in front of the pending error's message, and leaves 1. Frees the value. */
  get annotate(): Code {
    return this.once('annotate', [I64], [I32], (made) => {
      const where = made.parameter(0)
      const error = made.local(I64)
      const changed = made.local(I64)
      return [
        [this.context, this.engine.JS_GetException, error.set],
        [this.help('annotate', where.get, error.get), changed.set],
        [this.free(where.get), this.free(error.get)],
        when(this.isException(changed.get), [i32.const(1), leave]),
        [this.context, changed.get, this.engine.JS_Throw, drop, i32.const(1)],
      ]
    }).call
  }

  /** Says in which member a conversion failed, and leaves 1. */
  failedIn(member: string | number): Code {
    return typeof member === 'number'
      ? [this.number(i32.const(member)), this.annotate]
      : [this.text(member), this.annotate]
  }

  /** (value, index of the first label, number of labels) -> which label the string is, or -1 */
  get labelIndex(): Code {
    return this.once('label index', [I64, I32, I32], [I32], (made) => {
      const value = made.parameter(0)
      const first = made.parameter(1)
      const count = made.parameter(2)
      const atom = made.local(I32)
      const at = made.local(I32)
      return [
        when([this.isString(value.get), i32.eqz], [i32.const(-1), leave]),
        [this.context, value.get, this.engine.JS_ValueToAtom, atom.set],
        // The labels' own atoms live as long as the instance, so the number is good after this reference is gone.
        [this.context, atom.get, this.engine.JS_FreeAtom],
        [first.get, i32.const(2), i32.shl, this.read('atoms'), i32.add, first.set],
        repeat([
          [at.get, count.get, i32.geU, branchIf(1)],
          when([at.get, i32.const(2), i32.shl, first.get, i32.add, i32.load(), atom.get, i32.eq], [at.get, leave]),
          [at.get, i32.const(1), i32.add, at.set],
        ]),
        i32.const(-1),
      ]
    }).call
  }

  /** (index of the first label, number of labels, which one) -> its string. Traps beyond the last: CanonicalABI.md#loading */
  get labelText(): Code {
    return this.once('label text', [I32, I32, I32], [I64], (made) => {
      const [first, count, at] = [0, 1, 2].map((index) => made.parameter(index).get) as [Code, Code, Code]
      return [
        when([at, count, i32.geU], unreachable),
        [this.context, this.read('atoms'), first, at, i32.add, i32.const(2), i32.shl, i32.add],
        [i32.load(), this.engine.JS_AtomToValue],
      ]
    }).call
  }

  /** Leaves what was thrown, or the value itself, as text for the host and traps. */
  fatal(kind: UncaughtKind, thrown: Code): Code {
    const { call } = this.once('fatal', [I32, I64], [], (made) => {
      const text = made.local(I64)
      return [
        [this.cell('uncaughtKind'), made.parameter(0).get, i32.store()],
        [this.help('describe', made.parameter(1).get), text.set],
        when(this.isException(text.get), unreachable),
        [this.cell('uncaughtText'), this.context, this.cell('uncaughtLength'), text.get, i32.const(0)],
        [this.engine.JS_ToCStringLen2, i32.store(), unreachable],
      ]
    })
    return [i32.const(uncaughtKinds.indexOf(kind)), thrown, call, unreachable]
  }

  /** The same with the pending exception. */
  fatalException(kind: UncaughtKind): Code {
    return this.fatal(kind, [this.context, this.engine.JS_GetException])
  }

  /** Runs the jobs that wait, if any. One that throws ends the instance. */
  get runJobs(): Code {
    return this.once('run jobs', [], [], () => [
      repeat([
        [this.engine.qjs_is_job_pending, i32.eqz, branchIf(1)],
        when([this.engine.qjs_execute_pending_job, i32.const(0), i32.ltS], this.fatalException('exception')),
      ]),
    ]).call
  }

  /** (source, length) -> a copy that belongs to the current call */
  get copy(): Code {
    return this.once('copy', [I32, I32], [I32], (made) => {
      const [source, length] = [made.parameter(0).get, made.parameter(1).get]
      const target = made.local(I32)
      return [[length, this.allocate, target.tee, source, length, memoryCopy], target.get]
    }).call
  }
}
