import type { Workshop } from '../../src/toolchain/engines/quickjs/testing/component.ts'
import { interfacesServed } from '../../src/wasi/served.ts'
import type { Check, Expectation, Settings } from './check.ts'
import { loadCommand } from './components.ts'
import { importsOf, wasiPackages } from './wit.ts'

/** A program in the text format: what no compiled language would let its author do. */
interface Program extends Expectation {
  readonly of: readonly string[]
  readonly says: string
  readonly settings?: Settings
  /** The body of `run`, which has to leave 0 for ok or 1 for err. Locals `$a`, `$b` and `$n` are there. */
  readonly body: string
}

const release = '0.2.12'
/** Core functions by their names in the programs. Where results do not fit, the last parameter says where they go. */
const imports: Readonly<Record<string, readonly [module: string, name: string, type: string]>> = {
  'get-stdout': ['wasi:cli/stdout', 'get-stdout', '(result i32)'],
  'get-stdin': ['wasi:cli/stdin', 'get-stdin', '(result i32)'],
  exit: ['wasi:cli/exit', 'exit-with-code', '(param i32)'],
  'random-bytes': ['wasi:random/random', 'get-random-bytes', '(param i64 i32)'],
  subscribe: ['wasi:clocks/monotonic-clock', 'subscribe-duration', '(param i64) (result i32)'],
  poll: ['wasi:io/poll', 'poll', '(param i32 i32 i32)'],
  ready: ['wasi:io/poll', '[method]pollable.ready', '(param i32) (result i32)'],
  'drop-pollable': ['wasi:io/poll', '[resource-drop]pollable', '(param i32)'],
  'check-write': ['wasi:io/streams', '[method]output-stream.check-write', '(param i32 i32)'],
  write: ['wasi:io/streams', '[method]output-stream.write', '(param i32 i32 i32 i32)'],
  'write-and-flush': ['wasi:io/streams', '[method]output-stream.blocking-write-and-flush', '(param i32 i32 i32 i32)'],
  read: ['wasi:io/streams', '[method]input-stream.read', '(param i32 i64 i32)'],
  'drop-output': ['wasi:io/streams', '[resource-drop]output-stream', '(param i32)'],
}

const moduleOf = (body: string): string => {
  const used = Object.entries(imports).filter(([name]) => body.includes(`(call $${name}`))
  return `(module
${used.map(([name, [from, label, type]]) => `  (import "${from}@${release}" "${label}" (func $${name} ${type}))`).join('\n')}
  (memory (export "memory") 1)
  (data (i32.const 16) "Hello")
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
  (func (export "wasi:cli/run@${release}#run") (result i32) (local $a i32) (local $b i32) (local $n i32)
    ${body}))`
}

const of = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `${imports[name]?.[0] ?? ''}#${imports[name]?.[1] ?? ''}`)
const run = ['wasi:cli/run#run']
const ok = '(i32.const 0)'
const trap = { traps: '' } as const
const hello = '(i32.const 16) (i32.const 5) (i32.const 64)'

const programs: readonly Program[] = [
  { of: run, says: 'Run the program: it ends with ok.', body: ok },
  { of: run, says: 'Run the program: an unreachable instruction is a trap.', body: 'unreachable', ...trap },
  {
    of: of('get-stdout', 'write-and-flush'),
    says: 'A stream is used through its handle and dropped.',
    body: `(local.set $a (call $get-stdout)) (call $write-and-flush (local.get $a) ${hello}) (call $drop-output (local.get $a))
    (i32.load8_u (i32.const 64))`,
    stdout: 'Hello',
  },
  {
    of: ['wasi:cli/exit#exit-with-code'],
    says: 'This function does not return.',
    body: `(call $exit (i32.const 7)) ${ok}`,
    exits: 7,
  },
  {
    of: of('write-and-flush'),
    says: 'A handle that was made up traps.',
    body: `(call $write-and-flush (i32.const 77) ${hello}) ${ok}`,
    ...trap,
    stdout: '',
  },
  {
    of: of('write-and-flush'),
    says: 'A handle beyond every table traps.',
    body: `(drop (call $get-stdout)) (call $write-and-flush (i32.const -1) ${hello}) ${ok}`,
    ...trap,
    stdout: '',
  },
  {
    of: of('write-and-flush'),
    says: 'A handle that was dropped traps when it is used.',
    body: `(local.set $a (call $get-stdout)) (call $drop-output (local.get $a))
    (call $write-and-flush (local.get $a) ${hello}) ${ok}`,
    ...trap,
    stdout: '',
  },
  {
    of: of('get-stdout'),
    says: 'A handle that was dropped traps when it is dropped again.',
    body: `(local.set $a (call $get-stdout)) (call $drop-output (local.get $a)) (call $drop-output (local.get $a)) ${ok}`,
    ...trap,
  },
  {
    of: of('write-and-flush', 'subscribe'),
    says: 'A handle of another resource traps.',
    body: `(drop (call $get-stdout)) (local.set $a (call $subscribe (i64.const 0)))
    (call $write-and-flush (i32.add (local.get $a) (i32.const 40)) ${hello}) ${ok}`,
    ...trap,
    stdout: '',
  },
  {
    of: of('write'),
    says: 'Calling write with more bytes than this function has permitted will trap.',
    body: `(local.set $a (call $get-stdout)) (call $write (local.get $a) ${hello}) ${ok}`,
    traps: 'check-write',
    stdout: '',
  },
  {
    of: of('check-write', 'write'),
    says: 'A list that reaches beyond the memory traps.',
    differs: "jco's glue takes what of the list is inside the memory; the Canonical ABI has a trap there",
    body: `(local.set $a (call $get-stdout)) (call $check-write (local.get $a) (i32.const 64))
    (call $write (local.get $a) (i32.const 65530) (i32.const 100) (i32.const 64)) ${ok}`,
    ...trap,
    stdout: '',
  },
  {
    of: of('poll'),
    says: 'This function traps if the list is empty.',
    body: `(call $poll (i32.const 0) (i32.const 0) (i32.const 64)) ${ok}`,
    traps: 'empty list',
  },
  {
    of: of('poll', 'subscribe'),
    says: 'A handle that is in the list more than once has every one of its indices in the result.',
    body: `(local.set $a (call $subscribe (i64.const 0)))
    (i32.store (i32.const 128) (local.get $a)) (i32.store (i32.const 132) (local.get $a)) (i32.store (i32.const 136) (local.get $a))
    (call $poll (i32.const 128) (i32.const 3) (i32.const 64))
    (i32.ne (i32.load (i32.const 68)) (i32.const 3))`,
  },
  {
    of: of('poll'),
    says: 'A list with a handle that is none traps.',
    body: `(i32.store (i32.const 128) (i32.const 5)) (call $poll (i32.const 128) (i32.const 1) (i32.const 64)) ${ok}`,
    ...trap,
  },
  {
    of: of('subscribe'),
    says: 'Pollables without end are bounded by a trap.',
    body: `(loop $again (drop (call $subscribe (i64.const 0)))
      (br_if $again (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 1000000)))) ${ok}`,
    traps: 'pollables',
  },
  {
    of: of('subscribe', 'ready'),
    says: 'Pollables that are dropped have no bound.',
    body: `(loop $again (local.set $a (call $subscribe (i64.const 0)))
      (if (i32.eqz (call $ready (local.get $a))) (then unreachable)) (call $drop-pollable (local.get $a))
      (br_if $again (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 150000)))) ${ok}`,
  },
  {
    of: of('random-bytes'),
    says: 'A length that no memory has room for traps: the host stays.',
    body: `(call $random-bytes (i64.const -1) (i32.const 64)) ${ok}`,
    traps: 'wasi:random',
  },
  {
    of: of('random-bytes'),
    says: 'Bytes for which the allocator gives no room in memory trap.',
    body: `(call $random-bytes (i64.const 200000) (i32.const 64)) ${ok}`,
    ...trap,
  },
  {
    of: of('read'),
    says: 'The len parameter is a u64: all ones is a length too.',
    body: `(call $read (call $get-stdin) (i64.const -1) (i32.const 64)) (i32.ne (i32.load (i32.const 72)) (i32.const 2))`,
    settings: { stdin: 'Hi' },
  },
]

const witOf = (): string => `package conformance:program;
world program {
${importsOf(interfacesServed)}  export wasi:cli/run@${release};
}
${wasiPackages()}`

/** The checks that are written in the text format. */
export const watChecks = (workshop: Workshop): readonly Check[] => {
  const { tools } = workshop
  const witSource = witOf()
  return programs.map(({ of, says, settings = {}, body, ...expected }) => ({
    of,
    says,
    guest: 'WAT',
    run: async () => {
      const core = tools.componentEmbed({ binary: tools.parse(moduleOf(body)), witSource, world: 'program' })
      const command = await loadCommand(workshop, tools.componentNew(core, []))
      return command.run(settings, expected)
    },
  }))
}
