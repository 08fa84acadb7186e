// npm run generate: everything in generated/, from the installed packages and the sources. What did not change is kept.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { builtinWit } from './generate/builtin-wit.ts'
import { documentedWit } from './generate/documented-wit.ts'
import { engineImages } from './generate/engine-images.ts'
import { preparedExamples } from './generate/prepared-examples.ts'
import { contentHash, packageVersion, readOutput, Stamps, writeJson } from './generate/outputs.ts'
import { wasiShims } from './generate/wasi-shims.ts'
import { toolSizes } from './generate/tool-sizes.ts'
import { toolsInputs } from './generate/tools-inputs.ts'

const began = performance.now()
const stamps = new Stamps()

const wit = builtinWit()
stamps.step('wasi-wit', [JSON.stringify(wit)], ['wasi-wit.json'], () => writeJson('wasi-wit.json', wit))

const documentedInputs = [
  JSON.stringify(wit),
  contentHash(['scripts/generate/documented-wit.ts'], Object.values(wasiShims).map(packageVersion)),
]
stamps.step('wasi-documented', documentedInputs, ['wasi-documented.json'], () =>
  writeJson('wasi-documented.json', documentedWit(wit)),
)

const engineInputs = [
  packageVersion('quickjs-wasi'),
  contentHash(['src/toolchain/engines/quickjs', 'src/wasm', 'scripts/generate/engine-images.ts']),
]
const engineFiles = ['engines.json', 'engine-base.wasm', 'engine-url.wasm', 'hollow-base.wasm', 'hollow-url.wasm']
await stamps.step('engines', engineInputs, engineFiles, engineImages)

const version = packageVersion('.')
const tools = {
  toolsVersion: contentHash(toolsInputs, [packageVersion('@bytecodealliance/jco-transpile'), JSON.stringify(wit)]),
  version,
  toolSizes: toolSizes(),
}
stamps.step('tools', [JSON.stringify(tools)], ['tools.json'], () => writeJson('tools.json', tools))

const exampleInputs = [
  JSON.stringify(tools),
  readOutput('engines.json'),
  contentHash([
    'src/project/examples',
    'src/toolchain/languages',
    'src/toolchain/resolution.ts',
    'src/toolchain/prepared-key.ts',
    'scripts/generate',
  ]),
]
await stamps.step('prepared', exampleInputs, ['prepared/index.json'], () =>
  preparedExamples({ builtin: wit, toolsVersion: tools.toolsVersion, version }),
)

stamps.save()
const made = stamps.made.length === 0 ? 'nothing changed' : stamps.made.join(', ')
console.log(`generated: ${made} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
if (!existsSync(join('generated', 'engines.json'))) process.exitCode = 1
