import {
  callableExports,
  namesExport,
  parseCall,
  printCall,
  type Call,
  type CallableExport,
} from '../../../component/call-expression.ts'
import { adaptValue, namesake } from '../../../component/adapt-value.ts'
import { signatureText, typeText } from '../../../component/type-text.ts'
import { defaultValue } from '../../../component/default-value.ts'
import type { TextError } from '../../../component/text-error.ts'
import type { BorrowType, OwnType, ResourceType, ValueType, World } from '../../../component/types.ts'
import { Unfinished } from '../../../component/unfinished-value.ts'
import { numberedHandles } from '../../../component/value-tree.ts'
import { parseWave } from '../../../component/wave.ts'
import type { CallReport } from '../../../runner/runner.ts'
import { handlesIn, isCommand } from '../../../state/selectors.ts'
import { notFitting, notInWorld } from './obstacles.ts'

export type { CallableExport }

export type CallText =
  | { readonly kind: 'empty' }
  | { readonly kind: 'call'; readonly call: Call; readonly path: string }
  | { readonly kind: 'mistake'; readonly error: TextError }

/** What the call line says, as far as it can be read. */
export function readCall(text: string, world: World): CallText {
  if (text.trim() === '') return { kind: 'empty' }
  const outcome = parseCall(text, world, numberedHandles)
  return outcome.ok
    ? { kind: 'call', call: outcome.call, path: pathOf(outcome.call) }
    : { kind: 'mistake', error: outcome.error }
}

export const pathOf = ({ interface: owner, name }: Pick<Call, 'interface' | 'name'>): string =>
  owner === undefined ? name : `${owner}#${name}`

type Handles = CallReport['handles']

/** Those of the live handles that stand for such a resource. */
export function handlesOf({ interface: owner, name }: ResourceType, handles: Handles): Handles {
  const wanted = owner === undefined ? name : `${owner}/${name}`
  return handles.filter((each) => each.type === wanted)
}

/**
 * Chooses the handles of a call that is filled in, each the last that fits and that nothing else in the call has. What is
 * lent may be lent twice, what is given away is in the call once: where none is left, a number that no handle has yet.
 * `used`: what the call has already.
 */
export function handleChooser(handles: Handles, used: readonly number[] = []): (type: OwnType | BorrowType) => object {
  const taken = new Set(used)
  const given = new Set<number>()
  let highest = Math.max(0, ...used, ...handles.map(({ id }) => id))
  return ({ kind, resource }) => {
    const fitting = handlesOf(resource, handles).map(({ id }) => id)
    const shared = kind === 'borrow' ? fitting.findLast((id) => !given.has(id)) : undefined
    const chosen = fitting.findLast((id) => !taken.has(id)) ?? shared ?? ++highest
    taken.add(chosen)
    if (kind === 'own') given.add(chosen)
    return handleValue(chosen)
  }
}

/** The call line for an export, with a value to start from for each parameter. */
export function freshCall(target: CallableExport, handles: Handles): string {
  const { params } = target.type
  const choose = handleChooser(handles)
  // What gives its handle away chooses first: what only lends it can share another one.
  const given = params.map(({ type }) => (type.kind === 'own' ? choose(type) : undefined))
  const args = params.map(({ type }, index) => given[index] ?? defaultValue(type, choose))
  return writeCall(target, args) ?? `${target.path}()`
}

/** Why a field of this call cannot pass that handle, undefined where it can. `makes`: New makes such a resource. */
export function handleProblem(
  { kind, resource }: OwnType | BorrowType,
  id: number,
  { handles, call, makes }: { readonly handles: Handles; readonly call: string; readonly makes: boolean },
): string | undefined {
  const fitting = handlesOf(resource, handles)
  const used = handlesIn(call)
  const another = fitting.length === 0 ? 'one' : 'another'
  const make = makes ? `Make ${another} with New.` : `Call an export that returns ${another}.`
  const next = fitting.every((each) => used.includes(each.id)) ? make : 'Choose another.'
  if (fitting.some((each) => each.id === id)) {
    const twice = kind === 'own' && used.filter((each) => each === id).length > 1
    return twice ? `This gives %${id} away, which is used twice. ${next}` : undefined
  }
  if (fitting.length === 0) return make
  return next === make ? `Other fields have every ${resource.name}. ${make}` : `There is no %${id}. ${next}`
}

/** Why a saved call cannot be made in this world, undefined where it can. */
export function obstacleOf(call: string, world: World): string | undefined {
  if (!namesExport(call, world)) return notInWorld
  return readCall(call, world).kind === 'mistake' ? notFitting : undefined
}

/** The call that an empty line suggests: of the first export, with a value to start from. */
export function suggestedCall(world: World): string {
  const [first] = offered(world)
  return first ? freshCall(first, []) : ''
}

/** The call of a world that leaves no choice. */
export function onlyCall(world: World): string | undefined {
  const [only, another] = offered(world)
  return only && !another && !isCommand(world) ? freshCall(only, []) : undefined
}

const offered = (world: World): CallableExport[] =>
  groupedExports(world)
    .flatMap((group) => group.items)
    .filter((each) => each.obstacle === undefined)

/** The constructor of a resource, where the world exports one. */
export const constructorOf = (world: World, { interface: owner, name }: ResourceType): CallableExport | undefined =>
  callableExports(world).find((each) => each.interface === owner && each.name === `[constructor]${name}`)

/** The call line for these arguments, or undefined while one of them has no value that could be written. */
export function writeCall(
  target: Pick<Call, 'interface' | 'name' | 'type'>,
  args: readonly unknown[],
): string | undefined {
  try {
    return printCall({ ...target, args }, numberedHandles)
  } catch {
    return undefined
  }
}

/** A call as its form has it: some of its fields may hold what is no value yet. */
export interface Draft {
  readonly text: string
  readonly call: Call
  /** What is wrong in the first of those fields, with its place in the text. */
  readonly mistake: TextError | undefined
}

/** The line of a form, undefined while one of its arguments cannot be written at all. */
export function draftOf(target: Call, args: readonly unknown[]): Draft | undefined {
  const call = { ...target, args }
  let first: { readonly error: TextError; readonly at: number } | undefined
  try {
    const text = printCall(call, numberedHandles, {
      onUnfinished: ({ error }, at) => {
        first ??= { error, at }
      },
    })
    return { text, call, mistake: first && placed(first.error, first.at, text) }
  } catch {
    return undefined
  }
}

/** An error in a part of a text, as one in the whole. */
function placed(error: TextError, at: number, text: string): TextError {
  const start = error.start + at
  const before = text.slice(0, start)
  const line = before.split('\n').length
  return { ...error, start, end: error.end + at, line, column: start - before.lastIndexOf('\n') }
}

/** Types whose field shows WAVE as it is. */
const asWave = /^(?:[su](?:8|16|32|64)|f32|f64)$/

/**
 * What a form shows of a line that has a mistake: the arguments that can be read, and of the others what they were before;
 * a number that is none stands in its field as it stands in the line, with the same words.
 */
export function formOf(text: string, before: Call, error: TextError): Call {
  const places = argumentPlaces(text)
  const { params } = before.type
  if (text.slice(0, places[0]?.start ?? 0).trim() !== `${pathOf(before)}(` || places.length !== params.length)
    return before
  const args = places.map(({ start, end }, index) => {
    const type = params[index]?.type
    const typed = text.slice(start, end)
    const read = type && parseWave(typed, type, numberedHandles)
    if (read?.ok) return read.value
    if (!read || !asWave.test(type.kind)) return before.args[index]
    const inside = error.start >= start && error.start <= end
    return new Unfinished(
      typed,
      typed,
      inside ? { ...error, start: error.start - start, end: error.end - start } : read.error,
    )
  })
  return { ...before, args }
}

/** Where the arguments of a call stand, as far as its brackets and quotes tell. */
function argumentPlaces(text: string): { readonly start: number; readonly end: number }[] {
  const places: { start: number; end: number }[] = []
  let depth = 0
  let start = 0
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[([{]|[)\]}]|,/g)) {
    const add = (): void => {
      const inner = text.slice(start, index)
      places.push({ start: start + inner.length - inner.trimStart().length, end: start + inner.trimEnd().length })
    }
    if (token === ',' && depth === 1) {
      add()
      start = index + 1
    } else if (/^[([{]/.test(token)) {
      depth++
      if (depth === 1) start = index + 1
    } else if (/^[)\]}]/.test(token)) {
      depth--
      if (depth === 0) add()
    }
  }
  return places
}

/**
 * The call as the world has it now: the same where its function is still the same, with what still fits of the arguments
 * and a start for the rest where the function has changed, undefined where it is gone.
 */
export function adaptCall(call: Call, world: World): Call | undefined {
  const target = callableExports(world).find((each) => each.path === pathOf(call))
  if (target === undefined || target.obstacle !== undefined) return undefined
  if (signatureText(target.type) === signatureText(call.type)) return call
  return { ...call, type: target.type, args: argumentsFor(target, call) }
}

/**
 * For a call whose function is gone: the export that takes most of its arguments, with those. One that takes none of them
 * is another call, unless it takes none at all.
 */
export function movedCall(call: Call, world: World): { readonly path: string; readonly text: string } | undefined {
  const kept = (target: CallableExport): number =>
    target.type.params.filter(({ name, type }) =>
      call.type.params.some((each) => each.name === name && typeText(each.type) === typeText(type)),
    ).length
  const [first, ...others] = offered(world)
  if (!first) return undefined
  const closest = others.reduce((best, each) => (kept(each) > kept(best) ? each : best), first)
  const target = kept(closest) > 0 ? closest : offered(world).find(({ type }) => type.params.length === 0)
  if (!target) return undefined
  const text = writeCall(target, argumentsFor(target, call))
  return text === undefined ? undefined : { path: target.path, text }
}

/** What the parameters still take of the arguments of a call, by their names, and a start for the rest. */
function argumentsFor(target: CallableExport, call: Call): unknown[] {
  const choose = handleChooser([], handlesIn(writeCall(call, call.args) ?? ''))
  const fresh = (type: ValueType): unknown => defaultValue(type, choose)
  const before = call.type.params
  return target.type.params.map(({ type }, index) => {
    const param = namesake(before, target.type.params, index)
    return param ? adaptValue(call.args[before.indexOf(param)], param.type, type, fresh) : fresh(type)
  })
}

/** What stands for a live handle in a form: its number. */
export function handleValue(id: number): object {
  const source = numberedHandles.handle(id, { kind: 'own', resource: { kind: 'resource', side: 'export', name: '' } })
  return source.ok && typeof source.value === 'object' && source.value !== null ? source.value : {}
}

/** Exports in groups as they are offered: those of the world itself first, then by interface. */
export function groupedExports(
  world: World,
): { readonly interface: string; readonly items: readonly CallableExport[] }[] {
  const groups = new Map<string, CallableExport[]>()
  for (const each of callableExports(world)) {
    const owner = each.interface ?? ''
    // These have places of their own: Run, and the HTTP panel.
    if (/^wasi:(?:cli\/run|http\/incoming-handler)(?:@|$)/.test(owner)) continue
    groups.set(owner, [...(groups.get(owner) ?? []), each])
  }
  return [...groups]
    .map(([owner, items]) => ({ interface: owner, items }))
    .toSorted((a, b) => Number(a.interface !== '') - Number(b.interface !== ''))
}
