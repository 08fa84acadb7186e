// Makes breakfast in five minutes, which take no
// time: the clock of a run jumps to what is waited
// for. Under Clock & Env, freeze it and step it, or
// take the real one and stop before the eggs.
import {
  now,
  subscribeDuration,
} from 'wasi:clocks/monotonic-clock@0.2.12'
import { poll } from 'wasi:io/poll@0.2.12'

const second = 1_000_000_000n
let start = 0n

function tell(what: string): void {
  const seconds = (now() - start) / second
  const clock = [seconds / 60n, seconds % 60n]
  const digits = clock.map((part) =>
    String(part).padStart(2, '0'),
  )
  console.log(`${digits.join(':')}  ${what}`)
}

// A pollable is something that one can wait for.
function boilWater(): void {
  subscribeDuration(90n * second).block()
  tell('the water boils')
}

// Timers of JavaScript wait in the same way.
const after = (seconds: number, what: string) =>
  new Promise<void>((resolve) =>
    setTimeout(() => {
      tell(what)
      resolve()
    }, seconds * 1000),
  )

// Of several pollables, the first that is ready.
function waitForGuest(): void {
  const bell = subscribeDuration(20n * second)
  const patience = subscribeDuration(60n * second)
  const [first] = poll([bell, patience])
  tell(
    first === 0 ? 'the bell rings' : 'nobody came',
  )
}

export const run = {
  async run(): Promise<void> {
    start = now()
    tell('the kettle is on')
    boilWater()
    await Promise.all([
      after(120, 'the toast is brown'),
      after(180, 'the eggs are done'),
    ])
    waitForGuest()
  },
}
