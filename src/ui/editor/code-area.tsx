import { useEffect, useState } from 'react'
import { latePart } from '../late-part.tsx'
import { isNarrow } from '../shell/breakpoints.ts'
import { Sash } from '../shell/sash.tsx'
import { useMedia, useTheme } from '../theme/use-theme.ts'
import { useSelect } from '../workbench-context.tsx'
import { EditorPane } from './editor-pane.tsx'
import { useCodeSize } from './code-size.ts'
import { useEditors } from './use-editors.ts'
import './editor.css'

const ArrivalPage = latePart(async () => (await import('../share/arrival.tsx')).ArrivalPage)

/** WIT and TypeScript side by side; in a narrow window one editor with the files of both. */
export function CodeArea() {
  const { editors, failed, retry } = useEditors()
  const theme = useTheme()
  const open = useSelect((state) => state.open)
  const { wit, source, last } = useSelect((state) => state.active)
  const nothingOpen = useSelect((state) => state.opened === 0)
  const narrow = useMedia(isNarrow)

  const forced = useMedia('(forced-colors: active)')
  useEffect(() => editors?.setTheme(theme, forced), [editors, theme, forced])
  useCodeSize(editors)

  if (nothingOpen) return <ArrivalPage />
  const failure = failed && (
    <p className="editor-failure" role="alert">
      <span>
        <strong>The editor did not arrive.</strong> The code can be read, typed and run as plain text. Check the
        connection and try again.
      </span>
      <button type="button" className="button small" onClick={retry}>
        Try again
      </button>
    </p>
  )
  const hint = !editors && !failed && <LoadingHint />
  if (narrow) {
    return (
      <>
        {failure}
        <div className="editor-panes single">
          <EditorPane
            key="editor"
            id="editor"
            label="Editor"
            groups={bothGroups}
            files={[...open.wit, ...open.source]}
            active={last === 'wit' ? wit : source}
            editors={editors}
          />
          {hint}
        </div>
      </>
    )
  }
  return (
    <>
      {failure}
      <div className="editor-panes">
        <EditorPane
          key="wit-editor"
          id="wit-editor"
          label="WIT editor"
          groups={witGroup}
          files={open.wit}
          active={wit}
          editors={editors}
        />
        <Sash pane="wit" label="Width of the WIT editor" controls="wit-editor" axis="x" side="before" />
        <EditorPane
          id="source-editor"
          label="TypeScript editor"
          groups={sourceGroup}
          files={open.source}
          active={source}
          editors={editors}
        />
        {hint}
      </div>
    </>
  )
}

/** Milliseconds that the editor may take without a word. */
const patience = 1000

/** Over a corner of the text, so that nothing moves for it. */
function LoadingHint() {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), patience)
    return () => clearTimeout(timer)
  }, [])
  return <output className="editor-hint">{slow && 'The editor is loading. What you type is kept.'}</output>
}

const witGroup = ['wit'] as const
const sourceGroup = ['source'] as const
const bothGroups = ['wit', 'source'] as const
