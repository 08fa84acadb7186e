import { beforeEach, describe, expect, it, vi } from 'vitest'
import { encodeLink } from '../project/share/link.ts'
import type { Project } from '../project/project.ts'
import { createWorkbench, type Workbench } from './store.ts'
import { fakeServices, type FakeServices } from './testing/fakes.ts'

let services: FakeServices
let workbench: Workbench
const state = () => workbench.store.getState()

beforeEach(() => {
  services = fakeServices()
  workbench = createWorkbench(services)
})

const shared: Project = {
  schema: 1,
  name: 'shared',
  files: { 'world.wit': 'world w {}', 'main.ts': '//', 'lib/a.ts': '1\n2\n3' },
  calls: ['a()', 'b()'],
}

async function fragmentOf(project: Project, target = {}): Promise<string> {
  const link = await encodeLink(project, target)
  if (!link.ok) throw new Error(link.fault.message)
  return link.value
}

describe('opening a link', () => {
  it('opens its project and runs nothing', async () => {
    expect(await workbench.actions.openLink(await fragmentOf(shared))).toBe(true)
    expect(state().project).toEqual(shared)
    expect(state()).toMatchObject({ arrival: { status: 'opened', from: 'link' }, run: { status: 'idle' }, call: 'a()' })
    expect([...services.runner.asked, ...services.toolchain.asked]).toEqual([])
  })

  it('shows the place that it names', async () => {
    await workbench.actions.openLink(await fragmentOf(shared, { file: 'lib/a.ts', line: 2 }))
    expect(state()).toMatchObject({ active: { source: 'lib/a.ts' }, reveal: { file: 'lib/a.ts', line: 2, column: 1 } })
  })

  it('opens all the same where it names a file that is not there', async () => {
    await workbench.actions.openLink(await fragmentOf(shared, { file: 'toString', line: 2 }))
    expect(state()).toMatchObject({ project: { name: 'shared' }, active: { source: 'main.ts' }, reveal: undefined })
  })

  it('leaves the open project alone where there is none in it', async () => {
    workbench.actions.openExample('hello')
    workbench.actions.editFile('main.ts', 'mine')
    expect(await workbench.actions.openLink('#v1.AAAA')).toBe(false)
    expect(state().project.files['main.ts']).toBe('mine')
    expect(state().arrival).toMatchObject({ status: 'refused', from: 'link', fault: { stage: 'project' } })
    workbench.actions.dismissArrival()
    expect(state().arrival).toBeUndefined()
  })

  it('opens the last of two, and nothing after another project was opened', async () => {
    const [one, two] = [await fragmentOf(shared), await fragmentOf({ ...shared, name: 'second' })]
    const { openLink } = workbench.actions
    expect(await Promise.all([openLink(one), openLink(two)])).toEqual([false, true])
    expect(state().project.name).toBe('second')
    const third = openLink(one)
    workbench.actions.openExample('hello')
    expect(await third).toBe(false)
    expect(state()).toMatchObject({ project: { name: 'hello' }, arrival: undefined })
  })

  it('sets edits aside that are in the way', async () => {
    workbench.actions.openExample('hello')
    workbench.actions.editFile('main.ts', 'mine')
    await workbench.actions.openLink(await fragmentOf(shared))
    expect(state().project.name).toBe('shared')
    workbench.actions.undo()
    expect(state().project.files['main.ts']).toBe('mine')
  })

  it('keeps the address while it names what is open, and no longer', async () => {
    services.fragment = await fragmentOf(shared)
    await workbench.actions.openLink(services.fragment)
    expect(services.fragment).toMatch(/^#v1\./)
    workbench.actions.openExample('hello')
    expect(services.fragment).toBe('')
  })
})

describe('sharing', () => {
  it('gives an address that opens the same project with the call that is typed', async () => {
    workbench.actions.openProject(shared)
    workbench.actions.setCall('b()')
    const link = await workbench.actions.shareLink({ file: 'main.ts', line: 1 })
    if (!link.ok) throw new Error(link.fault.message)
    expect(link.value).toMatch(/^https:\/\/example\.org\/wit\/#v1\.[\w-]+&file=main\.ts&line=1$/)
    workbench.actions.keepLink(link.value)
    expect(link.value.endsWith(services.fragment)).toBe(true)
    workbench.actions.openExample('hello')
    await workbench.actions.openLink(new URL(link.value).hash)
    expect(state().project).toEqual({ ...shared, calls: ['b()', 'a()'] })
  })

  it('keeps what was edited while the link was made among the unsaved', async () => {
    workbench.actions.openProject(shared)
    workbench.actions.editFile('main.ts', 'in the link')
    const making = workbench.actions.shareLink()
    const link = await making
    if (!link.ok) throw new Error(link.fault.message)
    workbench.actions.editFile('main.ts', 'later')
    workbench.actions.keepLink(link.value)
    expect(state().unsaved).toBe(true)
    const newer = await workbench.actions.shareLink()
    if (!newer.ok) throw new Error(newer.fault.message)
    workbench.actions.keepLink(newer.value)
    expect(state().unsaved).toBe(false)
  })

  it('sets a project aside whose link leaves the address with it', async () => {
    workbench.actions.openProject(shared)
    workbench.actions.editFile('main.ts', 'edited')
    const link = await workbench.actions.shareLink()
    if (!link.ok) throw new Error(link.fault.message)
    workbench.actions.keepLink(link.value)
    workbench.actions.openExample('hello')
    expect(services.fragment).toBe('')
    expect(state().notices).toMatchObject([{ text: `${shared.name} is set aside.`, holdsWork: true }])
    workbench.actions.undo()
    expect(state().project.files['main.ts']).toBe('edited')
  })

  it('leaves out a call to what lives in this tab only', async () => {
    workbench.actions.openProject(shared)
    workbench.actions.setCall('x#[method]y.z(%1)')
    await workbench.actions.downloadProject()
    expect(JSON.parse(new TextDecoder().decode(services.saved[0]?.bytes))).toEqual(shared)
  })
})

describe('a project file', () => {
  it('goes out and comes back', async () => {
    workbench.actions.openProject(shared)
    await workbench.actions.downloadProject()
    const [saved] = services.saved
    expect(saved?.name).toBe('shared.witcraft.json')
    workbench.actions.openExample('hello')
    const file = new File([new Uint8Array(saved?.bytes ?? [])], 'shared.witcraft.json')
    expect(await workbench.actions.openProjectFile(file)).toBe(true)
    expect(state().project).toEqual(shared)
    expect(state().arrival).toEqual({ status: 'opened', from: 'file' })
  })

  it('names no world that the WIT has no more', async () => {
    services = fakeServices(async (files) => ({
      diagnostics: [],
      worlds: [...(files['world.wit'] ?? '').matchAll(/world (\w+)/g)].map(([, name]) => name ?? ''),
      outlines: [],
    }))
    workbench = createWorkbench(services)
    workbench.actions.openProject({ ...shared, world: 'w' })
    const savedWith = async (...expected: string[]): Promise<unknown> => {
      await vi.waitFor(() => expect(state().worlds).toEqual(expected))
      await workbench.actions.downloadProject()
      return JSON.parse(new TextDecoder().decode(services.saved.at(-1)?.bytes))
    }
    expect(await savedWith('w')).toMatchObject({ world: 'w' })
    workbench.actions.editFile('world.wit', 'world shop {}')
    expect(await savedWith('shop')).not.toHaveProperty('world')
  })

  it('is not made where it could not be opened again', async () => {
    workbench.actions.openProject(shared)
    workbench.actions.editFile('main.ts', 'x'.repeat(8 * 1024 * 1024 + 1))
    await workbench.actions.downloadProject()
    expect(services.saved).toEqual([])
    expect(state().notices.at(-1)?.text).toMatch(/^Not saved\. .*main\.ts .*Change that, then save again\.$/)
    expect(state().unsaved).toBe(true)
  })

  it.each([
    [{ name: 'a.png', size: 4, text: async () => 'PNG' }, 'a.png is not JSON'],
    [{ name: 'b.json', size: 1e12, text: async () => '{}' }, 'b.json is larger'],
    [{ name: 'c.json', size: 1, text: async () => Promise.reject(new Error('gone')) }, 'c.json could not be read'],
  ])('that is none leaves the open project alone: %#', async (file, message) => {
    workbench.actions.openExample('hello')
    expect(await workbench.actions.openProjectFile(file)).toBe(false)
    expect(state()).toMatchObject({ project: { name: 'hello' }, arrival: { status: 'refused', from: 'file' } })
    const { arrival } = state()
    expect(arrival?.status === 'refused' && arrival.fault.message).toContain(message)
  })
})
