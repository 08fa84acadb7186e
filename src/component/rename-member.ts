import { adaptValue, whole } from './adapt-value.ts'
import { parseCall } from './call-expression.ts'
import { functionsOf } from './decode-world.ts'
import type { FunctionItem, FunctionType, ResourceType, TypeItem, ValueType, World } from './types.ts'
import { numberedHandles } from './value-tree.ts'
import { printWave } from './wave-printer.ts'

/** A field, a case or a flag of a type. */
export interface Member {
  /** Full name of the interface that defines the type; undefined for a type of the world itself. */
  readonly interface: string | undefined
  readonly type: string
  readonly name: string
}

/** Calls as they were before a member had another name, and after that. */
export interface MemberRenaming {
  readonly forth: (call: string) => string
  readonly back: (call: string) => string
}

/** `to`: the new name of a member in the world as it is before. */
export function renameMember(world: World, member: Member, to: string): MemberRenaming {
  const after = withMemberRenamed(world, member, to)
  return { forth: (call) => rewritten(call, world, after), back: (call) => rewritten(call, after, world) }
}

/** The world in which a member has another name, wherever its type is used: one object per type, as before. */
function withMemberRenamed(world: World, member: Member, to: string): World {
  const targets = targetsOf(world, member)
  const known = new Map<ValueType, ValueType>()
  const renamed = (type: ValueType): ValueType => {
    const found = known.get(type)
    if (found) return found
    const inside = mapParts(type, renamed)
    const made = targets.has(type) ? mapNames(inside, (name) => (name === member.name ? to : name)) : inside
    known.set(type, made)
    return made
  }
  const typeOf = (type: ValueType | ResourceType): ValueType | ResourceType =>
    type.kind === 'resource' ? type : renamed(type)
  const item = <T extends FunctionItem | TypeItem>(each: T): T =>
    each.kind === 'function' ? { ...each, type: mapFunction(each.type, renamed) } : { ...each, type: typeOf(each.type) }
  const items = (all: World['exports']): World['exports'] =>
    all.map((each) =>
      each.kind === 'interface'
        ? { ...each, types: each.types.map(item), functions: each.functions.map(item) }
        : item(each),
    )
  return { ...world, imports: items(world.imports), exports: items(world.exports) }
}

/** The same type is an import and an export where the world has its interface on both sides. */
function targetsOf({ imports, exports }: World, { interface: owner, type }: Member): Set<ValueType | ResourceType> {
  const found = [...imports, ...exports].flatMap((item): readonly TypeItem[] => {
    if (item.kind === 'interface') return item.name === owner || item.implements === owner ? item.types : []
    return item.kind === 'type' && owner === undefined ? [item] : []
  })
  return new Set(found.filter(({ name }) => name === type).map((each) => each.type))
}

const mapFunction = (type: FunctionType, map: (type: ValueType) => ValueType): FunctionType => ({
  ...type,
  params: type.params.map((each) => ({ ...each, type: map(each.type) })),
  ...(type.result && { result: map(type.result) }),
})

function mapParts(type: ValueType, map: (part: ValueType) => ValueType): ValueType {
  switch (type.kind) {
    case 'record':
      return { ...type, fields: type.fields.map((each) => ({ ...each, type: map(each.type) })) }
    case 'variant':
      return { ...type, cases: type.cases.map((each) => (each.type ? { ...each, type: map(each.type) } : each)) }
    case 'tuple':
      return { ...type, types: type.types.map(map) }
    case 'option':
      return { ...type, some: map(type.some) }
    case 'result':
      return { ...type, ...(type.ok && { ok: map(type.ok) }), ...(type.err && { err: map(type.err) }) }
    case 'list':
    case 'fixed-length-list':
      return { ...type, element: map(type.element) }
    case 'map':
      return { ...type, key: map(type.key), value: map(type.value) }
    default:
      // What is left has no parts, or is in no call.
      return type
  }
}

function mapNames(type: ValueType, map: (name: string) => string): ValueType {
  switch (type.kind) {
    case 'record':
      return { ...type, fields: type.fields.map((each) => ({ ...each, name: map(each.name) })) }
    case 'variant':
      return { ...type, cases: type.cases.map((each) => ({ ...each, name: map(each.name) })) }
    case 'enum':
      return { ...type, cases: type.cases.map(map) }
    case 'flags':
      return { ...type, labels: type.labels.map(map) }
    default:
      return type
  }
}

/**
 * A call in one of two worlds that differ in nothing but the names of members, as a call in the other one. Only the
 * arguments that differ are written anew; a call that cannot be read stays as it is.
 */
function rewritten(text: string, before: World, after: World): string {
  const read = parseCall(text, before, numberedHandles)
  if (!read.ok) return text
  const { interface: owner, name, type, args, ranges } = read.call
  const found = functionsOf(after, 'export')
  const params = [...found].find((each) => each.interface === owner && each.item.name === name)?.item.type.params ?? []
  let written = text
  // From the end, so that the places before stay what they are.
  for (const [index, { start, end }] of [...ranges.entries()].toReversed()) {
    const from = type.params[index]?.type
    const to = params[index]?.type
    if (!from || !to) return text
    const value = printWave(adaptValue(args[index], from, to, nothingFits), to, numberedHandles, whole)
    const isOther = value !== printWave(args[index], from, numberedHandles, whole)
    if (isOther) written = written.slice(0, start) + value + written.slice(end)
  }
  return written
}

function nothingFits(type: ValueType): never {
  throw new Error(`Two types that differ in names do not fit: ${type.kind}`)
}
