import { fail, succeed, type Outcome } from '../../contract/fault.ts'
import { decodeBase64Url, encodeBase64Url } from '../../project/share/base64url.ts'
import { parseRecordedRun } from '../../runner/parse-recording.ts'
import type { RecordedRun } from '../../runner/recording.ts'

/** A recording as a file: JSON, with bytes as base64url and what has 64 bits as decimal text. */

const version = 1

export function recordingText(run: RecordedRun): string {
  const { inputs, readings, entropy, calls, ...rest } = run
  const file = {
    witcraft: 'recording',
    version,
    ...rest,
    inputs: inputs.map((each) => ({ ...each, input: inputOut(each.input) })),
    readings: readings.map(({ at, values }) => ({ at, values: values.map(String) })),
    entropy: entropy.map(encodeBase64Url),
    // Little-endian, whatever the machine.
    calls: encodeBase64Url(bytesOf(calls)),
  }
  return JSON.stringify(file, undefined, 1)
}

const inputOut = (input: RecordedRun['inputs'][number]['input']): unknown => {
  switch (input.kind) {
    case 'stdin':
      return { kind: input.kind, bytes: encodeBase64Url(input.bytes) }
    case 'stdin-end':
      return input
    case 'advance':
      return { kind: input.kind, nanoseconds: String(input.nanoseconds) }
  }
}

/** Reads such a file; nothing about it is known to be true. */
export function parseRecordingText(text: string): Outcome<RecordedRun> {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return fail({ ...noRecording, message: 'This file is no JSON.' })
  }
  if (!isRecord(raw) || raw.witcraft !== 'recording') return fail(noRecording)
  if (raw.version !== version) return fail({ ...noRecording, message: 'This recording is of another version.' })
  const run = parseRecordedRun({
    ...raw,
    inputs: items(raw.inputs, (each) =>
      isRecord(each) && isRecord(each.input) ? { ...each, input: inputIn(each.input) } : each,
    ),
    readings: items(raw.readings, (each) => (isRecord(each) ? { ...each, values: items(each.values, bigOf) } : each)),
    entropy: items(raw.entropy, bytesIn),
    calls: wordsOf(bytesIn(raw.calls)),
  })
  return run ? succeed(run) : fail(noRecording)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const items = (value: unknown, read: (item: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map((item: unknown) => read(item)) : value
const bigOf = (value: unknown): unknown =>
  typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : undefined
const bytesIn = (value: unknown): Uint8Array | undefined =>
  typeof value === 'string' ? decodeBase64Url(value) : undefined
const inputIn = (input: Record<string, unknown>): unknown => ({
  ...input,
  ...(input.bytes === undefined ? {} : { bytes: bytesIn(input.bytes) }),
  ...(input.nanoseconds === undefined ? {} : { nanoseconds: bigOf(input.nanoseconds) }),
})

function bytesOf(words: Uint32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * 4))
  for (const [index, word] of words.entries()) view.setUint32(index * 4, word, true)
  return new Uint8Array(view.buffer)
}

function wordsOf(bytes: Uint8Array | undefined): Uint32Array | undefined {
  if (bytes === undefined || bytes.length % 4 > 0) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Uint32Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(index * 4, true))
}

const noRecording = {
  stage: 'project',
  message: 'This file is no recording of a run.',
  next: 'Choose a file that Export recording made.',
} as const
