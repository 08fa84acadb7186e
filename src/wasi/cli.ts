import type { HostContext, OutputName } from './context.ts'
import type { ServedInterface } from './gate.ts'
import { unboundedSink } from './io/byte-streams.ts'
import { opaqueResource } from './opaque.ts'
import type { TerminalName } from './settings.ts'
import { Exit } from './signals.ts'
import type { Stdin } from './stdin.ts'

/** wasi:cli except `run`. Which of the three streams are terminals is a setting; a terminal can only be held. */
export const cli = ({ settings, io, surroundings }: HostContext, stdin: Stdin): Record<string, ServedInterface> => {
  const output = (name: OutputName) => {
    const sink = unboundedSink((bytes) => surroundings.write(name, bytes))
    return () => io.outputStream(sink)
  }
  const TerminalInput = opaqueResource()
  const TerminalOutput = opaqueResource()
  const terminal = (name: TerminalName, Terminal: new () => object) => () =>
    settings.terminal?.includes(name) === true ? new Terminal() : undefined
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
    'wasi:cli/terminal-input': { resources: { 'terminal-input': TerminalInput } },
    'wasi:cli/terminal-output': { resources: { 'terminal-output': TerminalOutput } },
    'wasi:cli/terminal-stdin': { functions: { 'get-terminal-stdin': terminal('stdin', TerminalInput) } },
    'wasi:cli/terminal-stdout': { functions: { 'get-terminal-stdout': terminal('stdout', TerminalOutput) } },
    'wasi:cli/terminal-stderr': { functions: { 'get-terminal-stderr': terminal('stderr', TerminalOutput) } },
  }
}
