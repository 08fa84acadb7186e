import {
  callableExports,
  parseCall,
  printCall,
  type Call,
  type CallableExport,
} from '../../../component/call-expression.ts'
import { signatureText } from '../../../component/type-text.ts'
import { defaultValue } from '../../../component/default-value.ts'
import type { TextError } from '../../../component/text-error.ts'
import type { ResourceType, World } from '../../../component/types.ts'
import { numberedHandles } from '../../../component/value-tree.ts'
import type { CallReport } from '../../../runner/runner.ts'
import { isCommand } from '../../../state/selectors.ts'

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
 * The call line for an export, with a value to start from for each parameter: of handles, the last that fits and that no
 * other parameter has.
 */
export function freshCall(target: CallableExport, handles: Handles): string {
  const taken = new Set<number>()
  const args = target.type.params.map(({ type }) => {
    const fitting = type.kind === 'own' || type.kind === 'borrow' ? handlesOf(type.resource, handles) : handles
    const id = (fitting.findLast((each) => !taken.has(each.id)) ?? fitting.at(-1))?.id ?? 1
    if (type.kind === 'own' || type.kind === 'borrow') taken.add(id)
    return defaultValue(type, handleValue(id))
  })
  return writeCall(target, args) ?? `${target.path}()`
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
  const args = target.type.params.map(({ name, type }) => {
    const index = call.type.params.findIndex((before) => before.name === name)
    const kept = call.args[index]
    const fits = index >= 0 && writeCall({ ...target, type: { async: false, params: [{ name, type }] } }, [kept])
    return fits ? kept : defaultValue(type, handleValue(1))
  })
  return { ...call, type: target.type, args }
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
