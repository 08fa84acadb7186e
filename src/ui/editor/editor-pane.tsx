import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { isSource, isWit } from '../../project/paths.ts'
import { shownPath, type EditorGroup } from '../../state/tabs.ts'
import { latePart } from '../late-part.tsx'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import { EditorTabs } from './editor-tabs.tsx'
import type { AttachedEditor, Editors } from './editors.ts'
import type { Library } from './library-view.ts'
import { PlainEditor } from './plain-editor.tsx'

const EmptyEditor = latePart(async () => (await import('./empty-editor.tsx')).EmptyEditor)
const LibraryHead = latePart(async () => (await import('./library-head.tsx')).LibraryHead, { spare: true })

interface PaneProps {
  readonly label: string
  /** Which editors it stands for. */
  readonly groups: readonly EditorGroup[]
  readonly id: string
  readonly files: readonly string[]
  readonly active: string
  readonly editors: Editors | undefined
}

/** Files in tabs, and the editor of the one that is chosen. */
export function EditorPane({ label, groups, id: paneId, files, active, editors }: PaneProps) {
  const id = useId()
  return (
    <section className="editor-pane" id={paneId} aria-label={label} data-editor={groups.join(' ')} data-region>
      <EditorTabs label={label} panel={id} files={files} active={active} />
      {active === '' ? (
        <div className="editor-body">
          <EmptyEditor groups={groups} />
        </div>
      ) : (
        <div className="editor-body" id={id} role="tabpanel" aria-label={shownPath(active)}>
          <FileEditor label={label} path={active} editors={editors} />
        </div>
      )}
    </section>
  )
}

function FileEditor({ label, path, editors }: { label: string; path: string; editors: Editors | undefined }) {
  const { store, actions } = useWorkbench()
  const element = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<AttachedEditor>()
  const [library, setLibrary] = useState<Library>()
  const text = useSelect((state) => (editor ? '' : (state.project.files[path] ?? '')))
  const reveal = useSelect((state) => state.reveal)
  const handled = useRef(0)

  /** Whoever types goes on in the editor, with the next key. */
  const takeOver = useEffectEvent((attached: AttachedEditor) => {
    const field = document.activeElement
    if (!(field instanceof HTMLTextAreaElement) || !element.current?.parentElement?.contains(field)) return
    attached.goOn(path, field.selectionStart, field.selectionEnd)
  })
  useEffect(() => {
    if (!editors || !element.current) return undefined
    const attached = editors.attach(
      element.current,
      `${label}. Press Control M to move the focus with Tab.`,
      setLibrary,
    )
    takeOver(attached)
    setEditor(attached)
    return () => {
      attached.dispose()
      setEditor(undefined)
    }
  }, [editors, label])

  useEffect(() => editor?.show(path), [editor, path])
  useEffect(() => {
    if (!editor || reveal?.file !== path || reveal.id === handled.current) return
    handled.current = reveal.id
    editor.reveal(reveal.line, reveal.column, reveal.explain)
  }, [editor, reveal, path])

  function onFocus(): void {
    actions.warm()
    // The editor with the focus is the one that is in use.
    const { active } = store.getState()
    if (active[active.last] !== path) actions.showFile(path)
  }

  return (
    <>
      {library && <LibraryHead {...library} file={path} />}
      {editors && <div className="editor-host" ref={element} onFocus={onFocus} />}
      {!editor && (
        <PlainEditor
          key={path}
          path={path}
          text={text}
          language={isWit(path) ? 'wit' : isSource(path) ? 'source' : 'plain'}
          onFocus={onFocus}
        />
      )}
    </>
  )
}
