import { useId, type ReactNode } from 'react'
import { Icon } from '../../late-icons.tsx'
import { useKeptFocus } from '../../use-kept-focus.ts'
import { useSelect, useWorkbench } from '../../workbench-context.tsx'
import { importedBy, importName } from '../../../state/imported.ts'

/** An interface, and what somebody who writes TypeScript gets through it. */
export interface Reach {
  readonly name: string
  readonly gives: string
}

interface PartProps {
  readonly title: string
  readonly reaches: readonly Reach[]
  readonly children: ReactNode
}

/** A part of the simulated world, and how a guest sees it. */
export function Part({ title, reaches, children }: PartProps) {
  const id = useId()
  const kept = useKeptFocus<HTMLElement>()
  return (
    <section className="world-part" aria-labelledby={id} {...kept}>
      <h3 id={id}>{title}</h3>
      <ul className="world-reaches">
        {reaches.map((reach) => (
          <ReachRow key={reach.name} {...reach} />
        ))}
      </ul>
      {children}
    </section>
  )
}

function ReachRow({ name, gives }: Reach) {
  const { store, actions } = useWorkbench()
  const state = useSelect((each) => {
    const imported = importedBy(each)
    return imported === undefined ? 'unknown' : imported.has(name) ? 'imported' : 'absent'
  })
  return (
    <li data-state={state}>
      <Icon name={state === 'imported' ? 'check' : 'info'} small />
      <span>
        <code>{name}</code> <span className="dim">{gives}</span>
        {state === 'absent' && <span className="visually-hidden">. The world does not import it.</span>}
      </span>
      {state === 'absent' && (
        <button
          type="button"
          className="text-button"
          aria-label={`Import ${name}`}
          title={`The world does not import it: the component sees nothing of this. Adds import ${name} to the world.`}
          onClick={() => void actions.addImport(importName(store.getState(), name))}
        >
          Import
        </button>
      )}
    </li>
  )
}
