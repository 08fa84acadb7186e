import { renamed, reversed, type Renaming, type SaidOfWit } from '../../../state/renamings.ts'
import type { Workbench } from '../../../state/store.ts'

/** What this needs of a model of Monaco's. */
export interface Watched {
  getValue(): string
  /** Another one after every change, and the same again where changes are undone. */
  getAlternativeVersionId(): number
  onDidChangeContent(listener: (change: Change) => void): { dispose(): void }
}

interface Project {
  readonly store: { getState(): SaidOfWit }
  readonly actions: Pick<Workbench['actions'], 'followRenaming'>
}

interface Change {
  readonly isUndoing: boolean
  readonly isRedoing: boolean
  readonly isFlush: boolean
}

/**
 * What the project says of its WIT follows a renaming that gives a model another text, and goes back with it when that
 * is undone, however much was typed and undone in between.
 */
export function follow({ store, actions }: Project, model: Watched, after: string, renaming: Renaming): void {
  if (renaming.world === undefined && renaming.calls.length === 0 && renaming.values === undefined) return
  const apply = (each: Renaming): void => actions.followRenaming(renamed(store.getState(), each))
  const from = model.getAlternativeVersionId()
  let to: number | undefined
  let isDone = false
  const watching = model.onDidChangeContent(({ isUndoing, isRedoing, isFlush }) => {
    const version = model.getAlternativeVersionId()
    if (isFlush) watching.dispose()
    else if (isDone) {
      if (!isUndoing || version !== from) return
      isDone = false
      apply(reversed(renaming))
    } else if (to === undefined ? model.getValue() === after : version === to) {
      to = version
      isDone = true
      apply(renaming)
      // Nothing leads to the renaming any more.
    } else if (!isUndoing && !isRedoing) watching.dispose()
  })
}
