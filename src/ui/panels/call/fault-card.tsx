import type { Fault } from '../../../contract/fault.ts'
import { usesHandle } from '../../../state/selectors.ts'
import type { CallEntry } from '../../../state/state.ts'
import { openDialog } from '../../dialogs/open-dialog.ts'
import { Icon, type AnyIcon } from '../../late-icons.tsx'
import { mendingFile, missingImport } from '../../mending.ts'
import { Message, Prose } from '../../prose.tsx'
import { stageWords, type Tone } from '../../stages.ts'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { inShort } from './call-name.ts'
import { handlesGone } from './handles-gone.ts'
import { SidePanelButton, useShowSidePanel } from './side-panel-button.tsx'
import { stackOf, type Frame } from './stack.ts'

const toneIcons: Readonly<Record<Tone, AnyIcon>> = { err: 'error', warn: 'warning', denied: 'denied' }

/** Why a run or a call came to nothing: what happened, where, and what to do about it. */
export function FaultCard({ entry, fault }: { entry: CallEntry; fault: Fault }) {
  const { stage, next, detail } = fault
  const { title, tone } = stageWords[stage]
  const old = useSelect((state) => entry.revision !== state.revision)
  // Said when it happens, and not each time it is looked at.
  const fresh = useSelect((state) => state.result === entry)
  return (
    <div className={`card ${tone} fault`} data-stage={stage}>
      {/* The buttons are not part of what is read out. */}
      <div role={fresh ? 'alert' : undefined}>
        <header>
          <Icon name={toneIcons[tone]} />
          <span>{title}</span>
          {old && <span className="of">before your last edit</span>}
        </header>
        <div className="fault-body">
          <p>
            <Message fault={{ ...fault, message: inShort(fault.message, entry.call) }} />
          </p>
          <p>
            <Prose text={next} />
          </p>
          {fresh && <LostHandles stage={stage} />}
        </div>
      </div>
      <div className="fault-body more">
        <Buttons fault={fault} call={entry.call} />
        {detail !== undefined && detail.trim() !== '' && <Details detail={detail} />}
      </div>
    </div>
  )
}

/** What went with the instance: it vanishes from the list below. */
function LostHandles({ stage }: Pick<Fault, 'stage'>) {
  const lost = useSelect((state) => state.lostHandles)
  if (lost?.by !== 'end') return null
  return (
    <p>{handlesGone(stage === 'killed' ? 'Stop' : 'The failure', lost.count)} The next call starts another instance.</p>
  )
}

/** Where the time limit that held is set: in the project, else in the settings. */
function LimitButton() {
  const show = useShowSidePanel()
  const own = useSelect((state) => state.project.wasi?.limits?.milliseconds !== undefined)
  return (
    <button
      type="button"
      className="button small"
      onClick={() => (own ? show('world') : openDialog('settings', 'milliseconds'))}
    >
      Change the time limit
    </button>
  )
}

function Buttons({ fault, call }: { fault: Fault; call: string }) {
  const { addImport, goTo, run, say, start } = useActions()
  const file = useSelect((state) => mendingFile(fault, state.project))
  // The editor knows what an export stands for, where a run only has its name.
  const said = useSelect(({ diagnostics }) => diagnostics.types.find(({ message }) => message === fault.message)?.place)
  const place = said ?? fault.place
  const wanted = missingImport(fault)
  const missing = useSelect(({ prepared }) =>
    prepared?.world.imports.some(({ name }) => name === wanted) ? undefined : wanted,
  )
  const repeat = missing === undefined ? repeatLabel(fault, call) : undefined
  // Adding starts another instance, where such a call would always fail.
  const handles = usesHandle(call)
  async function add(name: string): Promise<void> {
    if (!(await addImport(name))) return
    if (!handles) return void run(call === '' ? undefined : call)
    if (await start())
      say('The import was added and another instance started. Its handles are new: make them, then make the call.')
  }
  const isAlone = file === undefined && !place && fault.stage !== 'limit'
  return (
    <div className="row wrap">
      {missing !== undefined && (
        <button type="button" className="button small" onClick={() => void add(missing)}>
          {handles ? 'Add the import and start' : 'Add the import and run'}
        </button>
      )}
      {file !== undefined && (
        <button type="button" className="button small" onClick={() => goTo({ file, line: 1, column: 1 })}>
          Open {file}
        </button>
      )}
      {place && (
        <button type="button" className="button small" onClick={() => goTo(place, true)}>
          Open {place.file}:{place.line}
        </button>
      )}
      {fault.stage === 'limit' && <LimitButton />}
      {fault.stage === 'denied' && <SidePanelButton panel="policy">Show the policy</SidePanelButton>}
      {repeat !== undefined && (
        <button
          type="button"
          className={isAlone ? 'button small' : 'button small ghost'}
          onClick={() => void run(call === '' ? undefined : call)}
        >
          {repeat}
        </button>
      )}
    </div>
  )
}

/** Doing the same again helps where the instance is gone or something was in the way, not where something is wrong. */
function repeatLabel({ stage, place, detail }: Fault, call: string): string | undefined {
  // The handle was one of the instance that is gone.
  if (usesHandle(call)) return undefined
  switch (stage) {
    case 'project':
    case 'wit':
    case 'types':
    case 'source':
    case 'guest-init':
    case 'build':
    case 'transpile':
    case 'instantiate':
      return undefined
    case 'load':
    case 'killed':
    case 'lost':
      return call === '' ? 'Try again' : 'Restart and repeat'
    case 'call':
      // What was wrong with the call itself has neither a place nor a stack.
      return place === undefined && !stackOf(detail ?? '').some(({ place: at }) => at)
        ? undefined
        : 'Restart and repeat'
    case 'trap':
    case 'denied':
    case 'limit':
      return 'Restart and repeat'
  }
}

/** A stack with its places as links, or whatever else the tool said. */
function Details({ detail }: { detail: string }) {
  const frames = stackOf(detail)
  const points = mark.test(detail)
  return (
    // What is no stack is short and shows what is wrong.
    <details open={frames.every(({ place }) => !place)}>
      <summary>Details</summary>
      <pre key={detail} className={points ? 'mono pointing' : 'mono'} ref={points ? scrollToMark : undefined}>
        {frames.map((frame, index) => (
          // eslint-disable-next-line react/no-array-index-key -- lines of one text
          <FrameLine key={index} frame={frame} />
        ))}
      </pre>
    </details>
  )
}

/** What is wrong in the line above it stands above the mark, so that neither line may wrap. */
const mark = /^( *)\^/m

function scrollToMark(pre: HTMLPreElement | null): void {
  if (!pre) return
  const text = pre.textContent
  const longest = Math.max(...text.split('\n').map((line) => line.length))
  const before = mark.exec(text)?.[1]?.length ?? 0
  pre.scrollLeft = (before / longest) * pre.scrollWidth - pre.clientWidth / 2
}

function FrameLine({ frame: { text, place } }: { frame: Frame }) {
  const { goTo } = useActions()
  const known = useSelect((state) => place !== undefined && Object.hasOwn(state.project.files, place.file))
  return (
    <span className="frame">
      {text}
      {place && known && (
        <>
          {'  '}
          <button type="button" className="text-button" onClick={() => goTo(place)}>
            {place.file}:{place.line}:{place.column}
          </button>
        </>
      )}
      {place && !known && `  ${place.file}:${place.line}:${place.column}`}
      {'\n'}
    </span>
  )
}
