import { useEffect, useId, useRef, useState } from 'react'
import type { WaitState } from '../../../wasi/waiting.ts'
import { useSelect } from '../../workbench-context.tsx'
import { numberProblem } from './world-model.ts'
import { useWorld } from './world-settings.ts'

const steps = [
  { label: '1 ms', milliseconds: 1 },
  { label: '100 ms', milliseconds: 100 },
  { label: '1 s', milliseconds: 1000 },
] as const

const inNanoseconds = (milliseconds: number): bigint => BigInt(Math.round(milliseconds * 1e6))
const inMilliseconds = (nanoseconds: bigint): number => Number(nanoseconds) / 1e6
const shown = (milliseconds: number): string => `${milliseconds.toLocaleString('en-US')} ms`

/** A year of milliseconds. */
const longestStep = 31_536_000_000

/** Moves a frozen clock on, while the guest waits for it. Time only goes forward. */
export function ClockSteps({ wait }: { readonly wait: WaitState | undefined }) {
  return wait === undefined ? (
    <p className="world-note">While the component waits, you step the clock here.</p>
  ) : (
    <Steps {...(wait.until !== undefined && { until: wait.until })} />
  )
}

function Steps({ until }: Pick<WaitState, 'until'>) {
  const { advanceClock } = useWorld()
  const instant = useSelect((state) => state.simulation.instant) ?? 0n
  const [own, setOwn] = useState('250')
  const id = useId()
  /** Where the clock will be with all that was pressed: the run may not have told of the last step yet. */
  const asked = useRef(instant)
  const now = (): bigint => (instant > asked.current ? instant : asked.current)
  function advanceTo(target: bigint): void {
    if (target <= now()) return
    advanceClock(target - now())
    asked.current = target
  }
  const step = (milliseconds: number): void => advanceTo(now() + inNanoseconds(milliseconds))
  const box = useRef<HTMLFieldSetElement>(null)
  // Whoever came here for them need not look for them; who is at another setting stays there.
  useEffect(() => {
    if (document.activeElement?.closest('[role=tabpanel]') == null) box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const rest = until === undefined ? undefined : until - instant
  const wrong = numberProblem(own, 1, longestStep) !== undefined
  return (
    <fieldset ref={box} className="world-steps" aria-label="Step the clock">
      {rest !== undefined && (
        <p className="world-note">
          The component waits until +{shown(inMilliseconds(instant + rest))}, in {shown(inMilliseconds(rest))}.
        </p>
      )}
      <Scrubber instant={instant} until={until} advanceTo={advanceTo} />
      <div className="world-buttons">
        <button
          type="button"
          className="button small primary"
          aria-disabled={until === undefined}
          onClick={() => until !== undefined && advanceTo(until)}
        >
          Step to the next deadline
        </button>
        {steps.map(({ label, milliseconds }) => (
          <button
            key={label}
            type="button"
            className="button small"
            aria-label={`Step by ${label}`}
            onClick={() => step(milliseconds)}
          >
            +{label}
          </button>
        ))}
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault()
            if (!wrong) step(Number(own))
          }}
        >
          <label htmlFor={id} className="visually-hidden">
            Milliseconds to step by
          </label>
          <input
            id={id}
            className="input mono world-own-step"
            inputMode="numeric"
            autoComplete="off"
            aria-invalid={wrong}
            value={own}
            onChange={({ target }) => setOwn(target.value)}
          />
          <button type="submit" className="button small" disabled={wrong}>
            Step, ms
          </button>
        </form>
      </div>
    </fieldset>
  )
}

interface ScrubberProps {
  readonly instant: bigint
  readonly until: bigint | undefined
  readonly advanceTo: (instant: bigint) => void
}

/** From the start of the run to what the guest waits for, and a little on. */
function Scrubber({ instant, until, advanceTo }: ScrubberProps) {
  const now = inMilliseconds(instant)
  const deadline = until === undefined ? now : inMilliseconds(until)
  const most = Math.max(now, deadline) * 1.25 + 1
  const at = (milliseconds: number): string => `${(milliseconds / most) * 100}%`
  return (
    <div className="world-scrubber">
      <input
        type="range"
        aria-label="Clock of the run"
        aria-valuetext={`+${shown(now)}`}
        min={0}
        max={most}
        step="any"
        value={now}
        onChange={({ target }) => advanceTo(inNanoseconds(Number(target.value)))}
      />
      {until !== undefined && (
        <span className="world-deadline" style={{ insetInlineStart: at(deadline) }} aria-hidden="true" />
      )}
    </div>
  )
}
