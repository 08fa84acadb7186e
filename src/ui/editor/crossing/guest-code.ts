import type * as typescript from 'typescript'
import type { GuestPath } from '../../../wit/guest-names.ts'
import { ExpectedTypes } from '../exports/expected-types.ts'
import { ExportTypes } from '../exports/export-types.ts'
import { implementationsOf } from '../exports/implementations.ts'
import { inObject } from '../exports/renames.ts'
import {
  distinct,
  inner,
  nameOf,
  nameSpan,
  specifierUses,
  unquoted,
  type CodeEdit,
  type CodeSpan,
} from './code-spans.ts'
import { NamedPlaces } from './named-places.ts'
import { literalUses, memberUses } from './written-uses.ts'

/** The files of the project are named by this and their paths; the declarations of the world stand in a folder of it. */
const root = 'file:///'
export const generated = `${root}witcraft/`

/** What a name leads to: a place, or something that the declarations of the world have. */
export type CodeTarget = ({ readonly kind: 'place' } & CodeSpan) | ({ readonly kind: 'declared' } & GuestPath)

/** What has to be found in the code: as the declarations name it, and where the entry exports it. */
export interface Sought extends GuestPath {
  readonly literal: boolean
  readonly exported: readonly string[] | undefined
}

/** What the world exports, and where the entry has it. */
export interface Exported extends GuestPath {
  readonly exported: readonly string[]
}

export interface Renamed {
  readonly from: Sought
  readonly to: GuestPath & { readonly exported: readonly string[] | undefined }
}

/** Reads the code of a project with TypeScript's language service, for the way between it and the WIT. */
export class GuestCode {
  readonly #ts: typeof typescript
  readonly #service: typescript.LanguageService
  readonly #program: typescript.Program
  readonly #checker: typescript.TypeChecker
  readonly #names: NamedPlaces

  constructor(ts: typeof typescript, service: typescript.LanguageService) {
    const program = service.getProgram()
    if (!program) throw new Error('there is no program')
    this.#ts = ts
    this.#service = service
    this.#program = program
    this.#checker = program.getTypeChecker()
    this.#names = new NamedPlaces(ts, program)
  }

  /** Where the name at an offset is defined. */
  definitions(file: string, offset: number): CodeTarget[] {
    const found = this.#service.getDefinitionAtPosition(file, offset) ?? []
    return found.map(({ fileName, textSpan }) => this.#target(fileName, textSpan))
  }

  /** Every place of what the name at an offset stands for; those in the declarations of the world are told as names. */
  references(file: string, offset: number): CodeTarget[] {
    const found = this.#service.getReferencesAtPosition(file, offset) ?? []
    return found.map(({ fileName, textSpan }) => this.#target(fileName, textSpan))
  }

  /** The text of a file that comes with the language or the engine. */
  libraryText(file: string): string | undefined {
    return this.#program.getSourceFile(file)?.text
  }

  #target(file: string, { start, length }: typescript.TextSpan): CodeTarget {
    const declared = file.startsWith(generated) ? this.#declaredAt(file, start) : undefined
    return declared ? { kind: 'declared', ...declared } : { kind: 'place', file, start, length }
  }

  /** The name in the declarations of the world that stands at an offset. */
  #declaredAt(file: string, offset: number): GuestPath | undefined {
    const ts = this.#ts
    const source = this.#program.getSourceFile(file)
    if (!source) return undefined
    const path: string[] = []
    let node: typescript.Node = this.#innermost(source, offset)
    if (ts.isStringLiteral(node) && ts.isLiteralTypeNode(node.parent)) path.unshift(node.text)
    for (; node.parent !== undefined; node = node.parent) {
      if (ts.isModuleDeclaration(node)) return { module: node.name.text, path }
      if (ts.isConstructorDeclaration(node)) path.unshift('constructor')
      else if (ts.isParameter(node)) path.length = 0
      else {
        const name =
          ts.isStatement(node) || ts.isTypeElement(node) || ts.isClassElement(node) ? nameOf(ts, node) : undefined
        if (name) path.unshift(this.#exportedName(node, name.getText(source)))
      }
    }
    return undefined
  }

  /** `delete` of what is declared as `_delete` and exported as that. */
  #exportedName(node: typescript.Node, name: string): string {
    const { parent } = node
    if (!this.#ts.isModuleBlock(parent)) return unquoted(name)
    const module = this.#checker.getSymbolAtLocation(parent.parent.name)
    const exports = module ? this.#checker.getExportsOfModule(module) : []
    const exported = exports.find((each) =>
      this.#names.unaliased(each).declarations?.includes(node as typescript.Declaration),
    )
    return exported?.name ?? name
  }

  /** The places in the project's files at which one of these stands; `exported`: where the entry defines it, too. */
  uses(entry: string, wanted: readonly Sought[], exports: readonly Exported[]): CodeSpan[] {
    const expected = this.#expected(entry, exports)
    const found = wanted.flatMap((each) => [
      ...(each.literal ? [] : this.#names.declarations(each)).flatMap(({ file, start }) =>
        this.#referencesOf(file, start),
      ),
      ...this.#names.exportedPlaces(entry, each.exported).flatMap(({ file, start }) => this.#referencesOf(file, start)),
      ...(each.literal ? this.#literals(each, expected) : []),
      ...this.#members(each, expected).flatMap(({ file, start }) => this.#referencesOf(file, start)),
      ...(each.path.length === 0 ? this.#specifiers(each.module) : []),
    ])
    return distinct(found.filter(({ file }) => this.#isOwn(file)))
  }

  #referencesOf(file: string, offset: number): CodeSpan[] {
    const found = this.#service.getReferencesAtPosition(file, offset) ?? []
    return found.map(({ fileName, textSpan: { start, length } }) => ({ file: fileName, start, length }))
  }

  /** Where the entry, or what it is made of, has what it exports under a path. */
  implementations(entry: string, paths: readonly (readonly string[])[]): CodeSpan[] {
    return distinct(paths.flatMap((path) => this.#names.definedPlaces(entry, path))).filter(({ file }) =>
      this.#isOwn(file),
    )
  }

  /** Which of the paths the entry exports by the name that stands at an offset. */
  exportedAt(entry: string, file: string, offset: number, paths: readonly (readonly string[])[]): number {
    return paths.findIndex((path) =>
      [...this.#names.exportedPlaces(entry, path), ...this.#names.definedPlaces(entry, path)].some(
        (each) => each.file === file && each.start <= offset && offset <= each.start + each.length,
      ),
    )
  }

  /** Which of these cases of enums and variants is written as a text at an offset. */
  literalAt(
    entry: string,
    file: string,
    offset: number,
    cases: readonly Sought[],
    exports: readonly Exported[],
  ): number {
    const expected = this.#expected(entry, exports)
    return cases.findIndex((each) =>
      this.#literals(each, expected).some(
        (at) => at.file === file && at.start <= offset && offset <= at.start + at.length,
      ),
    )
  }

  /** The edits that give the code of the project other names. */
  renames(entry: string, renamed: readonly Renamed[], exports: readonly Exported[]): CodeEdit[] {
    const expected = this.#expected(entry, exports)
    const edits = renamed.flatMap(({ from, to }) => {
      const [was, is] = [from.path.at(-1), to.path.at(-1)]
      const [exportedAs, exportedNow] = [from.exported?.at(-1), to.exported?.at(-1)]
      const specifiers = from.path.length === 0 && from.module !== to.module ? this.#specifiers(from.module) : []
      const literals = from.literal && is !== undefined && was !== is ? this.#literals(from, expected) : []
      return [
        ...specifiers.map((each) => ({ ...each, text: to.module })),
        ...literals.map((each) => ({ ...each, text: is ?? '' })),
        ...(from.literal || is === undefined || was === is
          ? []
          : [...this.#names.declarations(from), ...this.#members(from, expected)].flatMap((each) =>
              this.#renamesOf(each, is, from.path.length > 1),
            )),
        ...(exportedNow === undefined || exportedAs === exportedNow
          ? []
          : this.#names
              .exportedPlaces(entry, from.exported)
              .flatMap((each) => this.#renamesOf(each, exportedNow, (from.exported?.length ?? 0) > 1))),
      ]
    })
    return distinct(edits.filter(({ file }) => this.#isOwn(file)))
  }

  /** The name at an offset, where it can have another one. */
  renamable(file: string, offset: number): { readonly start: number; readonly text: string } | undefined {
    const found = this.#service.getRenameInfo(file, offset, {})
    if (!found.canRename || found.fileToRename !== undefined) return undefined
    return { start: found.triggerSpan.start, text: found.displayName }
  }

  /** The edits that give another name to what is named at an offset; `null` where not all of it is the project's own. */
  ownRenames(file: string, offset: number, name: string): CodeEdit[] | null {
    const found = this.#service.findRenameLocations(file, offset, false, false, {
      providePrefixAndSuffixTextForRename: true,
    })
    if (!found?.every(({ fileName }) => this.#isOwn(fileName))) return null
    return found.map(({ fileName, textSpan: { start, length }, prefixText = '', suffixText = '' }) => ({
      file: fileName,
      start,
      length,
      text: `${prefixText}${name}${suffixText}`,
    }))
  }

  /** `member`: of an object, whose name is not that of a variable. */
  #renamesOf({ file, start }: CodeSpan, name: string, member: boolean): CodeEdit[] {
    const source = this.#program.getSourceFile(file)
    const at = source && this.#innermost(source, start)
    // `{ add }` is renamed to `{ total: add }`: what is in it may be called so for other reasons.
    if (at && member && this.#ts.isShorthandPropertyAssignment(at.parent)) {
      return inObject({ ts: this.#ts, checker: this.#checker }, at).map((write) => {
        const { start: from, end, text } = write(name)
        return { file, start: from, length: end - from, text }
      })
    }
    const found = this.#service.findRenameLocations(file, start, false, false, {
      providePrefixAndSuffixTextForRename: member,
    })
    return (found ?? []).map(({ fileName, textSpan, prefixText = '', suffixText = '' }) => {
      const key = member ? '' : this.#shorthandKey(fileName, textSpan.start)
      const text = `${prefixText}${key}${name}${suffixText}`
      return { file: fileName, start: textSpan.start, length: textSpan.length, text }
    })
  }

  /** `total: ` for a variable that stands for a property of that name too, which keeps it. */
  #shorthandKey(file: string, offset: number): string {
    const source = this.#program.getSourceFile(file)
    const node = source && this.#innermost(source, offset)
    return node && this.#ts.isShorthandPropertyAssignment(node.parent) ? `${node.getText(source)}: ` : ''
  }

  #isOwn(file: string): boolean {
    return file.startsWith(root) && !file.startsWith(generated)
  }

  *#ownSources(): Generator<typescript.SourceFile> {
    for (const source of this.#program.getSourceFiles()) if (this.#isOwn(source.fileName)) yield source
  }

  #specifiers(module: string): CodeSpan[] {
    return [...this.#ownSources()].flatMap((source) => specifierUses(this.#ts, source, module))
  }

  /** What the world expects where TypeScript expects nothing. */
  #expected(entry: string, exports: readonly Exported[]): ExpectedTypes {
    const source = this.#program.getSourceFile(entry)
    const types = source && new ExportTypes(this.#ts, this.#program, source)
    const wanted = exports.map(({ module, path, exported }) => {
      const [type = '', ...member] = path
      return { module, member: exported.includes('prototype') ? [type, 'prototype', ...member] : path }
    })
    const found = exports.map(({ exported }) => types?.find(exported))
    const written = types ? implementationsOf(types, wanted, found) : []
    return new ExpectedTypes(this.#ts, this.#checker, written)
  }

  /** Where the code writes the case of an enum or of a variant. */
  #literals(sought: Sought, expected: ExpectedTypes): CodeSpan[] {
    const declared = this.#names.declaredType(sought)
    const text = sought.path[1] ?? ''
    if (!declared) return []
    return [...this.#ownSources()].flatMap((source) =>
      literalUses(this.#ts, this.#checker, expected, source, declared, text).map((node) => inner(source, node)),
    )
  }

  /** Where the code writes the field of a record or a flag without TypeScript's knowing that it is one. */
  #members(sought: Sought, expected: ExpectedTypes): CodeSpan[] {
    const [, name] = sought.path
    const declared = sought.literal || name === undefined ? undefined : this.#names.declaredType(sought)
    if (!declared || name === undefined) return []
    return [...this.#ownSources()].flatMap((source) =>
      memberUses(this.#ts, this.#checker, expected, source, declared, name).map((node) => nameSpan(this.#ts, node)),
    )
  }

  #innermost(source: typescript.SourceFile, offset: number): typescript.Node {
    let found: typescript.Node = source
    for (;;) {
      const next: typescript.Node | undefined = found.forEachChild((child) =>
        child.getStart(source) <= offset && offset < child.getEnd() ? child : undefined,
      )
      if (!next) return found
      found = next
    }
  }
}
