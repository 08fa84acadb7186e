import type { HostContext, OutputName } from './context.ts'
import type { ServedInterface } from './gate.ts'
import { unboundedSink } from './io/byte-streams.ts'
import { refusingResource } from './refusing.ts'
import { Exit } from './signals.ts'
import type { Stdin } from './stdin.ts'

const none = () => undefined

/** wasi:cli except `run`. None of the three streams is a terminal. */
export const cli = ({ settings, io, surroundings }: HostContext, stdin: Stdin): Record<string, ServedInterface> => {
  const output = (name: OutputName) => {
    const sink = unboundedSink((bytes) => surroundings.write(name, bytes))
    return () => io.outputStream(sink)
  }
  return {
    'wasi:cli/environment': {
      functions: {
        'get-environment': () => Object.entries(settings.env ?? {}),
        'get-arguments': () => [...(settings.args ?? [])],
        'initial-cwd': () => settings.cwd,
      },
    },
    'wasi:cli/exit': {
      functions: {
        exit: (status: { readonly tag: string }) => {
          throw new Exit(status.tag === 'ok' ? 0 : 1)
        },
        'exit-with-code': (code: number) => {
          throw new Exit(code)
        },
      },
    },
    'wasi:cli/stdin': { functions: { 'get-stdin': () => io.inputStream(stdin.source) } },
    'wasi:cli/stdout': { functions: { 'get-stdout': output('stdout') } },
    'wasi:cli/stderr': { functions: { 'get-stderr': output('stderr') } },
    'wasi:cli/terminal-input': { resources: { 'terminal-input': refusingResource() } },
    'wasi:cli/terminal-output': { resources: { 'terminal-output': refusingResource() } },
    'wasi:cli/terminal-stdin': { functions: { 'get-terminal-stdin': none } },
    'wasi:cli/terminal-stdout': { functions: { 'get-terminal-stdout': none } },
    'wasi:cli/terminal-stderr': { functions: { 'get-terminal-stderr': none } },
  }
}
