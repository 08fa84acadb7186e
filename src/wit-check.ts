import type { Services, WitCheck } from './state/services.ts'
import { builtinsOf } from './toolchain/wit/builtins-of.ts'
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
