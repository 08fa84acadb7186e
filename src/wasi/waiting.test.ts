import { describe, expect, test } from 'vitest'
import { createTime } from './time.ts'
import { CannotWait, HostTrap } from './signals.ts'
import { createWaiting, once, type Condition, type Interaction, type WaitState } from './waiting.ts'
import type { WasiSettings } from './settings.ts'

interface Outside extends Interaction {
  readonly states: (WaitState | undefined)[]
  /** Lets the real time that somebody waits for pass. */
  ring(): void
}

const outside = (may = true): Outside => {
  const states: (WaitState | undefined)[] = []
  let done: (() => void) | undefined
  return {
    openStdin: true,
    mayWait: () => may,
    states,
    after: (_, then) => {
      done = then
      return () => (done = undefined)
    },
    onWait: (state) => states.push(state),
    ring: () => done?.(),
  }
}

const waitingWith = (clock: WasiSettings['clock'], interaction?: Interaction) => {
  const machine = { now: 0n }
  const time = createTime(
    clock,
    () => machine.now,
    () => 0,
  )
  return { time, machine, waiting: createWaiting(time, interaction) }
}

const never: Condition = { ready: () => false }

describe('a run without an outside', () => {
  test('jumps to the first deadline', () => {
    const { time, waiting } = waitingWith({ mode: 'auto' })
    const at = (instant: bigint): Condition => ({ ready: () => time.peek() >= instant, deadline: () => instant })
    expect(waiting.until([at(500n), never, at(200n)])).toBeUndefined()
    expect(time.peek()).toBe(200n)
  })

  test('traps where nothing can end the waiting, and on a frozen clock', () => {
    expect(() => waitingWith({ mode: 'auto' }).waiting.until([never])).toThrow(HostTrap)
    const { waiting } = waitingWith({ mode: 'frozen' })
    expect(() => waiting.until([{ ready: () => false, deadline: () => 5n }])).toThrow(/frozen/)
  })

  test('gives what comes after at once', () => {
    const { waiting } = waitingWith({ mode: 'auto' })
    expect(once(waiting, [{ ready: () => true }], () => 7)).toBe(7)
  })
})

describe('a run with an outside', () => {
  test('says so where it cannot be suspended', () => {
    const { waiting } = waitingWith({ mode: 'frozen' }, outside(false))
    expect(() => waiting.until([{ ready: () => false, deadline: () => 5n }])).toThrow(CannotWait)
    expect(waiting.until([{ ready: () => true }])).toBeUndefined()
  })

  test('waits for what is awaited, and says so', async () => {
    const world = outside()
    const { waiting } = waitingWith({ mode: 'auto' }, world)
    let there = false
    const input: Condition = { ready: () => there, awaits: () => 'input on stdin' }
    const result = once(waiting, [input], () => 'read')
    expect(world.states).toEqual([{ awaits: ['input on stdin'] }])
    // Something else came: it goes on waiting.
    waiting.wake()
    await Promise.resolve()
    there = true
    waiting.wake()
    expect(await result).toBe('read')
    expect(world.states.at(-1)).toBeUndefined()
  })

  test('jumps in virtual time rather than to wait for somebody', () => {
    const { time, waiting } = waitingWith({ mode: 'auto' }, outside())
    const input: Condition = { ready: () => false, awaits: () => 'input on stdin' }
    expect(waiting.until([input, { ready: () => time.peek() >= 9n, deadline: () => 9n }])).toBeUndefined()
    expect(time.peek()).toBe(9n)
  })

  test('waits for a frozen clock to be moved, however often it is', async () => {
    const world = outside()
    const { time, waiting } = waitingWith({ mode: 'frozen' }, world)
    const pending = waiting.until([{ ready: () => time.peek() >= 30n, deadline: () => 30n }])
    expect(world.states).toEqual([{ awaits: [], until: 30n }])
    for (const instant of [10n, 20n]) {
      time.jumpTo(instant)
      waiting.wake()
      await Promise.resolve()
      expect(world.states.at(-1)).toEqual({ awaits: [], until: 30n })
    }
    time.jumpTo(30n)
    waiting.wake()
    await pending
    expect(world.states.at(-1)).toBeUndefined()
  })

  test('lets real time pass', async () => {
    const world = outside()
    const { time, machine, waiting } = waitingWith({ mode: 'real' }, world)
    const pending = waiting.until([{ ready: () => time.peek() >= 5n, deadline: () => 5n }])
    machine.now = 5n
    world.ring()
    await pending
    expect(time.peek()).toBe(5n)
  })

  test('refuses to wait for what nobody can bring', async () => {
    const { waiting } = waitingWith({ mode: 'auto' }, outside())
    await expect(waiting.until([never])).rejects.toThrow(HostTrap)
  })
})

test('virtual time ends where an instant does', () => {
  const { time, waiting } = waitingWith({ mode: 'auto' })
  const last = (1n << 64n) - 1n
  waiting.until([{ ready: () => time.peek() >= last, deadline: () => last + 5n }])
  expect([time.peek(), time.read(), time.read()]).toEqual([last, last, last])
})
