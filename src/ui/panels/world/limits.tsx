import { useId } from 'react'
import { runLimits } from '../../../state/selectors.ts'
import { useSelect } from '../../workbench-context.tsx'
import { NumberField } from './number-field.tsx'
import { useWorld } from './world-settings.ts'

const fields = [
  { name: 'milliseconds', label: 'Time limit, ms', most: 600_000 },
  { name: 'memoryMiB', label: 'Memory limit, MiB', most: 4096 },
  { name: 'outputKiB', label: 'Output kept, KiB', most: 4096 },
] as const

/** How far a run of this project may go. */
export function Limits() {
  const { setWasi } = useWorld()
  const own = useSelect((state) => state.project.wasi?.limits)
  const limits = useSelect(runLimits)
  const id = useId()
  return (
    <section className="world-part" aria-labelledby={`${id}title`}>
      <h3 id={`${id}title`}>Limits</h3>
      {fields.map(({ name, label, most }) => (
        <div className="world-field" key={name}>
          <label htmlFor={`${id}${name}`}>{label}</label>
          <NumberField
            id={`${id}${name}`}
            value={limits[name]}
            least={1}
            most={most}
            onChange={(next) => setWasi({ limits: { ...own, [name]: next } })}
          />
        </div>
      ))}
      {own === undefined ? (
        <p className="world-note">As in the settings of this browser.</p>
      ) : (
        <p className="world-note">
          <button
            type="button"
            className="text-button"
            onClick={() => setWasi({ limits: undefined }, 'The limits are those of the settings again.')}
          >
            Use those of the settings
          </button>
        </p>
      )}
    </section>
  )
}
