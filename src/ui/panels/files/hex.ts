/** The first bytes of a file as people read them: offset, sixteen bytes, and what of them is ASCII. */
export const shownBytes = 256

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')

export function hexLines(bytes: Uint8Array): string[] {
  const lines: string[] = []
  for (let at = 0; at < Math.min(bytes.length, shownBytes); at += 16) {
    const part = [...bytes.subarray(at, Math.min(at + 16, shownBytes))]
    const text = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')
    lines.push(
      `${hex(at, 4)}  ${part
        .map((byte) => hex(byte, 2))
        .join(' ')
        .padEnd(47)}  ${text}`,
    )
  }
  return lines
}
