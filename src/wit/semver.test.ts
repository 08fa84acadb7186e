import { describe, expect, it } from 'vitest'
import type { Version } from './semver.ts'
import { compareVersions, isCompatible, parseVersion } from './semver.ts'

const version = (text: string): Version => {
  const outcome = parseVersion(text)
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome.version
}

describe('parseVersion', () => {
  it.each(['0.0.0', '1.2.3', '1.0.1--', '1.0.1-1a+1a', '1.0.0-a1.1-a', '10.20.30-rc.1+build.5'])(
    'accepts %s',
    (text) => {
      expect(parseVersion(text).ok).toBe(true)
    },
  )

  it.each([
    ['1', 'has three numbers', 'Write `1.0.0`.'],
    ['1.2', 'has three numbers', 'Write `1.2.0`.'],
    ['1.02.3', 'starts with a zero', 'Write `2` instead of `02`.'],
    ['1.2.3-01', 'starts with a zero', 'Write `1` instead of `01`.'],
    ['1.2.3.4', 'not a semantic version', 'Write a version such as `1.2.3` or `1.2.3-rc.1`.'],
  ])('explains %s', (text, message, next) => {
    const outcome = parseVersion(text)
    expect(outcome.ok ? '' : outcome.message).toContain(message)
    expect(outcome.ok ? '' : outcome.next).toBe(next)
  })
})

describe('compareVersions', () => {
  it('orders as semver.org does', () => {
    const ordered = ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11']
    ordered.push('1.0.0-rc.1', '1.0.0', '1.0.1', '1.10.0', '2.0.0')
    const sorted = ordered.toReversed().toSorted((a, b) => compareVersions(version(a), version(b)))
    expect(sorted).toEqual(ordered)
  })

  it('ignores build metadata', () => {
    expect(compareVersions(version('1.0.0+a'), version('1.0.0+b'))).toBe(0)
  })
})

describe('isCompatible', () => {
  it.each([
    ['0.2.3', '0.2.12', true],
    ['0.2.12', '0.2.3', false],
    ['0.2.12', '0.3.0', false],
    ['1.2.0', '1.10.0', true],
    ['1.2.0', '2.0.0', false],
    ['0.0.1', '0.0.2', false],
    ['1.0.0-rc.1', '1.0.0', false],
    ['1.0.0-rc.1', '1.0.0-rc.1', true],
  ])('what was written for %s works with %s: %s', (wanted, present, compatible) => {
    expect(isCompatible(version(wanted), version(present))).toBe(compatible)
  })
})
