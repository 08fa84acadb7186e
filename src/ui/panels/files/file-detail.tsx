import { useId, useMemo } from 'react'
import type { FileNote } from '../../../runner/runner.ts'
import { bytes as sized } from '../../../state/bytes.ts'
import type { WorldFiles } from '../../../state/simulation/files.ts'
import { nodeIn } from '../../../wasi/filesystem/edit.ts'
import { plainTextOf, type PreopenFolder } from '../../../wasi/filesystem/tree.ts'
import { counted } from '../../formats.ts'
import { Icon } from '../../late-icons.tsx'
import { ChangeMark } from './change-mark.tsx'
import type { WorldRow } from './file-rows.ts'
import { hexLines, shownBytes } from './hex.ts'
import { lineDiff } from './line-diff.ts'

interface FileDetailProps {
  readonly files: WorldFiles
  readonly row: WorldRow
  readonly folder: PreopenFolder | undefined
  /** What the last run did to it and to what is in it. */
  readonly notes: readonly FileNote[]
  /** Opens the text in the editor; undefined where there is none to edit. */
  readonly onEdit: (() => void) | undefined
}

/** What is chosen in the tree: a folder's settings, a file's text or bytes, or what the last run did to it. */
export function FileDetail({ files, row, folder, notes, onEdit }: FileDetailProps) {
  const id = useId()
  const found = nodeIn(folder, row.path)
  const own = found instanceof Uint8Array ? found : undefined
  const there = row.note ? row.note.bytes : own
  return (
    <section className="file-detail" aria-labelledby={id}>
      <div className="section-head">
        <h3 id={id} className="mono cut">
          {row.name}
        </h3>
        {row.note && <ChangeMark change={row.note.change} />}
        <span className="end">
          {notes.length > 0 && <Decide files={files} notes={notes} />}
          {onEdit && (
            <button
              type="button"
              className="icon-button small"
              aria-label={`Open ${row.name} in the editor`}
              title={row.note ? 'Open what runs start with in the editor' : 'Open in the editor'}
              onClick={onEdit}
            >
              <Icon name="source" />
            </button>
          )}
          {there && (
            <button
              type="button"
              className="icon-button small"
              aria-label={`Download ${row.name}`}
              title="Download"
              onClick={() => files.save(row.name, there)}
            >
              <Icon name="download" />
            </button>
          )}
        </span>
      </div>
      {row.kind === 'preopen' ? (
        <PreopenSettings files={files} row={row} />
      ) : row.note ? (
        <Difference note={row.note} before={own} />
      ) : own ? (
        <Content name={row.name} bytes={own} onWrite={(next) => files.write(row, next)} />
      ) : (
        <p className="file-note">A folder.</p>
      )}
    </section>
  )
}

const Decide = ({ files, notes }: { files: WorldFiles; notes: readonly FileNote[] }) => (
  <>
    {notes.length > 1 && <span className="dim">{counted(notes.length)} changes</span>}
    <button type="button" className="button small" onClick={() => files.keep(notes)}>
      {notes.length > 1 ? 'Keep all' : 'Keep'}
    </button>
    <button type="button" className="button small ghost" onClick={() => files.throwAway(notes)}>
      Throw away
    </button>
  </>
)

function PreopenSettings({ files, row }: { files: WorldFiles; row: WorldRow }) {
  const id = useId()
  return (
    <div className="preopen-settings">
      <span id={id}>Read-only for programs</span>
      <button
        type="button"
        className="switch"
        role="switch"
        aria-labelledby={id}
        aria-checked={row.readonly}
        onClick={() => files.setReadonly(row.preopen, !row.readonly)}
      />
      <p className="file-note">Every run starts with what is here. What a run changes is shown until the next one.</p>
    </div>
  )
}

/** UTF-16 code units: a text of this size is no longer pleasant to edit here. */
const longestText = 200_000

function Content({ name, bytes, onWrite }: { name: string; bytes: Uint8Array; onWrite: (bytes: Uint8Array) => void }) {
  const text = useMemo(() => plainTextOf(bytes), [bytes])
  if (text === undefined || text.length > longestText) return <Bytes bytes={bytes} />
  // Fields have one kind of line end; the file keeps its own.
  const crlf = text.includes('\r\n')
  return (
    <textarea
      className="input mono file-text"
      aria-label={`Text of ${name}`}
      spellCheck={false}
      rows={Math.max(4, Math.min(16, text.split('\n').length + 1))}
      value={text}
      onChange={({ target: { value } }) =>
        onWrite(new TextEncoder().encode(crlf ? value.replaceAll('\n', '\r\n') : value))
      }
    />
  )
}

const Bytes = ({ bytes }: { bytes: Uint8Array }) => (
  <>
    {/* oxlint-disable-next-line no-noninteractive-tabindex -- it scrolls, also by keyboard */}
    <section className="mono file-lines bytes" tabIndex={0} aria-label="Bytes">
      {hexLines(bytes).join('\n')}
    </section>
    <p className="file-note">
      {sized(bytes.length)}, not text.{bytes.length > shownBytes && ` The first ${shownBytes} bytes are shown.`}
    </p>
  </>
)

const signs = { same: ' ', added: '+', removed: '-', skipped: '…' } as const
const mostLines = 2000

/** Between what the run started with and what it left. */
function Difference({ note, before }: { note: FileNote; before: Uint8Array | undefined }) {
  const lines = useMemo(() => {
    const [old, now] = [before ?? new Uint8Array(), note.bytes ?? new Uint8Array()].map(plainTextOf)
    return old === undefined || now === undefined ? undefined : lineDiff(old, now)
  }, [note, before])

  if (note.kind === 'link' && note.change !== 'removed') {
    return <p className="file-note">A link to {note.target}. A project holds no links, so it cannot be kept.</p>
  }
  if (note.kind === 'directory') return <p className="file-note">A folder.</p>
  if (note.digest !== undefined) {
    return (
      <p className="file-note">
        {sized(note.size ?? 0)}, digest <span className="mono">{note.digest}</span>. It is too large to be handed over.
      </p>
    )
  }
  if (lines === undefined) return note.bytes ? <Bytes bytes={note.bytes} /> : <p className="file-note">Not text.</p>
  if (lines.length === 0) return <p className="file-note">An empty file.</p>
  return (
    // oxlint-disable-next-line no-noninteractive-tabindex -- it scrolls, also by keyboard
    <section className="mono file-lines" tabIndex={0} aria-label={`Changes of ${note.path}`}>
      {lines.slice(0, mostLines).map(({ kind, text }, index) => (
        // oxlint-disable-next-line no-array-index-key -- lines have no identity
        <div key={index} className={`diff-line ${kind}`}>
          <span aria-hidden="true">{signs[kind]}</span>
          {(kind === 'added' || kind === 'removed') && <span className="visually-hidden">{kind}: </span>}
          {text}
        </div>
      ))}
      {lines.length > mostLines && <div className="diff-line skipped">… {lines.length - mostLines} more lines</div>}
    </section>
  )
}
