import type { Definition, PackageSet, Report } from './packages.ts'
import type { Extern, Gate, Include, Name, Path, World } from './tree.ts'
import type { GateChecks } from './check-gates.ts'
import type { Scope, Scopes, TypeSymbol } from './scopes.ts'
import type { Span } from './text.ts'
import { written } from './identifier.ts'
import { replaceBy } from './fixes.ts'
import { where } from './packages.ts'
import { closest, listed } from './wording.ts'

/** What a world imports or exports under one name. */
export interface Item {
  readonly kind: 'type' | 'function' | 'interface'
  /** As people read it: a plain name, or `ns:package/interface@version`. */
  readonly label: string
  /** Whether the label is a plain name, which `include ... with` can rename. */
  readonly plain: boolean
  /** The interface that it is, or follows. */
  readonly definition: Definition | undefined
  /** The scope of an interface written in place, or of the world that a type is in. */
  readonly scope: Scope | undefined
  readonly symbol: TypeSymbol | undefined
  /** Where it came into this world: its name, or the `include` that brings it. */
  readonly at: { readonly scope: Scope; readonly span: Span }
  /** Where its name stands, be it in another world; where `with` gives it another one, that name. */
  readonly named: { readonly scope: Scope; readonly span: Span }
}

/** A world with everything that its `include` items bring. Keys are lower case: names differ by more than case. */
export interface WorldModel {
  readonly scope: Scope
  readonly imports: Map<string, Item>
  readonly exports: Map<string, Item>
  /** Scopes of the interfaces written inside it. */
  readonly inline: readonly Scope[]
}

const empty = (scope: Scope): WorldModel => ({ scope, imports: new Map(), exports: new Map(), inline: [] })

/** Builds worlds and checks that their names do not collide (WIT.md#wit-worlds, WIT.md#union-of-worlds-with-include). */
export class WorldChecks {
  private readonly scopes: Scopes
  private readonly gates: GateChecks
  private readonly packages: PackageSet
  private readonly report: Report
  private readonly models = new Map<Definition, WorldModel>()
  private readonly open = new Set<Definition>()

  constructor(scopes: Scopes, gates: GateChecks, packages: PackageSet, report: Report) {
    this.scopes = scopes
    this.packages = packages
    this.gates = gates
    this.report = report
  }

  model(definition: Definition): WorldModel {
    const known = this.models.get(definition)
    if (known !== undefined) return known
    const scope = this.scopes.of(definition)
    // Worlds that include each other are reported as a circle; here the circle ends, and so do endless chains.
    if (this.open.has(definition) || this.open.size > 400 || definition.node.kind !== 'world') return empty(scope)
    this.open.add(definition)
    const model = this.build(scope, definition.node)
    this.open.delete(definition)
    this.models.set(definition, model)
    return model
  }

  private build(scope: Scope, node: World): WorldModel {
    const inline: Scope[] = []
    const model: WorldModel = { scope, imports: new Map(), exports: new Map(), inline }
    this.scopes.references.prepare(scope.unit.package)
    this.scopes.resolveUses(scope)
    for (const symbol of scope.types.values())
      model.imports.set(symbol.name.text.toLowerCase(), {
        kind: 'type',
        label: symbol.name.text,
        plain: true,
        definition: undefined,
        scope,
        symbol,
        at: { scope, span: symbol.name },
        named: { scope, span: symbol.name },
      })
    for (const item of node.items)
      if (item.kind === 'import' || item.kind === 'export') this.extern(model, inline, item)
    for (const item of node.items) if (item.kind === 'include') this.include(model, item)
    return model
  }

  private extern(model: WorldModel, inline: Scope[], item: Extern): void {
    const { scope } = model
    const { type } = item
    const into = item.kind === 'import' ? model.imports : model.exports
    const blank = { definition: undefined, scope: undefined, symbol: undefined }
    if (type.kind === 'path') {
      if (this.isPackage(scope, item.name, type.path)) return
      const definition = this.interface(scope, type.path, item.gates)
      if (definition !== undefined) this.gates.reference(scope, type.path.name, item.gates, definition)
      if (item.name === undefined) {
        if (definition === undefined) return
        const span = type.path
        const entry: Item = {
          ...blank,
          kind: 'interface',
          label: definition.id,
          plain: false,
          definition,
          at: { scope, span },
          named: { scope, span: type.path.name },
        }
        this.add(into, definition.id, entry, item.kind, type.path)
        return
      }
      this.addPlain(into, item.name, item.kind, {
        ...blank,
        kind: 'interface',
        definition,
        at: { scope, span: item.name },
        named: { scope, span: item.name },
      })
      return
    }
    if (item.name === undefined) return
    const at = { scope, span: item.name }
    if (type.kind === 'interface') {
      const title = `the interface \`${item.name.text}\``
      const gates: readonly Gate[] = [...scope.gates, ...item.gates]
      const inner = this.scopes.open(scope.unit, undefined, 'interface', title, type.items, gates, type.body)
      inline.push(inner)
      this.addPlain(into, item.name, item.kind, { ...blank, kind: 'interface', scope: inner, at, named: at })
    } else if (type.kind === 'function') {
      this.addPlain(into, item.name, item.kind, { ...blank, kind: 'function', at, named: at })
    }
  }

  /** `import wasi:cli;`: read as a name and an interface, but meant as a package. */
  private isPackage({ unit }: Scope, name: Name | undefined, path: Path): boolean {
    if (name === undefined || path.package !== undefined || path.start !== name.end + 1 || name.missing) return false
    if (unit.package.definitions.has(path.name.text) || unit.aliases.has(path.name.text)) return false
    const written = `${name.text}:${path.name.text}`
    const key = this.packages.keys().find((one) => one.split('@')[0] === written)
    const found = key === undefined ? undefined : this.packages.find(key)
    const names =
      found === undefined || found === 'opaque'
        ? []
        : [...found.definitions.values()].filter(({ node }) => node.kind === 'interface').map(({ id }) => id)
    this.report(
      unit.source,
      { start: name.start, end: path.end },
      `\`${written}\` names a package, and worlds import and export interfaces.`,
      names.length > 0
        ? `Name one of its interfaces: ${listed(names, 4)}.`
        : `Say which interface: \`${written}/name\`.`,
    )
    return true
  }

  /** What is named by an unstable item of another package may be anything: it is not looked at while that is off. */
  private interface(scope: Scope, path: Path, gates: readonly Gate[]): Definition | undefined {
    const unstable = path.package !== undefined && gates.some(({ kind }) => kind === 'unstable')
    const found = this.scopes.references.resolve(scope.unit, path, unstable ? undefined : 'interface')
    return found?.node.kind === 'interface' ? found : undefined
  }

  private addPlain(
    into: Map<string, Item>,
    name: Name,
    direction: 'import' | 'export',
    item: Omit<Item, 'label' | 'plain'>,
  ): void {
    if (!name.missing) this.add(into, name.text, { ...item, label: name.text, plain: true }, direction, name)
  }

  private add(into: Map<string, Item>, label: string, item: Item, direction: 'import' | 'export', span: Span): void {
    const key = label.toLowerCase()
    const earlier = into.get(key)
    if (earlier === undefined) {
      into.set(key, item)
      return
    }
    const { source } = item.at.scope.unit
    const first = where(earlier.at.scope.unit.source, earlier.at.span)
    if (!item.plain && item.definition === earlier.definition)
      this.report(
        source,
        span,
        `This world ${direction}s the interface \`${label}\` twice; the first time is at ${first}.`,
        `Delete one of the two, or give this one a name of its own: \`${direction} other-name: ${item.definition?.node.name.text ?? label};\`.`,
      )
    else if (earlier.label === label)
      this.report(
        source,
        span,
        `The name \`${label}\` is taken: this world has ${earlier.kind === 'interface' ? 'an' : 'a'} ${earlier.kind} of that name at ${first}.`,
        direction === 'import' && earlier.kind === 'type'
          ? 'Rename one of the two: the types of a world and its imports share their names.'
          : 'Rename one of the two.',
      )
    else
      this.report(
        source,
        span,
        `The names \`${label}\` and \`${earlier.label}\` (${first}) differ only in case, and count as one name.`,
        'Rename one of the two.',
      )
  }

  private include(model: WorldModel, item: Include): void {
    const { scope } = model
    const target = this.scopes.references.resolve(scope.unit, item.path, 'world')
    if (target === undefined) return
    this.gates.reference(scope, item.path.name, item.gates, target)
    const included = this.model(target)
    const renames = this.renames(scope, item, included)
    for (const [into, from, direction] of [
      [model.imports, included.imports, 'import'],
      [model.exports, included.exports, 'export'],
    ] as const)
      for (const one of from.values()) {
        const renamed = one.plain ? renames.get(one.label) : undefined
        const label = renamed?.text ?? one.label
        const earlier = into.get(label.toLowerCase())
        if (earlier === undefined) {
          const named = renamed ? { scope, span: renamed } : one.named
          into.set(label.toLowerCase(), { ...one, label, named, at: { scope, span: item.path } })
          continue
        }
        if (!one.plain) continue
        const here = earlier.at.scope === scope ? ` (${where(scope.unit.source, earlier.at.span)})` : ''
        this.report(
          scope.unit.source,
          item.path.name,
          `The world \`${item.path.name.text}\` has an ${direction} \`${label}\`, and this world has one of that name already${here}.`,
          `Rename it here: \`include ${scope.unit.source.parsed.text.slice(item.path.start, item.path.end)} with { ${one.label} as other-name }\`.`,
        )
        break
      }
  }

  private renames(scope: Scope, item: Include, included: WorldModel): Map<string, Name> {
    const renames = new Map<string, Name>()
    const items = [...included.imports.values(), ...included.exports.values()]
    const names = new Set(items.filter(({ plain }) => plain).map(({ label }) => label))
    for (const { name, as } of item.renames) {
      if (name.missing || as.missing) continue
      if (names.has(name.text)) {
        renames.set(name.text, as)
        continue
      }
      const isInterface = items.some(({ plain, definition }) => !plain && definition?.node.name.text === name.text)
      const near = closest(name.text, names)
      this.report(
        scope.unit.source,
        name,
        isInterface
          ? `\`${name.text}\` is an interface under its own name, and \`with\` renames only plain names.`
          : `The world \`${item.path.name.text}\` has nothing named \`${name.text}\`.`,
        isInterface
          ? 'Delete this renaming: the same interface from two worlds is there once, without conflict.'
          : near === undefined
            ? names.size > 0
              ? `The names that can be renamed are ${listed([...names])}.`
              : 'Delete this renaming: the world has no plain names.'
            : `Did you mean \`${near}\`?`,
        near === undefined || isInterface ? [] : [replaceBy(name, written(near))],
      )
    }
    return renames
  }
}
