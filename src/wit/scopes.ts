import type { Definition, PackageSet, Report, Unit } from './packages.ts'
import type { FunctionItem, Gate, Name, TypeDefinition, Use, UsedName } from './tree.ts'
import type { InterfaceItem, WorldItem } from './tree.ts'
import type { References } from './references.ts'
import type { Span } from './text.ts'
import { isDefinition } from './type-parts.ts'
import { written } from './identifier.ts'
import { where, writtenId } from './packages.ts'
import { builtinTypes } from './builtin-types.ts'
import { insertAt, replaceBy } from './fixes.ts'
import type { TextFix } from './text.ts'
import { closest, listed } from './wording.ts'
import { foreignType } from './foreign-types.ts'

/** A type that has a name in an interface or world: defined there, or taken from an interface by `use`. */
export interface TypeSymbol {
  readonly name: Name
  readonly scope: Scope
  readonly definition: TypeDefinition | undefined
  readonly use: { readonly item: Use; readonly used: UsedName } | undefined
}

/** The names inside an interface (also one written inside an import or export) or inside a world. */
export interface Scope {
  readonly unit: Unit
  /** The interface or world itself; `undefined` for an interface without a name of its own. */
  readonly owner: Definition | undefined
  readonly kind: 'interface' | 'world'
  /** How people refer to it: "the interface `types`". */
  readonly title: string
  readonly items: readonly (InterfaceItem | WorldItem)[]
  /** The annotations around its items. */
  readonly gates: readonly Gate[]
  readonly body: Span
  readonly types: Map<string, TypeSymbol>
  readonly functions: Map<string, FunctionItem>
  /** The interfaces that its `use` items name, in order. */
  readonly uses: Map<Use, Definition | undefined>
}

/** A use of a type's name, for go to definition and rename. */
export interface TypeReference {
  readonly unit: Unit
  readonly span: Span
  readonly target: TypeSymbol
}

/** Builds scopes and looks names of types up in them. */
export class Scopes {
  readonly references: References
  readonly found: TypeReference[] = []
  readonly all: Scope[] = []
  private readonly report: Report
  private readonly packages: PackageSet
  private suggested = 0
  private readonly byDefinition = new Map<Definition, Scope>()

  constructor(packages: PackageSet, references: References, report: Report) {
    this.packages = packages
    this.references = references
    this.report = report
  }

  /** The scope of an interface or world of the top level. */
  of(definition: Definition): Scope {
    const known = this.byDefinition.get(definition)
    if (known !== undefined) return known
    const { node, unit } = definition
    const title = `the ${node.kind} \`${node.name.text}\``
    const scope = this.open(unit, definition, node.kind, title, node.items, node.gates, node.body)
    this.byDefinition.set(definition, scope)
    return scope
  }

  /** A scope of its own, with the names of its items. Reports names that are there twice. */
  open(
    unit: Unit,
    owner: Definition | undefined,
    kind: Scope['kind'],
    title: string,
    items: Scope['items'],
    gates: readonly Gate[],
    body: Span,
  ): Scope {
    const scope: Scope = {
      unit,
      owner,
      kind,
      title,
      items,
      gates,
      body,
      types: new Map(),
      functions: new Map(),
      uses: new Map(),
    }
    this.all.push(scope)
    const taken = new Map<string, Name>()
    const claim = (name: Name): boolean => {
      if (name.missing) return false
      const earlier = taken.get(name.text.toLowerCase())
      if (earlier === undefined) {
        taken.set(name.text.toLowerCase(), name)
        return true
      }
      this.twice(scope, name, earlier)
      return false
    }
    for (const item of items) {
      if (item.kind === 'use') {
        for (const used of item.names) {
          const name = used.as ?? used.name
          if (claim(name)) scope.types.set(name.text, { name, scope, definition: undefined, use: { item, used } })
        }
      } else if (item.kind === 'function') {
        if (claim(item.name)) scope.functions.set(item.name.text, item)
      } else if (isDefinition(item) && claim(item.name))
        scope.types.set(item.name.text, { name: item.name, scope, definition: item, use: undefined })
    }
    return scope
  }

  private twice(scope: Scope, name: Name, earlier: Name): void {
    const first = where(scope.unit.source, earlier)
    if (name.text === earlier.text)
      this.report(
        scope.unit.source,
        name,
        `The name \`${name.text}\` is defined twice in ${scope.title}; it is first defined at ${first}.`,
        'Rename one of the two, or delete it: functions and types share their names.',
      )
    else
      this.report(
        scope.unit.source,
        name,
        `The names \`${name.text}\` and \`${earlier.text}\` (${first}) differ only in case, and count as one name.`,
        'Rename one of the two.',
      )
  }

  /** Resolves the `use` items of a scope: the interfaces, and the types in them. Reports what is not there. */
  resolveUses(scope: Scope): void {
    for (const item of scope.items) {
      if (item.kind !== 'use' || scope.uses.has(item)) continue
      const target = this.references.resolve(
        scope.unit,
        item.path,
        'interface',
        scope.unit.aliases,
        item.names.flatMap(({ name }) => (name.missing ? [] : [name.text])),
      )
      scope.uses.set(item, target)
      if (target === undefined) continue
      for (const used of item.names) {
        if (used.name.missing) continue
        const from = this.of(target)
        const symbol = from.types.get(used.name.text)
        if (symbol === undefined) this.notInInterface(scope, from, used)
        else this.found.push({ unit: scope.unit, span: used.name, target: symbol })
      }
    }
  }

  private notInInterface(scope: Scope, from: Scope, { name, as }: UsedName): void {
    if (from.functions.has(name.text)) {
      this.report(
        scope.unit.source,
        name,
        `\`${name.text}\` is a function of ${from.title}, and \`use\` takes only types.`,
        'Delete it here: who needs the function imports the interface.',
      )
      return
    }
    if (isLostIn(from, name.text)) return
    const near = this.suggest(name.text, from)
    this.report(
      scope.unit.source,
      name,
      `There is no type \`${name.text}\` in ${from.title}.`,
      near === undefined
        ? from.types.size === 0
          ? 'Define it there: the interface has no types.'
          : `Define it there, or take one of its types: ${listed([...from.types.keys()])}.`
        : `Did you mean \`${near}\`?`,
      near === undefined || !from.types.has(near) ? [] : [replaceBy(name, this.renamed(scope, name, as, near))],
    )
  }

  /** Another name in a `use`. What the rest of the scope calls by the old one goes on to. */
  private renamed({ unit, body }: Scope, name: Name, as: Name | undefined, by: string): string {
    const isNamed = unit.source.parsed.tokens.some(
      ({ kind, text, start }) => kind === 'word' && text === name.text && start > name.end && start < body.end,
    )
    return as === undefined && isNamed ? `${written(by)} as ${written(name.text)}` : written(by)
  }

  /** The type behind a name, through any number of `use` items; `undefined` where the chain breaks or goes in a circle. */
  origin(symbol: TypeSymbol): TypeSymbol | undefined {
    const seen = new Set<TypeSymbol>()
    let at: TypeSymbol | undefined = symbol
    while (at?.use !== undefined) {
      if (seen.has(at)) return undefined
      seen.add(at)
      const target: Definition | undefined = this.usedInterface(at)
      at = target === undefined ? undefined : this.of(target).types.get(at.use.used.name.text)
    }
    return at
  }

  private usedInterface(symbol: TypeSymbol): Definition | undefined {
    if (symbol.use === undefined) return undefined
    this.references.prepare(symbol.scope.unit.package)
    if (!symbol.scope.uses.has(symbol.use.item)) this.resolveUses(symbol.scope)
    return symbol.scope.uses.get(symbol.use.item)
  }

  /** The type that a name stands for in a scope. Reports names that stand for none, where `reporting`. */
  lookUp(scope: Scope, name: Name, reporting = false): TypeSymbol | undefined {
    if (name.missing) return undefined
    const symbol = scope.types.get(name.text)
    if (symbol !== undefined) {
      if (reporting) this.found.push({ unit: scope.unit, span: name, target: symbol })
      return symbol
    }
    if (reporting) this.unknown(scope, name)
    return undefined
  }

  private suggest(name: string, from: Scope): string | undefined {
    this.suggested += 1
    return this.suggested > mostSuggestions ? undefined : closest(name, [...from.types.keys(), ...builtinTypes])
  }

  private unknown(scope: Scope, name: Name): void {
    if (isLostIn(scope, name.text) || isMisspelt(scope, name)) return
    if (scope.functions.has(name.text)) {
      this.report(
        scope.unit.source,
        name,
        `\`${name.text}\` is a function, and a type is expected here.`,
        'Write the name of a type; WIT has no values that are functions.',
      )
      return
    }
    const other = foreignType(name.text)
    const near = this.suggest(name.text, scope)
    const elsewhere =
      other === undefined && near === undefined && this.suggested <= mostSuggestions
        ? this.interfacesWith(scope, name.text)
        : undefined
    this.report(
      scope.unit.source,
      name,
      `There is no type \`${name.text}\` in ${scope.title}.`,
      near !== undefined
        ? `Did you mean \`${near}\`?`
        : other === ''
          ? 'Leave the result out: a function without `->` returns nothing.'
          : other !== undefined
            ? `Write \`${other}\`, which is what WIT calls it.`
            : elsewhere !== undefined
              ? `Take it from there by \`use ${elsewhere}.{${name.text}};\`.`
              : `Define it in ${scope.title}, or take it from another interface by \`use other.{${name.text}};\`.`,
      [
        ...(near === undefined ? [] : [replaceBy(name, scope.types.has(near) ? written(near) : near)]),
        ...(other === undefined || other === '' || near !== undefined ? [] : [replaceBy(name, other)]),
        ...(elsewhere === undefined || !isClosed(scope)
          ? []
          : [atTop(scope, `use ${elsewhere}.{${written(name.text)}};`)]),
        ...(other === undefined && isClosed(scope) ? [define(scope, name.text)] : []),
      ],
    )
  }

  /** An interface, as this scope would name it, that has a type of this name. */
  private interfacesWith(scope: Scope, name: string): string | undefined {
    const own = scope.unit.package
    for (const one of this.packages.packages.values())
      for (const definition of one.definitions.values()) {
        if (definition.node.kind !== 'interface' || definition === scope.owner) continue
        const has = definition.node.items.some((item) => isDefinition(item) && item.name.text === name)
        if (has) return one === own ? written(definition.node.name.text) : writtenId(definition)
      }
    return undefined
  }

  /** The resource behind a name, through `use` and `type a = b;`. */
  resource(scope: Scope, name: Name): TypeSymbol | undefined {
    const seen = new Set<TypeSymbol>()
    let symbol = this.lookUp(scope, name)
    for (;;) {
      const origin: TypeSymbol | undefined = symbol === undefined ? undefined : this.origin(symbol)
      const definition = origin?.definition
      if (origin === undefined || definition === undefined || seen.has(origin)) return undefined
      if (definition.kind === 'resource') return origin
      if (definition.kind !== 'alias' || definition.type.kind !== 'named') return undefined
      seen.add(origin)
      symbol = this.lookUp(origin.scope, definition.type.name)
    }
  }
}

/** Whether the name is no identifier at all, which is told already. */
const isMisspelt = (scope: Scope, name: Name): boolean =>
  scope.unit.source.parsed.problems.some(({ start }) => start === name.start)

/**
 * Whether a syntax error swallowed the definition of a name: then the name is not unknown, and one mistake is not told
 * twice.
 */
const isLostIn = (scope: Scope, name: string): boolean => {
  const known = lostNames.get(scope)
  if (known !== undefined) return known.has(name)
  const { parsed } = scope.unit.source
  const found = new Set<string>()
  if (parsed.problems.some(({ start }) => start >= scope.body.start && start <= scope.body.end)) {
    const body = parsed.text.slice(scope.body.start, scope.body.end)
    for (const [, defined = ''] of body.matchAll(/\b(?:record|variant|enum|flags|resource|type)\s+%?([\w-]+)/g))
      found.add(defined)
    for (const [, used = ''] of body.matchAll(/\.\s*\{([^{}]*)/g))
      for (const [word] of used.matchAll(/[\w-]+/g)) found.add(word)
  }
  lostNames.set(scope, found)
  return found.has(name)
}

const lostNames = new WeakMap<Scope, Set<string>>()

/** Whether the scope has both of its braces, so that something can be put between them. */
const isClosed = ({ body, unit }: Scope): boolean => {
  const { text } = unit.source.parsed
  return body.end - body.start > 1 && text[body.start] === '{' && text[body.end - 1] === '}'
}

/** Writes an item as the first of a scope. */
const atTop = ({ body }: Scope, item: string): TextFix => insertAt(body.start + 1, `\n  ${item}`, `Add ${item}`)

/** Defines a type as the last item of a scope; what it is made of is for its author to say. */
const define = ({ body, unit }: Scope, name: string): TextFix => {
  const { text } = unit.source.parsed
  const at = text.slice(0, body.end - 1).trimEnd().length
  return insertAt(at, `\n\n  record ${written(name)} {\n    field: string,\n  }`, `Define the record ${name}`)
}

/** Searching for what was meant takes time, and nobody reads more of that at once. */
const mostSuggestions = 100
