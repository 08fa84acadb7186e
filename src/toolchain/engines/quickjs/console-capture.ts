import type { ConsoleLine } from '../../engine.ts'

/** The most that is kept of what a guest writes while it initialises, in UTF-16 code units. */
const longest = 1 << 20

/** What a guest wrote to the console. Beyond a mebibyte, writes are counted and not kept. */
export class ConsoleCapture {
  readonly #lines: ConsoleLine[] = []
  #kept = 0
  #dropped = 0

  write(stream: ConsoleLine['stream'], text: string): void {
    if (this.#dropped > 0 || this.#kept + text.length > longest) {
      this.#dropped += text.length
      return
    }
    this.#kept += text.length
    this.#lines.push({ stream, text })
  }

  lines(): readonly ConsoleLine[] {
    if (this.#dropped === 0) return this.#lines
    const text = `(${this.#dropped} more characters were written while the component was built)\n`
    return [...this.#lines, { stream: 'stderr', text }]
  }
}
