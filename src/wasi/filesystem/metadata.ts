import { refuse } from './errors.ts'
import type { Entry, Volume } from './volume.ts'

const second = 1_000_000_000n

export interface Datetime {
  readonly seconds: bigint
  readonly nanoseconds: number
}

export type NewTimestamp =
  | { readonly tag: 'no-change' }
  | { readonly tag: 'now' }
  | { readonly tag: 'timestamp'; readonly val: Datetime }

const datetime = (nanoseconds: bigint): Datetime => ({
  seconds: nanoseconds / second,
  nanoseconds: Number(nanoseconds % second),
})

const encoder = new TextEncoder()

const sizeOf = (entry: Entry): number => {
  switch (entry.kind) {
    case 'directory':
      return 0
    case 'regular-file':
      return entry.content.size
    case 'symbolic-link':
      return encoder.encode(entry.target).length
  }
}

/** `descriptor-stat` */
export const stat = (entry: Entry) => ({
  type: entry.kind,
  linkCount: BigInt(entry.links),
  size: BigInt(sizeOf(entry)),
  dataAccessTimestamp: datetime(entry.accessed),
  dataModificationTimestamp: datetime(entry.modified),
  statusChangeTimestamp: datetime(entry.changed),
})

export const setTimes = (volume: Volume, entry: Entry, accessed: NewTimestamp, modified: NewTimestamp): void => {
  const now = volume.now
  const instant = (given: NewTimestamp, before: bigint): bigint => {
    if (given.tag === 'no-change') return before
    if (given.tag === 'now') return now
    if (given.val.nanoseconds >= second) refuse('invalid')
    return given.val.seconds * second + BigInt(given.val.nanoseconds)
  }
  const next = [instant(accessed, entry.accessed), instant(modified, entry.modified)] as const
  ;[entry.accessed, entry.modified] = next
  entry.changed = now
}

const word = (1n << 64n) - 1n

/** The finalizer of SplitMix64: one to one, and scatters what is close together. */
const scatter = (value: bigint): bigint => {
  let bits = (value + 0x9e3779b97f4a7c15n) & word
  bits = ((bits ^ (bits >> 30n)) * 0xbf58476d1ce4e5b9n) & word
  bits = ((bits ^ (bits >> 27n)) * 0x94d049bb133111ebn) & word
  return bits ^ (bits >> 31n)
}

/**
 * The lower half is that of the object as long as it lives, since the preview1 adapter makes the inode number of it; the
 * upper half changes with what the object holds.
 */
export const metadataHash = (entry: Entry) => {
  const lower = scatter(BigInt(entry.id))
  const upper = [entry.modified, BigInt(sizeOf(entry)), BigInt(entry.version)].reduce(
    (hash, part) => scatter(hash ^ (part & word)),
    lower,
  )
  return { lower, upper }
}
