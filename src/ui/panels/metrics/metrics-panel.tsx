import type { Phase } from '../../../state/state.ts'
import { bytes, counted, duration, mebibytes, plainMilliseconds } from '../../formats.ts'
import { useActions, useSelect } from '../../workbench-context.tsx'
import './metrics.css'

const pageSize = 65_536

export function MetricsPanel() {
  const { setPreference } = useActions()
  const open = useSelect((state) => state.preferences.metricsOpen)
  return (
    <section className="metrics" aria-label="Metrics" data-region>
      <div className="section-head">
        <h2>Metrics</h2>
        <span className="dim">this run, on this device</span>
        <span className="end">
          <button
            type="button"
            className="text-button"
            aria-expanded={open}
            onClick={() => setPreference('metricsOpen', !open)}
          >
            {open ? 'Collapse' : 'Expand'}
          </button>
        </span>
      </div>
      <div className={open ? 'metrics-body' : 'metrics-body collapsed'}>
        <Startup />
        <Memory />
        <Size />
        <Calls />
      </div>
    </section>
  )
}

function Heading({ title, value, unit }: { title: string; value?: string | undefined; unit: string }) {
  return (
    <h3>
      {title}
      <b className="mono">
        {value ?? '–'}
        {value !== undefined && <small>{unit}</small>}
      </b>
    </h3>
  )
}

const tones: Readonly<Record<Phase['room'], string>> = { page: 'var(--d-2)', sandbox: 'var(--d-4)' }

/** Phases of the page run side by side, so that a bar shows a length and not a time of day. */
function Startup() {
  const { phases, total, clockStep } = useSelect((state) => state.metrics)
  const longest = Math.max(...phases.map((phase) => phase.ms), 0.001)
  return (
    <div className="metric startup">
      <Heading title="Run to result" value={total === undefined ? undefined : plainMilliseconds(total)} unit="ms" />
      {phases.length === 0 ? (
        <p className="dim">The phases of a run, in milliseconds, once something has run.</p>
      ) : (
        <dl
          className={phases.length > 5 ? 'waterfall two' : 'waterfall'}
          title={
            clockStep === undefined
              ? ''
              : `The sandbox’s clock steps by ${clockStep} ms. Slate: the page. Petrol: the sandbox.`
          }
        >
          {phases.map(({ name, room, ms }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <span className="track">
                  <span style={{ width: `${(ms / longest) * 100}%`, background: tones[room] }} />
                </span>
                <span className="ms mono">{plainMilliseconds(ms)}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

function Memory() {
  const { memory, memoryAtStart, memoryLimit } = useSelect((state) => state.metrics)
  const known = memory !== undefined && memoryAtStart !== undefined && memoryLimit !== undefined
  return (
    <div className="metric">
      <Heading title="Linear memory" value={known ? mebibytes(memory) : undefined} unit="MiB" />
      {known ? (
        <>
          <div className="meter" aria-hidden="true">
            <span style={{ width: `${(memoryAtStart / memoryLimit) * 100}%`, background: 'var(--d-5)' }} />
            <span style={{ width: `${((memory - memoryAtStart) / memoryLimit) * 100}%`, background: 'var(--d-3)' }} />
          </div>
          <Row name="Pages of 64 KiB">
            {counted(memory / pageSize)} of {counted(memoryLimit / pageSize)}
          </Row>
          <Row name="Grown since the start">{bytes(memory - memoryAtStart)}</Row>
        </>
      ) : (
        <p className="dim">Of the instance, not of the process.</p>
      )}
    </div>
  )
}

function Size() {
  const { measure } = useActions()
  const size = useSelect((state) => state.metrics.size)
  const ready = useSelect(({ run, revision }) => run.status === 'ready' && run.revision === revision)
  return (
    <div className="metric">
      <Heading
        title="Component"
        value={size && bytes(size.total).split(' ')[0]}
        unit={size ? (bytes(size.total).split(' ')[1] ?? '') : ''}
      />
      {size ? (
        <>
          <div className="meter" aria-hidden="true">
            <span style={{ width: `${(size.core / size.total) * 100}%`, background: 'var(--d-2)' }} />
            <span style={{ flex: 1, background: 'var(--d-3)' }} />
          </div>
          <Row name="Engine and heap, holds your code">{bytes(size.core)}</Row>
          <Row name="Adapters, glue, types">{bytes(size.shell)}</Row>
        </>
      ) : (
        <p className="dim">
          Bytes of the .wasm file.{' '}
          {ready && (
            <button type="button" className="text-button" onClick={() => void measure()}>
              Measure it
            </button>
          )}
        </p>
      )}
    </div>
  )
}

function Calls() {
  const burst = useSelect((state) => state.metrics.burst)
  return (
    <div className="metric">
      <Heading
        title="Warm call"
        value={burst && duration(burst.report.p50).split(' ')[0]}
        unit={burst ? (duration(burst.report.p50).split(' ')[1] ?? '') : ''}
      />
      {burst ? (
        <>
          <p className="mono cut call" title={burst.call}>
            {burst.call}
          </p>
          <Row name="p50">{duration(burst.report.p50)}</Row>
          <Row name="p95">{duration(burst.report.p95)}</Row>
          <Row name="Calls">
            {counted(burst.report.count)}, {counted(Math.round(burst.report.callsPerSecond))}/s
          </Row>
        </>
      ) : (
        <p className="dim">p50 and p95 of a thousand calls, after Measure.</p>
      )}
    </div>
  )
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <p className="pair">
      <span className="cut">{name}</span>
      <b className="mono">{children}</b>
    </p>
  )
}
