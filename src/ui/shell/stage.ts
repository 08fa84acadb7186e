import type { Stage } from '../../contract/fault.ts'
import { isChanged, problemCounts } from '../../state/selectors.ts'
import type { State } from '../../state/state.ts'
import { waitOf } from '../../state/simulation/terminal.ts'
import { waitWords } from '../panels/output/wait-words.ts'
import { stageWords } from '../stages.ts'

export type Tone = 'dim' | 'ok' | 'warn' | 'err' | 'denied'

function failure(stage: Stage): { readonly text: string; readonly tone: Tone } {
  const { tag, title, tone } = stageWords[stage]
  if (tone !== 'err') return { text: title, tone }
  return { text: `Failed: ${tag === 'WIT' ? tag : tag.toLowerCase()}`, tone }
}

/** What the page is doing, or what came of the last run. */
export function stageOf(
  state: Pick<State, 'run' | 'revision' | 'result' | 'progress' | 'diagnostics' | 'simulation'>,
): {
  readonly text: string
  readonly tone: Tone
} {
  const { run, result, progress, diagnostics } = state
  switch (run.status) {
    case 'building':
      return { text: progress?.label ?? 'Building', tone: 'warn' }
    case 'starting':
      return { text: 'Starting', tone: 'warn' }
    case 'calling': {
      const wait = waitOf(state)
      if (wait) return { text: waitWords(wait), tone: 'warn' }
      return { text: run.call === undefined || run.call === '' ? 'Running' : `Running ${run.call}`, tone: 'warn' }
    }
    default:
  }
  if (progress) return { text: progress.label, tone: 'warn' }
  const changed = isChanged(state)
  const broken = diagnostics.wit.find(({ severity }) => severity === 'error')
  if ((changed || run.status === 'idle') && broken) return { text: stageWords[broken.stage].title, tone: 'err' }
  if (run.status === 'idle')
    return { text: problemCounts(diagnostics).errors > 0 ? 'Not run yet' : 'Ready to run', tone: 'dim' }
  const stage = result?.outcome.kind === 'fault' ? result.outcome.fault.stage : undefined
  const stopped = stage === 'killed' || (stage === undefined && run.status === 'ended')
  if (changed) return { text: `Changed since it ${stopped ? 'stopped' : stage ? 'failed' : 'ran'}`, tone: 'warn' }
  if (stage) return failure(stage)
  return stopped ? { text: 'Stopped', tone: 'warn' } : { text: 'Ready', tone: 'ok' }
}
