import type { Diagnostic, Place } from '../../../contract/fault.ts'

export interface ExportProblem extends Diagnostic {
  /** What TypeScript marks there itself: it says it, and this adds what would mend it. */
  readonly said?: Place & { readonly message: string }
}

/** What TypeScript says, with what would mend it, and what it does not say. */
export function withExports(
  said: readonly Diagnostic[],
  problems: readonly ExportProblem[],
): { readonly byTypeScript: readonly Diagnostic[]; readonly own: readonly Diagnostic[] } {
  const own: Diagnostic[] = []
  const byTypeScript = [...said]
  for (const problem of problems) {
    const { said: place, ...rest } = problem
    const at = place
      ? said.findIndex(
          ({ place: other, message }) =>
            other?.file === place.file &&
            other.line === place.line &&
            other.column === place.column &&
            // It has a full stop by now.
            message.startsWith(place.message),
        )
      : -1
    const marked = byTypeScript[at]
    if (!marked) own.push(rest)
    else byTypeScript[at] = { ...marked, next: rest.next, fixes: [...(rest.fixes ?? []), ...(marked.fixes ?? [])] }
  }
  return { byTypeScript, own }
}
