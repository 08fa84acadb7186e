import type { Alias, Definition, Package, PackageSet, Report, Unit } from './packages.ts'
import type { PackageName, Path } from './tree.ts'
import type { Span } from './text.ts'
import type { Version } from './semver.ts'
import { written } from './identifier.ts'
import { isAsynchronous } from './asynchronous.ts'
import { replaceBy } from './fixes.ts'
import type { TextFix } from './text.ts'
import { packageKey, where, writtenId } from './packages.ts'
import { compareVersions, isCompatible } from './semver.ts'
import { article, closest, listed } from './wording.ts'

export type Kind = 'interface' | 'world'

/** A name in the text that stands for a definition: the basis of go to definition, references and rename. */
export interface Reference {
  readonly unit: Unit
  readonly span: Span
  readonly target: Definition
  /** What has to stand there; `undefined` for a top-level `use`. */
  readonly kind: Kind | undefined
}

/** Turns paths into definitions, says what is wrong with those that lead nowhere, and remembers those that do. */
export class References {
  readonly found: Reference[] = []
  /** Per package, the packages it names, with the first path that does. */
  readonly dependencies = new Map<Package, Map<Package, { unit: Unit; span: Span }>>()
  private readonly packages: PackageSet
  private readonly report: Report
  private readonly scoped = new Set<Unit>()

  constructor(packages: PackageSet, report: Report) {
    this.packages = packages
    this.report = report
  }

  /** Resolves the top-level `use` items of a package's files, once. */
  prepare(of: Package): void {
    for (const unit of of.units) {
      if (this.scoped.has(unit)) continue
      this.scoped.add(unit)
      this.aliases(unit)
    }
  }

  /**
   * What a path stands for; `undefined`, and reported, where that is nothing or of another kind. `types` are those that are
   * taken from it.
   */
  resolve(
    unit: Unit,
    path: Path,
    kind: Kind | undefined,
    aliases: ReadonlyMap<string, Alias> = unit.aliases,
    types: readonly string[] = [],
  ): Definition | undefined {
    if (path.name.missing) return undefined
    const target =
      path.package === undefined ? this.local(unit, path, kind, aliases, types) : this.foreign(unit, path, path.package)
    if (target === undefined) return undefined
    this.found.push({ unit, span: path.name, target, kind })
    if (kind === undefined || target.node.kind === kind) return target
    const written = unit.source.parsed.text.slice(path.start, path.end)
    this.report(
      unit.source,
      path.name,
      `\`${path.name.text}\` is ${article(target.node.kind)}, and ${article(kind)} is expected here.`,
      kind === 'interface'
        ? `Name an interface, or take in the whole world by \`include ${written};\`.`
        : `Name a world, or take in the interface by \`import ${written};\` or \`export ${written};\`.`,
    )
    return undefined
  }

  private local(
    unit: Unit,
    path: Path,
    kind: Kind | undefined,
    aliases: ReadonlyMap<string, Alias>,
    types: readonly string[],
  ): Definition | undefined {
    const name = path.name.text
    const alias = aliases.get(name)
    if (alias !== undefined) return alias.definition
    const target = unit.package.definitions.get(name)
    if (target !== undefined) return target
    const what = kind ?? 'interface or world'
    const names = [...unit.package.definitions.values(), ...aliases.keys()]
      .map((one) =>
        typeof one === 'string' ? one : kind === undefined || one.node.kind === kind ? one.node.name.text : '',
      )
      .filter((one) => one !== '')
    const near = closest(name, names)
    const elsewhere = this.packagesWith(name, kind)
    this.report(
      unit.source,
      path.name,
      `There is no ${what} \`${name}\` in this package.`,
      near !== undefined
        ? `Did you mean \`${near}\`?`
        : elsewhere.length > 0
          ? `Did you mean ${listed(elsewhere.slice(0, 1))}? Interfaces of other packages need their full name.`
          : `Define it: \`${kind ?? 'interface'} ${name} { ... }\`, or write \`ns:package/${name}\` for one of another package.`,
      [
        ...(near === undefined ? [] : [replaceBy(path.name, written(near))]),
        ...elsewhere.slice(0, 3).map((id) => replaceBy(path.name, id)),
        ...(unit.source.parsed.file.items === unit.items ? [define(unit, kind ?? 'interface', name, types)] : []),
      ],
    )
    return undefined
  }

  /** Full names of the definitions called `name` in other packages that are already read. */
  private packagesWith(name: string, kind: Kind | undefined): string[] {
    const found: string[] = []
    this.packages.readBuiltins()
    for (const one of this.packages.packages.values()) {
      const target = one.definitions.get(name)
      if (target === undefined || (kind !== undefined && target.node.kind !== kind)) continue
      // What is no answer to anybody yet is no suggestion.
      if (!isAsynchronous(target)) found.push(writtenId(target))
    }
    return found.toReversed()
  }

  private foreign(unit: Unit, path: Path, name: PackageName): Definition | undefined {
    if (name.name.missing) return undefined
    const found = this.findPackage(unit, path, name)
    if (found === undefined) return undefined
    if (found === unit.package) {
      this.report(
        unit.source,
        name,
        `\`${found.key}\` is this very package, and a package cannot depend on itself.`,
        `Write \`${path.name.text}\` alone.`,
      )
      return undefined
    }
    const dependencies = this.dependencies.get(unit.package) ?? new Map<Package, { unit: Unit; span: Span }>()
    this.dependencies.set(unit.package, dependencies)
    if (!dependencies.has(found)) dependencies.set(found, { unit, span: name })
    const target = found.definitions.get(path.name.text)
    if (target !== undefined) return target
    const names = [...found.definitions.keys()]
    const near = closest(path.name.text, names)
    this.report(
      unit.source,
      path.name,
      `The package \`${found.key}\` has no interface or world \`${path.name.text}\`.`,
      near === undefined
        ? names.length === 0
          ? 'The package is empty.'
          : `It has ${listed(names)}.`
        : `Did you mean \`${near}\`?`,
      near === undefined ? [] : [replaceBy(path.name, written(near))],
    )
    return undefined
  }

  private findPackage(unit: Unit, path: Path, name: PackageName): Package | undefined {
    const key = packageKey(name.namespace.text, name.name.text, name.version)
    const found = this.packages.find(key)
    if (found === 'opaque') return undefined
    if (found !== undefined) {
      this.prepare(found)
      return found
    }
    const bare = packageKey(name.namespace.text, name.name.text, undefined)
    const others = this.packages.keys().filter((other) => other.split('@')[0] === bare)
    if (others.length > 0) return this.otherVersion(unit, path, name, others)
    const known = this.packages.keys().filter((other) => other !== unit.package.key && other !== ':')
    const near = closest(bare, new Set(known.map((other) => other.split('@')[0] ?? other)))
    const version = known.find((other) => other.split('@')[0] === near)?.split('@')[1]
    this.report(
      unit.source,
      name,
      `There is no package \`${key}\` here.`,
      near !== undefined
        ? `Did you mean \`${near}/${path.name.text}${version === undefined ? '' : `@${version}`}\`?`
        : known.length > 0
          ? `Add its WIT files under \`deps/${name.name.text}/\`. The packages here are ${listed(known)}.`
          : `Add its WIT files under \`deps/${name.name.text}/\`.`,
      near === undefined
        ? []
        : [replaceBy(path, `${near}/${path.name.text}${version === undefined ? '' : `@${version}`}`)],
    )
    return undefined
  }

  /** The package is there in other versions only: says whether one of them does, and goes on with that one. */
  private otherVersion(unit: Unit, path: Path, name: PackageName, keys: readonly string[]): Package | undefined {
    const known = keys
      .map((key) => this.packages.find(key))
      .filter((one): one is Package => one !== undefined && one !== 'opaque')
    const candidates = known.toSorted((a, b) => byVersion(b.version, a.version))
    const bare = `${name.namespace.text}:${name.name.text}`
    const interfaceName = `${bare}/${path.name.text}`
    const [latest] = candidates
    if (latest === undefined) return undefined
    const wanted = name.version
    // Without a version, the first that has the interface: packages are given in the order in which they are preferred.
    const fitting =
      wanted === undefined
        ? known.find((one) => {
            this.prepare(one)
            return one.definitions.has(path.name.text)
          })
        : candidates.find(({ version }) => version !== undefined && isCompatible(wanted, version))
    // One of the same release line has the most of what is named.
    const nearest = candidates.find(({ version }) => wanted && version && isCompatible(version, wanted))
    const there = fitting ?? nearest ?? latest
    const present = there.version
    const full = `${interfaceName}${present === undefined ? '' : `@${present.text}`}`
    const write = `Write \`${full}\`.`
    const fixes = [replaceBy(path, full)]
    if (wanted === undefined)
      this.report(
        unit.source,
        name,
        `The package \`${bare}\` has a version, and its name is incomplete without it.`,
        `${write}${candidates.length > 1 ? ` The versions here are ${listed(candidates.map((one) => one.version?.text ?? 'none'))}.` : ''}`,
        fixes,
      )
    else if (present === undefined)
      this.report(
        unit.source,
        name,
        `There is no \`${bare}@${wanted.text}\` here, but \`${bare}\` without a version.`,
        write,
        fixes,
      )
    else
      this.report(
        unit.source,
        name,
        `There is no \`${bare}@${wanted.text}\` here, but ${present.text}, which is ${versionsCompared(wanted, present)}.`,
        fitting === undefined
          ? `Add \`${bare}@${wanted.text}\` under \`deps/\`, or write \`${interfaceName}@${present.text}\` and check what changed.`
          : write,
        fixes,
      )
    if (there === unit.package) return undefined
    this.prepare(there)
    return there
  }

  private aliases(unit: Unit): void {
    const owner = unit.package
    const taken = new Map<string, Span>()
    for (const item of unit.items) {
      if (item.kind !== 'top-level-use') continue
      const name = item.as ?? item.path.name
      if (name.missing) continue
      const earlier = taken.get(name.text)
      if (earlier !== undefined) {
        this.duplicate(unit, name, earlier, name.text)
        continue
      }
      taken.set(name.text, name)
      // A top-level `use` sees the package's own items, not the names that other `use` items of the file add.
      const definition = this.resolve(unit, item.path, undefined, new Map())
      if (definition?.node.kind === 'world' && definition.package !== owner)
        this.report(
          unit.source,
          item.path.name,
          `\`${item.path.name.text}\` is a world of another package, and a \`use\` at the top of a file names interfaces.`,
          `Delete this line, and write \`include ${unit.source.parsed.text.slice(item.path.start, item.path.end)};\` in the world that takes it in.`,
        )
      unit.aliases.set(name.text, { definition, path: item.path, span: name })
    }
    for (const item of unit.items) {
      if (item.kind !== 'interface' && item.kind !== 'world') continue
      const earlier = taken.get(item.name.text)
      const own = owner.definitions.get(item.name.text)?.node === item
      if (earlier !== undefined && own) this.duplicate(unit, item.name, earlier, item.name.text)
    }
  }

  private duplicate(unit: Unit, span: Span, earlier: Span, name: string): void {
    this.report(
      unit.source,
      span,
      `The name \`${name}\` already stands for something else in this file, from the \`use\` at ${where(unit.source, earlier)}.`,
      `Rename one of the two, for example by \`as\` in the \`use\`.`,
    )
  }
}

/** Defines what a name is missing for, at the end of the file. */
const define = ({ source }: Unit, kind: Kind, name: string, types: readonly string[]): TextFix => {
  const { text } = source.parsed
  const at = text.trimEnd().length
  const body = types.map((type) => `  record ${written(type)} {\n    field: string,\n  }\n`)
  const edit = { start: at, end: text.length, text: `\n\n${kind} ${written(name)} {\n${body.join('\n')}}\n` }
  return { title: `Define the ${kind} ${name}`, edits: [edit] }
}

const byVersion = (a: Version | undefined, b: Version | undefined): number => {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1
  return compareVersions(a, b)
}

const versionsCompared = (wanted: Version, present: Version): string => {
  if (isCompatible(wanted, present)) return 'newer and compatible'
  if (isCompatible(present, wanted)) return 'older, so parts of what you name may be missing'
  if (wanted.pre.length > 0 || present.pre.length > 0) return 'not compatible: a pre-release fits only itself'
  return wanted.major === 0 && present.major === 0
    ? `not compatible: before 1.0 a different second number means changes that break users`
    : 'not compatible: a different first number means changes that break users'
}
