// Differential fuzzing of the bindings: random worlds, values sent host to guest to host and back, resources included.
// npm run fuzz -- --worlds 500 --calls 20000 --seed N
import { parseArgs } from 'node:util'
import { Workshop } from '../src/toolchain/engines/quickjs/testing/component.ts'
import { fuzzResources } from './fuzz/resources.ts'
import type { WorldReport } from './fuzz/report.ts'
import { fuzzValues } from './fuzz/values.ts'

const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '500' },
    calls: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    /** Shows the WIT of a world that mismatches. */
    verbose: { type: 'boolean', default: false },
  },
})
const worlds = Number(values.worlds)
const callsPerWorld = Math.max(1, Math.ceil(Number(values.calls) / worlds))
const firstSeed = Number(values.seed)

const workshop = await Workshop.open()
const total = { worlds: 0, calls: 0, mismatches: 0, skipped: 0 }
try {
  console.log(`fuzz: seeds ${firstSeed} to ${firstSeed + worlds - 1}, ${callsPerWorld} calls each`)
  for (let index = 0; index < worlds; index++) {
    const seed = firstSeed + index
    // Every fifth world is about resources.
    const run = index % 5 === 4 ? fuzzResources : fuzzValues
    count(seed, await run(workshop, seed, callsPerWorld))
    if ((index + 1) % 50 === 0)
      console.log(`  ${index + 1} worlds, ${total.calls} calls, ${total.mismatches} mismatches`)
  }
} finally {
  await workshop.close()
}
console.log(
  `fuzz: ${total.worlds} worlds, ${total.calls} calls, ${total.mismatches} mismatches, ${total.skipped} skipped`,
)
process.exit(total.mismatches > 0 || total.worlds === 0 ? 1 : 0)

function count(seed: number, report: WorldReport): void {
  if (report.skipped !== undefined) {
    total.skipped++
    console.log(`  seed ${seed} skipped: ${report.skipped}`)
    return
  }
  total.worlds++
  total.calls += report.calls
  total.mismatches += report.mismatches.length
  for (const mismatch of report.mismatches.slice(0, 3)) console.log(`  seed ${seed} MISMATCH ${mismatch}`)
  if (values.verbose && report.mismatches.length > 0) console.log(report.wit)
}
