import type { IntegerKind } from '../../../../component/types.ts'
import { type Code, type CoreFunction, f32, f64, I32, I64, i32, i64, leave, when } from './emitter.ts'
import type { Conversions } from './converter.ts'
import { anInteger } from './expectations.ts'
import { extentOf, type Mode } from './layout.ts'
import { done, failed, parametersOf, storeSpan } from './store-parts.ts'

/** Lowering of what has no parts: numbers, text, handles. */

export function storeBool({ glue }: Conversions, mode: Mode, made: CoreFunction): readonly Code[] {
  const { value, address } = parametersOf(made)
  const store = mode === 'flat' ? i32.store() : i32.store8()
  return [
    when([glue.hasTag(value, 'bool'), i32.eqz], [glue.mismatch('a boolean', value), leave]),
    [address, value, i32.wrapI64, store, done],
  ]
}

/** Numbers are taken modulo the width of the type, as ECMAScript's ToInt8, ToUint8 and so on do. */
export function storeInteger(
  { glue }: Conversions,
  kind: IntegerKind,
  mode: Mode,
  made: CoreFunction,
): readonly Code[] {
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

export function storeBigInt({ glue }: Conversions, kind: 's64' | 'u64', made: CoreFunction): readonly Code[] {
  const { context, engine } = glue
  const { value, address } = parametersOf(made)
  const convert = kind === 's64' ? engine.JS_ToBigInt64 : engine.JS_ToBigUint64
  const isBigInt: Code = [glue.hasTag(value, 'bigInt'), glue.hasTag(value, 'shortBigInt'), i32.or]
  return [
    when([isBigInt, i32.eqz], [glue.mismatch(anInteger(kind), value), leave]),
    [context, address, value, convert, i32.const(0), i32.ne],
  ]
}

export function storeFloat({ glue }: Conversions, kind: 'f32' | 'f64', made: CoreFunction): readonly Code[] {
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

export function storeString({ glue }: Conversions, mode: Mode, made: CoreFunction): readonly Code[] {
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

export function storeChar({ glue }: Conversions, made: CoreFunction): readonly Code[] {
  const { value, address } = parametersOf(made)
  const code = made.local(I64)
  return [
    [glue.help('charToCode', value), code.set],
    when(glue.isException(code.get), failed),
    [address, code.get, i32.wrapI64, i32.store(), done],
  ]
}

export function storeHandle({ glue }: Conversions, owns: boolean, index: number, made: CoreFunction): readonly Code[] {
  const { value, address } = parametersOf(made)
  const handle = made.local(I64)
  const [resource, own] = [glue.number(i32.const(index)), glue.number(i32.const(owns ? 1 : 0))]
  return [
    [glue.help('lowerResource', resource, value, own), handle.set],
    when(glue.isException(handle.get), failed),
    [address, handle.get, i32.wrapI64, i32.store(), done],
  ]
}
