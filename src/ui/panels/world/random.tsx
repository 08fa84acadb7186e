import { useId, useRef } from 'react'
import { CopyButton } from '../../copy-button.tsx'
import { Icon } from '../../late-icons.tsx'
import { Segments } from '../../segments.tsx'
import { useSelect } from '../../workbench-context.tsx'
import { NumberField } from './number-field.tsx'
import { Part } from './part.tsx'
import { otherSeed } from './world-model.ts'
import { useWorld } from './world-settings.ts'

const reaches = [{ name: 'wasi:random/random', gives: 'Math.random, crypto' }]

const sources = ['Seeded', 'Real'] as const

export function Random() {
  const { setWasi } = useWorld()
  const random = useSelect((state) => state.project.wasi?.random)
  const id = useId()
  const seed = random === 'real' ? undefined : (random?.seed ?? 0)
  /** Who looks at the numbers of the device comes back to the seed. */
  const lastSeed = useRef(0)
  // The default is no setting.
  const plant = (next: number): void => setWasi({ random: next === 0 ? undefined : { seed: next } })
  const roll = (): void => plant(otherSeed(seed ?? 0, Math.random))
  return (
    <Part title="Random" reaches={reaches}>
      <div className="world-field">
        <span>Numbers</span>
        <Segments
          label="Random numbers"
          options={sources}
          chosen={seed === undefined ? 'Real' : 'Seeded'}
          onChoose={(chosen) => {
            if (chosen === 'Seeded') return plant(lastSeed.current)
            lastSeed.current = seed ?? lastSeed.current
            setWasi({ random: 'real' })
          }}
        />
      </div>
      {seed === undefined ? (
        <div className="world-note">
          <p>The numbers come from this device: two runs differ.</p>
          <button type="button" className="button small" onClick={roll}>
            <Icon name="pin" small />
            Pin a seed
          </button>
        </div>
      ) : (
        <>
          <div className="world-field">
            <label htmlFor={id}>Random seed</label>
            <div className="row">
              <NumberField
                id={id}
                value={seed}
                least={Number.MIN_SAFE_INTEGER}
                most={Number.MAX_SAFE_INTEGER}
                onChange={plant}
              />
              <CopyButton label="Copy the seed" text={() => String(seed)} />
              <button type="button" className="button small" onClick={roll}>
                <Icon name="replay" small />
                Re-roll
              </button>
            </div>
          </div>
          <p className="world-note">Pinned: every run with this seed gets the same numbers.</p>
        </>
      )}
    </Part>
  )
}
