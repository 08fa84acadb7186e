// npm run --silent wit -- PATH...: the WIT front end without a browser. Bundled by wit.mjs, which starts it.
import { builtinsNamedIn } from '../src/toolchain/wit/builtin.ts'
import { builtinWit } from './generate/builtin-wit.ts'
import { runWit, type Outcome } from './wit/command.ts'

export const wit = (args: readonly string[], wasiFolder: string): Outcome =>
  // The texts are read only where one is named.
  runWit(args, (texts) =>
    texts.some((text) => text.includes('wasi:')) ? builtinsNamedIn(builtinWit(wasiFolder), texts) : [],
  )
