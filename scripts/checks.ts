// The steps of `npm run check`, shared with `npm test`. Each says how many of its parts passed, failed and were skipped.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup.mjs'

export interface Count {
  passed: number
  failed: number
  skipped: number
}

export interface Step {
  readonly name: string
  run(): Count
}

const one = (ok: boolean): Count => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })

export function command(name: string, line: string, environment: Readonly<Record<string, string>> = {}): Step {
  return { name, run: () => one(execute(line, environment)) }
}

export function execute(line: string, environment: Readonly<Record<string, string>> = {}): boolean {
  const done = spawnSync(line, { cwd: root, stdio: 'inherit', shell: true, env: { ...process.env, ...environment } })
  return done.status === 0
}

export const checks: readonly Step[] = [
  command('types', 'npx tsc --noEmit --incremental --tsBuildInfoFile .cache/types.tsbuildinfo'),
  command('lint', 'npx oxlint --deny-warnings --quiet'),
  command('format', 'npx oxfmt --check'),
  command('boundaries', 'npx depcruise src --config .dependency-cruiser.cjs --output-type err'),
  { name: 'unit tests', run: unitTests },
]

const reports = join(root, 'test-results')

function unitTests(): Count {
  return reported('unit.json', (report) => ({
    line: `npx vitest run --reporter=default --reporter=json --outputFile.json=${JSON.stringify(report)}`,
    count: (parsed) => ({
      passed: numberAt(parsed, 'numPassedTests'),
      failed: numberAt(parsed, 'numFailedTests'),
      skipped: numberAt(parsed, 'numPendingTests') + numberAt(parsed, 'numTodoTests'),
    }),
  }))
}

export function browserTests(): Count {
  return reported('browser.json', (report) => ({
    line: 'npx playwright test',
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    count: (parsed) => {
      const stats = typeof parsed === 'object' && parsed !== null && 'stats' in parsed ? parsed.stats : undefined
      return {
        passed: numberAt(stats, 'expected'),
        // A test that passed only when it was tried again is flaky, and counts as failed.
        failed: numberAt(stats, 'unexpected') + numberAt(stats, 'flaky'),
        skipped: numberAt(stats, 'skipped'),
      }
    },
  }))
}

interface ReportedRun {
  readonly line: string
  readonly environment?: Readonly<Record<string, string>>
  readonly count: (report: unknown) => Count
}

/** A runner's own JSON report is what is counted; a run that leaves none has failed. */
function reported(file: string, runOf: (report: string) => ReportedRun): Count {
  const report = join(reports, file)
  mkdirSync(reports, { recursive: true })
  rmSync(report, { force: true })
  const { line, environment, count } = runOf(report)
  const ok = execute(line, environment)
  if (!existsSync(report)) return one(false)
  const counted = count(JSON.parse(readFileSync(report, 'utf8')))
  return { ...counted, failed: counted.failed === 0 && !ok ? 1 : counted.failed }
}

function numberAt(value: unknown, key: string): number {
  if (typeof value !== 'object' || value === null) return 0
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'number' ? found : 0
}

/** Runs every step, even after one failed, and ends the process with a count. */
export function runSteps(steps: readonly Step[]): never {
  const total: Count = { passed: 0, failed: 0, skipped: 0 }
  const lines: string[] = []
  for (const step of steps) {
    const started = Date.now()
    console.log(`\n── ${step.name}`)
    const count = step.run()
    total.passed += count.passed
    total.failed += count.failed
    total.skipped += count.skipped
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
    lines.push(
      `  ${count.failed > 0 ? '✗' : '✓'} ${step.name}: ${count.passed} passed, ${count.failed} failed${skipped} (${Math.round((Date.now() - started) / 1000)} s)`,
    )
  }
  console.log(`\n${lines.join('\n')}\n`)
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  process.exit(total.failed > 0 ? 1 : 0)
}
