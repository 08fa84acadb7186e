import type { IntegerKind, PrimitiveKind, ValueType } from '../../../../component/types.ts'
import { unit } from './engine-abi.ts'
import {
  branchIf,
  type Code,
  type CoreFunction,
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
import { anEnumCase, anObject, anObjectOfFlags, aVariant } from './expectations.ts'
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
import { storeList } from './store-list.ts'
import { done, failed, parametersOf } from './store-parts.ts'
import {
  storeBool,
  storeInteger,
  storeBigInt,
  storeFloat,
  storeString,
  storeChar,
  storeHandle,
} from './store-scalar.ts'

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
