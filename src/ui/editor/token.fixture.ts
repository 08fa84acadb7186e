import type { Token } from './cancelled.ts'

/** What Monaco gives with a question, for a test to say that nobody waits for the answer. */
export class CancellableToken implements Token {
  isCancellationRequested = false
  readonly #listeners = new Set<() => unknown>()

  readonly onCancellationRequested: Token['onCancellationRequested'] = (listener, owner) => {
    const bound = (): unknown => listener.call(owner)
    this.#listeners.add(bound)
    return { dispose: () => void this.#listeners.delete(bound) }
  }

  get listeners(): number {
    return this.#listeners.size
  }

  cancel(): void {
    this.isCancellationRequested = true
    for (const listener of this.#listeners) listener()
  }
}
