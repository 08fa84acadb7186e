import { beforeAll, describe, expect, it } from 'vitest'
import type { EngineImage } from '../../engine.ts'
import { readEngineSource } from './bake-node.ts'
import { engineFunctions } from './control.ts'
import { ChangedEngine, checkEngineShape, imageExports } from './engine-shape.ts'
import { parseFacts } from './facts.ts'
import { bakeImage, hollowImage, type EngineSource } from './image.ts'
import type { Variant } from './variants.ts'
import { renameImportModules } from '../../../wasm/rewrite.ts'

let source: EngineSource
beforeAll(async () => {
  source = await readEngineSource()
})

describe.each(['base', 'url'] satisfies Variant[])('the image %s', (variant) => {
  let image: EngineImage
  beforeAll(async () => {
    image = await bakeImage(source, variant)
  }, 60_000)

  it('is the same each time', async () => {
    const again = await bakeImage(source, variant)
    expect(again.hash).toBe(image.hash)
    expect(again.facts).toEqual(image.facts)
  })

  it('exports what the glue and the guest half use, and nothing else', () => {
    const module = new WebAssembly.Module(new Uint8Array(image.wasm))
    const names = WebAssembly.Module.exports(module).map(({ name }) => name)
    expect(new Set(names)).toEqual(imageExports)
    expect(names).toHaveLength(imageExports.size)
    expect(new Set(WebAssembly.Module.imports(module).map(({ module }) => module))).toEqual(new Set(['glue']))
  })

  it('has facts for every function of the glue', () => {
    const facts = parseFacts(JSON.parse(JSON.stringify(image.facts)))
    expect(facts).toEqual(image.facts)
    for (const name of engineFunctions) expect(facts.signatures[name], name).toBeDefined()
    expect(facts.control % 8).toBe(0)
  })

  it('has a hollow twin with the same interface', () => {
    const hollow = hollowImage(image)
    expect(hollow.hash).toBe(image.hash)
    expect(hollow.wasm.length).toBeLessThan(20_000)
    const names = WebAssembly.Module.exports(new WebAssembly.Module(new Uint8Array(hollow.wasm))).map(
      ({ name }) => name,
    )
    expect(new Set(names)).toEqual(new Set([...engineFunctions, 'memory']))
  })

  it('stays within its size', () => {
    expect(image.wasm.length).toBeLessThanOrEqual(variant === 'base' ? 820_000 : 1_150_000)
  })
})

describe('an engine that changed', () => {
  it('is refused by its hash', async () => {
    // A copy: `slice` of a Node buffer would be a view of it.
    const quickjs = new Uint8Array(source.quickjs)
    quickjs[quickjs.length - 1] = (quickjs.at(-1) ?? 0) ^ 1
    await expect(bakeImage({ ...source, quickjs }, 'base')).rejects.toThrow(ChangedEngine)
    await expect(bakeImage({ ...source, extensions: [] }, 'base')).rejects.toThrow(
      /extension structured-clone is absent/,
    )
  })

  it('is refused by its shape, which says what changed', () => {
    expect(() => checkEngineShape(source.quickjs)).not.toThrow()
    const renamed = renameImportModules(source.quickjs, (module) => (module === 'env' ? 'host' : module))
    expect(() => checkEngineShape(renamed)).toThrow(/import host\.host_get_timezone_offset is .*, not "absent"/)
    const [first] = source.extensions
    expect(() => checkEngineShape(first?.bytes ?? new Uint8Array())).toThrow(ChangedEngine)
  })
})
