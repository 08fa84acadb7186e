import { describe, expect, it } from 'vitest'
import { componentParts, groupBytes, type Part } from './component-parts.ts'
import { assemble, component, custom, exampleModule, exampleSections } from './example-module.ts'
import { MalformedBinary } from './reader.ts'
import { concat, name, section, vectorSection } from './writer.ts'

const coreModule = (bytes: Uint8Array): ReturnType<typeof section> => section(1, [bytes])
const nested = (bytes: Uint8Array): ReturnType<typeof section> => section(4, [bytes])
const names = custom(
  'component-name',
  concat(section(1, [[0x00, 0x11], [2], [0], name('main'), [1], name('wit-component:adapter:glue')])),
)

const leaves = (part: Part): Part[] => part.parts?.flatMap(leaves) ?? [part]
const sum = (parts: readonly Part[]): number => parts.reduce((all, { bytes }) => all + bytes, 0)
const everyPart = (part: Part): Part[] => [part, ...(part.parts?.flatMap(everyPart) ?? [])]
const find = (part: Part, title: string): Part | undefined => everyPart(part).find((each) => each.name === title)

const whole = component(
  coreModule(exampleModule),
  section(7, [[0]]),
  nested(component(coreModule(assemble(custom('inner', [1, 2]))))),
  coreModule(assemble(exampleSections.type)),
  coreModule(assemble()),
  names,
)

describe('the parts of a component', () => {
  const parts = componentParts(whole)

  it('add up to its bytes, at every level', () => {
    expect(parts.bytes).toBe(whole.length)
    for (const part of everyPart(parts)) if (part.parts) expect(sum(part.parts)).toBe(part.bytes)
    expect(sum(leaves(parts))).toBe(whole.length)
    const groups = groupBytes(parts)
    expect(Object.values(groups).reduce((all, bytes) => all + bytes, 0)).toBe(whole.length)
    for (const part of leaves(parts)) expect(part.group).toBeDefined()
  })

  it('are named as the component names its modules, and by number where it does not', () => {
    const modules = everyPart(parts).filter(({ kind }) => kind === 'module')
    expect(modules.map((part) => part.name)).toEqual([
      'main',
      'core module 0',
      'wit-component:adapter:glue',
      'core module 2',
    ])
    expect(find(parts, 'main')?.parts?.map((part) => part.name)).toContain('code')
    expect(find(parts, 'inner')?.group).toBe('notes')
  })

  it('are told apart by what they are for', () => {
    const groups = groupBytes(parts)
    const length = (sections: readonly (Uint8Array | readonly number[])[]): number => concat([...sections]).length
    expect(groups.data).toBe(length(exampleSections.data))
    expect(groups['guest-data']).toBe(0)
    expect(groups.glue).toBe(length(coreModule(assemble(exampleSections.type))))
    expect(groups.notes).toBe(length(names) + length(custom('inner', [1, 2])) + length(exampleSections.custom))
  })
})

describe('the data of the main module', () => {
  const segment = (at: number, ...content: readonly number[]) => [0, 0x41, at, 0x0b, content.length, ...content]
  const moduleWith = (...segments: readonly number[][]) =>
    assemble(vectorSection(5, [[0, 1]]), vectorSection(11, segments))
  const image = moduleWith(segment(16, 1, 2, 3, 4), segment(32, 9))

  it('is split into what the engine brought and what came from the guest', () => {
    const guest = moduleWith(segment(16, 1, 2, 7, 4, 0, 5))
    const parts = componentParts(component(coreModule(guest)), { image })
    expect(find(parts, 'added or changed by the guest')?.bytes).toBe(3)
    expect(sum(find(parts, 'data')?.parts ?? [])).toBe(find(parts, 'data')?.bytes)
    expect(groupBytes(parts)['guest-data']).toBe(3)
  })

  it('is the guest’s with its address where the engine had none of it', () => {
    const guest = moduleWith(segment(16, 1, 2, 3, 4), segment(60, 0, 0, 1))
    expect(groupBytes(componentParts(component(coreModule(guest)), { image }))['guest-data']).toBe(3 + 5)
  })

  it('is the guest’s beyond the memory of the engine', () => {
    const grown = assemble(
      vectorSection(5, [[0, 2]]),
      vectorSection(11, [segment(16, 1, 2, 3, 4), [0, 0x41, 0x80, 0x80, 0x04, 0x0b, 2, 0, 3]]),
    )
    expect(groupBytes(componentParts(component(coreModule(grown)), { image }))['guest-data']).toBe(2 + 7)
  })

  it('is not split where it is not known what the engine brought', () => {
    expect(find(componentParts(component(coreModule(image))), 'data')?.parts).toBeUndefined()
    const odd = componentParts(component(coreModule(image)), { image: assemble() })
    expect(find(odd, 'data')?.parts).toBeUndefined()
  })
})

describe('what is no component', () => {
  it('is refused', () => {
    expect(() => componentParts(exampleModule)).toThrow(MalformedBinary)
    expect(() => componentParts(component(coreModule(Uint8Array.of(1, 2, 3))))).toThrow(MalformedBinary)
  })

  it('may nest deeper than is looked into', () => {
    let deep = component(coreModule(exampleModule))
    for (let i = 0; i < 3000; i++) deep = component(nested(deep))
    expect(sum(leaves(componentParts(deep)))).toBe(deep.length)
  })

  it('may have broken names', () => {
    const broken = component(coreModule(exampleModule), custom('component-name', [1, 50, 0, 0x11]))
    expect(find(componentParts(broken), 'core module 0')?.kind).toBe('module')
  })
})
