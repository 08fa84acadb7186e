import type { WasiSettings } from '../../src/wasi/settings.ts'

/** What a check came to. `unsupported`: the world does not have what it needs; that is no pass. */
export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'unsupported'; readonly reason: string }

/** One program, or a part of one, that proves a sentence of the specification. */
export interface Check {
  /** The functions that it is about, without version: `wasi:io/poll#[method]pollable.ready`. */
  readonly of: readonly string[]
  /** The sentence. */
  readonly says: string
  readonly guest: 'TypeScript' | 'WAT' | 'preview1'
  run(): Promise<Verdict>
}

/** How a program has to end, where it does not simply end. */
export interface Expectation {
  /** It ends by a trap whose message has this text. */
  readonly traps?: string
  /** It ends by `exit` with this code. */
  readonly exits?: number
  /** What it wrote. */
  readonly stdout?: string
  readonly stderr?: string
  /** Why the world is not as the sentence says: the check fails, and counts as unsupported with this reason. */
  readonly differs?: string
}

export type Settings = WasiSettings

export const passed: Verdict = { kind: 'passed' }
export const failed = (message: string): Verdict => ({ kind: 'failed', message })
