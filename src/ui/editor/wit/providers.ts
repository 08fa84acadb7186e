import { witTexts } from '../../../state/selectors.ts'
import type { Workbench } from '../../../state/store.ts'
import type { Hover } from '../../../wit/hover.ts'
import { answerImplementations } from '../../implementations.ts'
import { createAsking } from '../asking.ts'
import { plain } from '../crossing/crossing.ts'
import { libraryScheme, provideCode } from '../crossing/providers.ts'
import { checkNames, guardRenames } from '../crossing/rename-guard.ts'
import { workspaceEdits } from '../edits.ts'
import { libraryViewOf } from '../library-view.ts'
import { pathOf } from '../models.ts'
import { monaco } from '../monaco.ts'
import { createWitClient } from './client.ts'
import { colourNames } from './colours.ts'
import { atOf, builtinScheme, fileOf, locationOf, rangeOf } from './places.ts'
import type { Files, PlacedCompletion, Symbol } from './protocol.ts'

const unformatted = 'The file was not formatted:'

const lineFeeds = monaco.editor.EndOfLinePreference.LF

/** What the editor offers for WIT beyond colours and problems. */
export function provideWit(workbench: Workbench): void {
  const { store, actions } = workbench
  const asking = createAsking(
    workbench,
    createWitClient(() => new Worker(new URL('./wit.worker.ts', import.meta.url), { type: 'module', name: 'wit' })),
  )
  const { answer } = asking
  answerImplementations(async (call) => {
    const found = await asking.crossing.implementation(call)
    return found && { file: pathOf(found.uri), line: found.range.startLineNumber, column: found.range.startColumn }
  })
  const { languages } = monaco
  provideCode(workbench, asking)
  guardRenames()
  colourNames(workbench, asking.client)

  const files = (): Files => witTexts(store.getState().project)

  monaco.editor.registerEditorOpener({
    openCodeEditor(editor, uri, selection) {
      // There is no file of the project to open: it is shown where the question was asked.
      if (uri.scheme === builtinScheme || uri.scheme === libraryScheme)
        return libraryViewOf(editor)?.open(uri, selection) ?? false
      const file = pathOf(uri)
      if (uri.scheme !== 'file' || store.getState().project.files[file] === undefined) return false
      const at = selection && ('lineNumber' in selection ? selection : startOf(selection))
      actions.goTo({ file, line: at?.lineNumber ?? 1, column: at?.column ?? 1 })
      return true
    },
  })
  languages.registerDocumentFormattingEditProvider('wit', {
    displayName: 'WIT',
    provideDocumentFormattingEdits: (model, _, token) =>
      answer(token, async ({ client }) => {
        const text = await client.call('format', model.getValue(lineFeeds))
        // What was said of the attempt before is over.
        for (const { id, text: said } of store.getState().notices) if (said.startsWith(unformatted)) actions.dismiss(id)
        if (typeof text === 'string') return [{ range: model.getFullModelRange(), text }]
        actions.say(`${unformatted} ${text === null ? 'correct its syntax first' : 'that took too long. Try again'}.`)
        return []
      }),
  })
  languages.registerDocumentSymbolProvider('wit', {
    displayName: 'WIT',
    provideDocumentSymbols: (model, token) =>
      answer(
        token,
        async ({ client }) =>
          (await client.call('outline', fileOf(model), model.getValue(lineFeeds)))?.map(symbolOf) ?? [],
      ),
  })
  languages.registerFoldingRangeProvider('wit', {
    provideFoldingRanges: (model, _, token) =>
      answer(token, async ({ client }) => {
        const folds = await client.call('folds', fileOf(model), model.getValue(lineFeeds))
        return folds?.map(({ start, end, kind }) => ({
          start,
          end,
          ...(kind === 'comment' && { kind: languages.FoldingRangeKind.Comment }),
        }))
      }),
  })
  languages.registerDefinitionProvider('wit', {
    provideDefinition: (model, position, token) =>
      answer(token, async ({ client }) => {
        const found = await client.call('definition', files(), atOf(model, position))
        return found ? locationOf(found) : undefined
      }),
  })
  languages.registerCompletionItemProvider('wit', {
    triggerCharacters: [':', '/', '@', '<', '{', ' '],
    provideCompletionItems(model, position, { triggerCharacter }, token) {
      const before = model.getLineContent(position.lineNumber).slice(0, position.column - 1)
      // Enter after a brace breaks the line: nothing may stand ready there that it would take.
      if (triggerCharacter === '{' && !before.endsWith('.{')) return { suggestions: [] }
      if (triggerCharacter === ' ' && !/\b(?:import|export|include|use) $/.test(before)) return { suggestions: [] }
      return answer(token, async ({ client }) => {
        const found = await client.call('completions', files(), atOf(model, position))
        return { suggestions: found?.map(suggestionOf) ?? [] }
      })
    },
  })
  languages.registerHoverProvider('wit', {
    provideHover: (model, position, token) =>
      answer(token, async ({ client }) => {
        const found = await client.call('hover', files(), atOf(model, position))
        return found ? { range: rangeOf(found.place), contents: hoverParts(found) } : undefined
      }),
  })
  languages.registerCodeActionProvider(
    'wit',
    {
      provideCodeActions: (model, range, { markers }, token) =>
        answer(token, async ({ client }) => {
          const workspaceEdit = workspaceEdits()
          const [found, possible] = await Promise.all([
            client.call('mendable', files(), fileOf(model)),
            client.call('actions', files(), atOf(model, monaco.Range.getStartPosition(range))),
          ])
          const here = found?.filter(({ place }) => monaco.Range.areIntersectingOrTouching(rangeOf(place), range)) ?? []
          const mending = here.flatMap(({ place, fixes }) =>
            fixes.map(({ title, edits }, index) => ({
              title,
              kind: 'quickfix',
              isPreferred: index === 0,
              diagnostics: markers.filter((marker) => monaco.Range.areIntersecting(marker, rangeOf(place))),
              edit: { edits: edits.map(workspaceEdit) },
            })),
          )
          // Every package is read for it: only where something is wrong.
          const at = atOf(model, monaco.Range.getStartPosition(range))
          const uses = here.length === 0 ? [] : ((await client.call('missingUses', files(), at)) ?? [])
          const using = uses.flatMap(({ title, edits }) =>
            mending.some((other) => other.title === title)
              ? []
              : [{ title, kind: 'quickfix', edit: { edits: edits.map(workspaceEdit) } }],
          )
          const doing = (possible ?? []).map(({ title, edits }) => ({
            title,
            kind: 'refactor',
            edit: { edits: edits.map(workspaceEdit) },
          }))
          return { actions: [...mending, ...using, ...doing], dispose: () => {} }
        }),
    },
    { providedCodeActionKinds: ['quickfix', 'refactor'] },
  )
  languages.registerDocumentHighlightProvider('wit', {
    provideDocumentHighlights: (model, position, token) =>
      answer(token, async ({ client }) => {
        const places = await client.call('highlights', files(), atOf(model, position))
        return places?.map((place) => ({ range: rangeOf(place) }))
      }),
  })
  languages.registerReferenceProvider('wit', {
    provideReferences: (model, position, _, token) =>
      answer(token, async ({ client, crossing }) => {
        const at = atOf(model, position)
        const [own, code] = await Promise.all([client.call('references', files(), at), crossing.uses(at)])
        return [...(own?.map(locationOf) ?? []), ...code]
      }),
  })
  languages.registerImplementationProvider('wit', {
    provideImplementation: (model, position, token) =>
      answer(token, ({ crossing }) => crossing.implementations(atOf(model, position))),
  })
  languages.registerRenameProvider('wit', {
    resolveRenameLocation: (model, position, token) =>
      answer(token, async ({ client }) => {
        const found = await client.call('renamable', files(), atOf(model, position))
        if (!found?.ok) {
          return { range: new monaco.Range(1, 1, 1, 1), text: '', rejectReason: plain(found?.message ?? 'Try again.') }
        }
        // That is asked when this has been answered.
        checkNames((name) => asking.crossing.refusal(atOf(model, position), name))
        return { range: rangeOf(found.place), text: found.text }
      }),
    provideRenameEdits: (model, position, name, token) =>
      answer(token, ({ crossing }) => crossing.rename(atOf(model, position), name)),
  })
}

const startOf = ({ startLineNumber, startColumn }: monaco.IRange): monaco.IPosition => ({
  lineNumber: startLineNumber,
  column: startColumn,
})

/** A comment in the code may have a fence of its own: this one is longer. */
function fenced(language: string, code: string): monaco.IMarkdownString {
  const runs = code.match(/`{3,}/g) ?? []
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)))
  return { value: `${fence}${language}\n${code}\n${fence}` }
}

/** Code within a line: what is in it must not end it. */
const inline = (code: string): string => {
  const runs = code.match(/`+/g) ?? []
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map((run) => run.length)))
  return `${fence} ${code} ${fence}`
}

function hoverParts({ wit, from, release, docs, typescript, throws, layout, gates }: Hover): monaco.IMarkdownString[] {
  const facts = [
    ...(from === undefined ? [] : [`in ${inline(from)}`]),
    ...(release === undefined ? [] : [`the project has ${inline(release)}: newer and compatible`]),
    ...gates.map(inline),
    ...(layout === undefined
      ? []
      : [`${layout.size} ${layout.size === 1 ? 'byte' : 'bytes'}, aligned to ${layout.align}`]),
  ]
  return [
    fenced('wit', wit),
    ...(docs === undefined || docs === '' ? [] : [{ value: docs }]),
    ...(typescript === undefined ? [] : [fenced('typescript', typescript)]),
    ...(throws === undefined ? [] : [{ value: `Throws ${inline(throws)}` }]),
    ...(facts.length === 0 ? [] : [{ value: facts.join(' · ') }]),
  ]
}

const { CompletionItemInsertTextRule, CompletionItemKind } = monaco.languages
const completionKinds: Readonly<Record<PlacedCompletion['kind'], monaco.languages.CompletionItemKind>> = {
  keyword: CompletionItemKind.Keyword,
  type: CompletionItemKind.Struct,
  resource: CompletionItemKind.Class,
  snippet: CompletionItemKind.Snippet,
  interface: CompletionItemKind.Interface,
  world: CompletionItemKind.Module,
}

function suggestionOf(found: PlacedCompletion): monaco.languages.CompletionItem {
  const { kind, label, insert, snippet, detail, docs, place, order, filter, also } = found
  return {
    label: detail === undefined ? label : { label, description: detail },
    kind: completionKinds[kind],
    insertText: insert,
    ...(snippet ? { insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet } : {}),
    ...(docs === undefined ? {} : { documentation: { value: docs } }),
    ...(filter === undefined ? {} : { filterText: filter }),
    ...(also && { additionalTextEdits: [{ range: rangeOf(also.place), text: also.text }] }),
    range: rangeOf(place),
    sortText: `${order}${label}`,
  }
}

const { SymbolKind } = monaco.languages
const symbolKinds: Readonly<Record<Symbol['kind'], monaco.languages.SymbolKind>> = {
  package: SymbolKind.Package,
  interface: SymbolKind.Interface,
  world: SymbolKind.Module,
  import: SymbolKind.Event,
  export: SymbolKind.Function,
  include: SymbolKind.Namespace,
  use: SymbolKind.Namespace,
  function: SymbolKind.Function,
  method: SymbolKind.Method,
  static: SymbolKind.Method,
  constructor: SymbolKind.Constructor,
  alias: SymbolKind.TypeParameter,
  record: SymbolKind.Struct,
  variant: SymbolKind.Enum,
  enum: SymbolKind.Enum,
  flags: SymbolKind.Array,
  resource: SymbolKind.Class,
  field: SymbolKind.Field,
  case: SymbolKind.EnumMember,
}

function symbolOf({ kind, name, place, selection, children }: Symbol): monaco.languages.DocumentSymbol {
  return {
    name: name === '' ? kind : name,
    detail: kind,
    kind: symbolKinds[kind],
    tags: [],
    range: rangeOf(place),
    selectionRange: rangeOf(selection),
    children: children.map(symbolOf),
  }
}
