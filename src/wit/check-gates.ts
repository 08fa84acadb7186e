import type { Definition, Report, Unit } from './packages.ts'
import type { Gate, Name, Type } from './tree.ts'
import type { Scope, Scopes, TypeSymbol } from './scopes.ts'
import type { Span } from './text.ts'
import { compareVersions } from './semver.ts'
import { isDefinition, typesIn, walkType } from './type-parts.ts'

/** The feature without which an item with these annotations is not there. */
export const featureOf = (gates: readonly Gate[]): string | undefined =>
  gates.find(({ kind }) => kind === 'unstable')?.feature?.text

/** An annotation that did not parse; that is told already. */
const isBroken = (gate: Gate): boolean =>
  gate.kind === 'unstable' ? gate.feature === undefined : gate.kind !== 'external-id' && gate.version === undefined

/** WIT.md#feature-gates: the annotations themselves, and that what uses an unstable item is unstable too. */
export class GateChecks {
  private readonly scopes: Scopes
  private readonly report: Report

  constructor(scopes: Scopes, report: Report) {
    this.scopes = scopes
    this.report = report
  }

  definition({ node, unit }: Definition): void {
    this.annotations(unit, node.name, node.gates)
  }

  /** The items of a scope. */
  check(scope: Scope): void {
    for (const item of scope.items) {
      const { gates } = item
      this.contained(scope, item)
      switch (item.kind) {
        case 'use': {
          this.annotations(scope.unit, item.path.name, gates)
          this.use(scope, item.path.name, gates, scope.uses.get(item))
          for (const used of item.names) this.name(scope, gates, used.name, used.as ?? used.name)
          break
        }
        case 'import':
        case 'export':
          this.annotations(scope.unit, item.name ?? (item.type.kind === 'path' ? item.type.path.name : item), gates)
          if (item.type.kind === 'function')
            this.types(scope, item.name ?? item, gates, [
              ...item.type.type.parameters.map(({ type }) => type),
              ...(item.type.type.result === undefined ? [] : [item.type.type.result]),
            ])
          break
        case 'include':
          this.annotations(scope.unit, item.path.name, gates)
          break
        case 'function':
          this.annotations(scope.unit, item.name, gates)
          this.types(scope, item.name, gates, [
            ...item.type.parameters.map(({ type }) => type),
            ...(item.type.result === undefined ? [] : [item.type.result]),
          ])
          break
        case 'resource': {
          this.annotations(scope.unit, item.name, gates)
          const around = featureOf(gates)
          for (const method of item.methods) {
            this.annotations(scope.unit, method.name, method.gates)
            if (around !== undefined && featureOf(method.gates) === undefined)
              this.report(
                scope.unit.source,
                method.name,
                `The resource \`${item.name.text}\` is unstable (\`${around}\`), and \`${method.name.text}\` in it is not.`,
                `Put \`@unstable(feature = ${around})\` before it too.`,
              )
          }
          break
        }
        default:
          this.annotations(scope.unit, item.name, gates)
          for (const { name, type } of typesIn(item)) this.types(scope, name, gates, [type])
      }
    }
  }

  /** Types in an unstable interface or world are unstable themselves, so that they are never there without it. */
  private contained(scope: Scope, item: Scope['items'][number]): void {
    const around = featureOf(scope.gates)
    if (around === undefined || featureOf(item.gates) !== undefined) return
    if (!isDefinition(item) && (item.kind !== 'use' || item.names.length === 0)) return
    const name = item.kind === 'use' ? (item.names[0]?.name ?? item.path.name) : item.name
    this.report(
      scope.unit.source,
      name,
      `${capital(scope.title)} is unstable (\`${around}\`), and \`${name.text}\` in it is not.`,
      `Put \`@unstable(feature = ${around})\` before this item too.`,
    )
  }

  private annotations(unit: Unit, at: Span, gates: readonly Gate[]): void {
    const { source, package: owner } = unit
    const seen = new Set<string>()
    for (const gate of gates) {
      if (gate.kind === 'unknown' || isBroken(gate)) continue
      if (seen.has(gate.kind))
        this.report(source, gate, `The annotation \`@${gate.kind}\` is there twice.`, 'Delete one of the two.')
      seen.add(gate.kind)
      if (gate.version === undefined) continue
      if (owner.version === undefined)
        this.report(
          source,
          at,
          `\`@${gate.kind}\` refers to a version of the package \`${owner.key}\`, which has none.`,
          `Give the package a version: \`package ${owner.key}@${gate.version.text};\`.`,
        )
      else if (gate.kind === 'since' && compareVersions(gate.version, owner.version) > 0)
        this.report(
          source,
          at,
          `\`@since\` names the version ${gate.version.text}, and the package is still at ${owner.version.text}.`,
          `Write a version up to ${owner.version.text}, or raise the package's version.`,
        )
    }
    const unstable = gates.find(({ kind }) => kind === 'unstable')
    const deprecated = gates.find((gate) => gate.kind === 'deprecated' && !isBroken(gate))
    if (seen.has('since') && unstable !== undefined)
      this.report(
        source,
        unstable,
        'An item is either `@since` a version or `@unstable`, and here are both.',
        'Delete one of the two annotations.',
      )
    if (deprecated !== undefined && !gates.some(({ kind }) => kind === 'since' || kind === 'unstable'))
      this.report(
        source,
        deprecated,
        '`@deprecated` goes with `@since` or `@unstable`, and here it is alone.',
        'Put `@since(version = ...)` next to it.',
      )
  }

  private types(scope: Scope, at: Span, gates: readonly Gate[], types: readonly Type[]): void {
    const told = new Set<string>()
    for (const type of types)
      walkType(type, (part) => {
        const name =
          part.kind === 'named' ? part.name : part.kind === 'own' || part.kind === 'borrow' ? part.resource : undefined
        if (name === undefined || told.size > 0) return
        if (this.name(scope, gates, at, name)) told.add(name.text)
      })
  }

  /** Whether a name stands for an unstable type that an item without such an annotation must not use; reported if so. */
  private name(scope: Scope, gates: readonly Gate[], at: Span, name: Name): boolean {
    const symbol = scope.types.get(name.text)
    const feature = this.gateOf(symbol, scope, gates)
    if (feature === undefined) return false
    if (featureOf(gates) !== undefined || featureOf(scope.gates) !== undefined) return false
    this.report(
      scope.unit.source,
      at,
      `\`${name.text}\` is unstable (\`${feature}\`), and what uses it here is not.`,
      `Put \`@unstable(feature = ${feature})\` before the item that uses it, or use another type.`,
    )
    return true
  }

  /** The feature that a type belongs to. For a `use` item that of the type in the other interface. */
  private gateOf(symbol: TypeSymbol | undefined, scope: Scope, gates: readonly Gate[]): string | undefined {
    if (symbol === undefined) return undefined
    if (symbol.definition !== undefined) return featureOf(symbol.definition.gates)
    if (symbol.use === undefined) return undefined
    if (symbol.use.item.gates !== gates) return featureOf(symbol.use.item.gates)
    const target = scope.uses.get(symbol.use.item)
    const original = target === undefined ? undefined : this.scopes.of(target).types.get(symbol.use.used.name.text)
    if (original?.definition !== undefined) return featureOf(original.definition.gates)
    return original?.use === undefined ? undefined : featureOf(original.use.item.gates)
  }

  private use(scope: Scope, at: Name, gates: readonly Gate[], target: Definition | undefined): void {
    if (target === undefined || scope.uses.size === 0) return
    this.reference(scope, at, gates, target)
  }

  /**
   * An unstable interface or world, named by something that is not. Whether a world of another package brings unstable
   * parts along is up to those who switch features on, so an \`include\` of one is fine.
   */
  reference(scope: Scope, at: Span, gates: readonly Gate[], target: Definition): void {
    const feature = featureOf(target.node.gates)
    if (feature === undefined || (target.package !== scope.unit.package && target.node.kind === 'world')) return
    if (featureOf(gates) !== undefined || featureOf(scope.gates) !== undefined) return
    this.report(
      scope.unit.source,
      at,
      `${capital(this.scopes.of(target).title)} is unstable (\`${feature}\`), and what names it here is not.`,
      `Put \`@unstable(feature = ${feature})\` before this item.`,
    )
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
