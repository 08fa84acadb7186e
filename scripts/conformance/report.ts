import type { Check, Verdict } from './check.ts'

export interface Result {
  readonly check: Check
  readonly verdict: Verdict
}

interface Count {
  passed: number
  failed: number
  unsupported: number
}

const interfaceOf = (name: string): string => name.split('#')[0] ?? name

/** How many checks of each interface came to what. A check of several interfaces counts in each. */
export const byInterface = (results: readonly Result[]): ReadonlyMap<string, Count> => {
  const table = new Map<string, Count>()
  for (const { check, verdict } of results) {
    for (const name of new Set(check.of.map(interfaceOf))) {
      const count = table.get(name) ?? { passed: 0, failed: 0, unsupported: 0 }
      count[verdict.kind]++
      table.set(name, count)
    }
  }
  return new Map([...table].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

export const total = (results: readonly Result[], kind: Verdict['kind']): number =>
  results.filter(({ verdict }) => verdict.kind === kind).length

const titleOf = ({ of, says, guest }: Check): string => `${of.join(', ')} (${guest})\n    ${says}`

export const lines = (results: readonly Result[]): readonly string[] => [
  ...[...byInterface(results)].map(
    ([name, { passed, failed, unsupported }]) =>
      `  ${name.padEnd(36)} ${String(passed).padStart(4)} passed ${String(failed).padStart(4)} failed ${String(unsupported).padStart(4)} unsupported`,
  ),
  ...results.flatMap(({ check, verdict }) =>
    verdict.kind === 'failed' ? [`\nFAILED ${titleOf(check)}\n    ${verdict.message}`] : [],
  ),
  ...results.flatMap(({ check, verdict }) =>
    verdict.kind === 'unsupported' ? [`\nunsupported ${titleOf(check)}\n    ${verdict.reason}`] : [],
  ),
]
