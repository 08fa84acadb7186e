/** Types of other languages, and what they are called in WIT. */
const foreign: Readonly<Record<string, string>> = {
  int: 's32',
  uint: 'u32',
  i8: 's8',
  i16: 's16',
  i32: 's32',
  i64: 's64',
  int8: 's8',
  int16: 's16',
  int32: 's32',
  int64: 's64',
  uint8: 'u8',
  uint16: 'u16',
  uint32: 'u32',
  uint64: 'u64',
  float32: 'f32',
  float64: 'f64',
  float: 'f32',
  double: 'f64',
  number: 'f64',
  bigint: 's64',
  boolean: 'bool',
  str: 'string',
  byte: 'u8',
  bytes: 'list<u8>',
  usize: 'u32',
  isize: 's32',
  size: 'u32',
  vec: 'list',
  array: 'list',
  void: '',
}

/** What somebody who wrote the type `name` probably meant; empty for "no type at all". */
export const foreignType = (name: string): string | undefined =>
  Object.hasOwn(foreign, name.toLowerCase()) ? foreign[name.toLowerCase()] : undefined
