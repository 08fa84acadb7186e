import type { Builtin } from '../../wit/packages.ts'
import type { PackageId } from './outline.ts'

/** WASI packages that every project can name, as text by id: `wasi:io@0.2.12`. */
export type BuiltinPackages = Readonly<Record<PackageId, string>>

interface Version {
  readonly major: string
  readonly minor: string
  readonly patch: string
}

/** A release; pre-releases differ from each other at will and are not served. */
const parseVersion = (text: string): Version | undefined => {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(text)
  if (match === null) return undefined
  const [, major = '', minor = '', patch = ''] = match
  return { major, minor, patch }
}

const split = (id: PackageId): { readonly name: string; readonly version: string } => {
  const [name = '', version = ''] = id.split('@')
  return { name, version }
}

/**
 * The text of a built-in package, if there is one of that name and release line. Every patch of WASI 0.2 has the same
 * types and functions (what a patch adds is gated), and a component that imports `wasi:io/streams@0.2.3` runs on any
 * 0.2 host, so an older patch is served by rewriting the version in the one text that is shipped, in its header and in
 * what it uses of its siblings.
 */
export function builtinPackage(builtin: BuiltinPackages, id: PackageId): string | undefined {
  const release = releaseServing(builtin, id)
  const text = release === undefined ? undefined : builtin[`${split(id).name}@${release}`]
  return text?.replaceAll(`@${release}`, `@${split(id).version}`)
}

/** The shipped release that stands for a package: its own, or a later patch. */
function releaseServing(builtin: BuiltinPackages, id: PackageId): string | undefined {
  const { name, version } = split(id)
  if (builtin[id] !== undefined) return version
  const wanted = parseVersion(version)
  if (wanted === undefined) return undefined
  for (const candidate of Object.keys(builtin)) {
    const found = split(candidate)
    const has = parseVersion(found.version)
    if (found.name !== name || has === undefined) continue
    if (has.major !== wanted.major || has.minor !== wanted.minor) continue
    if (Number(wanted.patch) > Number(has.patch)) continue
    return found.version
  }
  return undefined
}

export const isBuiltinName = (builtin: BuiltinPackages, name: string): boolean =>
  Object.keys(builtin).some((id) => split(id).name === name)

/** For a message: `wasi:io@0.2.12`, or all of them where no name is given. */
export function builtinSummary(builtin: BuiltinPackages, name?: string): string {
  const ids = Object.keys(builtin).filter((id) => name === undefined || split(id).name === name)
  return ids.toSorted().join(', ')
}

const wasiPackage = /\bwasi:[a-z][a-z0-9-]*(?:\/[a-z][a-z0-9-]*)?@(\d+\.\d+\.\d+)/g

/**
 * The packages that names in these texts may refer to. Older patches of a shipped release are served by the same text,
 * and so are the packages that they use.
 */
export function builtinsNamedIn(shipped: BuiltinPackages, texts: readonly string[]): Builtin[] {
  const versions = new Set(texts.flatMap((text) => [...text.matchAll(wasiPackage)].map((match) => match[1] ?? '')))
  const ids = new Set(Object.keys(shipped))
  for (const id of Object.keys(shipped)) for (const version of versions) ids.add(`${split(id).name}@${version}`)
  return [...ids].flatMap((id) => {
    const text = builtinPackage(shipped, id)
    if (text === undefined) return []
    const release = releaseServing(shipped, id)
    return [{ package: id, text, ...(release !== split(id).version && release !== undefined && { release }) }]
  })
}
