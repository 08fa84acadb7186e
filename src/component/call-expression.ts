import { closest } from './closest.ts'
import { functionsOf, type PlacedFunction } from './decode-world.ts'
import { attempt, Mistake, quote, type TextError } from './text-error.ts'
import { signatureText, typeText } from './type-text.ts'
import type { FunctionType, ValueType, World } from './types.ts'
import { WaveLexer } from './wave-lexer.ts'
import { type HandleSource, noHandles, WaveParser } from './wave-parser.ts'
import { type HandleTable, noHandleTable, type PrintOptions, printWave } from './wave-printer.ts'

/** An exported function that can be called. */
export interface CallableExport {
  /** Absent for a function of the world itself. */
  readonly interface?: string
  /** As in `FunctionItem`: `add-item`, `[method]cart.total`. */
  readonly name: string
  readonly type: FunctionType
  /** How a call names it in canonical form: `demo:cart/cart@1.0.0#[method]cart.total`. */
  readonly path: string
  /** The shortest form that names it and nothing else: `cart#[method]cart.total`. */
  readonly short: string
  /** The same as in code: `cart.total`, `new cart`. */
  readonly readable: string
  /** `func(a: u8) -> string` */
  readonly signature: string
  /** Why it cannot be called from text, where it cannot. */
  readonly obstacle?: string
}

export interface Call {
  readonly interface?: string
  readonly name: string
  readonly type: FunctionType
  /** In the form that jco's host code takes, one for each parameter. */
  readonly args: readonly unknown[]
  /** Where the arguments were written; those that were left out are absent. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
}

export type CallOutcome = { readonly ok: true; readonly call: Call } | { readonly ok: false; readonly error: TextError }

export function callableExports(world: World): readonly CallableExport[] {
  const functions = [...functionsOf(world, 'export')]
  const paths = pathsOf(functions)
  return functions.map((target) => {
    const { interface: owner, item } = target
    const path = pathOf(owner, item.name)
    const obstacle = obstacleOf(item.type)
    return {
      ...(owner === undefined ? {} : { interface: owner }),
      name: item.name,
      type: item.type,
      path,
      short: shortest(paths, target, pathOf) ?? path,
      readable: shortest(paths, target, readablePath) ?? path,
      signature: signatureText(item.type),
      ...(obstacle === undefined ? {} : { obstacle }),
    }
  })
}

/**
 * Reads `greet("Ada")`, `demo:cart/cart@1.0.0#add-item({…})` or `cart#[method]cart.total(%1)`. The version, the package
 * and the interface may be left out where only one export fits, and functions of a resource may be written as in code:
 * `new cart("Ada")`, `cart.total(%1)`. Arguments at the end that are `none` may be left out.
 */
export function parseCall(text: string, world: World, handles: HandleSource = noHandles): CallOutcome {
  const outcome = attempt(text, () => {
    const start = text.length - text.trimStart().length
    const end = pathEnd(text, start)
    const target = resolve({ text: text.slice(start, end), start, end }, [...functionsOf(world, 'export')])
    const lexer = new WaveLexer(text, end)
    const { args, ranges } = readArguments(new WaveParser(lexer, handles), lexer, target.item.type)
    const { item, interface: owner } = target
    return { ...(owner === undefined ? {} : { interface: owner }), name: item.name, type: item.type, args, ranges }
  })
  return outcome.ok ? { ok: true, call: outcome.value } : outcome
}

/** Whether a call names an export of this world, and only one, whatever its arguments are. */
export function namesExport(text: string, world: World): boolean {
  const start = text.length - text.trimStart().length
  const path = spelling(text.slice(start, pathEnd(text, start)))
  return pathsOf([...functionsOf(world, 'export')]).get(path)?.length === 1
}

/** A call in canonical form. Throws `UnexpectedValue` where an argument does not fit its parameter. */
export function printCall(
  call: Pick<Call, 'interface' | 'name' | 'type' | 'args'>,
  handles: HandleTable = noHandleTable,
  options: PrintOptions = {},
): string {
  let text = `${pathOf(call.interface, call.name)}(`
  for (const [index, { type }] of call.type.params.entries()) {
    if (index > 0) text += ', '
    const from = text.length
    const { onUnfinished } = options
    text += printWave(call.args[index], type, handles, {
      ...options,
      ...(onUnfinished && { onUnfinished: (found, at) => onUnfinished(found, from + at) }),
    })
  }
  return `${text})`
}

interface Path {
  readonly text: string
  readonly start: number
  readonly end: number
}

function pathOf(owner: string | undefined, name: string): string {
  return owner === undefined ? name : `${owner}#${name}`
}

/** As people read it: `new cart`, `cart#cart.total`. */
function readablePath(owner: string | undefined, name: string): string {
  const [, kind, plain = name] = /^\[(constructor|method|static)\](.*)$/.exec(name) ?? []
  return `${kind === 'constructor' ? 'new ' : ''}${pathOf(owner, plain)}`
}

/** The path ends at the parenthesis that opens the arguments. */
function pathEnd(text: string, start: number): number {
  const match = /(?:new\s+(?=[^\s("'{},]))?[^\s("'{},]*/y
  match.lastIndex = start
  return start + (match.exec(text)?.[0].length ?? 0)
}

/** An interface under its full name, without version, and without package. */
function spellings(owner: string | undefined): string[] {
  if (owner === undefined) return []
  const plain = owner.replace(/@.*$/, '')
  return [plain.slice(plain.lastIndexOf('/') + 1), plain, owner]
}

/** A method may also be written without its mark, as `cart.total`. */
function nameSpellings(name: string): string[] {
  return [name, name.replace(/^\[(method|static)\]/, '')]
}

/** The shortest way to write it that means nothing else. */
function shortest(
  paths: ReadonlyMap<string, readonly PlacedFunction[]>,
  { interface: owner, item }: PlacedFunction,
  write: typeof pathOf,
): string | undefined {
  const texts = [undefined, ...spellings(owner)].map((each) => write(each, item.name))
  return texts.find((text) => paths.get(text)?.every((each) => each.item === item))
}

/** Every path that is understood, and the exports that it may mean. A canonical path means nothing but its own export. */
function pathsOf(targets: readonly PlacedFunction[]): ReadonlyMap<string, readonly PlacedFunction[]> {
  const paths = new Map<string, PlacedFunction[]>()
  for (const target of targets) {
    for (const text of textsOf(target)) {
      const found = paths.get(text)
      if (found) found.push(target)
      else paths.set(text, [target])
    }
  }
  for (const target of targets) paths.set(pathOf(target.interface, target.item.name), [target])
  return paths
}

function textsOf({ interface: owner, item }: PlacedFunction): ReadonlySet<string> {
  const texts = new Set<string>()
  for (const each of [undefined, ...spellings(owner)]) texts.add(readablePath(each, item.name))
  for (const name of nameSpellings(item.name)) {
    texts.add(name).add(`%${name}`)
    for (const each of spellings(owner)) {
      const [plain, version] = each.split('@')
      texts.add(`${each}#${name}`).add(`${each}#%${name}`)
      // The spelling of WAVE's own documentation: `ns:pkg/interface.function@1.0.0`.
      texts.add(`${plain}.${name}${version === undefined ? '' : `@${version}`}`)
    }
  }
  return texts
}

const spelling = (path: string): string => path.replace(/^new\s+/, 'new ')

function resolve(path: Path, targets: readonly PlacedFunction[]): PlacedFunction {
  const expected = 'the name of an export'
  if (targets.length === 0) throw new Mistake(path, expected, quote(path.text), 'This world exports no functions.')
  const paths = pathsOf(targets)
  const found = paths.get(spelling(path.text)) ?? []
  const [only] = found
  if (only && found.length === 1) return only
  if (path.text === '') throw new Mistake(path, expected, 'none', 'A call starts with the name of an export.')
  const shown = quote(path.text)
  if (only) {
    const choices = found.map((each) => pathOf(each.interface, each.item.name)).join(' and ')
    throw new Mistake(path, expected, shown, `${shown} names more than one export: ${choices}.`)
  }
  // Who wrote the package too is told which one it is.
  const readable = (target: PlacedFunction): string =>
    (path.text.includes('/') ? undefined : shortest(paths, target, readablePath)) ??
    pathOf(target.interface, target.item.name)
  const near = nearest(path.text, targets)
  const hint = near ? `Did you mean ${readable(near)}?` : `The exports are: ${listed(targets.map(readable))}.`
  throw new Mistake(path, expected, shown, `There is no export ${shown}. ${hint}`)
}

function nearest(text: string, targets: readonly PlacedFunction[]): PlacedFunction | undefined {
  const meant = new Map<string, PlacedFunction>()
  for (const target of targets) {
    const { interface: owner, item } = target
    for (const each of [undefined, ...spellings(owner)]) {
      meant.set(readablePath(each, item.name), target)
      meant.set(pathOf(each, item.name), target)
      meant.set(pathOf(each, item.name.replace(/^\[\w+\]/, '')), target)
    }
  }
  const near = closest(text, meant.keys())
  return near === undefined ? undefined : meant.get(near)
}

const listed = (names: readonly string[]): string =>
  names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ')

function readArguments(parser: WaveParser, lexer: WaveLexer, type: FunctionType): Pick<Call, 'args' | 'ranges'> {
  const { params } = type
  const args: unknown[] = []
  const ranges: { start: number; end: number }[] = []
  const open = parser.expect('(', '( and the arguments')
  for (const param of params) {
    const token = parser.peek()
    if (token.kind === ')') break
    args.push(parser.value(param.type))
    ranges.push({ start: token.start, end: lexer.lastEnd })
    if (parser.peek().kind !== ',') break
    lexer.take()
  }
  const count = `${params.length} ${params.length === 1 ? 'argument' : 'arguments'}`
  const after = args.length < params.length ? ', and the next argument, or )' : `) after ${count}`
  const close = parser.expect(')', after)
  for (const param of params.slice(args.length)) {
    if (param.type.kind !== 'option') {
      const at = args.length === 0 ? { start: open.start, end: close.end } : close
      const message = `Argument ${args.length + 1} of ${params.length} is missing: ${param.name}: ${typeText(param.type)}.`
      throw new Mistake(at, typeText(param.type), '“)”', message)
    }
    args.push(parser.absent(param.type))
  }
  parser.expect('end', 'the end of the call')
  return { args, ranges }
}

/** Streams, futures and error contexts are made by programs: as parameters they have no text. */
function obstacleOf(type: FunctionType): string | undefined {
  const writable = new Set<ValueType>()
  for (const { name, type: param } of type.params) {
    const kind = unwritable(param, writable)
    if (kind !== undefined) return `Parameter ${name} contains a ${kind}, which cannot be written as text.`
  }
  return undefined
}

/** Types that were found to be writable are remembered: a type may be used many times within another one. */
function unwritable(type: ValueType, writable: Set<ValueType>): string | undefined {
  if (writable.has(type)) return undefined
  if (type.kind === 'stream' || type.kind === 'future' || type.kind === 'error-context') return type.kind
  for (const part of partsOf(type)) {
    const kind = unwritable(part, writable)
    if (kind !== undefined) return kind
  }
  writable.add(type)
  return undefined
}

/** The types that a type is made of. */
function partsOf(type: ValueType): readonly ValueType[] {
  const given = (types: readonly (ValueType | undefined)[]): ValueType[] => types.filter((each) => each !== undefined)
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => field.type)
    case 'variant':
      return given(type.cases.map((each) => each.type))
    case 'tuple':
      return type.types
    case 'option':
      return [type.some]
    case 'result':
      return given([type.ok, type.err])
    case 'list':
    case 'fixed-length-list':
      return [type.element]
    case 'map':
      return [type.key, type.value]
    default:
      return []
  }
}
