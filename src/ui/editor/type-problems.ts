import type { Diagnostic } from '../../contract/fault.ts'
import type { State } from '../../state/state.ts'
import { plainFault } from '../prose.tsx'
import { pathOf } from './models.ts'
import { monaco } from './monaco.ts'
import { isUnreadable, ownWords, spellingFix, typeFault, type Known, type Said } from './type-advice.ts'

/** What TypeScript marks, as problems of the project. */

export const knownOf = ({ prepared, project }: Pick<State, 'prepared' | 'project'>): Known => ({
  guestTypes: prepared?.guestTypes ?? {},
  interfaces: prepared ? [...prepared.world.imports.map(({ name }) => name), prepared.world.name ?? ''] : [],
  textOf: (path) => (Object.hasOwn(project.files, path) ? project.files[path] : undefined),
})

function saidBy({ code, message, resource, ...range }: monaco.editor.IMarker): Said {
  return {
    code: typeof code === 'string' ? code : '',
    message,
    file: pathOf(resource),
    text: monaco.editor.getModel(resource)?.getValueInRange(range) ?? '',
  }
}

export function typeProblems(markers: readonly monaco.editor.IMarker[], known: Known): Diagnostic[] {
  const shown = markers.filter(
    // What is shown of a library is no file of the project.
    ({ severity, resource }) => severity >= monaco.MarkerSeverity.Warning && resource.scheme === 'file',
  )
  const said = shown.map((marker) => ({ marker, said: saidBy(marker) }))
  const unreadable = new Set(said.flatMap(({ said: each }) => (isUnreadable(each) ? [each.file] : [])))
  return said
    .filter(({ said: each }) => isUnreadable(each) || !unreadable.has(each.file))
    .map(({ marker, said: each }) => {
      const place = {
        file: each.file,
        line: marker.startLineNumber,
        column: marker.startColumn,
        endLine: marker.endLineNumber,
        endColumn: marker.endColumn,
      }
      const fault = typeFault(each, known)
      const fixes = [...(fault.fixes ?? []), ...spellingFix(each, place, known)]
      return {
        ...fault,
        severity: marker.severity === monaco.MarkerSeverity.Error ? 'error' : 'warning',
        place,
        ...(fixes.length > 0 && { fixes }),
      }
    })
}

/** What TypeScript says of a file is marked by itself. Where the list has other words for it, the mark gets them too. */
export function rephrase(resource: monaco.Uri, known: Known): void {
  const model = monaco.editor.getModel(resource)
  if (!model) return
  const owner = 'typescript'
  const markers = monaco.editor.getModelMarkers({ owner, resource })
  let changed = false
  const mended = markers.map((marker) => {
    const words = ownWords(saidBy(marker), known)
    const message = words && plainFault(words)
    if (message === undefined || message === marker.message) return marker
    changed = true
    return { ...marker, message }
  })
  if (changed) monaco.editor.setModelMarkers(model, owner, mended)
}
