import { describe, expect, it } from 'vitest'
import { adviceFor, initFault, ownFrames, placeInStack, stackInCodeUnits } from './thrown.ts'

const isOwnFile = (file: string): boolean => file === 'main.ts' || file === 'lib/a b.ts'

describe('a stack', () => {
  const stack = [
    '    at push (native)',
    '    at log (<null>:0:1)',
    '    at step (witcraft:loop:3:1)',
    '    at inner (lib/a b.ts:3:10)',
    '    at main.ts:7:2',
  ].join('\n')

  it('is shown without the frames of the engine and its runtime', () => {
    expect(ownFrames(stack)).toBe('    at inner (lib/a b.ts:3:10)\n    at main.ts:7:2')
  })

  it('gives the first place in a file of the project', () => {
    expect(placeInStack(stack, isOwnFile)).toEqual({ file: 'lib/a b.ts', line: 3, column: 10 })
    expect(placeInStack('    at main.ts:7:2', isOwnFile)).toEqual({ file: 'main.ts', line: 7, column: 2 })
    expect(placeInStack('    at f (other.ts:1:1)\nmain.ts:1:1', isOwnFile)).toBeUndefined()
  })

  it('counts columns in code units where the engine counts bytes', () => {
    const modules = { 'main.ts': 'plain\nconst s = "é😀"; f()' }
    // Before f stand 20 bytes, which are 17 code units.
    expect(stackInCodeUnits('    at f (main.ts:2:21)', modules)).toBe('    at f (main.ts:2:18)')
    expect(stackInCodeUnits('    at main.ts:1:3\n    at g (other.ts:2:20)', modules)).toBe(
      '    at main.ts:1:3\n    at g (other.ts:2:20)',
    )
    expect(stackInCodeUnits('    at main.ts:2:99', modules)).toBe('    at main.ts:2:96')
  })
})

describe('a fault', () => {
  it('points at the thrower, not at the constructor of its error', () => {
    const stack = '    at Odd (main.ts:1:1)\n    at open (main.ts:5:9)'
    expect(initFault({ message: 'Odd: no', stack }, isOwnFile).place).toEqual({ file: 'main.ts', line: 5, column: 9 })
  })

  it('has a next step for names that exist elsewhere', () => {
    expect(adviceFor('ReferenceError: fetch is not defined')).toMatch(
      /no fetch: import wasi:http\/outgoing-handler@0.2.12 and/,
    )
    expect(adviceFor("ReferenceError: 'Buffer' is not defined")).toContain('Uint8Array')
    expect(adviceFor('ReferenceError: toString is not defined')).toContain('Declare toString')
    expect(adviceFor('Error: x. Add `import wasi:cli/stdout@0.2.12;` to the world.')).toBe(
      'Add `import wasi:cli/stdout@0.2.12;` to the world.',
    )
    expect(adviceFor('InternalError: out of memory')).toContain('memory')
    expect(adviceFor('Error: fetch failed')).toBeUndefined()
  })
})
