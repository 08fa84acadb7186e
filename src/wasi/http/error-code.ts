import { StreamFailure } from '../io/byte-streams.ts'

/** The cases of `error-code` in types.wit, with the names that jco gives them. */
export const errorTags = [
  'DNS-timeout',
  'DNS-error',
  'destination-not-found',
  'destination-unavailable',
  'destination-IP-prohibited',
  'destination-IP-unroutable',
  'connection-refused',
  'connection-terminated',
  'connection-timeout',
  'connection-read-timeout',
  'connection-write-timeout',
  'connection-limit-reached',
  'TLS-protocol-error',
  'TLS-certificate-error',
  'TLS-alert-received',
  'HTTP-request-denied',
  'HTTP-request-length-required',
  'HTTP-request-body-size',
  'HTTP-request-method-invalid',
  'HTTP-request-URI-invalid',
  'HTTP-request-URI-too-long',
  'HTTP-request-header-section-size',
  'HTTP-request-header-size',
  'HTTP-request-trailer-section-size',
  'HTTP-request-trailer-size',
  'HTTP-response-incomplete',
  'HTTP-response-header-section-size',
  'HTTP-response-header-size',
  'HTTP-response-body-size',
  'HTTP-response-trailer-section-size',
  'HTTP-response-trailer-size',
  'HTTP-response-transfer-coding',
  'HTTP-response-content-coding',
  'HTTP-response-timeout',
  'HTTP-upgrade-failed',
  'HTTP-protocol-error',
  'loop-detected',
  'configuration-error',
  'internal-error',
] as const

export interface ErrorCode {
  readonly tag: (typeof errorTags)[number]
  readonly val?: unknown
}

export const internalError = (text: string): ErrorCode => ({ tag: 'internal-error', val: text })

const scalarText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : ''

/** HTTP has no code of its own for it. */
export const outOfMemory: ErrorCode = internalError('out of memory')

/** The code as people read it: `HTTP-request-body-size: 3`. */
export const errorText = ({ tag, val }: ErrorCode): string => {
  const parts = typeof val === 'object' && val !== null ? Object.values(val) : [val]
  const detail = parts
    .map(scalarText)
    .filter((part) => part !== '')
    .join(' ')
  return detail === '' ? tag : `${tag}: ${detail}`
}

/** What stands behind an `error` of a stream of HTTP: `http-error-code` finds it, and nothing else. */
export class HttpCause {
  readonly code: ErrorCode
  constructor(code: ErrorCode) {
    this.code = code
  }
}

export const streamFailure = (code: ErrorCode): StreamFailure => new StreamFailure(errorText(code), new HttpCause(code))
