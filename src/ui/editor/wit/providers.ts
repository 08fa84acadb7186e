import type { Actions } from '../../../state/store.ts'
import { monaco } from '../monaco.ts'
import { createWitClient } from './client.ts'

const lineFeeds = monaco.editor.EndOfLinePreference.LF

/** What the editor offers for WIT beyond colours and problems. */
export function provideWit({ say }: Pick<Actions, 'say'>): void {
  const client = createWitClient(
    () => new Worker(new URL('./wit.worker.ts', import.meta.url), { type: 'module', name: 'wit' }),
  )
  monaco.languages.registerDocumentFormattingEditProvider('wit', {
    displayName: 'WIT',
    async provideDocumentFormattingEdits(model, _, token) {
      const text = await client.call('format', model.getValue(lineFeeds))
      if (token.isCancellationRequested) return []
      if (typeof text === 'string') return [{ range: model.getFullModelRange(), text }]
      say(
        `The file was not formatted: ${text === null ? 'correct its syntax first' : 'that took too long. Try again'}.`,
      )
      return []
    },
  })
}
