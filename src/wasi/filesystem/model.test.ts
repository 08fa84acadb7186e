import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { guest } from './guest.fixture.ts'

/**
 * The plainest file system that there can be: a list of full paths, without links, in which every operation looks at the
 * whole list. It has no code in common with the one that it is held against.
 */
class Model {
  readonly files = new Map<string, string>()
  readonly folders = new Set<string>([''])

  #parent(path: string): string | undefined {
    const cut = path.lastIndexOf('/')
    const parent = cut < 0 ? '' : path.slice(0, cut)
    for (let at = parent; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      if (this.files.has(at)) return 'not-directory'
      if (at === '') break
    }
    return this.folders.has(parent) ? undefined : 'no-entry'
  }
  #within(folder: string): string[] {
    return [...this.files.keys(), ...this.folders].filter((path) => path.startsWith(`${folder}/`))
  }
  write(path: string, text: string): string | undefined {
    const problem = this.#parent(path)
    if (problem !== undefined) return problem
    if (this.folders.has(path)) return 'is-directory'
    this.files.set(path, text)
    return undefined
  }
  mkdir(path: string): string | undefined {
    const problem = this.#parent(path)
    if (problem !== undefined) return problem
    if (this.files.has(path) || this.folders.has(path)) return 'exist'
    this.folders.add(path)
    return undefined
  }
  unlink(path: string): string | undefined {
    const problem = this.#parent(path)
    if (problem !== undefined) return problem
    if (this.folders.has(path)) return 'is-directory'
    return this.files.delete(path) ? undefined : 'no-entry'
  }
  rmdir(path: string): string | undefined {
    const problem = this.#parent(path)
    if (problem !== undefined) return problem
    if (this.files.has(path)) return 'not-directory'
    if (!this.folders.has(path)) return 'no-entry'
    if (this.#within(path).length > 0) return 'not-empty'
    this.folders.delete(path)
    return undefined
  }
  rename(from: string, to: string): string | undefined {
    const problem = this.#parent(from) ?? this.#parent(to)
    if (problem !== undefined) return problem
    const text = this.files.get(from)
    if (text !== undefined) {
      if (this.folders.has(to)) return 'is-directory'
      this.files.delete(from)
      this.files.set(to, text)
      return undefined
    }
    if (!this.folders.has(from)) return 'no-entry'
    if (to.startsWith(`${from}/`)) return 'invalid'
    if (this.files.has(to)) return 'not-directory'
    if (to === from) return undefined
    if (this.#within(to).length > 0) return 'not-empty'
    const inside = this.#within(from)
    this.folders.delete(from)
    this.folders.add(to)
    for (const path of inside) {
      const moved = to + path.slice(from.length)
      const held = this.files.get(path)
      if (held === undefined) this.folders.add(moved)
      else this.files.set(moved, held)
      this.files.delete(path)
      this.folders.delete(path)
    }
    return undefined
  }
}

const path = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }).map((names) => names.join('/'))
const step = fc.oneof(
  fc.tuple(fc.constant('write' as const), path, fc.string({ maxLength: 4 })),
  fc.tuple(fc.constant('mkdir' as const), path),
  fc.tuple(fc.constant('mkdir' as const), path),
  fc.tuple(fc.constant('unlink' as const), path),
  fc.tuple(fc.constant('rmdir' as const), path),
  fc.tuple(fc.constant('rename' as const), path, path),
)

test('any operations in a row have the outcome and the errors of a plain model', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const model = new Model()
      const { dir, host } = guest()
      const attempt = (work: () => unknown): unknown => {
        try {
          work()
          return undefined
        } catch (thrown) {
          return thrown instanceof Error ? thrown.cause : thrown
        }
      }
      for (const [what, at, other = ''] of steps) {
        switch (what) {
          case 'write':
            expect(attempt(() => dir.open(at, 'write', 'create truncate').write(other))).toBe(model.write(at, other))
            break
          case 'mkdir':
            expect(attempt(() => dir.ok('createDirectoryAt', at))).toBe(model.mkdir(at))
            break
          case 'unlink':
            expect(attempt(() => dir.ok('unlinkFileAt', at))).toBe(model.unlink(at))
            break
          case 'rmdir':
            expect(attempt(() => dir.ok('removeDirectoryAt', at))).toBe(model.rmdir(at))
            break
          case 'rename':
            expect(attempt(() => dir.ok('renameAt', at, dir, other))).toBe(model.rename(at, other))
        }
      }
      for (const [file, text] of model.files) expect(dir.open(file).text()).toBe(text)
      // The tree was empty: what is there now is what the run is said to have made.
      const { changes, more } = host.files.changes()
      const made = [...model.files.keys(), ...[...model.folders].filter((folder) => folder !== '')]
      expect(changes.map(({ path }) => path).toSorted()).toEqual(made.toSorted())
      expect(changes.every(({ change }) => change === 'created') && more === 0).toBe(true)
    }),
    { numRuns: 300 },
  )
})
