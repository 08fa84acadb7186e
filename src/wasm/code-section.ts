import { MalformedBinary } from './reader.ts'
import { layer, readSections, sectionIds, type Section } from './sections.ts'
import { concat } from './writer.ts'

/**
 * A module whose code stayed behind, with the code of the module `from`, which is the same. Throws `MalformedBinary`
 * where one of them has no such section.
 */
export function withCode(module: Uint8Array, from: Uint8Array): Uint8Array<ArrayBuffer> {
  const { start, end } = codeSection(module)
  const code = codeSection(from)
  return concat([module.subarray(0, start), from.subarray(code.start, code.end), module.subarray(end)])
}

function codeSection(module: Uint8Array): Section {
  if (layer(module) !== 'module') throw new MalformedBinary(0, 'no preamble of a core module')
  const found = readSections(module).find(({ id }) => id === sectionIds.core.code)
  if (found === undefined) throw new MalformedBinary(0, 'core module without a code section')
  return found
}
