import type { Fault } from '../../contract/fault.ts'
import type { WasiSettings } from '../../wasi/settings.ts'
import type { TracedFunction } from '../../wasi/trace.ts'

/** What a program stumbles over that takes the first of no directories: `const [[root]] = getDirectories()`. */
const takesNothing = /threw TypeError: .*(?:undefined|not iterable)/

/** The same fault; where the guest asked for its directories and the run has none, with what to do about that. */
export function withMissingFolder(fault: Fault, wasi: WasiSettings, called: readonly TracedFunction[]): Fault {
  if (Object.keys(wasi.dirs ?? {}).length > 0 || !takesNothing.test(fault.message)) return fault
  const asked = called.some(
    ({ name, side, calls }) =>
      side === 'import' && calls > 0 && /^wasi:filesystem\/preopens(?:@.*)?#get-directories$/.test(name),
  )
  return asked
    ? { ...fault, next: 'Add a folder under Files: without one, getDirectories() gives an empty list.' }
    : fault
}
