import { expect, test } from 'vitest'
import { succeed } from '../../contract/fault.ts'
import type { Envelope, LanguageRequest, Reply } from './protocol.ts'
import { serveRequests } from './serve.ts'
import type { Ready } from './serve.ts'

/** What is answered to one request. */
async function replies(ready: Ready<LanguageRequest>): Promise<Reply[]> {
  const posted: Reply[] = []
  let send: (event: { readonly data: Envelope<LanguageRequest> }) => void = () => {}
  serveRequests<LanguageRequest>(
    { addEventListener: (_, listener) => (send = listener), postMessage: (reply) => void posted.push(reply) },
    ready,
  )
  send({ data: { id: 7, op: 'compile', files: {}, entry: 'main.ts' } })
  await new Promise((resolve) => setImmediate(resolve))
  return posted
}

test('an answer carries the number of its request, and says when the work starts', async () => {
  expect(await replies(async (request) => () => succeed(request.op))).toEqual([
    { id: 7, kind: 'started' },
    { id: 7, kind: 'done', outcome: { ok: true, value: 'compile' } },
  ])
})

test('what cannot be loaded is a fault, and nothing is broken', async () => {
  const [only, ...others] = await replies(async () => {
    throw new TypeError('no network')
  })
  expect(only).toMatchObject({ id: 7, kind: 'done', outcome: { ok: false, fault: { stage: 'load' } } })
  expect(others).toEqual([])
})

test('work that throws has broken the worker', async () => {
  const ready: Ready<LanguageRequest> = async () => () => {
    throw new WebAssembly.RuntimeError('unreachable')
  }
  expect(await replies(ready)).toMatchObject([
    { id: 7, kind: 'started' },
    { id: 7, kind: 'broken', message: expect.stringContaining('unreachable') },
  ])
})
