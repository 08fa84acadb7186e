import { useId, useState } from 'react'
import { waitOf } from '../../../state/simulation/terminal.ts'
import type { State } from '../../../state/state.ts'
import { defaultStart } from '../../../wasi/settings.ts'
import { Segments } from '../../segments.tsx'
import { useSelect } from '../../workbench-context.tsx'
import { ClockSteps } from './clock-steps.tsx'
import { Part } from './part.tsx'
import { clockSetting, dateOfField, fieldOfDate, lastDate, wallText, type ClockMode } from './world-model.ts'
import { useWorld } from './world-settings.ts'

const reaches = [
  { name: 'wasi:clocks/wall-clock', gives: 'Date' },
  { name: 'wasi:clocks/monotonic-clock', gives: 'timers, performance' },
]

const modes = { Auto: 'auto', Frozen: 'frozen', Real: 'real' } as const satisfies Readonly<Record<string, ClockMode>>
const names = ['Auto', 'Frozen', 'Real'] as const

const notes: Readonly<Record<ClockMode, string>> = {
  auto: 'Waiting takes no time: the clock jumps to the next deadline.',
  frozen: 'The clock stands still until you step it.',
  real: 'The clock of this device: two runs differ, and waiting takes its time.',
}

export function Clock() {
  const { setWasi } = useWorld()
  const clock = useSelect((state) => state.project.wasi?.clock)
  const mode = clock?.mode ?? 'auto'
  const wait = useSelect(waitOf)
  return (
    <Part title="Clock" reaches={reaches}>
      <div className="world-field">
        <span>Time</span>
        <Segments
          label="Clock"
          options={names}
          chosen={names.find((name) => modes[name] === mode) ?? ''}
          onChoose={(name) => setWasi({ clock: clockSetting(modes[name], clock?.start) })}
        />
      </div>
      <p className="world-note">{notes[mode]}</p>
      <Start mode={mode} start={clock?.start} />
      <Now mode={mode} start={clock?.start ?? defaultStart} />
      {mode === 'frozen' && <ClockSteps wait={wait} />}
    </Part>
  )
}

/** What is typed stays as it is typed; while it is no date, the setting stays as it was. */
function Start({ mode, start }: { readonly mode: ClockMode; readonly start: string | undefined }) {
  const { setWasi } = useWorld()
  const [draft, setDraft] = useState<string>()
  const id = useId()
  const set = start === undefined ? (mode === 'real' ? '' : fieldOfDate(defaultStart)) : fieldOfDate(start)
  const wrong = draft !== undefined && draft !== '' && dateOfField(draft) === undefined
  return (
    <div className="world-field">
      <label htmlFor={id}>
        Starts at <span className="dim">UTC</span>
      </label>
      <div className="world-start">
        <input
          id={id}
          className="input mono"
          type="datetime-local"
          step="1"
          min="1970-01-01T00:00:00"
          max={lastDate}
          aria-invalid={wrong}
          value={draft ?? set}
          onChange={({ target }) => {
            setDraft(target.value)
            const date = dateOfField(target.value)
            if (date !== undefined) setWasi({ clock: clockSetting(mode, date) })
          }}
          onBlur={() => setDraft(undefined)}
        />
        {start !== undefined && (
          <button
            type="button"
            className="text-button"
            onClick={() => setWasi({ clock: clockSetting(mode, undefined) })}
          >
            {mode === 'real' ? 'Start now' : 'Reset'}
          </button>
        )}
        {start === undefined && mode === 'real' && <span className="dim">Now</span>}
        {wrong && <output className="field-problem err">Write a date from 1970 to 9999.</output>}
      </div>
    </div>
  )
}

/** Nanoseconds from the start of the run to what it told last: a wait, or what crossed the boundary. */
function lastInstant({ simulation: { instant, trace } }: State): bigint | undefined {
  const traced = trace?.entries.at(-1)?.until
  if (traced === undefined) return instant
  const at = BigInt(Math.round(traced))
  return instant !== undefined && instant > at ? instant : at
}

/** Where the clock of the last run stands. What was set after it began says nothing of its date. */
function Now({ mode, start }: { readonly mode: ClockMode; readonly start: string }) {
  const instant = useSelect(lastInstant)
  const isOfSettings = useSelect(({ run, revision }) => run.revision === revision)
  if (instant === undefined) return null
  return (
    <div className="world-field">
      <span>{isOfSettings ? 'Now' : 'Last run'}</span>
      <output className="mono" aria-label="The clock of the last run">
        {mode !== 'real' && isOfSettings && <>{wallText(start, instant)} </>}
        <span className="dim">{sinceStart(instant)}</span>
      </output>
    </div>
  )
}

const sinceStart = (instant: bigint): string => `+${(Number(instant) / 1e6).toLocaleString('en-US')} ms`
