import { useEffect, useMemo, useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import { baseOf, folderOf, isWit, joinPath } from '../../project/paths.ts'
import { defaultEntry } from '../../project/project.ts'
import { problemsOf, projectPaths } from '../../state/selectors.ts'
import { isMac } from '../commands/chords.ts'
import { focusEditor } from '../editor/focus-editor.ts'
import { bytes } from '../../state/bytes.ts'
import { Icon, type AnyIcon } from '../late-icons.tsx'
import { useActions, useSelect } from '../workbench-context.tsx'
import { draggedPath, droppedFiles, hasFiles } from './dropped-files.ts'
import { NameInput } from './name-input.tsx'
import { RowMenu, type MenuChoice } from './row-menu.tsx'
import { fileRows, type FileRow } from './tree-rows.ts'
import { focusRow, Tree } from './tree.tsx'

/** A name that is being typed: of something new in a folder, or of something that is there. */
export type Naming =
  | { readonly what: 'file' | 'folder'; readonly folder: string }
  | { readonly what: 'rename'; readonly row: FileRow }

interface FileTreeProps {
  readonly naming: Naming | undefined
  readonly onName: (naming: Naming | undefined) => void
  /** The folder that new files go to, as far as the tree knows. */
  readonly onFolder: (folder: string) => void
}

/** The files of the project: open, rename, delete and move them, by pointer and by keyboard. */
export function FileTree({ naming, onName, onFolder }: FileTreeProps) {
  const actions = useActions()
  const project = useSelect((state) => state.project)
  const folders = useSelect((state) => state.folders)
  const selected = useSelect((state) => state.active[state.active.last])
  const errors = useErrorCounts()
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [menu, setMenu] = useState<{ readonly row: FileRow; readonly at: { readonly x: number; readonly y: number } }>()
  const [target, setTarget] = useState<string>()
  const tree = useRef<HTMLUListElement>(null)
  /** Where the focus goes with the next drawing. */
  const wanted = useRef<string>(undefined)

  const rows = useMemo(
    () => fileRows(projectPaths(project), folders, { main: ['world.wit', project.entry ?? defaultEntry], collapsed }),
    [project, folders, collapsed],
  )

  useEffect(() => {
    if (wanted.current === undefined) return
    focusRow(tree.current, wanted.current)
    wanted.current = undefined
  })

  function toggle({ id }: FileRow, expanded: boolean): void {
    const next = new Set(collapsed)
    if (expanded) next.delete(id)
    else next.add(id)
    setCollapsed(next)
  }

  /** Opens the folders on the way to a path. */
  function reveal(path: string): void {
    setCollapsed(new Set([...collapsed].filter((folder) => !path.startsWith(`${folder}/`))))
  }

  function startNaming(next: Naming): void {
    if (next.what !== 'rename' && next.folder !== '') reveal(joinPath(next.folder, ''))
    onName(next)
  }

  function remove(row: FileRow): void {
    const at = rows.indexOf(row)
    const after = rows.slice(at + 1).find((each) => !each.id.startsWith(`${row.id}/`)) ?? rows[at - 1]
    wanted.current = after?.id
    if (row.kind === 'folder') actions.deleteFolder(row.id)
    else actions.deleteFile(row.id)
  }

  function open(row: FileRow, how: 'go' | 'stay'): void {
    if (row.kind === 'binary') return
    actions.showFile(row.id)
    if (how === 'go') focusEditor(row.id)
  }

  const choices = (row: FileRow): MenuChoice[] => [
    ...(row.kind === 'text' ? [{ label: 'Open', keys: 'Enter', act: () => open(row, 'go') }] : []),
    ...(row.kind === 'folder'
      ? [
          { label: 'New file here', act: () => startNaming({ what: 'file', folder: row.id }) },
          { label: 'New folder here', act: () => startNaming({ what: 'folder', folder: row.id }) },
        ]
      : []),
    { label: 'Rename or move', keys: 'F2', act: () => startNaming({ what: 'rename', row }) },
    { label: 'Delete', keys: isMac ? '⌘⌫' : 'Del', act: () => remove(row) },
  ]

  function onKey(event: KeyboardEvent, row: FileRow): boolean {
    const { key, shiftKey } = event
    if (key === 'F2') return (startNaming({ what: 'rename', row }), true)
    if (key === 'Delete' || (key === 'Backspace' && event.metaKey)) return (remove(row), true)
    if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
      const box = event.currentTarget.getBoundingClientRect()
      return (setMenu({ row, at: { x: box.left + 24, y: box.bottom } }), true)
    }
    if (key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !shiftKey) return (actions.undo(), true)
    return false
  }

  /** Moves a file or a folder; what cannot be moved is asked for under another name. */
  function move(path: string, folder: string): void {
    const row = rows.find((each) => each.id === path)
    const to = joinPath(folder, baseOf(path))
    if (!row || to === path) return
    wanted.current = to
    const refused = row.kind === 'folder' ? actions.renameFolder(path, to) : actions.renameFile(path, to)
    if (refused === undefined) reveal(to)
    else startNaming({ what: 'rename', row })
  }

  const dropProps = (folder: string) => ({
    onDragOver(event: DragEvent) {
      const files = hasFiles(event.dataTransfer)
      if (!files && !event.dataTransfer.types.includes(draggedPath)) return
      event.preventDefault()
      event.stopPropagation()
      event.dataTransfer.dropEffect = files ? 'copy' : 'move'
      setTarget(folder)
    },
    onDrop(event: DragEvent) {
      event.preventDefault()
      event.stopPropagation()
      setTarget(undefined)
      const path = event.dataTransfer.getData(draggedPath)
      if (path !== '') move(path, folder)
      else if (hasFiles(event.dataTransfer)) {
        void droppedFiles(event.dataTransfer).then((files) => actions.addFiles(files, folder))
      }
    },
  })

  function drafts(before: FileRow | undefined) {
    if (naming === undefined || naming.what === 'rename') return null
    const { what, folder } = naming
    const first = rows.find((row) => folderOf(row.id) === folder)
    // In a folder without files it comes after the folder itself.
    const follower = first ?? (folder === '' ? undefined : rows[rows.findIndex((row) => row.id === folder) + 1])
    if (follower !== before) return null
    return (
      <NameInput
        key="new"
        label={what === 'file' ? 'Path of the new file' : 'Path of the new folder'}
        icon={what === 'file' ? 'source' : 'folder'}
        level={folder === '' ? 1 : folder.split('/').length + 1}
        initial={folder === '' ? '' : joinPath(folder, '')}
        onCommit={(path) => {
          const refused = what === 'file' ? actions.createFile(path) : actions.createFolder(path)
          if (refused !== undefined) return refused
          reveal(path)
          if (what === 'file') focusEditor(path)
          else wanted.current = path
          return undefined
        }}
        onEnd={(kept) => {
          if (!kept) wanted.current = folder === '' ? rows[0]?.id : folder
          onName(undefined)
        }}
      />
    )
  }

  function renaming(row: FileRow) {
    if (naming?.what !== 'rename' || naming.row.id !== row.id) return null
    return (
      <NameInput
        key={row.id}
        label={`New path of ${row.id}`}
        icon={iconOf(row)}
        level={row.level}
        initial={row.id}
        onCommit={(path) => {
          const refused = row.kind === 'folder' ? actions.renameFolder(row.id, path) : actions.renameFile(row.id, path)
          if (refused === undefined) {
            reveal(path)
            wanted.current = path
          }
          return refused
        }}
        onEnd={() => {
          wanted.current ??= row.id
          onName(undefined)
        }}
      />
    )
  }

  return (
    <div
      className="file-tree"
      data-drop={target === '' || undefined}
      {...dropProps('')}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) {
          setTarget(undefined)
        }
      }}
    >
      <Tree
        ref={tree}
        label="Project files"
        rows={rows}
        selected={selected}
        onToggle={toggle}
        onOpen={open}
        onKey={onKey}
        instead={renaming}
        before={drafts}
        rowProps={(row) => ({
          className: row.kind === 'folder' && row.id === target ? 'drop' : '',
          title: row.id,
          draggable: true,
          onDragStart(event) {
            event.dataTransfer.setData(draggedPath, row.id)
            event.dataTransfer.effectAllowed = 'move'
          },
          onDragEnd: () => setTarget(undefined),
          onFocusCapture: () => onFolder(row.kind === 'folder' ? row.id : folderOf(row.id)),
          onContextMenu(event) {
            event.preventDefault()
            event.currentTarget.focus()
            setMenu({ row, at: { x: event.clientX, y: event.clientY } })
          },
          ...dropProps(row.kind === 'folder' ? row.id : folderOf(row.id)),
        })}
      >
        {(row) => (
          <>
            <Icon name={iconOf(row)} />
            <span className="cut grow">{row.name}</span>
            <RowDetail row={row} errors={errors(row)} binary={project.binaries?.[row.id]} />
            <button
              type="button"
              className="icon-button small row-more"
              tabIndex={-1}
              // For the pointer; it would become a part of the row's name. The menu key opens the same menu.
              aria-hidden="true"
              title={`Actions for ${row.id}`}
              onClick={(event) => {
                event.stopPropagation()
                const box = event.currentTarget.getBoundingClientRect()
                setMenu({ row, at: { x: box.left, y: box.bottom + 2 } })
              }}
            >
              <Icon name="more" />
            </button>
          </>
        )}
      </Tree>
      {rows.length === 0 && naming === undefined && (
        <p className="explorer-hint">There are no files yet. Make one above, or drop some here.</p>
      )}
      {menu && (
        <RowMenu
          label={`Actions for ${menu.row.id}`}
          at={menu.at}
          choices={choices(menu.row)}
          onClose={(chosen) => {
            if (!chosen) wanted.current = menu.row.id
            setMenu(undefined)
          }}
        />
      )}
    </div>
  )
}

function RowDetail({ row, errors, binary }: { row: FileRow; errors: number; binary: string | undefined }) {
  if (errors > 0) {
    return (
      <span className="err tree-detail">
        {errors}
        <span className="visually-hidden">{errors === 1 ? ' error' : ' errors'}</span>
      </span>
    )
  }
  // Four characters stand for three bytes.
  if (binary !== undefined) return <span className="dim tree-detail">{bytes(Math.floor((binary.length * 3) / 4))}</span>
  if (row.kind !== 'folder') return null
  return (
    <span className={row.expanded ? 'visually-hidden' : 'dim tree-detail'}>
      {row.files}
      <span className="visually-hidden">{row.files === 1 ? ' file' : ' files'}</span>
    </span>
  )
}

const iconOf = ({ kind, id }: FileRow): AnyIcon =>
  kind === 'folder' ? 'folder' : kind === 'binary' ? 'component' : isWit(id) ? 'wit' : 'source'

/** Errors in a file, and, for a folder that is closed, in everything inside. */
function useErrorCounts(): (row: FileRow) => number {
  const diagnostics = useSelect((state) => state.diagnostics)
  return useMemo(() => {
    const files = problemsOf(diagnostics).flatMap(({ place, severity }) =>
      place && severity === 'error' ? [place.file] : [],
    )
    return ({ id, kind, expanded }) =>
      kind !== 'folder'
        ? files.filter((file) => file === id).length
        : expanded
          ? 0
          : files.filter((file) => file.startsWith(`${id}/`)).length
  }, [diagnostics])
}
