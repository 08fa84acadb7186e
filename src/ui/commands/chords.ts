/**
 * Keys as text: `Mod+Shift+Enter`, `F8`, `Ctrl+M`. `Mod` is Cmd on a Mac and Ctrl elsewhere; `Ctrl` is Ctrl on both.
 * Letters are meant as they are typed, digits as they lie on the keyboard.
 */
export type Chord = string

/** What of a key press counts; a `KeyboardEvent` is one. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly isComposing: boolean
  getModifierState(key: string): boolean
}

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

export function isPressed(chord: Chord, press: KeyPress, mac = isMac): boolean {
  // What AltGr types arrives as Ctrl+Alt on Windows, and what an input method composes is no key at all.
  if (press.isComposing || press.getModifierState('AltGraph')) return false
  const parts = chord.split('+')
  const key = parts.at(-1) ?? ''
  const has = (name: string): boolean => parts.includes(name)
  return (
    press.ctrlKey === (has('Ctrl') || (has('Mod') && !mac)) &&
    press.metaKey === (has('Mod') && mac) &&
    press.altKey === has('Alt') &&
    press.shiftKey === has('Shift') &&
    isKey(key, press)
  )
}

function isKey(key: string, { key: typed, code }: KeyPress): boolean {
  if (/^\d$/.test(key)) return code === `Digit${key}`
  // Alt changes what a letter types on a Mac, and other scripts have no such letter: there its place counts.
  if (/^[A-Z]$/.test(key) && !/^[a-z]$/i.test(typed)) return code === `Key${key}`
  return typed.toLowerCase() === key.toLowerCase()
}

const macNames: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Enter: '↵' }
const otherNames: Readonly<Record<string, string>> = { Mod: 'Ctrl', Enter: '↵' }

/** What is printed on the keys, one after the other. */
export const keyNames = (chord: Chord, mac = isMac): string[] =>
  chord.split('+').map((part) => (mac ? macNames : otherNames)[part] ?? part)
