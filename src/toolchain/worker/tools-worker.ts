import { fail } from '../../contract/fault.ts'
import type { Outcome } from '../../contract/fault.ts'
import type { HollowEngine } from '../engines/quickjs/prepare.ts'
import { BrowserTools } from '../jco/browser.ts'
import type { Envelope, HollowReference, Reply, ToolsRequest } from './protocol.ts'
import { assemble, prepare } from './tools-operations.ts'

/** The heavy worker: jco's tools. Made to be ended at any time; it keeps nothing that cannot be fetched again. */

let current = 0
const tools = new BrowserTools((part, loaded) => post({ id: current, kind: 'loading', part, loaded }))
const hollows = new Map<string, Promise<Uint8Array>>()
/** Requests come one after the other: the page waits for an answer before it sends the next. */
self.addEventListener('message', (event: MessageEvent<Envelope<ToolsRequest>>) => {
  void answer(event.data)
})

async function answer(request: Envelope<ToolsRequest>): Promise<void> {
  const { id } = request
  current = id
  try {
    const work = await ready(request)
    post({ id, kind: 'started' })
    const outcome = work()
    post({ id, kind: 'done', outcome })
  } catch (thrown) {
    if (thrown instanceof LoadFailure) {
      const { message } = thrown
      const next = 'Check the connection and run again.'
      post({
        id,
        kind: 'done',
        outcome: fail({
          stage: 'load',
          message: 'A part of the toolchain could not be fetched.',
          next,
          detail: message,
        }),
      })
    } else post({ id, kind: 'broken', message: describe(thrown) })
  }
}

/** Loads what a request needs, and gives the work that is left. */
async function ready(request: ToolsRequest): Promise<() => Outcome<unknown>> {
  switch (request.op) {
    case 'prepare': {
      // The engine first: it is small, and its fetch must not be counted as the tools'.
      const wasm = await loading(hollowEngine(request.hollow))
      const { variant, hash, facts } = request.hollow
      const hollow: HollowEngine = { variant, hash, facts, wasm }
      const all = await loading(tools.load())
      return () => prepare(all, hollow, request)
    }
    case 'assemble': {
      const wasmTools = await loading(tools.loadWasmTools())
      return () => assemble(wasmTools, request)
    }
  }
}

class LoadFailure extends Error {}

const loading = <T>(work: Promise<T>): Promise<T> =>
  work.catch((thrown: unknown) => {
    throw new LoadFailure(describe(thrown))
  })

function hollowEngine({ url }: HollowReference): Promise<Uint8Array> {
  const known = hollows.get(url)
  if (known !== undefined) return known
  const fetched = fetch(url).then(async (response) => {
    if (!response.ok) throw new Error(`${url} answered ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  })
  hollows.set(url, fetched)
  return fetched
}

const describe = (thrown: unknown): string =>
  thrown instanceof Error ? `${thrown.message}\n${thrown.stack}` : String(thrown)

function post(reply: Reply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  self.postMessage(reply)
}
