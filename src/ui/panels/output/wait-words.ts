import type { WaitState } from '../../../wasi/waiting.ts'
import { virtualTime } from '../../virtual-time.ts'

/** What the guest waits for, in words: `Waiting for input until 500 ms`. */
export function waitWords({ awaits, until }: WaitState): string {
  // What moves the clock is said by the time.
  const things = awaits
    .filter((each) => until === undefined || !each.includes('clock'))
    .map((each) => (each === 'input on stdin' ? 'input' : each))
  const words = things.length === 0 ? '' : ` for ${things.join(' or ')}`
  return `Waiting${words}${until === undefined ? '' : `${words === '' ? '' : ' or'} until ${virtualTime(until)}`}`
}
