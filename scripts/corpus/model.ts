/** Row 5: what packages resolve to, held against the resolved form that comes with the corpus. */
import { isDeepStrictEqual } from 'node:util'
import { resolveWit } from '../../src/wit/check.ts'
import { resolvedWit } from '../../src/wit/resolved.ts'
import { comparable, differences } from './comparable.ts'
import { beside, cases, type Row } from './files.ts'

/** The features that are on in the corpus. */
const features = new Set(['active', 'active1', 'active2'])

/** Where the corpus has something else for a reason, by case: every place that differs, and no other. */
const exceptions: Readonly<Record<string, { readonly reason: string; readonly places: readonly string[] }>> = {
  'comments.wit': {
    reason: 'the tool that wrote the corpus keeps blanks and the marks of block comments in documentation',
    places: ['packages.foo:comments.interfaces.foo.docs.contents'],
  },
  'kinds-of-deps': {
    reason: 'two of its dependencies are in binary form and in text form, which are not read here',
    places: [
      'packages.a:a.worlds.a.imports.d:d/d',
      'packages.a:a.worlds.a.imports.e:e/e',
      'packages.d:d',
      'packages.e:e',
      'tables.interfaces',
    ],
  },
}

export const modelRow = (): Row => {
  const details: string[] = []
  let [equal, excepted, all] = [0, 0, 0]
  for (const { name, files } of cases('wit/good')) {
    const wanted = beside('wit/good', name, 'json')
    // One case is a component's text, which nothing here reads.
    if (wanted === undefined || name.endsWith('.wat')) continue
    all += 1
    const found = JSON.stringify(resolvedWit(resolveWit(files), features))
    const different = differences(comparable(JSON.parse(found)), comparable(JSON.parse(wanted)))
    const places = different.map(({ path }) => path).toSorted()
    const exception = exceptions[name]
    if (different.length === 0) equal += 1
    else if (exception !== undefined && isDeepStrictEqual(places, exception.places)) {
      excepted += 1
      details.push(`${name}: as expected, ${exception.reason}`)
    } else details.push(...different.map(({ path, message }) => `${name}: ${path}: ${message}`))
  }
  return {
    id: 5,
    requirement: 'resolved model equals .wit.json (names, kinds, types, docs)',
    target: 'all but 2, which are named with their reasons',
    reached: `${equal} of ${all}, and ${excepted} different as expected`,
    ok: all > 0 && equal + excepted === all,
    details,
  }
}
