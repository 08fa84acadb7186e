import { createWasiHost, type WasiHost } from '../../src/wasi/host.ts'
import { interfacesServed } from '../../src/wasi/served.ts'
import type { WasiSettings } from '../../src/wasi/settings.ts'
import { Exit, HostTrap } from '../../src/wasi/signals.ts'
import { type Expectation, failed, passed, type Verdict } from './check.ts'

/** A simulated world of its own for each program. */
export interface World {
  readonly host: WasiHost
  readonly imports: Record<string, Record<string, unknown>>
  readonly written: { stdout: string; stderr: string }
}

export const openWorld = (settings: WasiSettings): World => {
  const written = { stdout: '', stderr: '' }
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  const host = createWasiHost(settings, {
    write: (stream, bytes) => (written[stream] += decoders[stream].decode(bytes, { stream: true })),
    monotonic: () => process.hrtime.bigint(),
    today: () => Date.now(),
    entropy: (into) => void crypto.getRandomValues(into),
  })
  return { host, imports: host.imports(interfacesServed), written }
}

/** Runs a program to its end and holds that against what is expected. What it throws that is no signal is its failure. */
export const judge = (world: World, expected: Expectation, program: () => unknown): Verdict => {
  const verdict = verdictOf(world, expected, endOf(program))
  if (expected.differs === undefined) return verdict
  // A reason that does not hold any more has to go.
  return verdict.kind === 'passed'
    ? failed('it is as the sentence says, though a reason is given why it is not')
    : { kind: 'unsupported', reason: expected.differs }
}

const verdictOf = ({ written }: World, expected: Expectation, ended: End): Verdict => {
  const fail = (message: string): Verdict => failed(`${message}${written.stderr === '' ? '' : ` (${written.stderr})`}`)
  if (expected.traps !== undefined) {
    if (ended.trap === undefined) return fail(`it did not trap: ${told(ended)}`)
    if (!ended.trap.includes(expected.traps)) return fail(`it trapped with other words: ${ended.trap}`)
  } else if (expected.exits !== undefined) {
    if (ended.exit !== expected.exits) return fail(`it did not exit with ${expected.exits}: ${told(ended)}`)
  } else if (ended.said !== undefined || ended.trap !== undefined || ended.exit !== undefined) return fail(told(ended))
  for (const name of ['stdout', 'stderr'] as const) {
    const text = expected[name]
    if (text !== undefined && written[name] !== text)
      return fail(`it wrote ${JSON.stringify(written[name])} to ${name}`)
  }
  return passed
}

interface End {
  readonly trap?: string
  readonly exit?: number
  readonly said?: string
}

const told = ({ trap, exit, said }: End): string =>
  said ?? (trap !== undefined ? `it trapped: ${trap}` : exit !== undefined ? `it exited with ${exit}` : 'it just ended')

const endOf = (program: () => unknown): End => {
  try {
    program()
    return {}
  } catch (error) {
    if (error instanceof Exit) return { exit: error.code }
    // The instance is dead after these: a rule of the host, an instruction of WebAssembly, a handle that is none.
    if (error instanceof HostTrap || error instanceof WebAssembly.RuntimeError) return { trap: error.message }
    if (error instanceof Error && 'payload' in error) return { said: String(error.payload) }
    if (error instanceof Error && !('payload' in error)) return { trap: error.message }
    return { said: String(error) }
  }
}
