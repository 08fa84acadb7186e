import type { ProjectWasi } from '../../../project/project.ts'
import { defaultStart } from '../../../wasi/settings.ts'

export type ClockMode = NonNullable<ProjectWasi['clock']>['mode']

/** Why a text is no whole number within the bounds; undefined where it is one. */
export function numberProblem(text: string, least: number, most: number): string | undefined {
  const trimmed = text.trim()
  if (!/^-?\d+$/.test(trimmed)) return 'Write a whole number.'
  const number = Number(trimmed)
  if (number < least) return `At least ${least.toLocaleString('en-US')}.`
  if (number > most) return `At most ${most.toLocaleString('en-US')}.`
  return undefined
}

/** The date of a setting as a field for dates has it, which knows no zone: it is in UTC. */
export const fieldOfDate = (start: string): string => new Date(start).toISOString().replace(/(?:\.000)?Z$/, '')

/** The last second that a field for dates can show everywhere. */
export const lastDate = '9999-12-31T23:59:59'

/** The setting for what such a field has; undefined while it has no date that a clock can show. */
export function dateOfField(text: string): string | undefined {
  // A date alone is midnight for some browsers and nothing for others.
  const time = text.includes('T') ? Date.parse(`${text}Z`) : Number.NaN
  return time >= 0 && time <= Date.parse(`${lastDate}Z`)
    ? new Date(time).toISOString().replace('.000Z', 'Z')
    : undefined
}

/** The clock setting; the default is no setting. */
export function clockSetting(mode: ClockMode, start: string | undefined): ProjectWasi['clock'] {
  const own = start === defaultStart && mode !== 'real' ? undefined : start
  if (own !== undefined) return { mode, start: own }
  return mode === 'auto' ? undefined : { mode }
}

/** The wall clock at an instant of a run, `2025-01-01 00:00:00.250 UTC`. */
export const wallText = (start: string, instant: bigint): string =>
  new Date(Date.parse(start) + Number(instant / 1_000_000n))
    .toISOString()
    .replace('T', ' ')
    .replace(/(?:\.000)?Z$/, ' UTC')

/** Another seed than that, of a size that people can read out. */
export function otherSeed(seed: number, random: () => number): number {
  const next = Math.floor(random() * 1_000_000)
  return next === seed ? next + 1 : next
}
