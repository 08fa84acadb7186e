import { fail } from '../../contract/fault.ts'
import type { Fault } from '../../contract/fault.ts'

/** The text of whatever was thrown, with its stack. */
export const describeThrown = (thrown: unknown): string =>
  thrown instanceof Error ? `${thrown.message}\n${thrown.stack}` : String(thrown)

/** A module or a file that a worker needs is not there: usually there is no connection, or the page was replaced. */
export const loadFault = (thrown: unknown): { readonly ok: false; readonly fault: Fault } =>
  fail({
    stage: 'load',
    message: 'A part of the toolchain could not be fetched.',
    next: 'Check the connection and run again.',
    detail: describeThrown(thrown),
  })
