import { beforeEach, expect, it, vi } from 'vitest'
import type { WorldEvent } from '../../runner/runner.ts'
import { initialState, type State } from '../state.ts'
import { fakeServices } from '../testing/fakes.ts'
import { lateSimulation, type LateSimulation } from './late.ts'

/** Whether the code does not arrive. */
const network = vi.hoisted(() => ({ down: false, asked: 0 }))
vi.mock('./simulation.ts', async (actual) => {
  const module = await actual<typeof import('./simulation.ts')>()
  return {
    createSimulation: (...given: Parameters<typeof module.createSimulation>) => {
      network.asked++
      if (network.down) throw new Error('offline')
      return module.createSimulation(...given)
    },
  }
})

let state: State
let late: LateSimulation

beforeEach(() => {
  Object.assign(network, { down: false, asked: 0 })
  state = initialState
  const context = {
    services: fakeServices(),
    get: () => state,
    set: (patch: Partial<State>) => void (state = { ...state, ...patch }),
    show: () => {},
  }
  late = lateSimulation({
    loud: context,
    quiet: context,
    notices: { say: () => {} },
    runs: () => {
      throw new Error('nothing is replayed here')
    },
    respond: async () => undefined,
  })
})

const traced = (total: number): WorldEvent => ({ kind: 'trace', total, hash: '', entries: [], counts: [] })
const total = (): number | undefined => state.simulation.trace?.total

it('what a run tells before the code is there waits for it, in order', async () => {
  late.begin()
  late.opensStdin()
  late.receive(traced(1))
  late.receive(traced(2))
  expect(state.simulation).toEqual({})
  await late.load()
  expect([total(), state.simulation.stdin]).toEqual([2, 'open'])
  late.receive(traced(3))
  expect(total()).toBe(3)
})

it('the code comes once, whoever asks for it', async () => {
  late.begin()
  const [one, other] = await Promise.all([late.load(), late.load()])
  expect(one).toBe(other)
  expect(network.asked).toBe(1)
})

it('a run that begins meanwhile is the only one that is heard of', async () => {
  late.begin()
  late.opensStdin()
  late.receive(traced(1))
  late.begin()
  await late.load()
  expect([total(), state.simulation.stdin]).toEqual([undefined, undefined])
})

it('what a run told is not of the project that opens meanwhile', async () => {
  late.begin()
  late.receive(traced(1))
  late.leave()
  await late.load()
  expect(state.simulation).toEqual({})
})

it('code that did not arrive is asked for once more, and what was told is not lost', async () => {
  network.down = true
  late.begin()
  late.receive(traced(1))
  await expect(late.load()).rejects.toThrow('offline')
  network.down = false
  await late.load()
  expect([total(), network.asked]).toEqual([1, 2])
})
