import type { Services, WitCheck } from './state/services.ts'
import type { Builtin } from './wit/packages.ts'
import { resolveWit } from './wit/check.ts'
import { worldOutlines } from './wit/world-outline.ts'
import { listWorlds } from './wit/worlds.ts'

export { addImport } from './wit/add-import.ts'

/** Checks WIT in the page itself: it takes about a millisecond. The texts of WASI come when a file first names it. */
export const checkWit: Services['checkWit'] = async (files): Promise<WitCheck> => {
  const resolution = resolveWit(files, await builtinsOf(files))
  return {
    diagnostics: resolution.diagnostics,
    worlds: listWorlds(files).map((world) => world.name),
    outlines: worldOutlines(resolution),
  }
}

const wasiPackage = /\bwasi:[a-z][a-z0-9-]*(?:\/[a-z][a-z0-9-]*)?@(\d+\.\d+\.\d+)/g

async function builtinsOf(files: Readonly<Record<string, string>>): Promise<Builtin[]> {
  const texts = Object.values(files)
  if (!texts.some((text) => text.includes('wasi:'))) return []
  const [{ builtinWit }, { builtinPackage }] = await Promise.all([
    import('./toolchain/worker/builtin-wit.ts'),
    import('./toolchain/wit/builtin.ts'),
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
