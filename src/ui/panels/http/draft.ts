import type { HttpRequest } from '../../../runner/http.ts'
import { requestMistake } from '../../../wasi/http/message.ts'
import { isFieldName, isFieldValue } from '../../../wasi/http/syntax.ts'
import type { Draft } from '../../../state/simulation/http-state.ts'

export type { Draft }

export const emptyDraft: Draft = { method: 'GET', target: '/', headers: [], body: '', parts: 1, pause: 100 }

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

export const mostParts = 100

const encoder = new TextEncoder()

/** A whole address in its parts; undefined for a path. */
const addressOf = (target: string): { scheme: string; authority: string; path: string } | undefined => {
  const [, scheme, authority, rest] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/.exec(target) ?? []
  if (scheme === undefined || authority === undefined) return undefined
  return { scheme: scheme.toLowerCase(), authority, path: rest?.startsWith('/') ? rest : `/${rest ?? ''}` }
}

const partsOf = ({ body, parts, pause }: Draft): HttpRequest['body'] => {
  const bytes = encoder.encode(body)
  if (bytes.length === 0) return []
  const count = Math.min(Math.max(1, parts), bytes.length, mostParts)
  return Array.from({ length: count }, (_, index) => ({
    after: index === 0 ? 0 : pause,
    bytes: bytes.slice((bytes.length * index) / count, (bytes.length * (index + 1)) / count),
  }))
}

export const requestOf = (draft: Draft): HttpRequest => ({
  method: draft.method.trim(),
  ...(addressOf(draft.target.trim()) ?? { path: draft.target.trim() }),
  headers: draft.headers.filter(([name]) => name.trim() !== '').map(([name, value]) => [name.trim(), value.trim()]),
  body: partsOf(draft),
})

/** What keeps a draft from being sent: in its address, or in the header of that index. */
export interface DraftMistake {
  readonly at: 'target' | number
  readonly message: string
}

export const mistakeOf = (draft: Draft): DraftMistake | undefined => {
  const { method, scheme = 'http', authority, path } = requestOf(draft)
  const message = requestMistake({ method, scheme, authority, path, fields: [] })
  if (message !== undefined) return { at: 'target', message }
  const at = draft.headers.findIndex(
    ([name, value]) => name.trim() !== '' && headerMistake(name.trim(), value.trim()) !== undefined,
  )
  const [name = '', value = ''] = draft.headers[at] ?? []
  const wrong = at < 0 ? undefined : headerMistake(name.trim(), value.trim())
  return wrong === undefined ? undefined : { at, message: wrong }
}

const headerMistake = (name: string, value: string): string | undefined => {
  if (!isFieldName(name)) return 'A name has no spaces, and no such characters as : ( ) / and @.'
  if (!isFieldValue(encoder.encode(value))) return 'A value has no control characters.'
  return undefined
}

/** Headers that were pasted as text, a line each: `name: value`. Undefined where one of the lines is none. */
export const pastedHeaders = (text: string): [name: string, value: string][] | undefined => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const read = lines.map((line) => /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line))
  return lines.length > 0 && read.every((each) => each !== null && isFieldName(each[1] ?? ''))
    ? read.map((each) => [each?.[1] ?? '', each?.[2] ?? ''])
    : undefined
}

/** What a request was written as, to be sent again. */
export const draftOf = ({ method, scheme, authority, path, headers, body }: HttpRequest): Draft => ({
  method,
  target: scheme === undefined ? path : `${scheme}://${authority ?? ''}${path}`,
  headers,
  body: textOf(body.map((part) => part.bytes)),
  parts: Math.max(1, body.length),
  pause: body[1]?.after ?? emptyDraft.pause,
})

export const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const textOf = (parts: readonly Uint8Array[]): string => new TextDecoder().decode(joined(parts))

/** The address of a request as a client would write it. */
export const addressText = ({ scheme = 'http', authority, path, headers }: HttpRequest): string => {
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1]
  return `${scheme}://${authority ?? host ?? 'localhost'}${path}`
}
