import { worldName } from '../../../state/selectors.ts'
import type { State } from '../../../state/state.ts'
import { release } from '../../../wasi/served.ts'
import { Icon } from '../../late-icons.tsx'
import { useSelect, useWorkbench } from '../../workbench-context.tsx'

export const handlerInterface = 'wasi:http/incoming-handler'

/** Whether the chosen world exports a handler; undefined while no WIT of the project says so. */
export const exportsHandler = (state: State): boolean | undefined => {
  const world = worldName(state)
  return state.outlines
    .find(({ name }) => name === world)
    ?.exports.some(({ name }) => name === handlerInterface || name.startsWith(`${handlerInterface}@`))
}

/** What to do before a request can be sent. */
export function NoHandler() {
  const { actions } = useWorkbench()
  const absent = useSelect((state) => exportsHandler(state) === false)
  if (!absent) return null
  const name = `${handlerInterface}@${release}`
  return (
    <div className="http-note">
      <Icon name="info" small />
      <p>
        <strong>This world exports no handler.</strong> A request goes to <code>{handlerInterface}</code>.
      </p>
      <button type="button" className="button small" onClick={() => void actions.addImport(name, 'export')}>
        Export it
      </button>
    </div>
  )
}
