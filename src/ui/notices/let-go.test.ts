import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createWorkbench, type Workbench } from '../../state/store.ts'
import { fakeServices } from '../../state/testing/fakes.ts'
import { letGo } from './let-go.ts'

let workbench: Workbench
let held: boolean
let end: () => void
const texts = () => workbench.store.getState().notices.map(({ text }) => text)

beforeEach(() => {
  vi.useFakeTimers()
  held = false
  workbench = createWorkbench(fakeServices())
  end = letGo(workbench, () => held)
})
afterEach(() => {
  end()
  vi.useRealTimers()
})

it('lets go of what offers nothing to do, and of nothing else', () => {
  const run = (): void => {}
  workbench.actions.say('Deleted.', { label: 'Undo', run })
  workbench.actions.say('Updated.', { label: 'Reload', goesOn: true, run })
  workbench.actions.say('Downloaded.')
  vi.advanceTimersByTime(7000)
  expect(texts()).toEqual(['Deleted.', 'Updated.', 'Downloaded.'])
  vi.advanceTimersByTime(2000)
  expect(texts()).toEqual(['Deleted.', 'Updated.'])
  vi.advanceTimersByTime(600_000)
  expect(texts()).toEqual(['Deleted.', 'Updated.'])
  expect(vi.getTimerCount()).toBe(0)
})

it('waits while it is held, and longer for a long text', () => {
  const long = 'word '.repeat(40)
  workbench.actions.say('Short.')
  workbench.actions.say(long)
  vi.advanceTimersByTime(7000)
  held = true
  vi.advanceTimersByTime(60_000)
  expect(texts()).toEqual(['Short.', long])
  held = false
  vi.advanceTimersByTime(2000)
  expect(texts()).toEqual([long])
  vi.advanceTimersByTime(8000)
  expect(texts()).toEqual([])
})

it('begins anew for what is said again', () => {
  workbench.actions.say('Nothing was added.')
  vi.advanceTimersByTime(6000)
  workbench.actions.say('Nothing was added.')
  expect(texts()).toEqual(['Nothing was added.'])
  vi.advanceTimersByTime(6000)
  expect(texts()).toEqual(['Nothing was added.'])
  vi.advanceTimersByTime(3000)
  expect(texts()).toEqual([])
})
