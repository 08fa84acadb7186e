import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { asError } from '../../../state/context.ts'
import { worldInput, worldKey } from '../../../state/selectors.ts'
import { createWorkbench } from '../../../state/store.ts'
import { fakePrepared, fakeServices } from '../../../state/testing/fakes.ts'
import { settled } from './settled.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const mistake = asError({ stage: 'wit', message: 'There is no type x.', next: 'Write it.' })

function waiting() {
  const { store } = createWorkbench(fakeServices())
  const { world, guestTypes } = fakePrepared()
  store.setState({ prepared: { key: 'of another text', world, guestTypes } })
  let isDone = false
  const start = async (): Promise<void> => {
    void settled(store).then(() => (isDone = true))
    await vi.advanceTimersByTimeAsync(0)
  }
  return { store, start, isDone: () => isDone, prepared: { world, guestTypes } }
}

it('waits for the types of the WIT as it is, and not for ever', async () => {
  const { store, start, isDone, prepared } = waiting()
  await start()
  expect(isDone()).toBe(false)
  store.setState({ prepared: { ...prepared, key: worldKey(worldInput(store.getState(), 'base')) } })
  await vi.advanceTimersByTimeAsync(0)
  expect(isDone()).toBe(true)

  const other = waiting()
  await other.start()
  expect(other.isDone()).toBe(false)
  await vi.runAllTimersAsync()
  expect(other.isDone()).toBe(true)
})

it.each(['wit', 'world'] as const)('does not wait where a mistake keeps the types as they were: %s', async (source) => {
  const { store, start, isDone } = waiting()
  store.setState({ diagnostics: { ...store.getState().diagnostics, [source]: [mistake] } })
  await start()
  expect(isDone()).toBe(true)
})

it('ends where a mistake is found meanwhile', async () => {
  const { store, start, isDone } = waiting()
  await start()
  expect(isDone()).toBe(false)
  store.setState({ diagnostics: { ...store.getState().diagnostics, wit: [mistake] } })
  await vi.advanceTimersByTimeAsync(0)
  expect(isDone()).toBe(true)
})
