import type { Span } from './text.ts'
import type { File, FunctionItem, InterfaceItem, Name, TopLevelItem, TypeDefinition, WorldItem } from './tree.ts'

export type OutlineKind =
  | 'package'
  | 'interface'
  | 'world'
  | 'import'
  | 'export'
  | 'include'
  | 'use'
  | 'function'
  | 'method'
  | 'static'
  | 'constructor'
  | 'alias'
  | 'record'
  | 'variant'
  | 'enum'
  | 'flags'
  | 'resource'
  | 'field'
  | 'case'

/** One entry of a file's outline. `span` is the whole item, `selection` its name. */
export interface OutlineEntry {
  readonly kind: OutlineKind
  readonly name: string
  readonly span: Span
  readonly selection: Span
  readonly children: readonly OutlineEntry[]
}

const spanOf = ({ start, end }: Span): Span => ({ start, end })

const entry = (
  kind: OutlineKind,
  node: Span,
  name: Span & { readonly text: string },
  children: readonly OutlineEntry[] = [],
): OutlineEntry => ({ kind, name: name.text, span: spanOf(node), selection: spanOf(name), children })

const named = (text: string, span: Span): Span & { text: string } => ({ text, start: span.start, end: span.end })

const definition = (item: TypeDefinition): OutlineEntry => {
  switch (item.kind) {
    case 'alias':
      return entry('alias', item, item.name)
    case 'record':
      return entry(
        'record',
        item,
        item.name,
        item.fields.map((field) => entry('field', field, field.name)),
      )
    case 'resource':
      return entry(
        'resource',
        item,
        item.name,
        item.methods.map((method) => entry(method.kind, method, method.name)),
      )
    default:
      return entry(
        item.kind,
        item,
        item.name,
        item.cases.map((one) => entry('case', one, one.name)),
      )
  }
}

const functionEntry = (item: FunctionItem): OutlineEntry => entry('function', item, item.name)

const interfaceItem = (item: InterfaceItem): OutlineEntry => {
  if (item.kind === 'use') return entry('use', item, item.path.name)
  return item.kind === 'function' ? functionEntry(item) : definition(item)
}

const pathName = (text: string, item: { readonly path: Span & { readonly name: Name } }): Span & { text: string } =>
  named(text.slice(item.path.start, item.path.end), item.path)

const worldItem = (text: string, item: WorldItem): OutlineEntry => {
  switch (item.kind) {
    case 'import':
    case 'export': {
      const children = item.type.kind === 'interface' ? item.type.items.map(interfaceItem) : []
      const name = item.name ?? (item.type.kind === 'path' ? pathName(text, item.type) : named('', item))
      return entry(item.kind, item, name, children)
    }
    case 'include':
      return entry('include', item, pathName(text, item))
    case 'use':
      return entry('use', item, item.path.name)
    default:
      return definition(item)
  }
}

const topLevel = (text: string, item: TopLevelItem): OutlineEntry => {
  switch (item.kind) {
    case 'interface':
      return entry('interface', item, item.name, item.items.map(interfaceItem))
    case 'world':
      return entry(
        'world',
        item,
        item.name,
        item.items.map((one) => worldItem(text, one)),
      )
    case 'package-block':
      return entry(
        'package',
        item,
        named(text.slice(item.name.start, item.name.end), item.name),
        item.items.map((one) => topLevel(text, one)),
      )
    default:
      return entry('use', item, item.as ?? item.path.name)
  }
}

/** What a file defines, nested as in the text. Broken items appear with what could be read of them. */
export const outline = (file: File, text: string): OutlineEntry[] => file.items.map((item) => topLevel(text, item))
