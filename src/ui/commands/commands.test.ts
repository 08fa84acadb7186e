import { describe, expect, it } from 'vitest'
import { initialState, type State } from '../../state/state.ts'
import type { KeyPress } from './chords.ts'
import type { Command } from './command.ts'
import { commands } from './commands.ts'
import { commandFor } from './key-map.ts'
import { paletteCommands } from './palette-commands.ts'
import { found } from './palette-model.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  getModifierState: () => false,
  ...held,
})
const running: State = { ...initialState, run: { ...initialState.run, status: 'calling' } }

describe('the commands', () => {
  it('have names of their own, and no two share a key', () => {
    const ids = commands.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    // The editor may have a key of its own for when the page does not hold it, and so may the form of the call.
    const held = new Set(commands.flatMap(({ keys, keysOf }) => (keysOf === 'held' ? (keys ?? []) : [])))
    const chords = commands.flatMap(({ keys, keysOf }) =>
      (keys ?? []).filter((chord) => keysOf !== 'call' && (keysOf !== 'editor' || !held.has(chord))),
    )
    expect(new Set(chords).size).toBe(chords.length)
  })

  it('say when a key that two of them have means which', () => {
    const all = commands.flatMap(({ keys }) => keys ?? [])
    const shared = commands.filter(
      ({ id, keys }) => id !== 'run' && keys?.some((each) => all.indexOf(each) !== all.lastIndexOf(each)),
    )
    expect(shared.map(({ id, keysWhen }) => [id, keysWhen])).toEqual([
      ['call', 'in the form of the call'],
      ['stop', 'while something runs'],
      ['quick-fix', 'while nothing runs'],
    ])
  })

  it('make the call in its form, and run the project elsewhere', () => {
    const enter = press('Enter', { ctrlKey: true })
    expect(commandFor(enter, initialState)?.id).toBe('run')
    expect(commandFor(enter, initialState, true)?.id).toBe('call')
    expect(commandFor(press('s', { ctrlKey: true }), initialState, true)?.id).toBe('save')
  })

  it('leave a key to the editor where it is the editor’s, and where it would do nothing', () => {
    const stop = press('.', { ctrlKey: true })
    expect(commandFor(stop, initialState)).toBeUndefined()
    expect(commandFor(stop, running)?.id).toBe('stop')
    expect(commandFor(press('f', { ctrlKey: true }), initialState)).toBeUndefined()
    // The browser would save the page.
    expect(commandFor(press('s', { ctrlKey: true }), initialState)?.id).toBe('save')
  })
})

describe('the palette', () => {
  const state: State = {
    ...initialState,
    project: {
      schema: 1,
      name: 'shop',
      files: { 'world.wit': '', 'main.ts': '', 'lib/math.ts': '' },
      calls: ['add(1, 2)', 'add(1, 2)'],
    },
    worlds: ['shop', 'stock'],
  }
  const all = paletteCommands(state)
  const titles = (items: readonly { command: Command }[]): string[] => items.map(({ command }) => command.title)

  it('offers what the project has, once each', () => {
    const shown = titles(found('', all, []))
    expect(shown.filter((title) => title.startsWith('Call: '))).toEqual(['Call: add(1, 2)'])
    expect(shown).toContain('Go to file: lib/math.ts')
    expect(shown).toContain('Use world: stock')
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })

  it('names calls in short, where that names one of them', () => {
    const calls = ['demo:bank/accounts#[constructor]account("Ada")', 'a:b/c#get()', 'a:b/d#get()']
    const titled = titles(found('', paletteCommands({ ...state, project: { ...state.project, calls } }), []))
    expect(titled.filter((title) => title.startsWith('Call: '))).toEqual([
      'Call: new account("Ada")',
      'Call: a:b/c#get()',
      'Call: a:b/d#get()',
    ])
  })

  it('finds a call by its full name too', () => {
    const calls = ['demo:bank/accounts#[constructor]account("Ada")', 'greet("Ada")']
    const offered = paletteCommands({ ...state, project: { ...state.project, calls } })
    expect(titles(found('call accounts account', offered, []))[0]).toBe('Call: new account("Ada")')
  })

  it('begins with what was chosen lately, as long as it is there', () => {
    const [first, second, third] = found('', all, ['file:gone.ts', 'settings', 'run'])
    expect([first?.command.id, second?.command.id]).toEqual(['settings', 'run'])
    expect([first?.recent, second?.recent, third?.recent]).toEqual([true, true, false])
  })

  it('finds by title first, then by other words', () => {
    expect(titles(found('settings', all, []))[0]).toBe('Settings')
    expect(titles(found('shortcuts', all, []))).toContain('Keyboard map')
    // Words that begin like the query come before letters here and there.
    expect(
      titles(found('export', all, []))
        .slice(0, 2)
        .toSorted(),
    ).toEqual(['Download the component', 'Download the project'])
    expect(found('qqq', all, [])).toEqual([])
  })
})
