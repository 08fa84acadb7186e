import { readFile } from 'node:fs/promises'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Example } from '../src/project/examples/example.ts'
import { examples } from '../src/project/examples/index.ts'
import { readExample } from '../src/project/examples/read.ts'
import { guestLib } from '../src/ui/editor/guest-lib.ts'
import { serviceOf } from '../src/ui/editor/service.fixture.ts'

/**
 * The shipped examples are what people copy, so their TypeScript fits the types that jco generates for their worlds,
 * under the options and the engine declarations that the editor uses.
 */

const jco = new URL('../node_modules/@bytecodealliance/', import.meta.url)
const wasi = ['cli', 'clocks', 'filesystem', 'http', 'io', 'random', 'sockets']
let wasiPackages = ''

/** A package file as a nested package, so that one text can hold several. */
const nested = (text: string): string => `${text.replace(/^package ([^;]*);/m, 'package $1 {')}\n}\n`

async function guestTypes(wit: string): Promise<Record<string, string>> {
  const tools = await import(new URL('jco-transpile/vendor/js-component-bindgen-component.js', jco).href)
  await tools.$init
  const files: [string, Uint8Array][] = tools.generateTypes('world', {
    wit: { tag: 'source', val: wit.includes('wasi:') ? wit + wasiPackages : wit },
    guest: true,
    features: { tag: 'list', val: [] },
    tlaCompat: false,
    flagsAsBigint: false,
    variantsInlineCases: false,
    useNamespaceObjects: false,
    enumValuesScreamingSnakeCase: false,
  })
  const decoder = new TextDecoder()
  return Object.fromEntries(files.map(([path, bytes]) => [`/guest/${path}`, decoder.decode(bytes)]))
}

function problemsOf(files: Readonly<Record<string, string>>): string[] {
  const service = serviceOf(files)
  return Object.keys(files)
    .flatMap((file) => [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)])
    .map((each) => `${each.file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(each.messageText, '\n')}`)
}

async function problemsOfExample(example: Example, main?: string): Promise<string[]> {
  const project = await readExample(example)
  return problemsOf({
    ...(await guestTypes(project.files['world.wit'] ?? '')),
    '/guest/engine.d.ts': guestLib,
    '/guest/main.ts': main ?? project.files['main.ts'] ?? '',
  })
}

beforeAll(async () => {
  for (const name of wasi) {
    wasiPackages += nested(await readFile(new URL(`jco/lib/wit/builtin/0.2.12/wasi-${name}/package.wit`, jco), 'utf8'))
  }
})

describe('the shipped examples', () => {
  it.each(examples)('$id fits its world', async (example) => {
    expect(await problemsOfExample(example)).toEqual([])
  })

  it('would notice a wrong type', async () => {
    const hello = examples[0]
    if (!hello) throw new Error('there is no example')
    const wrong = 'export const greet: typeof import("demo:hello/hello").greet = (name) => name.length'
    expect(await problemsOfExample(hello, wrong)).not.toEqual([])
  })

  it('would notice a browser API that the engine does not have', async () => {
    const hello = examples[0]
    if (!hello) throw new Error('there is no example')
    expect(await problemsOfExample(hello, 'document.title = "x"; export {}')).not.toEqual([])
  })
})
