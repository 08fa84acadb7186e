import type { Place } from '../../contract/fault.ts'
import { uriOf } from './models.ts'
import { monaco } from './monaco.ts'
import { rangeOf } from './wit/places.ts'

type TextEdit = monaco.languages.IWorkspaceTextEdit

/** Makes edits of the texts as they are now: if one is another by then, the editor refuses them. */
export function textEdits(): (resource: monaco.Uri, range: monaco.IRange, text: string) => TextEdit {
  const versions = new Map(monaco.editor.getModels().map((model) => [model.uri.toString(), model.getVersionId()]))
  return (resource, range, text) => ({
    resource,
    versionId: versions.get(resource.toString()),
    textEdit: { range, text },
  })
}

/** The same, by the places of the project's files. */
export function workspaceEdits(): (edit: { readonly place: Place; readonly text: string }) => TextEdit {
  const edit = textEdits()
  return ({ place, text }) => edit(uriOf(place.file), rangeOf(place), text)
}
