import type { ValueType } from '../../../../component/types.ts'

/** The numeric kinds whose lists are typed arrays in JavaScript, in the order that the runtime knows them by. */
export const typedArrays = [
  ['s8', 'Int8Array'],
  ['u8', 'Uint8Array'],
  ['s16', 'Int16Array'],
  ['u16', 'Uint16Array'],
  ['s32', 'Int32Array'],
  ['u32', 'Uint32Array'],
  ['s64', 'BigInt64Array'],
  ['u64', 'BigUint64Array'],
  ['f32', 'Float32Array'],
  ['f64', 'Float64Array'],
] as const

/** Index into `typedArrays`, or -1 where a list of this element is a plain array. */
export const typedArrayKind = (element: ValueType): number => typedArrays.findIndex(([kind]) => kind === element.kind)
