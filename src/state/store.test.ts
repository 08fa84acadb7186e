import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Diagnostic, Fault } from '../contract/fault.ts'
import { fail } from '../contract/fault.ts'
import { checkWit as checkedWit } from '../wit-check.ts'
import { defaultPreferences } from './preferences.ts'
import { problemsOf } from './selectors.ts'
import type { Services } from './services.ts'
import { createWorkbench, type Workbench } from './store.ts'
import { fakeServices, type FakeServices } from './testing/fakes.ts'

let services: FakeServices
let workbench: Workbench

function open(made = fakeServices()): void {
  services = made
  workbench = createWorkbench(services)
  workbench.actions.openExample('hello')
}

const state = () => workbench.store.getState()
const fault: Fault = { stage: 'trap', message: 'It broke.', next: 'Run again.' }
const broken: Diagnostic = { ...fault, stage: 'wit', severity: 'error' }
/** Finds `wor` broken. */
const checkWit: Services['checkWit'] = async (files) => ({
  diagnostics: files['world.wit'] === 'wor' ? [broken] : [],
  worlds: ['hello'],
  outlines: [],
})
const gate = () => {
  let open = (): void => {}
  const promise = new Promise<void>((resolve) => (open = resolve))
  return { promise, open }
}

beforeEach(() => {
  vi.useFakeTimers()
  open()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('opening', () => {
  it('runs nothing and asks nothing of the tools', async () => {
    await vi.runAllTimersAsync()
    expect(services.runner.asked).toEqual([])
    expect(services.toolchain.asked).toEqual([])
    expect(state()).toMatchObject({ example: 'hello', pristine: true, call: 'greet("Ada")', run: { status: 'idle' } })
  })

  it('prepares the world for the editor once the editor is there', async () => {
    workbench.actions.followWorld()
    await vi.runAllTimersAsync()
    expect(services.toolchain.asked).toEqual(['kept base'])
    expect(state().prepared?.world.name).toBe('demo:hello/hello')
  })

  it('leaves a world that would have to be made alone until somebody works with the project', async () => {
    services.toolchain.kept = false
    workbench.actions.followWorld()
    await vi.runAllTimersAsync()
    expect(services.toolchain.asked.splice(0)).toEqual(['kept base'])
    expect(state().diagnostics.world).toEqual([])
    expect(state().prepared).toBeUndefined()

    workbench.actions.warm()
    await vi.runAllTimersAsync()
    expect(services.toolchain.asked).toEqual(['warm', 'kept base', 'declare', 'prepare base'])
    expect(state().prepared?.world.name).toBe('demo:hello/hello')
  })

  it('ends the run of the project before', async () => {
    services.runner.gate = gate().promise
    void workbench.actions.run()
    await vi.advanceTimersByTimeAsync(0)
    expect(state().run.status).toBe('calling')
    workbench.actions.openExample('hello')
    expect(services.runner.asked).toContain('leave')
    await vi.runAllTimersAsync()
    expect(state()).toMatchObject({ result: undefined, run: { status: 'idle' } })
  })
})

describe('run', () => {
  it('compiles and prepares side by side, starts, calls, and shows what it took', async () => {
    const entry = await workbench.actions.run()
    expect(services.toolchain.asked).toEqual(['compile', 'prepare base', 'engine base'])
    expect(services.runner.asked).toEqual(['start', 'call greet("Ada")'])
    expect(entry?.outcome).toMatchObject({ kind: 'value', tag: 'ok', wave: '"Hello"', growth: 65_536 })
    expect(state()).toMatchObject({ run: { status: 'ready' }, endedRuns: 1, history: [{ call: 'greet("Ada")' }] })
    expect(state().metrics.phases.map((phase) => phase.name)).toEqual([
      'Download',
      'Source',
      'Prepare',
      'Engine',
      'Initialise',
      'First call',
    ])
  })

  it('prepares again for another variant of the engine, and starts from it the next time', async () => {
    services.toolchain.variant = 'url'
    await workbench.actions.run()
    expect(services.toolchain.asked).toEqual(['compile', 'prepare base', 'engine base', 'prepare url', 'engine url'])
    services.toolchain.asked.length = 0
    await workbench.actions.run()
    expect(services.toolchain.asked).toEqual(['compile', 'prepare url', 'engine url'])
    expect(services.runner.requests.map((request) => request.subject.imageKey)).toEqual(['url-h0', 'url-h0'])
  })

  it('names an unchanged world the same, and a changed one differently', async () => {
    await workbench.actions.run()
    workbench.actions.editFile('main.ts', '// another')
    await workbench.actions.run()
    workbench.actions.editFile('world.wit', 'world hello { }')
    await workbench.actions.run()
    const [first, second, third] = services.runner.requests.map((request) => request.subject.preparedKey)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
  })

  it('gives way to a newer one, whose result alone is shown', async () => {
    const slow = gate()
    services.toolchain.gate = slow.promise
    const first = workbench.actions.run('greet("old")')
    await vi.advanceTimersByTimeAsync(0)
    services.toolchain.gate = undefined
    const second = workbench.actions.run('greet("new")')
    slow.open()
    expect(await first).toBeUndefined()
    expect((await second)?.call).toBe('greet("new")')
    expect(services.runner.asked).toEqual(['start', 'call greet("new")'])
    expect(state().history).toHaveLength(1)
  })

  it('runs wasi:cli/run where there is nothing else to call', async () => {
    workbench.actions.setCall('')
    const entry = await workbench.actions.run()
    expect(services.runner.asked).toEqual(['start', 'command'])
    expect(entry?.outcome).toMatchObject({ kind: 'exit', code: 0 })
  })

  it('compiles with the JSON that sources may import, and without the WIT', async () => {
    workbench.actions.editFile('data/cities.json', '["Oslo"]')
    await workbench.actions.run()
    expect(services.runner.requests[0]?.subject.source).toMatchObject({
      modules: { 'main.ts': '//', 'data/cities.json': '["Oslo"]' },
    })
    expect(services.runner.requests[0]?.subject.source).not.toHaveProperty(['modules', 'world.wit'])
  })

  it('names the project by its opening, not by its name, so that no two share a sandbox', async () => {
    await workbench.actions.run()
    workbench.actions.editFile('main.ts', '// another')
    await workbench.actions.run()
    workbench.actions.openProject({ ...state().project, files: { ...state().project.files } })
    await workbench.actions.run()
    const [first, second, third] = services.runner.requests.map((request) => request.project)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
  })

  it('passes on the limits and the simulated world of the project', async () => {
    ;(await workbench.simulation()).setWasi({ args: ['x'], limits: { milliseconds: 10 } })
    await workbench.actions.run()
    expect(services.runner.requests[0]).toMatchObject({
      wasi: { args: ['x'] },
      limits: { milliseconds: 10, memoryMiB: 64 },
    })
  })
})

describe('a fault', () => {
  it('of the source is a problem and a result, and the next run works', async () => {
    const place = { file: 'main.ts', line: 3, column: 1 }
    services.toolchain.failure = { stage: 'source', message: 'No.', next: 'Yes.', place }
    const entry = await workbench.actions.run()
    expect(entry?.outcome).toMatchObject({ kind: 'fault', fault: { stage: 'source' } })
    expect(state()).toMatchObject({ run: { status: 'ended' }, endedRuns: 1, history: [] })
    expect(state().diagnostics.run).toMatchObject([{ severity: 'error', message: 'No.', place }])
    services.toolchain.failure = undefined
    await workbench.actions.run()
    expect(state()).toMatchObject({ run: { status: 'ready' }, diagnostics: { run: [] } })
  })

  it('of a build does not pass the instance before off as the new one', async () => {
    await workbench.actions.run()
    workbench.actions.editFile('main.ts', '// broken')
    services.toolchain.failure = { stage: 'source', message: 'No.', next: 'Yes.' }
    await workbench.actions.run()
    expect(state().run.status).toBe('ended')
    services.toolchain.failure = undefined
    await workbench.actions.call()
    expect(services.runner.asked.filter((each) => each === 'start')).toHaveLength(2)
  })

  it('of the checker is told, and forgotten with the next run', async () => {
    let offline = true
    open(
      fakeServices(async () => {
        if (offline) throw new TypeError('Failed to fetch dynamically imported module')
        return { diagnostics: [], worlds: ['hello'], outlines: [] }
      }),
    )
    const entry = await workbench.actions.run()
    expect(entry?.outcome).toMatchObject({ kind: 'fault', fault: { stage: 'load' } })
    expect(state()).toMatchObject({ run: { status: 'ended' }, diagnostics: { wit: [{ stage: 'load' }] } })
    offline = false
    await workbench.actions.run()
    expect(state()).toMatchObject({ run: { status: 'ready' }, diagnostics: { wit: [] } })
  })

  it('that nobody expected ends the run like the others', async () => {
    services.toolchain.compile = () => Promise.reject(new Error('no worker'))
    const entry = await workbench.actions.run()
    expect(entry?.outcome).toMatchObject({ kind: 'fault', fault: { stage: 'load' } })
    expect(entry?.outcome.kind === 'fault' && entry.outcome.fault.detail).toContain('no worker')
    expect(state().run.status).toBe('ended')
  })

  it('of a call ends the instance where the runner says so', async () => {
    services.runner.answers.push(fail(fault))
    const call = services.runner.call.bind(services.runner)
    services.runner.call = async (expression) => {
      services.runner.state = 'idle'
      return call(expression)
    }
    await workbench.actions.run()
    expect(state()).toMatchObject({ run: { status: 'ended' }, history: [{ outcome: { kind: 'fault' } }] })
  })

  it('of an idle sandbox is shown although nobody waits', async () => {
    await workbench.actions.run()
    services.runner.state = 'lost'
    services.runner.events.onEnd?.({ ...fault, stage: 'lost' })
    expect(state()).toMatchObject({ run: { status: 'ended' }, result: { outcome: { fault: { stage: 'lost' } } } })
  })

  it('in the WIT stops a run before anything is built', async () => {
    const diagnostic: Diagnostic = { ...fault, stage: 'wit', severity: 'error' }
    open(fakeServices(async () => ({ diagnostics: [diagnostic], worlds: [], outlines: [] })))
    const entry = await workbench.actions.run()
    expect(entry?.outcome).toMatchObject({ fault: { stage: 'wit' } })
    expect(services.toolchain.asked).toEqual([])
  })

  it.each([
    [{}, 'no WIT'],
    [{ 'main.ts': '' }, 'no WIT'],
    [{ 'world.wit': 'package a:b;\nworld w {}' }, 'main.ts'],
  ])('tells once what a project is missing %#', async (files, words) => {
    open(fakeServices(checkedWit))
    workbench.actions.openProject({ schema: 1, name: 'x', files })
    const entry = await workbench.actions.run()
    expect(entry?.outcome).toMatchObject({ kind: 'fault', fault: { stage: 'project' } })
    expect(entry?.outcome.kind === 'fault' && entry.outcome.fault.message).toContain(words)
    expect(problemsOf(state().diagnostics)).toHaveLength(1)
  })
})

describe('stop', () => {
  it('ends a call through the runner, and the fault of the call is shown', async () => {
    services.runner.gate = gate().promise
    const run = workbench.actions.run()
    await vi.advanceTimersByTimeAsync(0)
    workbench.actions.stop()
    expect((await run)?.outcome).toMatchObject({ fault: { stage: 'killed' } })
    expect(state().run.status).toBe('ended')
  })

  it('of a build is no problem of the world, nor is a build that a newer project took the place of', async () => {
    const stops = [() => workbench.actions.stop(), () => workbench.actions.openExample('hello')]
    for (const stop of stops) {
      const held = gate()
      services.toolchain.prepareGate = held.promise
      void workbench.actions.run()
      await vi.advanceTimersByTimeAsync(0)
      stop()
      // What the tools say to whoever gave up.
      services.toolchain.prepareFailure = { stage: 'killed', message: 'The build was stopped.', next: 'Run again.' }
      held.open()
      await vi.runAllTimersAsync()
      expect(state().diagnostics.world).toEqual([])
      services.toolchain.prepareFailure = undefined
    }
  })

  it('ends a build without touching the runner', async () => {
    services.toolchain.gate = gate().promise
    void workbench.actions.run()
    await vi.advanceTimersByTimeAsync(0)
    workbench.actions.stop()
    expect(services.runner.asked).toEqual([])
    expect(state()).toMatchObject({ run: { status: 'ended' }, result: { outcome: { fault: { stage: 'killed' } } } })
  })
})

describe('stop of a second build', () => {
  it('leaves no instance of the first to call', async () => {
    await workbench.actions.run()
    workbench.actions.editFile('main.ts', '// new')
    services.toolchain.gate = gate().promise
    void workbench.actions.run()
    await vi.advanceTimersByTimeAsync(0)
    workbench.actions.stop()
    expect(state().run.status).toBe('ended')
  })
})

describe('call', () => {
  it('uses the running instance while it is up to date', async () => {
    await workbench.actions.run()
    await workbench.actions.call('greet("Bob")')
    expect(services.runner.asked).toEqual(['start', 'call greet("Ada")', 'call greet("Bob")'])
  })

  it('starts anew after an edit, except with handles of the old instance', async () => {
    await workbench.actions.run()
    workbench.actions.editFile('main.ts', '// new')
    await workbench.actions.call('total(%1)')
    expect(services.runner.asked.filter((each) => each === 'start')).toHaveLength(1)
    await workbench.actions.call('greet("50 %1")')
    expect(services.runner.asked.filter((each) => each === 'start')).toHaveLength(2)
  })

  it('waits for nobody and ends nothing while another one is made', async () => {
    await workbench.actions.run()
    const held = gate()
    services.runner.gate = held.promise
    const first = workbench.actions.call('greet("Bob")')
    await vi.advanceTimersByTimeAsync(0)
    const downloaded = workbench.actions.download()
    expect(await workbench.actions.call('greet("Cy")')).toBeUndefined()
    expect(await workbench.actions.burst(10)).toBeUndefined()
    expect(await workbench.actions.repeatLastCall()).toBeUndefined()
    await workbench.actions.dropHandle(1)
    held.open()
    expect((await first)?.call).toBe('greet("Bob")')
    expect(await downloaded).toBe(true)
    expect(services.runner.asked).toEqual(['start', 'call greet("Ada")', 'call greet("Bob")', 'snapshot'])
  })

  it('of a program starts it afresh', async () => {
    await workbench.actions.run('')
    await workbench.actions.call('')
    expect(services.runner.asked).toEqual(['start', 'command', 'start', 'command'])
  })

  it('lets the memory grow, and a drop after it does not change by how much', async () => {
    await workbench.actions.run()
    await workbench.actions.dropHandle(1)
    expect(state().metrics).toMatchObject({ memory: 65_536, memoryPeak: 131_072, memoryGrowth: 65_536 })
  })

  it('is measured in a burst', async () => {
    await workbench.actions.burst(1000)
    expect(services.runner.asked.at(-1)).toBe('burst greet("Ada") 1000')
    expect(state().metrics.burst?.report.p95).toBe(2)
  })

  it('is repeated', async () => {
    await workbench.actions.run('greet("first")')
    await workbench.actions.repeatLastCall()
    expect(services.runner.asked.at(-1)).toBe('call greet("first")')
  })
})

describe('editing', () => {
  it('keeps the fault of a world that can be declared and not be prepared when an edit is undone', async () => {
    services.toolchain.kept = false
    services.toolchain.prepareFailure = { ...fault, stage: 'build' }
    workbench.actions.editFile('world.wit', 'world huge {}')
    await vi.runAllTimersAsync()
    expect(state().diagnostics.world).toHaveLength(1)
    workbench.actions.editFile('world.wit', 'world huge { }')
    workbench.actions.editFile('world.wit', 'world huge {}')
    await vi.runAllTimersAsync()
    expect(state().diagnostics.world).toHaveLength(1)
  })

  it('goes on preparing what an edit interrupted that was undone', async () => {
    services.toolchain.kept = false
    services.toolchain.prepareGate = gate().promise
    workbench.actions.editFile('world.wit', 'world a {}')
    await vi.runAllTimersAsync()
    workbench.actions.editFile('world.wit', 'world ab {}')
    workbench.actions.editFile('world.wit', 'world a {}')
    await vi.runAllTimersAsync()
    expect(services.toolchain.asked.filter((each) => each === 'declare')).toHaveLength(1)
    expect(services.toolchain.asked.filter((each) => each === 'prepare base')).toHaveLength(2)
  })

  it('shows the world long before it is prepared', async () => {
    services.toolchain.kept = false
    services.toolchain.prepareGate = gate().promise
    workbench.actions.editFile('world.wit', 'world a {}')
    await vi.runAllTimersAsync()
    expect(services.toolchain.asked).toEqual(['kept base', 'declare', 'prepare base'])
    expect(state().prepared).toMatchObject({ world: { name: 'demo:hello/hello' }, guestTypes: { 'world.d.ts': '' } })
  })

  it('prepares the world again after a pause, and only for the WIT', async () => {
    services.toolchain.kept = false
    workbench.actions.editFile('main.ts', '// 1')
    workbench.actions.editFile('world.wit', 'world a {}')
    await vi.advanceTimersByTimeAsync(100)
    workbench.actions.editFile('world.wit', 'world ab {}')
    await vi.advanceTimersByTimeAsync(100)
    expect(services.toolchain.asked).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    expect(services.toolchain.asked).toEqual(['kept base', 'declare', 'prepare base'])
    expect(state()).toMatchObject({ pristine: false, project: { files: { 'world.wit': 'world ab {}' } } })
  })

  it.each([
    { now: 'the edit is undone', text: 'world hello {}', found: [] },
    { now: 'it is broken in another way', text: 'wor', found: [broken] },
  ])('drops the fault of a WIT that could not be prepared when $now', async ({ text, found }) => {
    open(fakeServices(checkWit))
    workbench.actions.followWorld()
    await vi.runAllTimersAsync()
    services.toolchain.kept = false
    services.toolchain.prepareFailure = { ...fault, stage: 'build' }
    workbench.actions.editFile('world.wit', 'world huge {}')
    await vi.runAllTimersAsync()
    expect(state().diagnostics.world).toHaveLength(1)
    services.toolchain.kept = true
    workbench.actions.editFile('world.wit', text)
    await vi.runAllTimersAsync()
    expect(state().diagnostics).toMatchObject({ wit: found, world: [] })
  })

  it('goes to a place of a file', () => {
    workbench.actions.goTo({ file: 'world.wit', line: 2, column: 3 })
    expect(state()).toMatchObject({ active: { last: 'wit' }, reveal: { file: 'world.wit', line: 2, column: 3 } })
  })
})

describe('progress', () => {
  const progress = { task: 'prepare', label: 'Preparing the world' } as const

  it('of a build ends with it, whatever is still on its way', async () => {
    services.toolchain.prepareGate = gate().promise
    services.toolchain.failure = { stage: 'source', message: 'No.', next: 'Yes.' }
    await workbench.actions.run()
    const { signal, onProgress } = services.toolchain.prepareOptions
    expect(signal?.aborted).toBe(true)
    onProgress?.(progress)
    expect(state().progress).toBeUndefined()
  })

  it('of a preparation ends with the edit that makes it useless', async () => {
    open(fakeServices(checkWit))
    services.toolchain.kept = false
    services.toolchain.prepareGate = gate().promise
    workbench.actions.followWorld()
    workbench.actions.warm()
    await vi.runAllTimersAsync()
    services.toolchain.prepareOptions.onProgress?.(progress)
    expect(state().progress).toEqual(progress)
    workbench.actions.editFile('world.wit', 'wor')
    await vi.runAllTimersAsync()
    expect(state().progress).toBeUndefined()
  })

  it('of a preparation ends with its project', async () => {
    services.toolchain.kept = false
    services.toolchain.prepareGate = gate().promise
    workbench.actions.followWorld()
    workbench.actions.warm()
    await vi.runAllTimersAsync()
    services.toolchain.prepareOptions.onProgress?.(progress)
    workbench.actions.openProject({ schema: 1, name: 'empty', files: {} })
    await vi.runAllTimersAsync()
    expect(state().progress).toBeUndefined()
  })
})

describe('output', () => {
  it('arrives in order and belongs to its run', async () => {
    await workbench.actions.run()
    const old = services.runner.events
    old.onOutput?.({ stream: 'stdout', phase: 'run', text: 'a\n', dropped: 0 })
    old.onOutput?.({ stream: 'stderr', phase: 'run', text: 'b\n', dropped: 7 })
    await vi.runAllTimersAsync()
    expect(state().output).toMatchObject({ pieces: [{ text: 'a\n' }, { text: 'b\n' }], bytes: 4, dropped: 7 })
    await workbench.actions.run()
    old.onOutput?.({ stream: 'stdout', phase: 'run', text: 'late', dropped: 0 })
    await vi.runAllTimersAsync()
    expect(state().output.pieces).toEqual([])
  })
})

describe('the component', () => {
  it('is made of the running instance and handed over', async () => {
    await workbench.actions.run()
    expect(await workbench.actions.download()).toBe(true)
    expect(services.saved).toMatchObject([{ name: 'hello.wasm' }])
    expect(services.runner.asked.filter((each) => each === 'start')).toHaveLength(1)
    // A preamble before the core module, which has the section's id and its byte of length before it.
    await vi.waitFor(() =>
      expect(state().metrics.size).toMatchObject({ total: 18, core: 8, shell: 10, parts: { bytes: 18 } }),
    )
  })

  it('is built first where nothing runs', async () => {
    expect(await workbench.actions.download()).toBe(true)
    expect(services.runner.asked).toEqual(['start', 'snapshot'])
  })
})

describe('the component of a run under way', () => {
  it('is made of the instance whose call has not ended yet', async () => {
    const slow = gate()
    services.runner.gate = slow.promise
    const run = workbench.actions.run()
    await vi.advanceTimersByTimeAsync(0)
    const download = workbench.actions.download()
    await vi.advanceTimersByTimeAsync(0)
    expect(services.runner.asked).toEqual(['start', 'call greet("Ada")'])
    slow.open()
    expect((await run)?.outcome).toMatchObject({ kind: 'value' })
    expect(await download).toBe(true)
    expect(services.runner.asked).toEqual(['start', 'call greet("Ada")', 'snapshot'])
  })

  it('is made of the build that has begun', async () => {
    const slow = gate()
    services.toolchain.gate = slow.promise
    const run = workbench.actions.run()
    await vi.advanceTimersByTimeAsync(0)
    const download = workbench.actions.download()
    slow.open()
    expect((await run)?.outcome).toMatchObject({ kind: 'value' })
    expect(await download).toBe(true)
    expect(services.runner.asked).toEqual(['start', 'call greet("Ada")', 'snapshot'])
  })

  it('is not built again where that build fails', async () => {
    const slow = gate()
    services.toolchain.gate = slow.promise
    services.toolchain.failure = { stage: 'source', message: 'No.', next: 'Yes.' }
    const run = workbench.actions.run()
    await vi.advanceTimersByTimeAsync(0)
    const component = workbench.actions.component()
    slow.open()
    await run
    expect(await component).toMatchObject({ ok: false, fault: { stage: 'source' } })
    expect(state().endedRuns).toBe(1)
  })
})

describe('a component that is being assembled', () => {
  it.each([
    ['Stop', () => workbench.actions.stop()],
    ['a newer run', () => void workbench.actions.run()],
    ['another project', () => workbench.actions.openExample('hello')],
  ])('is ended by %s', async (_, end) => {
    await workbench.actions.run()
    const slow = gate()
    services.toolchain.assembleGate = slow.promise
    const download = workbench.actions.download()
    await vi.advanceTimersByTimeAsync(0)
    services.toolchain.assembleOptions.onProgress?.({ task: 'assemble', label: 'Assembling' })
    end()
    expect(services.toolchain.assembleOptions.signal?.aborted).toBe(true)
    expect(state().progress).toBeUndefined()
    slow.open()
    expect(await download).toBe(false)
    expect(services.saved).toEqual([])
    expect(state().diagnostics.run).toEqual([])
  })

  it('does not begin a build after Stop, although the files have changed since', async () => {
    services.runner.gate = gate().promise
    void workbench.actions.run()
    await vi.advanceTimersByTimeAsync(0)
    workbench.actions.editFile('main.ts', '// newer')
    const download = workbench.actions.download()
    workbench.actions.stop()
    expect(await download).toBe(false)
    expect(state().run.status).toBe('ended')
    expect(services.runner.asked).toEqual(['start', 'call greet("Ada")', 'stop'])
  })

  it('is ended while it waits for its build, and the next one is made', async () => {
    const slow = gate()
    services.toolchain.gate = slow.promise
    const download = workbench.actions.download()
    await vi.advanceTimersByTimeAsync(0)
    workbench.actions.stop()
    slow.open()
    expect(await download).toBe(false)
    expect(services.runner.asked).toEqual([])
    expect(await workbench.actions.download()).toBe(true)
  })
})

it('says that a component was not downloaded because of a newer run', async () => {
  const slow = gate()
  services.toolchain.assembleGate = slow.promise
  const download = workbench.actions.download()
  await vi.advanceTimersByTimeAsync(0)
  const run = workbench.actions.run()
  slow.open()
  expect(await download).toBe(false)
  await run
  expect(state().notices.at(-1)?.text).toMatch(/^\S+\.wasm was not downloaded\. /)
  expect(state().diagnostics.run).toEqual([])
})

describe('the component of a project that is no longer open', () => {
  const other = { schema: 1, name: 'other', files: { 'world.wit': 'world o {}', 'main.ts': '' } } as const

  it('is not saved under the name of the next, nor measured or reported there', async () => {
    const slow = gate()
    services.toolchain.assembleGate = slow.promise
    const download = workbench.actions.download()
    await vi.advanceTimersByTimeAsync(0)
    expect(services.toolchain.asked).toContain('assemble')
    services.toolchain.assembleOptions.onProgress?.({ task: 'assemble', label: 'Assembling' })
    workbench.actions.openProject(other)
    services.toolchain.assembleOptions.onProgress?.({ task: 'assemble', label: 'Assembling still' })
    expect(state().progress).toBeUndefined()
    slow.open()
    expect(await download).toBe(false)
    expect(services.saved).toEqual([])
    expect(state()).toMatchObject({ downloading: false, metrics: { run: 0, phases: [] }, diagnostics: { run: [] } })
  })

  it('is not measured where the snapshot comes late', async () => {
    const slow = gate()
    services.runner.snapshotGate = slow.promise
    const download = workbench.actions.download()
    await vi.advanceTimersByTimeAsync(0)
    workbench.actions.openProject(other)
    slow.open()
    expect(await download).toBe(false)
    expect(state().metrics.size).toBeUndefined()
    expect(services.toolchain.asked).not.toContain('assemble')
  })
})

describe('preferences', () => {
  it('are stored, and read by the next visit', () => {
    workbench.actions.setPreference('theme', 'dark')
    const { stored } = services
    open(Object.assign(fakeServices(), { stored }))
    expect(state().preferences.theme).toBe('dark')
  })

  it('leave what another tab has stored meanwhile', () => {
    services.stored = JSON.stringify({ fontSize: 15 })
    workbench.actions.setPreference('theme', 'dark')
    const { stored } = services
    open(Object.assign(fakeServices(), { stored }))
    expect(state().preferences).toMatchObject({ theme: 'dark', fontSize: 15 })
  })

  it.each(['', '[]', '{"theme":"pink","layout":1}', 'null', '{'])('fall back where storage holds %j', (stored) => {
    open(Object.assign(fakeServices(), { stored }))
    expect(state().preferences).toEqual(defaultPreferences)
  })
})

describe('what a run found', () => {
  it('goes with an edit of its file, or with any edit where it has no place', async () => {
    const found = (file?: string) => ({
      stage: 'call' as const,
      severity: 'error' as const,
      message: 'greet threw.',
      next: 'Correct it.',
      ...(file === undefined ? {} : { place: { file, line: 1, column: 1 } }),
    })
    const { store, actions } = workbench
    const { diagnostics } = store.getState()
    store.setState({ diagnostics: { ...diagnostics, run: [found('main.ts'), found('world.wit'), found()] } })
    actions.editFile('main.ts', '// mended')
    expect(state().diagnostics.run).toEqual([found('world.wit')])
    ;(await workbench.simulation()).setWasi({ random: { seed: 2 } })
    expect(state().diagnostics.run).toEqual([found('world.wit')])
    actions.deleteFile('world.wit')
    expect(state().diagnostics.run).toEqual([])
  })
})
