import { isWit } from '../../project/paths.ts'
import { problemsOf } from '../../state/selectors.ts'
import type { State } from '../../state/state.ts'
import type { Workbench } from '../../state/store.ts'
import type { Diagnostic } from '../../contract/fault.ts'
import { knownOf, rephrase, typeProblems } from './type-problems.ts'
import { editorOptions } from './editor-options.ts'
import { guestLib, guestLibPath } from './guest-lib.ts'
import { libraryView, libraryViewOf, type Library } from './library-view.ts'
import { withExports, type ExportProblem } from './exports/with-exports.ts'
import { watchExports } from './exports/watch-exports.ts'
import { jsonChanged, jsonTypes } from './json-types.ts'
import { defineKeys, defineLanguages } from './languages.ts'
import { markerOf } from './markers.ts'
import { hasText, modelOptions, pathOf, replaceText, root, uriOf, wordSeparators } from './models.ts'
import { monaco, TabFocus, typescript } from './monaco.ts'
import { editorTheme, forcedTheme } from './monaco-theme.ts'
import { isSmall } from '../shell/breakpoints.ts'
import { watchUses } from './watch-uses.ts'
import { wrapsLines } from './wrap.ts'

/** Everything that the page does with Monaco: one model for each file, editors that show them, problems and types. */
export interface Editors {
  /** `onLibrary`: what the editor shows in the place of the file, if anything. */
  attach(element: HTMLElement, label: string, onLibrary: (library: Library | undefined) => void): AttachedEditor
  /** `forced`: the system's colours replace those of the page. */
  setTheme(theme: 'light' | 'dark', forced: boolean): void
  /** Pixels, of the editors that are there and of those to come. */
  setType(type: CodeType): void
  /** Whether the editor that was used last has that action for what it shows. */
  offers(action: string): boolean
  /** Does it there, and puts the focus there. */
  perform(action: string): void
  /** The editor that was used last goes back to its file; false where it shows it. */
  leaveLibrary(): boolean
}

export interface CodeType {
  readonly fontSize: number
  readonly lineHeight: number
}

export interface AttachedEditor {
  show(path: string): void
  /** Shows a file with that selected, UTF-16 code units from its beginning, and takes the focus. */
  goOn(path: string, from: number, to: number): void
  /** Goes to a place; `explain` opens what is said about it. */
  reveal(line: number, column: number, explain: boolean): void
  dispose(): void
}

export function createEditors(workbench: Workbench): Editors {
  const { store, actions } = workbench
  defineLanguages(workbench)
  defineKeys()
  /** What TypeScript marks, what the world misses in the entry, and what the code misses in the world. */
  let said: readonly Diagnostic[] = []
  let unfit: readonly ExportProblem[] = []
  let lacks: readonly Diagnostic[] = []
  /** Those of the problems that TypeScript marks itself. */
  let marked: readonly Diagnostic[] = []
  const show = (): void => {
    const { byTypeScript, own } = withExports(said, unfit)
    marked = byTypeScript
    // What the world wants comes before what follows from it.
    actions.showTypeProblems([...own, ...byTypeScript, ...lacks])
  }
  /** Set while the text of a model follows the state, so that the change does not come back. */
  let following = false
  let used: monaco.editor.ICodeEditor | undefined
  let type: CodeType = { fontSize: 12, lineHeight: 20 }
  const wrapping = () => ({ wordWrap: wrapsLines(store.getState()) ? 'on' : 'off' }) as const
  const wrap = (): void => {
    for (const editor of monaco.editor.getEditors()) editor.updateOptions(wrapping())
  }
  matchMedia(isSmall).addEventListener('change', wrap)

  /** `fresh`: another project, whose texts are no edit of what stood there before. */
  function syncModels(files: State['project']['files'], fresh: boolean): void {
    following = true
    for (const model of monaco.editor.getModels()) {
      if (model.uri.scheme === 'file' && files[pathOf(model.uri)] === undefined) model.dispose()
    }
    for (const [path, text] of Object.entries(files)) {
      const uri = uriOf(path)
      const model = monaco.editor.getModel(uri)
      if (!model) createModel(uri, text)
      else if (fresh && !hasText(model, text)) model.setValue(text)
      else replaceText(model, text)
    }
    following = false
  }

  function createModel(uri: monaco.Uri, text: string): void {
    const path = pathOf(uri)
    const model = monaco.editor.createModel(
      text,
      isWit(path) ? 'wit' : path.endsWith('.json') ? 'json' : undefined,
      uri,
    )
    model.updateOptions(modelOptions)
    model.onDidChangeContent(() => {
      if (!following) actions.editFile(path, model.getValue())
    })
  }

  /** The TypeScript service's own findings are shown by itself; all others are ours to draw. */
  function drawProblems(diagnostics: State['diagnostics']): void {
    const problems = problemsOf(diagnostics).filter((problem) => !marked.includes(problem))
    for (const model of monaco.editor.getModels()) {
      const path = pathOf(model.uri)
      const own = problems.filter(({ place }) => place?.file === path)
      monaco.editor.setModelMarkers(
        model,
        'witcraft',
        own.map((each) => markerOf(each, model)),
      )
    }
  }

  /** Where nobody has been yet, the editor of the file that is shown. */
  function target(): monaco.editor.ICodeEditor | undefined {
    const { last, wit, source } = store.getState().active
    const shown = last === 'wit' ? wit : source
    const showing = monaco.editor.getEditors().find((editor) => {
      const model = editor.getModel()
      return model !== null && pathOf(model.uri) === shown
    })
    return used ?? showing
  }

  /** Its marks are made again with these types. */
  function showTypes({ prepared, project }: Pick<State, 'prepared' | 'project'>): void {
    const libs = Object.entries(prepared?.guestTypes ?? {}).map(([path, content]) => ({
      filePath: `${root}witcraft/types/${path}`,
      content,
    }))
    const { typescriptDefaults } = typescript
    typescriptDefaults.setExtraLibs([{ filePath: guestLibPath, content: guestLib }, ...libs, ...jsonTypes(project)])
  }

  /** The status bar says how Tab gets out while an editor has the focus. */
  function watchFocus(editor: monaco.editor.IStandaloneCodeEditor): void {
    const tell = (editing: boolean): void => actions.setShell({ editing, tabLeaves: TabFocus.getTabFocusMode() })
    editor.onDidFocusEditorText(() => tell(true))
    editor.onDidBlurEditorText(() => tell(false))
    const watching = TabFocus.onDidChangeTabFocus(() => tell(editor.hasTextFocus()))
    editor.onDidDispose(() => watching.dispose())
  }

  typescript.typescriptDefaults.setDiagnosticsOptions({
    // Before the world is known, every import from it would be reported as missing. Other options would end the worker,
    // which then reads its libraries again: these are the same ones, of which each check asks what holds now.
    get noSemanticValidation() {
      return store.getState().prepared === undefined
    },
    noSuggestionDiagnostics: true,
  })
  syncModels(store.getState().project.files, true)
  showTypes(store.getState())
  drawProblems(store.getState().diagnostics)
  store.subscribe((state, before) => {
    const fresh = state.opened !== before.opened
    if (state.project.files !== before.project.files) syncModels(state.project.files, fresh)
    if (state.prepared !== before.prepared || jsonChanged(state.project, before.project)) showTypes(state)
    if (state.diagnostics !== before.diagnostics) drawProblems(state.diagnostics)
    if (state.preferences.wrap !== before.preferences.wrap) wrap()
  })
  monaco.editor.onDidChangeMarkers((uris) => {
    const known = knownOf(store.getState())
    for (const uri of uris) rephrase(uri, known)
    const found = typeProblems(monaco.editor.getModelMarkers({ owner: 'typescript' }), known)
    // Marks of ours are told of too: to draw them again for it would never end.
    if (JSON.stringify(found) === JSON.stringify(said)) return
    said = found
    show()
  })
  watchExports(workbench, (problems) => {
    unfit = problems
    show()
  })
  watchUses(workbench, (problems) => {
    lacks = problems
    show()
  })

  return {
    attach(element, label, onLibrary) {
      const editor = monaco.editor.create(element, { ...editorOptions, ...type, ...wrapping(), ariaLabel: label })
      watchFocus(editor)
      editor.onDidFocusEditorWidget(() => (used = editor))
      editor.onDidDispose(() => used === editor && (used = undefined))
      const library = libraryView(editor, label, onLibrary)
      let shown = ''
      /** Cursor and scroll position of the files that are not shown. */
      let views = new WeakMap<monaco.editor.ITextModel, monaco.editor.ICodeEditorViewState | null>()
      /** Another project begins at its beginning, though its files have the names of those that were there. */
      const begin = (): void => {
        views = new WeakMap()
        editor.setPosition({ lineNumber: 1, column: 1 })
        editor.setScrollPosition({ scrollTop: 0, scrollLeft: 0 }, monaco.editor.ScrollType.Immediate)
      }
      const end = store.subscribe(({ active, opened }, before) => {
        // Who goes to the file is led to it; the focus alone, which says which editor is in use, leaves the library there.
        const isAsked = active.last === before.active.last || !element.contains(document.activeElement)
        if (opened !== before.opened || (active !== before.active && active[active.last] === shown && isAsked))
          library.leave()
        if (opened !== before.opened) begin()
      })
      editor.onDidDispose(end)
      const show = (path: string): void => {
        library.leave()
        shown = path
        const model = monaco.editor.getModel(uriOf(path))
        const before = editor.getModel()
        if (model === before) return
        if (before) views.set(before, editor.saveViewState())
        editor.updateOptions({ wordSeparators: wordSeparators(model) })
        editor.setModel(model)
        if (model) editor.restoreViewState(views.get(model) ?? null)
      }
      return {
        show,
        goOn(path, from, to) {
          show(path)
          const model = editor.getModel()
          if (!model) return
          const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)]
          editor.setSelection(monaco.Selection.fromPositions(start, end))
          editor.revealPosition(end)
          editor.focus()
        },
        reveal(line, column, explain) {
          library.leave()
          editor.setPosition({ lineNumber: line, column })
          editor.revealPositionInCenterIfOutsideViewport({ lineNumber: line, column })
          editor.focus()
          if (explain) editor.trigger('witcraft', 'editor.action.showHover', { focus: 'noAutoFocus' })
        },
        dispose: () => editor.dispose(),
      }
    },
    setTheme(theme, forced) {
      monaco.editor.defineTheme('witcraft', forced ? forcedTheme() : editorTheme(theme))
      monaco.editor.setTheme('witcraft')
    },
    setType(next) {
      type = next
      for (const editor of monaco.editor.getEditors()) editor.updateOptions(type)
    },
    offers(action) {
      const editor = target()
      return editor !== undefined && (editor.getAction(action)?.isSupported() ?? true)
    },
    perform(action) {
      const editor = target()
      editor?.focus()
      editor?.trigger('command', action, null)
    },
    leaveLibrary: () => (used && libraryViewOf(used)?.leave()) ?? false,
  }
}
