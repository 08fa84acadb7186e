import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../contract/fault.ts'
import { initialState, noDiagnostics, type CallOutcome, type RunStatus, type State } from '../../state/state.ts'
import { stageOf } from './stage.ts'

const fault = (stage: Diagnostic['stage']): CallOutcome => ({
  kind: 'fault',
  fault: { stage, message: 'It did not work.', next: 'Mend it.' },
})
const value: CallOutcome = { kind: 'exit', code: 0, ms: 1 }

/** A run of revision 1 that came to `outcome`, while the project is at `revision`. */
const after = (status: RunStatus, outcome: CallOutcome, revision: number, rest: Partial<State> = {}): State => ({
  ...initialState,
  revision,
  run: { status, revision: 1, since: 0 },
  result: { id: 1, number: 1, revision: 1, call: '', outcome },
  ...rest,
})

const unreadable: Diagnostic = { stage: 'wit', severity: 'error', message: 'No.', next: 'Mend it.' }
const badWit = { diagnostics: { ...noDiagnostics, wit: [unreadable] } }

describe('the status bar', () => {
  it('says what came of the run while it is of the files as they are', () => {
    expect(stageOf(initialState)).toEqual({ text: 'Ready to run', tone: 'dim' })
    expect(stageOf(after('ready', value, 1))).toEqual({ text: 'Ready', tone: 'ok' })
    expect(stageOf(after('ended', fault('source'), 1))).toEqual({ text: 'Failed: source', tone: 'err' })
    expect(stageOf(after('ended', fault('killed'), 1))).toEqual({ text: 'Stopped', tone: 'warn' })
  })

  it('says that they have changed since, whatever came of it', () => {
    expect(stageOf(after('ready', value, 2))).toEqual({ text: 'Changed since it ran', tone: 'warn' })
    expect(stageOf(after('ended', fault('source'), 2))).toEqual({ text: 'Changed since it failed', tone: 'warn' })
    expect(stageOf(after('ready', fault('call'), 2))).toEqual({ text: 'Changed since it failed', tone: 'warn' })
    expect(stageOf(after('ended', fault('killed'), 2))).toEqual({ text: 'Changed since it stopped', tone: 'warn' })
  })

  it('names a mistake in the WIT as soon as it is written', () => {
    for (const state of [{ ...initialState, ...badWit }, after('ready', value, 2, badWit)])
      expect(stageOf(state)).toEqual({ text: 'The WIT has a mistake', tone: 'err' })
    expect(stageOf(after('ended', fault('wit'), 1, badWit)).text).toBe('Failed: WIT')
  })

  it('calls nothing ready that has mistakes', () => {
    const types: Diagnostic = { ...unreadable, stage: 'types' }
    const hint: Diagnostic = { ...types, severity: 'hint' }
    const text = (...all: Diagnostic[]): string =>
      stageOf({ ...initialState, diagnostics: { ...noDiagnostics, types: all } }).text
    expect([text(types), text(hint), text()]).toEqual(['Not run yet', 'Ready to run', 'Ready to run'])
  })

  it('says what is under way before anything else', () => {
    expect(stageOf(after('calling', fault('source'), 2, badWit)).text).toBe('Running')
    const waiting = { simulation: { wait: { awaits: ['input on stdin'] } } }
    expect(stageOf(after('calling', value, 1, waiting)).text).toBe('Waiting for input')
    expect(stageOf(after('ready', value, 1, waiting)).text).toBe('Ready')
    expect(stageOf(after('ready', value, 2, { progress: { task: 'prepare', label: 'Preparing' } })).text).toBe(
      'Preparing',
    )
  })
})
