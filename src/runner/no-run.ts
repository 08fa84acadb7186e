import type { Fault } from '../contract/fault.ts'

/** What is said while no run is there: the page knows these before it has fetched the runner. */

export const killed: Fault = { stage: 'killed', message: 'The run was stopped.', next: 'Run again when you are ready.' }

export const notRunning: Fault = {
  stage: 'call',
  message: 'Nothing runs that could be called.',
  next: 'Run the project first.',
}
