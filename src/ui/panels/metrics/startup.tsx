import { Fragment, type CSSProperties } from 'react'
import { answersRequests, comparedWith, isBusy } from '../../../state/selectors.ts'
import { bytes } from '../../../state/bytes.ts'
import { useWidth } from '../../use-width.ts'
import { useSelectLater } from '../../workbench-context.tsx'
import { comparing, Difference, Section, type Explanations } from './figure.tsx'
import { singleNoise, sumNoise } from './noise.ts'
import { precise, ticksTo, waterfallOf, type Waterfall, type WaterfallRow } from './waterfall.ts'

const explanations = (clockStep: number | undefined): Explanations => ({
  'Run to result':
    'From the press of Run to the result, by the page’s clock, for this one run. Steps overlap, so their lengths add up to more. Drawing the result is not part of it.',
  Download:
    'From the first request to the last byte that came over the network for this run: engine, prepared world, sandbox. Bytes with headers, as the browser counts them; what is in the browser’s cache comes without. What the component tools fetch in their worker is part of Prepare.',
  Source: 'Compiling the language away, in a worker. 0.0 where the source has not changed.',
  Prepare: 'Everything that the world needs beside your code: found in the cache, fetched, or made.',
  Engine: 'Fetching and checking the engine, or finding it in memory.',
  'Open sandbox':
    'Opening the place where your code runs: a frame with a worker of its own, apart from this page. It may begin before Run, while you point at the button; only what lies after Run counts.',
  'Compile engine': 'The browser compiles the WebAssembly of the JavaScript engine, once for each sandbox.',
  'Load bindings':
    'The code that turns the values of this world into JavaScript and back is loaded, once for each sandbox.',
  Initialise: 'The top-level code of your modules runs.',
  Instantiate: 'The instance that answers calls is made from the initialised state.',
  'First call': 'From entering the export to its return, simulated host included.',
  Waiting:
    'What no step covers: messages between page and sandbox, queues, the page’s own work. Lengths in the sandbox are placed as if the message to it took no time, so its way there is waited for afterwards.',
  Clocks: `Slate bars are by the page’s clock, petrol ones by the sandbox’s${
    clockStep === undefined ? '' : `, which steps by ${Number(clockStep.toPrecision(2))} ms`
  }: nothing shorter was measured. One sample each.`,
  [comparing]:
    'The thin bars are the pinned run’s. With one sample of each, faster or slower is said from a difference of 4 ms and of half of the longer one on: by less the same run differs from itself. ≈ same is anything less. Where steps are said to differ, the sum is too, from 4 ms on in the same direction.',
})

const notTimed = { fault: 'its first call failed', stopped: 'its first call was stopped' } as const

export function Startup() {
  const metrics = useSelectLater((state) => state.metrics)
  const pinned = useSelectLater(comparedWith)
  const busy = useSelectLater(isBusy)
  const { total, clockStep, failed } = metrics
  const forRequests = useSelectLater(answersRequests)
  const without = failed ? notTimed[failed] : forRequests ? 'started for requests' : 'started without a call'
  const waterfall = waterfallOf(metrics, pinned)
  const before = pinned && waterfallOf(pinned)
  const figure = (ms: number): string => precise(ms, waterfall.digits)
  const show = inMilliseconds(waterfall)
  const about = explanations(clockStep)
  return (
    <Section
      id="startup"
      title="Run to result"
      value={total === undefined ? '–' : figure(total)}
      unit={total !== undefined ? 'ms' : busy ? undefined : without}
      about={about}
      difference={
        <Timing
          now={total}
          pinned={pinned?.total}
          show={show}
          noise={(now, other) =>
            sumNoise(
              now,
              other,
              waterfall.rows.map(({ name, ms }) => [ms, of(before, name)?.ms ?? 0]),
            )
          }
        />
      }
    >
      <Lines waterfall={waterfall} before={before} about={about} />
      <PhaseTable waterfall={waterfall} before={before} />
    </Section>
  )
}

const inMilliseconds =
  ({ digits }: Waterfall) =>
  (ms: number): string =>
    `${precise(ms, digits)} ms`

interface TimingProps {
  readonly now: number | undefined
  readonly pinned: number | undefined
  readonly show: (ms: number) => string
  readonly short?: (ms: number) => string
  readonly noise?: typeof singleNoise
}

/** How one timing differs from the pinned run's. */
function Timing({ now, pinned, show, short, noise = singleNoise }: TimingProps) {
  if (now === undefined || pinned === undefined) return null
  return <Difference kind="time" now={now} pinned={pinned} show={show} short={short} noise={noise(now, pinned)} />
}

interface PictureProps {
  readonly waterfall: Waterfall
  readonly before: Waterfall | undefined
}

const of = (waterfall: Waterfall | undefined, name: string): WaterfallRow | undefined =>
  waterfall?.rows.find((row) => row.name === name)

/** The table beside it says the same in words. */
function Lines({ waterfall, before, about }: PictureProps & { about: Explanations }) {
  const { rows, end, digits } = waterfall
  const [axis, width] = useWidth<HTMLSpanElement>()
  const ticks = ticksTo(end, width)
  const share = (ms: number): string => `${(ms / end) * 100}%`
  const place = ({ at, ms }: { at: number; ms: number }): CSSProperties => ({ left: share(at), width: share(ms) })
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0)
  return (
    <div className={before ? 'waterfall compared' : 'waterfall'} aria-hidden="true">
      <div className="grid-lines">
        {ticks.map((tick) => (
          <i key={tick} style={{ left: share(tick) }} />
        ))}
      </div>
      {rows.map(({ name, room, ms, spans, early, bytes: size }) => {
        const text = about[name]
        const old = of(before, name)
        const started = early === undefined ? '' : ` It began ${early.toFixed(1)} ms before Run.`
        return (
          <Fragment key={name}>
            <span className="name cut" title={typeof text === 'string' ? `${name}: ${text}${started}` : name}>
              {name}
              {size !== undefined && <small> {bytes(size)}</small>}
            </span>
            <span className="track">
              {old?.spans.map((span) => (
                <i key={span.at} className="lap old" style={place(span)} />
              ))}
              {spans.map((span) => (
                <i key={span.at} className={`lap ${room}`} style={place(span)} />
              ))}
            </span>
            <span className="ms mono">{precise(ms, digits)}</span>
            {before && (
              <Timing
                now={ms}
                pinned={old?.ms ?? 0}
                show={inMilliseconds(waterfall)}
                short={(amount) => precise(amount, digits)}
              />
            )}
          </Fragment>
        )
      })}
      <span className="axis" ref={axis}>
        {ticks.map((tick) => {
          const label = tick.toFixed(step < 1 ? 1 : 0)
          // The last one keeps off the unit beside the axis.
          return (
            <span key={tick} style={{ left: `min(${share(tick)}, 100% - ${label.length / 2}ch + 4px)` }}>
              {label}
            </span>
          )
        })}
      </span>
      <span className="unit">ms</span>
      {before && <span className="unit">ms</span>}
    </div>
  )
}

function PhaseTable({ waterfall, before }: PictureProps) {
  const { rows, digits } = waterfall
  const rooms = { page: 'page', sandbox: 'sandbox', none: '' }
  return (
    <table className="visually-hidden">
      <caption>Steps from Run to the result, in milliseconds</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Begins</th>
          <th scope="col">Takes</th>
          <th scope="col">Measured in</th>
          {before && <th scope="col">Took in the pinned run</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, room, ms, spans }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{room === 'none' ? '' : precise(spans[0]?.at ?? 0, digits)}</td>
            <td>{precise(ms, digits)}</td>
            <td>{rooms[room]}</td>
            {before && <td>{precise(of(before, name)?.ms ?? 0, digits)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
