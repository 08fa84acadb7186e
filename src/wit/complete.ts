import type { Definition, Source } from './packages.ts'
import type { Scope } from './scopes.ts'
import type { SymbolIndex } from './symbols.ts'
import type { Token } from './lexer.ts'
import type { TopLevelItem } from './tree.ts'
import { isKeyword } from './cursor.ts'
import { written } from './identifier.ts'
import { nameKey, writtenId } from './packages.ts'
import {
  atTop,
  builtins,
  draft,
  functions,
  gates,
  inInterface,
  inResource,
  inWorld,
  keyword,
  snippet,
} from './complete-words.ts'
import type { Completion, Draft } from './complete-words.ts'
import { typesElsewhere } from './complete-uses.ts'
import { isAsynchronous, unbuildable } from './asynchronous.ts'
import { framesAt, isWord, type Frame } from './complete-context.ts'

/** Whether the token at an index can be a part of `ns:package/name@1.2.3`. */
const inPath = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at]
  if (token === undefined) return false
  // In a version; the other dots come behind the path.
  if (token.text === '.') return tokens[at - 1]?.kind === 'number'
  return token.kind === 'word' || token.kind === 'number' || [':', '/', '@'].includes(token.text)
}

/** Whether all behind the keyword is a path so far. */
const isPath = (head: readonly Token[]): boolean => head.every((_, at) => at === 0 || inPath(head, at))

/** What can stand at an offset. Works on broken text: that is what is there while somebody types. */
export const completionsAt = (index: SymbolIndex, file: string, offset: number): Completion[] => {
  const source = index.source(file)
  if (source === undefined || source.origin === 'builtin') return []
  const { tokens } = source.parsed
  if (
    tokens.some(({ comments }) =>
      comments.some(({ start, end, kind }) => start < offset && (offset < end || (kind === 'line' && offset === end))),
    )
  )
    return []
  const typing = tokens.find(
    ({ kind, start, end }) => (kind === 'word' || kind === 'number') && start < offset && offset <= end,
  )
  const from = typing?.start ?? offset
  const before = tokens.filter(({ kind, end }) => kind !== 'end' && end <= from)
  const frames = framesAt(before)
  const found = candidates(index, source, frames, before, offset)
  const start = found.path ? pathStart(before, from) : from
  const behind = (found.behind ?? []).map((each) => ({ ...each, span: { start: from, end: offset } }))
  // Right behind a colon a space is due.
  const gap = before.at(-1)?.text === ':' && before.at(-1)?.end === from ? ' ' : ''
  const placed = (each: Draft): Completion => ({ ...each, span: { start, end: offset } })
  const all = [
    ...found.drafts.map((each) =>
      typing && each.insert.startsWith(`${each.label} `) && goesOn(tokens, typing)
        ? { ...placed(each), insert: each.label, snippet: false, span: typing }
        : placed(each),
    ),
    ...behind.map((each) => ({ ...each, insert: `${gap}${each.insert}` })),
  ]
  if (typing?.escaped !== true) return all
  // Behind a `%` stands a name, and with it is what was typed compared.
  return all
    .filter(({ kind }) => kind !== 'keyword' && kind !== 'snippet')
    .map((each) => ({ ...each, filter: `%${each.label}` }))
}

/**
 * Whether behind the first word of an item the rest of it is there by now, on the same line: a snippet would write it a
 * second time.
 */
const goesOn = (tokens: readonly Token[], word: Token): boolean => {
  const next = tokens.find(({ start }) => start >= word.end)
  return next?.kind === 'word' && !next.first && !isKeyword(next)
}

/** Where the path begins that goes on at `from`. */
const pathStart = (before: readonly Token[], from: number): number => {
  let start = from
  for (let at = before.length - 1; before[at]?.end === start && inPath(before, at); at -= 1)
    start = before[at]?.start ?? start
  return start
}

interface Found {
  readonly drafts: readonly Draft[]
  /** Whether they are names of packages and what is in them: those replace the whole path. */
  readonly path: boolean
  /** What replaces only the last word of such a path. */
  readonly behind?: readonly Draft[]
}

const only = (drafts: readonly Draft[]): Found => ({ drafts, path: false })
const nothing = only([])

/** What has a name that can be written here. */
type Named = (kind: 'interface' | 'world') => Found

const candidates = (
  index: SymbolIndex,
  source: Source,
  frames: readonly Frame[],
  before: readonly Token[],
  offset: number,
): Found => {
  const frame = frames.at(-1)
  if (frame === undefined) return nothing
  const { head, kind } = frame
  const last = head.at(-1)
  const scope = scopeAt(index, source, offset)
  const elsewhere = (): Draft[] => typesElsewhere(index, source, scope)
  const types = (): Found => only([...typesIn(index, scope), ...builtins, ...elsewhere()])
  const named: Named = (wanted) => paths(index, source, wanted, scope, offset)
  if (isWord(last, 'async')) return only(functions.slice(0, 1))
  if (last?.text === '@' && head.length === 1) return only(gates)
  switch (kind) {
    case 'angle': {
      const wantsResource = isWord(frame.opener, 'own') || isWord(frame.opener, 'borrow')
      if (!wantsResource) return types()
      return only([...typesIn(index, scope), ...elsewhere()].filter((each) => each.kind === 'resource'))
    }
    case 'round': {
      const outer = frames.at(-2)
      if (outer?.kind === 'cases') return types()
      if (outer?.head.some(({ text }) => text === '@')) return nothing
      return last?.text === ':' ? types() : nothing
    }
    case 'names':
      return head.length === 0 ? only(usable(index, source, before, scope)) : afterName(head)
    case 'renames':
      return head.length === 0 ? nothing : afterName(head)
    case 'members':
      return last?.text === ':' ? types() : nothing
    case 'cases':
    case 'labels':
      return nothing
    case 'resource':
      if (head.length === 0) return only(inResource)
      if (isWord(last, 'static')) return only(functions)
      return last?.text === ':' ? only([...functions, keyword('static')]) : resultOf(head, types)
    case 'interface':
      if (head.length === 0) return only(inInterface)
      return itemOf(head, named, types) ?? (last?.text === ':' ? only(functions) : resultOf(head, types))
    case 'world':
      if (head.length === 0) return only(inWorld)
      return itemOf(head, named, types) ?? worldItem(head, named, types)
    case 'top':
      if (head.length === 0) {
        return only(isPackageDue(source, before, offset) ? [packageLine, ...atTop] : atTop)
      }
      return isWord(head[0], 'use') ? named('interface') : nothing
  }
}

const packageLine = snippet('package', 'package ${1:example}:${2:name};\n$0', 'which package this is')

/** It comes before all else, and once: also where what is being typed has spoiled the line that is there. */
const isPackageDue = ({ parsed }: Source, before: readonly Token[], offset: number): boolean =>
  before.length === 0 && !parsed.tokens.some((each) => each.start >= offset && isWord(each, 'package'))

const afterName = (head: readonly Token[]): Found => (head.length === 1 ? only([keyword('as')]) : nothing)

/** Behind `->`. */
const resultOf = (head: readonly Token[], types: () => Found): Found => (head.at(-1)?.text === '->' ? types() : nothing)

/** Inside of a `use` or a `type`. */
const itemOf = (head: readonly Token[], named: Named, types: () => Found): Found | undefined => {
  const [first] = head
  if (isWord(first, 'use')) return isPath(head) ? named('interface') : nothing
  if (isWord(first, 'type')) return head.at(-1)?.text === '=' ? types() : nothing
  return ['record', 'variant', 'enum', 'flags', 'resource'].some((word) => isWord(first, word)) ? nothing : undefined
}

const worldItem = (head: readonly Token[], named: Named, types: () => Found): Found => {
  const [first, , colon] = head
  if (isWord(first, 'include')) return isPath(head) ? named('world') : nothing
  if (!isWord(first, 'import') && !isWord(first, 'export')) return nothing
  if (head.at(-1)?.text === '->') return types()
  if (!isPath(head)) return nothing
  const interfaces = named('interface')
  if (head.length === 1)
    return {
      path: true,
      drafts: [
        snippet('name: func', '${1:name}: func(${2});', 'a function', 0),
        snippet('name: interface', '${1:name}: interface {\n  $0\n}', 'an interface of its own', 1),
        ...interfaces.drafts,
      ],
    }
  // `import a:` may become a path, or the type of what is called `a`.
  if (head.length === 3 && colon?.text === ':')
    return {
      path: true,
      drafts: interfaces.drafts,
      behind: [...functions, snippet('interface', 'interface {\n  $0\n}', 'an interface of its own')],
    }
  return interfaces
}

const scopeAt = (index: SymbolIndex, source: Source, offset: number): Scope | undefined => {
  let found: Scope | undefined
  for (const scope of index.resolution.scopes.all) {
    const { start, end } = scope.body
    if (scope.unit.source !== source || offset <= start || offset > end) continue
    if (found === undefined || end - start < found.body.end - found.body.start) found = scope
  }
  return found
}

const typesIn = (index: SymbolIndex, scope: Scope | undefined): Draft[] =>
  [...(scope?.types.values() ?? [])].map((symbol) => {
    const definition = index.resolution.scopes.origin(symbol)?.definition
    const name = symbol.name.text
    return draft(definition?.kind === 'resource' ? 'resource' : 'type', name, 0, {
      insert: written(name),
      detail: definition?.kind,
      docs: definition?.docs?.text,
    })
  })

/** The types of the interface that the `use` before names. */
const usable = (index: SymbolIndex, source: Source, before: readonly Token[], scope: Scope | undefined): Draft[] => {
  const dot = before.findLast(({ text }, at) => text === '.' && before[at + 1]?.text === '{')
  if (dot === undefined) return []
  const start = pathStart(
    before.filter(({ end }) => end <= dot.start),
    dot.start,
  )
  const place = index.of(source).findLast(({ span }) => span.start >= start && span.end <= dot.start)
  let target = place?.symbol
  while (target?.of !== undefined) target = target.of
  if (target?.item.kind !== 'definition') return []
  const taken = new Set(scope?.types.keys())
  return typesIn(index, index.resolution.scopes.of(target.item.definition)).filter(({ label }) => !taken.has(label))
}

/** Interfaces or worlds that a name can lead to, those of the own package first. */
const paths = (
  index: SymbolIndex,
  source: Source,
  kind: 'interface' | 'world',
  scope: Scope | undefined,
  offset: number,
): Found => {
  const { packages } = index.resolution
  packages.readBuiltins()
  const own = packageAt(source, offset)
  const drafts: Draft[] = []
  const seen = new Set<string>()
  for (const one of packages.packages.values()) {
    const unit = own === undefined || own === one.key ? one.units.find((each) => each.source === source) : undefined
    const bare = `${one.namespace}:${one.name}`
    // Other versions of a package come after the one that is named first.
    const isPreferred = !seen.has(bare)
    seen.add(bare)
    for (const definition of one.definitions.values()) {
      if (definition.node.kind !== kind || definition === scope?.owner) continue
      const name = unit === undefined ? writtenId(definition) : written(definition.node.name.text)
      const foreign = unit === undefined
      // Those of the own package are what somebody is at.
      const waits = foreign && isAsynchronous(definition)
      // What a package is called for comes before what else is in it.
      const rank = (isPreferred ? 4 : 5) - (definition.node.name.text === one.name ? 0.5 : 0)
      drafts.push(
        draft(kind, name, foreign ? (waits ? 6 : rank) : 2, {
          detail: waits ? unbuildable : firstLine(definition),
          docs: definition.node.docs?.text,
        }),
      )
    }
    for (const [name, alias] of unit?.aliases ?? [])
      if (alias.definition?.node.kind === kind)
        drafts.push(draft(kind, name, 2, { insert: written(name), detail: alias.definition.id }))
  }
  return { drafts, path: true }
}

/** The package that a place of a file belongs to: that of the braces around it, else that of the file. */
const packageAt = ({ parsed }: Source, offset: number): string | undefined => {
  const declared = parsed.file.package
  let found = declared && nameKey(declared.name)
  const visit = (items: readonly TopLevelItem[]): void => {
    for (const item of items) {
      if (item.kind !== 'package-block' || offset <= item.body.start || offset > item.body.end) continue
      found = nameKey(item.name)
      visit(item.items)
    }
  }
  visit(parsed.file.items)
  return found
}

const firstLine = ({ node }: Definition): string | undefined => node.docs?.text.split('\n', 1)[0]
