import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import type { Outcome } from '../../contract/fault.ts'
import type { LinkTarget } from '../../project/share/link.ts'
import { isWorldFile } from '../../state/tabs.ts'
import { Dialog } from '../dialogs/dialog.tsx'
import type { OpenedProps } from '../dialogs/open-dialog.ts'
import { counted } from '../formats.ts'
import { Icon } from '../late-icons.tsx'
import { GoneCalls } from '../panels/call/gone-calls.tsx'
import { panels } from '../panels/registry.ts'
import { keyNames } from '../commands/chords.ts'
import { useActions, useSelect } from '../workbench-context.tsx'
import { lengthLimits, lengthOf } from './link-length.ts'
import './share.css'

const copied = 'Link copied'

/** The address that opens this project anywhere. Making it sends nothing, and the address bar has it from then on. */
export function ShareDialog({ onClose }: OpenedProps) {
  const { shareLink, keepLink, downloadProject } = useActions()
  const name = useSelect((state) => state.project.name)
  const active = useSelect((state) => state.active[state.active.last])
  // A link leads to the project's own files.
  const file = isWorldFile(active) ? '' : active
  const panel = useSelect((state) => panels.find(({ id }) => id === state.preferences.layout.sideTab))
  const [atFile, setAtFile] = useState(false)
  const [withPanel, setWithPanel] = useState(false)
  const [link, setLink] = useState<Outcome<string>>()
  const [said, setSaid] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const target: LinkTarget = {
    ...(atFile && file !== '' ? { file } : {}),
    ...(withPanel && panel ? { panel: panel.id } : {}),
  }
  const shown = JSON.stringify(target)

  useEffect(() => {
    let wanted = true
    void shareLink(JSON.parse(shown)).then((made) => {
      if (!wanted) return
      setLink(made)
      setSaid('')
      if (made.ok) keepLink(made.value)
    })
    return () => {
      wanted = false
    }
  }, [shareLink, keepLink, shown])

  /** Without the calls that were removed in here. */
  async function again(): Promise<void> {
    // The button that was pressed goes with them.
    input.current?.focus()
    const made = await shareLink(target)
    setLink(made)
    setSaid('')
    if (made.ok) keepLink(made.value)
  }

  async function copy(): Promise<void> {
    // Enter may come before the first link is there.
    const made = await shareLink(target)
    if (!made.ok) return
    try {
      await navigator.clipboard.writeText(made.value)
      setSaid(copied)
    } catch {
      // The page is not allowed to, or the browser has no clipboard for it.
      input.current?.select()
      setSaid(`Copying was not allowed. The link is selected: press ${keyNames('Mod+C').join('+')}.`)
    }
  }

  return (
    <Dialog
      title={`Share ${name}`}
      onClose={onClose}
      foot={
        <button type="button" className="button" onClick={downloadProject}>
          <Icon name="download" />
          Download project
        </button>
      }
    >
      <div className="share">
        {link?.ok === false ? (
          <div className="share-fault" role="alert">
            <Icon name="warning" />
            <p>
              {link.fault.message} {link.fault.next}
            </p>
          </div>
        ) : (
          <>
            <div className="share-head">
              <h3>Link</h3>
              <span className="dim">{link && `${counted(link.value.length)} characters`}</span>
            </div>
            <div className="row">
              <input
                ref={input}
                className="input mono"
                aria-label="Link"
                readOnly
                value={link?.value ?? ''}
                onFocus={(event) => event.target.select()}
              />
              <button type="button" className="button primary" data-autofocus onClick={() => void copy()}>
                <Icon name={said === copied ? 'check' : 'copy'} small />
                Copy link
              </button>
            </div>
            <LinkLength length={link?.value.length ?? 0} />
            <output className={said === copied ? 'share-said ok' : 'share-said warn'}>{said}</output>
            <GoneCalls onRemoved={() => void again()} />
          </>
        )}
        <div className="share-options">
          <Option checked={atFile} disabled={file === ''} onChange={setAtFile}>
            Open at this file <span className="mono dim">{file}</span>
          </Option>
          <Option checked={withPanel} disabled={!panel} onChange={setWithPanel}>
            Open with this panel <span className="dim">{panel?.title}</span>
          </Option>
        </div>
        <p className="dim">
          The project travels in the part after #, which browsers never send to a server. Anyone with the link can read
          it. Opening it runs nothing.
        </p>
      </div>
    </Dialog>
  )
}

function LinkLength({ length }: { length: number }) {
  const { tone, words } = lengthOf(length)
  const id = useId()
  return (
    <>
      <meter
        className="visually-hidden"
        aria-label="Length of the link"
        aria-describedby={id}
        max={lengthLimits.most}
        high={lengthLimits.easy}
        optimum={0}
        value={length}
      />
      <div className={`link-length ${tone}`} aria-hidden="true">
        <span style={{ width: `${Math.min(100, (length / lengthLimits.most) * 100)}%` }} />
        <i style={{ left: `${(lengthLimits.easy / lengthLimits.most) * 100}%` }} />
      </div>
      <p id={id} className={`link-words ${tone}`}>
        {tone !== 'ok' && <Icon name="warning" />}
        <span>{words}</span>
      </p>
    </>
  )
}

interface OptionProps {
  readonly checked: boolean
  readonly disabled: boolean
  readonly onChange: (checked: boolean) => void
  readonly children: ReactNode
}

function Option({ checked, disabled, onChange, children }: OptionProps) {
  return (
    <label>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="cut">{children}</span>
    </label>
  )
}
