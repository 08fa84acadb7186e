import { useEffect, useId, useRef, useState } from 'react'
import { isWit } from '../../project/paths.ts'
import { problemsOf } from '../../state/selectors.ts'
import { Icon } from '../icons.tsx'
import { onTabKey } from '../tab-keys.ts'
import { useActions, useSelect } from '../workbench-context.tsx'
import { CodeView } from './code-view.tsx'
import type { AttachedEditor, Editors } from './editors.ts'

interface PaneProps {
  readonly label: string
  /** Which editors it stands for, as the commands name them. */
  readonly holds: string
  readonly id: string
  readonly files: readonly string[]
  readonly active: string
  readonly editors: Editors | undefined
}

/** Files in tabs, and the editor of the one that is chosen. */
export function EditorPane({ label, holds, id: paneId, files, active, editors }: PaneProps) {
  const id = useId()
  const { showFile } = useActions()
  return (
    <section className="editor-pane" id={paneId} aria-label={label} data-editor={holds} data-region>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the keys bubble from the tabs */}
      <div className="tabs" role="tablist" aria-label={`Files of the ${label}`} onKeyDown={onTabKey}>
        {files.map((path) => (
          <button
            key={path}
            type="button"
            role="tab"
            className="tab"
            aria-selected={path === active}
            aria-controls={id}
            tabIndex={path === active ? 0 : -1}
            onClick={() => showFile(path)}
          >
            <Icon name={isWit(path) ? 'wit' : 'source'} />
            {path}
            <FileProblems path={path} />
          </button>
        ))}
      </div>
      <div className="editor-body" id={id} role="tabpanel" aria-label={active}>
        {active === '' ? (
          <p className="empty">There is no file to show here.</p>
        ) : (
          <FileEditor label={label} path={active} editors={editors} />
        )}
      </div>
    </section>
  )
}

function FileProblems({ path }: { path: string }) {
  const diagnostics = useSelect((state) => state.diagnostics)
  const count = problemsOf(diagnostics).filter((each) => each.place?.file === path && each.severity === 'error').length
  if (count === 0) return null
  return (
    <span className="err">
      {count}
      <span className="visually-hidden"> problems</span>
    </span>
  )
}

function FileEditor({ label, path, editors }: { label: string; path: string; editors: Editors | undefined }) {
  const { warm } = useActions()
  const text = useSelect((state) => (editors ? '' : (state.project.files[path] ?? '')))
  const reveal = useSelect((state) => state.reveal)
  const element = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<AttachedEditor>()
  const handled = useRef(0)

  useEffect(() => {
    if (!editors || !element.current) return undefined
    const attached = editors.attach(element.current, `${label}. Press Control M to move the focus with Tab.`)
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

  if (editors) return <div className="editor-host" ref={element} onFocus={warm} />
  return <CodeView text={text} language={isWit(path) ? 'wit' : 'source'} />
}
