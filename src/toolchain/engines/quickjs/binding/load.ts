import type { ListType, PrimitiveKind, ValueType } from '../../../../component/types.ts'
import { booleanTag, unit } from './engine-abi.ts'
import {
  branchIf,
  type Code,
  type CoreFunction,
  drop,
  f32,
  f64,
  I32,
  I64,
  i32,
  i64,
  type Local,
  leave,
  repeat,
  when,
} from './emitter.ts'
import type { Conversions } from './converter.ts'
import {
  type Case,
  casesOf,
  discriminantSize,
  extentOf,
  type Mode,
  membersOf,
  offsetsOf,
  payloadOffset,
} from './layout.ts'
import { camelCase, isTaggedOption } from '../../../../component/host-conventions.ts'
import { typedArrayKind } from './typed-arrays.ts'

/**
 * (address) -> JSValue: makes a JavaScript value of what lies at the address. Memory that strings and lists point to
 * came from `cabi_realloc` and is freed on the way. CanonicalABI.md#loading
 */
export function loadFunction(conversions: Conversions, type: ValueType, mode: Mode): CoreFunction {
  const { glue } = conversions
  return glue.once(`load ${mode} ${conversions.keys.key(type)}`, [I32], [I64], (made) =>
    body(conversions, type, mode, made),
  )
}

function body(conversions: Conversions, type: ValueType, mode: Mode, made: CoreFunction): readonly Code[] {
  const address = made.parameter(0).get
  switch (type.kind) {
    case 'string':
      return loadString(conversions, mode, made)
    case 'list':
      return loadList(conversions, type, mode, made)
    case 'record': {
      const members = type.fields.map((field) => camelCase(field.name))
      return loadMembers(conversions, type, members, mode, made)
    }
    case 'tuple':
      return loadMembers(conversions, type, undefined, mode, made)
    case 'enum':
      return [loadLabel(conversions, type.cases, loadDiscriminant(address, type.cases.length, mode))]
    case 'flags':
      return loadFlags(conversions, type.labels.map(camelCase), mode, made)
    case 'option':
      if (!isTaggedOption(type)) return loadOption(conversions, type.some, mode, made)
      return loadVariant(conversions, casesOf(type) ?? [], mode, made)
    case 'variant':
    case 'result':
      return loadVariant(conversions, casesOf(type) ?? [], mode, made)
    case 'own':
    case 'borrow':
      return [conversions.liftHandle(type, [address, i32.load()])]
    default:
      return [loadPrimitive(conversions, type.kind as PrimitiveKind, mode, address)]
  }
}

export const loadDiscriminant = (address: Code, cases: number, mode: Mode): Code => {
  if (mode === 'flat') return [address, i32.load()]
  const load = { 1: i32.load8u, 2: i32.load16u, 4: i32.load }[discriminantSize(cases)]
  return [address, load()]
}

function loadPrimitive({ glue }: Conversions, kind: PrimitiveKind, mode: Mode, address: Code): Code {
  const { context, engine } = glue
  switch (kind) {
    case 'bool': {
      // CanonicalABI.md#flat-lifting: any flat value but 0 is true.
      const value = mode === 'flat' ? i32.load() : i32.load8u()
      return [address, value, i32.eqz, i32.eqz, i64.extendI32U, i64.const(booleanTag), i64.or]
    }
    case 'u8':
      return [address, i32.load8u(), i64.extendI32U]
    case 's8':
      return [address, i32.load8s(), i64.extendI32U]
    case 'u16':
      return [address, i32.load16u(), i64.extendI32U]
    case 's16':
      return [address, i32.load16s(), i64.extendI32U]
    case 's32':
      return [address, i32.load(), i64.extendI32U]
    case 'u32':
      return [context, address, i32.load(), f64.convertI32U, engine.JS_NewNumber]
    case 'u64':
      return [context, address, i64.load(), engine.JS_NewBigUint64]
    case 's64':
      return [context, address, i64.load(), engine.JS_NewBigInt64]
    case 'f32':
      return [context, address, f32.load(), f64.promoteF32, engine.JS_NewNumber]
    case 'f64':
      return [context, address, f64.load(), engine.JS_NewNumber]
    case 'char':
      return glue.help('charFromCode', [address, i64.load32u()])
    default:
      throw new Error(`no primitive ${kind}`)
  }
}

const lengthOffset = (mode: Mode): number => (mode === 'flat' ? 8 : 4)

function loadString({ glue }: Conversions, mode: Mode, made: CoreFunction): readonly Code[] {
  const { context, engine } = glue
  const address = made.parameter(0).get
  const text = made.local(I64)
  const start: Code = [address, i32.load()]
  const length: Code = [address, i32.load(lengthOffset(mode))]
  return [[context, start, length, engine.JS_NewStringLen, text.set], when(length, [start, engine.free]), text.get]
}

function loadList(conversions: Conversions, type: ListType, mode: Mode, made: CoreFunction): readonly Code[] {
  const { glue } = conversions
  const { context, engine } = glue
  const address = made.parameter(0).get
  const [start, length, at] = [made.local(I32), made.local(I32), made.local(I32)]
  const list = made.local(I64)
  const kind = typedArrayKind(type.element)
  const { size } = extentOf(type.element)
  const head: Code = [
    [address, i32.load(), start.set],
    [address, i32.load(lengthOffset(mode)), length.set],
  ]
  const tail: Code = [when(length.get, [start.get, engine.free]), list.get]
  if (kind < 0) {
    const element = conversions.load(type.element, 'memory')
    const next: Code = [start.get, at.get, i32.const(size), i32.mul, i32.add, element]
    return [
      head,
      [context, engine.JS_NewArray, list.set],
      repeat([
        [at.get, length.get, i32.geU, branchIf(1)],
        [context, list.get, at.get, next, engine.JS_SetPropertyUint32, drop],
        [at.get, i32.const(1), i32.add, at.set],
      ]),
      tail,
    ]
  }
  const bytes: Code = [context, start.get, length.get, i32.const(size), i32.mul]
  const copy: Code = [bytes, engine.JS_NewUint8ArrayCopy, list.set]
  if (type.element.kind === 'u8') return [head, copy, tail]
  const plain = made.local(I64)
  return [
    [head, copy, list.get, plain.set],
    [glue.help('typedArray', glue.number(i32.const(kind)), plain.get), list.set, glue.free(plain.get)],
    tail,
  ]
}

/** A record is an object with `names`, a tuple an array. */
function loadMembers(
  conversions: Conversions,
  type: ValueType,
  names: readonly string[] | undefined,
  mode: Mode,
  made: CoreFunction,
): readonly Code[] {
  const { glue } = conversions
  const { context, engine } = glue
  const address = made.parameter(0).get
  const object = made.local(I64)
  const types = membersOf(type) ?? []
  const offsets = offsetsOf(types, mode)
  const members = types.map((member, at): Code => {
    const value: Code = [address, i32.const(offsets[at] ?? 0), i32.add, conversions.load(member, mode)]
    const name = names?.[at]
    return name === undefined
      ? [context, object.get, i32.const(at), value, engine.JS_SetPropertyUint32, drop]
      : [context, object.get, glue.atom(name), value, engine.JS_SetProperty, drop]
  })
  return [[context, names ? engine.JS_NewObject : engine.JS_NewArray, object.set], members, object.get]
}

const loadLabel = ({ glue }: Conversions, labels: readonly string[], at: Code): Code => [
  i32.const(glue.atoms.block(labels)),
  i32.const(labels.length),
  at,
  glue.labelText,
]

function loadFlags({ glue }: Conversions, labels: readonly string[], mode: Mode, made: CoreFunction): readonly Code[] {
  const { context, engine } = glue
  const { call } = glue.once(`load flags ${mode}`, [I32, I32, I32], [I64], (loop) => {
    const [address, first, count] = [loop.parameter(0).get, loop.parameter(1).get, loop.parameter(2).get]
    const at = loop.local(I32)
    const object = loop.local(I64)
    const atom: Code = [
      [glue.read('atoms'), first, at.get, i32.add, i32.const(2), i32.shl],
      [i32.add, i32.load()],
    ]
    const bit: Code = [
      [address, flagByte(at, mode), i32.add, i32.load8u()],
      [at.get, i32.const(7), i32.and, i32.shrU, i32.const(1), i32.and],
    ]
    const value: Code = [bit, i64.extendI32U, i64.const(booleanTag), i64.or]
    return [
      [context, engine.JS_NewObject, object.set],
      repeat([
        [at.get, count, i32.geU, branchIf(1)],
        [context, object.get, atom, value, engine.JS_SetProperty, drop],
        [at.get, i32.const(1), i32.add, at.set],
      ]),
      object.get,
    ]
  })
  return [[made.parameter(0).get, i32.const(glue.atoms.block(labels)), i32.const(labels.length), call]]
}

/** Offset of the byte that holds a label's bit: words of 32 labels are 4 bytes apart in memory, 8 in slots. */
export const flagByte = (at: Local, mode: Mode): Code =>
  mode === 'memory'
    ? [at.get, i32.const(3), i32.shrU]
    : [
        [at.get, i32.const(5), i32.shrU, i32.const(3), i32.shl],
        [at.get, i32.const(3), i32.shrU, i32.const(3), i32.and, i32.add],
      ]

function loadOption(conversions: Conversions, some: ValueType, mode: Mode, made: CoreFunction): readonly Code[] {
  const address = made.parameter(0).get
  const offset = payloadOffset([{ name: 'some', type: some }], mode)
  return [
    when([loadDiscriminant(address, 2, mode), i32.eqz], [i64.const(unit('undefined')), leave]),
    [address, i32.const(offset), i32.add, conversions.load(some, mode)],
  ]
}

function loadVariant(
  conversions: Conversions,
  cases: readonly Case[],
  mode: Mode,
  made: CoreFunction,
): readonly Code[] {
  const { glue } = conversions
  const { context, engine } = glue
  const address = made.parameter(0).get
  const at = made.local(I32)
  const object = made.local(I64)
  const labels = cases.map((one) => one.name)
  const set = (name: string, value: Code): Code => [
    [context, object.get, glue.atom(name), value, engine.JS_SetProperty, drop],
  ]
  const payload: Code = [address, i32.const(payloadOffset(cases, mode)), i32.add]
  return [
    [loadDiscriminant(address, cases.length, mode), at.set],
    [context, engine.JS_NewObject, object.set],
    set('tag', loadLabel(conversions, labels, at.get)),
    cases.map(({ type }, index) =>
      type === undefined
        ? []
        : when([at.get, i32.const(index), i32.eq], set('val', [payload, conversions.load(type, mode)])),
    ),
    object.get,
  ]
}

/** What the `ok` or `err` case of a function's result carries, at `address`. */
export const loadPayload = (conversions: Conversions, type: ValueType | undefined, address: Code, mode: Mode): Code =>
  type === undefined ? i64.const(unit('undefined')) : [address, conversions.load(type, mode)]
