import { describe, expect, it } from 'vitest'
import { isPressed, keyNames, type KeyPress } from './chords.ts'

const press = (key: string, held: Partial<KeyPress> & { altGraph?: boolean } = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  getModifierState: (name) => name === 'AltGraph' && held.altGraph === true,
  ...held,
})

describe('a chord', () => {
  it('is Cmd on a Mac and Ctrl elsewhere', () => {
    expect(isPressed('Mod+Enter', press('Enter', { ctrlKey: true }), false)).toBe(true)
    expect(isPressed('Mod+Enter', press('Enter', { metaKey: true }), true)).toBe(true)
    expect(isPressed('Mod+Enter', press('Enter', { ctrlKey: true }), true)).toBe(false)
    expect(isPressed('Ctrl+M', press('m', { ctrlKey: true }), true)).toBe(true)
  })

  it('needs its modifiers, and no others', () => {
    expect(isPressed('F8', press('F8', { shiftKey: true }), false)).toBe(false)
    expect(isPressed('Shift+F8', press('F8'), false)).toBe(false)
    expect(isPressed('Mod+B', press('b', { ctrlKey: true, altKey: true }), false)).toBe(false)
    expect(isPressed('Mod+Shift+M', press('M', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
  })

  it('leaves alone what AltGr types and what an input method composes', () => {
    const held = { ctrlKey: true, altKey: true, code: 'Digit4' }
    expect(isPressed('Mod+Alt+4', press('{', held), false)).toBe(true)
    expect(isPressed('Mod+Alt+4', press('{', { ...held, altGraph: true }), false)).toBe(false)
    expect(isPressed('F8', press('F8', { isComposing: true }), false)).toBe(false)
  })

  it('means a letter as it is typed, and by its place in another script', () => {
    // A French keyboard types M where an American one has the semicolon.
    expect(isPressed('Ctrl+M', press('m', { ctrlKey: true, code: 'Semicolon' }), false)).toBe(true)
    expect(isPressed('Mod+B', press('и', { ctrlKey: true, code: 'KeyB' }), false)).toBe(true)
    expect(isPressed('Mod+B', press('q', { ctrlKey: true, code: 'KeyB' }), false)).toBe(false)
  })

  it('means a digit by its place', () => {
    expect(isPressed('Mod+1', press('&', { ctrlKey: true, code: 'Digit1' }), false)).toBe(true)
  })

  it('is shown as the keys are labelled', () => {
    expect(keyNames('Mod+Shift+Enter', false)).toEqual(['Ctrl', 'Shift', '↵'])
    expect(keyNames('Mod+Shift+Enter', true)).toEqual(['⌘', '⇧', '↵'])
  })
})
