import { Budget } from '../budget.ts'
import { Content, type Store } from './content.ts'
import { refuse } from './errors.ts'

interface Common {
  /** Different for every object that there ever was in this run. */
  readonly id: number
  /** Directory entries that name it; of a directory 0 once it has been removed. */
  links: number
  /** Descriptors and streams that hold it. */
  opens: number
  /** Nanoseconds since 1970. */
  accessed: bigint
  modified: bigint
  changed: bigint
  /** Counts the changes of what it holds, of which several may happen at one instant. */
  version: number
}

export interface Directory extends Common {
  readonly kind: 'directory'
  readonly entries: Map<string, Entry>
  parent: Directory | undefined
}

export interface RegularFile extends Common {
  readonly kind: 'regular-file'
  readonly content: Content
}

export interface SymbolicLink extends Common {
  readonly kind: 'symbolic-link'
  readonly target: string
}

/** What a directory entry can name. */
export type Entry = Directory | RegularFile | SymbolicLink

export interface VolumeLimits {
  /** Of all files together, also of those that have no name any more and are held. */
  readonly bytes: number
  /** Names in all directories together. */
  readonly entries: number
}

/** Far more than examples need, and far less than a browser's tab has. */
export const volumeLimits: VolumeLimits = { bytes: 64 << 20, entries: 200_000 }

/** What a name takes of the machine's memory beside its letters, with what it is the name of: about so many bytes. */
const entryCost = 200
const costOf = (name: string, entry: Entry): number =>
  entryCost + 2 * (name.length + (entry.kind === 'symbolic-link' ? entry.target.length : 0))

/** What a run's files are kept in: counts what they take, and notes the time of every change. */
export class Volume {
  readonly memory: Budget
  readonly #now: () => bigint
  readonly #limits: VolumeLimits
  readonly #store: Store
  #entries = 0
  #made = 0
  #revision = 0

  constructor(now: () => bigint, memory: Budget, limits: VolumeLimits = volumeLimits) {
    this.memory = memory
    this.#now = now
    this.#limits = limits
    this.#store = { disk: new Budget(limits.bytes), memory }
  }

  /** Other than before once a name or the content of a file may have changed. */
  get revision(): number {
    return this.#revision
  }

  get now(): bigint {
    return this.#now()
  }

  #common(): Common {
    const now = this.#now()
    return { id: ++this.#made, links: 0, opens: 0, accessed: now, modified: now, changed: now, version: 0 }
  }

  /** The root of a preopen. */
  root(): Directory {
    return { ...this.#common(), kind: 'directory', entries: new Map(), parent: undefined, links: 1 }
  }

  directory(): Directory {
    return { ...this.#common(), kind: 'directory', entries: new Map(), parent: undefined }
  }

  /** The bytes stay those of the caller until the file is written to. */
  file(bytes: Uint8Array = new Uint8Array()): RegularFile {
    return { ...this.#common(), kind: 'regular-file', content: new Content(bytes, this.#store) }
  }

  link(target: string): SymbolicLink {
    return { ...this.#common(), kind: 'symbolic-link', target }
  }

  /** Gives the entry a name that is free. */
  insert(directory: Directory, name: string, entry: Entry): void {
    // Removed while it was held: nothing can be made in it.
    if (directory.links === 0) refuse('no-entry')
    if (this.#entries >= this.#limits.entries) refuse('insufficient-space')
    if (!this.memory.take(costOf(name, entry))) refuse('insufficient-memory')
    directory.entries.set(name, entry)
    this.#entries++
    entry.links++
    entry.changed = this.#now()
    if (entry.kind === 'directory') entry.parent = directory
    this.touch(directory)
  }

  /** Takes the name away. */
  remove(directory: Directory, name: string, entry: Entry): void {
    directory.entries.delete(name)
    this.memory.give(costOf(name, entry))
    this.#entries--
    entry.links--
    entry.changed = this.#now()
    if (entry.kind === 'directory') entry.parent = undefined
    this.touch(directory)
    this.#free(entry)
  }

  /** Before the entry gets another name in place of its own: that there is memory for it. */
  admitRename(entry: Entry, from: string, to: string): void {
    if (costOf(to, entry) - costOf(from, entry) > this.memory.free) refuse('insufficient-memory')
  }

  hold(entry: Entry): void {
    entry.opens++
  }

  /** What has no name and is held by nobody takes no room any more. */
  release(entry: Entry): void {
    entry.opens--
    this.#free(entry)
  }

  #free(entry: Entry): void {
    if (entry.kind === 'regular-file' && entry.links === 0 && entry.opens === 0) entry.content.free()
  }

  /** What the entry holds has changed. */
  touch(entry: Entry): void {
    entry.modified = this.#now()
    entry.changed = entry.modified
    entry.version++
    this.#revision++
  }

  write(file: RegularFile, offset: bigint, bytes: Uint8Array): void {
    if (bytes.length === 0) return
    file.content.write(offset, bytes)
    this.touch(file)
  }

  resize(file: RegularFile, size: bigint): void {
    file.content.resize(size)
    this.touch(file)
  }
}
