import { wordSeparators } from './models.ts'
import { monaco } from './monaco.ts'

/** What stands over an editor that shows a file which is not the project's. */
export interface Library {
  /** `wasi:random@0.2.12`, `lib.es5.d.ts`. */
  readonly title: string
  readonly leave: () => void
}

export interface LibraryView {
  open(uri: monaco.Uri, selection: monaco.IRange | monaco.IPosition | undefined): boolean
  /** Back to the file of the project as it was left; false where it is shown. */
  leave(): boolean
}

const views = new WeakMap<monaco.editor.ICodeEditor, LibraryView>()

export const libraryViewOf = (editor: monaco.editor.ICodeEditor): LibraryView | undefined => views.get(editor)

/** What the editor showed, and how. */
interface Left {
  readonly model: monaco.editor.ITextModel | null
  readonly view: monaco.editor.ICodeEditorViewState | null
  readonly wordWrap: NonNullable<monaco.editor.IEditorOptions['wordWrap']>
}

/** Where nothing of the editor's own is open that the key closes, other than a message: that it can only be read. */
const atRest =
  'witcraftLibrary && editorTextFocus && !findWidgetVisible && !referenceSearchVisible && !editorHoverFocused'

/** A file that is built in takes the whole place of one of the project in an editor, read-only, until it is left. */
export function libraryView(
  editor: monaco.editor.IStandaloneCodeEditor,
  label: string,
  onChange: (library: Library | undefined) => void,
): LibraryView {
  let left: Left | undefined
  const isOpen = editor.createContextKey<boolean>('witcraftLibrary', false)

  function leave(): boolean {
    if (!left) return false
    const { model, view, wordWrap } = left
    left = undefined
    isOpen.set(false)
    const kept = model?.isDisposed() === false ? model : null
    editor.updateOptions({ readOnly: false, ariaLabel: label, wordSeparators: wordSeparators(kept), wordWrap })
    editor.setModel(kept)
    editor.restoreViewState(view)
    onChange(undefined)
    return true
  }

  function goBack(): void {
    leave()
    editor.focus()
  }

  const view: LibraryView = {
    open(uri, selection) {
      const model = monaco.editor.getModel(uri)
      if (!model) return false
      const title = uri.path.replace(/^.*\//, '')
      const { wordWrap = 'off' } = editor.getRawOptions()
      left ??= { model: editor.getModel(), view: editor.saveViewState(), wordWrap }
      editor.setModel(model)
      isOpen.set(true)
      editor.updateOptions({
        readOnly: true,
        // Documentation is most of it, and nothing in it is lined up.
        wordWrap: 'on',
        wordSeparators: wordSeparators(model),
        readOnlyMessage: { value: `\`${title}\` can only be read. Esc goes back to your code.` },
        ariaLabel: `${title}, read-only. Press Escape to go back to your code.`,
      })
      const at = monaco.Range.lift(selection && rangeFrom(selection)) ?? new monaco.Range(1, 1, 1, 1)
      editor.setPosition(at.getStartPosition())
      editor.revealRangeNearTop(at, monaco.editor.ScrollType.Immediate)
      editor.focus()
      onChange({ title, leave: goBack })
      return true
    },
    leave,
  }
  editor.addAction({
    id: 'witcraft.leaveLibrary',
    label: 'Go back to the file of the project',
    keybindings: [monaco.KeyCode.Escape],
    keybindingContext: atRest,
    run: goBack,
  })
  views.set(editor, view)
  return view
}

const rangeFrom = (at: monaco.IRange | monaco.IPosition): monaco.IRange =>
  'startLineNumber' in at
    ? at
    : { startLineNumber: at.lineNumber, startColumn: at.column, endLineNumber: at.lineNumber, endColumn: at.column }
