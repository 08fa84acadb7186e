import type { RunInput } from '../wasi/context.ts'
import { inputBytes, recordingBounds } from '../wasi/record.ts'
import { parseWasiSettings } from '../wasi/settings.ts'
import { httpRequest } from './parse-http.ts'
import { caps } from './protocol.ts'
import { requestBytes, type RecordedRequest, type RecordedRun, type ReplayReport, type TakenRun } from './recording.ts'
import { bytes, count, fields, list, oneOf, optional, text, Unfit, type Fields } from './untrusted.ts'

const most = recordingBounds.bytes
const mostItems = most / recordingBounds.perItem

const nanoseconds = (value: unknown): bigint => {
  if (typeof value !== 'bigint' || value < 0n || value >= 1n << 64n) throw new Unfit()
  return value
}
const chunk = (value: unknown): Uint8Array => bytes(value, most)
/** With a buffer of its own, as `bytes`. */
const flat = <T extends Uint32Array | BigInt64Array>(
  value: unknown,
  type: new (length: number) => T,
  cap: number,
): T => {
  if (!(value instanceof type) || value.length > cap) throw new Unfit()
  if (value.byteLength === value.buffer.byteLength) return value
  const copy = new type(value.length)
  new Uint8Array(copy.buffer).set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
  return copy
}
const truth = (value: unknown): boolean => {
  if (typeof value !== 'boolean') throw new Unfit()
  return value
}
const sixteenDigits = (value: unknown): string => {
  const read = text(value, 16)
  if (!/^[0-9a-f]{16}$/.test(read)) throw new Unfit()
  return read
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
  const kind = oneOf(raw.kind, ['call', 'command', 'drop', 'http'])
  switch (kind) {
    case 'call':
      return { kind, expression: text(raw.expression, most) }
    case 'command':
      return { kind }
    case 'drop':
      return { kind, handle: count(raw.handle) }
    case 'http':
      return { kind, request: httpRequest(raw.request, most, mostItems) }
  }
}

const readings = (value: unknown): TakenRun['readings'] => {
  const raw = fields(value)
  const at = flat(raw.at, Uint32Array, recordingBounds.readings)
  const values = flat(raw.values, BigInt64Array, recordingBounds.readings)
  if (at.length !== values.length) throw new Unfit()
  return { at, values }
}

const names = (value: unknown): string[] => {
  const read = list(value, (item) => text(item, recordingBounds.name), recordingBounds.names)
  if (read.reduce((sum, { length }) => sum + length, 0) > recordingBounds.namesText) throw new Unfit()
  return read
}

/** Reads what a sandbox has recorded; throws `Unfit` where it is none, or too much. */
export const takenRun = (value: unknown): TakenRun => {
  const raw = fields(value)
  const taken: TakenRun = {
    requests: list(raw.requests, request, mostItems),
    inputs: list(
      raw.inputs,
      (item) => {
        const { at, waiting, input } = fields(item)
        return { at: count(at), waiting: truth(waiting), input: runInput(input) }
      },
      mostItems,
    ),
    readings: readings(raw.readings),
    today: list(raw.today, count, 16),
    entropy: chunk(raw.entropy),
    names: names(raw.names),
    calls: flat(raw.calls, Uint32Array, recordingBounds.calls * 2),
    total: count(raw.total),
    hash: sixteenDigits(raw.hash),
  }
  const given = taken.inputs.reduce((sum, { input }) => sum + inputBytes(input), taken.entropy.length)
  const asked = taken.requests.reduce((sum, each) => sum + requestBytes(each), 0)
  if (given + asked > most || taken.calls.length % 2 > 0) throw new Unfit()
  return taken
}

const recordedRun = (raw: Fields): RecordedRun => {
  const settings = parseWasiSettings(raw.settings)
  if (!settings.ok) throw new Unfit()
  const interaction = optional(raw.interaction, (item) => ({ openStdin: truth(fields(item).openStdin) }))
  return { ...takenRun(raw), settings: settings.value, ...(interaction === undefined ? {} : { interaction }) }
}

/** The same from a file, with the settings of the run; undefined where it is none. */
export const parseRecordedRun = (value: unknown): RecordedRun | undefined => {
  try {
    return recordedRun(fields(value))
  } catch (error) {
    if (error instanceof Unfit) return undefined
    throw error
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
