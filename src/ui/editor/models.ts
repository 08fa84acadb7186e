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
