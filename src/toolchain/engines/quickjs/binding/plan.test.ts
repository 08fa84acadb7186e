import { describe, expect, it } from 'vitest'
import type { FunctionType, ValueType, World } from '../../../../component/types.ts'
import { I32 } from './emitter.ts'
import { planWorld } from './plan.ts'

const worldOf = (type: Partial<FunctionType>): World => ({
  imports: [],
  exports: [
    {
      kind: 'interface',
      name: 'a:b/c@1.0.0',
      types: [],
      functions: [{ kind: 'function', name: 'run', type: { async: false, params: [], ...type } }],
    },
  ],
})
const returning = (result: ValueType): World => worldOf({ result })

describe('a world that the engine cannot serve', () => {
  it.each<[string, World]>([
    ['async', worldOf({ async: true })],
    ['a stream', returning({ kind: 'stream', element: { kind: 'u8' } })],
    ['a future', returning({ kind: 'option', some: { kind: 'future' } })],
    ['an error-context', returning({ kind: 'list', element: { kind: 'error-context' } })],
    ['a map', worldOf({ params: [{ name: 'm', type: { kind: 'map', key: { kind: 'u8' }, value: { kind: 'u8' } } }] })],
    ['a list of fixed length', returning({ kind: 'fixed-length-list', element: { kind: 'u8' }, length: 4 })],
  ])('because of %s is refused by function', (what, world) => {
    const planned = planWorld(world)
    expect(planned).toMatchObject({ ok: false, fault: { stage: 'build' } })
    if (!planned.ok) {
      expect(planned.fault.message).toBe(
        `The function \`a:b/c@1.0.0#run\` uses ${what}, which the QuickJS engine does not support.`,
      )
    }
  })
})

describe('core signatures', () => {
  const text: ValueType = { kind: 'string' }
  const params = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `p${index}`, type: text }))

  it('put more than 16 flat parameters and more than one result into memory', () => {
    const plan = (type: Partial<FunctionType>) => {
      const planned = planWorld(worldOf(type))
      if (!planned.ok) throw new Error(planned.fault.message)
      return planned.value.exports[0]
    }
    expect(plan({ params: params(8) })).toMatchObject({ spilled: false, coreResults: [] })
    expect(plan({ params: params(9), result: text })).toMatchObject({
      spilled: true,
      coreParameters: [I32],
      returnsPointer: true,
      coreResults: [I32],
    })
  })
})
