// jco's tools in a process of their own: a trap breaks them for good, and some input makes them hang.
// Answers { id, kind, ... } to { id, kind, text, world } in turn.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const bindgenPath = createRequire(import.meta.url).resolve('@bytecodealliance/jco-transpile/component')
const [bindgen, wasmTools] = await Promise.all(
  [bindgenPath, join(dirname(bindgenPath), 'wasm-tools.js')].map((path) => import(pathToFileURL(path).href)),
)
await Promise.all([bindgen.$init, wasmTools.$init])
const { tools } = wasmTools

const componentType = 'component-type'

/** The payload of the custom section that says what the world is. */
const worldPayload = (core) => {
  let at = 8
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = core[at++]
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
  while (at < core.length) {
    const id = core[at++]
    const size = number()
    const end = at + size
    if (id === 0) {
      const length = number()
      const name = new TextDecoder().decode(core.subarray(at, at + length))
      if (name.startsWith(componentType)) return core.slice(at + length, end)
    }
    at = end
  }
  throw new Error(`no ${componentType} section`)
}

const embed = (text, world, all) =>
  tools.componentEmbed({ witSource: text, world, dummy: true, ...(all && { features: { tag: 'all' } }) })

const kinds = {
  /** Whether the text is accepted, as far as the component that is made of it. */
  accepts({ text, world }) {
    tools.componentNew(embed(text, world, false), [])
    return {}
  },
  /** All packages as they resolve, as canonical text. */
  canonical({ text, world }) {
    return { files: Object.fromEntries(bindgen.unpackWit(undefined, worldPayload(embed(text, world, true)))) }
  },
  /** The core module in which the world is embedded. */
  embedded({ text, world }) {
    return { files: { core: Buffer.from(embed(text, world, true)).toString('base64') } }
  },
  /** Known to hang. */
  hang() {
    const val = 'package a:b; interface i { f: func(x: list<u8, 0>); } world w { import i; }'
    bindgen.generateTypes('x', { wit: { tag: 'source', val }, world: 'w', instantiation: undefined })
    return {}
  },
}

process.on('message', (request) => {
  const { id, kind } = request
  try {
    process.send({ id, ok: true, ...kinds[kind](request) })
  } catch (error) {
    const payload = error instanceof Error && typeof error.payload === 'string' ? error.payload : undefined
    process.send({ id, ok: false, trap: payload === undefined, message: payload ?? String(error) })
  }
})
process.send({ id: 0, ok: true })
