/** What may stand in a message, by RFC 9110 and RFC 3986. Texts are of a guest: no pattern here backtracks. */

// RFC 9110, section 5.6.2.
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

export const isFieldName = (name: string): boolean => token.test(name)
export const isMethod = (method: string): boolean => token.test(method)

/** RFC 9110, section 5.5: visible characters, spaces, tabs and `obs-text`. */
export const isFieldValue = (value: Uint8Array): boolean =>
  value.every((byte) => (byte >= 0x20 && byte !== 0x7f) || byte === 0x09)

/**
 * Fields of the connection and not of the message (RFC 9110, section 7.6.1), and the authority, which is told by itself:
 * the host alone sets them.
 */
const forbidden: ReadonlySet<string> = new Set([
  'connection',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
])

export const isForbidden = (name: string): boolean => forbidden.has(name.toLowerCase())

/** RFC 3986, section 3.1. */
export const isScheme = (scheme: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)

const escapes = /%(?![0-9A-Fa-f]{2})/

/** RFC 3986, sections 3.3 and 3.4; `*` is the target of OPTIONS (RFC 9110, section 7.1). */
export const isPathWithQuery = (path: string): boolean =>
  path === '*' || (/^(?![^/?])[A-Za-z0-9\-._~!$&'()*+,;=:@%/?]*$/.test(path) && !escapes.test(path))

const isPort = (port: string): boolean => /^[0-9]{0,5}$/.test(port) && Number(port) <= 65535

/** RFC 3986, section 3.2. */
export const isAuthority = (authority: string): boolean => {
  const at = authority.lastIndexOf('@')
  const user = authority.slice(0, Math.max(0, at))
  if (!/^[A-Za-z0-9\-._~!$&'()*+,;=:%]*$/.test(user) || escapes.test(user)) return false
  const rest = authority.slice(at + 1)
  const literal = /^(\[[0-9A-Fa-f:.]+\])(?::(.*))?$/s.exec(rest)
  if (literal) return isPort(literal[2] ?? '')
  const [host = '', port = '', ...more] = rest.split(':')
  return (
    host !== '' &&
    more.length === 0 &&
    isPort(port) &&
    /^[A-Za-z0-9\-._~!$&'()*+,;=%]+$/.test(host) &&
    !escapes.test(host)
  )
}

/** RFC 9110, section 15: three digits, of which the first is 1 to 5. */
export const isStatus = (status: number): boolean => status >= 100 && status <= 599
