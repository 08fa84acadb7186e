import type { BuiltinPackages } from '../wit/builtin.ts'
import { isTexts } from './protocol.ts'

/** WASI packages that `npm run generate` collects. A glob, so that the sources are complete before it has run. */
const generated: Readonly<Record<string, unknown>> = import.meta.glob('../../../generated/wasi-wit.json', {
  eager: true,
  import: 'default',
})

export function builtinWit(): BuiltinPackages {
  const [packages] = Object.values(generated)
  if (!isTexts(packages)) throw new Error('generated/wasi-wit.json is missing: run npm run generate')
  return packages
}
