/** What is wrong with the value of a field: its control is described by it. */
export function FieldProblem({ id, problem }: { id: string; problem: string | undefined }) {
  if (problem === undefined) return null
  return (
    <output id={id} className="field-problem err">
      {problem}
    </output>
  )
}
