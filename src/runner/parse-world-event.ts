import type { WaitState } from '../wasi/waiting.ts'
import { httpNews } from './parse-http.ts'
import { caps } from './protocol.ts'
import { replayReport } from './parse-recording.ts'
import { traceNews } from './parse-trace.ts'
import { count, fields, list, measure, oneOf, optional, text, Unfit } from './untrusted.ts'
import type { FileNote, WorldEvent } from './world-events.ts'

const instant = (value: unknown): bigint => {
  if (typeof value !== 'bigint' || value < 0n || value >= 1n << 64n) throw new Unfit()
  return value
}

const waitState = (value: unknown): WaitState => {
  const raw = fields(value)
  const until = optional(raw.until, instant)
  return {
    awaits: list(raw.awaits, (item) => text(item, caps.name)),
    ...(until === undefined ? {} : { until }),
  }
}

const fileNote = (value: unknown): FileNote => {
  const raw = fields(value)
  const target = optional(raw.target, (given) => text(given, caps.name))
  const size = optional(raw.size, count)
  const digest = optional(raw.digest, (given) => text(given, 16))
  const { bytes } = raw
  if (bytes !== undefined && !(bytes instanceof Uint8Array && bytes.length === size)) throw new Unfit()
  return {
    preopen: text(raw.preopen, caps.name),
    path: text(raw.path, caps.name),
    change: oneOf(raw.change, ['created', 'changed', 'removed']),
    kind: oneOf(raw.kind, ['file', 'directory', 'link']),
    ...(target === undefined ? {} : { target }),
    ...(size === undefined ? {} : { size }),
    ...(digest === undefined ? {} : { digest }),
    ...(bytes === undefined ? {} : { bytes }),
  }
}

const fileNotes = (value: unknown): FileNote[] => {
  const notes = list(value, fileNote)
  const bytes = notes.reduce((sum, each) => sum + (each.bytes?.length ?? 0), 0)
  const characters = notes.reduce((sum, each) => sum + each.path.length + each.preopen.length, 0)
  if (bytes > caps.fileBytes || characters > caps.text) throw new Unfit()
  return notes
}

/** Reads an event from the sandbox; throws `Unfit` where it is none. */
export const worldEvent = (value: unknown): WorldEvent => {
  const raw = fields(value)
  const kind = oneOf(raw.kind, ['wait', 'trace', 'recordable', 'replay', 'files', 'http'])
  switch (kind) {
    case 'http':
      return { kind, request: count(raw.request), news: httpNews(raw.news) }
    case 'wait': {
      const state = optional(raw.state, waitState)
      const waited = measure(raw.waited)
      return { kind, instant: instant(raw.instant), waited, ...(state === undefined ? {} : { state }) }
    }
    case 'recordable': {
      const obstacle = optional(raw.obstacle, (item) => text(item, caps.name))
      return { kind, ...(obstacle === undefined ? {} : { obstacle }) }
    }
    case 'replay':
      return { kind, report: replayReport(raw.report) }
    case 'trace':
      return { kind, ...traceNews(raw) }
    case 'files':
      return { kind, changes: fileNotes(raw.changes), more: count(raw.more) }
  }
}
