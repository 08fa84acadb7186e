import { isNamed } from './definers.ts'
import type { AnyType } from './type-table.ts'
import type { InterfaceItem, World, WorldItem } from './types.ts'
import { type Capability, capabilityOf, listed, own, sharedTypes } from './why-words.ts'
import { memberName } from './wit-names.ts'

/** What a component needs, and why, in few lines: its imports by what they let it do. */

/** Something inside of the component that uses an import, as whoever looked into it calls it. */
export interface UseFact {
  /** The import: `wasi:cli/stdout@0.2.12`, or the name of a function of the world itself. */
  readonly interface: string
  readonly usedBy: string
}

/**
 * What comes of a call: the simulated world serves it; it gets the default value of its result type, which is for
 * interfaces that are not of WASI; or it ends the instance.
 */
export type Answer = 'served' | 'default' | 'missing'

export interface NeededImport {
  readonly name: string
  /** As the world has them. None of a function of the world itself. */
  readonly functions: readonly string[]
  readonly answer: Answer
}

/** One line: a capability and all that it is made of. */
export interface Need {
  readonly title: string
  readonly imports: readonly NeededImport[]
  /** Interfaces that have only types, which these imports take from them. */
  readonly types: readonly string[]
  readonly usedBy: readonly string[]
  /** The line as a sentence or two. */
  readonly text: string
}

/** Lines there are at most: what is beyond is counted in the last one. */
const mostLines = 15

/** Names that are listed in a line. */
const mostNames = 4

export function whyOf(world: World, serves: (name: string) => boolean, facts: readonly UseFact[] = []): Need[] {
  const groups = new Map<string, Group>()
  const groupOf = (capability: Capability): Group => {
    const group = groups.get(capability.key) ?? { capability, imports: [], types: [] }
    groups.set(capability.key, group)
    return group
  }
  for (const item of world.imports) {
    if (item.kind === 'type' || (item.kind === 'interface' && item.functions.length === 0)) continue
    const name = fullName(item)
    const functions = item.kind === 'interface' ? item.functions.map((each) => each.name) : []
    const answer = serves(name) ? 'served' : name.startsWith('wasi:') ? 'missing' : 'default'
    groupOf(capabilityOf(name)).imports.push({ name: item.name, functions, answer })
  }
  foldTypes(world, groups, groupOf)
  return withinLimit([...groups.values()].toSorted((a, b) => a.capability.rank - b.capability.rank)).map((group) =>
    needOf(group, facts),
  )
}

/** The interface that an import is of, where the world gives it a name of its own. */
const fullName = (item: WorldItem): string => (item.kind === 'interface' && item.implements) || item.name

interface Group {
  readonly capability: Capability
  readonly imports: NeededImport[]
  readonly types: string[]
}

/** An interface of types alone lets nobody do anything: it stands with the imports that take types from it. */
function foldTypes(world: World, groups: Map<string, Group>, groupOf: (capability: Capability) => Group): void {
  const users = new Map<AnyType, Set<string>>()
  for (const item of world.imports)
    if (item.kind === 'interface' && item.functions.length > 0)
      for (const { type } of item.types)
        if (isNamed(type)) users.set(type, (users.get(type) ?? new Set()).add(capabilityOf(fullName(item)).key))
  const isTypes = (item: WorldItem): item is InterfaceItem => item.kind === 'interface' && item.functions.length === 0
  for (const { name, types } of world.imports.filter(isTypes)) {
    const keys = new Set(types.flatMap(({ type }) => [...(users.get(type) ?? [])]))
    // Numbers and the like do not say who takes them: then it is the interfaces of the same package.
    if (keys.size === 0) keys.add(capabilityOf(name).key)
    const found = [...keys].map((key) => groups.get(key)).filter((group) => group !== undefined)
    for (const group of found.length > 0 ? found : [groupOf(sharedTypes)]) group.types.push(name)
  }
}

/** The groups that do not fit into the lines, as one. */
function withinLimit(groups: readonly Group[]): readonly Group[] {
  if (groups.length <= mostLines) return groups
  const rest = groups.slice(mostLines - 1)
  const title = `${rest.length} more packages`
  return [
    ...groups.slice(0, mostLines - 1),
    {
      capability: { ...own(''), title },
      imports: rest.flatMap((group) => group.imports),
      types: rest.flatMap((group) => group.types),
    },
  ]
}

function needOf({ capability, imports, types }: Group, facts: readonly UseFact[]): Need {
  const names = new Set(imports.map(({ name }) => name))
  const usedBy = [...new Set(facts.filter((fact) => names.has(fact.interface)).map((fact) => fact.usedBy))]
  const { title } = capability
  const sentences = [
    `${title}: ${capability.does(imports.map(({ name }) => name))}${functionsOf(imports)}.`,
    ...answersOf(imports),
    ...(types.length > 0 && imports.length > 0 ? [`With the types of ${listed(types, mostNames)}.`] : []),
    ...(usedBy.length > 0 ? [`Used by ${listed(usedBy, mostNames)}.`] : []),
  ]
  return { title, imports, types, usedBy, text: sentences.join(' ') }
}

/** Which functions there are: few by name, many by number. */
function functionsOf(imports: readonly NeededImport[]): string {
  const count = imports.reduce((sum, { functions }) => sum + functions.length, 0)
  const names = [...new Set(imports.flatMap(({ functions }) => functions.map(labelOf)))]
  if (count === 0) return ''
  return count <= mostNames ? ` (${listed(names, mostNames)})` : ` (${count} functions)`
}

function labelOf(name: string): string {
  const member = memberName(name)
  if (!member) return name
  return member.name === undefined ? `new ${member.resource}` : `${member.resource}.${member.name}`
}

const consequences: Readonly<Record<Answer, string>> = {
  served: 'the simulated world serves it',
  default: 'nobody provides it, so calls get default values until a companion component answers them',
  missing: 'nobody provides it, so a call ends the instance until a companion component answers it',
}

/** What stands behind the imports: in one sentence where it is the same for all of them. */
function answersOf(imports: readonly NeededImport[]): string[] {
  const answers = [...new Set(imports.map(({ answer }) => answer))]
  return answers.map((answer) => {
    const names = imports.filter((each) => each.answer === answer).map(({ name }) => name)
    const text = consequences[answer]
    return answers.length === 1
      ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
      : `${listed(names, mostNames)}: ${text}.`
  })
}
