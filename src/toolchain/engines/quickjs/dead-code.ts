import { parseCoreModule } from '../../../wasm/core-module.ts'
import { eachBody, walkBody } from '../../../wasm/instructions.ts'
import { BinaryReader } from '../../../wasm/reader.ts'
import { mapSections } from '../../../wasm/rewrite.ts'
import { sectionIds } from '../../../wasm/sections.ts'
import { concat, uleb, vectorSection, type Bytes } from '../../../wasm/writer.ts'

/** Size 3: no locals, unreachable, end. */
const unreachable = new Uint8Array([3, 0, 0x00, 0x0b])

/**
 * The module with the bodies of functions that cannot be called any more replaced by a trap. The engine exports nearly
 * all of its interface; what nobody reaches after the exports were pruned is a tenth of its code. Functions keep their
 * indices. Roots are the exports, the elements of the table and the start function.
 */
export function dropDeadCode(bytes: Uint8Array): Uint8Array {
  const module = parseCoreModule(bytes)
  const code = module.sections.find(({ id }) => id === sectionIds.core.code)
  if (!code) return bytes
  const calls: number[][] = []
  const bodies: Bytes[] = []
  eachBody(new BinaryReader(bytes, code.body, code.end), (body) => {
    const content = bytes.subarray(body.offset, body.end)
    const called: number[] = []
    walkBody(body, {
      index(space, value) {
        if (space === 'function') called.push(value)
      },
    })
    calls.push(called)
    bodies.push(concat([uleb(content.length), content]))
  })
  const live = new Set<number>()
  const pending = [
    ...module.exports.flatMap(({ kind, index }) => (kind === 'function' ? [index] : [])),
    ...module.elements.flatMap(({ functions }) => functions ?? []),
    ...(module.start === undefined ? [] : [module.start]),
  ]
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    if (live.has(index)) continue
    live.add(index)
    pending.push(...(calls[index - module.imported.function] ?? []))
  }
  const kept = bodies.map((body, i) => (live.has(i + module.imported.function) ? body : unreachable))
  return concat(mapSections(module, ({ id }) => (id === sectionIds.core.code ? vectorSection(id, kept) : undefined)))
}
