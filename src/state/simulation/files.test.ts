import { beforeEach, describe, expect, it } from 'vitest'
import type { FileNote } from '../../runner/runner.ts'
import { createWorkbench, type Workbench } from '../store.ts'
import { fakeServices } from '../testing/fakes.ts'
import { readDirs } from '../../wasi/filesystem/tree.ts'
import { shownPath } from '../tabs.ts'
import { pendingChanges, untoldChanges } from './files.ts'
import type { Simulation } from './simulation.ts'

let workbench: Workbench
let simulation: Simulation
const state = () => workbench.store.getState()
const dirs = () => state().project.wasi?.dirs
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const at = (path: string, preopen = '/data') => ({ preopen, path })
const incoming = (path: string, text: string, size = text.length) => ({ path, size, read: async () => bytes(text) })

async function open(given?: Record<string, Record<string, string>>): Promise<void> {
  workbench = createWorkbench(fakeServices())
  workbench.actions.openProject({ schema: 1, name: 'one', files: {}, ...(given && { wasi: { dirs: given } }) })
  simulation = await workbench.simulation()
}
beforeEach(() => open({ '/data': { a: 'A', b: 'B' } }))

describe('the directories of a project', () => {
  it('are opened, renamed, filled and emptied', async () => {
    await open()
    expect(simulation.files.addPreopen()).toBe('/data')
    expect(simulation.files.addPreopen()).toBe('/data-2')
    expect(simulation.files.renamePreopen('/data-2', '/tmp')).toBeUndefined()
    expect(simulation.files.createFile(at('sub/a.txt'), bytes('hi'))).toBeUndefined()
    expect(simulation.files.createFile(at('empty/', '/tmp'), { entries: new Map() })).toBeUndefined()
    simulation.files.write(at('sub/a.txt'), bytes('ho'))
    simulation.files.setReadonly('/tmp', true)
    expect(dirs()).toEqual({ '/data': { sub: { 'a.txt': 'ho' } }, '/tmp': { empty: {}, readonly: true } })
    expect(simulation.files.rename(at('sub/a.txt'), 'b.txt')).toBeUndefined()
    simulation.files.remove(at('sub'))
    simulation.files.remove(at('', '/tmp'))
    expect(dirs()).toEqual({ '/data': { 'b.txt': 'ho' } })
    expect(state()).toMatchObject({ unsaved: true, pristine: false })
  })

  it('come back where something was deleted', () => {
    simulation.files.remove(at('a'))
    expect(state().notices.at(-1)).toMatchObject({ text: 'Deleted /data/a.', undo: 'Undo' })
    workbench.actions.undo()
    expect(dirs()).toEqual({ '/data': { a: 'A', b: 'B' } })
  })

  it('have tabs in the editor, which go along with them and close where they go', () => {
    simulation.files.open(at('a'))
    simulation.files.open(at('b'))
    expect(state().open.source).toEqual(['//data//a', '//data//b'])
    expect(state().open.source.map(shownPath)).toEqual(['/data/a', '/data/b'])
    simulation.files.rename(at('b'), 'sub/c.wit')
    simulation.files.renamePreopen('/data', '/')
    expect(state().open).toEqual({ wit: [], source: ['////a', '////sub/c.wit'] })
    expect(state().active).toMatchObject({ source: '////sub/c.wit', last: 'source' })
    expect(state().open.source.map(shownPath)).toEqual(['/a', '/sub/c.wit'])
    workbench.actions.closeFile('////a')
    workbench.actions.reopenFile()
    expect(state().active.source).toBe('////a')
    simulation.files.remove(at('sub', '/'))
    simulation.files.remove(at('a', '/'))
    expect(state()).toMatchObject({ open: { source: [] }, active: { source: '' }, closed: [] })
  })

  it('are not written to where they would grow too large', () => {
    simulation.files.write(at('a'), new Uint8Array(17 * 1024 * 1024).fill(65))
    expect(state().notices.at(-1)?.text).toMatch(/too large: it holds more than 16 MiB/)
    expect(dirs()).toEqual({ '/data': { a: 'A', b: 'B' } })
  })

  it.each([
    ['a', /exists already/],
    ['', /Type a name/],
    ['..', /another name/],
    ['x//y', /one of the slashes/],
    ['a/x', /in the way/],
    ['x'.repeat(256), /255 bytes/],
  ])('say why %j cannot be made', (path, reason) => {
    expect(simulation.files.createFile(at(path), bytes(''))).toMatch(reason)
    expect(dirs()).toEqual({ '/data': { a: 'A', b: 'B' } })
  })

  it('say why something cannot be renamed', () => {
    expect(simulation.files.rename(at('a'), 'b')).toMatch(/exists already/)
    expect(simulation.files.rename(at('none'), 'c')).toMatch(/not there/)
    expect(simulation.files.renamePreopen('/data', '')).toMatch(/Type the path/)
    simulation.files.createFile(at('d/e'), bytes(''))
    expect(simulation.files.rename(at('d'), 'd/f')).toMatch(/into itself/)
  })

  it('take files from outside, and say what they cannot take', async () => {
    await simulation.files.addFiles([incoming('x/y.bin', 'Y'), incoming('big', '', 1e9), incoming('a/z', '')], at(''))
    expect(dirs()?.['/data']).toEqual({ a: 'A', b: 'B', x: { 'y.bin': 'Y' } })
    expect(state().notices.map(({ text }) => text)).toEqual([
      'Added 2 files to /data.',
      expect.stringMatching(/^big was left out: it is larger/),
      expect.stringMatching(/a\/z was left out: a file is in the way/),
    ])
    await open()
    await simulation.files.addFiles([incoming('a', 'A')], undefined)
    expect(dirs()).toEqual({ '/data': { a: 'A' } })
  })
})

describe('what a run changed', () => {
  const created: FileNote = { ...at('n'), change: 'created', kind: 'file', size: 1, bytes: bytes('N') }
  const notes: readonly FileNote[] = [
    { ...at('a'), change: 'changed', kind: 'file', size: 1, bytes: bytes('Z') },
    { ...at('d'), change: 'created', kind: 'directory' },
    { ...at('d/x'), change: 'created', kind: 'file', size: 1, bytes: bytes('X') },
    { ...at('b'), change: 'removed', kind: 'file' },
    { ...at('l'), change: 'created', kind: 'link', target: 'a' },
    { ...at('big'), change: 'created', kind: 'file', size: 9e6, digest: '00' },
  ]
  const pending = () => pendingChanges(state().simulation.files, readDirs(dirs() ?? {}))
  const told = (changes: readonly FileNote[]) => simulation.receive({ kind: 'files', changes, more: 0 })

  it('is there until a new run begins', () => {
    told([created])
    expect(pending()).toEqual([created])
    simulation.begin()
    expect(pending()).toEqual([])
  })

  it('can be kept, as far as a project can hold it, and taken back', () => {
    told(notes)
    simulation.files.keep(pending())
    expect(dirs()).toEqual({ '/data': { a: 'Z', d: { x: 'X' } } })
    expect(pending()).toEqual(notes.slice(4))
    expect(state().notices.map(({ text }) => text)).toEqual([
      'Kept 4 changes.',
      expect.stringMatching(/^2 changes cannot be kept/),
    ])
    workbench.actions.undo()
    expect(dirs()).toEqual({ '/data': { a: 'A', b: 'B' } })
    expect(pending()).toEqual(notes)
  })

  it('can be thrown away, also where it is told again, and taken back', () => {
    told([created, ...notes])
    simulation.files.throwAway([created])
    expect(pending()).toEqual(notes)
    told(structuredClone([created, ...notes]))
    expect(pending()).toEqual(notes)
    workbench.actions.undo()
    expect(pending()).toHaveLength(7)
    expect(dirs()).toEqual({ '/data': { a: 'A', b: 'B' } })
  })

  it('is thrown away with what was not told, also where that is told again', () => {
    const tell = (more: number) => simulation.receive({ kind: 'files', changes: [created], more })
    tell(7)
    simulation.files.throwAway([created], untoldChanges(state().simulation.files))
    expect(state().notices.at(-1)?.text).toBe('Threw away 8 changes.')
    tell(8)
    expect([pending().length, untoldChanges(state().simulation.files)]).toEqual([0, 1])
    workbench.actions.undo()
    expect([pending().length, untoldChanges(state().simulation.files)]).toEqual([1, 8])
  })

  it('replaces what is of another kind', () => {
    told([
      { ...at('a'), change: 'changed', kind: 'directory' },
      { ...at('a/in'), change: 'created', kind: 'file', size: 0, bytes: bytes('') },
    ])
    simulation.files.keep(pending())
    expect(dirs()).toEqual({ '/data': { a: { in: '' }, b: 'B' } })
  })
})
