import { conf, language } from 'monaco-editor/languages/definitions/typescript/typescript'
import { witTexts } from '../../../state/selectors.ts'
import type { Workbench } from '../../../state/store.ts'
import { toLabel } from '../../../wit/identifier.ts'
import { typeName, valueName } from '../../../wit/typescript.ts'
import type { Asked, Asking } from '../asking.ts'
import { textEdits } from '../edits.ts'
import { modelOptions, pathOf } from '../models.ts'
import { monaco, typescript } from '../monaco.ts'
import { rangeOf } from '../wit/places.ts'
import type { At } from '../wit/protocol.ts'
import type { AskCode } from './code-client.ts'
import { codeLocations, originLocations, plain, spanRange, textAround, unreadableCode } from './crossing.ts'
import type { CodeEdit } from './code-spans.ts'
import type { CodeTarget } from './guest-code.ts'
import { checkNames } from './rename-guard.ts'
import { fileSpecifiers, specifierSpan, worldSpecifiers } from './specifiers.ts'

type Model = monaco.editor.ITextModel
type Location = monaco.languages.Location

/** What is built into the language is shown under a scheme of its own, read-only. */
export const libraryScheme = 'typescript-library'

/** TypeScript in its colours, which TypeScript does not read: what it did would be there twice. */
export const libraryLanguage = libraryScheme

/** Takes the place of what Monaco does for TypeScript where the way leads into the WIT. */
export function provideCode({ store }: Workbench, asking: Asking): void {
  const { answer } = asking
  const { languages } = monaco
  const { typescriptDefaults } = typescript
  const own = { definitions: false, references: false, rename: false }
  typescriptDefaults.setModeConfiguration({ ...typescriptDefaults.modeConfiguration, ...own })
  languages.register({ id: libraryLanguage })
  languages.setLanguageConfiguration(libraryLanguage, conf)
  languages.setMonarchTokensProvider(libraryLanguage, language)
  const files = (): Readonly<Record<string, string>> => witTexts(store.getState().project)

  languages.registerDefinitionProvider('typescript', {
    provideDefinition: (model, position, token) =>
      answer(token, async ({ askCode, crossing }) => {
        const origins = await crossing.origins(model, position)
        if (origins && origins.length > 0) return originLocations(origins)
        return placesOf(askCode, await targetsOf(askCode, model, 'definitions', position))
      }),
  })
  languages.registerCompletionItemProvider('typescript', {
    triggerCharacters: ["'", '"', '/'],
    provideCompletionItems(model, { lineNumber, column }) {
      const span = specifierSpan(model.getLineContent(lineNumber), column - 1)
      if (!span) return { suggestions: [] }
      const { prepared, project } = store.getState()
      const modules = prepared ? worldSpecifiers(prepared.world) : []
      const range = new monaco.Range(lineNumber, span.from + 1, lineNumber, span.to + 1)
      return {
        suggestions: [...modules, ...fileSpecifiers(Object.keys(project.files), pathOf(model.uri))].map(
          ({ text, detail, order }) => ({
            label: { label: text, description: detail },
            kind: languages.CompletionItemKind[order < 3 ? 'Module' : 'File'],
            insertText: text,
            range,
            sortText: `${order}${text}`,
          }),
        ),
      }
    },
  })
  languages.registerReferenceProvider('typescript', {
    provideReferences: (model, position, _, token) =>
      answer(token, async ({ client, askCode, crossing }) => {
        const [origins, targets] = await Promise.all([
          crossing.origins(model, position),
          targetsOf(askCode, model, 'references', position),
        ])
        const lists = await Promise.all(
          (origins ?? []).map(({ file, line, column }) => client.call('references', files(), { file, line, column })),
        )
        return [...(await placesOf(askCode, targets)), ...lists.flatMap((list) => originLocations(list ?? []))]
      }),
  })
  languages.registerRenameProvider('typescript', {
    resolveRenameLocation: (model, position, token) =>
      answer(token, async ({ askCode, crossing }) => {
        const file = model.uri.toString()
        const found = await askCode(model.uri, 'renamable', file, model.getOffsetAt(position))
        const place = found
          ? { range: spanRange(model, { start: found.start, length: found.text.length }), text: found.text }
          : await casePlace(crossing, model, position)
        if (!place) {
          return {
            range: new monaco.Range(1, 1, 1, 1),
            text: '',
            rejectReason: 'Put the cursor on a name of your own.',
          }
        }
        checkNames(async (name) => {
          // That is asked when this has been answered.
          const plan = await planOf(asking, model, position, name)
          return plan.kind === 'refused'
            ? plain(plan.reason)
            : plan.kind === 'wit'
              ? asking.crossing.refusal(plan.at, plan.label)
              : undefined
        })
        return place
      }),
    provideRenameEdits: (model, position, name, token) =>
      answer(token, async (asked) => {
        const { crossing } = asked
        const edit = textEdits()
        const plan = await planOf(asked, model, position, name)
        if (plan.kind === 'wit') return crossing.rename(plan.at, plan.label)
        if (plan.kind === 'refused') return { edits: [], rejectReason: plain(plan.reason) }
        return {
          edits: plan.edits.flatMap((each) => {
            const target = monaco.editor.getModel(monaco.Uri.parse(each.file))
            return target ? [edit(target.uri, spanRange(target, each), each.text)] : []
          }),
        }
      }),
  })

  /** What a new name in the code comes to. */
  async function planOf(
    { askCode, crossing }: Asked,
    model: Model,
    position: monaco.IPosition,
    name: string,
  ): Promise<RenamePlan> {
    const origins = await crossing.origins(model, position)
    // A name of the WIT that is renamed in the code alone would be half of a renaming.
    if (!origins) return { kind: 'refused', reason: unreadableCode }
    const [origin] = origins
    const word = model.getWordAtPosition(position)?.word ?? ''
    if (origin && !origin.builtin) {
      const text = textAt(origin)
      const at = { file: origin.file, line: origin.line, column: origin.column }
      // The case of an enum or a variant is a text in the code as well.
      if (textAround(model, position)?.text === text) return { kind: 'wit', at, label: name }
      // A name that the code gives to it by itself is the code's own.
      if (word === valueName(text) || word === typeName(text)) {
        const label = toLabel(name)
        const write = word === valueName(text) ? valueName : typeName
        if (write(label) !== name)
          return { kind: 'refused', reason: `Write ${write(label)}: the WIT has this name too.` }
        return { kind: 'wit', at, label }
      }
    }
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) {
      return { kind: 'refused', reason: 'Use letters, digits, _ and $, and start with no digit.' }
    }
    const file = model.uri.toString()
    const edits = await askCode(model.uri, 'ownRenames', file, model.getOffsetAt(position), name)
    if (edits === undefined) return { kind: 'refused', reason: unreadableCode }
    if (edits) return { kind: 'code', edits }
    if (!origin) return { kind: 'refused', reason: 'This name is built in. Rename a name of your own.' }
    const { builtin, file: wit } = origin
    return {
      kind: 'refused',
      reason: builtin ? `${wit} is read-only. Rename a name of your own.` : `Rename it in ${wit}.`,
    }
  }

  const textAt = (origin: Parameters<typeof rangeOf>[0]): string =>
    monaco.editor
      .getModels()
      .find(({ uri }) => uri.path.slice(1) === origin.file)
      ?.getValueInRange(rangeOf(origin))
      .replace(/^%/, '') ?? ''
}

/** The case of an enum or a variant of the WIT, of which TypeScript may know nothing. */
async function casePlace(
  crossing: Asked['crossing'],
  model: Model,
  position: monaco.IPosition,
): Promise<monaco.languages.RenameLocation | undefined> {
  const range = textAround(model, position)
  const origins = range && (await crossing.origins(model, position))
  return range && origins && origins.length > 0 ? { range, text: range.text } : undefined
}

type RenamePlan =
  | { readonly kind: 'wit'; readonly at: At; readonly label: string }
  | { readonly kind: 'code'; readonly edits: readonly CodeEdit[] }
  | { readonly kind: 'refused'; readonly reason: string }

async function targetsOf(
  askCode: AskCode,
  model: Model,
  method: 'definitions' | 'references',
  position: monaco.IPosition,
): Promise<readonly CodeTarget[]> {
  const file = model.uri.toString()
  return (await askCode(model.uri, method, file, model.getOffsetAt(position))) ?? []
}

async function placesOf(askCode: AskCode, targets: readonly CodeTarget[]): Promise<Location[]> {
  const places = targets.filter((target) => target.kind === 'place')
  const located = await Promise.all(
    places.map(async (place) => (await libraryOf(askCode, place)) ?? codeLocations([place])),
  )
  return located.flat()
}

/** A library becomes a model when somebody is led to it. */
async function libraryOf(
  askCode: AskCode,
  place: { file: string; start: number; length: number },
): Promise<Location[] | undefined> {
  if (monaco.editor.getModel(monaco.Uri.parse(place.file))) return undefined
  const name = place.file.replace(/^file:\/\/\//, '')
  const uri = monaco.Uri.from({ scheme: libraryScheme, path: `/${name}` })
  const known = monaco.editor.getModel(uri)
  const text = known ? known.getValue() : await askCode(uri, 'libraryText', place.file)
  if (text === undefined) return []
  // Another question may have led to it meanwhile.
  const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, libraryLanguage, uri)
  model.updateOptions(modelOptions)
  return [{ uri, range: spanRange(model, place) }]
}
