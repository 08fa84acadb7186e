import type { InterfaceItem, World, WorldItem } from '../../../component/types.ts'
import type { TraceCount } from '../../../runner/trace-entry.ts'
import { allowed, type Policy, withoutVersions } from '../../../wasi/policy.ts'
import { serves, unversioned } from '../../../wasi/served.ts'

/** What came of an import in the last run, and what stands behind it. */
export const words = ['denied', 'missing', 'simulated', 'used', 'unused'] as const
export type PolicyWord = (typeof words)[number]

interface Judged {
  /** As a policy names it, without version. */
  readonly key: string
  readonly label: string
  readonly word: PolicyWord
  readonly allowed: boolean
  /** Calls of the last run, and those among them that were refused. */
  readonly calls: number
  readonly denied: number
}

export type PolicyFunction = Judged

export interface PolicyImport extends Judged {
  /** As the world has it. */
  readonly name: string
  readonly version?: string
  /** None of a function of the world itself. */
  readonly functions: readonly PolicyFunction[]
}

export interface PolicyPackage {
  /** `wasi:cli`; empty for what belongs to the world itself. */
  readonly key: string
  readonly allowed: boolean
  readonly imports: readonly PolicyImport[]
}

type Counts = Readonly<Record<string, TraceCount>>

/** What a component of that world can reach, by package; types alone are nothing to be called. */
export function policyOf(world: World, written: Policy, counts: Counts): PolicyPackage[] {
  // As a run reads it.
  const policy = withoutVersions(written)
  const packages = new Map<string, PolicyImport[]>()
  for (const item of world.imports) {
    const made = importOf(item, policy, counts)
    if (!made) continue
    const key = made.key.includes('/') ? (made.key.split('/')[0] ?? '') : ''
    packages.set(key, [...(packages.get(key) ?? []), made])
  }
  return [...packages].map(([key, imports]) => ({
    key,
    allowed: key === '' ? imports.some((each) => each.allowed) : allowed(policy, key),
    imports,
  }))
}

function importOf(item: WorldItem, policy: Policy, counts: Counts): PolicyImport | undefined {
  if (item.kind === 'function') {
    return { ...judge(item.name, item.name, memberLabel(item.name), policy, counts), name: item.name, functions: [] }
  }
  if (item.kind !== 'interface' || item.functions.length === 0) return undefined
  const key = unversioned(item.name)
  const functions = item.functions.map((each) =>
    judge(`${item.name}#${each.name}`, `${key}#${each.name}`, memberLabel(each.name), policy, counts),
  )
  const sum = (of: (each: PolicyFunction) => number): number => functions.reduce((all, each) => all + of(each), 0)
  const calls = sum((each) => each.calls)
  const open = functions.some((each) => each.allowed)
  const version = item.name.slice(key.length + 1)
  return {
    key,
    name: item.name,
    label: key,
    ...(version !== '' && { version }),
    allowed: open,
    word: wordOf(item.name, open, calls),
    calls,
    denied: sum((each) => each.denied),
    functions,
  }
}

function judge(full: string, key: string, label: string, policy: Policy, counts: Counts): PolicyFunction {
  const { calls = 0, denied = 0 } = counts[key] ?? counts[full] ?? {}
  const open = allowed(policy, full.startsWith('wasi:') ? key : full)
  return { key, label, allowed: open, word: wordOf(full, open, calls), calls, denied }
}

function wordOf(full: string, open: boolean, calls: number): PolicyWord {
  if (!open) return 'denied'
  const owner = full.split('#')[0] ?? full
  if (owner.startsWith('wasi:')) return serves(owner) ? (calls > 0 ? 'used' : 'unused') : 'missing'
  return 'simulated'
}

/** `[method]output-stream.write` as people write it. */
function memberLabel(name: string): string {
  const [, kind, rest] = /^\[([a-z-]+)\](.*)$/.exec(name) ?? []
  return kind === 'constructor' ? `new ${rest ?? ''}` : (rest ?? name)
}

/** Whether what the world names is this import; a name without package is one of the world's own package. */
export const isNamed = (world: World, { name }: { readonly name: string }, key: string): boolean =>
  key === name || key === `${world.name?.split('/')[0] ?? ''}/${name}`

/** Of the interfaces of which any one will do the engine takes the first that is there. */
export const isNeeded = (world: World, { needs }: { readonly needs: readonly string[] }, key: string): boolean =>
  needs.find((need) => world.imports.some(({ name }) => unversioned(name) === need)) === key

/** An interface that takes or gives what another one defines, and so brings it into the world. */
export interface Need {
  readonly by: string
  readonly side: 'import' | 'export'
  readonly type: string
}

/** Why an interface is in the world though nothing names it: whose functions take or give its types. */
export function needsOf({ imports, exports }: World, wanted: string): Need[] {
  const owners = new Map<object, { readonly owner: string; readonly type: string }>()
  for (const item of imports) {
    if (item.kind !== 'interface') continue
    // What one interface takes from another is the same object in both; the one that defines it comes first.
    for (const { name, type } of item.types) {
      if (isOwn(type) && !owners.has(type)) owners.set(type, { owner: item.name, type: name })
    }
  }
  const needs: Need[] = []
  for (const [side, items] of [['import', imports] as const, ['export', exports] as const]) {
    for (const item of items) {
      if (item.kind === 'type' || item.name === wanted) continue
      const type = typeOf(item, wanted, owners)
      if (type !== undefined) needs.push({ by: item.name, side, type })
    }
  }
  return needs
}

type Owners = ReadonlyMap<object, { readonly owner: string; readonly type: string }>

/** Primitive types are the same everywhere, and nobody's. */
const isOwn = (type: object): boolean => Object.keys(type).length > 1

/** The first type of the interface `wanted` in what the functions take and give. */
function typeOf(item: InterfaceItem | Extract<WorldItem, { kind: 'function' }>, wanted: string, owners: Owners) {
  const seen = new Set<unknown>()
  const find = (value: unknown): string | undefined => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return undefined
    seen.add(value)
    const owned = owners.get(value)
    if (owned?.owner === wanted) return owned.type
    if ('kind' in value && value.kind === 'resource' && 'side' in value && 'interface' in value && 'name' in value) {
      return value.side === 'import' && value.interface === wanted ? String(value.name) : undefined
    }
    for (const part of Object.values(value)) {
      const found = find(part)
      if (found !== undefined) return found
    }
    return undefined
  }
  return find(item.kind === 'function' ? item.type : item.functions)
}
