import type { WasiSettings } from '../wasi/settings.ts'

/** The project model: the same JSON in share links, zip files, storage and embeds. Public; changed only with a new `schema`. */
export interface Project {
  readonly schema: 1
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly world?: string
  readonly entry?: string
  readonly engine?: string
  readonly binaries?: Readonly<Record<string, string>>
  readonly wasi?: ProjectWasi
  readonly calls?: readonly string[]
}

/** The simulated world of the project's runs, and how far they may go. Public, like the rest: a new setting of the host is one here. */
export interface ProjectWasi extends WasiSettings {
  readonly limits?: { readonly memoryMiB?: number; readonly outputKiB?: number; readonly milliseconds?: number }
}

export const defaultEntry = 'main.ts'
export const defaultEngine = 'quickjs'
