import type { Edit } from './navigate.ts'
import type { Definition } from './packages.ts'
import type { SymbolIndex, WitSymbol } from './symbols.ts'
import type { World } from './tree.ts'
import { lineInWorld } from './add-import.ts'
import { written } from './identifier.ts'
import { writtenId } from './packages.ts'

/** Something that can be done where nothing is wrong. */
export interface WitAction {
  readonly title: string
  readonly edits: readonly Edit[]
}

/** A menu of more is no help. */
const mostWorlds = 4

/**
 * What can be done with the interface that is named at an offset: import it into a world of the project, or export it
 * from one.
 */
export const actionsAt = (index: SymbolIndex, file: string, offset: number): WitAction[] => {
  const source = index.source(file)
  const named = source && index.at(source, offset)?.symbol
  const target = named && interfaceOf(named)
  if (target === undefined) return []
  const worlds = [...(index.resolution.packages.root?.definitions.values() ?? [])].filter(isWorld)
  return worlds.slice(0, mostWorlds).flatMap(({ node, unit: { source: of }, package: home }) => {
    const { name } = target.node
    const path = target.package === home ? written(name.text) : writtenId(target)
    return (['import', 'export'] as const).flatMap((kind) => {
      const there = node.items.some(
        (item) => item.kind === kind && item.type.kind === 'path' && index.target(item.type.path) === target,
      )
      const edit = there ? undefined : lineInWorld(of.parsed.text, node, kind, path)
      const verb = kind === 'import' ? `Import ${name.text} into` : `Export ${name.text} from`
      return edit ? [{ title: `${verb} the world ${node.name.text}`, edits: [{ file: of.file, ...edit }] }] : []
    })
  })
}

const isWorld = (definition: Definition): definition is Definition & { readonly node: World } =>
  definition.node.kind === 'world' && definition.unit.source.parsed.problems.length === 0

const interfaceOf = ({ item, of }: WitSymbol): Definition | undefined => {
  if (item.kind === 'definition') return item.definition.node.kind === 'interface' ? item.definition : undefined
  return of && interfaceOf(of)
}
