import { bytes, equal, failsWith, holds, rulesOf, text } from './check.ts'
import { getArguments, getEnvironment, initialCwd } from 'wasi:cli/environment@0.2.12'
import { exit, exitWithCode } from 'wasi:cli/exit@0.2.12'
import { getStderr } from 'wasi:cli/stderr@0.2.12'
import { getStdin } from 'wasi:cli/stdin@0.2.12'
import { getStdout } from 'wasi:cli/stdout@0.2.12'
import { getTerminalStderr } from 'wasi:cli/terminal-stderr@0.2.12'
import { getTerminalStdin } from 'wasi:cli/terminal-stdin@0.2.12'
import { getTerminalStdout } from 'wasi:cli/terminal-stdout@0.2.12'

const onEnvironment = rulesOf('wasi:cli/environment')
onEnvironment(
  'get-environment',
  'Each environment variable is provided as a pair of string variable names and string value.',
  () => {
    equal(getEnvironment(), [
      ['HOME', '/home/ada'],
      ['EMPTY', ''],
      ['ÄÖ', '☃=1'],
    ])
  },
  { settings: { env: { HOME: '/home/ada', EMPTY: '', ÄÖ: '☃=1' } } },
)
onEnvironment(
  'get-environment',
  'This import function should return the same values each time it is called.',
  () => {
    equal(getEnvironment(), getEnvironment())
  },
  { settings: { env: { A: '1', B: '2' } } },
)
onEnvironment(
  'get-arguments',
  'Get the POSIX-style arguments to the program.',
  () => {
    equal(getArguments(), ['program', '', '--flag=ä b'])
  },
  { settings: { args: ['program', '', '--flag=ä b'] } },
)
onEnvironment(
  'initial-cwd',
  'Return a path that programs should use as their initial current working directory.',
  () => {
    equal(initialCwd(), '/work')
  },
  { settings: { cwd: '/work' } },
)
onEnvironment('initial-cwd', 'The result is an option: a world without a directory has none.', () =>
  equal(initialCwd(), undefined),
)

const onExit = rulesOf('wasi:cli/exit')
onExit(
  'exit',
  'Exit the current instance and any linked instances: with ok the status is success.',
  () => exit({ tag: 'ok' }),
  { exits: 0 },
)
onExit(
  'exit',
  'Exit the current instance and any linked instances: with err the status is failure.',
  () => exit({ tag: 'err' }),
  { exits: 1 },
)
onExit('exit-with-code', 'Reporting the specified status code to the host.', () => exitWithCode(42), { exits: 42 })
onExit(
  'exit-with-code',
  'This function does not return; the effect is analogous to a trap.',
  () => {
    exitWithCode(0)
    getStdout().blockingWriteAndFlush(bytes('returned'))
  },
  { exits: 0, stdout: '' },
)

const onStdin = rulesOf('wasi:cli/stdin')
onStdin(
  'get-stdin',
  'The stream gives all of standard input, then it is closed.',
  () => {
    const stdin = getStdin()
    equal(text(stdin.blockingRead(100n)), 'ä1')
    failsWith(() => stdin.blockingRead(100n), 'closed')
  },
  { settings: { stdin: 'ä1' } },
)
onStdin(
  'get-stdin',
  'Two handles of standard input read from one sequence of bytes.',
  () => {
    const [one, other] = [getStdin(), getStdin()]
    equal(text(one.read(1n)) + text(other.read(1n)), 'ab')
  },
  { settings: { stdin: 'ab' } },
)
rulesOf('wasi:cli/stdout')(
  'get-stdout',
  'What is written to the stream is standard output, and nothing else is.',
  () => {
    const [one, other] = [getStdout(), getStdout()]
    one.blockingWriteAndFlush(bytes('a'))
    other.blockingWriteAndFlush(bytes('b'))
  },
  { stdout: 'ab', stderr: '' },
)
rulesOf('wasi:cli/stderr')(
  'get-stderr',
  'What is written to the stream is standard error, and nothing else is.',
  () => {
    getStderr().blockingWriteAndFlush(bytes('e'))
  },
  { stdout: '', stderr: 'e' },
)

const terminals = [
  ['stdin', getTerminalStdin],
  ['stdout', getTerminalStdout],
  ['stderr', getTerminalStderr],
] as const
for (const [name, get] of terminals) {
  const on = rulesOf(`wasi:cli/terminal-${name}`)
  on(
    `get-terminal-${name}`,
    `If ${name} is connected to a terminal, return a handle allowing further interaction with it.`,
    () => {
      const terminal = get()
      holds(terminal !== undefined, 'there is no terminal')
      terminal[Symbol.dispose]()
    },
    { settings: { terminal: [name] } },
  )
  on(`get-terminal-${name}`, `Where ${name} is no terminal there is none.`, () => equal(get(), undefined))
}
