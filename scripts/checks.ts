// The steps of `npm run check`, shared with `npm test`. Each says how many of its parts passed, failed and were skipped.
import { spawn } from 'node:child_process'
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
  run(print: Print): Promise<Count>
}

type Print = (text: string | Uint8Array) => void

const one = (ok: boolean): Count => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })

export function command(name: string, line: string, environment: Readonly<Record<string, string>> = {}): Step {
  return { name, run: async (print) => one(await execute(line, environment, print)) }
}

/** How long to wait for what a command wrote last, where another process still holds its output. Milliseconds. */
const drain = 2000

/** Whether the command ended well. What it writes goes to `print`, in the order in which it came. */
function execute(line: string, environment: Readonly<Record<string, string>>, print: Print): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(line, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: true,
      env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }), ...environment },
    })
    child.stdout.on('data', print)
    child.stderr.on('data', print)
    child.on('error', reject)
    // What it leaves behind may hold its output open for ever.
    child.on('exit', (status) => setTimeout(() => resolve(status === 0), drain))
    child.on('close', (status) => resolve(status === 0))
  })
}

/** None needs another: they go on side by side. */
export const checks: readonly Step[] = [
  command('types', 'npx tsc'),
  command('lint', 'npx oxlint --deny-warnings --quiet'),
  command('format', 'npx oxfmt --check'),
  command('boundaries', 'npx depcruise src --config .dependency-cruiser.cjs --output-type err'),
  { name: 'unit tests', run: unitTests },
]

const reports = join(root, 'test-results')

function unitTests(print: Print): Promise<Count> {
  return reported(print, 'unit.json', (report) => ({
    line: `npx vitest run --reporter=default --reporter=json --outputFile.json=${JSON.stringify(report)}`,
    count: (parsed) => ({
      passed: numberAt(parsed, 'numPassedTests'),
      failed: numberAt(parsed, 'numFailedTests'),
      skipped: numberAt(parsed, 'numPendingTests') + numberAt(parsed, 'numTodoTests'),
    }),
  }))
}

/** Our own programs for WASI; what the world does not have as the specification says it counts as skipped. */
export function conformance(print: Print): Promise<Count> {
  return reported(print, 'conformance.json', (report) => ({
    line: `npx tsx scripts/conformance/main.ts --report ${JSON.stringify(report)}`,
    count: (parsed) => ({
      passed: numberAt(parsed, 'passed'),
      failed: numberAt(parsed, 'failed'),
      skipped: numberAt(parsed, 'unsupported'),
    }),
  }))
}

export function browserTests(print: Print): Promise<Count> {
  return reported(print, 'browser.json', (report) => ({
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
async function reported(print: Print, file: string, runOf: (report: string) => ReportedRun): Promise<Count> {
  const report = join(reports, file)
  mkdirSync(reports, { recursive: true })
  rmSync(report, { force: true })
  const { line, environment = {}, count } = runOf(report)
  const ok = await execute(line, environment, print)
  if (!existsSync(report)) return one(false)
  const counted = count(JSON.parse(readFileSync(report, 'utf8')))
  return { ...counted, failed: counted.failed === 0 && !ok ? 1 : counted.failed }
}

function numberAt(value: unknown, key: string): number {
  if (typeof value !== 'object' || value === null) return 0
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'number' ? found : 0
}

interface Ended extends Count {
  readonly name: string
  readonly seconds: number
}

/**
 * Runs every step, even after one failed, and ends the process with a count. The steps of a group run side by side; each
 * says what it has to say when those before it have ended.
 */
export async function runSteps(groups: readonly (readonly Step[])[]): Promise<never> {
  const ended: Ended[] = []
  for (const group of groups) {
    let turn: Promise<unknown> = Promise.resolve()
    const running = group.map((step) => {
      const result = runStep(step, turn)
      turn = result
      return result
    })
    ended.push(...(await Promise.all(running)))
  }
  const sum = (key: keyof Count): number => ended.reduce((total, each) => total + each[key], 0)
  console.log(`\n${ended.map(lineOf).join('\n')}\n`)
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
  process.exit(sum('failed') > 0 ? 1 : 0)
}

async function runStep({ name, run }: Step, turn: Promise<unknown>): Promise<Ended> {
  const started = Date.now()
  const held: (string | Uint8Array)[] = []
  let mine = false
  const write = (text: string | Uint8Array): void => void process.stdout.write(text)
  const print: Print = (text) => void (mine ? write(text) : held.push(text))
  const counted = run(print)
    .catch((error: unknown) => {
      print(`${String(error)}\n`)
      return one(false)
    })
    .then((count) => ({ ...count, name, seconds: Math.round((Date.now() - started) / 1000) }))
  await turn
  mine = true
  console.log(`\n── ${name}`)
  held.forEach(write)
  return counted
}

function lineOf({ name, passed, failed, skipped, seconds }: Ended): string {
  const also = skipped > 0 ? `, ${skipped} skipped` : ''
  return `  ${failed > 0 ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed${also} (${seconds} s)`
}
