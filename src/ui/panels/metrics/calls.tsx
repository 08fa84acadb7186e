import { useId, useState } from 'react'
import { boundedBurst, comparedWith, isBusy, mostBurst } from '../../../state/selectors.ts'
import type { Metrics } from '../../../state/state.ts'
import { counted, duration, measured } from '../../formats.ts'
import { Icon } from '../../icons.tsx'
import { withValidCall } from '../../valid-call.ts'
import { useSelect, useSelectLater, useWorkbench } from '../../workbench-context.tsx'
import { comparing, Difference, Figure, Section, type Explanations } from './figure.tsx'
import { histogramOf, placeIn } from './histogram.ts'
import { percentileNoise, rateNoise } from './noise.ts'
import { percentile, percentiles, type Percentile } from './percentile.ts'

type Burst = NonNullable<Metrics['burst']>

const rounded = (ms: number): string => duration(Number(ms.toPrecision(2)))

const explanations = (burst: Burst | undefined, clockStep: number | undefined): Explanations => ({
  'Warm calls':
    'The middle of the times (p50) of the same call made many times in the instance that runs, from entering the export to its return.',
  p50: 'Half of the samples took at most so long.',
  p95: '95 of 100 samples took at most so long. Fewer than 20 samples do not tell.',
  p99: '99 of 100 samples took at most so long. Fewer than 100 samples do not tell.',
  'min, max': 'The shortest and the longest sample.',
  'Calls/s': 'Calls per second while the samples were taken, one after the other.',
  Samples: `A sample is one call, or the mean of a batch where one call is too short for the clock (33 × 300: 33 samples of 300 calls)${
    clockStep === undefined ? '' : `, which steps by ${rounded(clockStep)} in the sandbox`
  }. The first calls, a fifth at most and what does not fill a batch, warm up and are counted, but are no samples.${
    burst ? ` Here differences below ${rounded(burst.report.resolution)} mean nothing.` : ''
  }`,
  [comparing]:
    'Faster or slower, more or fewer is said where the samples of the two lie so far apart that chance hardly makes it, and the figures differ by a fifth or more; by half, with fewer than 5 samples. ≈ same is anything less. p95 is compared from 73 samples on, p99 from 381. A tooltip says from where on a difference counts.',
  'Last call': 'The last single call in this instance, from entering the export to its return. One sample.',
})

export function Calls() {
  const { burst, clockStep, lastCall } = useSelectLater((state) => state.metrics)
  const before = useSelectLater((state) => comparedWith(state)?.burst)
  const shown = useSelect((state) => state.call)
  const other = burst !== undefined && burst.call !== shown
  // Times of different calls are not compared.
  const pinned = before?.call === burst?.call ? before?.report : undefined
  const [value, unit] = burst ? measured(burst.report.p50, burst.report.resolution).split(' ') : []
  return (
    <Section
      id={other ? 'calls other' : 'calls'}
      title="Warm calls"
      value={value}
      unit={unit && `${unit} p50`}
      about={explanations(burst, clockStep)}
    >
      <Size />
      {burst ? (
        <Distribution burst={burst} pinned={pinned} other={other} />
      ) : (
        <Nothing lastCall={lastCall} clockStep={clockStep} />
      )}
    </Section>
  )
}

function Nothing({
  lastCall,
  clockStep = 0,
}: {
  lastCall: Metrics['lastCall']
  clockStep: Metrics['clockStep'] | undefined
}) {
  return (
    <>
      <p className="dim">Makes the call many times in this instance, and shows how its times are spread.</p>
      {lastCall && (
        <dl className="figures">
          <Figure name="Last call">{measured(lastCall.ms, clockStep)}</Figure>
        </dl>
      )}
    </>
  )
}

function Distribution({
  burst: { call, report },
  pinned,
  other,
}: {
  burst: Burst
  pinned: Burst['report'] | undefined
  other: boolean
}) {
  const { asked, count, warmUp, batch, sampleCount, resolution } = report
  const difference = (name: Percentile) => {
    const noise = pinned && percentileNoise(name, report, pinned)
    return (
      noise !== undefined && (
        <Difference kind="time" now={report[name]} pinned={pinned?.[name]} show={duration} noise={noise} />
      )
    )
  }
  const shown = (name: Percentile): string => {
    const ms = percentile(report, name)
    return ms === undefined ? '–' : measured(ms, resolution)
  }
  return (
    <>
      <p className="call">
        {other && (
          <span className="badge warn" title="The call line holds another call than the one that was measured">
            <Icon name="warning" small />
            another call
          </span>
        )}
        <span className="mono cut" title={call}>
          {call}
        </span>
        <span className="dim counts">
          {count === asked ? `${counted(count)} calls` : `${counted(count)} of ${counted(asked)} calls: time was up`}
        </span>
      </p>
      <Spread report={report} pinned={pinned} />
      <dl className={pinned ? 'figures' : 'figures two'}>
        {percentiles.map((name) => (
          <Figure key={name} name={name} difference={difference(name)}>
            {shown(name)}
          </Figure>
        ))}
        <Figure
          name="Calls/s"
          difference={
            <Difference
              kind="rate"
              now={report.callsPerSecond}
              pinned={pinned?.callsPerSecond}
              show={(amount) => counted(Math.round(amount))}
              noise={pinned && rateNoise(report, pinned)}
            />
          }
        >
          {report.callsPerSecond === 0 ? '–' : counted(Math.round(report.callsPerSecond))}
        </Figure>
      </dl>
      <dl className="figures">
        <Figure name="min, max">
          {measured(report.min, resolution)}, {measured(report.max, resolution)}
        </Figure>
        <Figure name="Samples">
          {counted(sampleCount)}
          {batch > 1 && ` × ${counted(batch)}`}
          {warmUp > 0 && ` + ${counted(warmUp)} warm-up`}
        </Figure>
      </dl>
    </>
  )
}

/** The samples as columns, with marks at p50, p95 and p99. */
function Spread({ report, pinned }: { report: Burst['report']; pinned: Burst['report'] | undefined }) {
  const picture = histogramOf(report.samples)
  if (!picture) return <p className="dim spread-none">Too few samples for a picture: measure more calls.</p>
  const { columns, from, to, open } = picture
  return (
    <div className="spread" aria-hidden="true">
      <div className="columns">
        {columns.map((share, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the columns stand where they stand
          <i key={index} style={{ height: share === 0 ? 0 : `max(1px, ${share * 100}%)` }} />
        ))}
        {percentiles.map((name) => {
          const ms = percentile(report, name)
          return ms === undefined ? null : (
            <b key={name} style={{ left: `${placeIn(picture, ms) * 100}%` }} title={name} />
          )
        })}
        {pinned && (
          <b className="old" style={{ left: `${placeIn(picture, pinned.p50) * 100}%` }} title="p50 of the pinned run" />
        )}
      </div>
      <div className="ends dim">
        <span>{duration(from)}</span>
        <span>
          {duration(to)}
          {open && ' and more'}
        </span>
      </div>
    </div>
  )
}

const usual = [100, 1000, 10_000, 100_000]

/** How many calls, and the button that makes them. */
function Size() {
  const workbench = useWorkbench()
  const { setBurstCount } = workbench.actions
  const count = useSelect((state) => state.burstCount)
  const busy = useSelect(isBusy)
  const empty = useSelect((state) => state.call.trim() === '')
  const [custom, setCustom] = useState(!usual.includes(count))
  const field = useId()
  return (
    <form
      className="burst"
      onSubmit={(event) => {
        event.preventDefault()
        withValidCall(workbench, () => void workbench.actions.burst(count))
      }}
    >
      <span className="select boxed">
        <select
          aria-label="Calls to measure"
          value={custom ? 'custom' : count}
          onChange={({ target: { value } }) => {
            setCustom(value === 'custom')
            if (value !== 'custom') setBurstCount(Number(value))
          }}
        >
          {usual.map((each) => (
            <option key={each} value={each}>
              {counted(each)} calls
            </option>
          ))}
          <option value="custom">Other …</option>
        </select>
        <Icon name="chevron" small />
      </span>
      {custom && (
        <input
          id={field}
          className="input mono"
          type="number"
          aria-label={`Number of calls, 1 to ${counted(mostBurst)}`}
          min={1}
          max={mostBurst}
          step={1}
          required
          defaultValue={count}
          onChange={({ target }) => target.validity.valid && setBurstCount(boundedBurst(target.valueAsNumber))}
        />
      )}
      <button
        type="submit"
        className="button small"
        disabled={busy || empty}
        title={
          empty
            ? 'Write a call in the call line first: wasi:cli/run is made once only'
            : `Makes the call ${counted(count)} times`
        }
      >
        Measure
      </button>
    </form>
  )
}
