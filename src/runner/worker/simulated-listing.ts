import type { SimulatedAnswer } from '../runner.ts'
import type { Output } from './output.ts'
import type { SimulatedHost } from './simulated.ts'

/** What simulated imports are told is listed per request, and not without end: a loop over one would fill the output. */
export interface SimulatedListing extends Pick<SimulatedHost, 'wanted' | 'onAnswer'> {
  /** Those of the request under way, or of the last one. */
  readonly answers: SimulatedAnswer[]
  begin(): void
  end(): void
}

const most = 100

export const createSimulatedListing = (output: Pick<Output, 'write'>): SimulatedListing => {
  const encoder = new TextEncoder()
  const write = (line: string): void => output.write('host', encoder.encode(`[simulated] ${line}\n`))
  let answers: SimulatedAnswer[] = []
  let unlisted = 0
  return {
    get answers() {
      return answers
    },
    wanted: () => {
      if (answers.length < most) return true
      unlisted++
      return false
    },
    onAnswer: (answer) => {
      answers.push(answer)
      write(`${answer.call}${answer.wave === '' ? '' : ` -> ${answer.wave}`}`)
    },
    begin: () => {
      answers = []
      unlisted = 0
    },
    end: () => {
      if (unlisted > 0) write(`… and ${unlisted} more calls`)
    },
  }
}
