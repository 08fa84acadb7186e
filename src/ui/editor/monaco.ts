/**
 * The parts of Monaco that the page uses. The language services for CSS, HTML and JSON stay out: their workers are
 * larger than the rest of the page.
 */
import 'monaco-editor/languages/definitions/typescript/register'
import * as typescript from 'monaco-editor/languages/features/typescript/register'
import * as monaco from 'monaco-editor/editor/editor.api'

declare global {
  interface Window {
    MonacoEnvironment?: { getWorker(moduleId: string, label: string): Worker }
  }
}

window.MonacoEnvironment = {
  getWorker: (_, label) =>
    label === 'typescript' || label === 'javascript'
      ? new Worker(new URL('./typescript.worker.ts', import.meta.url), { type: 'module', name: 'typescript' })
      : new Worker(new URL('./editor.worker.ts', import.meta.url), { type: 'module', name: 'editor' }),
}

export { monaco, typescript }
