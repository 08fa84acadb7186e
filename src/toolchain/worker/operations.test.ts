import { beforeAll, expect, test } from 'vitest'
import { builtinWit } from '../../../scripts/generate/builtin-wit.ts'
import { splitAroundCoreModule } from '../../wasm/components.ts'
import { decodePrepared } from '../cache/prepared-codec.ts'
import { bakeAll } from '../engines/quickjs/bake-node.ts'
import { hollowImage } from '../engines/quickjs/image.ts'
import { loadTools } from '../jco/node.ts'
import type { JcoTools } from '../jco/tools.ts'
import { assemble, prepare } from './tools-operations.ts'
import { checkAndAssemble } from './wit-operations.ts'

const builtin = builtinWit()
let tools: JcoTools
beforeAll(async () => {
  tools = await loadTools()
})

test('WIT is checked before it is assembled, and a mistake has its place', () => {
  const found = checkAndAssemble(
    { 'world.wit': 'package demo:app;\nworld app {\n  import wasi:cli/stdout@0.2.3;\n  export f: func() -> nope;\n}' },
    undefined,
    builtin,
  )
  expect(found).toMatchObject({ ok: false, fault: { stage: 'wit', place: { file: 'world.wit', line: 4, column: 23 } } })
  expect(found.ok || 'severity' in found.fault).toBe(false)
})

test('a world is prepared, and the engine in its shell is a component that is valid', async () => {
  const { base } = await bakeAll()
  const wit = checkAndAssemble(
    {
      'world.wit':
        'package demo:app@1.0.0;\nworld app { import wasi:cli/stdout@0.2.3; export greet: func(name: string) -> string; }',
    },
    undefined,
    builtin,
  )
  if (!wit.ok) throw new Error(wit.fault.message)
  const { source: witSource, world } = wit.value
  const { variant, hash, facts } = base
  const request = {
    op: 'prepare',
    hollow: { variant, hash, facts, url: '' },
    witSource,
    world,
    version: '0.0.1',
  } as const
  expect(prepare(tools, hollowImage(base), { ...request, engine: 'other' })).toMatchObject({
    ok: false,
    fault: { stage: 'project', message: 'There is no engine other.', next: 'Choose one of these: quickjs.' },
  })
  const made = prepare(tools, hollowImage(base), { ...request, engine: base.id })
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
