import { Fragment, useMemo, type ReactNode, type RefObject } from 'react'
import type { TraceCount } from '../../../runner/trace-entry.ts'
import type { TraceLog } from '../../../state/simulation/trace.ts'
import { counted } from '../../formats.ts'
import { Icon } from '../../late-icons.tsx'
import { chipsOf, type TraceFilter } from './trace-model.ts'

interface FiltersProps {
  readonly filter: TraceFilter
  readonly onFilter: (filter: TraceFilter) => void
  readonly log: TraceLog
  readonly counts: Readonly<Record<string, TraceCount>>
  /** Rows that are left. */
  readonly shown: number
  readonly search: RefObject<HTMLInputElement | null>
  readonly end: ReactNode
}

export function Filters({ filter, onFilter, log, counts, shown, search, end }: FiltersProps) {
  const { entries, total } = log
  const { packages, denied, errors } = useMemo(() => chipsOf(counts, entries, total), [counts, entries, total])
  const chip = (id: string, label: string, count: number, kind?: 'denied' | 'error' | 'inner') => (
    <button
      key={id}
      type="button"
      className={kind ? `chip ${kind === 'inner' ? kind : id}` : 'chip'}
      aria-pressed={filter.chip === id}
      onClick={() => onFilter({ ...filter, chip: id })}
    >
      {kind && kind !== 'inner' && <Icon name={kind} small />}
      {label} <span className="count">{counted(count)}</span>
    </button>
  )
  return (
    <div className="trace-filters">
      <fieldset className="chips" aria-label="Calls to show">
        {chip('all', 'All', total)}
        {packages.map(({ id, label, count, interfaces }) => (
          <Fragment key={id}>
            {chip(id, label, count)}
            {(filter.chip === id || filter.chip.startsWith(`${id}/`)) &&
              interfaces.map((each) => chip(each.id, each.label, each.count, 'inner'))}
          </Fragment>
        ))}
        <i className="divider" aria-hidden="true" />
        {chip('denied', 'Denied', denied, 'denied')}
        {chip('errors', 'Errors', errors, 'error')}
      </fieldset>
      {filter.handle !== undefined && (
        <button
          type="button"
          className="chip followed"
          aria-pressed="true"
          title="Show all rows again"
          onClick={() => onFilter({ ...filter, handle: undefined })}
        >
          Following <span className="mono">{filter.handle}</span> <Icon name="cross" small />
        </button>
      )}
      <label className="trace-search">
        <span className="visually-hidden">Filter calls</span>
        <input
          ref={search}
          type="search"
          placeholder="Filter calls"
          value={filter.text}
          spellCheck={false}
          onChange={({ target: { value } }) => onFilter({ ...filter, text: value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || filter.text === '') return
            event.stopPropagation()
            onFilter({ ...filter, text: '' })
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      {end}
      <output className="visually-hidden">
        {counted(shown)} {shown === 1 ? 'row' : 'rows'}
      </output>
    </div>
  )
}
