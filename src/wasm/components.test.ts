import { describe, expect, it } from 'vitest'
import { coreModules, joinAroundCoreModule, splitAroundCoreModule } from './components.ts'
import { assemble, component, custom, exampleModule } from './example-module.ts'
import { MalformedBinary } from './reader.ts'
import { concat, section } from './writer.ts'

const empty = assemble()
const coreModule = (bytes: Uint8Array): ReturnType<typeof section> => section(1, [bytes])
const nested = (bytes: Uint8Array): ReturnType<typeof section> => section(4, [bytes])

const inner = component(coreModule(assemble(custom('inner', []))))
const whole = component(
  custom('before', [1]),
  coreModule(exampleModule),
  nested(inner),
  coreModule(empty),
  custom('z', []),
)

describe('a component', () => {
  it.each([0, 1])('is cut around core module %i and put together again', (index) => {
    const { before, core, after } = splitAroundCoreModule(whole, index)
    expect(core).toEqual(index === 0 ? exampleModule : empty)
    expect(joinAroundCoreModule(before, core, after)).toEqual(whole)
    expect(joinAroundCoreModule(before, [core.subarray(0, 3), core.subarray(3)], after)).toEqual(whole)
  })

  it('takes a core module of another size', () => {
    const { before, after } = splitAroundCoreModule(whole)
    const grown = concat([exampleModule, ...custom('more', new Uint8Array(500))])
    const joined = joinAroundCoreModule(before, grown, after)
    expect(splitAroundCoreModule(joined).core).toEqual(grown)
    expect(splitAroundCoreModule(joined, 1).core).toEqual(empty)
  })

  it('lists its core modules with the nested ones, in the order of the bytes', () => {
    expect(coreModules(whole)).toEqual([exampleModule, assemble(custom('inner', [])), empty])
    expect(coreModules(component())).toEqual([])
  })

  it('may nest deeper than the stack', () => {
    let deep = component(coreModule(empty))
    for (let i = 0; i < 3000; i++) deep = component(nested(deep))
    expect(coreModules(deep)).toEqual([empty])
  })

  it('is refused where it is none, or has no such core module', () => {
    expect(() => splitAroundCoreModule(exampleModule)).toThrow(MalformedBinary)
    expect(() => splitAroundCoreModule(whole, 2)).toThrow(MalformedBinary)
    expect(() => coreModules(exampleModule)).toThrow(MalformedBinary)
    expect(() => coreModules(component(coreModule(Uint8Array.of(1, 2, 3))))).toThrow(MalformedBinary)
  })
})
