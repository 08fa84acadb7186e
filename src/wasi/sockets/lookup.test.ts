import { expect, test } from 'vitest'
import { call, networkWorld } from './testing/network-world.ts'

const resolving = (name: string) => {
  const { of, network, isReady } = networkWorld({ network: { hosts: { 'db.internal': ['10.0.0.5'] } } })
  const stream = call(of('sockets/ip-name-lookup'), 'resolveAddresses', network, name)
  return { stream, next: () => call(stream, 'resolveNextAddress'), isReady: () => isReady(stream) }
}

test('gives the addresses one after another, then none for ever', () => {
  const { next, isReady } = resolving('localhost')
  expect(isReady()).toBe(true)
  expect(next()).toEqual({ tag: 'ipv4', val: [127, 0, 0, 1] })
  expect(next()).toEqual({ tag: 'ipv6', val: [0, 0, 0, 0, 0, 0, 0, 1] })
  expect(next()).toBeUndefined()
  expect(next()).toBeUndefined()
})

test('knows the names of the settings', () => {
  expect(resolving('db.internal').next()).toEqual({ tag: 'ipv4', val: [10, 0, 0, 5] })
})

test('fails at once for what is no name, and when asked for a name that is not there', () => {
  expect(resolving('a.b<&>').stream).toBe('invalid-argument')
  const { next } = resolving('example.com')
  expect(next()).toBe('name-unresolvable')
  expect(next()).toBe('name-unresolvable')
})
