import { useId, useState } from 'react'
import { runLimits } from '../../../state/selectors.ts'
import { Segments } from '../../segments.tsx'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { environmentText, parseEnvironment, parseLines } from './world-model.ts'
import './world.css'

/** The simulated world of the next run: what the component is given, and what it may use. */
export function WorldPanel() {
  const { setWasi } = useActions()
  const wasi = useSelect((state) => state.project.wasi)
  const id = useId()
  const args = (wasi?.args ?? []).join('\n')
  const env = environmentText(wasi?.env ?? {})
  const clock = wasi?.clock?.mode ?? 'auto'
  return (
    <section className="world-panel" aria-label="World settings" data-region>
      <p className="dim">The component sees this and nothing else. A change takes effect with the next run.</p>
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
          options={['auto', 'frozen', 'real'] as const}
          chosen={clock}
          onChoose={(mode) => setWasi({ clock: { ...wasi?.clock, mode } })}
        />
      </div>
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
        rows={rows}
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
  const { setWasi } = useActions()
  const random = useSelect((state) => state.project.wasi?.random)
  const real = random === 'real'
  const seed = real ? 0 : (random?.seed ?? 0)
  return (
    <div className="setting inline">
      <label htmlFor={id}>Random seed</label>
      <div className="row">
        <input
          id={id}
          className="input mono"
          type="number"
          step={1}
          disabled={real}
          value={seed}
          onChange={(event) => {
            const next = event.target.valueAsNumber
            if (Number.isSafeInteger(next)) setWasi({ random: { seed: next } })
          }}
        />
        <button
          type="button"
          className="chip"
          role="switch"
          aria-checked={real}
          onClick={() => setWasi({ random: real ? { seed: 0 } : 'real' })}
        >
          real
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
  const { setWasi } = useActions()
  const own = useSelect((state) => state.project.wasi?.limits)
  const limits = useSelect(runLimits)
  return limitFields.map(({ name, label, most }) => (
    <div className="setting inline" key={name}>
      <label htmlFor={`${id}${name}`}>{label}</label>
      <input
        id={`${id}${name}`}
        className="input mono"
        type="number"
        min={1}
        max={most}
        step={1}
        value={limits[name]}
        onChange={(event) => {
          const next = event.target.valueAsNumber
          if (Number.isInteger(next) && next >= 1 && next <= most) setWasi({ limits: { ...own, [name]: next } })
        }}
      />
    </div>
  ))
}
