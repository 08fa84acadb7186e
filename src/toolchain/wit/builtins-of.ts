import type { Builtin } from '../../wit/packages.ts'

const wasiPackage = /\bwasi:[a-z][a-z0-9-]*(?:\/[a-z][a-z0-9-]*)?@(\d+\.\d+\.\d+)/g

/**
 * The WASI packages that names in these files may refer to. Their texts are fetched when a file first names one, or for
 * all of them.
 */
export async function builtinsOf(files: Readonly<Record<string, string>>, all = false): Promise<Builtin[]> {
  const texts = Object.values(files)
  if (!all && !texts.some((text) => text.includes('wasi:'))) return []
  const [{ builtinWit }, { builtinPackage }] = await Promise.all([
    import('../worker/builtin-wit.ts'),
    import('./builtin.ts'),
  ])
  const shipped = builtinWit()
  // Older patches of a shipped release are served by the same text, and so are the packages that they use.
  const versions = new Set(texts.flatMap((text) => [...text.matchAll(wasiPackage)].map((match) => match[1] ?? '')))
  const ids = new Set(Object.keys(shipped))
  for (const id of Object.keys(shipped)) for (const version of versions) ids.add(`${id.replace(/@.*$/, '')}@${version}`)
  return [...ids].flatMap((id) => {
    const text = builtinPackage(shipped, id)
    return text === undefined ? [] : [{ package: id, text }]
  })
}
