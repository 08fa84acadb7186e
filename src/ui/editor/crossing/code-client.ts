import type { monaco } from '../monaco.ts'
import { guestWorker } from '../typescript-client.ts'
import type { CodeAnswer, CodeCall, CodeMethod, CodeParameters } from './code-protocol.ts'

/** Asks TypeScript's worker about the code of the project; `uri` is that of a file of it. `undefined` where it cannot tell. */
export async function askCode<M extends CodeMethod>(
  uri: monaco.Uri,
  method: M,
  ...parameters: CodeParameters<M>
): Promise<CodeAnswer<M> | undefined> {
  const call = { method, parameters } as CodeCall
  try {
    const worker = await guestWorker(uri)
    // The reply to this very call.
    return (await worker.guestCode(call)) as CodeAnswer<M>
  } catch {
    return undefined
  }
}

export type AskCode = typeof askCode
