import { Share } from '../budget.ts'
import type { ResourceClass } from '../gate.ts'
import type { Io } from '../io/streams.ts'
import { refuse } from './errors.ts'
import { fileSink, fileSource } from './file-streams.ts'
import { metadataHash, type NewTimestamp, setTimes, stat } from './metadata.ts'
import * as names from './names.ts'
import { type DescriptorFlags, open, type Opened, type OpenFlags, type PathFlags } from './open.ts'
import { resolve } from './resolve.ts'
import type { Entry, RegularFile, Volume } from './volume.ts'

interface Descriptors {
  /** `descriptor` and `directory-entry-stream`, made anew for each run. */
  readonly resources: Readonly<Record<string, ResourceClass>>
  descriptor(opened: Opened): object
}

/** Bytes of memory that an entry takes in a directory-entry-stream: about so many. */
const listedCost = 64

/** The resources of wasi:filesystem/types. Their methods have the names and the order of types.wit. */
export const createDescriptors = (volume: Volume, io: Io): Descriptors => {
  /** Names that a directory had when the reading began: what happens to it later does not disturb that. */
  class DirectoryEntryStream {
    readonly #share = new Share(volume.memory)
    #entries: readonly [string, Entry][]
    #next = 0
    constructor(entries: ReadonlyMap<string, Entry>) {
      if (!this.#share.set(entries.size * listedCost)) refuse('insufficient-memory')
      this.#entries = [...entries]
    }
    readDirectoryEntry(): { type: Entry['kind']; name: string } | undefined {
      const entry = this.#entries[this.#next++]
      if (entry === undefined) this.#free()
      return entry && { type: entry[1].kind, name: entry[0] }
    }
    #free(): void {
      this.#entries = []
      this.#share.release()
    }
    [Symbol.dispose](): void {
      this.#free()
    }
  }

  class Descriptor {
    #opened: Opened
    #dropped = false
    constructor(opened: Opened) {
      this.#opened = opened
      volume.hold(opened.entry)
    }

    #readable(): RegularFile {
      const { entry, flags } = this.#opened
      if (entry.kind === 'directory') return refuse('is-directory')
      return flags.read ? entry : refuse('bad-descriptor')
    }
    #writable(otherwise: 'bad-descriptor' | 'invalid' = 'bad-descriptor'): RegularFile {
      const { entry, flags, mutable } = this.#opened
      if (entry.kind === 'directory') return refuse('bad-descriptor')
      if (!mutable) refuse('read-only')
      return flags.write ? entry : refuse(otherwise)
    }
    get #base(): names.Base {
      const { entry, mutable } = this.#opened
      return entry.kind === 'directory' ? { directory: entry, mutable } : refuse('not-directory')
    }
    #at({ symlinkFollow }: PathFlags, path: string): Entry {
      const { entry } = resolve(this.#base.directory, path, symlinkFollow ? 'always' : 'slash')
      return entry ?? refuse('no-entry')
    }
    #mayChange(): void {
      if (!this.#opened.mutable) refuse('read-only')
    }

    readViaStream(offset: bigint): object {
      return io.inputStream(fileSource(volume, this.#readable(), offset))
    }
    writeViaStream(offset: bigint): object {
      return io.outputStream(fileSink(volume, this.#writable(), offset))
    }
    appendViaStream(): object {
      return io.outputStream(fileSink(volume, this.#writable()))
    }
    advise(_offset: bigint, _length: bigint, _advice: string): void {
      if (this.#opened.entry.kind === 'directory') refuse('bad-descriptor')
    }
    syncData(): void {}
    getFlags(): Required<DescriptorFlags> {
      return { ...this.#opened.flags }
    }
    getType(): Entry['kind'] {
      return this.#opened.entry.kind
    }
    setSize(size: bigint): void {
      // POSIX, ftruncate(): EINVAL where the file is not open for writing.
      volume.resize(this.#writable('invalid'), size)
    }
    setTimes(accessed: NewTimestamp, modified: NewTimestamp): void {
      this.#mayChange()
      setTimes(volume, this.#opened.entry, accessed, modified)
    }
    read(length: bigint, offset: bigint): [Uint8Array, boolean] {
      const file = this.#readable()
      const bytes = file.content.read(offset, length)
      if (bytes.length > 0) file.accessed = volume.now
      // Nothing read counts as the end also where nothing was asked for: the preview1 adapter takes it for an interruption else.
      return [bytes, bytes.length === 0 || offset + BigInt(bytes.length) >= BigInt(file.content.size)]
    }
    write(bytes: Uint8Array, offset: bigint): bigint {
      volume.write(this.#writable(), offset, bytes)
      return BigInt(bytes.length)
    }
    readDirectory(): DirectoryEntryStream {
      const { directory } = this.#base
      directory.accessed = volume.now
      return new DirectoryEntryStream(directory.entries)
    }
    sync(): void {}
    createDirectoryAt(path: string): void {
      names.createDirectory(volume, this.#base, path)
    }
    stat() {
      return stat(this.#opened.entry)
    }
    statAt(flags: PathFlags, path: string) {
      return stat(this.#at(flags, path))
    }
    setTimesAt(flags: PathFlags, path: string, accessed: NewTimestamp, modified: NewTimestamp): void {
      const entry = this.#at(flags, path)
      this.#mayChange()
      setTimes(volume, entry, accessed, modified)
    }
    linkAt({ symlinkFollow }: PathFlags, oldPath: string, to: Descriptor, newPath: string): void {
      // As all hosts have it, and the conformance programs of preview1.
      if (symlinkFollow) refuse('invalid')
      names.link(volume, this.#base, oldPath, to.#base, newPath)
    }
    openAt(pathFlags: PathFlags, path: string, openFlags: OpenFlags, flags: DescriptorFlags): Descriptor {
      const { directory, mutable } = this.#base
      return new Descriptor(open(volume, directory, mutable, pathFlags, path, openFlags, flags))
    }
    readlinkAt(path: string): string {
      return names.readLink(this.#base, path)
    }
    removeDirectoryAt(path: string): void {
      names.removeDirectory(volume, this.#base, path)
    }
    renameAt(oldPath: string, to: Descriptor, newPath: string): void {
      names.rename(volume, this.#base, oldPath, to.#base, newPath)
    }
    symlinkAt(target: string, path: string): void {
      names.createLink(volume, this.#base, target, path)
    }
    unlinkFileAt(path: string): void {
      names.unlinkFile(volume, this.#base, path)
    }
    isSameObject(other: Descriptor): boolean {
      return this.#opened.entry === other.#opened.entry
    }
    metadataHash() {
      return metadataHash(this.#opened.entry)
    }
    metadataHashAt(flags: PathFlags, path: string) {
      return metadataHash(this.#at(flags, path))
    }
    [Symbol.dispose](): void {
      if (!this.#dropped) volume.release(this.#opened.entry)
      this.#dropped = true
    }
  }

  return {
    resources: { descriptor: Descriptor, 'directory-entry-stream': DirectoryEntryStream },
    descriptor: (opened) => new Descriptor(opened),
  }
}
