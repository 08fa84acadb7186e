import type { BorrowType, OwnType, ResourceType } from '../../component/types.ts'
import type { HandleProblem, HandleSource, HandleTable } from '../../component/wave.ts'
import type { CallReport } from '../runner.ts'

interface Handle {
  readonly id: number
  readonly resource: ResourceType
  readonly value: object
  readonly origin: string
}

/** The resources that the calls of a run gave out: `%1`, `%2`… A number is never used twice. */
export interface Handles extends HandleTable, HandleSource {
  /** What is registered from now on came from this call. */
  origin: string
  /** Forgets the handles that were asked for as `own` since the last time: the call has taken them. */
  spend(): void
  /** The same, when the call was not made after all. */
  keep(): void
  /** Forgets a handle and gives what it stood for. */
  take(id: number): object | undefined
  report(): CallReport['handles']
}

/** So many are kept; a guest that returns more gets the numbers, but its first ones are forgotten. */
const most = 1000
const longestOrigin = 200

export const missingHandle = (id: number): string => `There is no handle %${id} in this run.`
export const isMissingHandle = (problem: string): boolean => /^There is no handle %\d+ in this run\.$/.test(problem)

const sameResource = (one: ResourceType, other: ResourceType): boolean =>
  one.side === other.side && one.interface === other.interface && one.name === other.name

const fullName = ({ interface: owner, name }: ResourceType): string => (owner === undefined ? name : `${owner}/${name}`)

export const createHandles = (): Handles => {
  const byId = new Map<number, Handle>()
  const byValue = new WeakMap<object, number>()
  const asked = new Set<number>()
  let last = 0
  return {
    origin: '',
    register(value, { resource }) {
      if (typeof value !== 'object' || value === null) return 0
      const known = byValue.get(value)
      if (known !== undefined && byId.has(known)) return known
      const id = ++last
      byId.set(id, { id, resource, value, origin: this.origin.slice(0, longestOrigin) })
      byValue.set(value, id)
      const [oldest] = byId.keys()
      if (byId.size > most && oldest !== undefined) byId.delete(oldest)
      return id
    },
    handle(id: number, type: OwnType | BorrowType): { ok: true; value: unknown } | HandleProblem {
      const handle = byId.get(id)
      if (handle === undefined) return { ok: false, problem: missingHandle(id) }
      if (!sameResource(handle.resource, type.resource)) {
        return { ok: false, problem: `%${id} is a ${handle.resource.name}, not a ${type.resource.name}.` }
      }
      if (type.kind === 'own') {
        if (asked.has(id)) return { ok: false, problem: `%${id} can be given away only once.` }
        asked.add(id)
      }
      return { ok: true, value: handle.value }
    },
    spend() {
      for (const id of asked) byId.delete(id)
      asked.clear()
    },
    keep() {
      asked.clear()
    },
    take(id) {
      const value = byId.get(id)?.value
      byId.delete(id)
      return value
    },
    report: () => [...byId.values()].map(({ id, resource, origin }) => ({ id, type: fullName(resource), origin })),
  }
}
