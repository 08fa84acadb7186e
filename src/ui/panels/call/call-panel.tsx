import { lazy, Suspense, useCallback, useState } from 'react'
import { isBusy, isCommand, runLimits } from '../../../state/selectors.ts'
import { counted } from '../../formats.ts'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { InvalidFieldsContext } from './field.ts'
import { History } from './history.tsx'
import { Result } from './result.tsx'
import './call.css'

const CallForm = lazy(() => import('./call-form.tsx'))

const noFields: ReadonlySet<string> = new Set()

export function CallPanel() {
  const [invalid, setInvalid] = useState<ReadonlySet<string>>(noFields)
  const report = useCallback((field: string, isInvalid: boolean) => {
    setInvalid((fields) => {
      if (fields.has(field) === isInvalid) return fields
      const next = new Set(fields)
      if (isInvalid) next.add(field)
      else next.delete(field)
      return next
    })
  }, [])
  return (
    <div className="call-panel">
      <section className="call-form" aria-label="Call" data-region>
        <InvalidFieldsContext value={report}>
          <CallEditor />
        </InvalidFieldsContext>
        <CallButtons invalid={invalid.size > 0} />
      </section>
      <Result />
      <History />
    </div>
  )
}

function CallEditor() {
  const world = useSelect((state) => state.prepared?.world)
  const [mistake, setMistake] = useState<string>()
  return (
    <>
      {world && (
        <Suspense>
          <CallForm onMistake={setMistake} />
        </Suspense>
      )}
      <WaveLine
        mistake={world && mistake}
        hint={world && isCommand(world) ? 'Empty: Run starts wasi:cli/run' : 'greet("Ada")'}
      />
    </>
  )
}

function WaveLine({ mistake, hint }: { mistake: string | undefined; hint: string }) {
  const { setCall, call: make } = useActions()
  const text = useSelect((state) => state.call)
  return (
    <div className="wave">
      <div className="wave-head">
        <strong>WAVE</strong>
        <span className="dim">The same call as text. Edit either side.</span>
      </div>
      <textarea
        className="input mono"
        aria-label="WAVE call"
        aria-invalid={mistake !== undefined}
        aria-describedby="wave-mistake"
        rows={2}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        placeholder={hint}
        value={text}
        onChange={(event) => setCall(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey) return
          event.preventDefault()
          void make()
        }}
      />
      <p id="wave-mistake" className="wave-mistake err">
        {mistake}
      </p>
    </div>
  )
}

function CallButtons({ invalid }: { invalid: boolean }) {
  const { call, burst } = useActions()
  const busy = useSelect(isBusy)
  const burstCount = useSelect((state) => state.burstCount)
  const empty = useSelect((state) => state.call.trim() === '')
  const command = useSelect((state) => state.prepared !== undefined && isCommand(state.prepared.world))
  const limit = useSelect((state) => runLimits(state).milliseconds)
  return (
    <div className="row buttons">
      <button
        type="button"
        className="button"
        disabled={busy || invalid || (empty && !command)}
        onClick={() => void call()}
      >
        Call
      </button>
      <button
        type="button"
        className="button ghost"
        title={`Calls it ${counted(burstCount)} times and shows the distribution of the times`}
        disabled={busy || invalid || empty}
        onClick={() => void burst(burstCount)}
      >
        Measure ×{counted(burstCount)}
      </button>
      <span className="dim end">Stops after {limit / 1000} s</span>
    </div>
  )
}
