import { useId, useState } from 'react'
import type { World } from '../../../component/types.ts'
import { worldName } from '../../../state/selectors.ts'
import type { Simulation } from '../../../state/simulation/simulation.ts'
import { hostFeatures } from '../../../toolchain/host-features.ts'
import type { Place } from '../../../contract/fault.ts'
import { counted } from '../../formats.ts'
import { Icon, type AnyIcon } from '../../late-icons.tsx'
import type { HostUse } from '../../uses-store.ts'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { isNamed, isNeeded, needsOf, type PolicyFunction, type PolicyImport, type PolicyWord } from './policy-model.ts'

const signs: Readonly<Record<PolicyWord, { readonly icon: AnyIcon; readonly word: string; readonly title: string }>> = {
  denied: { icon: 'denied', word: 'Denied', title: 'The policy refuses its calls.' },
  missing: { icon: 'warning', word: 'Missing', title: 'Nothing provides it: a call ends the instance.' },
  simulated: { icon: 'component', word: 'Simulated', title: 'Answered with default values.' },
  used: { icon: 'check', word: 'Used', title: 'Called in the last run.' },
  unused: { icon: 'ring', word: 'Unused', title: 'Not called in the last run.' },
}

export function Switch({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <button
      type="button"
      className="switch"
      role="switch"
      aria-checked={on}
      aria-label={label}
      title={on ? 'Allowed. Press to deny.' : 'Denied. Press to allow.'}
      onClick={() => onChange(!on)}
    />
  )
}

function Sign({ word, calls, denied }: Pick<PolicyFunction, 'word' | 'calls' | 'denied'>) {
  const sign = signs[word]
  const ran = useSelect((state) => state.simulation.trace !== undefined)
  const title = ran || word !== 'unused' ? sign.title : 'Nothing ran yet.'
  return (
    <span className="policy-sign" data-word={word}>
      <Icon name={sign.icon} small />
      <span title={title}>{sign.word}</span>
      {calls > 0 && (
        <span className="dim">
          {counted(calls)} {calls === 1 ? 'call' : 'calls'}
        </span>
      )}
      {denied > 0 && <span className="denied">{counted(denied)} denied</span>}
    </span>
  )
}

interface ImportRowProps {
  readonly row: PolicyImport
  readonly world: World
  readonly uses: readonly HostUse[]
  readonly simulation: Simulation
}

/** An import with its switch; opened, why it is there and what is in it. */
export function ImportRow({ row, world, uses, simulation }: ImportRowProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const { key, name, version, label, word, allowed, functions } = row
  return (
    <li className="policy-import" data-word={word}>
      <div className="policy-row">
        <button
          type="button"
          className="policy-open"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <Icon name="chevron" small />
          <span className="policy-name">
            <span className="mono cut" title={name}>
              {label.split('/')[1] ?? label}
              {version !== undefined && <span className="dim"> {version}</span>}
            </span>
            <Sign {...row} />
          </span>
        </button>
        <Switch
          label={`Allow ${label}`}
          on={allowed}
          onChange={(on) => simulation.setPolicy(key, on ? 'allow' : 'deny')}
        />
      </div>
      <div id={id} className="policy-inside" hidden={!open}>
        {open && (
          <>
            <Reasons row={row} world={world} uses={uses} />
            <ul>
              {functions.map((each) => (
                <li key={each.key} className="policy-row policy-function" data-word={each.word}>
                  <span className="policy-name">
                    <span className="mono cut" title={each.label}>
                      {each.label}
                    </span>
                    <Sign {...each} />
                  </span>
                  <Switch
                    label={`Allow ${each.label} of ${label}`}
                    on={each.allowed}
                    onChange={(on) => simulation.setPolicy(each.key, on ? 'allow' : 'deny')}
                  />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </li>
  )
}

/** Why it is there: who needs it, in the code, in the engine and in the world. */
function Reasons({ row, world, uses }: Pick<ImportRowProps, 'row' | 'world' | 'uses'>) {
  const outline = useSelect((state) => state.outlines.find(({ name }) => name === worldName(state)))
  const written = outline?.imports.find((each) => isNamed(world, each, row.key))
  const needs = needsOf(world, row.name)
  const here = uses.filter((use) => isNeeded(world, use, row.key))
  const { title, word } = signs[row.word]
  return (
    <ul className="policy-reasons" aria-label={`Why ${row.label} is there`}>
      {row.word !== 'used' && row.word !== 'unused' && (
        <li>
          {word}: {title}
        </li>
      )}
      {here.map(({ what, kind, place }) => (
        <li key={`${what} ${place.file}`}>
          {kind === 'import' ? 'Imported by name' : <code>{what}</code>}
          {kind === 'feature' && Object.hasOwn(hostFeatures, what) ? ` ${hostFeatures[what]?.does ?? ''} it` : ''}:{' '}
          <PlaceLink place={place} />
        </li>
      ))}
      {needs.map(({ by, side, type }) => (
        <li key={`${side} ${by}`}>
          {side === 'import' ? 'The import' : 'The export'} <code>{by.replace(/@.*$/, '')}</code> needs its{' '}
          <code>{type}</code>
        </li>
      ))}
      {written && written.place.file !== '' && (
        <li>
          The world names it: <PlaceLink place={written.place} />
        </li>
      )}
      {here.length === 0 && needs.length === 0 && !written && <li>A type is taken from it.</li>}
    </ul>
  )
}

function PlaceLink({ place }: { place: Place }) {
  const { goTo } = useActions()
  return (
    <button type="button" className="text-button" onClick={() => goTo(place)}>
      {place.file}:{place.line}
    </button>
  )
}
