import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { EngineImage } from '../../engine.ts'
import { bakeImage, type EngineSource } from './image.ts'
import { variants, type Variant } from './variants.ts'

/** Both images of the engine, made from the installed package. Node only: runs when the project is generated. */
export async function bakeAll(): Promise<Record<Variant, EngineImage>> {
  const source = await readEngineSource()
  return { base: await bakeImage(source, 'base'), url: await bakeImage(source, 'url') }
}

export async function readEngineSource(): Promise<EngineSource> {
  const root = dirname(createRequire(import.meta.url).resolve('quickjs-wasi/package.json'))
  const names = [...new Set(Object.values(variants).flat())]
  const quickjs = await readFile(join(root, 'quickjs.wasm'))
  const extensions = await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(root, 'extensions', name, `${name}.so`)) })),
  )
  return { quickjs, extensions }
}
