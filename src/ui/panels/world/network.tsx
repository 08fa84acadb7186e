import { useId, useState } from 'react'
import type { Hosts } from '../../../wasi/sockets/names.ts'
import { useSelect } from '../../workbench-context.tsx'
import { hostsOfText, textOfHosts } from './hosts-text.ts'
import { Part } from './part.tsx'
import { useWorld } from './world-settings.ts'

const reaches = [{ name: 'wasi:sockets/ip-name-lookup', gives: 'the addresses of a name' }]

const none: Hosts = {}

/** The network inside a run: nothing beyond it is ever reached. */
export function Network() {
  const { setWasi } = useWorld()
  const hosts = useSelect((state) => state.project.wasi?.network?.hosts) ?? none
  const [typed, setTyped] = useState<{ readonly text: string; readonly of: Hosts }>()
  const id = useId()
  // What is typed stays as it is typed, until something else changes the project.
  const text = typed?.of === hosts ? typed.text : textOfHosts(hosts)
  const read = hostsOfText(text)
  const wrong = typeof read === 'string'

  function change(next: string): void {
    const made = hostsOfText(next)
    const same = typeof made === 'string' || textOfHosts(made) === textOfHosts(hosts)
    const kept = Object.keys(same ? hosts : made).length === 0 ? none : same ? hosts : made
    setTyped({ text: next, of: kept })
    if (!same) setWasi({ network: kept === none ? undefined : { hosts: kept } })
  }
  return (
    <Part title="Network" reaches={reaches}>
      <div className="world-list">
        <label htmlFor={id}>Hosts</label>
        <textarea
          id={id}
          className="input mono"
          rows={Math.min(8, Math.max(2, text.split('\n').length))}
          spellCheck={false}
          autoCapitalize="off"
          placeholder="db.example 10.0.0.2"
          aria-invalid={wrong}
          aria-describedby={`${id}said`}
          value={text}
          onChange={({ target }) => change(target.value)}
        />
        <output id={`${id}said`} className={wrong ? 'field-problem err' : 'dim world-hint'}>
          {wrong ? `${read} The hosts are as they were.` : 'A name and its addresses a line. Only this run has them.'}
        </output>
      </div>
    </Part>
  )
}
