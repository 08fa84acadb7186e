import type { ValueType } from '../../component/types.ts'
import { fail, succeed, type Fault, type Outcome } from '../../contract/fault.ts'
import { Exit } from '../../wasi/signals.ts'
import { instantiateFault, trapFault, uncaughtFault } from './faults.ts'
import type { LoadedWorld } from './glue.ts'
import type { InitialisedGuest } from './guest-engine.ts'

/** One instance of the component. */
export interface Instance {
  /** Its exports as the glue has them; of glue that is not made at once, a promise of them. */
  readonly root: unknown
  /** Of its linear memory. */
  readonly memoryBytes: number
  /**
   * What ended it: what the guest left behind, or what was thrown. `path`: of what was called, `call`: the same as people
   * read it.
   */
  ended(path: string, call: string, thrown: unknown, result?: ValueType): Fault
  /** Why it did not start. */
  notStarted(thrown: unknown): Fault
}

export const makeInstance = (
  world: LoadedWorld,
  guest: InitialisedGuest,
  imports: Readonly<Record<string, unknown>>,
  onInterrupt: () => void,
): Outcome<Instance> => {
  const memories = new Set<WebAssembly.Memory>()
  let engine: WebAssembly.Instance | undefined
  const left = (path?: string) => (engine === undefined ? undefined : guest.uncaught(engine, path))

  const notStarted = (thrown: unknown): Fault => {
    const uncaught = left()
    return uncaught === undefined ? instantiateFault(thrown) : uncaughtFault('The start of the instance', uncaught)
  }
  const ended = (path: string, call: string, thrown: unknown, result?: ValueType): Fault => {
    if (thrown instanceof Exit) {
      return {
        stage: 'trap',
        message: `${call} ended the program with exit status ${thrown.code}.`,
        next: 'Run again for a fresh instance.',
      }
    }
    const uncaught = left(path)
    return uncaught === undefined ? trapFault(call, thrown) : uncaughtFault(call, uncaught, result)
  }
  try {
    const root = world.instantiate(
      imports,
      (coreImports) => (engine = guest.instantiateCore(coreImports, onInterrupt)),
      ({ exports }) => {
        for (const item of Object.values(exports)) if (item instanceof WebAssembly.Memory) memories.add(item)
      },
    )
    return succeed({
      root,
      get memoryBytes() {
        return [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0)
      },
      ended,
      notStarted,
    })
  } catch (thrown) {
    return fail(notStarted(thrown))
  }
}
