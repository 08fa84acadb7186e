import { defaultEntry } from '../../../project/project.ts'
import type { Renaming } from '../../../state/renamings.ts'
import { witTexts, worldName } from '../../../state/selectors.ts'
import type { Workbench } from '../../../state/store.ts'
import { textEdits } from '../edits.ts'
import { uriOf } from '../models.ts'
import { monaco } from '../monaco.ts'
import type { AskWit } from '../wit/client.ts'
import { locationOf, rangeOf } from '../wit/places.ts'
import type { At, Found, Rename } from '../wit/protocol.ts'
import { calledExport } from './called-export.ts'
import type { AskCode } from './code-client.ts'
import type { CodeSpan } from './code-spans.ts'
import type { Exported } from './guest-code.ts'
import { follow } from './follow.ts'
import { settled } from './settled.ts'

type Model = monaco.editor.ITextModel
type Location = monaco.languages.Location
type Renamed = monaco.languages.WorkspaceEdit & monaco.languages.Rejection

/** The way between the WIT of a project and the code that implements its world. */
export interface Crossing {
  /** Where the code uses what has its name at a place of the WIT. */
  uses(at: At): Promise<Location[]>
  /** Where the code has what the world exports under the name at a place of the WIT. */
  implementations(at: At): Promise<Location[]>
  /** Where the code has what a call across the boundary names; none: it has none, or nobody knows. */
  implementation(call: string): Promise<Location | undefined>
  /** Where the WIT has what is named at a place of the code; nothing where that is the code's own. None: nobody knows. */
  origins(model: Model, position: monaco.IPosition): Promise<readonly Found[] | undefined>
  /** Why that cannot be the name of what has its name at a place of the WIT, if it cannot. */
  refusal(at: At, name: string): Promise<string | undefined>
  /** Gives what has its name at a place of the WIT another one, in the code too. */
  rename(at: At, name: string): Promise<Renamed>
}

export function createCrossing(workbench: Workbench, client: AskWit, askCode: AskCode): Crossing {
  const { store, actions } = workbench
  const files = (): Readonly<Record<string, string>> => witTexts(store.getState().project)
  const world = (): string | undefined => worldName(store.getState())
  const entryUri = (): monaco.Uri => uriOf(store.getState().project.entry ?? defaultEntry)
  const entryName = (): string => entryUri().toString()

  async function renamingOf({ renamings, world: to, member }: Rename): Promise<Renaming> {
    const from = world()
    const types = store.getState().prepared?.world
    const values = types && member && (await renameLater())?.renameMember(types, member.from, member.to)
    return {
      world: from !== undefined && to !== undefined ? { from, to } : undefined,
      calls: renamings.flatMap(({ from: { call: was }, to: { call: is } }) =>
        was && is && `${was.interface} ${was.name}` !== `${is.interface} ${is.name}` ? [{ from: was, to: is }] : [],
      ),
      values,
    }
  }

  return {
    async uses(at) {
      const names = (await client.call('guestUses', files(), world(), at)) ?? []
      if (names.length === 0) return []
      return codeLocations((await askCode(entryUri(), 'uses', entryName(), names, await exported())) ?? [])
    },
    async implementations(at) {
      const names = (await client.call('guestUses', files(), world(), at)) ?? []
      const paths = names.flatMap(({ exported }) => (exported ? [exported] : []))
      if (paths.length === 0) return []
      return codeLocations((await askCode(entryUri(), 'implementations', entryName(), paths)) ?? [])
    },
    async implementation(call) {
      const path = calledExport(call, (await client.call('guestExports', files(), world())) ?? [])
      if (path === undefined) return undefined
      const [first] = codeLocations((await askCode(entryUri(), 'implementations', entryName(), [path])) ?? [])
      return first
    },
    async origins(model, position) {
      const file = model.uri.toString()
      const offset = model.getOffsetAt(position)
      const targets = await askCode(model.uri, 'definitions', file, offset)
      if (!targets) return undefined
      const declared = targets.filter((target) => target.kind === 'declared')
      if (declared.length > 0) return client.call('declared', files(), world(), declared)
      const isElsewhere = targets.some(
        (target) =>
          target.kind === 'place' &&
          !(target.file === file && target.start <= offset && offset <= target.start + target.length),
      )
      if (isElsewhere) return []
      const literal = targets.length === 0 ? textAround(model, position) : undefined
      if (literal) return literalOrigins(literal.text, file, offset)
      const exports = await client.call('guestExports', files(), world())
      if (!exports) return undefined
      const paths = exports.map(({ exported: path }) => path)
      const found = paths.length === 0 ? -1 : await askCode(entryUri(), 'exportedAt', entryName(), file, offset, paths)
      if (found === undefined) return undefined
      const origin = exports[found]?.found
      return origin === undefined ? [] : [origin]
    },
    async refusal(at, name) {
      const planned = await plan(at, name)
      return planned.ok ? undefined : planned.message
    },
    async rename(at, name) {
      const edit = textEdits()
      const planned = await plan(at, name)
      if (!planned.ok) {
        // Monaco tells the reason to nobody.
        actions.say(planned.message)
        return { edits: [], rejectReason: planned.message }
      }
      const { renamed, code } = planned
      const renaming = await renamingOf(renamed)
      const wit = renamed.edits.map(({ place, text }) => edit(uriOf(place.file), rangeOf(place), text))
      const model = monaco.editor.getModel(uriOf(at.file))
      const own = wit.filter(({ resource }) => resource.toString() === model?.uri.toString())
      if (model) follow(workbench, model, appliedTo(model, own), renaming)
      return { edits: [...wit, ...code.map(({ model: { uri }, range, text }) => edit(uri, range, text))] }
    },
  }

  /** Where the WIT has the case of an enum or a variant that the code writes as a text. */
  async function literalOrigins(text: string, file: string, offset: number): Promise<readonly Found[] | undefined> {
    const cases = (await client.call('guestLiterals', files(), world(), text)) ?? []
    if (cases.length === 0) return []
    const found = await askCode(entryUri(), 'literalAt', entryName(), file, offset, cases, await exported())
    const sought = found === undefined ? undefined : cases[found]
    return sought ? client.call('declared', files(), world(), [sought]) : []
  }

  /** What the world exports, for what TypeScript does not know of the functions that stand for it. */
  async function exported(): Promise<readonly Exported[]> {
    const exports = (await client.call('guestExports', files(), world())) ?? []
    return exports.map(({ module, path, exported: name }) => ({ module, path, exported: name }))
  }

  /** All that a renaming comes to, or why there is none: it is done as a whole or not at all. */
  async function plan(at: At, name: string): Promise<Plan> {
    await settled(store)
    const renamed = await client.call('rename', files(), world(), at, name)
    if (!renamed?.ok) return { ok: false, message: plain(renamed?.message ?? 'The WIT cannot be read now. Try again.') }
    const code = await codeEdits(renamed)
    return code ? { ok: true, renamed, code } : { ok: false, message: unreadableCode }
  }

  /** None: what the code has of it cannot be told. */
  async function codeEdits({ renamings }: Rename): Promise<PlannedEdit[] | undefined> {
    const hasCode = monaco.editor.getModels().some((each) => each.getLanguageId() === 'typescript')
    if (renamings.length === 0 || !hasCode) return []
    const changes = renamings.map(({ from, to }) => ({
      from: { module: from.module, path: from.path, literal: from.literal, exported: from.exported },
      to: { module: to.module, path: to.path, exported: to.exported },
    }))
    const edits = await askCode(entryUri(), 'renames', entryName(), changes, await exported())
    return edits?.flatMap((edit) => {
      const model = monaco.editor.getModel(monaco.Uri.parse(edit.file))
      return model ? [{ model, range: spanRange(model, edit), text: edit.text }] : []
    })
  }
}

/** Where that does not arrive, the values of calls stay as they are. */
const renameLater = () => import('../../../component/rename-member.ts').catch(() => undefined)

type PlannedEdit = { readonly model: Model; readonly range: monaco.IRange; readonly text: string }
type Plan =
  | { readonly ok: true; readonly renamed: Rename; readonly code: readonly PlannedEdit[] }
  | { readonly ok: false; readonly message: string }

export const unreadableCode = 'The code cannot be read now. Try again.'

/** Monaco shows the reason as plain text. */
export const plain = (message: string): string => message.replaceAll('`', '')

export const spanRange = (model: Model, { start, length }: Pick<CodeSpan, 'start' | 'length'>): monaco.IRange =>
  monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(start + length))

/** The text in quotes that a place is in. */
export function textAround(
  model: Model,
  { lineNumber, column }: monaco.IPosition,
): (monaco.IRange & { text: string }) | undefined {
  for (const { index, 2: text = '' } of model.getLineContent(lineNumber).matchAll(/(['"])([\w-]+)\1/g)) {
    const [startColumn, endColumn] = [index + 2, index + 2 + text.length]
    if (startColumn <= column && column <= endColumn)
      return { text, startLineNumber: lineNumber, startColumn, endLineNumber: lineNumber, endColumn }
  }
  return undefined
}

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
