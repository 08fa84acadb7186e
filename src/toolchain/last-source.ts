import type { CompiledSource, SourceInput } from './toolchain.ts'

type Files = SourceInput['files']

/** What the last sources compiled to: a run after a change of the WIT, or after Stop, has the same ones. */
export class LastSource {
  #last: { readonly files: Files; readonly entry: string; readonly compiled: CompiledSource } | undefined

  find(files: Files, entry: string): CompiledSource | undefined {
    const last = this.#last
    return last?.entry === entry && sameTexts(last.files, files) ? last.compiled : undefined
  }

  keep(files: Files, entry: string, compiled: CompiledSource): void {
    this.#last = { files: { ...files }, entry, compiled }
  }
}

function sameTexts(a: Files, b: Files): boolean {
  const paths = Object.keys(a)
  return paths.length === Object.keys(b).length && paths.every((path) => Object.hasOwn(b, path) && a[path] === b[path])
}
