/** The names that the glue uses, each once; where several are wanted in a row, they lie in a row. */
export class AtomTable {
  readonly names: string[] = []
  readonly #index = new Map<string, number>()
  readonly #blocks = new Map<string, number>()

  index(name: string): number {
    const known = this.#index.get(name)
    if (known !== undefined) return known
    const index = this.names.push(name) - 1
    this.#index.set(name, index)
    return index
  }

  /** The index of the first of `names`, which follow each other. */
  block(names: readonly string[]): number {
    const key = JSON.stringify(names)
    const known = this.#blocks.get(key)
    if (known !== undefined) return known
    const start = this.names.length
    for (const name of names) {
      const index = this.names.push(name) - 1
      if (!this.#index.has(name)) this.#index.set(name, index)
    }
    this.#blocks.set(key, start)
    return start
  }
}
