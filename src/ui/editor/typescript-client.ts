import type { CodeAnswer, CodeCall, CodeMethod } from './crossing/code-protocol.ts'
import type { Finding } from './exports/findings.ts'
import type { Wanted } from './exports/wanted.ts'
import type { FoundUse } from './host-uses.ts'
import { type monaco, typescript } from './monaco.ts'

/** What our worker for TypeScript does beside what Monaco's does. */
export interface GuestMethods {
  /** What a file does not have as it is wanted; `undefined` where it cannot be read. */
  checkExports(file: string, wanted: readonly Wanted[]): Promise<readonly Finding[] | undefined>
  /** Where a file reaches out of the component; `undefined` where it cannot be read. */
  hostUses(file: string): Promise<readonly FoundUse[] | undefined>
  guestCode(call: CodeCall): Promise<CodeAnswer<CodeMethod>>
}

/** The worker, which then knows that file. Throws before the first file of code: there is none yet. */
export async function guestWorker(file: monaco.Uri): Promise<GuestMethods> {
  const worker: object = await (await typescript.getTypeScriptWorker())(file)
  // Monaco hands every method on to the worker, of which its types know only its own.
  return worker as GuestMethods
}
