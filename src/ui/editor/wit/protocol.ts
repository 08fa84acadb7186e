import type { Diagnostic, Fix, Place } from '../../../contract/fault.ts'
import { builtinsOf, documented } from '../../../toolchain/wit/builtins-of.ts'
import { serves } from '../../../wasi/served.ts'
import { actionsAt } from '../../../wit/actions.ts'
import { completionsAt } from '../../../wit/complete.ts'
import type { Completion } from '../../../wit/complete-words.ts'
import { missingUses } from '../../../wit/missing-uses.ts'
import { unbuildable } from '../../../wit/asynchronous.ts'
import { checkWit, resolveWit } from '../../../wit/check.ts'
import { foldsOf, type Fold } from '../../../wit/folding.ts'
import { formatWit } from '../../../wit/format.ts'
import {
  guestNames,
  guestNamesOf,
  guestRenamings,
  symbolAt,
  type GuestCall,
  type GuestName,
  type GuestPath,
  type GuestRenaming,
} from '../../../wit/guest-names.ts'
import { hoverAt, type Hover } from '../../../wit/hover.ts'
import {
  definitionAt,
  referencesAt,
  renamable,
  renameAt,
  targetOf,
  type Edit,
  type Target,
} from '../../../wit/navigate.ts'
import { memberOf, type Member } from '../../../wit/members.ts'
import { namedSpans, type NamedSpan } from '../../../wit/name-kinds.ts'
import { outline, type OutlineKind } from '../../../wit/outline.ts'
import type { Builtin } from '../../../wit/packages.ts'
import { parseWit } from '../../../wit/parse.ts'
import { SymbolIndex, type WitSymbol } from '../../../wit/symbols.ts'
import { lineStarts, placeOf } from '../../../wit/text.ts'

/** The WIT files of the project, by path. */
export type Files = Readonly<Record<string, string>>

/** Where the cursor stands. */
export interface At {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Where something is, with the text of the file where it is a built-in package. */
export interface Found extends Target {
  readonly text?: string
}

export interface Symbol {
  readonly kind: OutlineKind
  readonly name: string
  readonly place: Place
  readonly selection: Place
  readonly children: readonly Symbol[]
}

export interface PlacedEdit {
  readonly place: Place
  readonly text: string
}

export interface Mendable {
  readonly place: Place
  readonly fixes: readonly Fix[]
}

export interface PlacedAction {
  readonly title: string
  readonly edits: readonly PlacedEdit[]
}

export interface PlacedHover extends Hover {
  readonly place: Place
}

export interface PlacedName {
  readonly kind: NamedSpan['kind']
  readonly place: Place
}

/** What of the code belongs to a name of the WIT. */
export type GuestUse = Omit<GuestName, 'symbol' | 'call'>

/** What the entry of the project has for an export of the world, with the place of that. */
export interface GuestExport extends GuestPath {
  /** Where the entry has it. */
  readonly exported: readonly string[]
  /** What a call of it names; none: it is called by nobody. */
  readonly call: GuestCall | undefined
  readonly found: Found
}

export interface Rename {
  readonly ok: true
  readonly edits: readonly PlacedEdit[]
  /** Other names in the code, and in the calls of it. */
  readonly renamings: readonly GuestRenaming[]
  /** The name of the world that all of this is about, where that is another. */
  readonly world: string | undefined
  /** Where it is a part of a type that has another name. */
  readonly member: { readonly from: Member; readonly to: string } | undefined
}

type Refusal = { readonly ok: false; readonly message: string }

export type PlacedCompletion = Omit<Completion, 'span' | 'also'> & {
  readonly place: Place
  readonly also?: PlacedEdit
}

/** Here people read them, so that they come with their documentation. */
const builtins = (files: Files, all = false): Promise<Builtin[]> => builtinsOf(files, all, documented)

/** Resolved once for all questions about the same text. `all`: with every built-in package, named or not. */
const remembering = (all: boolean): ((files: Files) => Promise<SymbolIndex>) => {
  let last: { readonly files: Files; readonly index: Promise<SymbolIndex> } | undefined
  return (files) => {
    if (last === undefined || !sameFiles(last.files, files))
      last = { files, index: builtins(files, all).then((found) => new SymbolIndex(resolveWit(files, found))) }
    const { index } = last
    // What could not be fetched may be there the next time.
    index.catch(() => last?.index === index && (last = undefined))
    return index
  }
}
const indexOf = remembering(false)
/** Also for names that nobody has written so far. */
const indexOfAll = remembering(true)

const sameFiles = (one: Files, other: Files): boolean => {
  const [names, others] = [Object.keys(one), Object.keys(other)]
  return names.length === others.length && names.every((name) => one[name] === other[name])
}

/** The offset of a line and column, both from 1; none where the text has been changed since. */
const offsetOf = (index: SymbolIndex, { file, line, column }: At): number =>
  (index.source(file)?.starts[line - 1] ?? NaN) + column - 1

const withText = (index: SymbolIndex, target: Target): Found => {
  const text = target.builtin ? index.source(target.file)?.parsed.text : undefined
  return text === undefined ? target : { ...target, text }
}

const placedEdits = (index: SymbolIndex, edits: readonly Edit[]): PlacedEdit[] =>
  edits.flatMap(({ file, text, ...span }) => {
    const source = index.source(file)
    return source === undefined ? [] : [{ place: targetOf(source, span), text }]
  })

const foundAt = (index: SymbolIndex, { source, span }: WitSymbol): Found => withText(index, targetOf(source, span))

const hollow = 'a run has nothing behind it yet'

/** Exports of WASI that a run drives. */
const driven = /^wasi:(?:cli\/run|http\/incoming-handler)@0\.2\./

/** An interface of WASI that can be built and not be called: to be said before somebody imports it. */
const isHollow = ({ kind, label, detail }: Pick<Completion, 'kind' | 'label' | 'detail'>): boolean =>
  kind === 'interface' && label.startsWith('wasi:') && detail !== unbuildable && !serves(label)

/** What the worker of the WIT editor does. Every method is pure: what it needs comes with the call. */
export const methods = {
  /** The formatted text; `null` where the text has syntax errors. */
  format: (text: string): string | null => formatWit(parseWit(text)) ?? null,

  outline: (file: string, text: string): Symbol[] => {
    const starts = lineStarts(text)
    const symbols = (entries: ReturnType<typeof outline>): Symbol[] =>
      entries.map(({ kind, name, span, selection, children }) => ({
        kind,
        name,
        place: placeOf(file, starts, span),
        selection: placeOf(file, starts, selection),
        children: symbols([...children]),
      }))
    return symbols(outline(parseWit(text).file, text))
  },

  /** What can be folded. */
  folds: (_file: string, text: string): Fold[] => foldsOf(parseWit(text)),

  /** Which names are those of types and of functions. */
  named: async (files: Files, file: string): Promise<PlacedName[]> => {
    const index = await indexOf(files)
    const starts = index.source(file)?.starts ?? []
    return namedSpans(index, file).map(({ kind, ...span }) => ({ kind, place: placeOf(file, starts, span) }))
  },

  definition: async (files: Files, at: At): Promise<Found | null> => {
    const index = await indexOf(files)
    const target = definitionAt(index, at.file, offsetOf(index, at))
    return target === undefined ? null : withText(index, target)
  },

  completions: async (files: Files, at: At): Promise<PlacedCompletion[]> => {
    // Every package that could be named, also by somebody who names none so far.
    const index = await indexOfAll(files)
    const starts = index.source(at.file)?.starts ?? []
    const line = files[at.file]?.split('\n')[at.line - 1] ?? ''
    // What a world exports, a run calls; what it imports, a run has to have.
    const exported = (label: string): boolean => /^\s*export\b/.test(line) && driven.test(label)
    return completionsAt(index, at.file, offsetOf(index, at)).map(({ span, also, ...completion }) => ({
      ...completion,
      ...(also && { also: { place: placeOf(at.file, starts, also), text: also.text } }),
      ...(isHollow(completion) && !exported(completion.label) && { detail: hollow, order: completion.order + 1 }),
      place: placeOf(at.file, starts, span),
    }))
  },

  hover: async (files: Files, at: At): Promise<PlacedHover | null> => {
    const index = await indexOf(files)
    const hover = hoverAt(index, at.file, offsetOf(index, at))
    return hover === undefined
      ? null
      : { ...hover, place: placeOf(at.file, index.source(at.file)?.starts ?? [], hover) }
  },

  /** What is wrong with a file and can be mended. */
  mendable: async (files: Files, file: string): Promise<readonly Mendable[]> => {
    const { diagnostics } = (await indexOf(files)).resolution
    return diagnostics.flatMap(({ place, fixes }) => (place?.file === file && fixes ? [{ place, fixes }] : []))
  },

  /** What can be done with what is named there. */
  actions: async (files: Files, at: At): Promise<PlacedAction[]> => {
    const index = await indexOf(files)
    return actionsAt(index, at.file, offsetOf(index, at)).map(({ title, edits }) => ({
      title,
      edits: placedEdits(index, edits),
    }))
  },

  /** What takes in the type that is named there and unknown, from any package that could be named. */
  missingUses: async (files: Files, at: At): Promise<PlacedAction[]> => {
    const index = await indexOfAll(files)
    return missingUses(index, at.file, offsetOf(index, at)).map(({ title, edits }) => ({
      title,
      edits: placedEdits(
        index,
        edits.map((edit) => ({ ...edit, file: at.file })),
      ),
    }))
  },

  references: async (files: Files, at: At): Promise<Found[]> => {
    const index = await indexOf(files)
    return referencesAt(index, at.file, offsetOf(index, at)).map((target) => withText(index, target))
  },

  /** The places in the file itself of what is named there. */
  highlights: async (files: Files, at: At): Promise<Place[]> => {
    const index = await indexOf(files)
    return referencesAt(index, at.file, offsetOf(index, at)).filter(({ file }) => file === at.file)
  },

  /** What of the code belongs to the name at a place. */
  guestUses: async (files: Files, world: string | undefined, at: At): Promise<GuestUse[]> => {
    const index = await indexOf(files)
    const source = index.source(at.file)
    const symbol = source && index.at(source, offsetOf(index, at))?.symbol
    if (symbol === undefined) return []
    return guestNamesOf(guestNames(index, world), symbol).map(({ module, path, literal, exported }) => ({
      module,
      path,
      literal,
      exported,
    }))
  },

  /** The cases of enums and variants that code writes as this text. */
  guestLiterals: async (files: Files, world: string | undefined, text: string): Promise<GuestUse[]> => {
    const index = await indexOf(files)
    return guestNames(index, world).flatMap(({ module, path, literal, exported }) =>
      literal && path[1] === text ? [{ module, path, literal, exported }] : [],
    )
  },

  /** Where the WIT has what the code knows under these names. */
  declared: async (files: Files, world: string | undefined, paths: readonly GuestPath[]): Promise<Found[]> => {
    const index = await indexOf(files)
    const names = guestNames(index, world)
    const symbols = new Set(paths.map((path) => symbolAt(names, path)).filter((symbol) => symbol !== undefined))
    return [...symbols].map((symbol) => foundAt(index, symbol))
  },

  guestExports: async (files: Files, world: string | undefined): Promise<GuestExport[]> => {
    const index = await indexOf(files)
    return guestNames(index, world).flatMap(({ symbol, module, path, exported, call }) =>
      exported === undefined ? [] : [{ module, path, exported, call, found: foundAt(index, symbol) }],
    )
  },

  renamable: async (files: Files, at: At): Promise<{ ok: true; place: Place; text: string } | Refusal> => {
    const index = await indexOf(files)
    const found = renamable(index, at.file, offsetOf(index, at))
    const source = index.source(at.file)
    if (!found.ok) return found
    return { ok: true, text: found.text, place: placeOf(at.file, source?.starts ?? [], found.span) }
  },

  rename: async (files: Files, world: string | undefined, at: At, name: string): Promise<Rename | Refusal> => {
    const index = await indexOf(files)
    const known = await builtins(files)
    const check = (changed: Files): readonly Diagnostic[] => checkWit({ ...files, ...changed }, known)
    const outcome = renameAt(index, at.file, offsetOf(index, at), name, check)
    if (!outcome.ok) return outcome
    const { symbol } = outcome
    const after = new SymbolIndex(resolveWit({ ...files, ...outcome.files }, known))
    const newWorld = symbol.kind === 'world' && symbol.text === world ? outcome.name : undefined
    const renamings = guestRenamings(guestNames(index, world), guestNames(after, newWorld ?? world))
    const part = memberOf(symbol)
    const member = part && { from: part, to: outcome.name }
    return { ok: true, edits: placedEdits(index, outcome.edits), renamings, world: newWorld, member }
  },
}

export type Method = keyof typeof methods
export type Answer<M extends Method> = Awaited<Answers[M]>

export type Arguments = { [M in Method]: Parameters<(typeof methods)[M]> }
type Answers = { [M in Method]: ReturnType<(typeof methods)[M]> }

/** A call of one of the methods. */
export type Call<M extends Method = Method> = {
  [Each in M]: { readonly method: Each; readonly parameters: Arguments[Each] }
}[M]

/** The methods by what they take and give: so the parameters of any call are known to fit its method. */
const byMethod: { readonly [M in Method]: (...parameters: Arguments[M]) => Answers[M] } = methods

export const perform = <M extends Method>({ method, parameters }: Call<M>): Answers[M] =>
  byMethod[method](...parameters)

export type Request = Call & { readonly id: number }

/** The answer to the request of that number; `error`: the method threw, which is a mistake of ours. */
export type Reply =
  | { readonly id: number; readonly value: Answer<Method> }
  | { readonly id: number; readonly error: string }
