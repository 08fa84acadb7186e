import type { Outcome } from '../../contract/fault.ts'
import { compileTypeScript } from '../languages/typescript/compile.ts'
import type { ModuleCache } from '../languages/typescript/compile.ts'
import type { LanguageRequest } from './protocol.ts'
import { serveRequests } from './serve.ts'

/** The light worker: compiles sources. Starts in milliseconds and holds nothing large. */

const modules: ModuleCache = new Map()

serveRequests<LanguageRequest>(self, async ({ files, entry }): Promise<() => Outcome<unknown>> => {
  return () => compileTypeScript(files, entry, modules)
})
