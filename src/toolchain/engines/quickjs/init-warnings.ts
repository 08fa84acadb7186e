import type { Diagnostic, Place } from '../../../contract/fault.ts'

/** What the runtime warns of while the component is built, by topic. */
const warnings: Readonly<Record<string, readonly [message: string, next: string]>> = {
  random: [
    'Math.random was used while the component was built: its values there are the same in every build.',
    'Call Math.random in an export if the values should differ from run to run.',
  ],
  clock: [
    'The time was asked for while the component was built: it is always 1970-01-01T00:00:00Z there.',
    'Ask for the time in an export.',
  ],
}

export function initWarning(topic: string, place: Place | undefined): Diagnostic | undefined {
  const [message, next] = warnings[topic] ?? []
  if (message === undefined || next === undefined) return undefined
  return { stage: 'guest-init', severity: 'warning', message, next, ...(place && { place }) }
}
