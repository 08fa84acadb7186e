import { expect, it } from 'vitest'
import { functionName, shortCall } from './call-name.ts'

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
