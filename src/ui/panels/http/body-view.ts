/** How a body is shown. */
export type BodyView =
  | { readonly kind: 'text' | 'json'; readonly text: string }
  | { readonly kind: 'hex'; readonly text: string }

/** The text that the bytes are in UTF-8; undefined where they are none, or hold what no text has. */
export const textOfBytes = (bytes: Uint8Array): string | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    // oxlint-disable-next-line no-control-regex
    return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

/** Characters of a body that are laid out anew: laying out is for reading. */
const mostPretty = 200_000
/** Bytes that are shown in hexadecimal. */
const mostHex = 16_384
const perRow = 16

const hexOf = (bytes: Uint8Array): string => {
  const rows: string[] = []
  for (let at = 0; at < Math.min(bytes.length, mostHex); at += perRow) {
    const row = bytes.subarray(at, at + perRow)
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    rows.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(perRow * 3 - 1)}  ${text}`)
  }
  if (bytes.length > mostHex) rows.push(`… and ${bytes.length - mostHex} bytes more`)
  return rows.join('\n')
}

/** By the content type where it says something, else by what the bytes are. */
export const viewOf = (bytes: Uint8Array, type: string | undefined): BodyView => {
  const text = textOfBytes(bytes)
  if (text === undefined) return { kind: 'hex', text: hexOf(bytes) }
  const isJson = type === undefined ? /^\s*[[{]/.test(text) : /[/+]json\b/i.test(type)
  // Numbers of more digits than JavaScript keeps would change.
  if (isJson && text.length <= mostPretty && !/\d{16}|\de\d/i.test(text)) {
    try {
      return { kind: 'json', text: JSON.stringify(JSON.parse(text), undefined, 2) }
    } catch {
      // It says that it is JSON and is not: it is shown as it came.
    }
  }
  return { kind: 'text', text }
}
