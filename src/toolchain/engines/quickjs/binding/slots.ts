import type { ValueType } from '../../../../component/types.ts'
import { type Code, F32, F64, f32, f64, I32, i32, i64, type NumberType } from './emitter.ts'
import { extentOf } from './layout.ts'

/** Flat values lie in slots of 8 bytes. What is above a narrower value does not matter: loads read only what is theirs. */
export const slotSize = 8

export const loadSlot = (type: NumberType, address: Code, at: number): Code => {
  const load = type === I32 ? i32.load : type === F32 ? f32.load : type === F64 ? f64.load : i64.load
  return [address, load(slotSize * at)]
}

export const storeSlot = (type: NumberType, address: Code, at: number, value: Code): Code => {
  const store = type === I32 ? i32.store : type === F32 ? f32.store : type === F64 ? f64.store : i64.store
  return [address, value, store(slotSize * at)]
}

/** Room for a result of this type in either mode. */
export const resultRoom = (type: ValueType | undefined): number =>
  type === undefined ? 0 : Math.ceil(Math.max(2 * slotSize, extentOf(type).size) / 8) * 8
