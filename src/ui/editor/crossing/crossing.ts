import { defaultEntry } from '../../../project/project.ts'
import { reversed, type Renaming } from '../../../state/renamings.ts'
import { witTexts, worldInput, worldKey, worldName } from '../../../state/selectors.ts'
import type { Workbench } from '../../../state/store.ts'
import { uriOf } from '../models.ts'
import { monaco } from '../monaco.ts'
import type { WitClient } from '../wit/client.ts'
import { locationOf, rangeOf } from '../wit/places.ts'
import type { At, Found, Rename } from '../wit/protocol.ts'
import { askCode } from './code-client.ts'
import type { CodeEdit, CodeSpan } from './code-spans.ts'

type Model = monaco.editor.ITextModel
type Location = monaco.languages.Location
type Renamed = monaco.languages.WorkspaceEdit & monaco.languages.Rejection

/** The way between the WIT of a project and the code that implements its world. */
export interface Crossing {
  /** Where the code uses what has its name at a place of the WIT. */
  uses(at: At): Promise<Location[]>
  /** Where the code has what the world exports under the name at a place of the WIT. */
  implementations(at: At): Promise<Location[]>
  /** Where the WIT has what is named at a place of the code; nothing where that is the code's own. */
  origins(model: Model, position: monaco.IPosition): Promise<readonly Found[]>
  /** Why that cannot be the name of what has its name at a place of the WIT, if it cannot. */
  refusal(at: At, name: string): Promise<string | undefined>
  /** Gives what has its name at a place of the WIT another one, in the code too. */
  rename(at: At, name: string): Promise<Renamed>
}

/** The types of a world follow its WIT after a moment. Milliseconds. */
const patience = 2000

export function createCrossing({ store, actions }: Workbench, client: WitClient): Crossing {
  const files = (): Readonly<Record<string, string>> => witTexts(store.getState().project)
  const world = (): string | undefined => worldName(store.getState())
  const entryUri = (): monaco.Uri => uriOf(store.getState().project.entry ?? defaultEntry)
  const entryName = (): string => entryUri().toString()

  /** Until the declarations of the world are those of its WIT, or cannot be. */
  async function settled(): Promise<void> {
    const isCurrent = (): boolean => {
      const state = store.getState()
      return state.prepared === undefined || state.prepared.key === worldKey(worldInput(state, 'base'))
    }
    if (isCurrent()) return
    await new Promise<void>((resolve) => {
      const stop = (): void => {
        clearTimeout(timer)
        unsubscribe()
        resolve()
      }
      const timer = setTimeout(stop, patience)
      const unsubscribe = store.subscribe(() => isCurrent() && stop())
    })
  }

  /** What the project says of its WIT follows the renaming, and goes back with it when that is undone. */
  function follow(model: Model, after: string, renaming: Renaming): void {
    if (renaming.world === undefined && renaming.calls.length === 0) return
    const before = model.getValue()
    let is: 'before' | 'after' = 'before'
    const watching = model.onDidChangeContent(({ isUndoing, isRedoing }) => {
      const text = model.getValue()
      if (is === 'before' && text === after) {
        is = 'after'
        void actions.followRenaming(renaming)
      } else if (is === 'after' && isUndoing && text === before) {
        is = 'before'
        void actions.followRenaming(reversed(renaming))
      } else if (!isUndoing && !isRedoing && is === 'before') watching.dispose()
    })
  }

  function renamingOf({ renamings, world: to }: Rename): Renaming {
    const from = world()
    return {
      world: from !== undefined && to !== undefined ? { from, to } : undefined,
      calls: renamings.flatMap(({ from: { call: was }, to: { call: is } }) =>
        was && is && `${was.interface} ${was.name}` !== `${is.interface} ${is.name}` ? [{ from: was, to: is }] : [],
      ),
    }
  }

  return {
    async uses(at) {
      const names = (await client.call('guestUses', files(), world(), at)) ?? []
      if (names.length === 0) return []
      return codeLocations((await askCode(entryUri(), 'uses', entryName(), names)) ?? [])
    },
    async implementations(at) {
      const names = (await client.call('guestUses', files(), world(), at)) ?? []
      const paths = names.flatMap(({ exported }) => (exported ? [exported] : []))
      if (paths.length === 0) return []
      return codeLocations((await askCode(entryUri(), 'implementations', entryName(), paths)) ?? [])
    },
    async origins(model, position) {
      const file = model.uri.toString()
      const offset = model.getOffsetAt(position)
      const targets = await askCode(model.uri, 'definitions', file, offset)
      const declared = targets?.filter((target) => target.kind === 'declared') ?? []
      if (declared.length > 0) return (await client.call('declared', files(), world(), declared)) ?? []
      const isElsewhere = targets?.some(
        (target) =>
          target.kind === 'place' &&
          !(target.file === file && target.start <= offset && offset <= target.start + target.length),
      )
      if (isElsewhere) return []
      const exports = (await client.call('guestExports', files(), world())) ?? []
      const paths = exports.map(({ path }) => path)
      const found = paths.length === 0 ? -1 : await askCode(entryUri(), 'exportedAt', entryName(), file, offset, paths)
      const origin = exports[found ?? -1]?.found
      return origin === undefined ? [] : [origin]
    },
    async refusal(at, name) {
      const renamed = await client.call('rename', files(), world(), at, name)
      return renamed?.ok ? undefined : plain(renamed?.message ?? 'Try again.')
    },
    async rename(at, name) {
      await settled()
      const versions = new Map(monaco.editor.getModels().map((model) => [model.uri.toString(), model.getVersionId()]))
      const edit = (resource: monaco.Uri, range: monaco.IRange, text: string): monaco.languages.IWorkspaceTextEdit => ({
        resource,
        // If a text is another one by then, the editor refuses all of it.
        versionId: versions.get(resource.toString()),
        textEdit: { range, text },
      })
      const renamed = await client.call('rename', files(), world(), at, name)
      if (!renamed?.ok) return { edits: [], rejectReason: plain(renamed?.message ?? 'Try again.') }
      const code = await codeEdits(renamed)
      const wit = renamed.edits.map(({ place, text }) => edit(uriOf(place.file), rangeOf(place), text))
      const model = monaco.editor.getModel(uriOf(at.file))
      const own = wit.filter(({ resource }) => resource.toString() === model?.uri.toString())
      if (model) follow(model, appliedTo(model, own), renamingOf(renamed))
      return { edits: [...wit, ...code.map(({ model, range, text }) => edit(model.uri, range, text))] }
    },
  }

  async function codeEdits({ renamings }: Rename): Promise<{ model: Model; range: monaco.IRange; text: string }[]> {
    const changes = renamings.map(({ from, to }) => ({
      from: { module: from.module, path: from.path, literal: from.literal, exported: from.exported },
      to: { module: to.module, path: to.path, exported: to.exported },
    }))
    const edits: CodeEdit[] =
      changes.length === 0 ? [] : ((await askCode(entryUri(), 'renames', entryName(), changes)) ?? [])
    return edits.flatMap((edit) => {
      const model = monaco.editor.getModel(monaco.Uri.parse(edit.file))
      return model ? [{ model, range: spanRange(model, edit), text: edit.text }] : []
    })
  }
}

/** Monaco shows the reason as plain text. */
export const plain = (message: string): string => message.replaceAll('`', '')

export const spanRange = (model: Model, { start, length }: Pick<CodeSpan, 'start' | 'length'>): monaco.IRange =>
  monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(start + length))

/** Those of which the editor has the file. */
export const codeLocations = (spans: readonly CodeSpan[]): Location[] =>
  spans.flatMap((span) => {
    const model = monaco.editor.getModel(monaco.Uri.parse(span.file))
    return model ? [{ uri: model.uri, range: spanRange(model, span) }] : []
  })

function appliedTo(model: Model, edits: readonly monaco.languages.IWorkspaceTextEdit[]): string {
  let text = model.getValue()
  const backwards = edits
    .map(({ textEdit }) => ({
      start: model.getOffsetAt(monaco.Range.getStartPosition(textEdit.range)),
      end: model.getOffsetAt(monaco.Range.getEndPosition(textEdit.range)),
      text: textEdit.text,
    }))
    .toSorted((one, other) => other.start - one.start)
  for (const edit of backwards) text = text.slice(0, edit.start) + edit.text + text.slice(edit.end)
  return text
}

export const originLocations = (found: readonly Found[]): Location[] => found.map(locationOf)
