import { fail } from '../contract/fault.ts'
import { killed, notRunning } from './no-run.ts'
import type { Runner } from './runner.ts'

/** A runner whose code is fetched when something is first run: what people see first does not wait for it. */
export function createLateRunner(load: () => Promise<Runner>): Runner {
  let runner: Runner | undefined
  /** Stop counts for a start that still waits for the code, too. */
  let stops = 0
  const loaded = async (): Promise<Runner> => (runner ??= await load())
  return {
    get state() {
      return runner?.state ?? 'idle'
    },
    // Whoever starts a run next is told that nothing came.
    warm: () =>
      void loaded().then(
        (it) => it.warm(),
        () => {},
      ),
    async start(request, events) {
      const before = stops
      const it = runner ?? (await loaded())
      return stops === before ? it.start(request, events) : fail(killed)
    },
    call: async (expression) => runner?.call(expression) ?? fail(notRunning),
    burst: async (expression, count) => runner?.burst(expression, count) ?? fail(notRunning),
    runCommand: async () => runner?.runCommand() ?? fail(notRunning),
    respond: async (number, request) => runner?.respond(number, request) ?? fail(notRunning),
    input: (input) => runner?.input(input),
    drop: async (handle) => runner?.drop(handle) ?? fail(notRunning),
    snapshot: async () => runner?.snapshot() ?? fail(notRunning),
    recording: async () => runner?.recording() ?? fail(killed),
    stop() {
      stops++
      runner?.stop()
    },
    leave() {
      stops++
      runner?.leave()
    },
    dispose() {
      stops++
      runner?.dispose()
    },
  }
}
