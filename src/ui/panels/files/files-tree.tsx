import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { FileNote } from '../../../runner/runner.ts'
import { bytes } from '../../../state/bytes.ts'
import type { WorldFiles } from '../../../state/simulation/files.ts'
import type { FilePlace } from '../../../wasi/filesystem/edit.ts'
import { isMac } from '../../commands/chords.ts'
import { NameInput } from '../../explorer/name-input.tsx'
import { RowMenu, type MenuChoice } from '../../explorer/row-menu.tsx'
import { focusRow, Tree } from '../../explorer/tree.tsx'
import { Icon, type AnyIcon } from '../../late-icons.tsx'
import { useActions } from '../../workbench-context.tsx'
import { ChangeMark } from './change-mark.tsx'
import { rowId, type WorldRow } from './file-rows.ts'

/** A name that is being typed: of something new in a folder, or of something that is there. */
export type WorldNaming =
  | { readonly what: 'file' | 'folder'; readonly folder: FilePlace }
  | { readonly what: 'rename'; readonly id: string }

interface FilesTreeProps {
  readonly files: WorldFiles
  readonly rows: readonly WorldRow[]
  readonly chosen: string | undefined
  readonly naming: WorldNaming | undefined
  readonly collapsed: ReadonlySet<string>
  readonly onCollapse: (collapsed: ReadonlySet<string>) => void
  readonly onChoose: (id: string) => void
  readonly onName: (naming: WorldNaming | undefined) => void
  /** What the last run did to it and to what is in it. */
  readonly notesAt: (row: WorldRow) => readonly FileNote[]
  /** Opens the text of a file in the editor; undefined where there is none to edit. */
  readonly editorOf: (row: WorldRow) => (() => void) | undefined
}

export function FilesTree(props: FilesTreeProps) {
  const { files, rows, chosen, naming, collapsed, onCollapse, onChoose, onName, editorOf, notesAt } = props
  const actions = useActions()
  const [menu, setMenu] = useState<{
    readonly row: WorldRow
    readonly at: { readonly x: number; readonly y: number }
  }>()
  const tree = useRef<HTMLUListElement>(null)
  /** Where the focus goes with the next drawing. */
  const wanted = useRef<string>(undefined)

  useEffect(() => {
    if (wanted.current === undefined) return
    focusRow(tree.current, wanted.current)
    wanted.current = undefined
  })

  function toggle({ id }: WorldRow, expanded: boolean): void {
    const next = new Set(collapsed)
    if (expanded) next.delete(id)
    else next.add(id)
    onCollapse(next)
    onChoose(id)
  }

  function remove(row: WorldRow): void {
    const at = rows.indexOf(row)
    const after = rows.slice(at + 1).find(({ level }) => level <= row.level) ?? rows[at - 1]
    wanted.current = after?.id
    if (after) onChoose(after.id)
    files.remove(row)
  }

  /** What a run made is not there to be renamed or deleted before it is kept. */
  const isOwn = ({ note }: WorldRow): boolean => note === undefined || note.change === 'changed'

  const choices = (row: WorldRow): MenuChoice[] => {
    const notes = notesAt(row)
    const isFolder = row.kind === 'preopen' || row.kind === 'folder'
    const edit = editorOf(row)
    return [
      ...(edit ? [{ label: 'Open in the editor', keys: 'Enter', act: edit }] : []),
      ...(isFolder && isOwn(row)
        ? [
            { label: 'New file here', act: () => onName({ what: 'file' as const, folder: row }) },
            { label: 'New folder here', act: () => onName({ what: 'folder' as const, folder: row }) },
          ]
        : []),
      ...(row.kind === 'preopen'
        ? [
            {
              label: row.readonly ? 'Let programs change it' : 'Make it read-only',
              act: () => files.setReadonly(row.preopen, !row.readonly),
            },
          ]
        : []),
      ...(notes.length > 0
        ? [
            { label: notes.length > 1 ? `Keep ${notes.length} changes` : 'Keep', act: () => files.keep(notes) },
            { label: 'Throw away', act: () => files.throwAway(notes) },
          ]
        : []),
      ...(isOwn(row)
        ? [
            { label: 'Rename or move', keys: 'F2', act: () => onName({ what: 'rename', id: row.id }) },
            { label: 'Delete', keys: isMac ? '⌘⌫' : 'Del', act: () => remove(row) },
          ]
        : []),
    ]
  }

  function onKey(event: KeyboardEvent, row: WorldRow): boolean {
    const { key, shiftKey } = event
    if (key === 'F2' && isOwn(row)) return (onName({ what: 'rename', id: row.id }), true)
    if ((key === 'Delete' || (key === 'Backspace' && event.metaKey)) && isOwn(row)) return (remove(row), true)
    if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
      const box = event.currentTarget.getBoundingClientRect()
      return (setMenu({ row, at: { x: box.left + 24, y: box.bottom } }), true)
    }
    if (key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !shiftKey) return (actions.undo(), true)
    return false
  }

  function drafts(before: WorldRow | undefined) {
    if (naming === undefined || naming.what === 'rename') return null
    const { what, folder } = naming
    const at = rows.findIndex(({ id }) => id === rowId(folder))
    if (rows[at + 1] !== before) return null
    const start = folder.path === '' ? '' : `${folder.path}/`
    return (
      <NameInput
        key="new"
        label={what === 'file' ? 'Path of the new file' : 'Path of the new folder'}
        icon={what}
        level={(rows[at]?.level ?? 1) + 1}
        initial={start}
        onCommit={(path) => {
          const place = { preopen: folder.preopen, path }
          const refused = files.createFile(place, what === 'file' ? new Uint8Array() : { entries: new Map() })
          if (refused !== undefined) return refused
          const id = rowId({ ...place, path: path.replace(/\/$/, '') })
          onChoose(id)
          wanted.current = id
          return undefined
        }}
        onEnd={(kept) => {
          if (!kept) wanted.current = rowId(folder)
          onName(undefined)
        }}
      />
    )
  }

  function renaming(row: WorldRow) {
    if (naming?.what !== 'rename' || naming.id !== row.id) return null
    const isPreopen = row.kind === 'preopen'
    return (
      <NameInput
        key={row.id}
        label={isPreopen ? `Path under which programs find ${row.preopen}` : `New path of ${row.path}`}
        icon={iconOf(row)}
        level={row.level}
        initial={isPreopen ? row.preopen : row.path}
        whole={isPreopen}
        onCommit={(path) => {
          // Two slashes are one, and mistyped.
          const to = isPreopen ? path.replaceAll(/\/{2,}/g, '/') : path
          const refused = isPreopen ? files.renamePreopen(row.preopen, to) : files.rename(row, to)
          if (refused === undefined) {
            const id = rowId(isPreopen ? { preopen: to, path: '' } : { preopen: row.preopen, path: to })
            onChoose(id)
            wanted.current = id
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
    <div className="world-files">
      <Tree
        ref={tree}
        label="Files of the simulated world"
        rows={rows}
        selected={chosen}
        onToggle={toggle}
        onOpen={(row, how) => {
          onChoose(row.id)
          if (how === 'go') editorOf(row)?.()
        }}
        onKey={onKey}
        instead={renaming}
        before={drafts}
        rowProps={(row) => ({
          className: row.note?.change === 'removed' ? 'removed' : '',
          title: row.path === '' ? row.preopen : row.path,
          onDoubleClick: () => editorOf(row)?.(),
          onContextMenu(event) {
            event.preventDefault()
            event.currentTarget.focus()
            setMenu({ row, at: { x: event.clientX, y: event.clientY } })
          },
        })}
      >
        {(row) => (
          <>
            <Icon name={iconOf(row)} />
            <span className={`cut grow ${row.kind === 'preopen' ? 'mono' : ''}`}>{row.name}</span>
            {row.kind === 'preopen' && row.readonly && <span className="badge">read-only</span>}
            {row.note && <ChangeMark change={row.note.change} />}
            {row.bytes !== undefined && <span className="dim tree-detail">{bytes(row.bytes)}</span>}
            <button
              type="button"
              className="icon-button small row-more"
              tabIndex={-1}
              // For the pointer; it would become a part of the row's name. The menu key opens the same menu.
              aria-hidden="true"
              title={`Actions for ${row.name}`}
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
      {menu && (
        <RowMenu
          label={`Actions for ${menu.row.name}`}
          at={menu.at}
          choices={choices(menu.row)}
          onClose={(done) => {
            if (!done) wanted.current = menu.row.id
            setMenu(undefined)
          }}
        />
      )}
    </div>
  )
}

const iconOf = ({ kind, readonly }: WorldRow): AnyIcon =>
  kind === 'preopen' ? (readonly ? 'lock' : 'folder') : kind === 'folder' ? 'folder' : kind === 'link' ? 'link' : 'file'
