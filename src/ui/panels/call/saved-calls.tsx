import { useEffect, useRef, useState } from 'react'
import { moveSavedCall, nameSavedCall, removeSavedCall } from '../../../state/edited-calls.ts'
import { namedCall } from '../../../state/saved-calls.ts'
import { isBusy } from '../../../state/selectors.ts'
import { Icon } from '../../late-icons.tsx'
import { useKeptFocus } from '../../use-kept-focus.ts'
import { useSelect, useWorkbench } from '../../workbench-context.tsx'
import { shortCall } from './call-name.ts'
import { GoneCalls } from './gone-calls.tsx'
import { useObstacle } from './use-obstacle.ts'

const none: readonly string[] = []

/** The calls that the project comes with. Choosing one fills the form; its buttons make it, name it, move it. */
export function SavedCalls() {
  const saved = useSelect((state) => state.project.calls ?? none)
  const focus = useKeptFocus<HTMLDivElement>()
  const obstacle = useObstacle()
  if (saved.length === 0) return null
  return (
    <section aria-label="Saved calls">
      <div className="section-head">
        <h2>Saved calls</h2>
        <span className="count">{saved.length}</span>
        <span className="end dim">kept with the project</span>
      </div>
      <div {...focus}>
        <ul className="saved">
          {saved.map((each, index) => (
            <SavedCall
              key={namedCall(each).call}
              saved={each}
              first={index === 0}
              obstacle={obstacle(namedCall(each).call)}
            />
          ))}
        </ul>
        <GoneCalls />
      </div>
    </section>
  )
}

interface SavedCallProps {
  readonly saved: string
  readonly first: boolean
  readonly obstacle: string | undefined
}

function SavedCall({ saved, first, obstacle }: SavedCallProps) {
  const workbench = useWorkbench()
  const { setCall, call: make } = workbench.actions
  const { call, name } = namedCall(saved)
  const chosen = useSelect((state) => state.call === call)
  const busy = useSelect(isBusy)
  const [naming, setNaming] = useState(false)
  const row = useRef<HTMLButtonElement>(null)
  /** Whether the focus comes back to the row with the next drawing. */
  const back = useRef(false)
  const short = shortCall(call)
  const title = name === '' ? short : name

  useEffect(() => {
    if (naming || !back.current) return
    back.current = false
    row.current?.focus()
  }, [naming])

  if (naming) {
    return (
      <li className="call-row">
        <NameInput
          label={`Name of ${short}`}
          initial={name}
          onEnd={(next, byKey) => {
            back.current = byKey
            if (next !== undefined) nameSavedCall(workbench, saved, next)
            setNaming(false)
          }}
        />
      </li>
    )
  }
  return (
    <li className="call-row">
      <button
        ref={row}
        type="button"
        className={`history-row mono${name === '' ? '' : ' named'}${obstacle === undefined ? '' : ' gone'}`}
        title={`${short}. F2 names it.`}
        aria-current={chosen}
        aria-keyshortcuts="F2"
        onClick={() => setCall(call)}
        onKeyDown={(event) => {
          if (event.key !== 'F2') return
          event.preventDefault()
          setNaming(true)
        }}
      >
        {name !== '' && <span className="cut name">{name}</span>}
        <span className={name === '' ? 'cut' : 'cut dim'}>{short}</span>
        {obstacle !== undefined && <span className="obstacle">{obstacle}</span>}
      </button>
      <button
        type="button"
        className="icon-button small"
        aria-label={`Call ${title}`}
        title={obstacle === undefined ? 'Call' : `Cannot be called: ${obstacle}`}
        disabled={busy || obstacle !== undefined}
        onClick={() => {
          setCall(call)
          void make(call)
        }}
      >
        <Icon name="play" small />
      </button>
      <button
        type="button"
        className="icon-button small"
        aria-label={`Rename ${title}`}
        title="Rename (F2)"
        onClick={() => setNaming(true)}
      >
        <Icon name="rename" small />
      </button>
      <button
        type="button"
        className="icon-button small up"
        aria-label={`Move up ${title}`}
        title="Move up"
        disabled={first}
        onClick={() => moveSavedCall(workbench, saved, -1)}
      >
        <Icon name="chevron" small />
      </button>
      <button
        type="button"
        className="icon-button small"
        aria-label={`Remove ${title}`}
        title="Remove from the project"
        onClick={() => removeSavedCall(workbench, saved)}
      >
        <Icon name="cross" small />
      </button>
    </li>
  )
}

interface NameInputProps {
  readonly label: string
  readonly initial: string
  /** `name`: undefined where it stays as it was; `byKey`: the focus has nowhere else to go. */
  readonly onEnd: (name: string | undefined, byKey: boolean) => void
}

/** Enter and leaving keep the name, Escape does not. */
function NameInput({ label, initial, onEnd }: NameInputProps) {
  const input = useRef<HTMLInputElement>(null)
  const ended = useRef(false)
  useEffect(() => input.current?.select(), [])

  function end(name: string | undefined, byKey: boolean): void {
    if (ended.current) return
    ended.current = true
    onEnd(name, byKey)
  }

  return (
    <input
      ref={input}
      className="input"
      aria-label={label}
      placeholder="A name for this call"
      defaultValue={initial}
      autoComplete="off"
      spellCheck={false}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
        event.preventDefault()
        event.stopPropagation()
        end(event.key === 'Enter' ? event.currentTarget.value : undefined, true)
      }}
      onBlur={(event) => end(event.currentTarget.value, false)}
    />
  )
}
