import type { ListType } from '../../../../component/types.ts'
import { branchIf, type Code, type CoreFunction, I32, I64, i32, i64, leave, repeat, when } from './emitter.ts'
import type { Conversions } from './converter.ts'
import { anArray } from './expectations.ts'
import { extentOf, type Mode } from './layout.ts'
import { typedArrayKind } from './typed-arrays.ts'
import { done, failed, parametersOf, storeSpan } from './store-parts.ts'

/** Lowering of lists, in one copy where the value is the typed array of its elements' kind. */

export function storeList(conversions: Conversions, type: ListType, mode: Mode, made: CoreFunction): readonly Code[] {
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
