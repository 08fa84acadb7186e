// Calls of WASI from a component in Node: through jco's glue alone, through our host with its gate and trace, and through
// the shim that comes with jco, in the same process.
import { WASIShim } from '@bytecodealliance/preview2-shim/instantiation'
import { type HostImports, Workshop } from '../../src/toolchain/engines/quickjs/testing/component.ts'
import { createWasiHost } from '../../src/wasi/host.ts'
import { loadComponent } from '../conformance/components.ts'
import { importsOf, wasiPackages } from '../conformance/wit.ts'
import { figure, type Figure } from './statistics.ts'

const interfaces = ['wasi:io/poll', 'wasi:clocks/monotonic-clock']
const release = '0.2.12'

/** A program that does nothing but the calls: loops in WebAssembly, so that nothing else is measured. */
const program = `(module
  (import "wasi:clocks/monotonic-clock@${release}" "now" (func $now (result i64)))
  (import "wasi:clocks/monotonic-clock@${release}" "subscribe-duration" (func $subscribe (param i64) (result i32)))
  (import "wasi:io/poll@${release}" "[method]pollable.ready" (func $ready (param i32) (result i32)))
  (import "wasi:io/poll@${release}" "poll" (func $poll (param i32 i32 i32)))
  (import "wasi:io/poll@${release}" "[resource-drop]pollable" (func $drop (param i32)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
  (func (export "reads") (param $n i32)
    (loop $again (drop (call $now))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "asks") (param $n i32) (local $a i32)
    (local.set $a (call $subscribe (i64.const 0)))
    (loop $again (drop (call $ready (local.get $a)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (call $drop (local.get $a)))
  (func (export "polls") (param $n i32) (local $a i32)
    (loop $again
      (local.set $a (call $subscribe (i64.const 0)))
      (i32.store (i32.const 16) (local.get $a))
      (call $poll (i32.const 16) (i32.const 1) (i32.const 32))
      (call $drop (local.get $a))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))`

const wit = (): string => `package bench:calls;
world calls {
${importsOf(interfaces)}  export reads: func(n: u32);
  export asks: func(n: u32);
  export polls: func(n: u32);
}
${wasiPackages()}`

/** What is behind the glue where nothing is: the floor that jco sets. */
const bare = (): HostImports => {
  class Pollable {
    ready(): boolean {
      return true
    }
  }
  return {
    'wasi:io/poll': { Pollable, poll: () => new Uint32Array(1) },
    'wasi:clocks/monotonic-clock': {
      now: () => 5n,
      resolution: () => 1n,
      subscribeDuration: () => new Pollable(),
      subscribeInstant: () => new Pollable(),
    },
  }
}

const ours = (): HostImports =>
  createWasiHost(
    {},
    { write: () => {}, monotonic: () => 0n, today: () => 0, entropy: () => {}, now: () => performance.now() },
  ).imports(interfaces)

const shim = (): HostImports => ({ ...new WASIShim().getImportObject() })

type Exercise = 'reads' | 'asks' | 'polls'

type Exports = Readonly<Record<string, unknown>>

/** Microseconds of one call. */
const measure = (exports: Exports, name: Exercise, calls: number): number => {
  const run = exports[name]
  if (typeof run !== 'function') throw new Error(`the component exports no ${name}`)
  const from = performance.now()
  Reflect.apply(run, undefined, [calls])
  return ((performance.now() - from) * 1000) / calls
}

/** The same for several components in turns, so that what disturbs one disturbs all. */
const inTurns = (components: readonly Exports[], name: Exercise, calls: number, rounds: number): number[][] => {
  for (const exports of components) for (let round = 0; round < 3; round++) measure(exports, name, calls)
  const all = Array.from({ length: rounds }, () => components.map((exports) => measure(exports, name, calls)))
  return components.map((_, index) => all.map((round) => round[index] ?? Number.NaN))
}

export async function wasiFigures(times: (count: number) => number): Promise<Figure[]> {
  const workshop = await Workshop.open()
  try {
    const { tools } = workshop
    const core = tools.componentEmbed({ binary: tools.parse(program), witSource: wit(), world: 'calls' })
    const instances = await loadComponent(workshop, tools.componentNew(core, []))
    const [host, theirs, floor] = [await instances(ours()), await instances(shim()), await instances(bare())]
    const rounds = times(40)
    const over = (name: Exercise, what: string): Figure[] => {
      const [here = [], there = [], least = []] = inTurns([host, theirs, floor], name, 2000, rounds)
      const beyond = here.map((each, round) => each - (least[round] ?? Number.NaN))
      return [
        figure(`${what}: through host and trace`, 'µs', here),
        figure(`${what}: the glue alone`, 'µs', least),
        figure(`${what}: through host and trace over the glue alone`, 'µs', beyond, 0.5, { most: 10 }),
        figure(`${what}: preview2-shim`, 'µs', there),
      ]
    }
    const [here = [], there = []] = inTurns([host, theirs], 'polls', 200, rounds)
    const milliseconds = (samples: readonly number[]): number[] => samples.map((each) => each / 1000)
    return [
      figure('ready poll', 'ms', milliseconds(here), 0.5, { most: 0.2 }),
      figure('ready poll: preview2-shim', 'ms', milliseconds(there)),
      ...over('reads', 'sync import, monotonic-clock.now'),
      ...over('asks', 'sync import, pollable.ready'),
    ]
  } finally {
    await workshop.close()
  }
}
