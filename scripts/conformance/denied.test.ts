import { beforeAll, describe, expect, test } from 'vitest'
import { decodeWorld } from '../../src/component/decode-world.ts'
import type { InterfaceItem, ValueType, World } from '../../src/component/types.ts'
import { loadTools } from '../../src/toolchain/jco/node.ts'
import { interfacesServed, unversioned } from '../../src/wasi/served.ts'
import { Denied } from '../../src/wasi/signals.ts'
import { importsOf, wasiPackages } from './wit.ts'
import { openWorld } from './world.ts'

/** Every function of WASI, denied, gives an error of the type that its own WIT says, and where that has none, a trap. */

let world: World
beforeAll(async () => {
  const tools = await loadTools()
  const witSource = `package test:denied;\nworld w {\n${importsOf(interfacesServed)}}\n${wasiPackages()}`
  world = decodeWorld(tools.componentEmbed({ dummy: true, witSource, world: 'w' }))
})

const interfaces = (): InterfaceItem[] => world.imports.flatMap((item) => (item.kind === 'interface' ? [item] : []))

/** Whether a payload is a value of the type, as jco's glue lowers it. */
function fits(value: unknown, type: ValueType | undefined): boolean {
  if (type === undefined) return value === undefined
  switch (type.kind) {
    case 'enum':
      return type.cases.some((name) => name === value)
    case 'variant': {
      const { tag, val }: { tag?: unknown; val?: unknown } = Object(value)
      const found = type.cases.find(({ name }) => name === tag)
      return found !== undefined && fits(val, found.type)
    }
    case 'own':
      return typeof value === 'object' && value !== null && Reflect.has(value, 'toDebugString')
    default:
      throw new Error(`an error of the kind ${type.kind}`)
  }
}

const capital = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase())
const camel = (name: string): string => name.split('-').reduce((all, part) => all + capital(part))
const pascal = (name: string): string => name.split('-').map(capital).join('')

/** The function as the glue calls it. */
function callOf(members: Readonly<Record<string, unknown>>, label: string): () => unknown {
  const [, kind, resource = '', method = ''] = /^\[(\w+)\]([^.]+)\.?(.*)$/.exec(label) ?? []
  const made: unknown = members[pascal(resource)]
  const apply = (found: unknown, self: unknown) => () => {
    if (typeof found !== 'function') throw new Error(`${label} is not there`)
    return Reflect.apply(found, self, [])
  }
  if (typeof made !== 'function') return apply(members[camel(label)], undefined)
  if (kind === 'constructor') return () => Reflect.construct(made, [])
  return kind === 'static'
    ? apply(Reflect.get(made, camel(method)), made)
    : apply(Reflect.get(made.prototype, camel(method)), Object.create(made.prototype))
}

const thrownBy = (call: () => unknown): unknown => {
  try {
    call()
  } catch (thrown) {
    return thrown
  }
  throw new Error('it was let through')
}

describe('a call that the policy denies', () => {
  test('gets the error that its function has, and is counted', () => {
    const { host, imports } = openWorld({
      policy: {
        'wasi:io': 'deny',
        'wasi:cli': 'deny',
        'wasi:clocks': 'deny',
        'wasi:random': 'deny',
        'wasi:filesystem': 'deny',
        'wasi:sockets': 'deny',
        'wasi:http': 'deny',
      },
    })
    const told = new Map<string, Set<string>>()
    let calls = 0
    for (const { name, functions } of interfaces()) {
      const id = unversioned(name)
      if (!interfacesServed.includes(id)) throw new Error(`${id} is not served`)
      for (const { name: label, type } of functions) {
        calls++
        const thrown = thrownBy(callOf(imports[id] ?? {}, label))
        const { result } = type
        if (result?.kind !== 'result') {
          // A trap that says what happened.
          expect(thrown, `${id}#${label}`).toBeInstanceOf(Denied)
          expect(String(thrown)).toContain(`${id}#${label}`)
          continue
        }
        if (!fits(thrown, result.err)) throw new Error(`${id}#${label} gives ${JSON.stringify(thrown)}`)
        const text = result.err === undefined ? 'no value' : String(Reflect.get(Object(thrown), 'tag') ?? thrown)
        told.set(id.split('/')[0] ?? '', (told.get(id.split('/')[0] ?? '') ?? new Set()).add(text))
      }
    }
    expect(Object.fromEntries([...told].map(([name, codes]) => [name, [...codes].toSorted()]))).toEqual({
      'wasi:io': ['last-operation-failed'],
      'wasi:filesystem': ['not-permitted'],
      'wasi:sockets': ['access-denied'],
      'wasi:http': ['HTTP-request-denied', 'forbidden', 'no value'],
    })
    expect(calls).toBeGreaterThan(170)
    expect(host.trace.functions.reduce((sum, { denied }) => sum + denied, 0)).toBe(calls)
  })
})

describe('what the world does not import', () => {
  test('is not there', () => {
    const { host } = openWorld({})
    const asked = [
      'wasi:cli/stdout@0.2.12',
      'wasi:io/streams@0.2.3',
      'wasi:keyvalue/store@0.2.0',
      'wasi:cli/stdin@0.3.0',
    ]
    const given = host.imports(asked)
    expect(Object.keys(given)).toEqual(['wasi:cli/stdout', 'wasi:io/streams'])
  })
})
