import type { FileNote } from '../../../runner/runner.ts'
import { Icon } from '../../late-icons.tsx'

const marks = {
  created: { icon: 'plus', tone: 'ok' },
  changed: { icon: 'rename', tone: 'warn' },
  removed: { icon: 'cross', tone: 'err' },
} as const

/** What the last run did, as a sign and as a word. */
export function ChangeMark({ change }: { change: FileNote['change'] }) {
  const { icon, tone } = marks[change]
  return (
    <span className={`badge ${tone}`}>
      <Icon name={icon} small /> {change}
    </span>
  )
}
