import { fail } from '../contract/fault.ts'
import type { Fault, Outcome } from '../contract/fault.ts'
import type { Progress } from './toolchain.ts'
import { witFault } from './wit/fault.ts'
import type { JobResult } from './worker/slot.ts'

type Task = 'prepare' | 'compile' | 'assemble'

/** In messages: what was being done, and to what. */
const tasks: Readonly<Record<Task, { readonly stage: Fault['stage']; readonly work: string; readonly next: string }>> =
  {
    prepare: {
      stage: 'wit',
      work: 'Preparing the world',
      next: 'Undo the last change of the WIT, or make the world smaller.',
    },
    compile: {
      stage: 'source',
      work: 'Compiling the source',
      next: 'Undo the last change, or make the source shorter.',
    },
    assemble: { stage: 'build', work: 'Assembling the component', next: 'Run the project again, then export it.' },
  }

/** A call that nobody waits for any more. */
export const abandoned = (): { readonly ok: false; readonly fault: Fault } =>
  fail({ stage: 'killed', message: 'The build was stopped.', next: 'Run again when you are ready.' })

/** The outcome of a job, its value read by `parse`. */
export function jobOutcome<T>(
  task: Task,
  result: JobResult,
  milliseconds: number,
  parse: (value: unknown) => T | undefined,
): Outcome<T> {
  const { stage, work, next } = tasks[task]
  switch (result.kind) {
    case 'aborted':
      return abandoned()
    case 'timeout': {
      const seconds = milliseconds / 1000
      return fail({ stage, message: `${work} took longer than ${seconds} s and was stopped.`, next })
    }
    case 'broken':
      return fail({ stage, message: `${work} failed inside the tool.`, next, detail: result.message })
    case 'done': {
      if (!result.outcome.ok) return result.outcome
      const value = parse(result.outcome.value)
      if (value !== undefined) return { ok: true, value }
      return fail({
        stage,
        message: `${work} gave something that cannot be read.`,
        next: 'Reload the page and run again.',
      })
    }
  }
}

/** Adds the place to what a tool said about the WIT, where the project has the words that it quotes. */
export function placedWitFault(fault: Fault, wit: Readonly<Record<string, string>>): Fault {
  if (fault.place !== undefined || (fault.stage !== 'wit' && fault.stage !== 'build')) return fault
  const { place, next } = witFault(fault.message, wit)
  return place === undefined ? fault : { ...fault, place, next: fault.stage === 'wit' ? next : fault.next }
}

export const progress = (task: Progress['task'], label: string, loaded?: number, total?: number): Progress => ({
  task,
  label,
  ...(loaded === undefined ? {} : { loaded }),
  ...(total === undefined ? {} : { total }),
})
