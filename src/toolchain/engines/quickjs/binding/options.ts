import type { OptionType, ValueType } from '../../../../component/types.ts'

/** Whether `undefined` already says `none`, so that an option of this type needs a tag. */
const isPlainOption = (type: ValueType): boolean => type.kind === 'option' && !isTagged(type)

/**
 * An option is its payload or undefined; only where the payload may itself be undefined is it `{ tag, val }`:
 * `option<option<u8>>` is tagged, and so `option<option<option<u8>>>` is not.
 */
export const isTagged = (type: OptionType): boolean => isPlainOption(type.some)
