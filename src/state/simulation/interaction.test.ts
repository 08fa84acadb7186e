import { expect, test } from 'vitest'
import type { World, WorldItem } from '../../component/types.ts'
import type { ProjectWasi } from '../../project/project.ts'
import type { State } from '../state.ts'
import { interactionOf, stdinOf } from './interaction.ts'

const iface = (name: string): WorldItem => ({ kind: 'interface', name, types: [], functions: [] })
const reader: World = { imports: [iface('wasi:cli/stdin@0.2.12')], exports: [] }
const program: World = { ...reader, exports: [iface('wasi:cli/run@0.2.12')] }
const deaf: World = { imports: [iface('wasi:cli/stdout@0.2.12')], exports: [iface('wasi:cli/run@0.2.12')] }

const of = (wasi: ProjectWasi = {}, stdin?: State['stdin']) => ({
  project: { schema: 1, name: 'one', files: {}, wasi } as const,
  stdin,
})

test('a program that reads stdin is typed to, unless its project has a text or somebody chose', () => {
  expect(interactionOf(of(), program, true)).toEqual({ openStdin: true })
  expect(interactionOf(of({ stdin: 'a' }), program, true)).toBeUndefined()
  expect(interactionOf(of({ stdin: 'a' }, 'typed'), program, true)).toEqual({ openStdin: true })
  expect(interactionOf(of({}, 'text'), program, true)).toBeUndefined()
})

test('what is no program is typed to where somebody chose that', () => {
  expect(interactionOf(of(), reader, true)).toBeUndefined()
  expect(interactionOf(of({}, 'typed'), reader, true)).toEqual({ openStdin: true })
  expect([stdinOf(of(), false), stdinOf(of(), true)]).toEqual(['text', 'typed'])
})

test('what does not import stdin does not wait for it', () => {
  expect(interactionOf(of({}, 'typed'), deaf, true)).toBeUndefined()
})

test('a clock that is frozen or real has to be waited for', () => {
  expect(interactionOf(of({ clock: { mode: 'frozen' } }), deaf, true)).toEqual({ openStdin: false })
  expect(interactionOf(of({ clock: { mode: 'real' } }), program, true)).toEqual({ openStdin: true })
  expect(interactionOf(of({ clock: { mode: 'auto' } }), deaf, true)).toBeUndefined()
})

test('nothing waits where the browser cannot suspend it', () => {
  expect(interactionOf(of({ clock: { mode: 'real' } }, 'typed'), program, false)).toBeUndefined()
})
