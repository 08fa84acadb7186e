import { defaultValue } from '../../component/default-value.ts'
import { camelCase } from '../../component/host-conventions.ts'
import type { FunctionItem, ResourceType, ValueType, World } from '../../component/types.ts'
import { printWave, type HandleTable } from '../../component/wave.ts'
import type { Gate } from '../../wasi/gate.ts'
import { unversioned } from '../../wasi/served.ts'
import { Unserved } from '../../wasi/signals.ts'
import type { SimulatedAnswer } from '../runner.ts'
import { pascalCase, splitName } from './exports.ts'

export interface SimulatedHost {
  readonly gate: Gate
  /** Asked before each `onAnswer`, so that no text is made of what nobody reads. */
  readonly wanted: () => boolean
  /** Told of a call with its answer, both as text. */
  readonly onAnswer: (answer: SimulatedAnswer) => void
}

type ResourceClass = new (...args: unknown[]) => object
type Imports = Record<string, Record<string, unknown>>

/** Texts of arguments are for reading: about so many UTF-16 code units. */
const maximum = 4096

const fullName = (owner: string | undefined, name: string): string => (owner === undefined ? name : `${owner}#${name}`)

/**
 * Answers for the imports that nobody provides, keyed as jco's glue asks for them. Each call is written down with its
 * arguments and gets the default value of its result type, so that a world with capabilities of its own can be tried at
 * once. What belongs to WASI and is not served gets no such answer: a program would take it for the real one.
 */
export const simulatedImports = (
  world: World,
  isServed: (name: string) => boolean,
  { gate, wanted, onAnswer }: SimulatedHost,
): Imports => {
  const classes = new Map<string, ResourceClass>()
  const constructors = new Map<ResourceClass, FunctionItem>()
  const numbers = new WeakMap<object, number>()
  let lastNumber = 0
  const handles: HandleTable = {
    register: (value) => {
      if (typeof value !== 'object' || value === null) return 0
      const number = numbers.get(value) ?? ++lastNumber
      numbers.set(value, number)
      return number
    },
  }

  const print = (value: unknown, type: ValueType): string => {
    try {
      return printWave(value, type, handles, { maximum })
    } catch {
      return `(${type.kind})`
    }
  }
  const tell = (name: string, { type }: FunctionItem, args: readonly unknown[], value: unknown): void => {
    if (!wanted()) return
    const texts = type.params.map((param, index) => print(args[index], param.type))
    onAnswer({
      call: `${name}(${texts.join(', ')})`,
      wave: type.result === undefined ? '' : print(value, type.result),
    })
  }

  const classOf = (owner: string | undefined, name: string): ResourceClass => {
    const key = fullName(owner, name)
    const known = classes.get(key)
    if (known) return known
    // oxlint-disable-next-line no-extraneous-class
    const made: ResourceClass = class {
      constructor(...args: unknown[]) {
        const item = constructors.get(made)
        if (item === undefined) return
        const call = fullName(owner, item.name)
        gate.pass(call, args, () => {
          tell(call, item, args, this)
          return this
        })
      }
    }
    gate.guardClass(made.prototype, owner, name)
    classes.set(key, made)
    return made
  }
  const classFor = (resource: ResourceType): ResourceClass => classOf(resource.interface, resource.name)

  const answerOf = (type: ValueType): unknown => {
    // Without the constructor: nobody called it.
    if (type.kind === 'own') return Object.create(classFor(type.resource).prototype)
    if (type.kind === 'result' && type.ok?.kind === 'own') return { tag: 'ok', val: answerOf(type.ok) }
    return defaultValue(type)
  }

  const answer = (name: string, item: FunctionItem, args: readonly unknown[]): unknown => {
    const make = (): unknown => {
      if (name.startsWith('wasi:')) throw new Unserved(name)
      const value = item.type.result === undefined ? undefined : answerOf(item.type.result)
      tell(name, item, args, value)
      return value
    }
    return gate.pass(name, args, make)
  }

  const put = (into: Record<string, unknown>, owner: string | undefined, item: FunctionItem): void => {
    const name = fullName(owner, item.name)
    const { kind, resource, member } = splitName(item.name)
    if (resource === undefined) {
      into[camelCase(member)] = (...args: unknown[]) => answer(name, item, args)
      return
    }
    const known = classOf(owner, resource)
    if (kind === 'constructor') {
      constructors.set(known, item)
      return
    }
    Object.defineProperty(kind === 'method' ? known.prototype : known, camelCase(member), {
      configurable: true,
      value: function (this: unknown, ...args: unknown[]) {
        return answer(name, item, kind === 'method' ? [this, ...args] : args)
      },
    })
  }

  // Names of the component are keys here: on an object, `constructor` would be the global Object.
  const out = new Map<string, Record<string, unknown>>()
  for (const item of world.imports) {
    if (item.kind === 'interface') {
      if (isServed(item.name)) continue
      const key = unversioned(item.name)
      const into = out.get(key) ?? {}
      out.set(key, into)
      for (const { name, type } of item.types) {
        if (type.kind === 'resource') into[pascalCase(name)] = classFor(type)
      }
      for (const inner of item.functions) put(into, item.name, inner)
    } else if (item.kind === 'function') {
      // The glue takes a function of the world itself as the default export of a module of its name.
      const inner: Record<string, unknown> = {}
      put(inner, undefined, item)
      out.set(item.name, { default: inner[camelCase(item.name)] })
    } else if (item.type.kind === 'resource') {
      out.set(item.name, { default: classFor(item.type) })
    }
  }
  return Object.fromEntries(out)
}
