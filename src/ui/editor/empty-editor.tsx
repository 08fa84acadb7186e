import { useEffect, useRef } from 'react'
import { folderOf } from '../../project/paths.ts'
import { defaultEntry } from '../../project/project.ts'
import { projectPaths } from '../../state/selectors.ts'
import { groupOf, type EditorGroup } from '../../state/tabs.ts'
import { Icon } from '../late-icons.tsx'
import { useActions, useSelect } from '../workbench-context.tsx'
import { focusEditor } from './focus-editor.ts'

/** Files that are offered; the explorer has the rest. */
const offered = 3

/** An editor without a file: offers those that it could show, or to make the one that a project needs. */
export function EmptyEditor({ groups }: { groups: readonly EditorGroup[] }) {
  const { showFile, createFile, reopenFile } = useActions()
  const project = useSelect((state) => state.project)
  const closed = useSelect((state) => state.closed.some((path) => groups.includes(groupOf(path))))
  const files = projectPaths(project)
    .filter((path) => Object.hasOwn(project.files, path) && groups.includes(groupOf(path)))
    .toSorted((a, b) => folderOf(a).length - folderOf(b).length)
  const entry = project.entry ?? defaultEntry
  const element = useRef<HTMLDivElement>(null)

  useEffect(() => {
    // The editor that was closed had the focus: it goes on here, and is not lost.
    if (document.activeElement === document.body) element.current?.querySelector('button')?.focus()
  }, [])

  function show(path: string): void {
    showFile(path)
    focusEditor(path)
  }

  function make(path: string, text: string): void {
    if (createFile(path, text) === undefined) focusEditor(path)
  }

  return (
    <div className="empty editor-empty" ref={element}>
      <Icon name="file" />
      <strong>No file is open</strong>
      {files.length > 0 ? (
        <p>
          Open one here
          {closed && <span className="by-key">, or press Alt+Shift+W for the one that was closed last</span>}.
        </p>
      ) : (
        <p>
          {groups.length > 1
            ? 'The project has no files yet.'
            : groups.includes('wit')
              ? 'The project has no WIT file yet.'
              : 'The project has no source yet.'}
        </p>
      )}
      <span className="row">
        {files.slice(0, offered).map((path) => (
          <button key={path} type="button" className="button small" onClick={() => show(path)}>
            {path}
          </button>
        ))}
        {files.length > offered && closed && (
          <button type="button" className="button small" onClick={reopenFile}>
            Open the last one
          </button>
        )}
        {files.length === 0 && groups.includes('wit') && (
          <button
            type="button"
            className="button small"
            onClick={() => make('world.wit', 'package example:app;\n\nworld app {\n}\n')}
          >
            Create world.wit
          </button>
        )}
        {files.length === 0 && groups.includes('source') && (
          <button type="button" className="button small" onClick={() => make(entry, '')}>
            Create {entry}
          </button>
        )}
      </span>
    </div>
  )
}
