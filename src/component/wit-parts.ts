import {
  blankLine,
  group,
  hardBreak,
  ifBroken,
  indent,
  type Layout,
  line,
  softLine,
  toLineEnd,
} from '../contract/layout.ts'
import { aliasText, membersText, type NameOf, parametersText, signatureText, typeText, witName } from './type-text.ts'
import type { FunctionItem, FunctionType, TypeItem } from './types.ts'
import { isLabel, memberName, pathText } from './wit-names.ts'
import type { Declaration, Scope } from './wit-scope.ts'

/** A part of a block. Parts of one kind stand together, an empty line separates the others; a block stands alone. */
export interface Part {
  readonly kind: 'use' | 'type' | 'function' | 'import' | 'export' | 'block'
  readonly layout: Layout
}

/** `{ … }` with each part on lines of its own. */
export function braces(parts: readonly Part[]): Layout {
  return parts.length === 0 ? '{}' : ['{', indent([hardBreak, apart(parts)]), hardBreak, '}']
}

export function apart(parts: readonly Part[]): Layout {
  return parts.map(({ kind, layout }, at) => {
    const before = parts[at - 1]
    if (!before) return layout
    return [kind === before.kind && kind !== 'block' ? hardBreak : blankLine, layout]
  })
}

/** Names such as `url=<…>`, which components may have and WIT may not. */
export const unwritable = (name: string, kind: Part['kind']): Part => ({
  kind,
  layout: toLineEnd(`// WIT has no form for ${JSON.stringify(name)}.`),
})

/** Lets the lists in a text break where the line is too long, as the formatter does. */
export function breakable(text: string): Layout {
  const tokens = text.match(/->|[(<>)]|, |[^(<>),-]+|[-,]/g) ?? []
  let at = 0
  const sequence = (): Layout[] => {
    const parts: Layout[] = []
    for (let token = tokens[at]; token !== undefined && !/^(?:[>)]|, )$/.test(token); token = tokens[at]) {
      at += 1
      parts.push(token === '(' || token === '<' ? list(token) : token)
    }
    return parts
  }
  const list = (open: string): Layout => {
    const elements: Layout[] = []
    while (at < tokens.length && !/^[>)]$/.test(tokens[at] ?? '')) {
      const element = sequence()
      const comma = tokens[at] === ', '
      if (comma) at += 1
      elements.push([elements.length === 0 ? softLine : line, element, comma ? ',' : ''])
    }
    const close = tokens[at] ?? ''
    at += 1
    return group([open, indent(elements), elements.length === 0 ? '' : softLine, close])
  }
  return sequence()
}

/** The functions that stand in the block of a resource, by its name. */
function membersByResource({ declarations }: Scope, functions: readonly FunctionItem[]): Map<string, FunctionItem[]> {
  const members = new Map<string, FunctionItem[]>()
  for (const declaration of declarations)
    if (declaration.kind === 'definition' && declaration.item.type.kind === 'resource')
      members.set(declaration.item.name, [])
  for (const item of functions) {
    const member = memberName(item.name)
    if (member && (member.name === undefined || isLabel(member.name))) members.get(member.resource)?.push(item)
  }
  return members
}

/**
 * What a block declares, resources with their functions, and the functions that are left. `owner` is the package of the
 * block. Uses of one interface that follow each other become one.
 */
export function declared(
  scope: Scope,
  functions: readonly FunctionItem[],
  owner: string,
): { readonly parts: Part[]; readonly rest: FunctionItem[] } {
  const members = membersByResource(scope, functions)
  const parts: Part[] = []
  let uses: { readonly from: string; readonly names: Use[] } | undefined
  const endUse = (): void => {
    if (uses) parts.push({ kind: 'use', layout: useLayout(uses.from, uses.names) })
    uses = undefined
  }
  for (const declaration of scope.declarations) {
    if (declaration.kind === 'use') {
      const from = pathText(declaration.from, owner)
      if (uses?.from !== from) endUse()
      uses ??= { from, names: [] }
      uses.names.push(declaration)
      continue
    }
    endUse()
    const { kind, item } = declaration
    if (kind === 'alias') parts.push(aliasPart(item, scope.nameOf))
    else parts.push(definitionPart(item, scope.nameOf, members.get(item.name) ?? []))
  }
  endUse()
  const placed = new Set([...members.values()].flat())
  return { parts, rest: functions.filter((item) => !placed.has(item)) }
}

/** The block of an interface. */
export function interfaceParts(scope: Scope, functions: readonly FunctionItem[], owner: string): Part[] {
  const { parts, rest } = declared(scope, functions, owner)
  return [...parts, ...rest.map((item) => functionPart(item, scope.nameOf))]
}

type Use = Declaration & { readonly kind: 'use' }

function useLayout(from: string, names: readonly Use[]): Layout {
  const last = names.length - 1
  const inside = names.map(({ name, as }, at) => [
    at === 0 ? softLine : line,
    name === as ? witName(name) : `${witName(name)} as ${witName(as)}`,
    at === last ? ifBroken(',') : ',',
  ])
  return [`use ${from}.`, group(['{', indent(inside), softLine, '}']), ';']
}

function functionPart({ name, type }: FunctionItem, nameOf: NameOf): Part {
  if (!isLabel(name)) return unwritable(name, 'function')
  return { kind: 'function', layout: [`${witName(name)}: `, breakable(signatureText(type, nameOf)), ';'] }
}

function aliasPart(item: TypeItem, nameOf: NameOf): Part {
  return { kind: 'type', layout: [breakable(aliasText(item, nameOf)), ';'] }
}

function definitionPart(item: TypeItem, nameOf: NameOf, members: readonly FunctionItem[]): Part {
  const { name, type } = item
  if (type.kind === 'resource') {
    const head = `resource ${witName(name)}`
    if (members.length === 0) return { kind: 'type', layout: `${head};` }
    return { kind: 'block', layout: [`${head} `, braces(members.map((member) => memberPart(member, nameOf)))] }
  }
  const lines = membersText(type, nameOf)
  if (!lines) return aliasPart(item, nameOf)
  const head = `${type.kind} ${witName(name)}`
  if (lines.length === 0) return { kind: 'block', layout: `${head} {}` }
  const inside = lines.map((text) => [hardBreak, breakable(text), ','])
  return { kind: 'block', layout: [`${head} {`, indent(inside), hardBreak, '}'] }
}

/** A function of a resource. */
function memberPart(item: FunctionItem, nameOf: NameOf): Part {
  const member = memberName(item.name)
  const { type } = item
  if (member?.name === undefined)
    return { kind: 'function', layout: [breakable(`constructor${constructorText(type, nameOf)}`), ';'] }
  // A method has itself as its first parameter, which WIT leaves out.
  const signature = member.kind === 'method' ? { ...type, params: type.params.slice(1) } : type
  const head = `${witName(member.name)}: ${member.kind === 'static' ? 'static ' : ''}`
  return { kind: 'function', layout: [head, breakable(signatureText(signature, nameOf)), ';'] }
}

/** Only a constructor that can fail says what it gives. */
function constructorText({ params, result }: FunctionType, nameOf: NameOf): string {
  const given = result && result.kind !== 'own' ? ` -> ${typeText(result, nameOf)}` : ''
  return `${parametersText(params, nameOf)}${given}`
}
