import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowed, decide, deciders, type Policy, withoutVersions } from './policy.ts'

describe('who decides', () => {
  it.each([
    [
      'wasi:cli/environment#get-environment',
      ['wasi:cli/environment#get-environment', 'wasi:cli/environment', 'wasi:cli'],
    ],
    ['wasi:cli/environment', ['wasi:cli/environment', 'wasi:cli']],
    ['wasi:cli', ['wasi:cli']],
    [
      'demo:shop/stock@1.0.0#[method]shelf.count',
      [
        'demo:shop/stock@1.0.0#[method]shelf.count',
        'demo:shop/stock#[method]shelf.count',
        'demo:shop/stock@1.0.0',
        'demo:shop/stock',
        'demo:shop',
      ],
    ],
    ['log', ['log']],
  ])('on %s', (name, names) => {
    expect(deciders(name)).toEqual(names)
  })

  it('is the most specific entry, and without one all is allowed', () => {
    const policy: Policy = { 'wasi:cli': 'deny', 'wasi:cli/stdout': 'allow', 'wasi:cli/stdout#get-stdout': 'deny' }
    expect(allowed(policy, 'wasi:cli/stderr#get-stderr')).toBe(false)
    expect(allowed(policy, 'wasi:cli/stdout')).toBe(true)
    expect(allowed(policy, 'wasi:cli/stdout#get-stdout')).toBe(false)
    expect(allowed(policy, 'wasi:clocks/wall-clock#now')).toBe(true)
    expect(allowed(policy, 'constructor')).toBe(true)
  })

  it('is also an entry without the version that the import has', () => {
    expect(allowed({ 'demo:shop/stock': 'deny' }, 'demo:shop/stock@1.0.0#level')).toBe(false)
    expect(allowed({ 'demo:shop/stock#level': 'deny' }, 'demo:shop/stock@1.0.0#level')).toBe(false)
    expect(allowed({ 'demo:shop/stock#level': 'deny' }, 'demo:shop/stock@1.0.0#other')).toBe(true)
    expect(allowed({ 'demo:shop/stock@2.0.0': 'deny' }, 'demo:shop/stock@1.0.0#level')).toBe(true)
  })
})

describe('a decision', () => {
  it('takes what is more specific with it, and repeats nothing', () => {
    const policy = decide({ 'wasi:cli/stdout#get-stdout': 'deny', 'wasi:clocks': 'deny' }, 'wasi:cli', 'deny')
    expect({ ...policy }).toEqual({ 'wasi:clocks': 'deny', 'wasi:cli': 'deny' })
    expect({ ...decide(policy, 'wasi:cli/stdout', 'deny') }).toEqual({ ...policy })
    expect({ ...decide(policy, 'wasi:cli/stdout', 'allow') }).toEqual({ ...policy, 'wasi:cli/stdout': 'allow' })
    expect({ ...decide(policy, 'wasi:cli', 'allow') }).toEqual({ 'wasi:clocks': 'deny' })
  })

  it('holds for all that it is about, and for nothing else', () => {
    const names = ['a:b', 'a:b/c', 'a:b/c#d', 'a:b/c#e', 'a:b/cc#d', 'a:bb/c#d', 'f']
    const entries = fc.dictionary(fc.constantFrom(...names), fc.constantFrom('allow', 'deny'))
    fc.assert(
      fc.property(
        entries,
        fc.constantFrom('a:b', 'a:b/c', 'a:b/c#d', 'f'),
        fc.constantFrom('allow', 'deny'),
        (policy, name, decision) => {
          const next = decide(policy, name, decision)
          for (const each of names) {
            const about = deciders(each).includes(name)
            expect(allowed(next, each)).toBe(about ? decision === 'allow' : allowed(policy, each))
          }
        },
      ),
    )
  })
})

it('an entry with a version counts for WASI at any, and of two the denial stays', () => {
  const policy = withoutVersions({
    'wasi:cli/environment@0.2.12': 'deny',
    'wasi:io/streams@0.2.0#[method]output-stream.write': 'deny',
    'wasi:random/random@0.2.1': 'allow',
    'wasi:random/random': 'deny',
    'demo:host/log@1.0.0': 'deny',
  })
  expect(allowed(policy, 'wasi:cli/environment#get-environment')).toBe(false)
  expect(allowed(policy, 'wasi:io/streams#[method]output-stream.write')).toBe(false)
  expect(allowed(policy, 'wasi:io/streams#[method]output-stream.flush')).toBe(true)
  expect(allowed(policy, 'wasi:random/random#get-random-u64')).toBe(false)
  expect(allowed(policy, 'demo:host/log@2.0.0#write')).toBe(true)
})
