import { useMemo, useRef, useState, type DragEvent } from 'react'
import { folderOf, isInside } from '../../../project/paths.ts'
import type { FileNote } from '../../../runner/runner.ts'
import type { IncomingFile } from '../../../state/incoming-files.ts'
import { pendingChanges, untoldChanges, type WorldFiles } from '../../../state/simulation/files.ts'
import { type FilePlace, nodeIn } from '../../../wasi/filesystem/edit.ts'
import { type KnownNodes, readDirs } from '../../../wasi/filesystem/tree.ts'
import { droppedFiles, hasFiles, incomingFile } from '../../explorer/dropped-files.ts'
import { counted } from '../../formats.ts'
import { Icon, type AnyIcon } from '../../late-icons.tsx'
import { useSelect } from '../../workbench-context.tsx'
import { useRead } from '../use-read.ts'
import { useSimulation } from '../use-simulation.ts'
import { FileDetail } from './file-detail.tsx'
import { mostRows, rowId, type WorldRow, worldRows } from './file-rows.ts'
import { FilesTree, type WorldNaming } from './files-tree.tsx'
import { useEditing } from './use-editing.ts'
import './files.css'

/** The folders that runs start with, and what the last run did to them. */
export function FilesPanel() {
  const simulation = useSimulation()
  // Another project has other folders: nothing of the one before is open or chosen.
  const opened = useSelect((state) => state.opened)
  return simulation ? <WorldFilesPanel key={opened} files={simulation.files} /> : null
}

const noDirs = {}

function WorldFilesPanel({ files }: { files: WorldFiles }) {
  const dirs = useSelect((state) => state.project.wasi?.dirs) ?? noDirs
  const told = useSelect((state) => state.simulation.files)
  /** An edit reads what it changed, and not all folders again. */
  const [known] = useState((): KnownNodes => new WeakMap())
  const folders = useMemo(() => readDirs(dirs, known), [dirs, known])
  const notes = useMemo(() => pendingChanges(told, folders), [told, folders])
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState<string>()
  const [naming, setNaming] = useState<WorldNaming>()
  const [dropping, setDropping] = useState(false)
  const read = useRead()
  const picker = useRef<HTMLInputElement>(null)
  const rows = useMemo(() => worldRows(folders, notes, collapsed), [folders, notes, collapsed])
  const row = rows.find(({ id }) => id === chosen)
  /** What the run did to it, and to what is in it: that is decided on together. */
  const notesAt = ({ preopen, path }: FilePlace): readonly FileNote[] =>
    notes.filter((note) => note.preopen === preopen && (note.path === path || isInside(note.path, path)))
  const { edit, isEditable } = useEditing(files)
  const editorOf = (of: WorldRow): (() => void) | undefined =>
    isEditable(nodeIn(folders.get(of.preopen), of.path)) ? () => void edit(of) : undefined
  /** New files go into the chosen folder, or beside the chosen file; where it is out of sight, into what hides it. */
  const holds = ({ id }: WorldRow): boolean => chosen?.startsWith(id.endsWith('/') ? id : `${id}/`) === true
  const into = folderAt(row ?? rows.findLast(holds)) ?? rows[0]

  /** In a folder that is open, so that it is seen. */
  function startNaming(next: WorldNaming | undefined): void {
    if (next && next.what !== 'rename') expand(next.folder)
    setNaming(next)
  }

  const expand = (folder: FilePlace): void =>
    setCollapsed((before) => new Set([...before].filter((id) => id !== rowId(folder))))

  function addPreopen(): void {
    const preopen = files.addPreopen()
    const id = rowId({ preopen, path: '' })
    setChosen(id)
    setNaming({ what: 'rename', id })
  }

  /** Into a folder, which opens, so that they are seen. */
  async function addFiles(incoming: readonly IncomingFile[], to: FilePlace | undefined): Promise<void> {
    await files.addFiles(incoming, to)
    if (to) expand(to)
  }

  function addDropped(event: DragEvent): void {
    setDropping(false)
    if (!hasFiles(event.dataTransfer)) return
    event.preventDefault()
    const { target } = event
    const under = target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : undefined
    const to = folderAt(rows.find(({ id }) => id === under)) ?? into
    void read(droppedFiles(event.dataTransfer), (dropped) => void addFiles(dropped, to))
  }

  return (
    <section className="files-panel" aria-label="Files of the simulated world" data-region>
      <div
        className="files-drop"
        data-drop={dropping || undefined}
        onDragOver={(event) => {
          if (!hasFiles(event.dataTransfer)) return
          event.preventDefault()
          setDropping(true)
        }}
        onDragLeave={(event) => {
          if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
            setDropping(false)
        }}
        onDrop={addDropped}
      >
        <div className="section-head">
          <h2>Folders for programs</h2>
          <span className="end">
            {into && (
              <>
                <HeadButton
                  icon="new-file"
                  label="New file"
                  onClick={() => startNaming({ what: 'file', folder: { preopen: into.preopen, path: into.path } })}
                />
                <HeadButton
                  icon="new-folder"
                  label="New folder"
                  onClick={() => startNaming({ what: 'folder', folder: { preopen: into.preopen, path: into.path } })}
                />
              </>
            )}
            <HeadButton icon="add-files" label="Add files from this device" onClick={() => picker.current?.click()} />
            <HeadButton icon="plus" label="Give programs one more folder" onClick={addPreopen} />
          </span>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label="Files for programs"
            onChange={({ target: input }) => {
              void addFiles(
                [...(input.files ?? [])].map((file) => incomingFile(file)),
                into,
              )
              // The same file can be chosen again.
              input.value = ''
            }}
          />
        </div>
        {rows.length === 0 ? (
          <div className="empty">
            <Icon name="folder" />
            <strong>Programs see no files yet</strong>
            <p>A component sees only the folders that you give it. Files can also be dropped here.</p>
            <button type="button" className="button primary" onClick={addPreopen}>
              Add a folder
            </button>
          </div>
        ) : (
          <>
            <Changes files={files} notes={notes} more={untoldChanges(told)} />
            <FilesTree
              files={files}
              rows={rows}
              chosen={chosen}
              naming={naming}
              collapsed={collapsed}
              onCollapse={setCollapsed}
              onChoose={setChosen}
              onName={startNaming}
              editorOf={editorOf}
              notesAt={notesAt}
            />
            {rows.length >= mostRows && (
              <p className="file-note">Close folders to see what comes after the first {mostRows} entries.</p>
            )}
            {row && (
              <FileDetail
                key={row.id}
                files={files}
                row={row}
                folder={folders.get(row.preopen)}
                notes={notesAt(row)}
                onEdit={editorOf(row)}
              />
            )}
          </>
        )}
      </div>
    </section>
  )
}

/** The folder that a row is, or that it is in. */
const folderAt = (row: WorldRow | undefined): FilePlace | undefined =>
  row && (row.kind === 'file' || row.kind === 'link' ? { preopen: row.preopen, path: folderOf(row.path) } : row)

interface ChangesProps {
  readonly files: WorldFiles
  readonly notes: readonly FileNote[]
  /** Changes that the run made and did not tell of. */
  readonly more: number
}

/** What the last run did as a whole: a run starts with the project's files again, unless its changes are kept. */
function Changes({ files, notes, more }: ChangesProps) {
  const count = notes.length + more
  const all = count === 1 ? 'One change' : `${counted(count)} changes`
  const listed = notes.length === 1 ? 'one is listed' : `${counted(notes.length)} are listed`
  return (
    <output className="files-changes">
      {count > 0 && (
        <>
          <span className="grow">
            {all} in the last run{more > 0 && `: ${notes.length === 0 ? 'none is listed' : listed}`}
          </span>
          {notes.length > 0 && (
            <button type="button" className="button small" onClick={() => files.keep(notes)}>
              {more > 0 ? 'Keep those' : 'Keep all'}
            </button>
          )}
          <button type="button" className="button small ghost" onClick={() => files.throwAway(notes, more)}>
            Throw away
          </button>
        </>
      )}
    </output>
  )
}

const HeadButton = ({ icon, label, onClick }: { icon: AnyIcon; label: string; onClick: () => void }) => (
  <button type="button" className="icon-button small" aria-label={label} title={label} onClick={onClick}>
    <Icon name={icon} />
  </button>
)
