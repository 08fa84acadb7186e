import type { Diagnostic, Severity } from '../../contract/fault.ts'
import { plainFault } from '../prose.tsx'
import { monaco } from './monaco.ts'

const markerSeverities: Readonly<Record<Severity, monaco.MarkerSeverity>> = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  hint: monaco.MarkerSeverity.Hint,
}

/** A problem as it is marked in the text. */
export function markerOf(problem: Diagnostic, model: monaco.editor.ITextModel): monaco.editor.IMarkerData {
  const { severity, place } = problem
  const startLineNumber = place?.line ?? 1
  const startColumn = place?.column ?? 1
  const word = model.getWordAtPosition(model.validatePosition({ lineNumber: startLineNumber, column: startColumn }))
  return {
    severity: markerSeverities[severity],
    message: plainFault(problem),
    source: 'witcraft',
    startLineNumber,
    startColumn,
    endLineNumber: place?.endLine ?? startLineNumber,
    endColumn: place?.endColumn ?? Math.max(word?.endColumn ?? 0, startColumn + 1),
  }
}
