import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { guest, type Handle } from './guest.fixture.ts'

/**
 * One directory with files under several names, symbolic links and descriptors that outlive the names: the plainest model
 * of that, which has no code in common with the file system that it is held against.
 */
interface Node {
  bytes: number[]
  links: number
}
type Entry = Node | { readonly target: string }

/** Far more than there are names: only a circle has as many. */
const manyLinks = 40

class Model {
  readonly names = new Map<string, Entry>()

  /** The name that a name leads to, through symbolic links; undefined for a circle. */
  #end(name: string): string | undefined {
    let at = name
    for (let passed = 0; passed <= manyLinks; passed++) {
      const entry = this.names.get(at)
      if (entry === undefined || 'bytes' in entry) return at
      at = entry.target
    }
    return undefined
  }
  open(name: string, how: readonly string[], follow: boolean): Node | string {
    const create = how.includes('create')
    const exclusive = create && how.includes('exclusive')
    if (exclusive && this.names.has(name)) return 'exist'
    const end = follow && !exclusive ? this.#end(name) : name
    if (end === undefined) return 'loop'
    const entry = this.names.get(end)
    if (entry === undefined) {
      if (!create) return 'no-entry'
      const made = { bytes: [], links: 1 }
      this.names.set(end, made)
      return made
    }
    if ('target' in entry) return 'loop'
    if (how.includes('truncate')) entry.bytes = []
    return entry
  }
  link(from: string, to: string, follow: boolean): string | undefined {
    // Links are made to what has the name.
    if (follow) return 'invalid'
    const entry = this.names.get(from)
    if (entry === undefined) return 'no-entry'
    if (this.names.has(to)) return 'exist'
    if ('bytes' in entry) entry.links++
    this.names.set(to, entry)
    return undefined
  }
  symlink(target: string, name: string): string | undefined {
    if (this.names.has(name)) return 'exist'
    this.names.set(name, { target })
    return undefined
  }
  unlink(name: string): string | undefined {
    const entry = this.names.get(name)
    if (entry === undefined) return 'no-entry'
    if ('bytes' in entry) entry.links--
    this.names.delete(name)
    return undefined
  }
  rename(from: string, to: string): string | undefined {
    const entry = this.names.get(from)
    if (entry === undefined) return 'no-entry'
    // rename(2): two names of one file both stay.
    if (this.names.get(to) === entry) return undefined
    if (this.names.has(to)) this.unlink(to)
    this.names.delete(from)
    this.names.set(to, entry)
    return undefined
  }
}

function write({ bytes }: Node, at: number, text: string): void {
  while (bytes.length < at) bytes.push(0)
  for (const [index, byte] of new TextEncoder().encode(text).entries()) bytes[at + index] = byte
}

const name = fc.constantFrom('a', 'b', 'c', 'd')
const number = fc.nat({ max: 9 })
const how = fc.constantFrom('', 'create', 'create exclusive', 'truncate', 'create truncate')
const step = fc.oneof(
  fc.record({ what: fc.constant('open' as const), name, how, follow: fc.boolean() }),
  fc.record({ what: fc.constant('write' as const), of: number, at: number, text: fc.string({ maxLength: 3 }) }),
  fc.record({ what: fc.constant('append' as const), of: number, text: fc.string({ maxLength: 3 }) }),
  fc.record({ what: fc.constant('resize' as const), of: number, size: number }),
  fc.record({ what: fc.constant('read' as const), of: number, at: number, length: number }),
  fc.record({ what: fc.constant('link' as const), name, to: name, follow: fc.boolean() }),
  fc.record({ what: fc.constant('symlink' as const), name, to: name }),
  fc.record({ what: fc.constant('unlink' as const), name }),
  fc.record({ what: fc.constant('rename' as const), name, to: name }),
  fc.record({ what: fc.constant('same' as const), of: number, other: number }),
)

const attempt = (work: () => unknown): unknown => {
  try {
    work()
    return undefined
  } catch (thrown) {
    if (thrown instanceof Error && thrown.cause !== undefined) return thrown.cause
    throw thrown
  }
}

test('names, links and descriptors behave as in a plain model', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
      const model = new Model()
      const { dir } = guest()
      const opened: { readonly handle: Handle; readonly node: Node }[] = []
      for (const each of steps) {
        const { handle, node } = opened['of' in each ? each.of : -1] ?? {}
        switch (each.what) {
          case 'open': {
            const expected = model.open(each.name, each.how.split(' '), each.follow)
            if (typeof expected === 'string')
              expect(dir.openErr(each.name, 'read write', each.how, each.follow)).toBe(expected)
            else opened.push({ handle: dir.open(each.name, 'read write', each.how, each.follow), node: expected })
            break
          }
          case 'link':
            expect(attempt(() => dir.ok('linkAt', { symlinkFollow: each.follow }, each.name, dir, each.to))).toBe(
              model.link(each.name, each.to, each.follow),
            )
            break
          case 'symlink':
            expect(attempt(() => dir.ok('symlinkAt', each.to, each.name))).toBe(model.symlink(each.to, each.name))
            break
          case 'unlink':
            expect(attempt(() => dir.ok('unlinkFileAt', each.name))).toBe(model.unlink(each.name))
            break
          case 'rename':
            expect(attempt(() => dir.ok('renameAt', each.name, dir, each.to))).toBe(model.rename(each.name, each.to))
            break
          case 'write':
            if (!handle || !node) break
            handle.write(each.text, BigInt(each.at))
            // write(2): nothing at all does not extend a file.
            if (each.text !== '') write(node, each.at, each.text)
            break
          case 'append':
            if (!handle || !node) break
            handle.get('appendViaStream').ok('blockingWriteAndFlush', new TextEncoder().encode(each.text))
            write(node, node.bytes.length, each.text)
            break
          case 'resize':
            if (!handle || !node) break
            handle.ok('setSize', BigInt(each.size))
            node.bytes = Array.from({ length: each.size }, (_, index) => node.bytes[index] ?? 0)
            break
          case 'read':
            if (!handle || !node) break
            expect(handle.ok('read', BigInt(each.length), BigInt(each.at))).toEqual([
              Uint8Array.from(node.bytes.slice(each.at, each.at + each.length)),
              each.at + each.length >= node.bytes.length,
            ])
            break
          case 'same': {
            const other = opened[each.other]
            if (!handle || !other) break
            expect(handle.ok('isSameObject', other.handle)).toBe(other.node === node)
            const [one, two] = [handle.ok('metadataHash'), other.handle.ok('metadataHash')]
            if (other.node === node) expect(one).toEqual(two)
          }
        }
      }
      for (const { handle, node } of opened)
        expect(handle.stat()).toMatchObject({ size: BigInt(node.bytes.length), linkCount: BigInt(node.links) })
      expect(dir.names().toSorted()).toEqual([...model.names.keys()].toSorted())
    }),
    { numRuns: 150 },
  )
})
