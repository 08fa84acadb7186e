import { useId, useMemo, useState } from 'react'
import type { Diagnostic, Fix, Severity } from '../../../contract/fault.ts'
import { problemsOf } from '../../../state/selectors.ts'
import { Icon } from '../../late-icons.tsx'
import { mendingFile } from '../../mending.ts'
import { Message, Prose, stopAfter } from '../../prose.tsx'
import { isSmall } from '../../shell/breakpoints.ts'
import { stageWords } from '../../stages.ts'
import { useKeptFocus } from '../../use-kept-focus.ts'
import { useActions, useSelect, useWorkbench } from '../../workbench-context.tsx'
import './problems.css'

/** More than anybody reads; the count says how many there are. */
const shown = 100

export function ProblemsPanel() {
  const diagnostics = useSelect((state) => state.diagnostics)
  const walked = useSelect((state) => state.problem?.problem)
  const problems = useMemo(() => problemsOf(diagnostics), [diagnostics])
  const focus = useKeptFocus<HTMLUListElement>()
  const counted = problems.filter(({ severity }) => severity !== 'hint')
  const onlyTypes = counted.length > 0 && counted.every(({ stage }) => stage === 'types')
  return (
    <section className="problems" aria-label="Problems" data-region>
      {problems.length === 0 ? (
        <div className="empty">
          <Icon name="check" />
          <strong>No problems found</strong>
          <p>Mistakes in the WIT, in the source and in a run are listed here.</p>
        </div>
      ) : (
        <ul {...focus}>
          {problems.slice(0, shown).map((problem, index) => (
            // The same place and message come once, but what changes is the list as a whole.
            // eslint-disable-next-line react/no-array-index-key
            <li key={index}>
              <ProblemRow problem={problem} current={problem === walked} />
            </li>
          ))}
        </ul>
      )}
      {problems.length > shown && (
        <p className="dim more">
          {problems.length - shown} more {problems.length - shown === 1 ? 'is' : 'are'} not listed.
        </p>
      )}
      {problems.length > 0 && (
        <p className="dim hint">
          {onlyTypes && 'Type errors do not block a run. '}
          <span className="by-key">
            <kbd>F8</kbd> goes to the next
          </span>
        </p>
      )}
    </section>
  )
}

const tones: Readonly<Record<Severity, string>> = { error: 'err', warning: 'warn', hint: 'dim' }

/** Goes to the place; without one it unfolds what else is known. */
function ProblemRow({ problem, current }: { problem: Diagnostic; current: boolean }) {
  const { goTo } = useActions()
  const [open, setOpen] = useState(false)
  const id = useId()
  const { place, severity, stage, next, fixes = [] } = problem
  return (
    <>
      <button
        type="button"
        className="problem"
        data-stage={stage}
        aria-current={current}
        {...(place ? {} : { 'aria-expanded': open, 'aria-controls': id })}
        onClick={() => (place ? goTo(place, true) : setOpen(!open))}
      >
        <span className={tones[severity]}>
          <Icon name={severity === 'hint' ? 'info' : severity} />
          <span className="visually-hidden">{severity} </span>
        </span>
        <span className="place mono cut">{place ? `${place.file} ${place.line}:${place.column}` : 'Details'}</span>
        <span className="text">
          <Message fault={problem} />
          {stopAfter(problem.message)}{' '}
          <span className="next">
            <Prose text={next} />
          </span>
        </span>
        <span className="stage">{stageWords[stage].tag}</span>
      </button>
      {fixes.length > 0 && <Fixes problem={problem} />}
      {!place && (
        <div id={id} className="problem-details" hidden={!open}>
          {open && <ProblemDetails problem={problem} />}
        </div>
      )}
    </>
  )
}

/** More than these are guesses. */
const fixesShown = 2

/** Mends it and shows where, or says so. */
function Fixes({ problem: { fixes = [], place } }: { problem: Diagnostic }) {
  const { store, actions } = useWorkbench()
  const [all, setAll] = useState(false)
  const more = fixes.length - fixesShown
  async function mend(fix: Fix): Promise<void> {
    const mender = await import('../../../state/mend.ts').catch(() => undefined)
    if (!mender) return actions.say('Nothing was changed: a part of the page did not arrive. Try again.')
    const changed = mender.mended(store.getState().project.files, fix)
    // Another text is checked anew, and says itself what would mend it.
    if (!changed) return
    actions.editFile(changed.file, changed.text)
    if (!place) return
    if (!matchMedia(isSmall).matches) return actions.goTo(place)
    // The code is another view there, and this list may have more to mend.
    actions.say(`Done in ${changed.file}, line ${place.line}: ${fix.title}.`, {
      label: 'Show',
      goesOn: true,
      run: () => actions.goTo(place),
    })
  }
  return (
    <div className="problem-fixes">
      {fixes.slice(0, all ? undefined : fixesShown).map((fix) => (
        <button
          key={fix.title}
          type="button"
          className="button small"
          title={place && `Change ${place.file} at line ${place.line}`}
          onClick={() => void mend(fix)}
        >
          <Icon name="rename" small />
          <span className="cut">{fix.title}</span>
        </button>
      ))}
      {more > 0 && !all && (
        <button type="button" className="button small ghost" onClick={() => setAll(true)}>
          {more} more {more === 1 ? 'fix' : 'fixes'}
        </button>
      )}
    </div>
  )
}

function ProblemDetails({ problem }: { problem: Diagnostic }) {
  const { goTo } = useActions()
  const file = useSelect((state) => mendingFile(problem, state.project))
  const { stage, detail } = problem
  return (
    <>
      <p>{stageWords[stage].title}.</p>
      {detail !== undefined && detail.trim() !== '' && <pre className="mono">{detail}</pre>}
      {file !== undefined && (
        <button type="button" className="button small" onClick={() => goTo({ file, line: 1, column: 1 })}>
          Open {file}
        </button>
      )}
    </>
  )
}
