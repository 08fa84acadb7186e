import type { Plugin } from 'vite'

/**
 * Everything that the page imports at once as one file: the bundler would give what later parts share with it a file of
 * its own, which costs a request each and compresses worse.
 */
export function shellChunk(): { readonly plugin: Plugin; readonly includes: (id: string) => boolean } {
  const shell = new Set<string>()
  return {
    plugin: {
      name: 'witcraft:shell-chunk',
      apply: 'build',
      buildEnd() {
        const entries = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry)
        for (const id of entries) shell.add(id)
        for (const id of shell) for (const imported of this.getModuleInfo(id)?.importedIds ?? []) shell.add(imported)
      },
    },
    includes: (id) => shell.has(id),
  }
}
