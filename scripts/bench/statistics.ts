/** Percentile by the nearest rank; `share` from 0 to 1. */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('no samples')
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5)

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** How many samples the value is made of. */
  readonly samples: number
  /** What it has to reach. `most`: at most; `least`: at least. */
  readonly goal?: { readonly most: number } | { readonly least: number }
}

/** The percentile `share` of the samples, or the one sample. */
export function figure(
  name: string,
  unit: string,
  samples: number | readonly number[],
  share = 0.5,
  goal?: Figure['goal'],
): Figure {
  const all = typeof samples === 'number' ? [samples] : samples
  return { name, unit, value: percentile(all, share), samples: all.length, ...(goal && { goal }) }
}

export function reached(figure: Figure): boolean | undefined {
  if (figure.goal === undefined) return undefined
  return 'most' in figure.goal ? figure.value <= figure.goal.most : figure.value >= figure.goal.least
}

export const missed = (figures: readonly Figure[]): readonly Figure[] =>
  figures.filter((each) => reached(each) === false)

export function row(figure: Figure): string {
  const digits = figure.value >= 100 ? 0 : figure.value >= 1 ? 2 : 4
  const goal =
    figure.goal === undefined
      ? ''
      : 'most' in figure.goal
        ? `at most ${figure.goal.most}`
        : `at least ${figure.goal.least}`
  const mark = { true: 'reached', false: 'MISSED', undefined: '' }[String(reached(figure))] ?? ''
  return `  ${figure.name.padEnd(72)} ${figure.value.toFixed(digits).padStart(9)} ${figure.unit.padEnd(6)} ${`n=${figure.samples}`.padEnd(7)} ${goal.padEnd(15)} ${mark}`.trimEnd()
}
