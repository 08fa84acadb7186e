import { beforeEach, describe, expect, it } from 'vitest'
import { fail, succeed, type Fault } from '../contract/fault.ts'
import type { State } from './state.ts'
import { createWorkbench, type Workbench } from './store.ts'
import { fakeReport, fakeServices } from './testing/fakes.ts'

let services: ReturnType<typeof fakeServices>
let workbench: Workbench
const state = (): State => workbench.store.getState()

const handles = [1, 2].map((id) => ({ id, type: 'demo:bank/accounts/account', origin: 'new account("Ada")' }))
const held = () => succeed({ ...fakeReport('new account("Ada")'), handles })
const trap: Fault = { stage: 'trap', message: 'unreachable', next: 'Look at the stack.' }

beforeEach(async () => {
  services = fakeServices()
  workbench = createWorkbench(services)
  workbench.actions.openExample('hello')
  services.runner.answers.push(held())
  await workbench.actions.run()
})

/** A call that fails, and leaves the sandbox as it says. */
async function failing(left: 'idle' | 'ready'): Promise<void> {
  services.runner.answers.push(fail(trap))
  const call = workbench.actions.call('greet("Bob")')
  services.runner.state = left
  await call
}

describe('handles that are gone', () => {
  it('are those of the instance that a failure ended', async () => {
    expect(state()).toMatchObject({ handles, lostHandles: undefined })
    await failing('idle')
    expect(state()).toMatchObject({ handles: [], lostHandles: { count: 2, by: 'end' } })
  })

  it('are none where the instance goes on', async () => {
    await failing('ready')
    expect(state()).toMatchObject({ handles, lostHandles: undefined })
  })

  it('are those of an instance that was stopped', async () => {
    services.runner.gate = new Promise(() => {})
    const call = workbench.actions.call('greet("Bob")')
    workbench.actions.stop()
    await call
    expect(state()).toMatchObject({ handles: [], lostHandles: { count: 2, by: 'end' } })
  })

  it('are those of an instance that a new start took the place of, until the next call', async () => {
    services.runner.answers.push(held())
    await workbench.actions.run()
    expect(state()).toMatchObject({ handles, lostHandles: { count: 2, by: 'start' } })
    await workbench.actions.call('greet("Bob")')
    expect(state().lostHandles).toBeUndefined()
  })

  it('are of no interest once calls are measured in the new instance', async () => {
    services.runner.answers.push(held())
    await workbench.actions.run()
    workbench.actions.setCall('greet("Bob")')
    await workbench.actions.burst(10)
    expect(state()).toMatchObject({ handles, lostHandles: undefined })
  })

  it('are of no interest to the start after the failure, nor to another project', async () => {
    await failing('idle')
    await workbench.actions.call('greet("Bob")')
    expect(state().lostHandles).toBeUndefined()
    services.runner.answers.push(held())
    await workbench.actions.run()
    await workbench.actions.run()
    expect(state().lostHandles).toEqual({ count: 2, by: 'start' })
    workbench.actions.openProject({ schema: 1, name: 'other', files: {} })
    expect(state().lostHandles).toBeUndefined()
  })
})

describe('another instance', () => {
  it('is started without the call that would need the handles of the one before', async () => {
    const before = state().history
    workbench.actions.editFile('main.ts', '// changed')
    expect(await workbench.actions.start()).toBe(true)
    expect(state()).toMatchObject({ run: { status: 'ready' }, handles: [], lostHandles: { count: 2, by: 'start' } })
    expect(state().run.revision).toBe(state().revision)
    expect(state().history).toEqual(before)
  })
})
