import { beforeAll, describe, expect, test } from 'vitest'
import { builtinWit } from '../../../scripts/generate/builtin-wit.ts'
import { decodeWorld } from '../../component/decode-world.ts'
import { camelCase } from '../../component/host-conventions.ts'
import type { FunctionItem, World } from '../../component/types.ts'
import { printWave } from '../../component/wave.ts'
import { loadTools } from '../../toolchain/jco/node.ts'
import { assembleWit } from '../../toolchain/wit/source.ts'
import { createWasiHost } from '../../wasi/host.ts'
import { interfacesServed, release, unversioned } from '../../wasi/served.ts'
import { Denied } from '../../wasi/signals.ts'
import { pascalCase, splitName } from './exports.ts'

/** The time zone is not stable yet, and belongs to no release. */
const interfaces = interfacesServed.filter((name) => name !== 'wasi:clocks/timezone')

/** Every interface of WASI that the host serves, as a component that imports them all has it. */
let world: World
beforeAll(async () => {
  const tools = await loadTools()
  const imports = interfaces.map((name) => `  import ${name}@${release};`).join('\n')
  const assembled = assembleWit({ 'world.wit': `package t:t;\nworld w {\n${imports}\n}\n` }, undefined, builtinWit())
  if (!assembled.ok) throw new Error(assembled.fault.message)
  const { source: witSource, world: name } = assembled.value
  world = decodeWorld(tools.componentEmbed({ dummy: true, witSource, world: name }))
}, 60_000)

/** What a call of the function throws where the policy denies it. */
function refused(owner: string, { name }: FunctionItem): unknown {
  const host = createWasiHost(
    { policy: { [unversioned(owner)]: 'deny' } },
    { write: () => {}, monotonic: () => 0n, today: () => 0, entropy: () => {} },
  )
  const served = host.imports([owner])[unversioned(owner)] ?? {}
  const { kind, resource, member } = splitName(name)
  const ofClass = resource === undefined ? undefined : served[pascalCase(resource)]
  try {
    if (kind === 'constructor') Reflect.construct(ofClass as () => void, [])
    else {
      const of: unknown = kind === 'method' ? Reflect.get(Object(ofClass), 'prototype') : (ofClass ?? served)
      Reflect.apply(Reflect.get(Object(of), camelCase(member)), of, [])
    }
  } catch (thrown) {
    return thrown
  }
  return expect.unreachable(`${owner}#${name} was not refused`)
}

const functionsOf = (owner: string): readonly FunctionItem[] =>
  world.imports.flatMap((item) =>
    item.kind === 'interface' && unversioned(item.name) === owner ? [...item.functions] : [],
  )

describe('a denied call', () => {
  test.each(interfaces)('of %s gets the error of its function, or ends the instance where it has none', (owner) => {
    for (const item of functionsOf(owner)) {
      const thrown = refused(`${owner}@${release}`, item)
      const { result } = item.type
      const call = `${owner}#${item.name}`
      if (result?.kind !== 'result') {
        expect(thrown, call).toBeInstanceOf(Denied)
        expect(thrown, call).toMatchObject({ call })
      } else if (result.err === undefined) expect(thrown, call).toBeUndefined()
      else {
        expect(thrown, call).not.toBeInstanceOf(Error)
        // The printer takes nothing but a value of the type.
        expect(printWave(thrown, result.err, { register: () => 1 }), call).not.toBe('')
      }
    }
  })

  test('is of every function that there is', () => {
    expect(world.imports.map(({ name }) => unversioned(name))).toEqual(expect.arrayContaining(interfaces))
    expect(interfaces.flatMap(functionsOf).length).toBeGreaterThan(150)
  })
})
