import { expect, test } from 'vitest'
import type { RecordedRun } from '../../runner/recording.ts'
import { parseRecordingText, recordingText } from './recording-file.ts'

const run: RecordedRun = {
  settings: { env: { big: '1' }, clock: { mode: 'real' } },
  interaction: { openStdin: true },
  requests: [{ kind: 'call', expression: 'greet("Ada")' }, { kind: 'drop', handle: 1 }, { kind: 'command' }],
  inputs: [
    { at: 1, waiting: true, input: { kind: 'stdin', bytes: new Uint8Array([0, 1, 255]) } },
    { at: 2, waiting: false, input: { kind: 'advance', nanoseconds: 2n ** 63n } },
    { at: 2, waiting: true, input: { kind: 'stdin-end' } },
  ],
  readings: [{ at: 0, values: [1n, 2n ** 62n] }],
  today: [1_735_689_600_000],
  entropy: [new Uint8Array([1, 2, 3])],
  names: ['greet', 'wasi:io/poll#poll'],
  calls: new Uint32Array([0, 4_294_967_295, 1, 7]),
  total: 2,
  hash: '0123456789abcdef',
}

test('a recording comes back from its file as it was', () => {
  expect(parseRecordingText(recordingText(run))).toEqual({ ok: true, value: run })
})

test.each([
  ['no JSON', '{'],
  ['something else', '{"witcraft":"trace","version":1}'],
  ['another version', recordingText(run).replace('"version": 1', '"version": 2')],
  ['a hash that is none', recordingText(run).replace('0123456789abcdef', 'xyz')],
  ['calls that are cut', recordingText(run).replace(/"calls": "..../, '"calls": "')],
  ['bytes that are none', recordingText(run).replace('"AAH_"', '"?"')],
  ['a time that is negative', recordingText(run).replace(String(2n ** 63n), '-1')],
  ['settings that are none', recordingText(run).replace('"real"', '"later"')],
])('a file with %s is refused', (_, text) => {
  expect(parseRecordingText(text)).toMatchObject({ ok: false })
})
