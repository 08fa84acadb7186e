import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fail, succeed } from '../../contract/fault.ts'
import type { RecordedRequest, RecordedRun } from '../../runner/recording.ts'
import type { TraceNews } from '../../runner/trace-entry.ts'
import { createWorkbench, type Workbench } from '../store.ts'
import { fakeReport, fakeServices, type FakeServices } from '../testing/fakes.ts'
import { recordingText } from './recording-file.ts'
import type { Simulation } from './simulation.ts'

let services: FakeServices
let workbench: Workbench
let simulation: Simulation

const state = () => workbench.store.getState()
const told = () => state().simulation

const recorded = (requests: readonly RecordedRequest[], total = 2): RecordedRun => ({
  settings: { random: 'real' },
  requests,
  inputs: [],
  readings: { at: new Uint32Array(), values: new BigInt64Array() },
  today: [],
  entropy: new Uint8Array(),
  names: ['greet'],
  calls: new Uint32Array(total * 2),
  total,
  hash: '0123456789abcdef',
})
const twoCalls = recorded([
  { kind: 'call', expression: 'greet("Ada")' },
  { kind: 'call', expression: 'greet("Bob")' },
])
const news = (total: number, hash = '0123456789abcdef'): TraceNews => ({ total, hash, entries: [], counts: [] })

/** What a sandbox tells of a replay after it has started, and after each request. */
function reports(total = 2, hash?: string): void {
  services.runner.events.onWorld?.({ kind: 'trace', ...news(total, hash) })
  services.runner.events.onWorld?.({ kind: 'replay', report: { compared: total } })
}

/** Replays the recording to its end; the sandbox reports as it does, the start included. */
async function replayed(run: RecordedRun, tell = reports): Promise<void> {
  await simulation.openRecording(await recordingText(run))
  await simulation.replay()
  for (let at = 0; at <= run.requests.length; at++) tell()
}

beforeEach(async () => {
  vi.useFakeTimers()
  services = fakeServices()
  workbench = createWorkbench(services)
  workbench.actions.openExample('hello')
  simulation = await workbench.simulation()
})
afterEach(() => {
  vi.useRealTimers()
})

it('makes the calls of the recording with what it was recorded with, and finds them the same', async () => {
  await replayed(twoCalls)
  expect(services.runner.requests).toEqual([expect.objectContaining({ wasi: { random: 'real' }, replay: twoCalls })])
  expect(services.runner.asked.filter((each) => each.startsWith('call'))).toEqual([
    'call greet("Ada")',
    'call greet("Bob")',
  ])
  expect(told().verdict).toEqual({ kind: 'same', entries: 2 })
})

it('waits for the last report', async () => {
  await simulation.openRecording(await recordingText(twoCalls))
  await simulation.replay()
  reports()
  reports()
  expect(told().verdict).toBeUndefined()
  reports()
  expect(told().verdict).toBeDefined()
})

it.each([
  ['a hash that is another one', () => reports(2, 'fedcba9876543210'), { kind: 'other', number: 3 }],
  ['fewer calls', () => reports(1), { kind: 'other', number: 2 }],
  ['more calls', () => reports(5), { kind: 'other', number: 3 }],
])('says where it differs: %s', async (_, tell, verdict) => {
  await replayed(twoCalls, tell)
  expect(told().verdict).toEqual(verdict)
})

it('says the call that was found to be another one', async () => {
  const divergence = { number: 1, expected: 'greet', got: undefined }
  await replayed(twoCalls, () =>
    services.runner.events.onWorld?.({ kind: 'replay', report: { compared: 1, divergence } }),
  )
  expect(told().verdict).toEqual({ kind: 'other', number: 1, expected: 'greet' })
})

it('is not begun anew by a measurement, which would take its trace away', async () => {
  await replayed(twoCalls)
  await workbench.actions.measure()
  await workbench.actions.component()
  expect(services.runner.asked).toContain('snapshot')
  expect(services.runner.requests).toHaveLength(1)
  expect(told()).toMatchObject({ verdict: { kind: 'same' }, trace: { total: 2 } })
})

it('has nothing to do with the call that comes after it', async () => {
  await replayed(twoCalls)
  await workbench.actions.call('greet("Cy")')
  expect(services.runner.requests).toHaveLength(2)
  expect(services.runner.requests[1]).not.toHaveProperty('replay')
  expect(told().verdict).toBeUndefined()
  expect(told().kept?.run).toEqual(twoCalls)
})

it('ends where somebody runs the project meanwhile', async () => {
  let go = (): void => {}
  services.runner.gate = new Promise((resolve) => (go = resolve))
  await simulation.openRecording(await recordingText(twoCalls))
  const replay = simulation.replay()
  await vi.advanceTimersByTimeAsync(0)
  const own = workbench.actions.run('greet("Me")')
  go()
  await Promise.all([replay, own])
  expect(services.runner.asked).not.toContain('call greet("Bob")')
  expect(told()).not.toHaveProperty('replaying')
})

it('ends where another project is opened meanwhile', async () => {
  services.runner.answers.push(succeed(fakeReport('greet("Ada")')))
  let go = (): void => {}
  services.runner.gate = new Promise((resolve) => (go = resolve))
  await simulation.openRecording(await recordingText(twoCalls))
  const replay = simulation.replay()
  await vi.advanceTimersByTimeAsync(0)
  workbench.actions.openExample('hello')
  go()
  await replay
  expect(services.runner.asked).not.toContain('call greet("Bob")')
  expect(told().verdict).toBeUndefined()
})

it('goes on after a call that failed in the same way, and ends where the run was stopped', async () => {
  const trap = { stage: 'trap' as const, message: 'It broke.', next: 'Run again.' }
  services.runner.answers.push({ ok: false, fault: trap })
  await replayed(twoCalls)
  expect(services.runner.asked).toContain('call greet("Bob")')

  services.runner.asked.length = 0
  services.runner.answers.push({ ok: false, fault: { ...trap, stage: 'killed' } })
  await replayed(twoCalls)
  expect(services.runner.asked).not.toContain('call greet("Bob")')
})

it('sends the requests of the recording once more, in a run of its own', async () => {
  const request = { method: 'GET', path: '/a', headers: [], body: [] }
  await simulation.http.send({ ...request, path: '/before' })
  await replayed(
    recorded([
      { kind: 'http', request },
      { kind: 'call', expression: 'greet("Ada")' },
      { kind: 'http', request },
    ]),
  )
  expect(services.runner.requests).toHaveLength(2)
  expect(services.runner.requests[1]).toHaveProperty('replay')
  expect(services.runner.asked.slice(-3)).toEqual(['http GET /a', 'call greet("Ada")', 'http GET /a'])
  expect(told().http?.exchanges).toHaveLength(3)
  expect(told().verdict).toEqual({ kind: 'same', entries: 2 })
})

it('keeps what was recorded last, unless it cannot be replayed', async () => {
  simulation.receive({ kind: 'recordable', obstacle: 'It was too long.' })
  await simulation.keepRecording()
  expect(services.runner.asked).not.toContain('recording')
  expect(told().kept).toBeUndefined()
  expect(state().notices.at(-1)?.text).toContain('It was too long.')
  simulation.receive({ kind: 'recordable' })
  services.runner.recorded = succeed(twoCalls)
  await simulation.keepRecording()
  expect(told().kept).toMatchObject({ run: twoCalls, of: told().recordable })
  await simulation.saveRecording()
  expect(services.saved.at(-1)).toMatchObject({ name: 'hello.recording.json' })
  simulation.forgetRecording()
  expect(told().kept).toBeUndefined()
})

it('keeps no recording of a run that is over when it comes', async () => {
  simulation.receive({ kind: 'recordable' })
  services.runner.recorded = succeed(twoCalls)
  const kept = simulation.keepRecording()
  simulation.begin()
  await kept
  expect(told().kept).toBeUndefined()
})

it('says when the recording went with its sandbox', async () => {
  simulation.receive({ kind: 'recordable' })
  services.runner.recorded = fail({ stage: 'killed', message: 'Stopped.', next: 'Run again.' })
  await simulation.keepRecording()
  expect(state().notices.at(-1)?.text).toContain('Run again')
})
