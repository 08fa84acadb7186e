import { useId } from 'react'
import { comparedWith, isBusy } from '../../../state/selectors.ts'
import { groupBytes, partGroups, type Part, type PartGroup } from '../../../wasm/component-parts.ts'
import { bytes } from '../../../state/bytes.ts'
import { counted } from '../../formats.ts'
import { useActions, useSelect, useSelectLater } from '../../workbench-context.tsx'
import { comparing, Difference, Figure, Popover, Section, type Explanations } from './figure.tsx'

const names: Readonly<Record<PartGroup, string>> = {
  code: 'Engine code',
  data: 'Engine data',
  'guest-data': 'Guest data',
  glue: 'Glue',
  adapters: 'Adapters',
  interface: 'Interface',
  notes: 'Names',
}

const about: Explanations = {
  Component:
    'Bytes of the .wasm file that Download gives, uncompressed, taken apart section by section a moment after the run. The parts add up to the file.',
  'Engine code':
    'The first core module without its data: the JavaScript engine. The same in every component of this page.',
  'Engine data': 'Data of the first core module that is byte for byte as the engine brings it.',
  'Guest data':
    'Data that differs from the engine’s at the same address: your compiled code, its values after the top-level code has run, and what the engine changed in doing so; with the addresses of these data.',
  Glue: 'The core module that was made for this world: it turns values of the world into values of the engine.',
  Adapters: 'Small core modules that tie the others together.',
  Interface: 'Types, imports, exports and instances of the component.',
  Names: 'Custom sections: names and producers.',
  [comparing]: 'The same project makes the same bytes, so any difference counts. The upper bar is the pinned run’s.',
}

export function Size() {
  const { measure } = useActions()
  const size = useSelectLater((state) => state.metrics.size)
  const pinned = useSelectLater((state) => comparedWith(state)?.size)
  const ready = useSelect(({ run, revision }) => run.status === 'ready' && run.revision === revision)
  const busy = useSelect(isBusy)
  const [value, unit] = size ? bytes(size.total).split(' ') : []
  const groups = size?.parts && groupBytes(size.parts)
  const before = pinned?.parts && groupBytes(pinned.parts)
  return (
    <Section
      id="size"
      title="Component"
      value={value}
      unit={unit}
      about={about}
      actions={size?.parts && <AllParts whole={size.parts} />}
      difference={<Difference kind="size" now={size?.total} pinned={pinned?.total} show={bytes} />}
    >
      {!size && (
        <p className="dim">
          Not measured yet. {!ready && !busy && 'Run the project to measure it.'}
          {ready && (
            <button type="button" className="text-button" onClick={() => void measure()}>
              Measure the size
            </button>
          )}
        </p>
      )}
      {size && groups && (
        <>
          {before && pinned && (
            <Bar groups={before} total={pinned.total} most={Math.max(size.total, pinned.total)} old />
          )}
          <Bar groups={groups} total={size.total} most={Math.max(size.total, pinned?.total ?? 0)} />
          <dl className="figures">
            {partGroups.map((group) => (
              <Figure
                key={group}
                name={names[group]}
                swatch={group}
                difference={<Difference kind="size" now={groups[group]} pinned={before?.[group]} show={bytes} />}
              >
                {bytes(groups[group])}
              </Figure>
            ))}
          </dl>
        </>
      )}
    </Section>
  )
}

interface BarProps {
  readonly groups: Readonly<Record<PartGroup, number>>
  readonly total: number
  readonly most: number
  readonly old?: boolean
}

/** The figures below it say the same. */
function Bar({ groups, total, most, old = false }: BarProps) {
  return (
    <div className={old ? 'stack old' : 'stack'} aria-hidden="true" style={{ width: `${(total / most) * 100}%` }}>
      {partGroups.map(
        (group) =>
          groups[group] > 0 && (
            <span key={group} className={`part ${group}`} style={{ flexGrow: groups[group] }} title={names[group]} />
          ),
      )}
    </div>
  )
}

interface PartLine {
  readonly path: string
  readonly depth: number
  readonly part: Part
}

const linesOf = (part: Part, depth = 0, path = ''): PartLine[] => [
  { part, depth, path },
  ...(part.parts ?? []).flatMap((each, index) => linesOf(each, depth + 1, `${path}.${index}`)),
]

/** Every module and section, in the order of the file. */
function AllParts({ whole }: { whole: Part }) {
  const id = useId()
  return (
    <>
      <button type="button" className="text-button" popoverTarget={id}>
        All parts
      </button>
      <Popover id={id} label="Parts of the component">
        <table>
          <caption>Modules and sections in the order of the file. Those within one add up to it.</caption>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">For</th>
              <th scope="col">Bytes</th>
              <th scope="col">Share</th>
            </tr>
          </thead>
          <tbody>
            {linesOf(whole).map(({ part, depth, path }) => (
              <tr key={path} className={part.parts ? 'sum' : 'leaf'}>
                <th scope="row" style={{ paddingLeft: 8 + depth * 12 }}>
                  {part.name}
                </th>
                <td>
                  {part.group && (
                    <>
                      <span className={`swatch ${part.group}`} />
                      {names[part.group]}
                    </>
                  )}
                </td>
                <td className="mono">{counted(part.bytes)}</td>
                <td className="mono">{((part.bytes / whole.bytes) * 100).toFixed(1)} %</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Popover>
    </>
  )
}
