import { useState } from 'react'
import { isBusy, isCommand, isStale, runLimits } from '../../../state/selectors.ts'
import { namedCall } from '../../../state/saved-calls.ts'
import type { State } from '../../../state/state.ts'
import { keyNames } from '../../commands/chords.ts'
import { counted } from '../../formats.ts'
import { latePart } from '../../late-part.tsx'
import { withValidCall } from '../../valid-call.ts'
import { useSelect, useWorkbench } from '../../workbench-context.tsx'
import { Result } from './result.tsx'
import { WaveLine, type Mistake } from './wave-line.tsx'
import './call.css'

const late = () => import('./late.ts')
// Where these do not arrive, neither does the result, which says so.
const Handles = latePart(async () => (await late()).Handles, { spare: true })
const SavedCalls = latePart(async () => (await late()).SavedCalls, { spare: true })
const History = latePart(async () => (await late()).History, { spare: true })
const CallForm = latePart(async () => (await import('./call-form.tsx')).CallForm, { pending: FormToCome })

const hasSavedCall = ({ project, call }: State): boolean =>
  project.calls?.some((each) => namedCall(each).call === call.trim()) ?? false

export function CallPanel() {
  return (
    <div className="call-panel">
      <section className="call-form" aria-label="Call" data-region>
        <CallEditor />
        <CallButtons />
      </section>
      <Result />
      <Handles />
      <SavedCalls />
      <History />
    </div>
  )
}

function CallEditor() {
  const world = useSelect((state) => state.prepared?.world)
  const [mistake, setMistake] = useState<Mistake>()
  const [hint, setHint] = useState('')
  return (
    <>
      {world ? <CallForm onMistake={setMistake} onHint={setHint} /> : <FormToCome />}
      <WaveLine
        mistake={world && mistake}
        hint={world && isCommand(world) ? 'Empty: Run starts wasi:cli/run' : hint || 'The call of an export'}
      />
    </>
  )
}

/** Keeps the place of the form until the world is known, so that nothing under it moves. */
function FormToCome() {
  const text = useSelect((state) => state.call.trim())
  return (
    <p className={text.endsWith('()') ? 'form-to-come dim bare' : 'form-to-come dim'}>
      {text && 'The fields of the call appear with the first run or edit.'}
    </p>
  )
}

function CallButtons() {
  const workbench = useWorkbench()
  const { call, burst, saveCall } = workbench.actions
  const busy = useSelect(isBusy)
  const text = useSelect((state) => state.call.trim())
  const saved = useSelect((state) => hasSavedCall(state))
  const command = useSelect((state) => state.prepared !== undefined && isCommand(state.prepared.world))
  const limit = useSelect((state) => runLimits(state).milliseconds)
  const burstCount = useSelect((state) => state.burstCount)
  const empty = text === ''
  return (
    <>
      <div className="row buttons">
        <button
          type="button"
          className="button"
          aria-describedby="call-or-run"
          title={`Make the call (${keyNames('Mod+Enter').join(' ')} in this form)`}
          disabled={busy || (empty && !command)}
          onClick={() => withValidCall(workbench, () => void call())}
        >
          Call
        </button>
        <button
          type="button"
          className="button ghost"
          title={`Calls it ${counted(burstCount)} times and shows the distribution of the times`}
          disabled={busy || empty}
          onClick={() => withValidCall(workbench, () => void burst(burstCount))}
        >
          Measure
        </button>
        <button
          type="button"
          className="button ghost"
          title={saved ? 'The project has this call' : 'Keeps this call with the project'}
          disabled={empty || saved}
          onClick={() => withValidCall(workbench, () => saveCall(text), true)}
        >
          {saved ? 'Saved' : 'Save'}
        </button>
        <span className="dim end">Stops after {limit / 1000} s</span>
      </div>
      <CallOrRun />
    </>
  )
}

/** What Call does that Run does not, as things stand. */
function CallOrRun() {
  const words = useSelect((state) =>
    isBusy(state)
      ? 'A run is under way. Stop ends it.'
      : state.prepared && isCommand(state.prepared.world) && state.call.trim() === ''
        ? 'Its arguments are under Clock & Env. It starts afresh each time: Call does what Run does.'
        : isStale(state)
          ? 'The files have changed: Call builds them and starts afresh, like Run.'
          : state.run.status !== 'ready'
            ? 'No instance: Call builds and starts one first, like Run.'
            : 'Call uses the running instance and what it holds. Run builds and starts afresh.',
  )
  return (
    <p id="call-or-run" className="call-or-run">
      {words}
    </p>
  )
}
