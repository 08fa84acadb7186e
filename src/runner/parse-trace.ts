import { caps } from './protocol.ts'
import {
  mostByteArrays,
  mostNews,
  traceCaps,
  traceKinds,
  traceOutcomes,
  type TraceBytes,
  type TraceCount,
  type TraceEntry,
  type TraceNews,
  type TraceValue,
} from './trace-entry.ts'
import { count, fields, list, measure, oneOf, optional, text, Unfit, type Fields } from './untrusted.ts'

/** Sixteen hexadecimal digits. */
const hash = (value: unknown): string => {
  const read = text(value, 16)
  if (!/^[0-9a-f]{16}$/.test(read)) throw new Unfit()
  return read
}

const bytes = (value: unknown): TraceBytes => {
  const raw = fields(value)
  const readable = optional(raw.text, (item) => text(item, traceCaps.wave))
  return {
    at: count(raw.at),
    length: count(raw.length),
    digest: hash(raw.digest),
    ...(readable === undefined ? {} : { text: readable }),
  }
}

const traceValue = (raw: Fields): TraceValue => {
  const of = optional(raw.bytes, (items) => list(items, bytes, mostByteArrays))
  return { wave: text(raw.wave, traceCaps.wave), ...(of === undefined ? {} : { bytes: of }) }
}

const argument = (value: unknown): TraceEntry['args'][number] => {
  const raw = fields(value)
  return { name: text(raw.name, caps.name), ...traceValue(raw) }
}

const handle = (value: unknown): TraceEntry['handles'][number] => {
  const raw = fields(value)
  return { id: text(raw.id, caps.name), seen: count(raw.seen) }
}

export const traceEntry = (value: unknown): TraceEntry => {
  const raw = fields(value)
  const outcome = optional(raw.outcome, (item) => oneOf(item, traceOutcomes))
  const result = optional(raw.value, (item) => traceValue(fields(item)))
  const within = optional(raw.within, count)
  return {
    number: count(raw.number),
    kind: oneOf(raw.kind, traceKinds),
    call: text(raw.call, caps.name),
    args: list(raw.args, argument, traceCaps.arguments),
    ...(outcome === undefined ? {} : { outcome }),
    ...(result === undefined ? {} : { value: result }),
    at: count(raw.at),
    until: count(raw.until),
    real: measure(raw.real),
    ms: measure(raw.ms),
    ...(within === undefined ? {} : { within }),
    handles: list(raw.handles, handle, traceCaps.handles),
  }
}

export const traceCount = (value: unknown): TraceCount => {
  const { call, side, calls, denied, errors } = fields(value)
  return {
    call: text(call, caps.name),
    side: oneOf(side, ['import', 'export']),
    calls: count(calls),
    denied: count(denied),
    errors: count(errors),
  }
}

/** Throws `Unfit` for what is none. */
export const traceNews = (raw: Fields): TraceNews => ({
  total: count(raw.total),
  hash: hash(raw.hash),
  entries: list(raw.entries, traceEntry, mostNews),
  counts: list(raw.counts, traceCount),
})
