import { expect, it } from 'vitest'
import { functionName, inShort, shortCall } from './call-name.ts'

it.each([
  ['greet("Ada")', 'greet("Ada")'],
  ['demo:bank/accounts#[constructor]account("Ada")', 'new account("Ada")'],
  ['demo:bank/accounts@1.0.0#[method]account.deposit(%1, 250)', 'account.deposit(%1, 250)'],
  ['demo:bank/accounts#[static]account.open-with("Grace # (1)", 5)', 'account.open-with("Grace # (1)", 5)'],
  ['say("a#[method]b")', 'say("a#[method]b")'],
])('%s reads as %s', (call, read) => {
  expect(shortCall(call)).toBe(read)
})

it('names functions alike', () => {
  expect(functionName('[constructor]account')).toBe('new account')
  expect(functionName('greet')).toBe('greet')
})

it('names the function of a call in short in what is said of it, but not where that is what was written', () => {
  const call = 'demo:bank/accounts#[method]account.owner(%1)'
  expect(inShort('demo:bank/accounts#[method]account.owner threw Error: no', call)).toBe(
    'account.owner threw Error: no',
  )
  const unknown = 'There is no export “demo:bank/accounts#[method]account.owner”.'
  expect(inShort(unknown, call)).toBe(unknown)
  expect(inShort('greet threw Error: greet', 'greet("Ada")')).toBe('greet threw Error: greet')
})
