import { monaco } from './monaco.ts'

/** The models of the project's files are named by their paths. */
export const root = 'file:///'
export const uriOf = (path: string): monaco.Uri =>
  monaco.Uri.parse(root + path.split('/').map(encodeURIComponent).join('/'))
export const modelOptions: monaco.editor.ITextModelUpdateOptions = {
  tabSize: 2,
  insertSpaces: true,
  bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
}
export const pathOf = (uri: monaco.Uri): string => uri.path.slice(1)

const sourceSeparators = monaco.editor.EditorOptions.wordSeparators.defaultValue
/** By default a hyphen ends a word; a name of WIT with its hyphens is one. */
export const wordSeparators = (model: monaco.editor.ITextModel | null): string =>
  model?.getLanguageId() === 'wit' ? sourceSeparators.replace('-', '') : sourceSeparators
