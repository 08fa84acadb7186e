import { expect, test } from 'vitest'
import { Budget } from '../budget.ts'
import { codeOf } from './errors.ts'
import { createDirectory, createLink, link, removeDirectory, rename, unlinkFile } from './names.ts'
import { open } from './open.ts'
import { Volume, volumeLimits } from './volume.ts'

const outcome = (work: () => unknown): string => {
  try {
    work()
    return 'done'
  } catch (thrown) {
    return codeOf(thrown)
  }
}

test('there are as many names as there is room for, and no more, whatever they are names of', () => {
  const volume = new Volume(() => 0n, new Budget(1 << 20), { bytes: 100, entries: 4 })
  const directory = volume.root()
  const base = { directory, mutable: true }
  const create = (path: string) => () => open(volume, directory, true, {}, path, { create: true }, { write: true })
  const making = (at: number) => [
    create(`file${at}`),
    () => createDirectory(volume, base, `directory${at}`),
    () => createLink(volume, base, 'to', `link${at}`),
    () => link(volume, base, 'file0', base, `same${at}`),
  ]
  expect(making(0).map(outcome)).toEqual(['done', 'done', 'done', 'done'])
  expect(making(1).map(outcome)).toEqual(Array.from({ length: 4 }, () => 'insufficient-space'))
  // What gives no name more is done.
  expect(outcome(create('file0'))).toBe('done')
  expect(outcome(() => rename(volume, base, 'link0', base, 'moved'))).toBe('done')
  for (const [at, free] of [
    () => unlinkFile(volume, base, 'same0'),
    () => removeDirectory(volume, base, 'directory0'),
    () => rename(volume, base, 'moved', base, 'file0'),
  ].entries()) {
    expect(outcome(free)).toBe('done')
    expect(outcome(() => createLink(volume, base, 'to', `more${at}`))).toBe('done')
    expect(outcome(create('other'))).toBe('insufficient-space')
  }
  expect(directory.entries.size).toBe(4)
  expect(volumeLimits.entries).toBe(200_000)
})
