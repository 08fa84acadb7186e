import type { Plugin } from 'vite'

/** What the page imports as soon as it is drawn, whatever it shows; and what would be a file too small of its own. */
const soon =
  /\/src\/(?:state\/added-files|ui\/(?:announcer|commands\/key-map|explorer\/explorer|notices\/notices|panels\/call\/late|panels\/late-panels|panels\/problems\/problems-panel|panels\/world-to-come|share\/(?:arrival|export-items)|shell\/(?:result-strip|run-figures)))\.tsx?$/
/** What builds and runs. */
const workshop = /\/src\/workshop\.ts$/
/** What reads and writes calls. */
const calls = /\/src\/ui\/panels\/call\/call-model\.ts$/

interface ChunkGroup {
  readonly name: string
  readonly test: (id: string) => boolean
}

/**
 * What the page imports at once, what it imports right after that, what it runs with and what it reads calls with, as one
 * file each: the bundler would give every part that two others share a file of its own, which costs a request each and
 * compresses worse.
 */
export function pageChunks(): { readonly plugin: Plugin; readonly groups: ChunkGroup[] } {
  const groups = {
    index: new Set<string>(),
    soon: new Set<string>(),
    workshop: new Set<string>(),
    calls: new Set<string>(),
  }
  return {
    plugin: {
      name: 'witcraft:page-chunks',
      apply: 'build',
      buildEnd() {
        const all = [...this.getModuleIds()]
        const starts = {
          index: all.filter((id) => this.getModuleInfo(id)?.isEntry),
          soon: all.filter((id) => soon.test(id)),
          workshop: all.filter((id) => workshop.test(id)),
          calls: all.filter((id) => calls.test(id)),
        }
        if (starts.soon.length === 0 || starts.workshop.length !== 1 || starts.calls.length !== 1)
          this.error('the parts of the page have other names')
        const taken = new Set<string>()
        for (const name of ['index', 'soon', 'workshop', 'calls'] as const) {
          const group = groups[name]
          for (const id of starts[name]) group.add(id)
          for (const id of group)
            for (const imported of this.getModuleInfo(id)?.importedIds ?? [])
              if (!taken.has(imported)) group.add(imported)
          for (const id of group) taken.add(id)
        }
      },
    },
    groups: Object.entries(groups).map(([name, ids]) => ({ name, test: (id: string) => ids.has(id) })),
  }
}
