/**
 * The escape sequences of a terminal (ECMA-48) in a line of output: colours and faces are read, carriage returns,
 * backspaces and erasing within the line are done, and everything else is left out. What is no escape stays as it is.
 */

/** One of the 16 colours of a terminal, or red, green and blue from 0 to 255. */
export type Colour = number | readonly [red: number, green: number, blue: number]

export interface Style {
  readonly ink?: Colour
  readonly paper?: Colour
  readonly bold?: boolean
  readonly dim?: boolean
  readonly italic?: boolean
  readonly underline?: boolean
  readonly struck?: boolean
  readonly inverse?: boolean
}

export interface Span {
  readonly text: string
  readonly style: Style
}

export const plainStyle: Style = {}

interface Cell {
  readonly text: string
  readonly style: Style
}

const blank: Cell = { text: ' ', style: plainStyle }

/**
 * A control sequence with its parameters and its last character; a string such as a title or a link, which ends with BEL
 * or ST; any other escape; or a control character. What has no end goes up to the end of the line.
 */
const control =
  // oxlint-disable-next-line no-control-regex
  /(?:\x1b\[|\x9b)([0-?]*)[ -/]*([@-~]?)|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)?|\x1b[ -/]*[0-~]?|[\x00-\x08\x0a-\x1f\x7f-\x9f]/g

/** A line without its end, in the style that the one before ended with. */
export function readLine(line: string, before: Style = plainStyle): { readonly spans: Span[]; readonly style: Style } {
  const cells: Cell[] = []
  let column = 0
  let style = before
  const put = (text: string): void => {
    for (const character of text) {
      while (cells.length < column) cells.push(blank)
      cells[column++] = { text: character, style }
    }
  }
  let end = 0
  for (const found of line.matchAll(control)) {
    put(line.slice(end, found.index))
    end = found.index + found[0].length
    const [whole, parameters, final] = found
    if (final === 'm') style = withRendition(style, parameters ?? '')
    else if (final === 'K') column = erase(cells, column, parameters ?? '')
    // One at the end is that of a line that ends as in Windows.
    else if (whole === '\r') column = 0
    else if (whole === '\b') column = Math.max(0, column - 1)
  }
  put(line.slice(end))
  return { spans: joined(cells), style }
}

/** The text of a line as it is drawn. */
export const plainLine = (line: string): string =>
  readLine(line)
    .spans.map(({ text }) => text)
    .join('')

/** EL: to the end of the line, to its start, or all of it. */
function erase(cells: Cell[], column: number, parameter: string): number {
  if (parameter === '' || parameter === '0') cells.length = Math.min(cells.length, column)
  else if (parameter === '2') cells.length = 0
  else if (parameter === '1') {
    for (let at = 0; at < cells.length && at <= column; at++) cells[at] = blank
  }
  return column
}

function joined(cells: readonly Cell[]): Span[] {
  const spans: { text: string; readonly style: Style }[] = []
  for (const { text, style } of cells) {
    const last = spans.at(-1)
    if (last?.style === style) last.text += text
    else spans.push({ text, style })
  }
  return spans
}

const faces: Readonly<Record<number, Style>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { struck: true },
  21: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { struck: false },
}

/** SGR: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ 8.3.117 */
function withRendition(before: Style, parameters: string): Style {
  // Colours have their parts behind colons or, more often, behind semicolons.
  const codes = parameters.split(';').map((each) => each.split(':').map((part) => Number(part === '' ? 0 : part)))
  let style = before
  for (let at = 0; at < codes.length; at++) {
    const [code = 0, ...parts] = codes[at] ?? []
    if (code === 0) style = plainStyle
    else if (code === 38 || code === 48) {
      const inColons = parts.length > 0
      const rest = inColons ? parts : codes.slice(at + 1).map(([first = 0]) => first)
      const { colour, used } = extended(rest, inColons)
      if (!inColons) at += used
      if (colour !== undefined) style = code === 38 ? { ...style, ink: colour } : { ...style, paper: colour }
    } else if (code === 4 && parts[0] === 0) style = { ...style, underline: false }
    else if (code >= 30 && code <= 37) style = { ...style, ink: code - 30 }
    else if (code >= 90 && code <= 97) style = { ...style, ink: code - 82 }
    else if (code >= 40 && code <= 47) style = { ...style, paper: code - 40 }
    else if (code >= 100 && code <= 107) style = { ...style, paper: code - 92 }
    else if (code === 39) style = without(style, 'ink')
    else if (code === 49) style = without(style, 'paper')
    else style = { ...style, ...faces[code] }
  }
  return style
}

const without = (style: Style, name: 'ink' | 'paper'): Style => {
  const { [name]: _, ...rest } = style
  return rest
}

/** `5;n`, one of 256; `2;r;g;b`, or `2:space:r:g:b` with colons. */
function extended(
  [kind, ...parts]: readonly number[],
  inColons: boolean,
): { readonly colour?: Colour; readonly used: number } {
  if (kind === 5) {
    const [index = 0] = parts
    return { used: 2, ...(isByte(index) && { colour: fromPalette(index) }) }
  }
  if (kind !== 2) return { used: 1 }
  const [red = 0, green = 0, blue = 0] = inColons && parts.length > 3 ? parts.slice(1) : parts
  return { used: 4, ...([red, green, blue].every(isByte) && { colour: [red, green, blue] as const }) }
}

const isByte = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 255

/** The palette of 256: the 16, a cube of 6 by 6 by 6, and 24 greys. */
function fromPalette(index: number): Colour {
  if (index < 16) return index
  if (index >= 232) {
    const grey = 8 + 10 * (index - 232)
    return [grey, grey, grey]
  }
  const level = (step: number): number => (step === 0 ? 0 : 55 + 40 * step)
  const cube = index - 16
  return [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)]
}
