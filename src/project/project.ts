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

export interface ProjectWasi {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly cwd?: string
  readonly clock?: { readonly mode: 'auto' | 'frozen' | 'real'; readonly start?: string }
  readonly random?: { readonly seed: number } | 'real'
  readonly policy?: Readonly<Record<string, 'allow' | 'deny'>>
  readonly limits?: { readonly memoryMiB?: number; readonly outputKiB?: number; readonly milliseconds?: number }
}

export const defaultEntry = 'main.ts'
export const defaultEngine = 'quickjs'
