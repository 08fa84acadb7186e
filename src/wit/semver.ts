/** A version as semver.org defines it. Numbers stay exact up to 2^53. */
export interface Version {
  readonly text: string
  readonly major: number
  readonly minor: number
  readonly patch: number
  readonly pre: readonly string[]
  readonly build: string
}

const pattern =
  /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/

export type VersionOutcome =
  | { readonly ok: true; readonly version: Version }
  | { readonly ok: false; readonly message: string; readonly next: string }

const leadingZero = (part: string): boolean => /^0\d+$/.test(part)

export const parseVersion = (text: string): VersionOutcome => {
  const match = pattern.exec(text)
  if (match === null) {
    const numbers = /^\d+(\.\d+)?$/.test(text)
    return {
      ok: false,
      message: numbers
        ? `A version has three numbers, and \`${text}\` has ${text.includes('.') ? 'two' : 'one'}.`
        : `\`${text}\` is not a semantic version.`,
      next: numbers
        ? `Write \`${text}${text.includes('.') ? '.0' : '.0.0'}\`.`
        : 'Write a version such as `1.2.3` or `1.2.3-rc.1`.',
    }
  }
  const [, major = '', minor = '', patch = '', pre, build = ''] = match
  const identifiers = pre === undefined ? [] : pre.split('.')
  const padded = [major, minor, patch, ...identifiers].find(leadingZero)
  if (padded !== undefined)
    return {
      ok: false,
      message: `In the version \`${text}\` the number \`${padded}\` starts with a zero.`,
      next: `Write \`${padded.replace(/^0+(?=\d)/, '')}\` instead of \`${padded}\`.`,
    }
  return {
    ok: true,
    version: { text, major: Number(major), minor: Number(minor), patch: Number(patch), pre: identifiers, build },
  }
}

const numeric = (part: string): boolean => /^\d+$/.test(part)

const compareIdentifiers = (a: string, b: string): number => {
  if (numeric(a) && numeric(b)) return Number(a) - Number(b)
  if (numeric(a) !== numeric(b)) return numeric(a) ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

/** Precedence by semver.org rule 11; build metadata counts for nothing. */
export const compareVersions = (a: Version, b: Version): number => {
  const core = a.major - b.major || a.minor - b.minor || a.patch - b.patch
  if (core !== 0) return core
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length
  for (const [index, part] of a.pre.entries()) {
    const other = b.pre[index]
    if (other === undefined) return 1
    const order = compareIdentifiers(part, other)
    if (order !== 0) return order
  }
  return a.pre.length - b.pre.length
}

/**
 * Whether what was written for `wanted` also works with `present`: both in one compatible track (`canonversion` in
 * Explainer.md#import-and-export-names) and `present` not older. Pre-releases are compatible with nothing but themselves.
 */
export const isCompatible = (wanted: Version, present: Version): boolean => {
  if (wanted.pre.length > 0 || present.pre.length > 0) return compareVersions(wanted, present) === 0
  if (wanted.major !== present.major) return false
  if (wanted.major === 0 && wanted.minor !== present.minor) return false
  if (wanted.major === 0 && wanted.minor === 0 && wanted.patch !== present.patch) return false
  return compareVersions(present, wanted) >= 0
}
