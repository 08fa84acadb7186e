/**
 * Sources, beside the installed packages, that a prepared world depends on: files, and folders with all that is in them.
 * Everything that `toolsEntries` import.
 */
export const toolsInputs = [
  'src/component',
  'src/contract',
  'src/wasm',
  'src/toolchain/cache',
  'src/toolchain/engines',
  'src/toolchain/jco',
  'src/toolchain/wit',
  'src/toolchain/worker/tools-operations.ts',
] as const

/** Where a world is prepared: from the WIT of a project to the bytes that are kept. */
export const toolsEntries = [
  'src/toolchain/jco/browser.ts',
  'src/toolchain/jco/node.ts',
  'src/toolchain/worker/tools-operations.ts',
  'src/toolchain/wit/source.ts',
] as const
