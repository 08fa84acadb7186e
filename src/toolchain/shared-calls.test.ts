import { expect, test } from 'vitest'
import { succeed } from '../contract/fault.ts'
import { SharedCalls } from './shared-calls.ts'

test('work that throws is told to everybody who waits, and the next call starts anew', async () => {
  const calls = new SharedCalls<number>()
  const broken = async (): Promise<never> => {
    throw new TypeError('broken')
  }
  const waiting = [calls.run('key', {}, broken), calls.run('key', {}, broken)]
  for (const each of waiting) await expect(each).rejects.toThrow('broken')
  expect(await calls.run('key', {}, async () => succeed(1))).toEqual(succeed(1))
})

test('work goes on while one caller is left, and is given up with the last', async () => {
  const calls = new SharedCalls<number>()
  const signals: AbortSignal[] = []
  const endless = ({ signal }: { signal: AbortSignal }): Promise<never> => {
    signals.push(signal)
    return new Promise(() => {})
  }
  const leaving = [new AbortController(), new AbortController()]
  const outcomes = leaving.map(({ signal }) => calls.run('key', { signal }, endless))
  leaving[0]?.abort()
  expect(await outcomes[0]).toMatchObject({ ok: false, fault: { stage: 'killed' } })
  expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  leaving[1]?.abort()
  expect(await outcomes[1]).toMatchObject({ ok: false, fault: { stage: 'killed' } })
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
})
