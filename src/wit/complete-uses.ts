import type { Definition, Source } from './packages.ts'
import type { Scope } from './scopes.ts'
import type { SymbolIndex } from './symbols.ts'
import type { TextEdit } from './text.ts'
import type { InterfaceItem, WorldItem } from './tree.ts'
import { isAsynchronous } from './asynchronous.ts'
import { draft, type Draft } from './complete-words.ts'
import { featureOf } from './check-gates.ts'
import { written } from './identifier.ts'
import { writtenId } from './packages.ts'
import { isDefinition } from './type-parts.ts'

/**
 * The types of other interfaces, those of the own package first, each with the `use` that takes it in. Left out are those
 * that would be a mistake here: of a name that is taken, in a circle, or unstable where the scope is not.
 */
export function typesElsewhere(index: SymbolIndex, source: Source, scope: Scope | undefined): Draft[] {
  if (scope === undefined || source.parsed.text[scope.body.start] !== '{') return []
  const { packages, scopes } = index.resolution
  packages.readBuiltins()
  const drafts: Draft[] = []
  const preferred = new Map<string, unknown>()
  const own = scope.unit.package
  const taken = namesIn(scope)
  const users = leadingTo(scope.owner, own.definitions.values(), ({ node }) =>
    node.kind === 'interface' ? usesOf(node.items).map(({ path }) => index.target(path)) : [],
  )
  const { dependencies } = scopes.references
  const dependents = leadingTo(own, packages.packages.values(), (one) => dependencies.get(one)?.keys() ?? [])
  for (const one of packages.packages.values()) {
    const bare = `${one.namespace}:${one.name}`
    // Of another version than the one that is named first a type is another one.
    if ((preferred.get(bare) ?? one) !== one) continue
    preferred.set(bare, one)
    const isOwn = one === own
    if (!isOwn && dependents.has(one)) continue
    for (const definition of one.definitions.values()) {
      if (definition.node.kind !== 'interface' || users.has(definition)) continue
      if (!isOwn && isAsynchronous(definition)) continue
      const path = isOwn ? written(definition.node.name.text) : writtenId(definition)
      for (const item of definition.node.items) {
        if (!isDefinition(item) || taken.has(item.name.text.toLowerCase())) continue
        if (!featureOf(scope.gates) && featureOf([...definition.node.gates, ...item.gates])) continue
        const { text } = item.name
        drafts.push(
          draft(item.kind === 'resource' ? 'resource' : 'type', text, isOwn ? 2 : 3, {
            insert: written(text),
            detail: path,
            docs: item.docs?.text,
            also: useOf(index, scope, definition, path, written(text)),
          }),
        )
      }
    }
  }
  return drafts
}

/** The names of a scope's types, and of what shares those: functions, and what a world imports. All in lower case. */
function namesIn({ items, types, functions }: Scope): ReadonlySet<string> {
  const imported = items.flatMap((item) => (item.kind === 'import' && item.name ? [item.name.text] : []))
  return new Set([...types.keys(), ...functions.keys(), ...imported].map((name) => name.toLowerCase()))
}

/** All from which steps lead to a goal, itself included. */
function leadingTo<Node>(
  goal: Node | undefined,
  nodes: Iterable<Node>,
  stepsFrom: (node: Node) => Iterable<Node | undefined>,
): ReadonlySet<Node | undefined> {
  const back = new Map<Node | undefined, Node[]>()
  for (const from of nodes)
    for (const to of stepsFrom(from)) {
      const known = back.get(to)
      if (known) known.push(from)
      else back.set(to, [from])
    }
  const found = new Set<Node | undefined>(goal === undefined ? [] : [goal])
  // Those that are added are visited too.
  for (const each of found) for (const from of back.get(each) ?? []) found.add(from)
  return found
}

/** Among the names of the `use` that is there, or as one of its own at the beginning of the scope. */
function useOf(index: SymbolIndex, scope: Scope, from: Definition, path: string, name: string): TextEdit {
  const feature = featureOf(scope.gates)
  const there = usesOf(scope.items).find(
    ({ gates, path: known }) => index.target(known) === from && featureOf(gates) === feature,
  )
  const last = there?.names.at(-1)
  if (last !== undefined) return { start: last.end, end: last.end, text: `, ${name}` }
  const at = scope.body.start + 1
  // WIT.md#feature-gates: in what is unstable it has to say so too.
  const gate = feature === undefined ? '' : `@unstable(feature = ${feature}) `
  return { start: at, end: at, text: `\n  ${gate}use ${path}.{${name}};` }
}

const usesOf = (items: readonly (InterfaceItem | WorldItem)[]) => items.filter((item) => item.kind === 'use')
