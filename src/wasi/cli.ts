import type { ServedInterface } from './gate.ts'
import type { Io } from './io.ts'
import { refusingResource } from './refusing.ts'
import type { WasiSettings } from './settings.ts'
import { Exit } from './signals.ts'

const none = () => undefined

export type OutputName = 'stdout' | 'stderr'

/** wasi:cli except `run`. Standard input is a text with an end; none of the three streams is a terminal. */
export const cli = (
  settings: WasiSettings,
  io: Io,
  write: (stream: OutputName, bytes: Uint8Array) => void,
): Record<string, ServedInterface> => {
  const input = { bytes: new TextEncoder().encode(settings.stdin ?? ''), offset: 0 }
  const output = (name: OutputName) => () => io.outputStream((bytes) => write(name, bytes))
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
    'wasi:cli/stdin': { functions: { 'get-stdin': () => io.inputStream(input) } },
    'wasi:cli/stdout': { functions: { 'get-stdout': output('stdout') } },
    'wasi:cli/stderr': { functions: { 'get-stderr': output('stderr') } },
    'wasi:cli/terminal-input': { resources: { 'terminal-input': refusingResource() } },
    'wasi:cli/terminal-output': { resources: { 'terminal-output': refusingResource() } },
    'wasi:cli/terminal-stdin': { functions: { 'get-terminal-stdin': none } },
    'wasi:cli/terminal-stdout': { functions: { 'get-terminal-stdout': none } },
    'wasi:cli/terminal-stderr': { functions: { 'get-terminal-stderr': none } },
  }
}
