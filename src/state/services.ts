import type { Diagnostic } from '../contract/fault.ts'
import type { Project } from '../project/project.ts'
import type { Runner } from '../runner/runner.ts'
import type { Toolchain } from '../toolchain/toolchain.ts'
import type { WitEdit } from '../wit/add-import.ts'
import type { WorldOutline } from '../wit/world-outline.ts'
import type { Schedule } from './view.ts'

/** Everything that the store uses and does not own. The composition root makes them; tests pass in fakes. */
export interface Services {
  readonly toolchain: Toolchain
  readonly runner: Runner
  /** Checks the WIT of a project and finds its worlds. Fast enough to be called on every change. */
  readonly checkWit: (files: Readonly<Record<string, string>>) => Promise<WitCheck>
  /** The WIT file in which `world` imports or exports `name` from now on; undefined where there is nothing to do. */
  readonly addImport: (
    files: Readonly<Record<string, string>>,
    world: string,
    name: string,
    kind?: 'import' | 'export',
  ) => Promise<WitEdit | undefined>
  /** A promise where its files are still to come. */
  readonly loadExample: (id: string) => Project | Promise<Project> | undefined
  /** Whether runs can wait for the outside in this browser. */
  readonly canSuspend: boolean
  /** Hands a file to the user. */
  readonly saveFile: (name: string, bytes: Uint8Array, type: string) => void
  readonly address: Address
  readonly storage: PreferenceStorage
  /** When the page may draw. */
  readonly schedule: Schedule
  /** What the page fetched over the network for runs, as far as it ended after `time` of `now`. */
  readonly transfersSince: (time: number) => readonly Transfer[]
  /** Milliseconds; only differences mean anything. */
  readonly now: () => number
}

export interface Transfer {
  /** By `Services.now`. */
  readonly from: number
  readonly to: number
  /** With the headers. */
  readonly bytes: number
}

export interface WitCheck {
  readonly diagnostics: readonly Diagnostic[]
  readonly worlds: readonly string[]
  readonly outlines: readonly WorldOutline[]
}

/** The page's own address. What follows its `#` never leaves the browser. */
export interface Address {
  /** Without the fragment. */
  page(): string
  /** With its `#`; empty where there is none. */
  fragment(): string
  /** Changes the address bar and nothing else: no entry in the history, no event. */
  replaceFragment(fragment: string): void
}

export interface PreferenceStorage {
  read(): string | null
  write(text: string): void
}
