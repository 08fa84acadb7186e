import type { Outcome } from '../../contract/fault.ts'
import type { HollowEngine } from '../engine.ts'
import { BrowserTools } from '../jco/browser.ts'
import { assembleWit } from '../wit/source.ts'
import type { HollowReference, Reply, ToolsRequest } from './protocol.ts'
import { serveRequests } from './serve.ts'
import { assemble, declare, prepare } from './tools-operations.ts'

/** The heavy worker: jco's tools. Made to be ended at any time; it keeps nothing that cannot be fetched again. */

/** Requests come one after the other: the page waits for an answer before it sends the next. */
let current = 0
const tools = new BrowserTools((part, loaded) => {
  const reply: Reply = { id: current, kind: 'loading', part, loaded }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  self.postMessage(reply)
})
const hollows = new Map<string, Promise<Uint8Array>>()

serveRequests<ToolsRequest>(self, async (request): Promise<() => Outcome<unknown>> => {
  current = request.id
  switch (request.op) {
    case 'declare':
    case 'prepare': {
      // Nobody waits for the tools where the WIT alone is at fault.
      const { builtinWit } = await import('./builtin-wit.ts')
      const builtin = builtinWit()
      let wit: ReturnType<typeof assembleWit>
      try {
        wit = assembleWit(request.wit, request.world, builtin)
      } catch (thrown) {
        // Thrown again as work: it is no part that could not be fetched.
        return () => {
          throw thrown
        }
      }
      if (!wit.ok) return () => wit
      if (request.op === 'declare') {
        const all = await tools.load()
        return () => declare(all, request, wit.value)
      }
      // The engine before the tools: it is small, and its fetch must not be counted as theirs.
      const wasm = await hollowEngine(request.hollow)
      const { variant, hash, facts } = request.hollow
      const hollow: HollowEngine = { variant, hash, facts, wasm }
      const all = await tools.load()
      return () => prepare(all, hollow, request, wit.value)
    }
    case 'assemble': {
      const wasmTools = await tools.loadWasmTools()
      return () => assemble(wasmTools, request)
    }
  }
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
