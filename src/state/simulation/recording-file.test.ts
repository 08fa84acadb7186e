import { expect, test } from 'vitest'
import type { HttpRequest } from '../../runner/http.ts'
import type { RecordedRun } from '../../runner/recording.ts'
import { parseRecordingText, recordingText } from './recording-file.ts'

const request: HttpRequest = {
  method: 'POST',
  path: '/echo?a=1',
  headers: [['a', 'b']],
  body: [
    { after: 0, bytes: new Uint8Array([1, 2]) },
    { after: 1.5, bytes: new Uint8Array([255]) },
  ],
  trailers: [['t', 'u']],
}
const run: RecordedRun = {
  settings: { env: { big: '1' }, clock: { mode: 'real' } },
  interaction: { openStdin: true },
  requests: [
    { kind: 'call', expression: 'greet("Ada")' },
    { kind: 'drop', handle: 1 },
    { kind: 'command' },
    { kind: 'http', request },
  ],
  inputs: [
    { at: 1, waiting: true, input: { kind: 'stdin', bytes: new Uint8Array([0, 1, 255]) } },
    { at: 2, waiting: false, input: { kind: 'advance', nanoseconds: 2n ** 63n } },
    { at: 2, waiting: true, input: { kind: 'stdin-end' } },
  ],
  readings: { at: new Uint32Array([0, 2]), values: new BigInt64Array([1n, 2n ** 62n]) },
  today: [1_735_689_600_000],
  entropy: new Uint8Array([1, 2, 3]),
  names: ['greet', 'wasi:io/poll#poll'],
  calls: new Uint32Array([0, 4_294_967_295, 1, 7]),
  total: 2,
  hash: '0123456789abcdef',
}

test('a recording comes back from its file as it was', async () => {
  expect(await parseRecordingText(await recordingText(run))).toEqual({ ok: true, value: run })
})

test('also one that is encoded in several turns', async () => {
  const many = { ...run, entropy: Uint8Array.from({ length: 500_000 }, (_, index) => index * 7) }
  expect(await parseRecordingText(await recordingText(many))).toEqual({ ok: true, value: many })
})

const text = await recordingText(run)

test.each([
  ['no JSON', '{'],
  ['something else', '{"witcraft":"trace","version":2}'],
  ['another version', text.replace('"version": 2', '"version": 1')],
  ['a hash that is none', text.replace('0123456789abcdef', 'xyz')],
  ['calls that are cut', text.replace(/"calls": "..../, '"calls": "')],
  ['readings of no entry', text.replace(/"at": "[^"]*"/, '"at": ""')],
  ['bytes that are none', text.replace('"AAH_"', '"?"')],
  ['a body that is none', text.replace('"_w"', '7')],
  ['a time that is negative', text.replace(String(2n ** 63n), '-1')],
  ['settings that are none', text.replace('"real"', '"later"')],
])('a file with %s is refused', async (_, changed) => {
  expect(await parseRecordingText(changed)).toMatchObject({ ok: false })
})
