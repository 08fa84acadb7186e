import type { Builtin } from '../../wit/packages.ts'

/**
 * The WASI packages that names in these files may refer to. Their texts are fetched when a file first names one, or for
 * all of them.
 */
export async function builtinsOf(files: Readonly<Record<string, string>>, all = false): Promise<Builtin[]> {
  const texts = Object.values(files)
  if (!all && !texts.some((text) => text.includes('wasi:'))) return []
  const [{ builtinWit }, { builtinsNamedIn }] = await Promise.all([
    import('../worker/builtin-wit.ts'),
    import('./builtin.ts'),
  ])
  return builtinsNamedIn(builtinWit(), texts)
}
