import { checkWit } from '../../wit/check.ts'
import { builtinWit } from './builtin-wit.ts'
import { LanguageOperations } from './language-operations.ts'
import type { Envelope, LanguageRequest, Reply } from './protocol.ts'

/** The light worker: compiles sources and reads WIT. Starts in milliseconds and holds nothing large. */

const operations = new LanguageOperations(builtinWit(), checkWit)

self.addEventListener('message', (event: MessageEvent<Envelope<LanguageRequest>>) => {
  const { id } = event.data
  post({ id, kind: 'started' })
  try {
    post({ id, kind: 'done', outcome: operations.run(event.data) })
  } catch (thrown) {
    post({
      id,
      kind: 'broken',
      message: thrown instanceof Error ? `${thrown.message}\n${thrown.stack}` : String(thrown),
    })
  }
})

function post(reply: Reply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  self.postMessage(reply)
}
