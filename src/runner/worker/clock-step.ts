/** The step of `performance.now` in milliseconds: the least of a few changes. */
export const clockStep = (now: () => number = () => performance.now()): number => {
  let least = Number.POSITIVE_INFINITY
  for (let change = 0; change < 5; change++) {
    const from = now()
    let to = from
    // Bounded, for a clock that does not move.
    for (let turn = 0; to === from && turn < 10_000_000; turn++) to = now()
    if (to > from) least = Math.min(least, to - from)
  }
  return Number.isFinite(least) ? least : 0
}
