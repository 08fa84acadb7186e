import type { OutputChunk } from '../runner/runner.ts'
import type { Context } from './context.ts'
import { appendOutput } from './output.ts'

/** How often output reaches the state, at most. Milliseconds. */
const pause = 100

export interface OutputCollector {
  add(chunk: OutputChunk): void
  /** Has what was collected in the state now. */
  flush(): void
  /** Forgets what was collected: it belongs to a run that is over. */
  drop(): void
}

/** Brings output into the state in portions: a guest may write a thousand lines between two frames. */
export function collectOutput({ get, set }: Context): OutputCollector {
  let chunks: OutputChunk[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (chunks.length === 0) return
    const taken = chunks
    chunks = []
    set({ output: appendOutput(get().output, taken) })
  }

  return {
    add(chunk) {
      chunks.push(chunk)
      timer ??= setTimeout(flush, pause)
    },
    flush,
    drop: () => {
      chunks = []
    },
  }
}
