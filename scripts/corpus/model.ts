/** Row 5: what packages resolve to, held against the resolved form that comes with the corpus. */
import { resolveWit } from '../../src/wit/check.ts'
import { resolvedWit } from '../../src/wit/resolved.ts'
import { comparable, firstDifference } from './comparable.ts'
import { beside, cases, type Row } from './files.ts'

/** The features that are on in the corpus. */
const features = new Set(['active', 'active1', 'active2'])

export const modelRow = (): Row => {
  const details: string[] = []
  let [equal, all] = [0, 0]
  for (const { name, files } of cases('wit/good')) {
    const wanted = beside('wit/good', name, 'json')
    // One case is a component's text, which nothing here reads.
    if (wanted === undefined || name.endsWith('.wat')) continue
    all += 1
    const found = JSON.stringify(resolvedWit(resolveWit(files), features))
    const difference = firstDifference(comparable(JSON.parse(found)), comparable(JSON.parse(wanted)))
    if (difference === undefined) equal += 1
    else details.push(`${name}: ${difference}`)
  }
  return {
    id: 5,
    requirement: 'resolved model equals .wit.json (names, kinds, types, docs)',
    target: '70 of 73',
    reached: `${equal} of ${all}`,
    ok: equal >= 70,
    details,
  }
}
