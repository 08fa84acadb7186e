/** Of a file that is no text, so many bytes are shown. */
export const shownBytes = 256
/** As many as the panel has room for. */
const perLine = 8

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')

/** The first bytes of a file as people read them: the offset, the bytes, and what of them is ASCII. */
export function hexLines(bytes: Uint8Array): string[] {
  const lines: string[] = []
  for (let at = 0; at < Math.min(bytes.length, shownBytes); at += perLine) {
    const part = [...bytes.subarray(at, at + perLine)]
    const text = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')
    lines.push(
      `${hex(at, 4)}  ${part
        .map((byte) => hex(byte, 2))
        .join(' ')
        .padEnd(3 * perLine - 1)}  ${text}`,
    )
  }
  return lines
}
