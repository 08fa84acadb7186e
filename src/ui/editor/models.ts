import { isWorldFile } from '../../state/tabs.ts'
import { monaco } from './monaco.ts'

/** The models of the project's files are named by their paths. */
export const root = 'file:///'
/** Those of the files of the simulated world by their tabs. */
export const worldScheme = 'world'
export const uriOf = (path: string): monaco.Uri =>
  isWorldFile(path)
    ? monaco.Uri.from({ scheme: worldScheme, authority: 'files', path })
    : monaco.Uri.parse(root + path.split('/').map(encodeURIComponent).join('/'))
export const modelOptions: monaco.editor.ITextModelUpdateOptions = {
  tabSize: 2,
  insertSpaces: true,
  bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
}
export const pathOf = ({ scheme, path }: monaco.Uri): string => (scheme === worldScheme ? path : path.slice(1))

const sourceSeparators = monaco.editor.EditorOptions.wordSeparators.defaultValue
/** By default a hyphen ends a word; a name of WIT with its hyphens is one. */
export const wordSeparators = (model: monaco.editor.ITextModel | null): string =>
  model?.getLanguageId() === 'wit' ? sourceSeparators.replace('-', '') : sourceSeparators

/** A model ends all of its lines alike, whatever the file did: that is no other text. */
const lineFeeds = monaco.editor.EndOfLinePreference.LF
const withLineFeeds = (text: string): string => (text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text)
export const hasText = (model: monaco.editor.ITextModel, text: string): boolean =>
  model.getValue(lineFeeds, true) === withLineFeeds(text)

/** Undo takes it back alone, whatever was typed before. */
export function replaceText(model: monaco.editor.ITextModel, text: string): void {
  if (hasText(model, text)) return
  model.pushStackElement()
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null)
  model.pushStackElement()
}
