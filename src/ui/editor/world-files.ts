import 'monaco-editor/languages/definitions/css/register'
import 'monaco-editor/languages/definitions/html/register'
import 'monaco-editor/languages/definitions/ini/register'
import 'monaco-editor/languages/definitions/markdown/register'
import 'monaco-editor/languages/definitions/python/register'
import 'monaco-editor/languages/definitions/rust/register'
import 'monaco-editor/languages/definitions/shell/register'
import 'monaco-editor/languages/definitions/sql/register'
import 'monaco-editor/languages/definitions/xml/register'
import 'monaco-editor/languages/definitions/yaml/register'
import { isSource, isWit } from '../../project/paths.ts'
import type { WorldFiles } from '../../state/simulation/files.ts'
import { placeOf, tabOf } from '../../state/simulation/world-tabs.ts'
import type { Workbench } from '../../state/store.ts'
import { isWorldFile } from '../../state/tabs.ts'
import type { Tree } from '../../wasi/filesystem/dirs.ts'
import { type FilePlace, itemAt } from '../../wasi/filesystem/edit.ts'
import { plainTextOf, readItem } from '../../wasi/filesystem/tree.ts'
import { focusEditor } from './focus-editor.ts'
import { libraryLanguage } from './crossing/providers.ts'
import { modelOptions, replaceText, uriOf } from './models.ts'
import { monaco } from './monaco.ts'
import { witConfiguration, witGrammar } from './wit-language.ts'

const witText = 'wit-text'
let watching: Workbench | undefined

/** Shows a file of the simulated world in the editor, in a tab beside the sources. */
export function openWorldFile(workbench: Workbench, files: WorldFiles, place: FilePlace): void {
  if (watching !== workbench) {
    watching = workbench
    defineLanguages()
    watchFiles(workbench, files)
  }
  files.open(place)
  workbench.actions.setShell({ view: 'code' })
  focusEditor(tabOf(place))
}

/** Those of the page's own editors in their colours alone: these files are data, which nobody checks or compiles. */
function defineLanguages(): void {
  monaco.languages.register({ id: witText })
  monaco.languages.setLanguageConfiguration(witText, witConfiguration)
  monaco.languages.setMonarchTokensProvider(witText, witGrammar)
}

function languageOf(path: string): string {
  if (isWit(path)) return witText
  if (isSource(path) || path.endsWith('.d.ts')) return libraryLanguage
  const name = path.toLowerCase()
  const known = monaco.languages.getLanguages().find((each) => each.extensions?.some((end) => name.endsWith(end)))
  return known?.id ?? 'plaintext'
}

interface Shown {
  readonly model: monaco.editor.ITextModel
  /** As the project has it. */
  item: Tree | string
}

/** One model for each file with a tab: what is typed goes to the settings, and what is changed there comes here. */
function watchFiles({ store }: Workbench, files: WorldFiles): void {
  const shown = new Map<string, Shown>()
  const encoder = new TextEncoder()
  /** Set while a model follows the settings, so that the change does not come back. */
  let following = false

  function follow(tab: string, item: Tree | string): void {
    const known = shown.get(tab)
    if (known?.item === item) return
    const text = typeof item === 'string' ? item : textIn(item)
    if (known) {
      known.item = item
      following = true
      replaceText(known.model, text)
      following = false
      return
    }
    const model = monaco.editor.createModel(text, languageOf(tab), uriOf(tab))
    model.updateOptions(modelOptions)
    const made: Shown = { model, item }
    shown.set(tab, made)
    model.onDidChangeContent(() => {
      if (following) return
      const written = model.getValue(undefined, true)
      made.item = written
      files.write(placeOf(tab), encoder.encode(written))
    })
  }

  store.subscribe((state, before) => {
    const { project, open, closed, opened } = state
    if (open === before.open && project.wasi?.dirs === before.project.wasi?.dirs) return
    const dirs = project.wasi?.dirs ?? {}
    // A tab that was closed is opened again with what can be undone in it.
    const wanted = new Set([...open.source, ...closed].filter(isWorldFile))
    for (const [tab, { model }] of shown) {
      if (opened === before.opened && wanted.has(tab)) continue
      model.dispose()
      shown.delete(tab)
    }
    for (const tab of wanted) {
      const item = itemAt(dirs, placeOf(tab))
      if (item !== undefined) follow(tab, item)
    }
  })
}

const textIn = (item: Tree): string => {
  const node = readItem(item)
  return node instanceof Uint8Array ? (plainTextOf(node) ?? '') : ''
}
