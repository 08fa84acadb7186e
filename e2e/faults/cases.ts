/** Bad input and what the user gets for it. Files replace those of the hello example; the call is made after the build. */
export interface FaultCase {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly call?: string
  readonly stage: string
  /** The message, or a part of it. */
  readonly message: RegExp
  /** What the user is told to do next. */
  readonly next: RegExp
  /** The same of the problems list, where TypeScript may have said it before. */
  readonly listed?: { readonly message: RegExp; readonly next: RegExp }
  /** Where the problem is shown; absent where there is no one place. */
  readonly place?: { readonly file: string; readonly line: number; readonly column?: number }
  /** Slower than the default limit allows for in a test. */
  readonly slow?: boolean
}

const world = (body: string, package_ = 'demo:hello'): string => `package ${package_};\n\nworld hello {\n  ${body}\n}\n`
const hello = world('export greet: func(name: string) -> string;')
const greet = (body: string, before = ''): string =>
  `${before}export function greet(name: string): string {\n  ${body}\n}\n`

export const faultCases: readonly FaultCase[] = [
  {
    name: 'a WIT syntax error',
    files: { 'world.wit': 'package demo:hello;\n\nworld hello {\n  export greet func(name: string) -> string;\n}\n' },
    stage: 'wit',
    message: /After the name of an export comes :/,
    next: /Write export greet: func/,
    place: { file: 'world.wit', line: 4, column: 16 },
  },
  {
    name: 'an unknown type in WIT',
    files: { 'world.wit': world('export greet: func(name: strin) -> string;') },
    stage: 'wit',
    message: /strin/,
    next: /string/,
    place: { file: 'world.wit', line: 4, column: 28 },
  },
  {
    name: 'an unknown WASI package',
    files: { 'world.wit': world('import wasi:nonsense/thing@0.2.12;\n  export greet: func(name: string) -> string;') },
    stage: 'wit',
    message: /wasi:nonsense/,
    next: /deps/,
    place: { file: 'world.wit', line: 4 },
  },
  {
    name: 'an async function',
    files: { 'world.wit': world('export greet: async func(name: string) -> string;') },
    stage: 'build',
    message: /async/,
    next: /promise/,
    place: { file: 'world.wit', line: 4 },
  },
  {
    name: 'a TypeScript syntax error',
    files: {
      'world.wit': hello,
      'main.ts': 'export function greet(name: string): string {\n  return `Hello, ${name}`\n',
    },
    stage: 'source',
    message: /ends where more was expected/,
    next: /Correct the syntax/,
    listed: {
      message: /ends where more was expected|'}' expected/,
      next: /Correct the syntax|Correct it: a run cannot/,
    },
    place: { file: 'main.ts', line: 3 },
  },
  {
    name: 'a JavaScript syntax error that only the engine sees',
    files: { 'world.wit': hello, 'main.ts': greet('return name', 'const fixed = 1;\nfixed = 2;\nlet fixed;\n') },
    stage: 'guest-init',
    message: /redefinition/,
    next: /Correct the source/,
    place: { file: 'main.ts', line: 3 },
  },
  {
    name: 'a throw at the top level',
    files: {
      'world.wit': hello,
      'main.ts': greet(
        'return name',
        'const settings = undefined as unknown as { port: number };\n\nconsole.log(settings.port);\n',
      ),
    },
    stage: 'guest-init',
    message: /TypeError/,
    next: /Correct the top-level code/,
    place: { file: 'main.ts', line: 3 },
  },
  {
    name: 'a missing export',
    files: { 'world.wit': hello, 'main.ts': 'export function great(name: string): string {\n  return name\n}\n' },
    stage: 'source',
    message: /greet/,
    next: /export function greet/,
  },
  {
    name: 'a mistyped export',
    files: { 'world.wit': hello, 'main.ts': 'export const greet = 42\n' },
    stage: 'source',
    message: /greet/,
    next: /function/,
  },
  {
    name: 'an unknown import',
    files: { 'world.wit': hello, 'main.ts': greet('return lines(name)', "import { lines } from './text.ts'\n\n") },
    stage: 'source',
    message: /\.\/text\.ts/,
    next: /Add the file/,
    place: { file: 'main.ts', line: 1 },
  },
  {
    name: 'an interface that the world does not import',
    files: {
      'world.wit': hello,
      'main.ts': greet('return name', "import { getArguments } from 'wasi:cli/environment@0.2.12'\n\ngetArguments()\n"),
    },
    stage: 'source',
    message: /wasi:cli\/environment/,
    next: /world/,
    place: { file: 'main.ts', line: 1 },
  },
  {
    name: 'a Node module',
    files: {
      'world.wit': hello,
      'main.ts': greet('return readFileSync(name).toString()', "import { readFileSync } from 'node:fs'\n\n"),
    },
    stage: 'source',
    message: /node:fs/,
    next: /no file system of its own: import wasi:filesystem/,
    place: { file: 'main.ts', line: 1 },
  },
  {
    name: 'fetch in the guest',
    files: {
      'world.wit': hello,
      'main.ts': greet('return String(fetch(name))', 'declare const fetch: (url: string) => unknown\n'),
    },
    call: 'greet("https://example.com")',
    stage: 'call',
    message: /fetch/,
    next: /import wasi:http\/outgoing-handler/,
    place: { file: 'main.ts', line: 3 },
  },
  {
    name: 'an infinite loop at the top level',
    files: { 'world.wit': hello, 'main.ts': greet('return name', 'for (;;) {}\n') },
    stage: 'guest-init',
    message: /interrupted|too long/i,
    next: /End the loop/,
    place: { file: 'main.ts', line: 1 },
  },
  {
    name: 'an allocation loop at the top level',
    files: {
      'world.wit': hello,
      'main.ts': greet(
        'return name',
        'const all: string[] = [];\nfor (let i = 0; ; i++) all.push(String(i).repeat(1000));\n',
      ),
    },
    stage: 'guest-init',
    message: /memory/i,
    next: /memory limit/,
  },
  {
    name: 'a top-level await that never settles',
    files: { 'world.wit': hello, 'main.ts': greet('return name', 'await new Promise(() => {});\n') },
    stage: 'guest-init',
    message: /await|settle/i,
    next: /Await only/,
  },
  {
    name: 'an infinite loop in a call',
    files: { 'world.wit': hello, 'main.ts': greet('for (;;) {}') },
    call: 'greet("x")',
    stage: 'limit',
    message: /greet/,
    next: /raise the time limit/,
    slow: true,
  },
  {
    name: 'an allocation loop in a call',
    files: {
      'world.wit': hello,
      'main.ts': greet('const all: string[] = [];\n  for (let i = 0; ; i++) all.push(name + String(i).repeat(1000))'),
    },
    call: 'greet("x")',
    stage: 'call',
    message: /memory/i,
    next: /memory limit/,
    slow: true,
  },
  {
    name: 'a throw in a call',
    files: { 'world.wit': hello, 'main.ts': greet("throw new RangeError('no such name: ' + name)") },
    call: 'greet("x")',
    stage: 'call',
    message: /RangeError: no such name: x/,
    next: /catch the error/,
    place: { file: 'main.ts', line: 2 },
  },
  {
    name: 'a stack overflow in a call',
    files: { 'world.wit': hello, 'main.ts': greet('return greet(name + 1)') },
    call: 'greet("x")',
    stage: 'call',
    message: /stack|recursion/i,
    next: /recursion/,
  },
  {
    name: 'a catastrophic regular expression',
    files: { 'world.wit': hello, 'main.ts': greet('return String(/^(a+)+$/.test(name))') },
    call: `greet("${'a'.repeat(40)}!")`,
    stage: 'limit',
    message: /greet/,
    next: /raise the time limit/,
    slow: true,
  },
  {
    name: 'deeply nested JSON',
    files: {
      'world.wit': hello,
      'main.ts': greet("return String(JSON.parse('['.repeat(200000) + ']'.repeat(200000)).length)"),
    },
    call: 'greet("x")',
    stage: 'call',
    message: /stack|nest|recursion/i,
    next: /recursion/,
  },
  {
    name: 'an allocation of 1 GB',
    files: { 'world.wit': hello, 'main.ts': greet('return String(new Uint8Array(1_000_000_000).length)') },
    call: 'greet("x")',
    stage: 'call',
    message: /memory/i,
    next: /memory limit/,
  },
  {
    name: 'an export that never returns',
    files: {
      'world.wit': hello,
      'main.ts':
        'export async function greet(name: string): Promise<string> {\n  await new Promise(() => {})\n  return name\n}\n',
    },
    call: 'greet("x")',
    stage: 'call',
    message: /settle/i,
    next: /resolved or rejected/,
  },
  {
    name: 'an unhandled rejection',
    files: { 'world.wit': hello, 'main.ts': greet("void Promise.reject(new Error('forgotten'))\n  return name") },
    call: 'greet("x")',
    stage: 'call',
    message: /forgotten/,
    next: /Await the promise/,
    place: { file: 'main.ts', line: 2 },
  },
  {
    name: 'arguments that do not fit',
    files: { 'world.wit': hello },
    call: 'greet(42)',
    stage: 'call',
    message: /string/,
    next: /Give it what it takes/,
  },
  {
    name: 'a call of something that is not exported',
    files: { 'world.wit': hello },
    call: 'great("x")',
    stage: 'call',
    message: /great/,
    next: /greet/,
  },
  {
    name: 'a result that does not fit its type',
    files: {
      'world.wit': world('enum mood { calm, merry }\n  export greet: func(name: string) -> mood;'),
      'main.ts': "export function greet(name: string): string {\n  return 'sad'\n}\n",
    },
    call: 'greet("x")',
    stage: 'call',
    message: /calm/,
    next: /Return a value of the type/,
    place: { file: 'main.ts', line: 1, column: 17 },
  },
  {
    name: 'a result whose part does not fit its type',
    files: {
      'world.wit': world('record line { item: string, count: u8 }\n  export greet: func(name: string) -> list<line>;'),
      'main.ts':
        "const lines = (): any => [{ item: 'a', count: 1 }, { item: 'b' }]\nexport const greet = () => lines()\n",
    },
    call: 'greet("x")',
    stage: 'call',
    message: /greet returned does not fit its type at \[1\]\.count: expected a number \(u8\), got undefined/,
    next: /Return a value of the type/,
    place: { file: 'main.ts', line: 2, column: 14 },
  },
  {
    name: 'a source file of 5 MB',
    files: { 'world.wit': hello, 'main.ts': greet('return name', `const text = '${'x'.repeat(5_000_000)}'\n`) },
    stage: 'source',
    message: /MB|MiB/,
    next: /Make it shorter/,
  },
]
