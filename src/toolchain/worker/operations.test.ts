import { beforeAll, expect, test } from 'vitest'
import { builtinWit } from '../../../scripts/generate/builtin-wit.ts'
import { splitAroundCoreModule } from '../../wasm/components.ts'
import { decodePrepared } from '../cache/prepared-codec.ts'
import { bakeAll } from '../engines/quickjs/bake-node.ts'
import { hollowImage } from '../engines/quickjs/image.ts'
import { loadTools } from '../jco/node.ts'
import type { JcoTools } from '../jco/tools.ts'
import { assemble, prepare } from './tools-operations.ts'
import { assembleWit } from '../wit/source.ts'

const builtin = builtinWit()
let tools: JcoTools
beforeAll(async () => {
  tools = await loadTools()
})

test('a world is prepared, and the engine in its shell is a component that is valid', async () => {
  const { base } = await bakeAll()
  const wit = assembleWit(
    {
      'world.wit':
        'package demo:app@1.0.0;\nworld app { import wasi:cli/stdout@0.2.3; export greet: func(name: string) -> string; }',
    },
    undefined,
    builtin,
  )
  if (!wit.ok) throw new Error(wit.fault.message)
  const { hash } = base
  const version = '0.0.1'
  expect(prepare(tools, hollowImage(base), { engine: 'other', version }, wit.value)).toMatchObject({
    ok: false,
    fault: { stage: 'project', message: 'There is no engine other.', next: 'Choose one of these: quickjs.' },
  })
  const made = prepare(tools, hollowImage(base), { engine: base.id, version }, wit.value)
  const prepared = made.ok ? decodePrepared(made.value) : undefined
  if (prepared === undefined) throw new Error('it cannot be read')
  expect(prepared.engineHash).toBe(hash)
  expect(prepared.world.exports.map(({ name }) => name)).toEqual(['greet'])

  const { shell, transpiled } = prepared
  const hollow = hollowImage(base).wasm
  const component = assemble(tools, { op: 'assemble', ...shell, core: hollow })
  if (!component.ok) throw new Error(`${component.fault.message} ${component.fault.detail}`)
  expect(component.value.wit).toContain('export greet: func(name: string) -> string;')
  expect(component.value.wit).toContain('import wasi:cli/stdout@0.2.3;')
  expect(splitAroundCoreModule(component.value.bytes).core).toEqual(hollow)
  expect(Object.keys(transpiled.cores)).not.toContain(transpiled.engineCore)

  const damaged = hollow.slice()
  damaged.fill(0xff, damaged.length - 40)
  expect(assemble(tools, { op: 'assemble', ...shell, core: damaged })).toMatchObject({
    ok: false,
    fault: { stage: 'build', message: 'Core module 0 of the component is not valid.' },
  })
  const foreign = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
  expect(assemble(tools, { op: 'assemble', ...shell, core: foreign })).toMatchObject({
    ok: false,
    fault: { stage: 'build', message: 'The component is not valid.' },
  })
})
