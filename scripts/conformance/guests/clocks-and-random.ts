import { equal, holds, rulesOf } from './check.ts'
import * as monotonic from 'wasi:clocks/monotonic-clock@0.2.12'
import { display, utcOffset } from 'wasi:clocks/timezone@0.2.12'
import * as wall from 'wasi:clocks/wall-clock@0.2.12'
import { getInsecureRandomBytes, getInsecureRandomU64 } from 'wasi:random/insecure@0.2.12'
import { insecureSeed } from 'wasi:random/insecure-seed@0.2.12'
import { getRandomBytes, getRandomU64 } from 'wasi:random/random@0.2.12'

const real = { settings: { clock: { mode: 'real' } } }

const on = rulesOf('wasi:clocks/monotonic-clock')
for (const [mode, options] of [
  ['virtual', {}],
  ['real', real],
] as const) {
  on(
    'now',
    `Calling this function repeatedly will produce a sequence of non-decreasing values. (${mode} time)`,
    () => {
      let last = 0n
      for (let at = 0; at < 100; at++) {
        const now = monotonic.now()
        holds(now >= last, `${now} after ${last}`)
        last = now
      }
    },
    options,
  )
  on(
    'subscribe-duration',
    `A pollable that will resolve after the specified duration has elapsed from the time this function is invoked. (${mode} time)`,
    () => {
      const from = monotonic.now()
      const pollable = monotonic.subscribeDuration(2_000_000n)
      equal(pollable.ready(), false)
      pollable.block()
      holds(monotonic.now() - from >= 2_000_000n, 'too early')
    },
    options,
  )
}
on('resolution', 'Returns the duration of time corresponding to a clock tick.', () => {
  holds(monotonic.resolution() > 0n, 'no duration')
})
on('subscribe-instant', 'A pollable which will resolve once the specified instant has occurred.', () => {
  const when = monotonic.now() + 7_000_000n
  const pollable = monotonic.subscribeInstant(when)
  equal(pollable.ready(), false)
  pollable.block()
  holds(monotonic.now() >= when, 'too early')
  equal(monotonic.subscribeInstant(0n).ready(), true)
})
on(
  'subscribe-duration',
  'A duration that ends after the last instant there is neither overflows nor is over at once.',
  () => {
    equal(monotonic.subscribeDuration((1n << 64n) - 1n).ready(), false)
  },
)
on(
  ['wasi:io/poll#[method]pollable.block', 'subscribe-duration'],
  'Waiting for a clock that is frozen traps instead of hanging.',
  () => {
    monotonic.subscribeDuration(1n).block()
  },
  { settings: { clock: { mode: 'frozen' } }, traps: 'frozen' },
)

const onWall = rulesOf('wasi:clocks/wall-clock')
onWall(
  'now',
  'The returned timestamps represent the number of seconds since 1970-01-01T00:00:00Z.',
  () => {
    equal(wall.now().seconds, 86_400n)
  },
  { settings: { clock: { mode: 'auto', start: '1970-01-02T00:00:00Z' } } },
)
onWall(['now', 'resolution'], 'The nanoseconds field of the output is always less than 1000000000.', () => {
  for (let at = 0; at < 3; at++) {
    monotonic.subscribeDuration(400_000_000n).block()
    holds(wall.now().nanoseconds < 1_000_000_000, 'a second or more')
  }
  const { seconds, nanoseconds } = wall.resolution()
  holds(nanoseconds < 1_000_000_000 && (seconds > 0n || nanoseconds > 0), 'no resolution')
})
onWall('now', 'It goes on with the time that passes.', () => {
  const from = wall.now().seconds
  monotonic.subscribeDuration(3_000_000_000n).block()
  equal(wall.now().seconds - from, 3n)
})

const onZone = rulesOf('wasi:clocks/timezone')
onZone(
  'display',
  'If the timezone cannot be determined … return a timezone-display for UTC with a utc-offset of 0 and no daylight saving time.',
  () => {
    equal(display({ seconds: 1n, nanoseconds: 0 }), { utcOffset: 0, name: 'UTC', inDaylightSavingTime: false })
  },
)
onZone('utc-offset', 'The same as display, but only return the UTC offset.', () => {
  equal(utcOffset({ seconds: 1n, nanoseconds: 0 }), display({ seconds: 1n, nanoseconds: 0 }).utcOffset)
})

for (const [name, options] of [
  ['seeded', {}],
  ['real', { settings: { random: 'real' } }],
] as const) {
  rulesOf('wasi:random/random')(
    'get-random-bytes',
    `Return len random bytes; this function must always return fresh data. (${name})`,
    () => {
      const [one, other] = [getRandomBytes(33n), getRandomBytes(33n)]
      equal([one.length, other.length, getRandomBytes(0n).length], [33, 33, 0])
      holds(one.join() !== other.join(), 'the same bytes again')
    },
    options,
  )
  rulesOf('wasi:random/random')(
    'get-random-u64',
    `Returns the same type of data, represented as a u64. (${name})`,
    () => {
      const seen = new Set(Array.from({ length: 64 }, getRandomU64))
      equal(seen.size, 64)
      holds(
        [...seen].some((each) => each > 1n << 62n),
        'never a large one',
      )
    },
    options,
  )
}
rulesOf('wasi:random/random')(
  'get-random-bytes',
  'A length that no memory has room for traps: the host stays.',
  () => {
    getRandomBytes(1n << 62n)
  },
  { traps: 'wasi:random' },
)
rulesOf('wasi:random/insecure')('get-insecure-random-bytes', 'Return len insecure pseudo-random bytes.', () => {
  equal(getInsecureRandomBytes(9n).length, 9)
  holds(getInsecureRandomBytes(16n).join() !== getInsecureRandomBytes(16n).join(), 'no period at all')
})
rulesOf('wasi:random/insecure')('get-insecure-random-u64', 'Return an insecure pseudo-random u64 value.', () => {
  holds(getInsecureRandomU64() !== getInsecureRandomU64(), 'the same again')
})
rulesOf('wasi:random/insecure')(
  'get-insecure-random-bytes',
  'A length that no memory has room for traps: the host stays.',
  () => {
    getInsecureRandomBytes((1n << 64n) - 1n)
  },
  { traps: 'wasi:random' },
)
rulesOf('wasi:random/insecure-seed')(
  'insecure-seed',
  'Return a 128-bit value that may contain a pseudo-random value.',
  () => {
    const [low, high] = insecureSeed()
    holds(typeof low === 'bigint' && typeof high === 'bigint', 'no two numbers')
  },
)
rulesOf('wasi:random/insecure-seed')(
  'insecure-seed',
  'It is intended to be called once, and will be a value: asked again, it is the same.',
  () => equal(insecureSeed().join(), insecureSeed().join()),
)
