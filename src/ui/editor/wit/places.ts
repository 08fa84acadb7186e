import type { Place } from '../../../contract/fault.ts'
import { modelOptions, pathOf, uriOf } from '../models.ts'
import { monaco } from '../monaco.ts'
import type { At, Found } from './protocol.ts'

/** Built-in packages are shown under a scheme of their own, read-only. */
export const builtinScheme = 'wit-builtin'

export const fileOf = ({ uri }: monaco.editor.ITextModel): string =>
  uri.scheme === builtinScheme ? uri.path : pathOf(uri)

export const atOf = (model: monaco.editor.ITextModel, { lineNumber, column }: monaco.IPosition): At => ({
  file: fileOf(model),
  line: lineNumber,
  column,
})

export function rangeOf({ line, column, endLine = line, endColumn = column }: Place): monaco.IRange {
  return { startLineNumber: line, startColumn: column, endLineNumber: endLine, endColumn }
}

/** A built-in package becomes a model when somebody is led to it. */
export function locationOf(found: Found): monaco.languages.Location {
  if (!found.builtin) return { uri: uriOf(found.file), range: rangeOf(found) }
  const uri = monaco.Uri.from({ scheme: builtinScheme, path: found.file })
  if (!monaco.editor.getModel(uri)) {
    monaco.editor.createModel(found.text ?? '', 'wit', uri).updateOptions(modelOptions)
  }
  return { uri, range: rangeOf(found) }
}
