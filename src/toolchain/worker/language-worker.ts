import type { Outcome } from '../../contract/fault.ts'
import { compileTypeScript } from '../languages/typescript/compile.ts'
import type { ModuleCache } from '../languages/typescript/compile.ts'
import { describeThrown, loadFault } from './load-fault.ts'
import type { Envelope, LanguageRequest, Reply } from './protocol.ts'

/** The light worker: compiles sources and reads WIT. Starts in milliseconds and holds nothing large. */

const modules: ModuleCache = new Map()

self.addEventListener('message', (event: MessageEvent<Envelope<LanguageRequest>>) => {
  void answer(event.data)
})

async function answer(request: Envelope<LanguageRequest>): Promise<void> {
  const { id } = request
  let work: () => Outcome<unknown>
  try {
    work = await ready(request)
  } catch (thrown) {
    post({ id, kind: 'done', outcome: loadFault(thrown) })
    return
  }
  post({ id, kind: 'started' })
  try {
    post({ id, kind: 'done', outcome: work() })
  } catch (thrown) {
    post({ id, kind: 'broken', message: describeThrown(thrown) })
  }
}

/** Loads what a request needs, and gives the work that is left. */
async function ready(request: LanguageRequest): Promise<() => Outcome<unknown>> {
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
}

function post(reply: Reply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  self.postMessage(reply)
}
