import { expect, test } from 'vitest'
import { guest } from '../../wasi/filesystem/guest.fixture.ts'
import { parseFromSandbox } from '../parse-from-sandbox.ts'
import { caps } from '../protocol.ts'
import type { WorldEvent } from '../world-events.ts'
import { fileEvents } from './file-events.ts'

const watch = (dirs = {}) => {
  const { dir, host } = guest({ '/': dirs })
  const told: WorldEvent[] = []
  const tell = fileEvents(host.files, (event) => told.push(event))
  return { dir, tell, told }
}

test('nothing is told where nothing changed, and the same is not told twice', () => {
  const { dir, tell, told } = watch({ a: 'A' })
  dir.open('a').text()
  tell()
  expect(told).toEqual([])
  dir.open('a', 'write').write('B')
  tell()
  tell()
  const change = { preopen: '/', path: 'a', change: 'changed', kind: 'file', size: 1, bytes: new Uint8Array([66]) }
  expect(told).toEqual([{ kind: 'files', changes: [change], more: 0 }])
})

test('also that everything is as it was again is told', () => {
  const { dir, tell, told } = watch({ a: 'A' })
  dir.ok('symlinkAt', 'a', 'l')
  tell()
  dir.ok('unlinkFileAt', 'l')
  tell()
  expect(told.at(-1)).toEqual({ kind: 'files', changes: [], more: 0 })
})

test('what is too much for a message is named with its size and a digest', () => {
  const { dir, tell, told } = watch()
  const text = 'x'.repeat(600_000)
  for (const name of ['a', 'b', 'c']) dir.open(name, 'write', 'create').write(text)
  dir.open('c', 'write').write('y')
  tell()
  const [event] = told
  const notes = event?.kind === 'files' ? event.changes : []
  expect(notes.map(({ bytes, size }) => [bytes?.length, size])).toEqual([
    [600_000, 600_000],
    [undefined, 600_000],
    [undefined, 600_000],
  ])
  expect(notes[1]?.digest).toMatch(/^[0-9a-f]{16}$/)
  expect(notes[1]?.digest).not.toBe(notes[2]?.digest)
})

test('whatever a guest does, the page takes the message', () => {
  const { dir, tell, told } = watch()
  for (let at = 0; at < 1200; at++) dir.ok('symlinkAt', 'x'.repeat(4000), `${'n'.repeat(250)}${at}`)
  tell()
  const [event] = told
  expect(event).toMatchObject({ kind: 'files', more: 1200 - (event?.kind === 'files' ? event.changes.length : 0) })
  expect(parseFromSandbox(structuredClone({ type: 'world', run: 1, event }))).toEqual({ type: 'world', run: 1, event })
  expect(caps.fileBytes).toBeLessThan(caps.snapshotBytes)
})
