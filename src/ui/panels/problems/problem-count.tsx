import { useMemo } from 'react'
import { problemsOf } from '../../../state/selectors.ts'
import { useSelect } from '../../workbench-context.tsx'

/** How many problems there are, on the panel's tab. */
export function ProblemCount() {
  const diagnostics = useSelect((state) => state.diagnostics)
  const problems = useMemo(() => problemsOf(diagnostics), [diagnostics])
  if (problems.length === 0) return null
  const failed = problems.some(({ severity }) => severity === 'error')
  return <span className={failed ? 'badge err' : 'badge warn'}>{problems.length}</span>
}
