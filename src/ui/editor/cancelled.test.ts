import { expect, it } from 'vitest'
import { step, unlessCancelled } from './cancelled.ts'
import { CancellableToken } from './token.fixture.ts'

it('gives the answer where somebody waits for it', async () => {
  const token = new CancellableToken()
  const answer = async (): Promise<number> => (await step(token, async () => 1)) + (await step(token, async () => 2))
  expect(await unlessCancelled(answer())).toBe(3)
})

it('begins no step after nobody waits any more', async () => {
  const token = new CancellableToken()
  const done: string[] = []
  const answer = async (): Promise<void> => {
    await step(token, async () => void done.push('first'))
    await step(token, async () => {
      done.push('second')
      token.cancel()
    })
    done.push('between')
    await step(token, async () => void done.push('third'))
  }
  expect(await unlessCancelled(answer())).toBeUndefined()
  expect(done).toEqual(['first', 'second'])
})

it('begins none at all of what was cancelled before', async () => {
  const token = new CancellableToken()
  token.cancel()
  let isBegun = false
  const answer = step(token, async () => (isBegun = true))
  expect(await unlessCancelled(answer)).toBeUndefined()
  expect(isBegun).toBe(false)
})

it('lets other failures through', async () => {
  const failing = step(new CancellableToken(), () => Promise.reject(new Error('no')))
  await expect(unlessCancelled(failing)).rejects.toThrow('no')
})
