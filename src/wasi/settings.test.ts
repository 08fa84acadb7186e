import { describe, expect, test } from 'vitest'
import { parseWasiSettings } from './settings.ts'

describe('settings', () => {
  test('come back as they are', () => {
    const settings = {
      args: ['a'],
      env: { A: '1' },
      stdin: 'x',
      cwd: '/',
      dirs: { '/data': { readonly: true, 'a.txt': 'text' } },
      clock: { mode: 'auto', start: '2025-01-01T00:00:00Z' },
      random: { seed: 3 },
      policy: { 'wasi:cli': 'deny' },
      terminal: ['stdin', 'stderr'],
      network: { hosts: { 'db.internal': ['10.0.0.5'] } },
    }
    expect(parseWasiSettings(settings)).toEqual({ ok: true, value: settings })
    expect(parseWasiSettings(undefined)).toEqual({ ok: true, value: {} })
    expect(parseWasiSettings({ later: {}, random: 'real' })).toEqual({ ok: true, value: { random: 'real' } })
  })

  test.each([
    [{ args: 'a' }, /args/],
    [{ args: [1] }, /args/],
    [{ env: { A: 1 } }, /env/],
    [{ stdin: 1 }, /stdin/],
    [{ cwd: [] }, /cwd/],
    [{ dirs: { '/data': 'text' } }, /dirs/],
    [{ clock: { mode: 'fast' } }, /clock\.mode/],
    [{ clock: { mode: 'auto', start: 'yesterday' } }, /clock\.start/],
    [{ clock: { mode: 'auto', start: '1969-01-01T00:00:00Z' } }, /clock\.start/],
    [{ random: { seed: 0.5 } }, /random/],
    [{ policy: { x: 'maybe' } }, /policy/],
    [{ terminal: 'stdin' }, /terminal/],
    [{ terminal: ['tty'] }, /terminal/],
    [{ network: [] }, /network/],
    [{ network: { hosts: { a: ['nowhere'] } } }, /network\.hosts/],
    [[], /wasi/],
    [null, /wasi/],
  ])('%j is refused by name', (settings, message) => {
    const outcome = parseWasiSettings(settings)
    expect(outcome).toMatchObject({ ok: false, fault: { stage: 'project', message: expect.stringMatching(message) } })
  })
})

test.each([
  ['2025-01-01', '2025-01-01'],
  ['2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'],
  ['2025-01-01T12:30+02:00', '2025-01-01T12:30+02:00'],
  // Not where the run is made.
  ['2025-01-01T00:00:00.5', '2025-01-01T00:00:00.5Z'],
])('the clock starts at %s', (start, expected) => {
  expect(parseWasiSettings({ clock: { mode: 'auto', start } })).toMatchObject({
    ok: true,
    value: { clock: { start: expected } },
  })
})

test.each(['Jan 1 2025', '1969-12-31', '2025-13-01', '2025-01-01T00:00:00 PST', '20250101'])(
  'the clock does not start at %s',
  (start) => expect(parseWasiSettings({ clock: { mode: 'auto', start } }).ok).toBe(false),
)
