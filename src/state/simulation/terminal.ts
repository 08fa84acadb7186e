import type { Context } from '../context.ts'
import { appendOutput } from '../output.ts'
import type { State } from '../state.ts'

/** What goes to the guest while it runs. */
export interface TerminalVerbs {
  /** Types a text, which the terminal shows. */
  type(text: string): void
  /** Nothing more comes on standard input: the guest reads its end. */
  endStdin(): void
  /** Moves a frozen clock on. */
  advanceClock(nanoseconds: bigint): void
  /** How standard input comes in the next run. */
  chooseStdin(how: 'typed' | 'text'): void
  /** Hands a text to the user as a file. */
  saveOutput(text: string): void
}

const encoder = new TextEncoder()

export function createTerminal({ get, set, show, services }: Context): TerminalVerbs {
  const { runner } = services
  const echo = (text: string): void => {
    set({ output: appendOutput(get().output, [{ stream: 'stdin', phase: 'run', text, dropped: 0 }]) })
    show()
  }
  return {
    saveOutput: (text) => services.saveFile(`${get().project.name}-output.txt`, encoder.encode(text), 'text/plain'),
    type(text) {
      if (!isTyping(get())) return
      runner.input({ kind: 'stdin', bytes: encoder.encode(text) })
      echo(text)
    },
    endStdin() {
      if (!isTyping(get())) return
      runner.input({ kind: 'stdin-end' })
      set({ simulation: { ...get().simulation, stdin: 'ended' } })
      show()
    },
    advanceClock(nanoseconds) {
      if (!get().simulation.replaying) runner.input({ kind: 'advance', nanoseconds })
    },
    chooseStdin(stdin) {
      const { revision } = get()
      // An instance keeps the input that it was started with: another one needs another instance.
      if (get().stdin !== stdin) set({ stdin, revision: revision + 1 })
      show()
    },
  }
}

/** Whether somebody may type to the guest now: a replay has what was typed when it was recorded. */
export const isTyping = ({ run, simulation }: Pick<State, 'run' | 'simulation'>): boolean =>
  run.status === 'calling' && simulation.stdin === 'open' && !simulation.replaying

/** What the guest waits for now. */
export const waitOf = ({ run, simulation }: Pick<State, 'run' | 'simulation'>): State['simulation']['wait'] =>
  run.status === 'calling' ? simulation.wait : undefined
