// Differential fuzzing of the bindings: random worlds, values sent host to guest to host and back, resources included.
// npm run fuzz -- --worlds 500 --calls 20000 --seed N [--jobs N] [--verbose]
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Workshop } from '../src/toolchain/engines/quickjs/testing/component.ts'
import type { WorldReport } from './fuzz/report.ts'
import { fuzzResources } from './fuzz/resources.ts'
import { fuzzValues } from './fuzz/values.ts'

const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '500' },
    calls: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    /** Processes that share the worlds. */
    jobs: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    /** Which of these processes this one is. */
    job: { type: 'string' },
    /** Shows the WIT of a world that mismatches. */
    verbose: { type: 'boolean', default: false },
  },
})
const worlds = Number(values.worlds)
const callsPerWorld = Math.max(1, Math.ceil(Number(values.calls) / worlds))
const firstSeed = Number(values.seed)
const jobs = Math.max(1, Math.min(Number(values.jobs), worlds))

interface Total {
  worlds: number
  calls: number
  mismatches: number
  skipped: number
}
const total: Total = { worlds: 0, calls: 0, mismatches: 0, skipped: 0 }

if (values.job !== undefined) {
  await runJob(Number(values.job))
  process.send?.(total)
} else {
  console.log(
    `fuzz: seeds ${firstSeed} to ${firstSeed + worlds - 1}, ${callsPerWorld} calls each, in ${jobs} processes`,
  )
  for (const part of await Promise.all(Array.from({ length: jobs }, (_, job) => startJob(job)))) add(part)
  console.log(
    `fuzz: ${total.worlds} worlds, ${total.calls} calls, ${total.mismatches} mismatches, ${total.skipped} skipped`,
  )
  process.exitCode = total.mismatches > 0 || total.worlds + total.skipped < worlds || total.worlds === 0 ? 1 : 0
}

function startJob(job: number): Promise<Total> {
  const child = fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), '--jobs', `${jobs}`, '--job', `${job}`])
  return new Promise((resolve) => {
    let told: Total | undefined
    child.on('message', (message) => {
      told = parseTotal(message)
    })
    child.on('exit', (code) => {
      if (told === undefined) console.log(`  process ${job} ended early with status ${code ?? 'of a signal'}`)
      resolve(told ?? { worlds: 0, calls: 0, mismatches: 1, skipped: 0 })
    })
  })
}

async function runJob(job: number): Promise<void> {
  const workshop = await Workshop.open()
  try {
    for (let index = job; index < worlds; index += jobs) {
      const seed = firstSeed + index
      // Every fifth world is about resources.
      const run = index % 5 === 4 ? fuzzResources : fuzzValues
      report(seed, await run(workshop, seed, callsPerWorld))
      if ((index + 1) % 50 === 0) console.log(`  seed ${seed}: ${index + 1} of ${worlds} worlds`)
    }
  } finally {
    await workshop.close()
  }
}

function report(seed: number, { wit, calls, mismatches, skipped }: WorldReport): void {
  if (skipped !== undefined) {
    total.skipped++
    console.log(`  seed ${seed} skipped: ${skipped}`)
    return
  }
  add({ worlds: 1, calls, mismatches: mismatches.length, skipped: 0 })
  for (const mismatch of mismatches.slice(0, 3)) console.log(`  seed ${seed} MISMATCH ${mismatch}`)
  if (values.verbose && mismatches.length > 0) console.log(wit)
}

function add(part: Total): void {
  total.worlds += part.worlds
  total.calls += part.calls
  total.mismatches += part.mismatches
  total.skipped += part.skipped
}

function parseTotal(message: unknown): Total | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const number = (key: keyof Total): number => {
    const value: unknown = Reflect.get(message, key)
    return typeof value === 'number' ? value : Number.NaN
  }
  const [tried, calls, mismatches, skipped] = (['worlds', 'calls', 'mismatches', 'skipped'] as const).map(number)
  if (tried === undefined || calls === undefined || mismatches === undefined || skipped === undefined) return undefined
  return { worlds: tried, calls, mismatches, skipped }
}
