/**
 * Expected failures are values. A fault names its stage, says what happened in plain words, points at the place where
 * there is one, and says what to do next. Exceptions are for bugs.
 */

export const stages = [
  'project', // the project itself: no files, no entry, an unknown engine
  'wit', // the WIT text does not parse or resolve
  'types', // the guest's source does not fit the world's types
  'source', // the guest's source is not valid TypeScript or JavaScript, imports what is not there, or lacks an export
  'load', // a part of the toolchain could not be fetched
  'guest-init', // the guest's top-level code failed
  'build', // the component could not be assembled
  'transpile', // the component could not be turned into something that a browser runs
  'instantiate', // the component could not be instantiated
  'call', // the call could not be made: no such export, arguments that do not fit, an uncaught exception in the guest
  'trap', // the instance is dead
  'denied', // a call across the boundary was refused
  'limit', // a memory, output or time limit was reached
  'killed', // the user stopped it
  'lost', // the sandbox no longer answers
] as const

export type Stage = (typeof stages)[number]

/** A place in a file of the project. Lines and columns count from 1, columns in UTF-16 code units; the end is exclusive. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine?: number
  readonly endColumn?: number
}

export interface Fault {
  readonly stage: Stage
  /** What happened, one sentence, in the words of somebody who writes TypeScript. */
  readonly message: string
  /** What to do next, one sentence. */
  readonly next: string
  readonly place?: Place
  /** More for those who want it: the guest's stack, the tool's own message. Plain text, possibly of several lines. */
  readonly detail?: string
}

/** A hint is worth knowing, and nothing is wrong: it is not counted. */
export type Severity = 'error' | 'warning' | 'hint'

export interface Diagnostic extends Fault {
  readonly severity: Severity
  /** Its line can be read: what else is said of that is another problem. */
  readonly readable?: true
  /** What would mend it, the most likely first. */
  readonly fixes?: readonly Fix[]
}

/** A change of a file of the project that mends a problem. */
export interface Fix {
  /** What it does, as a choice in a menu. */
  readonly title: string
  /** The `markOf` of the text that it was made for: in another one its places are somewhere else. */
  readonly mark: number
  readonly edits: readonly { readonly place: Place; readonly text: string }[]
  /** The editor's service for the language offers it by itself. */
  readonly offered?: true
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault }

export const succeed = <T>(value: T): Outcome<T> => ({ ok: true, value })
export const fail = (fault: Fault): { readonly ok: false; readonly fault: Fault } => ({ ok: false, fault })
