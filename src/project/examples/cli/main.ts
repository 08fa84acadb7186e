// Counts lines, words and characters of its standard input,
// like wc. Arguments choose what is counted: -l -w -m.
import { getArguments, getEnvironment } from 'wasi:cli/environment@0.2.12'
import { exit } from 'wasi:cli/exit@0.2.12'
import { getStdin } from 'wasi:cli/stdin@0.2.12'

function readAll(): string {
  const stdin = getStdin()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) text += decoder.decode(stdin.blockingRead(65_536n), { stream: true })
  } catch {
    // The end of the stream is an error of the kind `closed`.
    return text + decoder.decode()
  }
}

const counters: Record<string, (text: string) => number> = {
  '-l': (text) => text.split('\n').length - 1,
  '-w': (text) => text.split(/\s+/).filter(Boolean).length,
  '-m': (text) => [...text].length,
}

export const run = {
  run(): void {
    const [, ...asked] = getArguments()
    const unknown = asked.find((flag) => !Object.hasOwn(counters, flag))
    if (unknown !== undefined) {
      console.error(`wc: ${unknown} is not one of ${Object.keys(counters).join(' ')}`)
      return exit({ tag: 'err', val: undefined })
    }
    const text = readAll()
    const counts = (asked.length > 0 ? asked : Object.keys(counters)).map((flag) => counters[flag]?.(text))
    const label = getEnvironment().find(([name]) => name === 'LABEL')?.[1] ?? 'stdin'
    console.log(`${counts.join('\t')}\t${label}`)
  },
}
