import type { monaco } from './monaco.ts'

/** Says whether anybody still waits for the answer to a question: Monaco gives one with each. */
export type Token = Pick<monaco.CancellationToken, 'isCancellationRequested' | 'onCancellationRequested'>

class Cancelled extends Error {}

/** Does one step of an answer. Where nobody waits any more it is not begun, and nothing after it is. */
export async function step<T>(token: Token | undefined, work: () => Promise<T>): Promise<T> {
  check(token)
  const done = await work()
  check(token)
  return done
}

function check(token: Token | undefined): void {
  if (token?.isCancellationRequested) throw new Cancelled()
}

/** The answer; `undefined` where one of its steps found that nobody waits for it. */
export async function unlessCancelled<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Cancelled) return undefined
    throw error
  }
}
