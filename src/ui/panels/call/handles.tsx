import { isBusy } from '../../../state/selectors.ts'
import { Icon } from '../../icons.tsx'
import { useKeptFocus } from '../../use-kept-focus.ts'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { shortCall } from './call-name.ts'

/** Resources that the page holds: they live in the instance until they are given away or dropped. */
export function Handles() {
  const { dropHandle } = useActions()
  const handles = useSelect((state) => state.handles)
  const alive = useSelect((state) => state.run.status === 'ready')
  const busy = useSelect(isBusy)
  const focus = useKeptFocus<HTMLUListElement>()
  if (handles.length === 0) return null
  return (
    <section aria-label="Handles">
      <div className="section-head">
        <h2>Handles</h2>
        <span className="count">{handles.length}</span>
        <span className="end dim">{alive || busy ? 'held until the next start' : 'gone with their instance'}</span>
      </div>
      <ul className="saved" {...focus}>
        {handles.map(({ id, type, origin }) => (
          <li key={id} className="call-row">
            <span className="handle mono cut" title={`${type}, from ${origin}`}>
              <b>%{id}</b> {type.slice(type.lastIndexOf('/') + 1)} <span className="dim">{shortCall(origin)}</span>
            </span>
            <button
              type="button"
              className="text-button"
              aria-label={`Drop %${id}`}
              disabled={busy || !alive}
              onClick={() => void dropHandle(id)}
            >
              <Icon name="cross" small /> Drop
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
