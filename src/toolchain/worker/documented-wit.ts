import type { BuiltinPackages } from '../wit/builtin.ts'
import { isTexts } from './protocol.ts'

/** The WASI packages with their documentation, that `npm run generate` makes. A glob, as for those without. */
const generated: Readonly<Record<string, unknown>> = import.meta.glob('../../../generated/wasi-documented.json', {
  eager: true,
  import: 'default',
})

export function documentedWit(): BuiltinPackages | undefined {
  const [packages] = Object.values(generated)
  return isTexts(packages) ? packages : undefined
}
