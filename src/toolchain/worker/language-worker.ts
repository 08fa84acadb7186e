import type { Outcome } from '../../contract/fault.ts'
import { compileTypeScript } from '../languages/typescript/compile.ts'
import type { ModuleCache } from '../languages/typescript/compile.ts'
import type { LanguageRequest } from './protocol.ts'
import { serveRequests } from './serve.ts'

/** The light worker: compiles sources and reads WIT. Starts in milliseconds and holds nothing large. */

const modules: ModuleCache = new Map()

serveRequests<LanguageRequest>(self, async (request): Promise<() => Outcome<unknown>> => {
  switch (request.op) {
    case 'compile':
      return () => compileTypeScript(request.files, request.entry, modules)
    case 'assemble-wit': {
      // Fetched when a world is first made here: the shipped examples come without.
      const [{ checkAndAssemble }, { builtinWit }] = await Promise.all([
        import('./wit-operations.ts'),
        import('./builtin-wit.ts'),
      ])
      return () => checkAndAssemble(request.wit, request.world, builtinWit())
    }
  }
})
