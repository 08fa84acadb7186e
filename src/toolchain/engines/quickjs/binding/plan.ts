import type {
  FunctionItem,
  InterfaceItem,
  ResourceType,
  ValueType,
  World,
  WorldItem,
} from '../../../../component/types.ts'
import { type Fault, fail, type Outcome, succeed } from '../../../../contract/fault.ts'
import { I32, type NumberType } from './emitter.ts'
import { casesOf, flatten, membersOf } from './layout.ts'
import { type FunctionRole, roleOf } from './names.ts'

/** CanonicalABI.md#flattening: `MAX_FLAT_PARAMS`, `MAX_FLAT_RESULTS` */
const maxFlatParameters = 16
const maxFlatResults = 1

export interface PlannedFunction {
  /** Full name of its interface; undefined for a function of the world itself. */
  readonly interface: string | undefined
  readonly name: string
  readonly role: FunctionRole
  readonly parameters: FunctionItem['type']['params']
  readonly result: ValueType | undefined
  /** The result is a `result`: JavaScript returns the one case and throws the other. */
  readonly throws: boolean
  readonly flat: readonly NumberType[]
  /** The parameters do not fit into flat values: one pointer to them instead. */
  readonly spilled: boolean
  /** The result does not fit into one flat value: it is in memory. */
  readonly returnsPointer: boolean
  readonly coreParameters: readonly NumberType[]
  readonly coreResults: readonly NumberType[]
  /** The handles of imported resources that it borrows must be dropped before it returns. */
  readonly liftsBorrows: boolean
}

export interface PlannedResource {
  readonly type: ResourceType
  readonly index: number
}

export interface Plan {
  readonly imports: readonly PlannedFunction[]
  readonly exports: readonly PlannedFunction[]
  readonly resources: readonly PlannedResource[]
}

export const resourceKey = ({ side, interface: owner = '', name }: ResourceType): string => `${side} ${owner} ${name}`

/** What the glue for a world consists of; a fault where the world asks for what this engine cannot do. */
export function planWorld(world: World): Outcome<Plan> {
  try {
    const resources = collectResources(world)
    const definers = resultDefiners(world)
    return succeed({
      imports: planFunctions(world.imports, 'import', definers),
      exports: planFunctions(world.exports, 'export', definers),
      resources,
    })
  } catch (error) {
    if (error instanceof Unsupported) return fail(error.fault)
    throw error
  }
}

class Unsupported extends Error {
  readonly fault: Fault

  constructor(where: string, what: string, otherwise: string) {
    super(what)
    // Of WASI 0.3 there is an earlier version that does without.
    const next = /wasi:[^#]*@0\.3\./.test(where) ? 'Use version 0.2 of the interface, such as 0.2.12.' : otherwise
    this.fault = {
      stage: 'build',
      message: `${where} uses ${what}, which the QuickJS engine does not support.`,
      next,
    }
  }
}

function planFunctions(
  items: readonly WorldItem[],
  side: 'import' | 'export',
  definers: ReadonlyMap<ValueType, string>,
): PlannedFunction[] {
  return items.flatMap((item) => {
    if (item.kind === 'function') return [planFunction(undefined, item, side, definers)]
    if (item.kind !== 'interface') return []
    return item.functions.map((inner) => planFunction(item.name, inner, side, definers))
  })
}

function planFunction(
  owner: string | undefined,
  { name, type }: FunctionItem,
  side: 'import' | 'export',
  definers: ReadonlyMap<ValueType, string>,
): PlannedFunction {
  // In quotes, for the search of its place in the WIT.
  const where = `The function \`${owner === undefined ? '' : `${owner}#`}${name}\``
  if (type.async) throw new Unsupported(where, 'async', 'Remove "async": a guest function may still return a promise.')
  for (const { type: used } of [...type.params, ...(type.result ? [{ type: type.result }] : [])]) {
    refuseUnsupported(used, where)
  }
  const flat = type.params.flatMap((parameter) => flatten(parameter.type))
  const flatResult = type.result ? flatten(type.result) : []
  const spilled = flat.length > maxFlatParameters
  const returnsPointer = flatResult.length > maxFlatResults
  const coreParameters = spilled ? [I32] : [...flat]
  if (side === 'import' && returnsPointer) coreParameters.push(I32)
  return {
    interface: owner,
    name,
    role: roleOf(name),
    parameters: type.params,
    result: type.result,
    throws: type.result?.kind === 'result' && (definers.get(type.result) ?? owner ?? '') === (owner ?? ''),
    flat,
    spilled,
    returnsPointer,
    coreParameters,
    coreResults: returnsPointer ? (side === 'import' ? [] : [I32]) : flatResult,
    liftsBorrows: side === 'export' && type.params.some((parameter) => borrowsImported(parameter.type)),
  }
}

const parts = (type: ValueType): readonly ValueType[] => {
  if (type.kind === 'list') return [type.element]
  return membersOf(type) ?? (casesOf(type) ?? []).flatMap((one) => (one.type ? [one.type] : []))
}

const borrowsImported = (type: ValueType): boolean =>
  type.kind === 'borrow' ? type.resource.side === 'import' : parts(type).some(borrowsImported)

const unsupported: Readonly<Record<string, readonly [what: string, next: string]>> = {
  stream: ['a stream', 'Return a list, or pass the data in several calls.'],
  future: ['a future', 'Return the value itself: a guest function may return a promise for it.'],
  'error-context': ['an error-context', 'Return a result with an error type of your own.'],
  map: ['a map', 'Use a list of tuples instead.'],
  'fixed-length-list': ['a list of fixed length', 'Use a list or a tuple instead.'],
}

function refuseUnsupported(type: ValueType, where: string): void {
  const found = unsupported[type.kind]
  if (found) throw new Unsupported(where, ...found)
  for (const part of parts(type)) refuseUnsupported(part, where)
}

function collectResources(world: World): PlannedResource[] {
  const found = new Map<string, PlannedResource>()
  const visit = (types: InterfaceItem['types']) => {
    for (const { type } of types) {
      if (type.kind !== 'resource') continue
      const key = resourceKey(type)
      if (!found.has(key)) found.set(key, { type, index: found.size })
    }
  }
  for (const item of [...world.imports, ...world.exports]) {
    if (item.kind === 'interface') visit(item.types)
    if (item.kind === 'type') visit([item])
  }
  return [...found.values()]
}

/**
 * The interface that gave a `result` type its name. jco returns a `result` as a value, rather than throwing its error,
 * where its type comes from another interface through `use`.
 */
function resultDefiners(world: World): ReadonlyMap<ValueType, string> {
  const definers = new Map<ValueType, string>()
  for (const item of [...world.imports, ...world.exports]) {
    if (item.kind !== 'interface') continue
    for (const { type } of item.types) {
      if (type.kind === 'result' && !definers.has(type)) definers.set(type, item.name)
    }
  }
  return definers
}
