// npm run bench: what a user waits for, measured in the page, beside the same edit on the command line in the same run.
// Options: --json (one JSON document instead of the table), --quick (fewer samples), --no-native.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { ensureBrowser, root } from '../setup.mjs'
import { nativeLoop } from './native.ts'
import {
  edits,
  floods,
  freshPage,
  kills,
  longestTask,
  measuredExports,
  navigationToResult,
  openBrowser,
  openFloods,
  openKills,
  settled,
  steadyCall,
  takenAfterKill,
  watchStalls,
} from './page.ts'
import { openPage, type OpeningConditions } from './paint.ts'
import { shippedSizes } from './sizes.ts'
import { median, percentile, reached, row, type Figure } from './statistics.ts'
import { typing } from './typing.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    native: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const scale = options.quick ? 0.2 : 1
const times = (count: number): number => Math.max(3, Math.round(count * scale))

process.env['CHROMIUM_PATH'] ??= ensureBrowser()
const figures: Figure[] = []
const add = (name: string, unit: string, samples: readonly number[], share: number, goal?: Figure['goal']): void => {
  figures.push({
    name,
    unit,
    value: percentile(samples, share),
    samples: samples.length,
    ...(goal === undefined ? {} : { goal }),
  })
}

const example = (name: string, file: string): string =>
  readFileSync(join(root, 'src/project/examples', name, file), 'utf8')
const wit = example('hello', 'world.wit')
const greeting = 'export function greet(name: string): string {\n  return `Hello, ${name}, round '
const rest = '`\n}\n'

const server = spawn(process.execPath, ['--import', 'tsx', 'scripts/serve.ts', '--port', '4373'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
})
const url = await new Promise<string>((resolve, reject) => {
  server.stdout.on('data', (text: Buffer) => {
    const found = /http:\/\/\S+/.exec(String(text))?.[0]
    if (found) resolve(found)
  })
  server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
})

try {
  const session = await openBrowser(url)
  figures.push(...shippedSizes())

  const cold: number[] = []
  const reloads: number[] = []
  for (let round = 0; round < times(5); round++) {
    const page = await freshPage(session)
    cold.push(await navigationToResult(page, url, false))
    reloads.push(await navigationToResult(page, url, true))
    await page.context().close()
  }
  add('navigation to first result, empty cache', 'ms', cold, 0.5, { most: 1500 })
  add('reload to first result', 'ms', reloads, 0.5, { most: 800 })

  const openings: readonly { name: string; conditions: OpeningConditions; paint?: number; edit?: number }[] = [
    { name: 'not slowed', conditions: {}, edit: 1200 },
    {
      name: 'Fast 4G, processor 4 times slower',
      conditions: { network: 'Fast 4G', slowdown: 4 },
      paint: 1000,
      edit: 4000,
    },
    { name: 'the same, second visit', conditions: { network: 'Fast 4G', slowdown: 4, repeat: true }, edit: 2200 },
    { name: 'Slow 4G, processor 4 times slower', conditions: { network: 'Slow 4G', slowdown: 4 }, paint: 1500 },
  ]
  for (const { name, conditions, paint, edit } of openings) {
    const seen = []
    for (let round = 0; round < times(5); round++) seen.push(await openPage(session, conditions))
    const largest = seen.map((each) => each.largestPaint)
    const editable = seen.map((each) => each.editable)
    const shift = seen.map((each) => each.shift)
    add(`largest contentful paint, ${name}`, 'ms', largest, 0.5, paint === undefined ? undefined : { most: paint })
    add(`time to edit, ${name}`, 'ms', editable, 0.5, edit === undefined ? undefined : { most: edit })
    add(
      `time to the whole editor, ${name}`,
      'ms',
      seen.map((each) => each.editor),
      0.5,
    )
    add(`layout shift, ${name}`, '', shift, 0.5, { most: 0.02 })
  }

  // On a page of its own: what was typed and the open editor would be a part of the figures that follow.
  const typed = await freshPage(session)
  await navigationToResult(typed, url, false)
  await settled(typed)
  for (const [editor, label] of [
    ['TypeScript', /TypeScript editor/],
    ['WIT', /WIT editor/],
  ] as const) {
    const longest = await typing(typed, label, 200)
    add(`typing 200 keys of ${editor} during builds: longest task over 50 ms`, 'ms', [longest], 1, { most: 50 })
  }
  await typed.context().close()

  const page = await freshPage(session)
  await navigationToResult(page, url, false)
  await settled(page)
  const source = await edits(page, 'main.ts', greeting, rest, 'round ROUND', times(200), 10)
  add('source edit to result, p50', 'ms', source, 0.5, { most: 15 })
  add('source edit to result, p95', 'ms', source, 0.95, { most: 50 })

  const exports = await measuredExports(page, times(50))
  add('build of the exportable component, p50', 'ms', exports.build, 0.5, { most: 10 })
  add('download of the component with every check, p50', 'ms', exports.check, 0.5)
  add('component of the hello example, raw', 'MB', [exports.bytes / 1e6], 0.5, { most: 0.85 })
  add('component of the hello example, brotli', 'MB', [exports.brotli / 1e6], 0.5, { most: 0.3 })

  const steady = await steadyCall(page, 'greet("Ada")', times(20), 2000)
  add('instantiate, p50', 'ms', steady.instantiate, 0.5, { most: 1.5 })
  add(
    'warm call of greet, p50',
    'us',
    steady.call.map((ms) => ms * 1000),
    0.5,
    { most: 50 },
  )

  const world = await edits(
    page,
    'world.wit',
    wit.replace(/\}\s*$/, '  /// Round '),
    '\n  import console: func(text: string);\n}\n',
    undefined,
    times(40),
    3,
  )
  add('WIT edit to result, p50', 'ms', world, 0.5, { most: 150 })
  add('WIT edit to result, p95', 'ms', world, 0.95)

  // Somebody notices that nothing happens, and presses Stop.
  await openKills(page)
  const machine = monitorEventLoopDelay({ resolution: 1 })
  machine.enable()
  const stall = await watchStalls(page)
  const killed = await kills(page, times(100), 1000)
  add('kill of an infinite loop to the next result, p95', 'ms', killed, 0.95, { most: 200 })
  add('longest stall of the page meanwhile', 'ms', [await stall()], 1, { most: 50 })
  machine.disable()
  // Says how much of the above is the page's: this process does nothing but wait.
  add('longest stall of an idle process of this machine meanwhile', 'ms', [machine.max / 1e6], 1)
  const busy = await longestTask(session, page, () => kills(page, times(30), 1000))
  add('longest task of the page during 30 more kills, processor time', 'ms', [busy], 1, { most: 50 })
  const early = await kills(page, times(30), 0)
  add('kill of an infinite loop that has just begun to the next result, p95', 'ms', early, 0.95)

  const taken: number[] = []
  for (let kill = 0; kill < times(5); kill++) taken.push(await takenAfterKill(session, page))
  add('processor time in the 2 s after a kill, all documents', 'ms', taken, 0.5, { most: 1000 })

  await openFloods(page)
  const flood = await floods(page)
  add('1 GiB of output: longest stall of the page', 'ms', [flood.stall], 1, { most: 100 })
  const pouring = await longestTask(session, page, () => floods(page))
  add('1 GiB of output once more: longest task of the page, processor time', 'ms', [pouring], 1, { most: 100 })
  add('1 GiB of output: kept', 'MiB', [flood.kept / 2 ** 20], 1, { most: 4 })
  add('1 GiB of output: written, kept and dropped together', 'GiB', [flood.total / 2 ** 30], 1, { least: 1 })

  await session.browser.close()

  if (options.native) {
    const native = nativeLoop(
      wit,
      'hello',
      (round) => `export function greet(name) {\n  return \`Hello, \${name}, round ${round}\`\n}\n`,
      'greet("Ada")',
      (round) => `Hello, Ada, round ${round}`,
      options.quick ? 1 : 3,
    )
    add('native loop: jco componentize + jco transpile + node', 'ms', native.loops, 0.5)
    add('native loop over source edit to result', 'times', [median(native.loops) / median(source)], 0.5, { least: 500 })
  }
} finally {
  server.kill()
}

if (options.json)
  console.log(JSON.stringify({ date: new Date().toISOString(), node: process.version, figures }, null, 2))
else console.log(figures.map(row).join('\n'))
process.exit(figures.some((figure) => reached(figure) === false) ? 1 : 0)
