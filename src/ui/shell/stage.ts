import type { Stage } from '../../contract/fault.ts'
import { isStale } from '../../state/selectors.ts'
import type { State } from '../../state/state.ts'
import { stageWords } from '../stages.ts'

export type Tone = 'dim' | 'ok' | 'warn' | 'err' | 'denied'

function failure(stage: Stage): { readonly text: string; readonly tone: Tone } {
  const { tag, title, tone } = stageWords[stage]
  if (tone !== 'err') return { text: title, tone }
  return { text: `Failed: ${tag === 'WIT' ? tag : tag.toLowerCase()}`, tone }
}

/** What the page is doing, or what came of the last run. */
export function stageOf(state: Pick<State, 'run' | 'revision' | 'result' | 'progress' | 'diagnostics'>): {
  readonly text: string
  readonly tone: Tone
} {
  const { run, result, progress, diagnostics } = state
  switch (run.status) {
    case 'building':
      return { text: progress?.label ?? 'Building', tone: 'warn' }
    case 'starting':
      return { text: 'Starting', tone: 'warn' }
    case 'calling':
      return { text: run.call === undefined || run.call === '' ? 'Running' : `Running ${run.call}`, tone: 'warn' }
    case 'idle':
      if (progress) return { text: progress.label, tone: 'warn' }
      return diagnostics.wit.some(({ severity }) => severity === 'error')
        ? { text: stageWords.wit.title, tone: 'err' }
        : { text: 'Ready to run', tone: 'dim' }
    default:
  }
  if (progress) return { text: progress.label, tone: 'warn' }
  const stage = result?.outcome.kind === 'fault' ? result.outcome.fault.stage : undefined
  if (stage) return failure(stage)
  if (run.status === 'ended') return { text: 'Stopped', tone: 'warn' }
  return isStale(state) ? { text: 'Ready, older than the files', tone: 'warn' } : { text: 'Ready', tone: 'ok' }
}
