/** The types without parts that WIT itself has: WIT.md#wit-types. */
export const primitives: ReadonlySet<string> = new Set(
  'bool s8 u8 s16 u16 s32 u32 s64 u64 f32 f64 char string error-context'.split(' '),
)

/** The names of the types that WIT itself has: what a misspelt type may have been meant to be. */
export const builtinTypes: readonly string[] = [
  ...primitives,
  'list',
  'option',
  'result',
  'tuple',
  'stream',
  'future',
  'map',
  'own',
  'borrow',
]
