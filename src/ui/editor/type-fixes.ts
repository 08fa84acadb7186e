import type { Fix } from '../../contract/fault.ts'
import { markOf } from '../../contract/text-mark.ts'
import type { Workbench } from '../../state/store.ts'
import { workspaceEdits } from './edits.ts'
import { pathOf, uriOf } from './models.ts'
import { monaco } from './monaco.ts'
import { rangeOf } from './wit/places.ts'

/** Offers in the editor what mends the problems of TypeScript and of the world, as the list of problems does. */
export function provideTypeFixes({ store }: Workbench): void {
  monaco.languages.registerCodeActionProvider(
    'typescript',
    {
      provideCodeActions(model, range, { markers }) {
        const { diagnostics } = store.getState()
        // What was found is of a while ago: of the text as it is now nothing may be known yet.
        const isAsItWas = ({ mark, edits: [edit] }: Fix): boolean =>
          edit !== undefined && markOf(monaco.editor.getModel(uriOf(edit.place.file))?.getValue() ?? '') === mark
        const workspaceEdit = workspaceEdits()
        const actions = diagnostics.types.flatMap(({ place, fixes = [] }) => {
          if (place?.file !== pathOf(model.uri)) return []
          const at = rangeOf(place)
          // What has no name yet to stand on is wanted wherever somebody is.
          const nowhere = place.line === 1 && place.column === 1
          if (!nowhere && !monaco.Range.areIntersectingOrTouching(at, range)) return []
          return fixes
            .filter((fix) => !fix.offered && isAsItWas(fix))
            .map(({ title, edits }, index) => ({
              title,
              kind: 'quickfix',
              isPreferred: index === 0 && !nowhere,
              diagnostics: markers.filter((marker) => monaco.Range.areIntersectingOrTouching(marker, at)),
              edit: { edits: edits.map(workspaceEdit) },
            }))
        })
        return { actions, dispose: () => {} }
      },
    },
    { providedCodeActionKinds: ['quickfix'] },
  )
}
