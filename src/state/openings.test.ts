import { beforeEach, describe, expect, it } from 'vitest'
import type { Project } from '../project/project.ts'
import { encodeLink } from '../project/share/link.ts'
import { createWorkbench, type Workbench } from './store.ts'
import { fakeServices, type FakeServices } from './testing/fakes.ts'

interface Arriving {
  readonly promise: Promise<Project>
  readonly arrive: () => void
  readonly miss: () => void
}

const projectNamed = (name: string): Project => ({
  schema: 1,
  name,
  files: { 'world.wit': 'world w {}', 'main.ts': '//' },
})

let services: FakeServices
let workbench: Workbench
/** The examples that were asked for and are on their way. */
let arriving: Record<string, Arriving>
const state = () => workbench.store.getState()
const settled = () => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => {
  arriving = {}
  const made = fakeServices()
  services = Object.assign(made, {
    loadExample(id: string) {
      let [arrive, miss] = [() => {}, () => {}]
      const promise = new Promise<Project>((resolve, reject) => {
        arrive = () => resolve(projectNamed(id))
        miss = () => reject(new Error('offline'))
      })
      arriving[id] = { promise, arrive, miss }
      return promise
    },
  })
  workbench = createWorkbench(services)
})

async function fragmentOf(name: string): Promise<string> {
  const link = await encodeLink(projectNamed(name))
  if (!link.ok) throw new Error(link.fault.message)
  return link.value
}

describe('of what is to be opened the newest opens', () => {
  it.each([
    ['in their order', ['one', 'two']],
    ['in another order', ['two', 'one']],
  ])('of two examples that come %s', async (_, order) => {
    workbench.actions.openExample('one')
    workbench.actions.openExample('two')
    for (const id of order) {
      arriving[id]?.arrive()
      await settled()
    }
    expect(state()).toMatchObject({ example: 'two', project: { name: 'two' }, opened: 1 })
  })

  it('of a link and an example that is chosen while the link is read', async () => {
    const link = workbench.actions.openLink(await fragmentOf('linked'))
    workbench.actions.openExample('one')
    expect(await link).toBe(false)
    arriving['one']?.arrive()
    await settled()
    expect(state()).toMatchObject({ project: { name: 'one' }, arrival: undefined })
  })

  it('of an example and a link that is followed before it has come', async () => {
    services.fragment = await fragmentOf('linked')
    workbench.actions.openExample('one')
    const link = workbench.actions.openLink(services.fragment)
    arriving['one']?.arrive()
    expect(await link).toBe(true)
    await settled()
    expect(state()).toMatchObject({ project: { name: 'linked' }, arrival: { status: 'opened', from: 'link' } })
    expect(services.fragment).toMatch(/^#v1\./)
  })

  it('of an example and a project that is opened before it has come', async () => {
    workbench.actions.openExample('one')
    workbench.actions.openProject(projectNamed('mine'))
    arriving['one']?.arrive()
    await settled()
    expect(state().project.name).toBe('mine')
  })
})

describe('an example that does not come', () => {
  it('says so, also where nothing is open, and leaves nothing waiting', async () => {
    const link = workbench.actions.openLink(await fragmentOf('linked'))
    workbench.actions.openExample('one')
    await link
    arriving['one']?.miss()
    await settled()
    expect(state()).toMatchObject({
      opened: 0,
      arrival: { status: 'refused', from: 'example', fault: { stage: 'load' } },
    })
  })

  it('says nothing where another one was chosen meanwhile', async () => {
    workbench.actions.openExample('one')
    workbench.actions.openExample('two')
    arriving['one']?.miss()
    arriving['two']?.arrive()
    await settled()
    expect(state()).toMatchObject({ project: { name: 'two' }, arrival: undefined, notices: [] })
  })
})
