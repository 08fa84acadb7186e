// npm run wit:corpus: what the WIT front end reaches on the corpora, row by row, and what is wanted. Ends with 1 where a row
// is missed. Options: --verbose (what is behind each row), --every (all prefixes: minutes), --mutations N (of each file, row
// 8), --seed N or --seed random, and --files N (row 13).
import { parseArgs } from 'node:util'
import { agreementRow, recoveryRow } from './corpus/agreement.ts'
import { diagnosticRows } from './corpus/diagnostics.ts'
import { corpora, missingCorpora, type Row } from './corpus/files.ts'
import { formatRow } from './corpus/format.ts'
import { Jco } from './corpus/jco.ts'
import { modelRow } from './corpus/model.ts'
import { namesRow } from './corpus/names.ts'
import { latencyRow, robustnessRow } from './corpus/speed.ts'
import { worldTextRow } from './corpus/world-text.ts'

const { values: options } = parseArgs({
  options: {
    verbose: { type: 'boolean', default: false },
    every: { type: 'boolean', default: false },
    mutations: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    files: { type: 'string', default: '1000' },
  },
})

const seed = options.seed === 'random' ? Date.now() % 1_000_000 : Number(options.seed)

const missing = missingCorpora()
if (missing.length > 0)
  console.log(
    `Skipped: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not in ${corpora}; CORPORA says where.`,
  )
else {
  const jco = new Jco()
  try {
    const rows: Row[] = []
    const print = (row: Row): void => {
      rows.push(row)
      const { id, requirement, target, reached, ok, details } = row
      console.log(`${ok ? 'ok  ' : 'MISS'} ${String(id).padStart(2)}  ${requirement} [${target}]: ${reached}`)
      // Exceptions are part of what the last rows say.
      if (options.verbose || !ok || id >= 13) for (const line of details) console.log(`          ${line}`)
    }
    const [first, second, third, fourth, ...others] = diagnosticRows()
    for (const row of [first, second, third, fourth]) if (row !== undefined) print(row)
    print(modelRow())
    others.forEach(print)
    print(robustnessRow({ every: options.every, mutations: Number(options.mutations), seed }))
    print(latencyRow())
    print(await formatRow(jco))
    print(await namesRow(jco))
    print(await recoveryRow(jco))
    print(await agreementRow(jco, seed, Number(options.files)))
    print(await worldTextRow(jco))
    console.log(`${rows.filter(({ ok }) => ok).length} of ${rows.length} rows reached`)
    if (rows.some(({ ok }) => !ok)) process.exitCode = 1
  } finally {
    jco.close()
  }
}
