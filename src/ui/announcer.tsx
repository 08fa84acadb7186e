import { useEffect, useState } from 'react'
import { isBusy, problemCounts, shownResult } from '../state/selectors.ts'
import type { CallEntry, State } from '../state/state.ts'
import { counted, measured } from './formats.ts'
import { plainFault } from './prose.tsx'
import { stageWords } from './stages.ts'
import { useSelect } from './workbench-context.tsx'

/** Milliseconds without a change after which the number of problems is said: it changes with every key. */
const quiet = 1500
/** Characters of a value that are read out. */
const spoken = 200

/** The one place from which the page speaks: results, numbers of problems, what was done. Faults speak at once. */
export function Announcer() {
  const result = useSelect(shownResult)
  const again = useSelect((state) => state.earlier !== undefined)
  const busy = useSelect(isBusy)
  const clockStep = useSelect((state) => state.metrics.clockStep ?? 0)
  const walked = useSelect((state) => state.problem)
  const count = useProblemCount()
  return (
    <output className="visually-hidden" aria-label="Announcements">
      <span key={`result ${result?.id} ${again}`}>
        {!busy && result && (again ? `Call ${result.number}. ` : '') + resultText(result, clockStep, again)}
      </span>
      <span key={`problem ${walked?.id}`}>{walked && problemText(walked)}</span>
      <span>{count}</span>
    </output>
  )
}

/** `again`: it is looked at once more. */
function resultText({ outcome }: CallEntry, clockStep: number, again: boolean): string {
  switch (outcome.kind) {
    case 'value': {
      const { tag, wave, ms, plain } = outcome
      const value = wave === '' ? '' : `: ${wave.slice(0, spoken)}${wave.length > spoken ? ' and more' : ''}`
      return `Result${plain ? '' : ` ${tag}`}${value}. ${measured(ms, clockStep)}.`
    }
    case 'exit':
      return `The component exited with ${outcome.code}.`
    case 'burst':
      return `Measured ${counted(outcome.report.count)} calls, median ${measured(outcome.report.p50, outcome.report.resolution)}.`
    case 'fault':
      return again ? outcome.fault.message : ''
  }
}

function problemText({ index, count, problem }: NonNullable<State['problem']>): string {
  const { place, stage } = problem
  const where = place ? ` ${place.file} line ${place.line}.` : ''
  return `Problem ${index} of ${count}, ${stageWords[stage].tag}.${where} ${plainFault(problem)}`
}

/** The number of problems once it has not changed for a moment; nothing before it changed for the first time. */
function useProblemCount(): string {
  const { errors, warnings } = useSelect((state) => problemCounts(state.diagnostics))
  const [said, setSaid] = useState<string>()
  useEffect(() => {
    const timer = setTimeout(() => {
      const text = `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`
      setSaid((before) => (before === undefined && errors + warnings === 0 ? undefined : text))
    }, quiet)
    return () => clearTimeout(timer)
  }, [errors, warnings])
  return said ?? ''
}
