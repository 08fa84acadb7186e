import type { Interface, PackageName, Path, TopLevelItem, World } from './tree.ts'
import type { ParsedWit } from './tree.ts'
import type { Span } from './text.ts'
import type { TextFix } from './text.ts'
import type { Version } from './semver.ts'
import { written } from './identifier.ts'
import { lineStarts, positionAt } from './text.ts'
import { parseWit } from './parse.ts'

/** A WIT package that is always there, as one text with a `package` declaration: `wasi:clocks@0.2.12`. */
export interface Builtin {
  readonly package: string
  readonly text: string
  /** The version that the text is of, where it stands for an older and compatible one. */
  readonly release?: string
}

/** One file, parsed. */
export interface Source {
  readonly file: string
  readonly origin: 'root' | 'dependency' | 'builtin'
  readonly parsed: ParsedWit
  readonly starts: readonly number[]
  /** Of a built-in package: the version that its text is of, where that is another one. */
  readonly release?: string | undefined
}

/** An interface or a world at the top level of a package. */
export interface Definition {
  readonly node: Interface | World
  readonly unit: Unit
  readonly package: Package
  /** `ns:package/name@version`: the name under which a component imports or exports it. */
  readonly id: string
}

/** What a name that a top-level `use` brought into a file stands for; `undefined` where it does not resolve. */
export interface Alias {
  readonly definition: Definition | undefined
  readonly path: Path
  readonly span: Span
}

/** The items that one file gives to one package, with the names that its own top-level `use` items add. */
export interface Unit {
  readonly source: Source
  readonly package: Package
  readonly items: readonly TopLevelItem[]
  readonly aliases: Map<string, Alias>
}

export interface Package {
  readonly namespace: string
  readonly name: string
  readonly version: Version | undefined
  /** `ns:name@version`. */
  readonly key: string
  /** Where it is declared. */
  readonly at: { readonly source: Source; readonly span: PackageName } | undefined
  readonly units: Unit[]
  readonly definitions: Map<string, Definition>
}

export type Report = (source: Source, span: Span, message: string, next: string, fixes?: readonly TextFix[]) => void

export const packageKey = (namespace: string, name: string, version: Version | undefined): string =>
  `${namespace}:${name}${version === undefined ? '' : `@${version.text}`}`

/** The full name of a definition as it stands in a text. */
export const writtenId = ({ package: { namespace, name, version }, node }: Definition): string =>
  `${written(namespace)}:${written(name)}/${written(node.name.text)}${version === undefined ? '' : `@${version.text}`}`

export const nameKey = (name: PackageName): string => packageKey(name.namespace.text, name.name.text, name.version)

/** "first defined at `world.wit` 3:8", as part of a sentence. */
export const where = (source: Source, span: Span): string => {
  const { line, column } = positionAt(source.starts, span.start)
  return `\`${source.file}\` ${line}:${column}`
}

interface Read {
  readonly text: string
  readonly parsed: ParsedWit
  readonly starts: readonly number[]
}

/** The last text of each file. Two files of one text have a tree each: what is in a tree belongs to one place. */
const remembered = new Map<string, Read>()
const rememberAtMost = 500

/** Parses a text, or remembers: most files do not change between two checks. */
const read = (file: string, text: string): Read => {
  const known = remembered.get(file)
  if (known?.text === text) return known
  const entry = { text, parsed: parseWit(text), starts: lineStarts(text) }
  if (remembered.size >= rememberAtMost) remembered.clear()
  remembered.set(file, entry)
  return entry
}

export const openSource = (file: string, text: string, origin: Source['origin']): Source => {
  const { parsed, starts } = read(file, text)
  return { file, origin, parsed, starts }
}

/** The dependency that a path belongs to (`deps/<name>/...`, `deps/<name>.wit`); `undefined` for files of the root. */
export const dependencyOf = (path: string): string | undefined => {
  const segments = path.split('/')
  const at = segments.indexOf('deps')
  return at === -1 || at === segments.length - 1 ? undefined : segments.slice(0, at + 2).join('/')
}

/** All packages that names can refer to. Built-in ones are parsed when something names them. */
export class PackageSet {
  readonly packages = new Map<string, Package>()
  root: Package | undefined
  private readonly builtins = new Map<string, Builtin>()
  /** Texts of dependencies in binary form, or as a component's text: their names are known, what is inside is not. */
  private readonly opaque: string[] = []
  private readonly report: Report

  constructor(files: Readonly<Record<string, string>>, builtins: readonly Builtin[], report: Report) {
    this.report = report
    for (const builtin of builtins) this.builtins.set(builtin.package, builtin)
    const groups = new Map<string, Source[]>([['', []]])
    for (const path of Object.keys(files).toSorted()) {
      const text = files[path] ?? ''
      const dependency = dependencyOf(path)
      if (/\.(?:wasm|wat)$/.test(path)) this.opaque.push(text)
      if (!path.endsWith('.wit')) continue
      const group = groups.get(dependency ?? '') ?? []
      group.push(openSource(path, text, dependency === undefined ? 'root' : 'dependency'))
      groups.set(dependency ?? '', group)
    }
    for (const [name, sources] of groups) {
      const added = this.addGroup(sources)
      if (name === '') this.root = added
    }
  }

  get hasOpaque(): boolean {
    return this.opaque.length > 0
  }

  /** The package of this exact name, or `'opaque'` where it is there in a form that is not read here. */
  find(key: string): Package | 'opaque' | undefined {
    const found = this.packages.get(key)
    if (found !== undefined) return found
    const builtin = this.builtins.get(key)
    if (builtin !== undefined) {
      this.addGroup([{ ...openSource(builtin.package, builtin.text, 'builtin'), release: builtin.release }])
      return this.packages.get(key)
    }
    const [bare = key, version] = key.split('@')
    const written = this.opaque.some(
      (text) => text.includes(`${bare}/`) && (version === undefined || text.includes(`@${version}`)),
    )
    return written ? 'opaque' : undefined
  }

  /** Reads the built-in packages that nothing named so far. Only to suggest names: it takes time. */
  readBuiltins(): void {
    for (const key of this.builtins.keys()) this.find(key)
  }

  /** Names of everything that could be meant, built-in packages included. */
  keys(): string[] {
    return [...new Set([...this.packages.keys(), ...this.builtins.keys()])]
  }

  /** Adds the files that belong together: a directory, or one file. Gives the package that they declare. */
  private addGroup(sources: readonly Source[]): Package | undefined {
    if (sources.length === 0) return undefined
    let declared: { name: PackageName; source: Source } | undefined
    let documented: Span | undefined
    for (const source of sources) {
      const declaration = source.parsed.file.package
      if (declaration === undefined) continue
      if (declared === undefined) declared = { name: declaration.name, source }
      else if (nameKey(declared.name) !== nameKey(declaration.name) && !declaration.name.name.missing)
        this.report(
          source,
          declaration.name,
          `The files of a package agree on its name, and here it is \`${nameKey(declaration.name)}\` but \`${nameKey(declared.name)}\` at ${where(declared.source, declared.name)}.`,
          'Use one name in all files, or move this package to `deps/`.',
        )
      if (declaration.docs === undefined) continue
      if (documented !== undefined)
        this.report(
          source,
          declaration.docs,
          'The package has documentation in more than one file.',
          'Keep the documentation above one `package` line and delete the other.',
        )
      documented = declaration.docs
    }
    const [first] = sources
    // A syntax error may well have hidden the declaration, so only text that parses lacks one for certain.
    if (declared === undefined && first !== undefined && sources.every(({ parsed }) => parsed.problems.length === 0))
      this.report(
        first,
        { start: 0, end: 0 },
        this.onlyPackages(sources)
          ? 'There are packages in braces here, but no package that the files themselves belong to.'
          : `No file ${first.origin === 'root' ? 'outside `deps/`' : 'of this dependency'} says which package this is.`,
        'Start the file with a line such as `package example:demo;`.',
      )
    const main =
      declared === undefined
        ? this.addPackage('', '', undefined, undefined)
        : this.addDeclared(declared.name, declared.source, declared.source.origin !== 'root')
    for (const source of sources) {
      if (main !== undefined) this.addUnit(main, source, source.parsed.file.items)
      this.addBlocks(source, source.parsed.file.items)
    }
    return main
  }

  private onlyPackages(sources: readonly Source[]): boolean {
    const items = sources.flatMap(({ parsed }) => parsed.file.items)
    return items.length > 0 && items.every((item) => item.kind === 'package-block')
  }

  private addBlocks(source: Source, items: readonly TopLevelItem[]): void {
    for (const item of items) {
      if (item.kind !== 'package-block' || item.name.name.missing) continue
      const added = this.addDeclared(item.name, source, false)
      if (added !== undefined) this.addUnit(added, source, item.items)
      this.addBlocks(source, item.items)
    }
  }

  /** A dependency that is there twice with one text is there once; anything else of the same name is a mistake. */
  private addDeclared(name: PackageName, source: Source, mayRepeat: boolean): Package | undefined {
    const key = nameKey(name)
    const known = this.packages.get(key)
    if (known === undefined)
      return this.addPackage(name.namespace.text, name.name.text, name.version, { source, span: name })
    const [unit] = known.units
    if (mayRepeat && unit?.source.parsed.text === source.parsed.text) return undefined
    if (source.origin === 'builtin') return undefined
    this.report(
      source,
      name,
      `The package \`${key}\` is defined twice; the first one is at ${known.at === undefined ? 'another place' : where(known.at.source, known.at.span)}.`,
      'Keep one of the two, or give them different versions.',
    )
    return undefined
  }

  private addPackage(namespace: string, name: string, version: Version | undefined, at: Package['at']): Package {
    const key = packageKey(namespace, name, version)
    const added: Package = { namespace, name, version, key, at, units: [], definitions: new Map() }
    this.packages.set(key, added)
    return added
  }

  private addUnit(to: Package, source: Source, items: readonly TopLevelItem[]): void {
    const unit: Unit = { source, package: to, items, aliases: new Map() }
    to.units.push(unit)
    for (const item of items) {
      if ((item.kind !== 'interface' && item.kind !== 'world') || item.name.missing) continue
      const name = item.name.text
      const known = to.definitions.get(name)
      if (known !== undefined) {
        this.report(
          source,
          item.name,
          `The package has two items named \`${name}\`; the first one is at ${where(known.unit.source, known.node.name)}.`,
          'Rename one of them: interfaces and worlds of a package share their names.',
        )
        continue
      }
      const version = to.version === undefined ? '' : `@${to.version.text}`
      const id = `${to.namespace}:${to.name}/${name}${version}`
      to.definitions.set(name, { node: item, unit, package: to, id })
    }
  }
}
