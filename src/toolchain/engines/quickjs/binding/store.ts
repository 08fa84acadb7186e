import type { IntegerKind, ListType, PrimitiveKind, ValueType } from '../../../../component/types.ts'
import { unit } from './engine-abi.ts'
import {
  branchIf,
  type Code,
  type CoreFunction,
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
import { anArray, anEnumCase, anInteger, anObject, anObjectOfFlags, aVariant } from './expectations.ts'
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
import { flagByte } from './load.ts'
import { camelCase, isTaggedOption } from '../../../../component/host-conventions.ts'
import { typedArrayKind } from './typed-arrays.ts'

/**
 * (JSValue, address) -> 0, or 1 with a TypeError pending that says what was expected. Puts the value at the address;
 * what strings and lists point to belongs to the current call. Slots of the flat mode must be 0 before: a narrow value
 * in a wide slot is then extended as CanonicalABI.md#flat-lowering wants it, signed integers by sign.
 */
export function storeFunction(conversions: Conversions, type: ValueType, mode: Mode): CoreFunction {
  const { glue } = conversions
  return glue.once(`store ${mode} ${conversions.keys.key(type)}`, [I64, I32], [I32], (made) =>
    body(conversions, type, mode, made),
  )
}

const done = i32.const(0)
const failed: Code = [i32.const(1), leave]

function body(conversions: Conversions, type: ValueType, mode: Mode, made: CoreFunction): readonly Code[] {
  switch (type.kind) {
    case 'string':
      return storeString(conversions, mode, made)
    case 'char':
      return storeChar(conversions, made)
    case 'list':
      return storeList(conversions, type, mode, made)
    case 'record':
      return storeMembers(conversions, type, type.fields, mode, made)
    case 'tuple':
      return storeMembers(conversions, type, undefined, mode, made)
    case 'enum':
      return storeEnum(conversions, type.name, type.cases, mode, made)
    case 'flags':
      return storeFlags(conversions, type.name, type.labels, mode, made)
    case 'option':
      if (!isTaggedOption(type)) return storeOption(conversions, type.some, mode, made)
      return storeVariant(conversions, 'option', casesOf(type) ?? [], mode, made)
    case 'variant':
    case 'result':
      return storeVariant(conversions, type.name ?? type.kind, casesOf(type) ?? [], mode, made)
    case 'own':
    case 'borrow':
      return storeHandle(conversions, type.kind === 'own', conversions.resourceIndex(type.resource), made)
    case 's64':
    case 'u64':
      return storeBigInt(conversions, type.kind, made)
    case 'f32':
    case 'f64':
      return storeFloat(conversions, type.kind, made)
    case 'bool':
      return storeBool(conversions, mode, made)
    default:
      return storeInteger(conversions, type.kind as PrimitiveKind & IntegerKind, mode, made)
  }
}

export const storeDiscriminant = (address: Code, at: Code, cases: number, mode: Mode): Code => {
  if (mode === 'flat') return [address, at, i32.store()]
  const store = { 1: i32.store8, 2: i32.store16, 4: i32.store }[discriminantSize(cases)]
  return [address, at, store()]
}

const parametersOf = (made: CoreFunction): { value: Code; address: Code } => ({
  value: made.parameter(0).get,
  address: made.parameter(1).get,
})

function storeBool({ glue }: Conversions, mode: Mode, made: CoreFunction): readonly Code[] {
  const { value, address } = parametersOf(made)
  const store = mode === 'flat' ? i32.store() : i32.store8()
  return [
    when([glue.hasTag(value, 'bool'), i32.eqz], [glue.mismatch('a boolean', value), leave]),
    [address, value, i32.wrapI64, store, done],
  ]
}

/** Numbers are taken modulo the width of the type, as ECMAScript's ToInt8, ToUint8 and so on do. */
function storeInteger({ glue }: Conversions, kind: IntegerKind, mode: Mode, made: CoreFunction): readonly Code[] {
  const { context, engine } = glue
  const { value, address } = parametersOf(made)
  const integer = made.local(I32)
  const narrow: Readonly<Record<string, Code>> = {
    s8: i32.extend8s,
    s16: i32.extend16s,
    u8: [i32.const(0xff), i32.and],
    u16: [i32.const(0xffff), i32.and],
  }
  const inMemory: Readonly<Record<string, Code>> = { 1: i32.store8(), 2: i32.store16(), 4: i32.store() }
  const store: Code =
    mode === 'memory'
      ? (inMemory[extentOf({ kind }).size] ?? [])
      : kind.startsWith('s')
        ? [i64.extendI32S, i64.store()]
        : i32.store()
  return [
    when(
      glue.hasTag(value, 'int'),
      [value, i32.wrapI64, integer.set],
      [
        when([glue.isDouble(value), i32.eqz], [glue.mismatch(anInteger(kind), value), leave]),
        when([context, glue.cell('scratch'), value, engine.JS_ToInt32], failed),
        [glue.read('scratch'), integer.set],
      ],
    ),
    [address, integer.get, narrow[kind] ?? [], store, done],
  ]
}

function storeBigInt({ glue }: Conversions, kind: 's64' | 'u64', made: CoreFunction): readonly Code[] {
  const { context, engine } = glue
  const { value, address } = parametersOf(made)
  const convert = kind === 's64' ? engine.JS_ToBigInt64 : engine.JS_ToBigUint64
  const isBigInt: Code = [glue.hasTag(value, 'bigInt'), glue.hasTag(value, 'shortBigInt'), i32.or]
  return [
    when([isBigInt, i32.eqz], [glue.mismatch(anInteger(kind), value), leave]),
    [context, address, value, convert, i32.const(0), i32.ne],
  ]
}

function storeFloat({ glue }: Conversions, kind: 'f32' | 'f64', made: CoreFunction): readonly Code[] {
  const { context, engine } = glue
  const { value, address } = parametersOf(made)
  const convert: Code = [context, glue.cell('scratch'), value, engine.JS_ToFloat64]
  const number: Code = [glue.cell('scratch'), f64.load()]
  return [
    when(
      [glue.isDouble(value), glue.hasTag(value, 'int'), i32.or, i32.eqz],
      [glue.mismatch(`a number (${kind})`, value), leave],
    ),
    when(convert, failed),
    [address, number, kind === 'f32' ? [f32.demoteF64, f32.store()] : f64.store(), done],
  ]
}

function storeString({ glue }: Conversions, mode: Mode, made: CoreFunction): readonly Code[] {
  const { context, engine } = glue
  const { value, address } = parametersOf(made)
  const [text, length, copy] = [made.local(I32), made.local(I32), made.local(I32)]
  const convert: Code = [context, glue.cell('scratch'), value, i32.const(0), engine.JS_ToCStringLen2]
  return [
    when([glue.isString(value), i32.eqz], [glue.mismatch('a string', value), leave]),
    when([convert, text.tee, i32.eqz], failed),
    [text.get, glue.read('scratch'), length.tee, glue.copy, copy.set],
    [context, text.get, engine.JS_FreeCString],
    [copy.get, length.get, glue.replaceSurrogates],
    storeSpan(address, copy.get, length.get, mode),
    done,
  ]
}

/** Address and length of a string or list. */
const storeSpan = (address: Code, start: Code, length: Code, mode: Mode): Code => [
  [address, start, i32.store()],
  [address, length, i32.store(mode === 'flat' ? 8 : 4)],
]

function storeChar({ glue }: Conversions, made: CoreFunction): readonly Code[] {
  const { value, address } = parametersOf(made)
  const code = made.local(I64)
  return [
    [glue.help('charToCode', value), code.set],
    when(glue.isException(code.get), failed),
    [address, code.get, i32.wrapI64, i32.store(), done],
  ]
}

function storeHandle({ glue }: Conversions, owns: boolean, index: number, made: CoreFunction): readonly Code[] {
  const { value, address } = parametersOf(made)
  const handle = made.local(I64)
  const [resource, own] = [glue.number(i32.const(index)), glue.number(i32.const(owns ? 1 : 0))]
  return [
    [glue.help('lowerResource', resource, value, own), handle.set],
    when(glue.isException(handle.get), failed),
    [address, handle.get, i32.wrapI64, i32.store(), done],
  ]
}

function storeList(conversions: Conversions, type: ListType, mode: Mode, made: CoreFunction): readonly Code[] {
  const { glue } = conversions
  const { context, engine } = glue
  const { value, address } = parametersOf(made)
  const [start, length, at, error] = [made.local(I32), made.local(I32), made.local(I32), made.local(I32)]
  const item = made.local(I64)
  const { size } = extentOf(type.element)
  const mismatch: Code = [glue.mismatch(anArray(type), value), leave]
  const wide: Code = [glue.cell('scratch'), i64.load()]
  const most = BigInt(Math.floor(0x7fffffff / Math.max(1, size)))
  const target: Code = [start.get, at.get, i32.const(size), i32.mul, i32.add]
  const next: Code = [context, value, at.get, engine.JS_GetPropertyUint32, item.tee]
  const element: Code = [item.get, target, conversions.store(type.element, 'memory'), error.set]
  return [
    when([glue.hasTag(value, 'object'), i32.eqz], mismatch),
    storeTypedArray(conversions, type, mode, made),
    when([context, value, glue.cell('scratch'), engine.JS_GetLength], failed),
    when([wide, i64.const(most), i64.gtU], mismatch),
    [glue.read('scratch'), length.tee, i32.const(size), i32.mul, glue.allocate, start.set],
    storeSpan(address, start.get, length.get, mode),
    repeat([
      [at.get, length.get, i32.geU, branchIf(1)],
      when(glue.isException(next), failed),
      [element, glue.free(item.get)],
      when(error.get, [glue.number(at.get), glue.annotate, leave]),
      [at.get, i32.const(1), i32.add, at.set],
    ]),
    done,
  ]
}

/** Where the value is the typed array of the element's kind: copies its bytes and leaves the function. */
function storeTypedArray(conversions: Conversions, type: ListType, mode: Mode, made: CoreFunction): Code {
  const kind = typedArrayKind(type.element)
  if (kind < 0) return []
  const { glue } = conversions
  const { context, engine } = glue
  const { value, address } = parametersOf(made)
  const [start, length] = [made.local(I32), made.local(I32)]
  const { size } = extentOf(type.element)
  const copyOf = (array: Code, finish: Code): Code => [
    when([context, glue.cell('scratch'), array, engine.JS_GetUint8Array, start.tee, i32.eqz], [finish, failed]),
    [start.get, glue.read('scratch'), length.tee, glue.copy, start.set, finish],
    storeSpan(address, start.get, [length.get, i32.const(Math.log2(size)), i32.shrU], mode),
    [done, leave],
  ]
  const arrayType: Code = [value, engine.JS_GetTypedArrayType]
  if (type.element.kind === 'u8') {
    return when([arrayType, i32.const(glue.facts.uint8ArrayType), i32.eq], copyOf(value, []))
  }
  const bytes = made.local(I64)
  const index = glue.number(i32.const(kind))
  return when(
    [arrayType, i32.const(0), i32.ltS, i32.eqz],
    [
      [glue.help('typedArrayBytes', index, value), bytes.set],
      when(glue.isException(bytes.get), failed),
      when(glue.hasTag(bytes.get, 'object'), copyOf(bytes.get, glue.free(bytes.get))),
    ],
  )
}

function storeMembers(
  conversions: Conversions,
  type: ValueType,
  fields: readonly { readonly name: string }[] | undefined,
  mode: Mode,
  made: CoreFunction,
): readonly Code[] {
  const { glue } = conversions
  const { context, engine } = glue
  const { value, address } = parametersOf(made)
  const item = made.local(I64)
  const error = made.local(I32)
  const types = membersOf(type) ?? []
  const offsets = offsetsOf(types, mode)
  return [
    when([glue.hasTag(value, 'object'), i32.eqz], [glue.mismatch(anObject(type), value), leave]),
    types.map((member, at): Code => {
      const field = fields?.[at]
      const name = field ? camelCase(field.name) : at
      return storePart(conversions, member, mode, {
        get: [
          [context, value],
          typeof name === 'string'
            ? [glue.atom(name), engine.JS_GetProperty]
            : [i32.const(name), engine.JS_GetPropertyUint32],
        ],
        address: [address, i32.const(offsets[at] ?? 0), i32.add],
        failed: glue.failedIn(name),
        item,
        error,
      })
    }),
    done,
  ]
}

/** Gets a property and stores it; leaves the function with 1 where either fails. */
const storePart = (
  conversions: Conversions,
  type: ValueType,
  mode: Mode,
  part: { get: Code; address: Code; failed: Code; item: Local; error: Local },
): Code => {
  const { glue } = conversions
  return [
    when(glue.isException([part.get, part.item.tee]), failed),
    [part.item.get, part.address, conversions.store(type, mode), part.error.set],
    glue.free(part.item.get),
    when(part.error.get, [part.failed, leave]),
  ]
}

function storeEnum(
  { glue }: Conversions,
  name: string | undefined,
  labels: readonly string[],
  mode: Mode,
  made: CoreFunction,
): readonly Code[] {
  const { value, address } = parametersOf(made)
  const at = made.local(I32)
  const block = i32.const(glue.atoms.block(labels))
  return [
    [value, block, i32.const(labels.length), glue.labelIndex, at.set],
    when([at.get, i32.const(0), i32.ltS], [glue.mismatch(anEnumCase(name, labels), value), leave]),
    storeDiscriminant(address, at.get, labels.length, mode),
    done,
  ]
}

function storeFlags(
  { glue }: Conversions,
  name: string | undefined,
  labels: readonly string[],
  mode: Mode,
  made: CoreFunction,
): readonly Code[] {
  const { context, engine } = glue
  const { value, address } = parametersOf(made)
  const names = labels.map(camelCase)
  const { call } = glue.once(`store flags ${mode}`, [I64, I32, I32, I32], [I32], (loop) => {
    const [object, start, first, count] = [0, 1, 2, 3].map((at) => loop.parameter(at).get) as [Code, Code, Code, Code]
    const [at, place] = [loop.local(I32), loop.local(I32)]
    const item = loop.local(I64)
    const atom: Code = [
      [glue.read('atoms'), first, at.get, i32.add, i32.const(2), i32.shl],
      [i32.add, i32.load()],
    ]
    const bit: Code = [i32.const(1), at.get, i32.const(7), i32.and, i32.shl]
    return [
      repeat([
        [at.get, count, i32.geU, branchIf(1)],
        when(glue.isException([context, object, atom, engine.JS_GetProperty, item.tee]), failed),
        when(
          [context, item.get, engine.JS_ToBool],
          [
            [start, flagByte(at, mode), i32.add, place.tee],
            [place.get, i32.load8u(), bit, i32.or, i32.store8()],
          ],
        ),
        glue.free(item.get),
        [at.get, i32.const(1), i32.add, at.set],
      ]),
      done,
    ]
  })
  const { size } = extentOf({ kind: 'flags', labels })
  const zero: Code = mode === 'flat' ? [] : [address, i32.const(0), i32.const(size), 0xfc, 0x0b, 0]
  return [
    when([glue.hasTag(value, 'object'), i32.eqz], [glue.mismatch(anObjectOfFlags(name, names), value), leave]),
    zero,
    [value, address, i32.const(glue.atoms.block(names)), i32.const(names.length), call],
  ]
}

function storeOption(conversions: Conversions, some: ValueType, mode: Mode, made: CoreFunction): readonly Code[] {
  const { value, address } = parametersOf(made)
  const is = (tag: 'undefined' | 'null'): Code => [value, i64.const(unit(tag)), i64.eq]
  const offset = payloadOffset([{ name: 'some', type: some }], mode)
  return [
    when([is('undefined'), is('null'), i32.or], [storeDiscriminant(address, i32.const(0), 2, mode), done, leave]),
    storeDiscriminant(address, i32.const(1), 2, mode),
    [value, address, i32.const(offset), i32.add, conversions.store(some, mode)],
  ]
}

function storeVariant(
  conversions: Conversions,
  name: string,
  cases: readonly Case[],
  mode: Mode,
  made: CoreFunction,
): readonly Code[] {
  const { glue } = conversions
  const { context, engine } = glue
  const { value, address } = parametersOf(made)
  const [item, at, error] = [made.local(I64), made.local(I32), made.local(I32)]
  const labels = cases.map((one) => one.name)
  const expected = aVariant(name, cases)
  const get = (property: string): Code => [context, value, glue.atom(property), engine.JS_GetProperty]
  const find: Code = [[item.get, i32.const(glue.atoms.block(labels)), i32.const(labels.length), glue.labelIndex]]
  return [
    when([glue.hasTag(value, 'object'), i32.eqz], [glue.mismatch(expected, value), leave]),
    when(glue.isException([get('tag'), item.tee]), failed),
    [find, at.set],
    when(
      [at.get, i32.const(0), i32.ltS],
      [glue.mismatch(anEnumCase(`tag of ${name}`, labels), item.get), error.set, glue.free(item.get), failed],
    ),
    glue.free(item.get),
    storeDiscriminant(address, at.get, cases.length, mode),
    cases.map(({ type, name: label }, index) =>
      type === undefined
        ? []
        : when(
            [at.get, i32.const(index), i32.eq],
            storePart(conversions, type, mode, {
              get: get('val'),
              address: [address, i32.const(payloadOffset(cases, mode)), i32.add],
              failed: glue.failedIn(label),
              item,
              error,
            }),
          ),
    ),
    done,
  ]
}
