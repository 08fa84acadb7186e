import { HostTrap } from '../signals.ts'

/**
 * The children of a resource: what was made of it and has to be dropped before it. types.wit: "Dropping this … before all
 * children are dropped will trap."
 */
export class Family {
  readonly #parent: string
  readonly #living = new Map<string, number>()
  constructor(parent: string) {
    this.#parent = parent
  }
  /** A child is born; gives what is to be called when it is gone. */
  add(child: string): () => void {
    let here = true
    this.#living.set(child, (this.#living.get(child) ?? 0) + 1)
    return () => {
      if (!here) return
      here = false
      this.#living.set(child, (this.#living.get(child) ?? 1) - 1)
    }
  }
  /** `act`: what became of the parent, such as `was dropped`. */
  leave(act: string): void {
    for (const [child, count] of this.#living) {
      if (count > 0) {
        throw new HostTrap(
          `${this.#parent} ${act} while its ${child} was still there: drop the ${child} first (in TypeScript with ` +
            `[Symbol.dispose]())`,
        )
      }
    }
  }
}
