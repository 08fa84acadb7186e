/**
 * Lays out text in lines of at most a width: the algebra of Wadler's "A prettier printer" with the greedy choice of
 * Oppen's "Prettyprinting". A group stands on one line where it fits and holds nothing that needs a line of its own.
 */
export type Layout =
  | string
  | readonly Layout[]
  | { readonly kind: 'line'; readonly flat: '' | ' ' }
  | { readonly kind: 'break'; readonly blank: boolean }
  | { readonly kind: 'indent'; readonly of: Layout }
  /** `lines`: something in it needs a line of its own. */
  | { readonly kind: 'group'; readonly of: Layout; readonly lines: boolean }
  /** Written where the group around it is broken. */
  | { readonly kind: 'if-broken'; readonly text: string }
  /** A comment up to the end of its line: takes no room, and the line ends after it. */
  | { readonly kind: 'to-line-end'; readonly text: string }

/** Columns that a line of formatted WIT keeps to, where names and comments let it. */
export const witWidth = 100

/** A space, or a line break where the group is broken. */
export const line: Layout = { kind: 'line', flat: ' ' }
/** Nothing, or a line break where the group is broken. */
export const softLine: Layout = { kind: 'line', flat: '' }
export const hardBreak: Layout = { kind: 'break', blank: false }
/** A line break with an empty line after it. */
export const blankLine: Layout = { kind: 'break', blank: true }
export const indent = (of: Layout): Layout => ({ kind: 'indent', of })
export const group = (of: Layout): Layout => ({ kind: 'group', of, lines: needsLines(of) })
export const ifBroken = (text: string): Layout => ({ kind: 'if-broken', text })
export const toLineEnd = (text: string): Layout => ({ kind: 'to-line-end', text })

const isList = (layout: Layout): layout is readonly Layout[] => Array.isArray(layout)

const tab = '  '

const needsLines = (layout: Layout): boolean => {
  if (typeof layout === 'string') return layout.includes('\n')
  if (isList(layout)) return layout.some(needsLines)
  if (layout.kind === 'group') return layout.lines
  return layout.kind === 'indent' ? needsLines(layout.of) : layout.kind === 'break' || layout.kind === 'to-line-end'
}

interface Step {
  readonly layout: Layout
  readonly depth: number
  readonly broken: boolean
}

/** Whether what comes next, up to the next possible end of the line, has room in `room` columns. */
const fits = (next: Step, rest: readonly Step[], room: number): boolean => {
  const steps = [next]
  let left = room
  let waiting = rest.length
  while (left >= 0) {
    const step = steps.pop() ?? rest[--waiting]
    if (step === undefined) return true
    const { layout, depth, broken } = step
    if (typeof layout === 'string') left -= layout.length
    else if (isList(layout)) for (const part of layout.toReversed()) steps.push({ layout: part, depth, broken })
    else if (layout.kind === 'indent') steps.push({ layout: layout.of, depth, broken })
    else if (layout.kind === 'group') steps.push({ layout: layout.of, depth, broken: layout.lines })
    else if (layout.kind === 'break') return true
    else if (layout.kind === 'line') {
      if (broken) return true
      left -= layout.flat.length
    } else if (layout.kind === 'if-broken' && broken) left -= layout.text.length
  }
  return false
}

/** The text of a layout, with a line break at its end unless it is empty. No line ends with white space, except inside of what is given as one text. */
export const print = (layout: Layout, width: number): string => {
  const lines: string[] = []
  /** The line that is being written. */
  let last = ''
  /** Line breaks that are due before the next text, with the depth of its line. */
  let due: { lines: number; depth: number } | undefined
  /** The line ended with a comment: whatever comes next is on another one. */
  let ended = false
  const endLine = (): void => {
    lines.push(last.trimEnd())
    last = ''
  }
  const write = (part: string, depth: number): void => {
    if (part === '') return
    if (ended) due ??= { lines: 1, depth }
    if (due !== undefined) {
      if (part.trim() === '') return
      // Nothing stands above the first line.
      const isFirst = lines.length === 0 && last === ''
      for (let count = isFirst ? 0 : due.lines; count > 0; count -= 1) endLine()
      last = tab.repeat(due.depth)
    }
    due = undefined
    ended = false
    last += part
  }
  const newLine = (lines: number, depth: number): void => {
    due = { lines: Math.max(lines, due?.lines ?? 0), depth }
  }

  const steps: Step[] = [{ layout, depth: 0, broken: true }]
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const { layout: part, depth, broken } = step
    if (typeof part === 'string') write(part, depth)
    else if (isList(part)) for (const one of part.toReversed()) steps.push({ layout: one, depth, broken })
    else
      switch (part.kind) {
        case 'indent':
          steps.push({ layout: part.of, depth: depth + 1, broken })
          break
        case 'group': {
          const flat = { layout: part.of, depth, broken: false }
          const at = due === undefined ? last.length - last.lastIndexOf('\n') - 1 : due.depth * tab.length
          const whole = !part.lines && fits(flat, steps, width - at)
          steps.push(whole ? flat : { ...flat, broken: true })
          break
        }
        case 'break':
          newLine(part.blank ? 2 : 1, depth)
          break
        case 'line':
          if (broken) newLine(1, depth)
          else write(part.flat, depth)
          break
        case 'if-broken':
          if (broken) write(part.text, depth)
          break
        case 'to-line-end':
          write(part.text, depth)
          ended = true
      }
  }
  if (lines.length === 0 && last === '') return ''
  endLine()
  return `${lines.join('\n')}\n`
}
