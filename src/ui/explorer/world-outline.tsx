import { useMemo, useState } from 'react'
import type { OutlineItem, WorldOutline as Outline } from '../../wit/world-outline.ts'
import { worldName } from '../../state/selectors.ts'
import { Icon } from '../icons.tsx'
import { useActions, useSelect } from '../workbench-context.tsx'
import type { TreeRow } from './tree-rows.ts'
import { Tree } from './tree.tsx'

interface OutlineRow extends TreeRow {
  readonly item?: OutlineItem
}

/** Short for the column, and in full for who hears it. */
const kinds: Readonly<Record<OutlineItem['kind'], readonly [string, string]>> = {
  interface: ['', 'interface'],
  function: ['fn', 'function'],
  resource: ['res', 'resource'],
  record: ['rec', 'record'],
  variant: ['var', 'variant'],
  enum: ['enum', 'enum'],
  flags: ['flag', 'flags'],
  alias: ['type', 'type'],
}

/** What the chosen world imports, exports and defines; a press leads to its place in the WIT. */
export function WorldOutline() {
  const { goTo } = useActions()
  const world = useSelect(worldName)
  const outlines = useSelect((state) => state.outlines)
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const outline = outlines.find(({ name }) => name === world) ?? outlines[0]
  const rows = useMemo(() => (outline ? rowsOf(outline, toggled) : []), [outline, toggled])

  function toggle({ id }: OutlineRow): void {
    const next = new Set(toggled)
    if (!next.delete(id)) next.add(id)
    setToggled(next)
  }

  return (
    <details className="outline" open>
      <summary className="section-head">
        <Icon name="chevron" small />
        <h2>World</h2>
        {outline && <span className="cut">{outline.name}</span>}
      </summary>
      {rows.length === 0 ? (
        <p className="explorer-hint">A world that imports or exports something shows it here.</p>
      ) : (
        <Tree
          label="Outline of the world"
          rows={rows}
          onToggle={toggle}
          onOpen={({ item }) => item && goTo(item.place)}
          onKey={(event, { item }) => {
            // On an interface Enter leads to its place, and the arrows open and close it.
            if (event.key !== 'Enter' || !item) return false
            goTo(item.place)
            return true
          }}
        >
          {({ name, item, level }) =>
            item ? (
              <>
                {kinds[item.kind][0] !== '' && (
                  <span className="outline-kind mono" data-kind={kinds[item.kind][0]} aria-hidden="true" />
                )}
                <span className="visually-hidden">{kinds[item.kind][1]} </span>
                {item.kind === 'interface' ? (
                  <button
                    type="button"
                    className="grow outline-link"
                    tabIndex={-1}
                    title={name}
                    aria-label={name}
                    onClick={(event) => {
                      event.stopPropagation()
                      goTo(item.place)
                    }}
                  >
                    {name.split(/(?=\/)/).map((part) => (
                      <span key={part} className="cut">
                        {part}
                      </span>
                    ))}
                  </button>
                ) : (
                  <span className="cut grow" title={name}>
                    {name}
                  </span>
                )}
                {item.version !== undefined && <span className="dim tree-detail">{item.version}</span>}
              </>
            ) : (
              <span className={level === 1 ? 'cut grow outline-side' : 'cut grow'}>{name}</span>
            )
          }
        </Tree>
      )}
    </details>
  )
}

/** What a world exports is its own work and open; what it imports comes from elsewhere and is closed. */
function rowsOf({ imports, exports, types }: Outline, toggled: ReadonlySet<string>): OutlineRow[] {
  const sides = [
    { name: 'Imports', items: imports, open: false },
    { name: 'Exports', items: exports, open: true },
    { name: 'Types', items: types, open: true },
  ].filter(({ items }) => items.length > 0)
  return sides.flatMap(({ name, items, open }, side): OutlineRow[] => {
    const head = { id: name, name, level: 1, position: side + 1, size: sides.length }
    if (toggled.has(name)) return [{ ...head, expanded: false }]
    return [{ ...head, expanded: true }, ...itemRows(items, { parent: name, level: 2, open, toggled })]
  })
}

interface Branch {
  readonly parent: string
  readonly level: number
  readonly open: boolean
  readonly toggled: ReadonlySet<string>
}

function itemRows(items: readonly OutlineItem[], branch: Branch): OutlineRow[] {
  const { parent, level, open, toggled } = branch
  return items.flatMap((item, index): OutlineRow[] => {
    const id = `${parent} ${index} ${item.name}`
    const row = { id, name: item.name, level, position: index + 1, size: items.length, item }
    if (item.children.length === 0) return [row]
    const expanded = open !== toggled.has(id)
    return [
      { ...row, expanded },
      ...(expanded ? itemRows(item.children, { ...branch, parent: id, level: level + 1 }) : []),
    ]
  })
}
