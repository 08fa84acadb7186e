import type { Place } from '../../contract/fault.ts'
import { uriOf } from './models.ts'
import { monaco } from './monaco.ts'
import { rangeOf } from './wit/places.ts'

/** Makes edits of the texts as they are now: if one is another by then, the editor refuses them. */
export function workspaceEdits(): (edit: {
  readonly place: Place
  readonly text: string
}) => monaco.languages.IWorkspaceTextEdit {
  const versions = new Map(monaco.editor.getModels().map((model) => [model.uri.toString(), model.getVersionId()]))
  return ({ place, text }) => {
    const resource = uriOf(place.file)
    return { resource, versionId: versions.get(resource.toString()), textEdit: { range: rangeOf(place), text } }
  }
}
