import { unversioned } from './served.ts'

// As it was before any guest ran: what a guest may do must not hang on what can be replaced.
const { hasOwn } = Object

export type Decision = 'allow' | 'deny'

/** By package (`wasi:sockets`), interface (`wasi:cli/environment`) or function (`wasi:cli/environment#get-environment`). */
export type Policy = Readonly<Record<string, Decision>>

/** What decides on a name, the most specific first; each with its version, where it has one, before that without. */
export const deciders = (name: string): string[] => {
  const at = name.indexOf('#')
  const owner = at < 0 ? name : name.slice(0, at)
  const bare = unversioned(owner)
  const names = [owner, bare, bare.split('/')[0] ?? ''].filter((each) => each !== '')
  return [...new Set(at < 0 ? names : [name, bare + name.slice(at), ...names])]
}

/**
 * The policy for names of WASI as the gate asks for them, which is without version: an entry with one counts for all of
 * them. Of two that become the same, the denial stays.
 */
export const withoutVersions = (policy: Policy): Policy => {
  const out: Record<string, Decision> = Object.assign(Object.create(null), policy)
  for (const [key, decision] of Object.entries(policy)) {
    const bare = key.replace(/@[^#]*/, '')
    if (bare === key || !key.startsWith('wasi:')) continue
    if (decision === 'deny' || out[bare] === undefined) out[bare] = decision
  }
  return out
}

/** The most specific entry decides: function, then interface, then package. Without one the call is allowed. */
export const allowed = (policy: Policy, name: string): boolean => {
  for (const key of deciders(name)) if (hasOwn(policy, key)) return policy[key] === 'allow'
  return true
}

/**
 * The policy with a decision for a package, an interface or a function, without version. What is more specific goes, and
 * nothing is written that what stands above says already.
 */
export const decide = (policy: Policy, name: string, decision: Decision): Policy => {
  const inside = (key: string): boolean =>
    key === name || (name.includes('#') ? false : key.startsWith(name.includes('/') ? `${name}#` : `${name}/`))
  const kept: Record<string, Decision> = Object.create(null)
  for (const [key, each] of Object.entries(policy)) if (!inside(unversionedKey(key))) kept[key] = each
  if (allowed(kept, name) !== (decision === 'allow')) kept[name] = decision
  return kept
}

const unversionedKey = (key: string): string => {
  const at = key.indexOf('#')
  return at < 0 ? unversioned(key) : unversioned(key.slice(0, at)) + key.slice(at)
}
