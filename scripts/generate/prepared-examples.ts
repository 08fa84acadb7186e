import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { examples } from '../../src/project/examples/index.ts'
import { readExample } from '../../src/project/examples/read.ts'
import { defaultEngine, defaultEntry } from '../../src/project/project.ts'
import { parseEngines } from '../../src/toolchain/assets.ts'
import { encodePrepared } from '../../src/toolchain/cache/prepared-codec.ts'
import { findEngine } from '../../src/toolchain/engines/registry.ts'
import { loadTools } from '../../src/toolchain/jco/node.ts'
import { compileTypeScript } from '../../src/toolchain/languages/typescript/compile.ts'
import { preparedKey } from '../../src/toolchain/prepared-key.ts'
import type { BuiltinPackages } from '../../src/toolchain/wit/builtin.ts'
import { assembleWit, witFiles } from '../../src/toolchain/wit/source.ts'
import { outputPath, readOutput, writeJson, writeOutput } from './outputs.ts'

export interface PreparedExamplesInput {
  readonly builtin: BuiltinPackages
  readonly toolsVersion: string
  readonly version: string
}

/** The prepared world of every example, so that a first visit makes none: for the plain engine, and for the one it needs. */
export async function preparedExamples({ builtin, toolsVersion, version }: PreparedExamplesInput): Promise<void> {
  const engines = parseEngines(JSON.parse(readOutput('engines.json')))
  const tools = await loadTools()
  const index: Record<string, string> = {}
  for (const example of examples) {
    const project = await readExample(example)
    const wit = witFiles(project.files)
    const compiled = compileTypeScript(project.files, project.entry ?? defaultEntry)
    if (!compiled.ok) throw new Error(`example ${example.id}: ${compiled.fault.message}`)
    const assembled = assembleWit(wit, project.world, builtin)
    if (!assembled.ok) throw new Error(`example ${example.id}: ${assembled.fault.message}`)
    const { source: witSource, world } = assembled.value
    for (const engine of engines) {
      const { id, variant, hash, facts, hollowFile } = engine
      if (id !== (project.engine ?? defaultEngine) || !['base', compiled.value.variant].includes(variant)) continue
      const wasm = new Uint8Array(readFileSync(outputPath(hollowFile)))
      const found = findEngine(id)
      if (!found.ok) throw new Error(`example ${example.id}: ${found.fault.message}`)
      const prepared = found.value.prepare(tools, { variant, hash, wasm, facts }, { witSource, world, version })
      if (!prepared.ok)
        throw new Error(`example ${example.id}: ${prepared.fault.message} ${prepared.fault.detail ?? ''}`)
      const key = await preparedKey({ wit, world: project.world, engine: id, engineHash: hash, toolsVersion, version })
      const file = `${example.id}-${variant}.bin`
      writeOutput(`prepared/${file}`, encodePrepared(prepared.value))
      index[key] = file
    }
  }
  const current = new Set(['index.json', ...Object.values(index)])
  for (const file of readdirSync(outputPath('prepared'))) if (!current.has(file)) rmSync(outputPath(`prepared/${file}`))
  writeJson('prepared/index.json', index)
}
