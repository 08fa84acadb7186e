// npm run conformance: our own programs for every function of every interface of WASI 0.2.12, each run in a component in
// a simulated world of its own. Options: --json (one JSON document), --report FILE (the same document in a file), --only
// TEXT (the checks of functions with the text in their names).
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Workshop } from '../../src/toolchain/engines/quickjs/testing/component.ts'
import type { Check } from './check.ts'
import { specified, uncovered } from './coverage.ts'
import { preview1Checks } from './preview1.ts'
import { byInterface, lines, total, type Result } from './report.ts'
import { typescriptChecks } from './typescript.ts'
import { watChecks } from './wat.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    report: { type: 'string' },
    only: { type: 'string', default: '' },
  },
})

const workshop = await Workshop.open()
const checks: readonly Check[] = [
  ...(await typescriptChecks(workshop)),
  ...watChecks(workshop),
  ...preview1Checks(workshop),
]
const results: Result[] = []
for (const check of checks) {
  if (check.of.some((name) => name.includes(options.only))) results.push({ check, verdict: await check.run() })
}
await workshop.close()

/** The row of what has no check counts as one: passed, failed, or unsupported where the documents are not there. */
const functions = specified()
const coverage = functions && { functions: functions.length, ...uncovered(functions, checks) }
const row = coverage && (coverage.missing.length + coverage.unknown.length === 0 ? 'passed' : 'failed')
const counts = {
  passed: total(results, 'passed') + (row === 'passed' ? 1 : 0),
  failed: total(results, 'failed') + (row === 'failed' ? 1 : 0),
  unsupported: total(results, 'unsupported') + (row === undefined ? 1 : 0),
}
const told = results.map(({ check: { of, says, guest }, verdict: { kind, ...why } }) => ({
  of,
  says,
  guest,
  verdict: kind,
  ...why,
}))
const document = JSON.stringify(
  { ...counts, interfaces: Object.fromEntries(byInterface(results)), coverage, checks: told },
  null,
  2,
)

if (options.report !== undefined) writeFileSync(options.report, document)
if (options.json) console.log(document)
else {
  for (const line of lines(results)) console.log(line)
  if (coverage === undefined)
    console.log('\nunsupported coverage: the documents of wasi/0.2.12 are not there (CORPORA)')
  else {
    const { functions: all, missing, unknown } = coverage
    console.log(`\ncoverage: ${all - missing.length} of ${all} functions of WASI 0.2.12 have a check`)
    for (const name of missing) console.log(`  no check: ${name}`)
    for (const name of unknown) console.log(`  no such function: ${name}`)
  }
  console.log(`\nconformance: ${counts.passed} passed, ${counts.failed} failed, ${counts.unsupported} unsupported`)
}
process.exitCode = counts.failed > 0 || results.length === 0 ? 1 : 0
