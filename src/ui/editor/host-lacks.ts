import type { Diagnostic } from '../../contract/fault.ts'
import { hostFeatures, lackWords } from '../../toolchain/host-features.ts'
import { unversioned } from '../../wasi/served.ts'
import type { HostUse } from '../uses-store.ts'
import type { FoundUse } from './host-uses.ts'

/** The builder has these itself while the top-level code runs. */
const atBuilder = /^(?:console|performance|Math|crypto)\./

/** What a file was found to use, as the project has it. */
export function usesOf(file: string, found: readonly FoundUse[]): HostUse[] {
  return found.flatMap(({ what, kind, range, atStart }): HostUse[] => {
    const place = { file, ...range }
    if (atStart && atBuilder.test(what)) return []
    if (kind === 'import') return [{ what, kind, needs: [unversioned(what)], place }]
    const feature = Object.hasOwn(hostFeatures, what) ? hostFeatures[what] : undefined
    return feature ? [{ what, kind, needs: feature.needs, place }] : []
  })
}

export interface LackingWorld {
  readonly imported: ReadonlySet<string>
  /** An interface with the version that this world would import. */
  readonly versioned: (name: string) => string
}

/** An interface that the world should import, with its version, and what to say of it. */
export interface Lack {
  readonly full: string
  readonly problem: Diagnostic
}

/** Warns of what the code uses and the world does not import, each interface once. */
export function lacksOf(file: string, found: readonly FoundUse[], world: LackingWorld): Lack[] {
  const told = new Set<string>()
  return found.flatMap(({ what, kind, range, atStart }): Lack[] => {
    const feature = kind === 'feature' && Object.hasOwn(hostFeatures, what) ? hostFeatures[what] : undefined
    if (feature === undefined || (atStart && atBuilder.test(what))) return []
    const [first] = feature.needs
    if (feature.needs.some((name) => world.imported.has(name)) || told.has(first)) return []
    told.add(first)
    const full = world.versioned(first)
    const words = lackWords(what, feature, full.slice(first.length + 1))
    return [{ full, problem: { stage: 'types', severity: 'warning', ...words, place: { file, ...range } } }]
  })
}
