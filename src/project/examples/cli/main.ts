// Counts lines, words and characters of its
// standard input, like wc. Arguments choose what is
// counted: -l -w -m.
import {
  getArguments,
  getEnvironment,
} from 'wasi:cli/environment@0.2.12'
import { exit } from 'wasi:cli/exit@0.2.12'
import { getStdin } from 'wasi:cli/stdin@0.2.12'

function readAll(): string {
  const stdin = getStdin()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const part = stdin.blockingRead(65_536n)
      text += decoder.decode(part, { stream: true })
    }
  } catch {
    // A stream ends with an error of kind `closed`.
    return text + decoder.decode()
  }
}

type Counter = (text: string) => number

const counters: Record<string, Counter> = {
  '-l': (text) => text.split('\n').length - 1,
  '-w': (text) =>
    text.split(/\s+/).filter(Boolean).length,
  '-m': (text) => [...text].length,
}

export const run = {
  run(): void {
    const [, ...asked] = getArguments()
    const known = Object.keys(counters)
    const unknown = asked.find(
      (flag) => !known.includes(flag),
    )
    if (unknown !== undefined) {
      const choices = known.join(' ')
      console.error(
        `wc: ${unknown} is not one of ${choices}`,
      )
      return exit({ tag: 'err', val: undefined })
    }
    const text = readAll()
    const flags = asked.length > 0 ? asked : known
    const counts = flags.map((flag) =>
      counters[flag]?.(text),
    )
    const env = new Map(getEnvironment())
    const label = env.get('LABEL') ?? 'stdin'
    console.log(`${counts.join('\t')}\t${label}`)
  },
}
