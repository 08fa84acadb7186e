import type { Definition, Source } from './packages.ts'
import type { Scope } from './scopes.ts'
import type { SymbolIndex } from './symbols.ts'
import type { TextEdit } from './text.ts'
import type { InterfaceItem, WorldItem } from './tree.ts'
import { isAsynchronous } from './asynchronous.ts'
import { draft, type Draft } from './complete-words.ts'
import { written } from './identifier.ts'
import { writtenId } from './packages.ts'
import { isDefinition } from './type-parts.ts'

/** The types of other interfaces, those of the own package first, each with the `use` that takes it in. */
export function typesElsewhere(index: SymbolIndex, source: Source, scope: Scope | undefined): Draft[] {
  if (scope === undefined || source.parsed.text[scope.body.start] !== '{') return []
  const { packages } = index.resolution
  packages.readBuiltins()
  const drafts: Draft[] = []
  const preferred = new Map<string, unknown>()
  for (const one of packages.packages.values()) {
    const bare = `${one.namespace}:${one.name}`
    // Of another version than the one that is named first a type is another one.
    if ((preferred.get(bare) ?? one) !== one) continue
    preferred.set(bare, one)
    const isOwn = one === scope.unit.package
    for (const definition of one.definitions.values()) {
      if (definition.node.kind !== 'interface' || definition === scope.owner) continue
      if (!isOwn && isAsynchronous(definition)) continue
      if (isOwn && usesOf(definition.node.items).some(({ path }) => index.target(path) === scope.owner)) continue
      const path = isOwn ? written(definition.node.name.text) : writtenId(definition)
      for (const item of definition.node.items) {
        if (!isDefinition(item) || scope.types.has(item.name.text)) continue
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

/** Among the names of the `use` that is there, or as one of its own at the beginning of the scope. */
function useOf(index: SymbolIndex, scope: Scope, from: Definition, path: string, name: string): TextEdit {
  const there = usesOf(scope.items).find((item) => index.target(item.path) === from)
  const last = there?.names.at(-1)
  if (last !== undefined) return { start: last.end, end: last.end, text: `, ${name}` }
  const at = scope.body.start + 1
  return { start: at, end: at, text: `\n  use ${path}.{${name}};` }
}

const usesOf = (items: readonly (InterfaceItem | WorldItem)[]) => items.filter((item) => item.kind === 'use')
