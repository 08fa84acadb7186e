import type { RunInput } from '../wasi/context.ts'
import { recordingBounds } from '../wasi/record.ts'
import { parseWasiSettings } from '../wasi/settings.ts'
import { caps } from './protocol.ts'
import { mostRequests, type RecordedRequest, type RecordedRun, type ReplayReport } from './recording.ts'
import { bytes, count, fields, list, oneOf, optional, text, Unfit } from './untrusted.ts'

/** UTF-16 code units of a call. */
const mostExpression = 1 << 20

const big = (value: unknown): bigint => {
  if (typeof value !== 'bigint' || value < -(1n << 63n) || value >= 1n << 64n) throw new Unfit()
  return value
}
const nanoseconds = (value: unknown): bigint => {
  if (big(value) < 0n) throw new Unfit()
  return big(value)
}
const chunk = (value: unknown): Uint8Array => bytes(value, recordingBounds.bytes)
const words = (value: unknown): Uint32Array => {
  if (!(value instanceof Uint32Array) || value.length > recordingBounds.calls * 2 || value.length % 2 > 0)
    throw new Unfit()
  return value
}
const truth = (value: unknown): boolean => {
  if (typeof value !== 'boolean') throw new Unfit()
  return value
}

const runInput = (value: unknown): RunInput => {
  const raw = fields(value)
  const kind = oneOf(raw.kind, ['stdin', 'stdin-end', 'advance'])
  switch (kind) {
    case 'stdin':
      return { kind, bytes: chunk(raw.bytes) }
    case 'stdin-end':
      return { kind }
    case 'advance':
      return { kind, nanoseconds: nanoseconds(raw.nanoseconds) }
  }
}

const request = (value: unknown): RecordedRequest => {
  const raw = fields(value)
  const kind = oneOf(raw.kind, ['call', 'command', 'drop'])
  switch (kind) {
    case 'call':
      return { kind, expression: text(raw.expression, mostExpression) }
    case 'command':
      return { kind }
    case 'drop':
      return { kind, handle: count(raw.handle) }
  }
}

/** The same from a file; undefined where it is none. */
export const parseRecordedRun = (value: unknown): RecordedRun | undefined => {
  try {
    return recordedRun(value)
  } catch (error) {
    if (error instanceof Unfit) return undefined
    throw error
  }
}

/** Reads a recording from the sandbox; throws `Unfit` where it is none. */
export const recordedRun = (value: unknown): RecordedRun => {
  const raw = fields(value)
  const settings = parseWasiSettings(raw.settings)
  if (!settings.ok) throw new Unfit()
  const interaction = optional(raw.interaction, (item) => ({ openStdin: truth(fields(item).openStdin) }))
  const obstacle = optional(raw.obstacle, (item) => text(item, caps.name))
  const hash = text(raw.hash, 16)
  if (!/^[0-9a-f]{16}$/.test(hash)) throw new Unfit()
  return {
    settings: settings.value,
    ...(interaction === undefined ? {} : { interaction }),
    requests: list(raw.requests, request, mostRequests),
    inputs: list(
      raw.inputs,
      (item) => {
        const { at, waiting, input } = fields(item)
        return { at: count(at), waiting: truth(waiting), input: runInput(input) }
      },
      recordingBounds.inputs,
    ),
    readings: list(
      raw.readings,
      (item) => {
        const { at, values } = fields(item)
        return { at: count(at), values: list(values, big, 16) }
      },
      recordingBounds.readings,
    ),
    today: list(raw.today, count, caps.items),
    entropy: list(raw.entropy, chunk, recordingBounds.readings),
    names: list(raw.names, (item) => text(item, caps.name), 4096),
    calls: words(raw.calls),
    total: count(raw.total),
    hash,
    ...(obstacle === undefined ? {} : { obstacle }),
  }
}

export const replayReport = (value: unknown): ReplayReport => {
  const raw = fields(value)
  const divergence = optional(raw.divergence, (item) => {
    const { number, expected, got } = fields(item)
    const name = (given: unknown): string | undefined => optional(given, (it) => text(it, caps.name))
    return { number: count(number), expected: name(expected), got: name(got) }
  })
  return { compared: count(raw.compared), ...(divergence === undefined ? {} : { divergence }) }
}
