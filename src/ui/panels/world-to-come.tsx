import { useState } from 'react'
import { isBusy, witFiles } from '../../state/selectors.ts'
import { Icon } from '../late-icons.tsx'
import { Prose } from '../prose.tsx'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import './world-to-come.css'

/**
 * Above the call: a project that came from outside is opened without a download, so its form is not there before somebody
 * asks for it. The examples bring theirs.
 */
export function WorldToCome() {
  const workbench = useWorkbench()
  const [asked, setAsked] = useState(false)
  const awaited = useSelect(({ opened, example, prepared }) => opened > 0 && example === undefined && !prepared)
  const busy = useSelect(isBusy)
  const mistake = useSelect(({ diagnostics: { wit } }) => wit.find(({ severity }) => severity === 'error'))
  const fault = useSelect(({ diagnostics: { world } }) => world.find(({ severity }) => severity === 'error'))
  const hasWit = useSelect(({ project }) => witFiles(project).length > 0)
  if (!awaited || busy) return null
  const place = mistake?.place

  async function prepare(pressed: Element): Promise<void> {
    setAsked(true)
    await workbench.actions.prepareWorld()
    setAsked(false)
    if (workbench.store.getState().prepared) focusForm(pressed, performance.now() + timeForForm)
  }

  return (
    <section className="world-to-come" aria-label="Before the first call">
      <Icon name="info" />
      {mistake ? (
        <>
          <p>
            <strong>{hasWit ? 'The WIT has a mistake.' : 'The project has no WIT file.'}</strong> What can be called is
            known once {hasWit ? 'it is mended' : 'there is one'}.
          </p>
          {place && (
            <button type="button" className="button small" onClick={() => workbench.actions.goTo(place, true)}>
              Go to the mistake
            </button>
          )}
        </>
      ) : (
        <>
          <p>
            <strong>{fault ? 'The form was not made.' : 'The form for calls is not there yet.'}</strong>{' '}
            {fault ? (
              <Prose text={`${fault.message} ${fault.next}`} />
            ) : (
              'It is made from the WIT. That may load the component tools, and runs nothing.'
            )}
          </p>
          <button
            type="button"
            className="button small"
            aria-disabled={asked}
            onClick={({ currentTarget }) => !asked && void prepare(currentTarget)}
          >
            {asked ? 'Making the form' : fault ? 'Try again' : 'Make the form'}
          </button>
        </>
      )}
    </section>
  )
}

/** Milliseconds: the form may be on its way still. */
const timeForForm = 15_000

/** What the button was pressed for takes its place; unless somebody went on with something else. */
function focusForm(pressed: Element, until: number): void {
  requestAnimationFrame((time) => {
    const { activeElement, body } = document
    if (activeElement !== body && activeElement !== pressed) return
    const field = document.querySelector<HTMLElement>('.call-form :is(select, textarea)')
    if (field) field.focus()
    else if (time < until) focusForm(pressed, until)
  })
}
