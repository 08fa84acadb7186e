/** Random worlds, as valid as WIT wants them. Everything follows from a seed, so that a failure can be repeated. */
import { Random } from '../../src/component/testing/arbitraries.ts'
import {
  type FunctionItem,
  type InterfaceItem,
  integerKinds,
  primitiveKinds,
  type ResourceType,
  type TypeItem,
  type ValueType,
  type World,
} from '../../src/component/types.ts'

/** Words that mean something in WIT among others; a number makes them different. */
const words = 'list type own stream async from with map use as record a b-c READ HTTP-get x1 error-context'.split(' ')
/** Each may depend on those before it; the last one has the world. */
const packages = ['list:type', 'list:type@0.2.0', 'c:d@2.0.0-rc.1', 'use:with@1.0.0', 'shop:all@1.0.0']
const rank = (name: string): number => packages.indexOf(name.replace(/\/[^@]*/, ''))

interface Scope {
  readonly types: TypeItem[]
  readonly functions: FunctionItem[]
  readonly taken: Set<string>
}

const emptyScope = (): Scope => ({ types: [], functions: [], taken: new Set() })

/** `size` bounds how much there is of everything, and how deep types become. */
export function randomWorld(seed: number, size: number): World {
  const random = new Random(seed)
  const imported = views(random, size, 'import', [])
  const exported = views(random, size, 'export', imported)
  const own = emptyScope()
  takeTypes(random, own, imported)
  fill(random, own, size, { side: 'import' })
  const taken = new Set<string>()
  const inline = random.times(random.below(2), () => inlineView(random, size, taken, imported, 'export'))
  const runs = random.times(random.below(size), (): FunctionItem => {
    return { kind: 'function', name: unique(random, taken), type: signature(random, own.types, size) }
  })
  const notes = random.times(random.below(2), () => inlineView(random, size, own.taken, imported, 'import'))
  return {
    name: 'shop:all/world-of-all@1.0.0',
    imports: [...imported, ...notes, ...own.types, ...own.functions],
    exports: [...runs, ...exported, ...inline],
  }
}

type Side = 'import' | 'export'

function views(random: Random, size: number, side: Side, before: readonly InterfaceItem[]): InterfaceItem[] {
  const made: InterfaceItem[] = []
  const taken = new Set(before.map(({ name }) => name.toLowerCase()))
  for (let count = random.below(size + 1); count > 0; count -= 1) {
    const [path = '', version] = random.pick(packages).split('@')
    const name = `${path}/${random.pick(words)}${version === undefined ? '' : `@${version}`}`
    // A name that is only in the other case is the same one.
    if (taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    const scope = emptyScope()
    takeTypes(
      random,
      scope,
      [...before, ...made].filter((other) => rank(other.name) <= rank(name)),
    )
    fill(random, scope, size, { side, interface: name })
    made.push({ kind: 'interface', name, types: scope.types, functions: scope.functions })
  }
  return made
}

function inlineView(
  random: Random,
  size: number,
  taken: Set<string>,
  from: readonly InterfaceItem[],
  side: Side,
): InterfaceItem {
  const name = unique(random, taken)
  const scope = emptyScope()
  takeTypes(random, scope, from)
  fill(random, scope, size, { side, interface: name })
  return { kind: 'interface', name, types: scope.types, functions: scope.functions }
}

/** Types of other interfaces, some of them under another name. */
function takeTypes(random: Random, scope: Scope, from: readonly InterfaceItem[]): void {
  for (const { types } of from)
    for (const item of types) {
      if (!random.chance(0.3) || !('name' in item.type)) continue
      const isTaken = scope.taken.has(item.name.toLowerCase())
      const name = isTaken || random.chance(0.2) ? unique(random, scope.taken) : item.name
      scope.taken.add(name.toLowerCase())
      if (scope.types.every(({ type }) => type !== item.type)) scope.types.push({ kind: 'type', name, type: item.type })
    }
}

function unique(random: Random, taken: Set<string>): string {
  let name = random.pick(words)
  for (let count = taken.size; taken.has(name.toLowerCase()); count += 1) name = `${random.pick(words)}-n${count}`
  taken.add(name.toLowerCase())
  return name
}

/** The types and functions that a scope has itself. */
function fill(random: Random, scope: Scope, size: number, owner: Pick<ResourceType, 'side' | 'interface'>): void {
  const add = (name: string, type: TypeItem['type']): void => void scope.types.push({ kind: 'type', name, type })
  for (let count = random.below(size + 1); count > 0; count -= 1) {
    const name = unique(random, scope.taken)
    const known = scope.types[random.below(scope.types.length + 1)]
    if (known && random.chance(0.2)) add(name, known.type)
    else if (random.chance(0.3)) {
      const resource: ResourceType = { kind: 'resource', ...owner, name }
      add(name, resource)
      members(random, scope, resource, size)
    } else add(name, definition(random, scope.types, name, size))
  }
  for (let count = random.below(size + 1); count > 0; count -= 1) {
    const name = unique(random, scope.taken)
    scope.functions.push({ kind: 'function', name, type: signature(random, scope.types, size) })
  }
}

function members(random: Random, scope: Scope, resource: ResourceType, size: number): void {
  const { name } = resource
  // A member called like its resource would collide with the constructor.
  const taken = new Set([name.toLowerCase()])
  const add = (label: string, type: FunctionItem['type']): void =>
    void scope.functions.push({ kind: 'function', name: label, type })
  const own: ValueType = { kind: 'own', resource }
  if (random.chance(0.5)) {
    const { params } = signature(random, scope.types, size)
    const result: ValueType = random.chance(0.5) ? own : { kind: 'result', ok: own, err: { kind: 'string' } }
    add(`[constructor]${name}`, { async: false, params, result })
  }
  for (let count = random.below(size); count > 0; count -= 1) {
    const label = unique(random, taken)
    const type = signature(random, scope.types, size)
    if (random.chance(0.3)) add(`[static]${name}.${label}`, type)
    else {
      const self = { name: 'self', type: { kind: 'borrow', resource } } as const
      const params = type.params.filter((param) => param.name !== 'self')
      add(`[method]${name}.${label}`, { ...type, params: [self, ...params] })
    }
  }
}

function signature(random: Random, known: readonly TypeItem[], size: number): FunctionItem['type'] {
  const taken = new Set<string>()
  const params = random.times(random.below(size + 2), () => {
    const resource = known[random.below(known.length + 1)]?.type
    const borrowed = resource?.kind === 'resource' && random.chance(0.5)
    const type: ValueType = borrowed ? { kind: 'borrow', resource } : anyType(random, known, size)
    return { name: unique(random, taken), type }
  })
  const result = random.chance(0.7) ? { result: anyType(random, known, size) } : {}
  return { async: random.chance(0.2), params, ...result }
}

function definition(random: Random, known: readonly TypeItem[], name: string, size: number): ValueType {
  const taken = new Set<string>()
  const some = <T>(make: () => T): T[] => random.times(1 + random.below(size + 1), make)
  const type = (): ValueType => anyType(random, known, size - 1)
  switch (random.below(5)) {
    case 0:
      return { kind: 'record', name, fields: some(() => ({ name: unique(random, taken), type: type() })) }
    case 1: {
      const cases = some(() => ({ name: unique(random, taken), ...(random.chance(0.5) ? { type: type() } : {}) }))
      return { kind: 'variant', name, cases }
    }
    case 2:
      return { kind: 'enum', name, cases: some(() => unique(random, taken)) }
    case 3:
      return { kind: 'flags', name, labels: some(() => unique(random, taken)) }
    default: {
      const made = type()
      return 'name' in made || made.kind === 'own' ? made : renamed(made, name)
    }
  }
}

/** Another name for a type without identity makes no new type. */
function renamed(type: ValueType, name: string): ValueType {
  switch (type.kind) {
    case 'list':
    case 'tuple':
    case 'option':
    case 'result':
    case 'map':
    case 'fixed-length-list':
    case 'stream':
    case 'future':
    case 'error-context':
      return { ...type, name }
    default:
      return type
  }
}

function anyType(random: Random, known: readonly TypeItem[], size: number): ValueType {
  const named = known[random.below(known.length * 2 + 1)]?.type
  if (named) return named.kind === 'resource' ? { kind: 'own', resource: named } : named
  if (size <= 0 || random.chance(0.4)) return { kind: random.pick(primitiveKinds) }
  const inner = (): ValueType => anyType(random, known, size - 1)
  const maybe = <K extends string>(key: K): { [Key in K]?: ValueType } | object =>
    random.chance(0.7) ? { [key]: inner() } : {}
  switch (random.below(9)) {
    case 0:
      return { kind: 'list', element: inner() }
    case 1:
      return { kind: 'tuple', types: random.times(1 + random.below(4), inner) }
    case 2:
      return { kind: 'option', some: inner() }
    case 3:
      return { kind: 'result', ...maybe('ok'), ...maybe('err') }
    case 4:
      return { kind: 'map', key: { kind: random.pick([...integerKinds, 'bool', 'char', 'string']) }, value: inner() }
    case 5:
      return { kind: 'fixed-length-list', element: inner(), length: 1 + random.below(9) }
    case 6:
      return { kind: 'stream', ...maybe('element') }
    case 7:
      return { kind: 'future', ...maybe('value') }
    default:
      return { kind: 'error-context' }
  }
}
