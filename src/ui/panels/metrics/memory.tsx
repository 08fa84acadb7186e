import { comparedWith } from '../../../state/selectors.ts'
import { counted, growth, mebibytes } from '../../formats.ts'
import { useSelectLater } from '../../workbench-context.tsx'
import { comparing, Difference, Figure, Section, type Explanations } from './figure.tsx'

const pageSize = 65_536

const about: Explanations = {
  'Linear memory':
    'What the component’s instance may address now, in MiB of 1,048,576 bytes, read after the start and after every call, measurement and drop. It is not the memory of the process or of the tab, which also hold compiled code and the page.',
  'At the start': 'Of the fresh instance, before any call.',
  Peak: 'The most since this instance started. Linear memory never shrinks, so this is also the present size for as long as the instance lives.',
  'Last call':
    'By how much the last call or measurement let it grow. It grows in pages of 64 KiB; what the component frees, it uses again.',
  [comparing]: 'Bytes are the same every time, so any difference counts.',
  Limit: 'Where growing fails, as the settings or the project say.',
}

export function Memory() {
  const metrics = useSelectLater((state) => state.metrics)
  const pinned = useSelectLater(comparedWith)
  const { memory, memoryAtStart = 0, memoryPeak = 0, memoryLimit = 0, memoryGrowth, memorySeries } = metrics
  const show = (amount: number): string => `${mebibytes(amount)} MiB`
  const calls = memorySeries.length - 1
  return (
    <Section
      id="memory"
      title="Linear memory"
      value={memory === undefined ? undefined : mebibytes(memory)}
      unit="MiB"
      about={about}
      difference={<Difference kind="size" now={memory} pinned={pinned?.memory} show={show} />}
    >
      <div className="meter" aria-hidden="true">
        <span className="start" style={{ width: `${(memoryAtStart / memoryLimit) * 100}%` }} />
        <span className="grown" style={{ width: `${((memoryPeak - memoryAtStart) / memoryLimit) * 100}%` }} />
      </div>
      {memorySeries.length > 0 && <Course series={memorySeries} />}
      <dl className="figures">
        <Figure
          name="At the start"
          difference={<Difference kind="size" now={metrics.memoryAtStart} pinned={pinned?.memoryAtStart} show={show} />}
        >
          {show(memoryAtStart)}
        </Figure>
        <Figure
          name="Peak"
          difference={<Difference kind="size" now={metrics.memoryPeak} pinned={pinned?.memoryPeak} show={show} />}
        >
          {show(memoryPeak)}
        </Figure>
        <Figure name="Last call">{calls > 0 && memoryGrowth !== undefined ? growth(memoryGrowth) : 'none yet'}</Figure>
        <Figure name="Limit">{show(memoryLimit)}</Figure>
      </dl>
    </Section>
  )
}

const width = 200
const height = 24

/** The latest readings, as steps. The scale begins a page below the least, so that one page shows. */
function Course({ series }: { series: readonly number[] }) {
  const least = Math.min(...series) - pageSize
  const most = Math.max(...series) + pageSize
  const x = (index: number): number => (index / series.length) * width
  const y = (bytes: number): number => height - ((bytes - least) / (most - least)) * height
  const steps = series.map((bytes, index) => `H${x(index).toFixed(1)}V${y(bytes).toFixed(1)}`).join('')
  const line = `M0 ${y(series[0] ?? 0).toFixed(1)}${steps}H${width}`
  const from = mebibytes(series[0] ?? 0)
  const to = mebibytes(series.at(-1) ?? 0)
  return (
    <>
      <svg className="course" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="area" d={`${line}V${height}H0Z`} />
        <path className="line" d={line} />
      </svg>
      <p className="visually-hidden">
        Over the last {counted(series.length)} {series.length === 1 ? 'reading' : 'readings'}: from {from} to {to} MiB.
      </p>
    </>
  )
}
