import type { Project, ProjectWasi } from '../project.ts'

/** A project that ships with the page. Its files lie in the folder of the same name as `id`. */
export interface Example {
  readonly id: string
  readonly title: string
  /** Why somebody would open it, one sentence. */
  readonly why: string
  readonly files: readonly string[]
  readonly world: string
  /** Saved calls in WAVE; the first one is selected when the example opens. Empty for a command. */
  readonly calls: readonly string[]
  readonly wasi?: ProjectWasi
}

/** The project that an example opens as. `files` holds the text of each of the example's files by path. */
export function exampleProject(example: Example, files: Readonly<Record<string, string>>): Project {
  return {
    schema: 1,
    name: example.id,
    files,
    world: example.world,
    ...(example.wasi ? { wasi: example.wasi } : {}),
    calls: example.calls,
  }
}
