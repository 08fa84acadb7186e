import { Refused } from '../../src/toolchain/engines/quickjs/testing/component.ts'

export interface WorldReport {
  readonly wit: string
  readonly calls: number
  readonly mismatches: readonly string[]
  /** Why the world could not be tried at all; its calls do not count. */
  readonly skipped?: string
}

/** Limits of the tools beside ours, each with what it says; everything else that is refused is a mismatch. */
const knownLimits: readonly (readonly [message: RegExp, reason: string])[] = [
  [/effective type size/i, 'a type is larger than wasm-tools allows (effective type size)'],
]

export function refusal(error: unknown, wit: string): WorldReport {
  const text = error instanceof Error ? error.message : String(error)
  const known = error instanceof Refused ? knownLimits.find(([message]) => message.test(text)) : undefined
  if (known) return { wit, calls: 0, mismatches: [], skipped: known[1] }
  const detail = error instanceof Error && !(error instanceof Refused) ? `\n${error.stack ?? ''}` : ''
  return { wit, calls: 0, mismatches: [`not built: ${(text + detail).slice(0, 1500)}`] }
}
