import { fail, succeed, type Outcome } from '../../contract/fault.ts'
import { decodeBase64Url, encodeBase64Url } from '../../project/share/base64url.ts'
import { parseRecordedRun } from '../../runner/parse-recording.ts'
import type { RecordedRequest, RecordedRun } from '../../runner/recording.ts'
import type { RunInput } from '../../wasi/context.ts'

/**
 * A recording as a file: JSON, with bytes and columns of numbers as base64url, and what else has 64 bits as decimal text.
 * There may be mebibytes of it: whoever waits for it shares the page with those who use it.
 */

const version = 2

/** Bytes that are encoded or decoded before others have their turn; a multiple of three, so that texts can be joined. */
const atOnce = 3 << 16
const charactersAtOnce = (atOnce / 3) * 4

type Rest = (bytes: number) => Promise<void>

/** Lets others have their turn after so many bytes. */
const rests = (): Rest => {
  let done = 0
  return async (bytes) => {
    done += bytes
    if (done < atOnce) return
    done = 0
    await new Promise((resolve) => setTimeout(resolve))
  }
}

export async function recordingText(run: RecordedRun): Promise<string> {
  const { inputs, requests, readings, entropy, calls, ...others } = run
  const rest = rests()
  const file = {
    witcraft: 'recording',
    version,
    ...others,
    requests: await each(requests, async (request) => requestOut(request, rest)),
    inputs: await each(inputs, async (taken) => ({ ...taken, input: await inputOut(taken.input, rest) })),
    readings: {
      at: await base64Of(bytesOf(readings.at), rest),
      values: await base64Of(bytesOf(readings.values), rest),
    },
    entropy: await base64Of(entropy, rest),
    calls: await base64Of(bytesOf(calls), rest),
  }
  return JSON.stringify(file, undefined, 1)
}

/** One after the other. */
async function each<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const done: U[] = []
  for (const item of items) done.push(await work(item))
  return done
}

async function inputOut(input: RunInput, rest: Rest): Promise<unknown> {
  switch (input.kind) {
    case 'stdin':
      return { kind: input.kind, bytes: await base64Of(input.bytes, rest) }
    case 'stdin-end':
      return input
    case 'advance':
      return { kind: input.kind, nanoseconds: String(input.nanoseconds) }
  }
}

async function requestOut(asked: RecordedRequest, rest: Rest): Promise<unknown> {
  if (asked.kind !== 'http') return asked
  const { request } = asked
  const body = await each(request.body, async (part) => ({ ...part, bytes: await base64Of(part.bytes, rest) }))
  return { ...asked, request: { ...request, body } }
}

async function base64Of(bytes: Uint8Array, rest: Rest): Promise<string> {
  let text = ''
  for (let at = 0; at < bytes.length; at += atOnce) {
    const part = bytes.subarray(at, at + atOnce)
    text += encodeBase64Url(part)
    await rest(part.length)
  }
  return text
}

/** Reads such a file; nothing about it is known to be true. */
export async function parseRecordingText(text: string): Promise<Outcome<RecordedRun>> {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return fail({ ...noRecording, message: 'This file is no JSON.' })
  }
  if (!isRecord(raw) || raw.witcraft !== 'recording') return fail(noRecording)
  if (raw.version !== version) return fail({ ...noRecording, message: 'This recording is of another version.' })
  const rest = rests()
  const readings = isRecord(raw.readings) ? raw.readings : {}
  const run = parseRecordedRun({
    ...raw,
    requests: await items(raw.requests, async (asked) => requestIn(asked, rest)),
    inputs: await items(raw.inputs, async (taken) => ({ ...taken, input: await inputIn(taken.input, rest) })),
    readings: {
      at: columnOf(await bytesIn(readings.at, rest), Uint32Array),
      values: columnOf(await bytesIn(readings.values, rest), BigInt64Array),
    },
    entropy: await bytesIn(raw.entropy, rest),
    calls: columnOf(await bytesIn(raw.calls, rest), Uint32Array),
  })
  return run ? succeed(run) : fail(noRecording)
}

type Raw = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)
/** Of a list of objects; what else there is stays, and is refused by whoever reads it. */
const items = async (value: unknown, read: (item: Raw) => Promise<unknown>): Promise<unknown> =>
  Array.isArray(value) ? each(value, async (item: unknown) => (isRecord(item) ? read(item) : item)) : value

async function bytesIn(value: unknown, rest: Rest): Promise<Uint8Array | undefined> {
  if (typeof value !== 'string') return undefined
  if (value.length <= charactersAtOnce) return decodeBase64Url(value)
  const bytes = new Uint8Array(Math.floor((value.length * 3) / 4))
  for (let at = 0; at < value.length; at += charactersAtOnce) {
    const part = decodeBase64Url(value.slice(at, at + charactersAtOnce))
    if (!part) return undefined
    bytes.set(part, (at / 4) * 3)
    await rest(part.length)
  }
  return bytes
}

async function inputIn(input: unknown, rest: Rest): Promise<unknown> {
  if (!isRecord(input)) return input
  switch (input.kind) {
    case 'stdin':
      return { ...input, bytes: await bytesIn(input.bytes, rest) }
    case 'advance': {
      const { nanoseconds } = input
      const isNumber = typeof nanoseconds === 'string' && /^\d{1,20}$/.test(nanoseconds)
      return { ...input, nanoseconds: isNumber ? BigInt(nanoseconds) : undefined }
    }
    default:
      return input
  }
}

async function requestIn(asked: Raw, rest: Rest): Promise<unknown> {
  const { request } = asked
  if (!isRecord(request)) return asked
  const body = await items(request.body, async (part) => ({ ...part, bytes: await bytesIn(part.bytes, rest) }))
  return { ...asked, request: { ...request, body } }
}

/** The bytes of a column, little-endian: what WebAssembly is, and every machine that runs it. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array | BigInt64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

function columnOf<T>(
  bytes: Uint8Array | undefined,
  type: { readonly BYTES_PER_ELEMENT: number; new (of: ArrayBuffer): T },
): T | undefined {
  if (bytes === undefined || bytes.length % type.BYTES_PER_ELEMENT > 0) return undefined
  return new type(new Uint8Array(bytes).buffer)
}

const noRecording = {
  stage: 'project',
  message: 'This file is no recording of a run.',
  next: 'Choose a file that Export recording made.',
} as const
