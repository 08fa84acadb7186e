import { describe, expect, test } from 'vitest'
import { guest, type Handle } from './guest.fixture.ts'

const tree = { '/': {} }
/** So often until it fails: how often, and with what. */
const until = (work: (at: number) => unknown): { count: number; refused: unknown } => {
  for (let count = 0; count < 10_000; count++) {
    try {
      work(count)
    } catch (thrown) {
      return { count, refused: thrown instanceof Error ? thrown.cause : thrown }
    }
  }
  throw new Error('no end')
}
const created = (dir: Handle, name: string): Handle => dir.open(name, 'read write', 'create')

describe('the memory of a run', () => {
  test('is given back by a file that shrinks', () => {
    const { dir } = guest(tree, {}, 1 << 20)
    for (let at = 0; at < 10; at++) {
      const file = created(dir, `f${at}`)
      file.ok('setSize', 800_000n)
      file.ok('setSize', 10n)
    }
    expect(created(dir, 'last').ok('setSize', 900_000n)).toBeUndefined()
  })

  test('is what files, the room that they grow into, links and names take together', () => {
    const { dir } = guest(tree, {}, 1 << 20)
    const file = created(dir, 'f')
    file.ok('setSize', 1_000_000n)
    const links = until((at) => dir.ok('symlinkAt', 'x'.repeat(4000), `l${at}`))
    expect(links).toEqual({ count: 5, refused: 'insufficient-memory' })
    expect(created(dir, 'g').err('setSize', 20_000n)).toBe('insufficient-memory')
    expect(file.stat()).toMatchObject({ size: 1_000_000n })
    dir.ok('unlinkFileAt', 'l0')
    expect(dir.ok('symlinkAt', 'x'.repeat(4000), 'l5')).toBeUndefined()
    file.ok('setSize', 0n)
    const names = until((at) => dir.ok('createDirectoryAt', `${'n'.repeat(240)}${at}`))
    expect(names.refused).toBe('insufficient-memory')
    expect(names.count).toBeLessThan(1500)
  })

  test('is no more than there is for a file that grows in small steps', () => {
    const { dir } = guest(tree, {}, 1 << 20)
    const file = created(dir, 'f')
    const chunk = new Uint8Array(1000)
    const { count, refused } = until((at) => file.ok('write', chunk, BigInt(at * 1000)))
    expect(refused).toBe('insufficient-memory')
    expect(count).toBeGreaterThan(1040)
  })

  test('is held by the streams of a directory until they are dropped or at their end', () => {
    const { dir } = guest(
      { '/': Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`f${at}`, ''])) },
      {},
      100_000,
    )
    const streams: Handle[] = []
    const { count, refused } = until(() => streams.push(dir.get('readDirectory')))
    expect(refused).toBe('insufficient-memory')
    expect(count).toBeLessThan(20)
    streams[0]?.drop()
    for (let turn = 0; turn < 50; turn++) expect(dir.names()).toHaveLength(100)
  })

  test('that a longer name would need is asked for before the old one is gone', () => {
    const { dir } = guest(tree, {}, 1000)
    for (const name of ['a', 'b', 'c']) created(dir, name)
    expect(dir.err('renameAt', 'a', dir, 'n'.repeat(250))).toBe('insufficient-memory')
    expect(dir.names()).toEqual(['a', 'b', 'c'])
    dir.ok('renameAt', 'a', dir, 'd')
    expect(dir.names()).toEqual(['b', 'c', 'd'])
  })
})
