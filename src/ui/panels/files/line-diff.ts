/** A line of two texts side by side; `skipped`: so many lines that are the same in both. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'skipped'
  readonly text: string
}

/** Comparing takes as many steps as the one text has lines times those of the other. */
const mostSteps = 2_000_000
/** Lines that are shown around a change. */
const context = 2

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

/** The lines that were removed and added, with the longest common subsequence between them. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const same = (lines: readonly string[]): DiffLine[] => lines.map((text) => ({ kind: 'same', text }))
  return folded([
    ...same(a.slice(0, start)),
    ...between(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...same(a.slice(a.length - end)),
  ])
}

function between(a: readonly string[], b: readonly string[]): DiffLine[] {
  const removed = a.map((text): DiffLine => ({ kind: 'removed', text }))
  const added = b.map((text): DiffLine => ({ kind: 'added', text }))
  if (a.length * b.length > mostSteps) return [...removed, ...added]
  const width = b.length + 1
  /** The length of the longest common subsequence of what comes after a line of each. */
  const common = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number): number => common[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [from, to] = [removed[i], added[j]]
    if (from && to && from.text === to.text) {
      lines.push({ kind: 'same', text: to.text })
      i++
      j++
    } else if (from && (!to || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(from)
      i++
    } else if (to) {
      lines.push(to)
      j++
    }
  }
  return lines
}

/** Without the lines that are far from every change. */
function folded(lines: readonly DiffLine[]): DiffLine[] {
  const shown = lines.map(() => false)
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue
    for (let at = Math.max(0, index - context); at <= index + context && at < lines.length; at++) shown[at] = true
  }
  const result: DiffLine[] = []
  let skipped = 0
  const skip = (): void => {
    if (skipped > 0) result.push({ kind: 'skipped', text: `${skipped} ${skipped === 1 ? 'line' : 'lines'} the same` })
    skipped = 0
  }
  for (const [index, line] of lines.entries()) {
    if (!shown[index]) skipped++
    else {
      skip()
      result.push(line)
    }
  }
  skip()
  return result
}
