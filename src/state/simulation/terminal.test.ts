import { beforeEach, expect, it } from 'vitest'
import type { World, WorldItem } from '../../component/types.ts'
import { createWorkbench, type Workbench } from '../store.ts'
import { fakeServices, type FakeServices } from '../testing/fakes.ts'
import type { Simulation } from './simulation.ts'
import { isTyping, waitOf } from './terminal.ts'

const iface = (name: string): WorldItem => ({ kind: 'interface', name, types: [], functions: [] })
const program: World = { imports: [iface('wasi:cli/stdin@0.2.12')], exports: [iface('wasi:cli/run@0.2.12')] }
const files = { 'world.wit': 'world w {}', 'main.ts': '//' }

let services: FakeServices
let workbench: Workbench
let terminal: Simulation
const state = () => workbench.store.getState()
const typed = () => state().output.pieces.map(({ stream, text }) => [stream, text])

beforeEach(async () => {
  services = fakeServices()
  services.toolchain.world = program
  workbench = createWorkbench(services)
  terminal = await workbench.simulation()
})

/** Starts a run that goes on until it is told to end. */
async function running(wasi: { readonly stdin?: string } = {}): Promise<() => Promise<void>> {
  let end = (): void => {}
  services.runner.gate = new Promise((resolve) => (end = resolve))
  workbench.actions.openProject({ schema: 1, name: 'one', files, wasi })
  const run = workbench.actions.run('ask()')
  await new Promise((resolve) => setTimeout(resolve))
  return async () => {
    end()
    await run
  }
}

it('types to a program that reads what is typed, and shows it', async () => {
  const end = await running()
  expect(services.runner.requests.at(-1)?.interaction).toEqual({ openStdin: true })
  expect(isTyping(state())).toBe(true)
  services.runner.events.onOutput?.({ stream: 'stdout', phase: 'run', text: 'Name?\n', dropped: 0 })
  services.runner.events.onWorld?.({ kind: 'wait', instant: 5n, waited: 0, state: { awaits: ['input on stdin'] } })
  expect(waitOf(state())).toEqual({ awaits: ['input on stdin'] })
  terminal.type('Ada\n')
  // What was written before stands before it.
  expect(typed()).toEqual([
    ['stdout', 'Name?\n'],
    ['stdin', 'Ada\n'],
  ])
  terminal.endStdin()
  terminal.type('late\n')
  expect(isTyping(state())).toBe(false)
  expect(typed()).toHaveLength(2)
  expect(services.runner.inputs).toEqual([
    { kind: 'stdin', bytes: new TextEncoder().encode('Ada\n') },
    { kind: 'stdin-end' },
  ])
  await end()
  expect(waitOf(state())).toBeUndefined()
  expect(state().simulation.wait).toBeUndefined()
})

it('does not type to one that reads a text', async () => {
  const end = await running({ stdin: 'a' })
  expect(services.runner.requests.at(-1)?.interaction).toBeUndefined()
  terminal.type('Ada\n')
  expect(typed()).toEqual([])
  await end()
})

it('has the next run start afresh where somebody chooses another input, and leaves the project as it is', () => {
  workbench.actions.openProject({ schema: 1, name: 'one', files })
  const { revision, project } = state()
  terminal.chooseStdin('text')
  terminal.chooseStdin('text')
  expect(state()).toMatchObject({ stdin: 'text', revision: revision + 1, unsaved: false })
  expect(state().project).toBe(project)
  workbench.actions.openProject({ schema: 1, name: 'two', files })
  expect(state().stdin).toBeUndefined()
})

it('hands over what was written as a file', () => {
  workbench.actions.openProject({ schema: 1, name: 'one', files })
  terminal.saveOutput('é')
  expect(services.saved).toEqual([{ name: 'one-output.txt', bytes: Uint8Array.of(0xc3, 0xa9) }])
})
