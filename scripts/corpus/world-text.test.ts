import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeWorld } from '../../src/component/decode-world.ts'
import { worldText } from '../../src/component/wit-text.ts'
import { loadWasmTools, type WasmTools } from '../../src/component/testing/wasm-tools.ts'
import { missingCorpora } from './files.ts'
import { randomWorld } from './random-world.ts'
import { corpusCases, type Embed, faultsOfText, faultsOfWorld, isSame, sourceWorlds } from './world-text.ts'

let tools: WasmTools

beforeAll(async () => {
  tools = await loadWasmTools()
})

const core = (witSource: string, world: string): Uint8Array =>
  tools.componentEmbed({ witSource, world, dummy: true, features: { tag: 'all' } })
const embed: Embed = async (text, world) => core(text, world)

describe.skipIf(missingCorpora().length > 0)('worlds of the corpora (needs CORPORA)', () => {
  it.each(['wit/worlds/resource-alias.wit', 'wasi/0.2.12/http', 'wasi/0.3.0/http'])(
    'decoded, and as text: %s',
    async (file) => {
      const found = corpusCases().find(({ name }) => name === file)
      const worlds = sourceWorlds(found?.files ?? {})
      expect(worlds.length).toBeGreaterThan(0)
      for (const { selector, text, resolved } of worlds) {
        const world = decodeWorld(core(text, selector))
        expect(isSame(world, resolved)).toBe(true)
        expect(await faultsOfText(world, embed)).toEqual([])
      }
    },
  )
})

describe('the text of random worlds', () => {
  it('has no mistakes, is formatted, and resolves as the same world', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), (seed, size) => {
        const world = randomWorld(seed, size)
        expect(faultsOfWorld(world)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('embeds as the same world', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const world = randomWorld(seed, 3)
      const again = decodeWorld(core(worldText(world), 'world-of-all'))
      expect(isSame(again, world)).toBe(true)
      expect(await faultsOfText(again, embed)).toEqual([])
    }
  })

  it('tells worlds apart', () => {
    const world = randomWorld(7, 4)
    expect(isSame(world, randomWorld(7, 4))).toBe(true)
    expect(isSame(world, { ...world, imports: world.imports.slice(1) })).toBe(false)
  })
})
