import type { Diagnostic, Fault } from '../contract/fault.ts'

/** What somebody stopped is no mistake of theirs. */
export const diagnosticOf = (fault: Fault): Diagnostic => ({
  ...fault,
  severity: fault.stage === 'killed' ? 'warning' : 'error',
})

export const stoppedBuilding: Fault = {
  stage: 'killed',
  message: 'Stopped before the component was built.',
  next: 'Run again to build it.',
}

/** A mistake of ours, or a part of the page that is no longer where it was: either way the run is over, and says so. */
export const unexpected = (error: unknown): Fault => ({
  stage: 'load',
  message: 'The run ended because a part of the page failed.',
  next: 'Run again, and reload the page where that does not help.',
  detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
})
