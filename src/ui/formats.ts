/** Numbers as the page shows them: three significant digits where they are small, none after the point where large. */
export function milliseconds(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`
  return `${plainMilliseconds(ms)} ms`
}

export function plainMilliseconds(ms: number): string {
  if (ms >= 100) return ms.toFixed(0)
  if (ms >= 10) return ms.toFixed(1)
  if (ms >= 0.1 || ms === 0) return ms.toFixed(2)
  return ms.toFixed(4)
}

/** Below a tenth of a millisecond in microseconds. */
export function duration(ms: number): string {
  return ms > 0 && ms < 0.1 ? `${(ms * 1000).toFixed(1)} µs` : milliseconds(ms)
}

/** The same of a measured time: one that the clock cannot tell from none is not shown as none. */
export const measured = (ms: number, resolution: number): string =>
  ms < resolution ? `<${duration(Number(resolution.toPrecision(2)))}` : duration(ms)

/** Powers of two for linear memory, which grows by pages of 64 KiB. */
export const growth = (count: number): string =>
  count < 1_048_576 ? `+${count / 1024} KiB` : `+${Number((count / 1_048_576).toFixed(2))} MiB`

export const megabytes = (count: number): string => (count / 1_000_000).toFixed(2)
export const mebibytes = (count: number): string => (count / 1_048_576).toFixed(2)
const grouped = new Intl.NumberFormat('en-US')
export const counted = (count: number): string => grouped.format(count)
