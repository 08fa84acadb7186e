import { type monaco, typescript } from '../monaco.ts'
import type { CodeAnswer, CodeCall, CodeMethod, CodeParameters } from './code-protocol.ts'

/** Asks TypeScript's worker about the code of the project; `uri` is that of a file of it. `undefined` where it cannot tell. */
export async function askCode<M extends CodeMethod>(
  uri: monaco.Uri,
  method: M,
  ...parameters: CodeParameters<M>
): Promise<CodeAnswer<M> | undefined> {
  const call = { method, parameters } as CodeCall
  try {
    const worker = await (await typescript.getTypeScriptWorker())(uri)
    // Monaco hands every method on to the worker, of which its types know only its own.
    const ask: unknown = Reflect.get(worker, 'guestCode')
    // The reply to this very call, of our own worker.
    return typeof ask === 'function' ? ((await ask(call)) as CodeAnswer<M>) : undefined
  } catch {
    // A change of the world ends the worker, and before the first file of code there is none.
    return undefined
  }
}
