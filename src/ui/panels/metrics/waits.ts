export interface Span {
  readonly at: number
  readonly ms: number
}

/** The stretches between Run and the result in which nothing was measured: messages on their way, queues, the page. */
export function waitsOf(phases: readonly Span[], total: number): Span[] {
  const waits: Span[] = []
  let reached = 0
  for (const { at, ms } of phases.toSorted((one, other) => one.at - other.at)) {
    const from = Math.min(at, total)
    if (from > reached) waits.push({ at: reached, ms: from - reached })
    reached = Math.max(reached, Math.min(at + ms, total))
  }
  if (total > reached) waits.push({ at: reached, ms: total - reached })
  return waits
}
