import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail } from '../contract/fault.ts'
import { comparedWith } from './selectors.ts'
import { createWorkbench, type Workbench } from './store.ts'
import { fakeServices, type FakeServices } from './testing/fakes.ts'

let services: FakeServices
let workbench: Workbench
const state = () => workbench.store.getState()

beforeEach(() => {
  services = fakeServices()
  workbench = createWorkbench(services)
  workbench.actions.openExample('hello')
})

describe('the figures of a run', () => {
  it('are of the newest instance: a new run begins with none of the one before', async () => {
    await workbench.actions.run()
    await workbench.actions.burst(100)
    expect(state().metrics).toMatchObject({ run: 1, burst: { call: 'greet("Ada")' } })
    await workbench.actions.run()
    expect(state().metrics.run).toBe(2)
    expect(state().metrics.burst).toBeUndefined()
    expect(state().metrics.previous).toBeUndefined()
  })

  it('are marked as those of the run before where the next one does not start', async () => {
    await workbench.actions.run()
    services.toolchain.failure = { stage: 'source', message: 'No.', next: 'Mend it.' }
    workbench.actions.editFile('main.ts', '// broken')
    await workbench.actions.run()
    expect(state().metrics).toMatchObject({ run: 1, previous: true })
  })

  it('follow the memory from the start over every call', async () => {
    await workbench.actions.run()
    await workbench.actions.call()
    await workbench.actions.burst(10)
    expect(state().metrics).toMatchObject({
      memoryAtStart: 65_536,
      memory: 65_536,
      memoryPeak: 131_072,
      memorySeries: [65_536, 131_072, 131_072, 65_536],
    })
  })

  it('name the last call, and leave the first one in its place among the steps', async () => {
    await workbench.actions.run()
    await workbench.actions.call('greet("Bob")')
    const { phases, lastCall } = state().metrics
    expect(lastCall).toEqual({ call: 'greet("Bob")', ms: 0.5 })
    expect(phases.filter(({ name }) => name === 'First call')).toHaveLength(1)
  })

  it('have no first call where it came to a fault', async () => {
    services.runner.answers.push(fail({ stage: 'trap', message: 'It broke.', next: 'Run again.' }))
    await workbench.actions.run()
    expect(state().metrics.total).toBeUndefined()
    expect(state().metrics.phases.map(({ name }) => name)).not.toContain('First call')
    expect(state().metrics.failed).toBe('fault')
    await workbench.actions.run()
    expect(state().metrics.failed).toBeUndefined()
    services.runner.answers.push(fail({ stage: 'killed', message: 'Stopped.', next: 'Run again.' }))
    await workbench.actions.run()
    expect(state().metrics.failed).toBe('stopped')
  })
})

it('a call that fails leaves behind how much memory there was', async () => {
  await workbench.actions.run()
  services.runner.answers.push(fail({ stage: 'trap', message: 'It broke.', next: 'Run again.' }))
  const failing = workbench.actions.call('greet("Bob")')
  services.runner.events.onMemory?.(262_144)
  await failing
  expect(state().metrics).toMatchObject({ memory: 262_144, memoryPeak: 262_144, memoryGrowth: 131_072 })
})

describe('the history', () => {
  it('counts the calls that it lists, one after the other', async () => {
    await workbench.actions.run()
    services.toolchain.failure = { stage: 'source', message: 'No.', next: 'Mend it.' }
    workbench.actions.editFile('main.ts', '// broken')
    await workbench.actions.run()
    services.toolchain.failure = undefined
    workbench.actions.editFile('main.ts', '// mended')
    await workbench.actions.run()
    expect(state().history.map(({ number }) => number)).toEqual([2, 1])
    workbench.actions.openExample('hello')
    await workbench.actions.run()
    expect(state().history.map(({ number }) => number)).toEqual([1])
  })

  it('shows an earlier call with what it came to, until there is news', async () => {
    await workbench.actions.run('greet("Ada")')
    await workbench.actions.call('greet("Bob")')
    const [newest, first] = state().history
    workbench.actions.lookBack(first)
    expect(state()).toMatchObject({ earlier: first, result: newest, call: 'greet("Ada")' })
    workbench.actions.lookBack(newest)
    expect(state()).toMatchObject({ earlier: undefined, call: 'greet("Bob")' })
    workbench.actions.lookBack(first)
    workbench.actions.lookBack()
    expect(state()).toMatchObject({ earlier: undefined, call: 'greet("Ada")' })
    workbench.actions.lookBack(first)
    await workbench.actions.call('greet("Cy")')
    expect(state().earlier).toBeUndefined()
  })
})

describe('a pinned run', () => {
  it('is compared with once there is another, with all that was measured of it', async () => {
    await workbench.actions.run()
    workbench.actions.pinRun()
    expect(comparedWith(state())).toBeUndefined()
    await workbench.actions.burst(100)
    await workbench.actions.run()
    expect(comparedWith(state())).toMatchObject({ run: 1, burst: { call: 'greet("Ada")' } })
    await workbench.actions.run()
    expect(comparedWith(state())).toMatchObject({ run: 1 })
    workbench.actions.unpinRun()
    expect(comparedWith(state())).toBeUndefined()
  })

  it('stays with its project', async () => {
    await workbench.actions.run()
    workbench.actions.pinRun()
    workbench.actions.openExample('hello')
    expect(state().pinned).toBeUndefined()
  })
})

it.each([
  [250, 250],
  [0, 1],
  [Number.NaN, 1],
  [2.6, 3],
  [1e9, 1_000_000],
])('a measurement of %d calls is one of %d', (asked, made) => {
  workbench.actions.setBurstCount(asked)
  expect(state().burstCount).toBe(made)
})

describe('the size', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('is measured after what is asked of the instance right after a run', async () => {
    await workbench.actions.run()
    let open = (): void => {}
    services.runner.gate = new Promise((resolve) => (open = resolve))
    const call = workbench.actions.call()
    await vi.advanceTimersByTimeAsync(5000)
    expect(services.runner.asked).not.toContain('snapshot')
    open()
    await call
    await vi.advanceTimersByTimeAsync(5000)
    expect(services.runner.asked).toContain('snapshot')
  })
})
