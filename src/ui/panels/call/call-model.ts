import {
  callableExports,
  namesExport,
  parseCall,
  printCall,
  type Call,
  type CallableExport,
} from '../../../component/call-expression.ts'
import { signatureText, typeText } from '../../../component/type-text.ts'
import { defaultValue } from '../../../component/default-value.ts'
import type { TextError } from '../../../component/text-error.ts'
import type { BorrowType, OwnType, ResourceType, World } from '../../../component/types.ts'
import { numberedHandles } from '../../../component/value-tree.ts'
import type { CallReport } from '../../../runner/runner.ts'
import { handlesIn, isCommand } from '../../../state/selectors.ts'

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
  if (!namesExport(call, world)) return 'not in this world'
  return readCall(call, world).kind === 'mistake' ? 'does not fit this world' : undefined
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

/**
 * The call as the world has it now: the same where its function is still the same, with the arguments that still fit and
 * a start for the others where the function has changed, undefined where it is gone.
 */
export function adaptCall(call: Call, world: World): Call | undefined {
  const target = callableExports(world).find((each) => each.path === pathOf(call))
  if (target === undefined || target.obstacle !== undefined) return undefined
  if (signatureText(target.type) === signatureText(call.type)) return call
  return { ...call, type: target.type, args: argumentsFor(target, call) }
}

/** For a call whose function is gone: the export that takes most of its arguments, with those. */
export function movedCall(call: Call, world: World): { readonly path: string; readonly text: string } | undefined {
  const kept = (target: CallableExport): number =>
    target.type.params.filter(({ name, type }) =>
      call.type.params.some((each) => each.name === name && typeText(each.type) === typeText(type)),
    ).length
  const [first, ...others] = offered(world)
  if (!first) return undefined
  const target = others.reduce((best, each) => (kept(each) > kept(best) ? each : best), first)
  const text = writeCall(target, argumentsFor(target, call))
  return text === undefined ? undefined : { path: target.path, text }
}

/** The arguments of a call that the parameters still take, by their names, and a start for the others. */
function argumentsFor(target: CallableExport, call: Call): unknown[] {
  const choose = handleChooser([], handlesIn(writeCall(call, call.args) ?? ''))
  return target.type.params.map(({ name, type }) => {
    const index = call.type.params.findIndex((before) => before.name === name)
    const kept = call.args[index]
    const fits = index >= 0 && writeCall({ ...target, type: { async: false, params: [{ name, type }] } }, [kept])
    return fits ? kept : defaultValue(type, choose)
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
    if (/^wasi:cli\/run(?:@|$)/.test(owner)) continue
    groups.set(owner, [...(groups.get(owner) ?? []), each])
  }
  return [...groups]
    .map(([owner, items]) => ({ interface: owner, items }))
    .toSorted((a, b) => Number(a.interface !== '') - Number(b.interface !== ''))
}
