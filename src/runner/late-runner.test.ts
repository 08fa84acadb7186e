import { expect, test } from 'vitest'
import { FakeRunner } from '../state/testing/fakes.ts'
import { createLateRunner } from './late-runner.ts'
import type { Runner, RunRequest } from './runner.ts'

const request: RunRequest = {
  subject: { engine: 'e', imageKey: 'i', image: 0, preparedKey: 'p', prepared: 0, source: 0 },
  wasi: {},
  limits: { memoryMiB: 64, outputKiB: 64, milliseconds: 1000 },
}

function late() {
  const real = new FakeRunner()
  let arrive: (runner: Runner) => void = () => {}
  let lose: (error: Error) => void = () => {}
  const loads: number[] = []
  const runner = createLateRunner(() => {
    loads.push(loads.length)
    return new Promise((resolve, reject) => {
      arrive = resolve
      lose = reject
    })
  })
  return { real, runner, loads, arrive: () => arrive(real), lose: () => lose(new Error('offline')) }
}

test('nothing is fetched before something runs', async () => {
  const { runner, loads } = late()
  expect(runner.state).toBe('idle')
  expect((await runner.call('greet("Ada")')).ok).toBe(false)
  runner.stop()
  expect(loads).toHaveLength(0)
})

test('a start waits for the code and then runs', async () => {
  const { real, runner, arrive } = late()
  const started = runner.start(request, {})
  arrive()
  expect((await started).ok).toBe(true)
  expect((await runner.call('greet("Ada")')).ok).toBe(true)
  expect(real.asked.filter((each) => each.startsWith('call'))).toEqual(['call greet("Ada")'])
})

test('Stop while the code is on its way means that nothing starts', async () => {
  const { real, runner, arrive } = late()
  const started = runner.start(request, {})
  runner.stop()
  arrive()
  const outcome = await started
  expect(outcome.ok).toBe(false)
  expect(real.asked.filter((each) => each.startsWith('start'))).toEqual([])
})

test('code that did not come is fetched again by the next start', async () => {
  const { runner, arrive, lose } = late()
  const first = runner.start(request, {})
  lose()
  await expect(first).rejects.toThrow('offline')
  const second = runner.start(request, {})
  arrive()
  expect((await second).ok).toBe(true)
})
