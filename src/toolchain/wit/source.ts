import { fail, succeed } from '../../contract/fault.ts'
import type { Fault, Outcome, Place } from '../../contract/fault.ts'
import { builtinPackage, builtinSummary, isBuiltinName } from './builtin.ts'
import type { BuiltinPackages } from './builtin.ts'
import { withoutVersion } from './package-id.ts'
import { placeAt } from './place.ts'
import { outlineWit } from './outline.ts'
import type { NamedItem, PackageId, PackageReference, WitOutline } from './outline.ts'

/** A project's WIT as jco takes it: one text, in which every package but the first is a nested block. */
export interface AssembledWit {
  readonly source: string
  /** The name under which jco finds the world: plain for one of the root package, otherwise with its package. */
  readonly world: string
}

/** A world that the project itself declares. */
interface DeclaredWorld {
  readonly file: string
  readonly package: PackageId
  readonly name: string
  /** Offset of the name in the file. */
  readonly offset: number
}

type WitFiles = Readonly<Record<string, string>>

/** Far above any package in use; parsing stays under a second. */
const maxWitLength = 4 * 1024 * 1024

const isWit = (path: string) => path.endsWith('.wit')
const isDependency = (path: string) => /(?:^|\/)deps\//.test(path)
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

/** WIT files of a project, the root package's own first, each group in the order of their paths. */
export function witFiles(files: WitFiles): WitFiles {
  const paths = Object.keys(files).filter(isWit)
  paths.sort((a, b) => Number(isDependency(a)) - Number(isDependency(b)) || (a < b ? -1 : 1))
  return Object.fromEntries(paths.map((path) => [path, files[path] ?? '']))
}

/**
 * Makes one text of the project's WIT files and of those WASI packages that they name, directly or through another.
 * A world may be named plainly, with its package, or with package and version; without a name the project must have
 * exactly one outside of `deps/`.
 *
 * WIT.md#package-format: the files of a package are one scope for interfaces and worlds, so they can be put one after
 * the other; a `use` outside of any interface belongs to its file alone, so equal ones are kept once.
 */
export function assembleWit(
  files: WitFiles,
  world: string | undefined,
  builtin: BuiltinPackages,
): Outcome<AssembledWit> {
  const own = witFiles(files)
  const length = Object.values(own).reduce((sum, text) => sum + text.length, 0)
  if (Object.keys(own).length === 0) {
    return fail({
      stage: 'project',
      message: 'The project has no WIT file.',
      next: 'Add a file such as world.wit with a package and a world.',
    })
  }
  if (length > maxWitLength) {
    return fail({
      stage: 'wit',
      message: `The project's WIT is ${(length / 1048576).toFixed(1)} MiB long; at most ${maxWitLength / 1048576} MiB are read.`,
      next: 'Remove the packages that the world does not use.',
    })
  }
  const project = new Project(own)
  const chosen = project.chooseWorld(world)
  if (!chosen.ok) return chosen
  const closure = project.builtinClosure(builtin)
  if (!closure.ok) return closure
  return succeed(project.write(chosen.value, closure.value))
}

/** A part of a file that belongs to one package. */
interface Part {
  readonly outline: WitOutline
  readonly text: string
  /** Index into `outline.nested`; absent for what is outside of nested packages. */
  readonly nested?: number
}

class Project {
  private readonly parts = new Map<PackageId, Part[]>()
  private readonly spellings = new Map<PackageId, string>()
  private readonly outlines: readonly WitOutline[]
  private readonly files: WitFiles
  private readonly rootPackage: PackageId

  constructor(files: WitFiles) {
    this.files = files
    this.outlines = Object.entries(files).map(([file, text]) => outlineWit(file, text))
    const headers = this.outlines.filter((outline) => outline.header !== undefined)
    const rootHeader = headers.find((outline) => !isDependency(outline.file)) ?? headers[0]
    this.rootPackage = rootHeader?.header?.id ?? ''
    for (const outline of this.outlines) {
      const text = files[outline.file] ?? ''
      for (const { id, spelling } of [...(outline.header === undefined ? [] : [outline.header]), ...outline.nested]) {
        this.spellings.set(id, spelling)
      }
      this.add(this.packageOf(outline), { outline, text })
      for (const [nested, block] of outline.nested.entries()) this.add(block.id, { outline, text, nested })
    }
  }

  chooseWorld(wanted: string | undefined): Outcome<DeclaredWorld> {
    const all = this.outlines.flatMap((outline) =>
      outline.worlds.map((world) => ({
        file: outline.file,
        package: this.packageOfItem(outline, world),
        name: world.name,
        offset: world.offset,
      })),
    )
    const own = all.filter((world) => !isDependency(world.file))
    const list = (worlds: readonly DeclaredWorld[]) => worlds.map((world) => world.name).join(', ')
    if (wanted === undefined || wanted === '') {
      const [only, ...more] = own
      if (only === undefined) {
        return fail({
          stage: 'wit',
          message: 'The project has no world.',
          next: 'Write one into a .wit file: world app { export greet: func(name: string) -> string; }',
          ...this.startOfFirstFile(),
        })
      }
      if (more.length > 0) {
        return fail({
          stage: 'wit',
          message: `The project has several worlds: ${list(own)}.`,
          next: 'Choose the one to build.',
          place: this.placeIn(only.file, only.offset, only.offset + only.name.length),
        })
      }
      return succeed(only)
    }
    const named = [...own, ...all].find((world) =>
      [world.name, `${withoutVersion(world.package)}/${world.name}`, qualified(world)].includes(wanted),
    )
    if (named !== undefined) return succeed(named)
    return fail({
      stage: 'wit',
      message: `There is no world ${wanted} in the project.`,
      next: own.length > 0 ? `Choose one of these: ${list(own)}.` : 'Write the world into a .wit file.',
      ...this.startOfFirstFile(),
    })
  }

  /** The built-in packages that the project needs, in the order in which they were found. */
  builtinClosure(builtin: BuiltinPackages): Outcome<ReadonlyMap<PackageId, string>> {
    const texts = new Map<PackageId, string>()
    const found: { readonly reference: PackageReference; readonly outline?: WitOutline }[] = this.outlines.flatMap(
      (outline) => outline.references.map((reference) => ({ reference, outline })),
    )
    // What is found on the way is visited as well.
    for (const { reference, outline } of found) {
      if (this.parts.has(reference.id) || texts.has(reference.id)) continue
      const text = builtinPackage(builtin, reference.id)
      if (text === undefined) return fail(this.missingPackage(builtin, reference, outline))
      texts.set(reference.id, text)
      for (const inner of outlineWit('', text).references) found.push({ reference: inner })
    }
    return succeed(texts)
  }

  write(world: DeclaredWorld, builtin: ReadonlyMap<PackageId, string>): AssembledWit {
    const source: string[] = []
    const writeParts = (parts: readonly Part[]) => {
      const seen = new Set<string>()
      for (const part of parts) source.push(textOfPart(part, seen))
    }
    // Without any header jco's own message says what is missing, better than an empty name would.
    if (this.rootPackage !== '') source.push(`package ${this.spelling(this.rootPackage)};`)
    writeParts(this.parts.get(this.rootPackage) ?? [])
    for (const [id, parts] of this.parts) {
      if (id === this.rootPackage) continue
      source.push(`package ${this.spelling(id)} {`)
      writeParts(parts)
      source.push('}')
    }
    for (const [id, text] of builtin) {
      const header = outlineWit('', text).header
      source.push(`package ${id} {`, text.slice(header?.end ?? 0).trim(), '}')
    }
    return {
      source: `${source.join('\n')}\n`,
      world: world.package === this.rootPackage ? world.name : qualified(world),
    }
  }

  private spelling(id: PackageId): string {
    return this.spellings.get(id) ?? id
  }

  private add(id: PackageId, part: Part): void {
    const parts = this.parts.get(id)
    if (parts === undefined) this.parts.set(id, [part])
    else parts.push(part)
  }

  /** WIT.md#package-declaration: one file of a folder has to name the package for all of them. */
  private packageOf(outline: WitOutline): PackageId {
    if (outline.header !== undefined) return outline.header.id
    if (!isDependency(outline.file)) return this.rootPackage
    const folder = folderOf(outline.file)
    const sibling = this.outlines.find((other) => other.header !== undefined && folderOf(other.file) === folder)
    return sibling?.header?.id ?? this.rootPackage
  }

  private packageOfItem(outline: WitOutline, item: NamedItem): PackageId {
    const block = item.nested === undefined ? undefined : outline.nested[item.nested]
    return block?.id ?? this.packageOf(outline)
  }

  private startOfFirstFile(): { readonly place: Place } | Record<string, never> {
    const [outline] = this.outlines
    return outline === undefined ? {} : { place: { file: outline.file, line: 1, column: 1 } }
  }

  private placeIn(file: string, start: number, end: number): Place {
    return placeAt(file, this.files[file] ?? '', start, end)
  }

  private missingPackage(
    builtin: BuiltinPackages,
    reference: PackageReference,
    outline: WitOutline | undefined,
  ): Fault {
    const name = withoutVersion(reference.id)
    const others = [...this.parts.keys()].filter((id) => withoutVersion(id) === name)
    const place = outline && this.placeIn(outline.file, reference.start, reference.end)
    return {
      stage: 'wit',
      message: `The package ${reference.id} is not in the project and not built in.`,
      next: nextStepForMissing(builtin, reference.id, others),
      ...(place === undefined ? {} : { place }),
    }
  }
}

function nextStepForMissing(builtin: BuiltinPackages, id: PackageId, others: readonly PackageId[]): string {
  const name = withoutVersion(id)
  if (others.length > 0) return `The project has ${others.join(' and ')}: name that version.`
  if (isBuiltinName(builtin, name)) return `Name a version that is built in: ${builtinSummary(builtin, name)}.`
  if (name.startsWith('wasi:')) return `Built in are ${builtinSummary(builtin)}; add any other package under deps/.`
  return `Add its WIT files under deps/${name.replaceAll(':', '-')}/, or correct the name.`
}

function qualified(world: DeclaredWorld): string {
  const [name, version] = world.package.split('@')
  return `${name}/${world.name}${version === undefined ? '' : `@${version}`}`
}

/**
 * The text of a part without what is not part of it: the header, nested packages (which cannot stand inside another),
 * and `use` statements that an earlier file of the package has already.
 */
function textOfPart({ outline, text, nested }: Part, seenUses: Set<string>): string {
  const block = nested === undefined ? undefined : outline.nested[nested]
  if (block !== undefined) return text.slice(block.bodyStart, block.bodyEnd)
  const cut: { readonly start: number; readonly end: number }[] = [...outline.nested]
  if (outline.header !== undefined) cut.push(outline.header)
  for (const use of outline.uses) {
    if (seenUses.has(use.text)) cut.push(use)
    seenUses.add(use.text)
  }
  const kept: string[] = []
  let at = 0
  for (const { start, end } of cut.toSorted((a, b) => a.start - b.start)) {
    kept.push(text.slice(at, start))
    at = end
  }
  kept.push(text.slice(at))
  return kept.join(' ')
}
