import { useEffect, useMemo } from 'react'
import { sourceFiles, witFiles } from '../../state/selectors.ts'
import { isNarrow } from '../shell/breakpoints.ts'
import { Sash } from '../shell/sash.tsx'
import { ArrivalPage } from '../share/arrival.tsx'
import { useMedia, useTheme } from '../theme/use-theme.ts'
import { useSelect } from '../workbench-context.tsx'
import { EditorPane } from './editor-pane.tsx'
import { useCodeSize } from './code-size.ts'
import { useEditors } from './use-editors.ts'
import './editor.css'

/** WIT and TypeScript side by side; in a narrow window one editor with the files of both. */
export function CodeArea() {
  const editors = useEditors()
  const theme = useTheme()
  const project = useSelect((state) => state.project)
  const { wit, source, last } = useSelect((state) => state.active)
  const nothingOpen = useSelect((state) => state.opened === 0)
  const narrow = useMedia(isNarrow)
  const files = useMemo(() => ({ wit: witFiles(project), source: sourceFiles(project) }), [project])

  useEffect(() => editors?.setTheme(theme), [editors, theme])
  useCodeSize(editors)

  if (nothingOpen) return <ArrivalPage />
  if (narrow) {
    const active = last === 'wit' ? wit : source
    return (
      <div className="editor-panes single">
        <EditorPane
          key="editor"
          id="editor"
          holds="wit source"
          label="Editor"
          files={[...files.wit, ...files.source]}
          active={active}
          editors={editors}
        />
      </div>
    )
  }
  return (
    <div className="editor-panes">
      <EditorPane
        key="wit-editor"
        id="wit-editor"
        holds="wit"
        label="WIT editor"
        files={files.wit}
        active={wit}
        editors={editors}
      />
      <Sash pane="wit" label="Width of the WIT editor" controls="wit-editor" axis="x" side="before" />
      <EditorPane
        id="source-editor"
        holds="source"
        label="TypeScript editor"
        files={files.source}
        active={source}
        editors={editors}
      />
    </div>
  )
}
