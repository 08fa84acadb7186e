/** RFC 4648, section 5, without padding: every character is one that a URL's fragment carries as it is. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const valueOf = new Map([...alphabet].map((character, value) => [character.charCodeAt(0), value]))

export function encodeBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const rest = bytes.length - i
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63)
    if (rest > 1) text += alphabet.charAt((bits >> 6) & 63)
    if (rest > 2) text += alphabet.charAt(bits & 63)
  }
  return text
}

/** The bytes of a text, or `undefined` where it is none that `encodeBase64Url` writes. */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let bits = 0
  let held = 0
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const value = valueOf.get(text.charCodeAt(i))
    if (value === undefined) return undefined
    bits = ((bits << 6) | value) & 0xffff
    held += 6
    if (held < 8) continue
    held -= 8
    bytes[at++] = (bits >> held) & 0xff
  }
  // What is left over fills the last character up: other bits than zero would be a second text for the same bytes.
  return (bits & ((1 << held) - 1)) === 0 ? bytes : undefined
}
