import { assert, integer, json, property, string } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { readEngineSource } from '../../engines/quickjs/bake-node.ts'
import { defaultInterrupts, quickJsGuestEngine } from '../../engines/quickjs/guest.ts'
import { bakeImage } from '../../engines/quickjs/image.ts'
import type { EngineImage } from '../../engine.ts'
import { compileTypeScript } from './compile.ts'
import { jsonErrorOffset } from './json.ts'

const memoryPages = 512
let image: EngineImage
beforeAll(async () => {
  image = await bakeImage(await readEngineSource(), 'base')
}, 60_000)

test('a JSON file is imported as its value in the engine', async () => {
  const text = '{ "n": [1, -0.5e1, "\\u2028\u2028\\"`${x}"], "__proto__": { "polluted": true }, "constructor": null }'
  const compiled = compileTypeScript(
    {
      'main.ts': "import data from './data.json'\nconsole.log(JSON.stringify(data), data.polluted)",
      'data.json': text,
    },
    'main.ts',
  )
  if (!compiled.ok) throw new Error(compiled.fault.message)
  const engine = await quickJsGuestEngine.load(image, memoryPages)
  let written = ''
  const result = engine.initialise(
    {
      engine: image.id,
      variant: image.variant,
      engineHash: image.hash,
      world: { imports: [], exports: [] },
      guestTypes: {},
      transpiled: { js: '', cores: {}, engineCore: '' },
      shell: { before: new Uint8Array(), after: new Uint8Array() },
      binding: { atoms: [], hostFunctions: [], exports: [], modules: {}, setup: '' },
    },
    compiled.value.source,
    { memoryPages, interrupts: defaultInterrupts },
    (line) => (written += line.text),
  )
  expect(result).toMatchObject({ ok: true })
  expect(written).toBe(`${JSON.stringify(JSON.parse(text))} undefined\n`)
})

test.each([
  ['{ "a": }', 1, 8, '"}"'],
  ['{\n  "a": 1,\n}', 3, 1, '"}"'],
  ['[1, 2', 1, 6, 'too early'],
  ['', 1, 1, 'too early'],
  ['{} {}', 1, 4, '"{"'],
  ["['a']", 1, 2, '"\'"'],
  ['{ "a" 1 }', 1, 7, '"1"'],
  ['[01]', 1, 3, '"1"'],
  ['"a\\x"', 1, 1, '"\\""'],
])('the place of what is wrong is named: %s', (text, line, column, next) => {
  const compiled = compileTypeScript({ 'main.ts': "import d from './d.json'; d", 'd.json': text }, 'main.ts')
  expect(compiled).toMatchObject({
    ok: false,
    fault: { stage: 'source', message: 'd.json is not JSON.', place: { file: 'd.json', line, column } },
  })
  expect(compiled.ok ? '' : compiled.fault.next).toContain(next)
})

test('a text has a place where it stops being JSON exactly if it is none', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  assert(
    property(
      json(),
      integer({ min: 0 }),
      string({ maxLength: 2 }),
      integer({ min: 0, max: 2 }),
      (text, at, put, cut) => {
        const start = at % (text.length + 1)
        const changed = text.slice(0, start) + put + text.slice(start + cut)
        for (const one of [text, changed]) expect(jsonErrorOffset(one) === undefined, one).toBe(isJson(one))
      },
    ),
    { numRuns: 1000 },
  )
})
