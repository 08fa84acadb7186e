/** Core modules and glue that try to break something, as text and bytes. */

const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)]
const uleb = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...uleb(value >>> 7)])
const named = (text: string): number[] => [...uleb(bytesOf(text).length), ...bytesOf(text)]
const section = (id: number, body: readonly number[]): number[] => [id, ...uleb(body.length), ...body]
const preamble = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

/** One memory of `pages` pages without a maximum, exported under `name`. */
export const memoryModule = (name: string, pages = 1): number[] => [
  ...preamble,
  ...section(5, [1, 0, ...uleb(pages)]),
  ...section(7, [1, ...named(name), 2, 0]),
]

/** One table of `elements` function references without a maximum, exported as `table`. */
export const tableModule = (elements: number): number[] => [
  ...preamble,
  ...section(4, [1, 0x70, 0, ...uleb(elements)]),
  ...section(7, [1, ...named('table'), 1, 0]),
]

/** Imports one global. */
export const importingModule = (module: string, name: string): number[] => [
  ...preamble,
  ...section(2, [1, ...named(module), ...named(name), 3, 0x7f, 0]),
]

/** Names that end a string literal in the glue, or hide in one. */
export const breakingNames: readonly string[] = [
  "'];self.escaped=1;['",
  '"];self.escaped=1;["',
  '`];self.escaped=1;[`',
  '${self.escaped=1}`',
  "\\'];self.escaped=1;//",
  'a\nself.escaped=1//',
  'a\u2028self.escaped=1//',
]

/** Glue with the exports of the fixture's world; `body` runs before they are given. */
export const glue = (body = '', report = "'[]'"): string =>
  `export async function instantiate(getCoreModule, imports, instantiateCore) {
  ${body}
  return { report: () => ${report}, spin: () => { for (;;) {} } };
}`

/**
 * Takes hold of the port between sandbox and page, which the runner keeps to itself: every send goes through the
 * prototype. `port` and `run` are there afterwards.
 */
export const takePort = `
  let port, run;
  const send = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (message, transfer) { port = this; run ??= message.run; return send.call(this, message, transfer) };
  imports['wasi:cli/stdout'].getStdout().blockingWriteAndFlush(new TextEncoder().encode('honest'));
`

export interface Forgery {
  readonly name: string
  /** Code with `port`, `run` and `send`. */
  readonly body: string
  /** Whether the page must end the sandbox for it. */
  readonly ends: boolean
}

const sendText = (message: string): string => `send.call(port, ${message});`

export const forgeries: readonly Forgery[] = [
  {
    name: 'output for an older run',
    body: sendText(
      "{ type: 'output', run: run - 1, chunks: [{ stream: 'stdout', phase: 'run', text: 'FORGED', dropped: 0 }] }",
    ),
    ends: false,
  },
  {
    name: 'output for a later run',
    body: sendText(
      "{ type: 'output', run: run + 1, chunks: [{ stream: 'stdout', phase: 'run', text: 'FORGED', dropped: 0 }] }",
    ),
    ends: false,
  },
  {
    name: 'an answer to a question that was not asked',
    body: `for (let id = 0; id < 1000; id++) { ${sendText("{ type: 'answer', run, id: id + 1000, answer: { type: 'exited', value: { exitCode: 0, ms: 0, memoryBytes: 0 } } }")} }`,
    ends: false,
  },
  { name: 'an unknown type', body: sendText("{ type: 'eval', code: 'self.escaped = true' }"), ends: true },
  { name: 'a text instead of an object', body: sendText("'hello'"), ends: true },
  { name: 'nothing at all', body: sendText('undefined'), ends: true },
  {
    name: 'a text of 64 MiB',
    body: sendText(
      "{ type: 'output', run, chunks: [{ stream: 'stdout', phase: 'run', text: 'F'.repeat(1 << 26), dropped: 0 }] }",
    ),
    ends: true,
  },
  {
    name: 'a prototype as a key',
    body: sendText(
      'JSON.parse(\'{ "type": "hello", "version": 1, "__proto__": { "escaped": true }, "constructor": { "prototype": { "escaped": true } } }\')',
    ),
    ends: false,
  },
  {
    name: 'a prototype in a prototype',
    body: sendText(
      '{ type: \'output\', run, chunk: JSON.parse(\'{ "__proto__": { "escaped": true }, "stream": "__proto__", "phase": "run", "text": "", "dropped": 0 }\') }',
    ),
    ends: true,
  },
  {
    name: 'dropped bytes that are no number',
    body: sendText("{ type: 'output', run, chunks: [{ stream: 'stdout', phase: 'run', text: '', dropped: NaN }] }"),
    ends: true,
  },
  {
    name: 'five hundred nested lists',
    body: `let deep = []; for (let i = 0; i < 500; i++) deep = [deep]; ${sendText("{ type: 'answer', run, id: 1, answer: deep }")}`,
    ends: true,
  },
  {
    name: 'a port and a buffer of its own',
    body: "const c = new MessageChannel(); send.call(port, { type: 'hello', version: 1, port: c.port2 }, [c.port2]);",
    ends: false,
  },
  {
    name: 'a memory shared between threads',
    body: sendText(
      "{ type: 'hello', version: 1, memory: new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }) }",
    ),
    ends: false,
  },
  {
    name: 'a compiled module',
    body: sendText("{ type: 'hello', module: await WebAssembly.compile(new Uint8Array([0,97,115,109,1,0,0,0])) }"),
    ends: true,
  },
  {
    name: 'a flood of a million messages',
    body: `for (let i = 0; i < 1e6; i++) ${sendText("{ type: 'beat', run, lastCall: 'x' }")}`,
    ends: true,
  },
  {
    name: 'a flood of output',
    body: `for (let i = 0; i < 3000; i++) ${sendText("{ type: 'output', run, chunks: [{ stream: 'stdout', phase: 'run', text: 'F'.repeat(200000), dropped: 0 }] }")}`,
    ends: false,
  },
]

/** What keeps a worker busy, silent or broken for good: the page must get over each of them. */
export const seizures: readonly { readonly name: string; readonly glue: string; readonly call?: string }[] = [
  { name: 'a loop at the top level of the glue', glue: 'for (;;) {}' },
  { name: 'a loop while instantiating', glue: glue('for (;;) {}') },
  { name: 'a loop in a call', glue: glue(), call: 'spin()' },
  {
    name: 'a loop that allocates',
    // At a pace at which the limit of time comes first: without memory the browser ends the process of the sandbox, which
    // is not that of the page, and Playwright takes that for a crash of the page.
    glue: glue(
      '',
      '(() => { const all = []; for (let next = 0; ; ) if (Date.now() >= next) { all.push(new Array(1e5).fill(1.5)); next = Date.now() + 1 } })()',
    ),
    call: 'report()',
  },
  { name: 'a loop of promises', glue: glue('const turn = () => Promise.resolve().then(turn); await turn();') },
  { name: 'a wait that never ends', glue: glue('await new Promise(() => {});') },
  { name: 'a worker that closes itself', glue: glue('', '(self.close(), new Promise(() => {}))'), call: 'report()' },
  { name: 'a recursion without end', glue: glue('', '(function f() { return f() + 1 })()'), call: 'report()' },
  { name: 'a glue that throws a text', glue: glue("throw 'out of memory';") },
  {
    name: 'a glue that gives a hostile object',
    glue: 'export const instantiate = () => new Proxy({}, { get() { for (;;) {} }, has() { return true } })',
    call: 'report()',
  },
  { name: 'a glue that is no module', glue: '}{' },
  { name: 'a glue without a function', glue: 'export const nothing = 1' },
]
