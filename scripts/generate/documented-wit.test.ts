import { expect, test } from 'vitest'
import { checkWit, resolveWit } from '../../src/wit/check.ts'
import { hoverAt } from '../../src/wit/hover.ts'
import { SymbolIndex } from '../../src/wit/symbols.ts'
import { builtinWit } from './builtin-wit.ts'
import { documentedWit } from './documented-wit.ts'

const plain = builtinWit()
const documented = documentedWit(plain)

test('only comments are added', () => {
  expect(Object.keys(documented)).toEqual(Object.keys(plain))
  for (const [id, text] of Object.entries(documented))
    expect(text.replace(/^[ \t]*\/\/\/.*\n/gm, '').replace(/\s+/g, ' ')).toBe(plain[id]?.replace(/\s+/g, ' '))
})

test('each line of WASI has documentation, and none of what is about TypeScript', () => {
  for (const version of ['0.2.12', '0.3.0'])
    for (const name of ['cli', 'clocks', 'filesystem', 'http', 'random', 'sockets'])
      expect(documented[`wasi:${name}@${version}`], `${name} ${version}`).toContain('/// ')
  expect(Object.values(documented).join('\n')).not.toMatch(/@module|private constructor|# Variants/)
})

test('functions, members and cases say what they are', () => {
  const builtins = Object.entries(documented).map(([id, text]) => ({ package: id, text }))
  const text = `package a:b;
world w {
  import wasi:random/random@0.2.12;
  use wasi:filesystem/types@0.2.12.{descriptor, error-code, open-flags};
  use wasi:io/streams@0.2.12.{stream-error};
}
`
  expect(checkWit({ 'a.wit': text }, builtins)).toEqual([])
  const index = new SymbolIndex(resolveWit({ 'a.wit': text }, builtins))
  const docs = (id: string, marked: string): string | undefined => {
    const found = new RegExp(`^[ \\t]*(?=${marked})`, 'm').exec(documented[id] ?? '')
    return found === null ? undefined : hoverAt(index, id, found.index + found[0].length)?.docs
  }
  expect(docs('wasi:random@0.2.12', 'get-random-bytes:')).toMatch(/^Return `len` cryptographically-secure random/)
  expect(docs('wasi:filesystem@0.2.12', 'read-via-stream:')).toMatch(/^Return a stream for reading from a file/)
  expect(docs('wasi:filesystem@0.2.12', 'would-block,')).toMatch(/^Resource unavailable, or operation would block/)
  expect(docs('wasi:filesystem@0.2.12', 'exclusive,')).toMatch(/^Fail if file already exists/)
  expect(docs('wasi:io@0.2.12', 'closed$')).toMatch(/^The stream is closed/)
})
