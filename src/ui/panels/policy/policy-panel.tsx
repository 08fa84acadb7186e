import { useMemo } from 'react'
import { useStore } from 'zustand'
import { importName } from '../../../state/imported.ts'
import { isBusy, witFiles, worldInput, worldKey } from '../../../state/selectors.ts'
import { usageOf } from '../../../state/simulation/trace.ts'
import { counted } from '../../formats.ts'
import { Icon } from '../../late-icons.tsx'
import { usesStore } from '../../uses-store.ts'
import { useSelect, useWorkbench } from '../../workbench-context.tsx'
import { useSimulation } from '../use-simulation.ts'
import { ImportRow, Switch } from './import-row.tsx'
import { policyOf } from './policy-model.ts'
import './policy.css'

const none = {}

/** What the component can reach, why, what came of it in the last run, and what of it is allowed. */
export function PolicyPanel() {
  const simulation = useSimulation()
  const world = useSelect((state) =>
    state.prepared?.key === worldKey(worldInput(state, 'base')) ? state.prepared.world : undefined,
  )
  const policy = useSelect((state) => state.project.wasi?.policy) ?? none
  const counts = useSelect(usageOf)
  const ran = useSelect((state) => state.simulation.trace !== undefined)
  const opened = useSelect((state) => state.opened)
  const found = useStore(usesStore)
  const packages = useMemo(() => (world ? policyOf(world, policy, counts) : []), [world, policy, counts])
  if (!simulation) return null
  if (!world) return <Unread />
  if (packages.length === 0) return <NoImports />
  const uses = found.opened === opened ? found.uses : []
  const imports = packages.flatMap((each) => each.imports)
  const denied = imports.reduce((sum, each) => sum + each.denied, 0)
  const calls = imports.reduce((sum, each) => sum + each.calls, 0)
  return (
    <section className="policy-panel" aria-label="Policy" data-region>
      <p className="policy-sum">
        {ran ? (
          <>
            Last run: <b>{counted(calls)}</b> {calls === 1 ? 'call' : 'calls'}
            {denied > 0 && (
              <span className="denied">
                , <Icon name="denied" small /> <b>{counted(denied)}</b> denied
              </span>
            )}
            .
          </>
        ) : (
          'Run it to see what is used.'
        )}{' '}
        <span className="dim">What the world does not import is denied by default: it is not there.</span>
      </p>
      {packages.map(({ key, allowed, imports: rows }) => (
        <section key={key} className="policy-package" aria-label={key === '' ? 'Functions of the world' : key}>
          <header>
            <h3 className={key === '' ? undefined : 'mono'}>{key === '' ? 'Functions of the world' : key}</h3>
            {key !== '' && (
              <Switch
                label={`Allow ${key}`}
                on={allowed}
                onChange={(on) => simulation.setPolicy(key, on ? 'allow' : 'deny')}
              />
            )}
          </header>
          <ul>
            {rows.map((row) => (
              <ImportRow key={row.name} row={row} world={world} uses={uses} simulation={simulation} />
            ))}
          </ul>
        </section>
      ))}
      {Object.keys(policy).length > 0 && (
        <p className="policy-foot">
          <button
            type="button"
            className="button small"
            onClick={() => simulation.setWasi({ policy: undefined }, 'Everything that is imported is allowed again.')}
          >
            Allow everything
          </button>
          <span className="dim">A change takes effect with the next run.</span>
        </p>
      )}
    </section>
  )
}

function Unread() {
  const { prepareWorld } = useWorkbench().actions
  const hasWit = useSelect(({ project }) => witFiles(project).length > 0)
  const broken = useSelect(({ diagnostics: { wit } }) => wit.some(({ severity }) => severity === 'error'))
  const busy = useSelect(isBusy)
  return (
    <div className="empty">
      <Icon name="shield" />
      <strong>{hasWit && broken ? 'The WIT has a mistake' : 'The imports are not known yet'}</strong>
      <p>
        {!hasWit
          ? 'They are listed here once the project has a WIT file.'
          : broken
            ? 'What the component may reach is listed once it is mended.'
            : 'They are read from the WIT. That may load the component tools, and runs nothing.'}
      </p>
      {hasWit && !broken && (
        <button type="button" className="button" aria-disabled={busy} onClick={() => void (busy || prepareWorld())}>
          Read the world
        </button>
      )}
    </div>
  )
}

function NoImports() {
  const { store, actions } = useWorkbench()
  return (
    <div className="empty">
      <Icon name="shield" />
      <strong>It can reach nothing</strong>
      <p>The world imports nothing, and what it does not import is not there: no output, no clock, no chance.</p>
      <button
        type="button"
        className="button"
        onClick={() => void actions.addImport(importName(store.getState(), 'wasi:cli/stdout'))}
      >
        Import wasi:cli/stdout
      </button>
    </div>
  )
}
