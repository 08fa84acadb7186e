import { expect, test, vi } from 'vitest'
import type { ValueType } from '../../component/types.ts'
import { fail, succeed, type Outcome } from '../../contract/fault.ts'
import { parseFromSandbox } from '../parse-from-sandbox.ts'
import { caps, type Answer, type FromSandbox, type RequestBody, type ToSandbox } from '../protocol.ts'
import type { InitialisedGuest, LoadedEngine, PreparedWorld } from './guest-engine.ts'
import type { LoadedWorld } from './glue.ts'
import { createSession } from './session.ts'

// Blob modules, which the glue is loaded from, are there in a browser alone.
vi.mock('./glue.ts', () => ({
  UnsafeNames: class extends Error {},
  loadWorld: async (prepared: PreparedWorld): Promise<LoadedWorld> => ({
    prepared,
    instantiate: async (_, engineInstance, onInstance) => {
      onInstance(engineInstance({}))
      return { text: () => '\u0001'.repeat(600_000), boom: trap, make: () => ({ [dispose]: trap }), take: () => {} }
    },
  }),
}))

const trap = (): never => {
  throw new WebAssembly.RuntimeError('unreachable')
}
// What the generated glue calls it where the platform has no name for it.
const known: unknown = Reflect.get(Symbol, 'dispose')
const dispose = typeof known === 'symbol' ? known : Symbol.for('dispose')

const own: ValueType = { kind: 'own', resource: { kind: 'resource', side: 'export', name: 'cart' } }
const world: PreparedWorld['world'] = {
  imports: [],
  exports: [
    { kind: 'function', name: 'text', type: { async: false, params: [], result: { kind: 'string' } } },
    { kind: 'function', name: 'boom', type: { async: false, params: [] } },
    { kind: 'function', name: 'make', type: { async: false, params: [], result: own } },
    { kind: 'function', name: 'take', type: { async: false, params: [{ name: 'cart', type: own }] } },
  ],
}
const prepared = { world, transpiled: { js: '', cores: {}, engineCore: '' } }
const guest: InitialisedGuest = {
  warnings: [],
  instantiateCore: () => ({ exports: { memory: new WebAssembly.Memory({ initial: 2 }) } }),
  uncaught: () => undefined,
  stateBytes: () => 0,
  state: () => new Uint8Array([1]),
}

interface Opened {
  readonly messages: FromSandbox[]
  ask(body: RequestBody): Promise<Answer>
  receive(message: ToSandbox): void
}

const open = (initialise: LoadedEngine['initialise']): Opened => {
  const messages: FromSandbox[] = []
  const { receive } = createSession({
    engines: { e: { id: 'e', load: async () => ({ initialise, rehearsal: () => 'REHEARSAL' }) } },
    frame: { begin() {}, check() {} },
    post: (message) => {
      // What the page would not take ends a sandbox.
      expect(parseFromSandbox(message)).toBeDefined()
      messages.push(message)
    },
  })
  let id = 0
  return {
    messages,
    receive,
    ask: async (body) => {
      receive({ ...body, run: 1, id: ++id })
      return vi.waitFor(() => {
        const found = messages.find((message) => message.type === 'answer' && message.id === id)
        if (found?.type !== 'answer') throw new Error('not answered yet')
        return found.answer
      })
    },
  }
}

const start: Extract<RequestBody, { type: 'start' }> = {
  type: 'start',
  subject: { engine: 'e', imageKey: 'i', image: 'IMAGE', preparedKey: 'w', prepared, source: 1 },
  wasi: {},
  limits: { memoryMiB: 1, outputKiB: 1, milliseconds: 1000 },
}
const begins = (): Outcome<InitialisedGuest> => succeed(guest)

test('an error of any length in the top-level code is a fault of the guest', async () => {
  const message = 'x'.repeat(caps.text + 1000)
  const { ask } = open(() => fail({ stage: 'guest-init', message, next: message, detail: message }))
  expect(await ask(start)).toMatchObject({
    type: 'failed',
    fault: { stage: 'guest-init', message: expect.stringContaining('characters more') },
  })
})

test('a result of any length is answered', async () => {
  const { ask } = open(begins)
  expect(await ask(start)).toMatchObject({ type: 'started' })
  expect(await ask({ type: 'call', expression: 'text()' })).toMatchObject({
    type: 'called',
    value: { result: { tag: 'ok', wave: expect.stringMatching(/ more$/) } },
  })
})

test('a mistake at the end of a long call is a fault of the call', async () => {
  const { ask } = open(begins)
  await ask(start)
  expect(await ask({ type: 'call', expression: `text("${'x'.repeat(caps.text)}")` })).toMatchObject({
    type: 'failed',
    fault: { stage: 'call' },
    alive: true,
  })
})

test.each<RequestBody>([
  { type: 'call', expression: 'boom()' },
  { type: 'burst', expression: 'boom()', count: 2 },
])('a $type that traps is answered with the memory that the instance had', async (body) => {
  const { ask } = open(begins)
  await ask(start)
  expect(await ask(body)).toMatchObject({ type: 'failed', alive: false, memoryBytes: 131_072 })
})

test.each<readonly [string, RequestBody]>([
  ['of an unknown export', { type: 'call', expression: 'bang()' }],
  ['with a handle that is not there', { type: 'call', expression: 'take(%9)' }],
  ['of an unknown export, measured', { type: 'burst', expression: 'bang()', count: 2 }],
  ['of a program that is not there', { type: 'command' }],
])('a call that is never made is answered without memory: %s', async (_, body) => {
  const { ask } = open(begins)
  await ask(start)
  const answer = await ask(body)
  expect(answer).toMatchObject({ type: 'failed', fault: { stage: 'call' }, alive: true })
  expect(answer).not.toHaveProperty('memoryBytes')
})

test('a call of an instance that has ended is answered without memory', async () => {
  const { ask } = open(begins)
  await ask(start)
  await ask({ type: 'call', expression: 'boom()' })
  const answer = await ask({ type: 'call', expression: 'text()' })
  expect(answer).toMatchObject({ type: 'failed', alive: false })
  expect(answer).not.toHaveProperty('memoryBytes')
})

test('a drop that traps is no call: it is answered without memory', async () => {
  const { ask } = open(begins)
  await ask(start)
  await ask({ type: 'call', expression: 'make()' })
  const answer = await ask({ type: 'drop', handle: 1 })
  expect(answer).toMatchObject({ type: 'failed', fault: { stage: 'trap' }, alive: false })
  expect(answer).not.toHaveProperty('memoryBytes')
})

test('what the top-level code writes is seen, also when it fails, and what is dropped is counted', async () => {
  const { ask, messages } = open((_, __, ___, onConsole) => {
    onConsole?.({ stream: 'stdout', text: 'one\n' })
    onConsole?.({ stream: 'stderr', text: 'x'.repeat(2000) })
    onConsole?.({ stream: 'stdout', text: 'lost\n' })
    return fail({ stage: 'guest-init', message: 'm', next: 'n' })
  })
  expect(await ask(start)).toMatchObject({ type: 'failed' })
  const chunks = messages.flatMap((message) => (message.type === 'output' ? message.chunks : []))
  expect(chunks.every(({ phase }) => phase === 'init')).toBe(true)
  const sum = (stream: string) => chunks.filter((c) => c.stream === stream)
  expect(
    sum('stdout')
      .map(({ text }) => text)
      .join(''),
  ).toBe('one\n')
  expect(
    sum('stderr')
      .map(({ text }) => text)
      .join(''),
  ).toBe('x'.repeat(1020))
  expect(chunks.reduce((all, { dropped }) => all + dropped, 0)).toBe(2001 - 1020 + 5)
})

test('a snapshot that the page would not take is refused before it is made, and the run goes on', async () => {
  const state = vi.fn(guest.state)
  const large = { ...guest, stateBytes: () => caps.snapshotBytes + 1, state }
  const { ask } = open(() => succeed(large))
  await ask(start)
  expect(await ask({ type: 'snapshot' })).toMatchObject({ type: 'failed', fault: { stage: 'build' }, alive: true })
  expect(state).not.toHaveBeenCalled()
})

test('a snapshot that turns out too large is refused as well', async () => {
  const bytes = new Uint8Array(caps.snapshotBytes + 1)
  const { ask } = open(() => succeed({ ...guest, state: () => bytes }))
  await ask(start)
  expect(await ask({ type: 'snapshot' })).toMatchObject({ type: 'failed', fault: { stage: 'build' }, alive: true })
})

test('an answer that cannot be sent is a fault, and what is asked next is answered', async () => {
  const messages: FromSandbox[] = []
  const { receive } = createSession({
    engines: { e: { id: 'e', load: async () => ({ initialise: begins, rehearsal: () => undefined }) } },
    frame: { begin() {}, check() {} },
    post: (message) => {
      if (message.type === 'answer' && message.answer.type === 'snapshot') throw new RangeError('out of memory')
      messages.push(message)
    },
  })
  const bodies: RequestBody[] = [start, { type: 'snapshot' }, start]
  for (const [id, body] of bodies.entries()) receive({ ...body, run: 1, id })
  await vi.waitFor(() =>
    expect(messages.flatMap((message) => (message.type === 'answer' ? [message.answer.type] : []))).toEqual([
      'started',
      'failed',
      'started',
    ]),
  )
})

test('a sandbox that is told what comes goes through it once, and nothing of that is seen', async () => {
  const initialise = vi.fn(begins)
  const { ask, messages, receive } = open(initialise)
  receive({ type: 'preload', suspends: false, subject: start.subject, limits: start.limits })
  await vi.waitFor(() => expect(initialise).toHaveBeenCalledTimes(1))
  expect(initialise.mock.calls[0]?.slice(0, 2)).toEqual([prepared, 'REHEARSAL'])
  expect(await ask({ type: 'call', expression: 'text()' })).toMatchObject({ type: 'failed', fault: { stage: 'call' } })
  expect(await ask(start)).toMatchObject({ type: 'started' })
  expect(messages.map(({ type }) => type)).toEqual(['hello', 'answer', 'answer'])
})

test('a rehearsal that fails leaves the sandbox as it was', async () => {
  const initialise = vi.fn(begins)
  initialise.mockImplementationOnce(() => {
    throw new RangeError('out of memory')
  })
  const { ask, receive } = open(initialise)
  receive({ type: 'preload', suspends: false, subject: start.subject, limits: start.limits })
  expect(await ask(start)).toMatchObject({ type: 'started' })
})
