import { createContext, useContext, useId, useState } from 'react'
import { runLimits } from '../../../state/selectors.ts'
import type { WorldSettings } from '../../../state/simulation/settings.ts'
import { defaultStart } from '../../../wasi/settings.ts'
import { counted } from '../../formats.ts'
import { Segments } from '../../segments.tsx'
import { useSelect } from '../../workbench-context.tsx'
import { useSimulation } from '../use-simulation.ts'
import { environmentText, numberProblem, parseEnvironment, parseLines } from './world-model.ts'
import './world.css'

const clockWords = { auto: 'Virtual', frozen: 'Frozen', real: 'System' } as const
const clockNames = [clockWords.auto, clockWords.frozen, clockWords.real] as const
const modeOf = (name: (typeof clockNames)[number]): keyof typeof clockWords =>
  name === 'Virtual' ? 'auto' : name === 'Frozen' ? 'frozen' : 'real'
const dateOf = (start: string): string => start.replace('T', ' ').replace(/(?::00)?(?:\.000)?Z$/, ' UTC')
const clockNotes: Readonly<Record<keyof typeof clockWords, (start: string) => string>> = {
  auto: (start) => `Starts at ${dateOf(start)}, and waiting takes no time.`,
  frozen: (start) => `Stays at ${dateOf(start)}.`,
  real: () => 'The clock of this device: each run sees another time.',
}

const WorldSettingsContext = createContext<WorldSettings | undefined>(undefined)

function useWorldSettings(): WorldSettings {
  const settings = useContext(WorldSettingsContext)
  if (!settings) throw new Error('There are no settings above this component')
  return settings
}

/** The simulated world of the next run: what the component is given, and what it may use. */
export function WorldPanel() {
  const settings = useSimulation()
  if (!settings) return null
  return (
    <WorldSettingsContext value={settings}>
      <Settings {...settings} />
    </WorldSettingsContext>
  )
}

function Settings({ setWasi }: WorldSettings) {
  const wasi = useSelect((state) => state.project.wasi)
  const id = useId()
  const args = (wasi?.args ?? []).join('\n')
  const env = environmentText(wasi?.env ?? {})
  const clock = wasi?.clock?.mode ?? 'auto'
  return (
    <section className="world-panel" aria-label="WASI settings" data-region>
      <p className="dim">This is all that the component can reach. A change takes effect with the next run.</p>
      {(wasi?.dirs ?? wasi?.http) !== undefined && (
        <p className="setting-note">
          The project also comes with {wasi?.dirs ? (wasi.http ? 'files and HTTP routes' : 'files') : 'HTTP routes'}.
          They are kept with it, and runs do not see them yet.
        </p>
      )}
      <TextSetting
        id={`${id}args`}
        label="Arguments"
        hint="one a line; the first is the program’s name"
        value={args}
        rows={3}
        onChange={(text) => setWasi({ args: parseLines(text) })}
      />
      <TextSetting
        id={`${id}env`}
        label="Environment"
        hint="NAME=value, one a line"
        value={env}
        rows={2}
        onChange={(text) => setWasi({ env: parseEnvironment(text) })}
      />
      <TextSetting
        id={`${id}stdin`}
        label="Standard input"
        hint="ends after the last character"
        value={wasi?.stdin ?? ''}
        rows={5}
        onChange={(text) => setWasi({ stdin: text })}
      />
      <div className="setting inline">
        <span>Clock</span>
        <Segments
          label="Clock"
          options={clockNames}
          chosen={clockWords[clock]}
          onChoose={(name) => setWasi({ clock: { ...wasi?.clock, mode: modeOf(name) } })}
        />
      </div>
      <p className="setting-note">{clockNotes[clock](wasi?.clock?.start ?? defaultStart)}</p>
      <RandomSetting id={`${id}random`} />
      <Limits id={id} />
    </section>
  )
}

interface TextSettingProps {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly rows: number
  readonly onChange: (text: string) => void
}

/** A setting grows with its text up to here. */
const mostRows = 12

/** What is typed stays as it is typed, also where reading it back would write it differently. */
function TextSetting({ id, label, hint, value, rows, onChange }: TextSettingProps) {
  const [draft, setDraft] = useState<string>()
  return (
    <div className="setting">
      <label htmlFor={id}>
        {label} <span className="dim">{hint}</span>
      </label>
      <textarea
        id={id}
        className="input mono"
        rows={Math.max(rows, Math.min(mostRows, (draft ?? value).split('\n').length))}
        spellCheck={false}
        value={draft ?? value}
        onChange={(event) => {
          setDraft(event.target.value)
          onChange(event.target.value)
        }}
        onBlur={() => setDraft(undefined)}
      />
    </div>
  )
}

function RandomSetting({ id }: { id: string }) {
  const { setWasi } = useWorldSettings()
  const random = useSelect((state) => state.project.wasi?.random)
  const real = random === 'real'
  const seed = real ? 0 : (random?.seed ?? 0)
  return (
    <div className="setting inline">
      <label htmlFor={id}>Random seed</label>
      <div className="row">
        <NumberSetting
          id={id}
          value={seed}
          least={Number.MIN_SAFE_INTEGER}
          most={Number.MAX_SAFE_INTEGER}
          disabled={real}
          onChange={(next) => setWasi({ random: { seed: next } })}
        />
        <button
          type="button"
          className="chip"
          role="switch"
          aria-checked={real}
          onClick={() => setWasi({ random: real ? { seed: 0 } : 'real' })}
        >
          From this device
        </button>
      </div>
    </div>
  )
}

const limitFields = [
  { name: 'milliseconds', label: 'Time limit, ms', most: 600_000 },
  { name: 'memoryMiB', label: 'Memory limit, MiB', most: 4096 },
  { name: 'outputKiB', label: 'Output kept, KiB', most: 4096 },
] as const

function Limits({ id }: { id: string }) {
  const { setWasi } = useWorldSettings()
  const own = useSelect((state) => state.project.wasi?.limits)
  const limits = useSelect(runLimits)
  return limitFields.map(({ name, label, most }) => (
    <div className="setting inline" key={name}>
      <label htmlFor={`${id}${name}`}>{label}</label>
      <NumberSetting
        id={`${id}${name}`}
        value={limits[name]}
        least={1}
        most={most}
        onChange={(next) => setWasi({ limits: { ...own, [name]: next } })}
      />
    </div>
  ))
}

interface NumberSettingProps {
  readonly id: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly disabled?: boolean
  readonly onChange: (value: number) => void
}

/** What is typed stays as it is typed; while it does not fit, the setting stays as it was and the field says so. */
function NumberSetting({ id, value, least, most, disabled = false, onChange }: NumberSettingProps) {
  const [draft, setDraft] = useState<string>()
  const problem = draft === undefined ? undefined : numberProblem(draft, least, most)
  return (
    <div className="number-setting">
      <input
        id={id}
        className="input mono"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        disabled={disabled}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        value={draft ?? String(value)}
        onChange={(event) => {
          const text = event.target.value
          setDraft(text)
          if (numberProblem(text, least, most) === undefined) onChange(Number(text))
        }}
        onBlur={() => problem === undefined && setDraft(undefined)}
      />
      {problem !== undefined && (
        <output id={`${id}-problem`} className="field-problem err">
          {problem} The setting is still {counted(value)}.
        </output>
      )}
    </div>
  )
}
