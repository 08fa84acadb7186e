import type { Builtin } from '../../wit/packages.ts'
import type { BuiltinPackages } from './builtin.ts'

const shipped = async (): Promise<BuiltinPackages> => (await import('../worker/builtin-wit.ts')).builtinWit()

/**
 * The texts with their documentation, which is many times as long: for those who show it. Where that cannot be loaded,
 * the names are worth more than nothing.
 */
export const documented = async (): Promise<BuiltinPackages> =>
  (await import('../worker/documented-wit.ts').then(
    (found) => found.documentedWit(),
    () => undefined,
  )) ?? shipped()

/**
 * The WASI packages that names in these files may refer to. Their texts are fetched when a file first names one, or for
 * all of them.
 */
export async function builtinsOf(
  files: Readonly<Record<string, string>>,
  all = false,
  load = shipped,
): Promise<Builtin[]> {
  const texts = Object.values(files)
  if (!all && !texts.some((text) => text.includes('wasi:'))) return []
  const [packages, { builtinsNamedIn }] = await Promise.all([load(), import('./builtin.ts')])
  return builtinsNamedIn(packages, texts)
}
