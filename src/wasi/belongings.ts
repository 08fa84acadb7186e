/** What the resources of one run are told apart by, and how they are dropped. */
interface Resources {
  has(value: object): boolean
  drop(resource: object): void
}

/** Which resources of the host the instances hold that end before the run does. */
export interface Belongings {
  /** An instance begins that calls the host from now on, and holds these. What it gives ends that instance. */
  begin(given: readonly object[]): () => void
  /** The instance got this from the host. */
  gave(value: unknown): void
  /** It dropped this. */
  dropped(resource: object): void
}

/** Resources in what a function gives: `option<own<t>>`, `tuple<own<a>, own<b>>`, `list<tuple<own<a>, string>>`. */
const deepest = 4

export const createBelongings = ({ has, drop }: Resources): Belongings => {
  /** The last instance runs; those before it wait for it. */
  const instances: Set<object>[] = []
  const keep = (value: unknown, into: Set<object>, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > deepest) return
    if (has(value)) into.add(value)
    else if (Array.isArray(value)) for (const each of value) keep(each, into, depth + 1)
    else if ('val' in value) keep(value.val, into, depth + 1)
  }
  return {
    begin: (given) => {
      const own = new Set(given)
      instances.push(own)
      return () => {
        instances.splice(instances.indexOf(own), 1)
        // A child is younger than what it was made of, which must not be dropped before it.
        for (const resource of [...own].toReversed()) drop(resource)
      }
    },
    gave: (value) => {
      const own = instances.at(-1)
      if (own) keep(value, own, 0)
    },
    dropped: (resource) => void instances.at(-1)?.delete(resource),
  }
}
