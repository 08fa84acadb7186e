import { useMemo } from 'react'
import { problemCounts } from '../../../state/selectors.ts'
import { useSelect } from '../../workbench-context.tsx'

/** How many problems there are, on the panel's tab. */
export function ProblemCount() {
  const diagnostics = useSelect((state) => state.diagnostics)
  const { errors, warnings } = useMemo(() => problemCounts(diagnostics), [diagnostics])
  if (errors + warnings === 0) return null
  return <span className={errors > 0 ? 'badge err' : 'badge warn'}>{errors + warnings}</span>
}
