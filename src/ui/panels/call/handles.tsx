import { isBusy } from '../../../state/selectors.ts'
import { Icon } from '../../icons.tsx'
import { useKeptFocus } from '../../use-kept-focus.ts'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { shortCall } from './call-name.ts'
import { handlesGone } from './handles-gone.ts'

/** Resources that the page holds: they live in the instance until they are given away or dropped. */
export function Handles() {
  const { dropHandle } = useActions()
  const handles = useSelect((state) => state.handles)
  const busy = useSelect(isBusy)
  const focus = useKeptFocus<HTMLUListElement>()
  // Those that ended with a fault are told of there.
  const replaced = useSelect(({ lostHandles }) => (lostHandles?.by === 'start' ? lostHandles.count : 0))
  if (handles.length === 0 && replaced === 0) return null
  return (
    <section aria-label="Handles">
      <div className="section-head">
        <h2>Handles</h2>
        {handles.length > 0 && <span className="count">{handles.length}</span>}
        {handles.length > 0 && <span className="end dim">held until the next start</span>}
      </div>
      {replaced > 0 && <output className="handles-gone dim">{handlesGone('A new start', replaced)}</output>}
      <ul className="saved" {...focus}>
        {handles.map(({ id, type, origin }) => (
          <li key={id} className="call-row">
            <span className="handle mono cut" title={`${type}, from ${shortCall(origin)}`}>
              <b>%{id}</b> {type.slice(type.lastIndexOf('/') + 1)} <span className="dim">{shortCall(origin)}</span>
            </span>
            <button
              type="button"
              className="text-button"
              aria-label={`Drop %${id}`}
              disabled={busy}
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
