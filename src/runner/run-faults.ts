import type { Fault } from '../contract/fault.ts'

const again = 'Run again: the next run starts in another sandbox.'
/** What the worker had joined and not yet sent goes with it, and is counted nowhere. */
export const lastMoment = 'What was written in the last moment before may be missing from the output.'
export const superseded: Fault = {
  stage: 'killed',
  message: 'A newer run took the place of this one.',
  next: 'See its result.',
}
export const lost: Fault = {
  stage: 'lost',
  message: 'The sandbox no longer answers. It was ended.',
  next: again,
}
export const tooMuch: Fault = {
  stage: 'lost',
  message: 'The sandbox sent more output than it may. It was ended.',
  next: again,
}
export const slowSnapshot: Fault = {
  stage: 'build',
  message: 'Taking the state of the component took too long: no component is made of it. The run goes on.',
  next: 'Try again, or keep less data in the component at the start.',
}
export const slowRecording: Fault = {
  stage: 'call',
  message: 'Taking the recording of this run took too long. The run goes on.',
  next: 'Try again.',
}
export const misfit: Fault = {
  stage: 'lost',
  message: 'The sandbox gave an answer that does not fit the question.',
  next: again,
}

export const exceeded = (label: string, milliseconds: number, lastCall: string | undefined): Fault => ({
  stage: 'limit',
  message:
    `${label} did not end within ${milliseconds.toLocaleString('en')} ms and was stopped` +
    `${lastCall === undefined ? '' : `; the last call across the boundary was ${lastCall}`}.`,
  next: 'Look for a loop that does not end, or raise the time limit, and run again.',
  detail: lastMoment,
})
