// The sections of the bench. Each starts from nothing, so that it can be measured alone and once more.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../setup.mjs'
import { nativeLoop } from './native.ts'
import {
  edits,
  floods,
  freshPage,
  kills,
  longestTask,
  measuredExports,
  navigationToResult,
  openFloods,
  openKills,
  settled,
  steadyCall,
  takenAfterKill,
  typesAfterEdits,
  watchStalls,
  type PageSession,
} from './page.ts'
import { openPage, type OpeningConditions } from './paint.ts'
import { shippedSizes } from './sizes.ts'
import { figure, median, type Figure } from './statistics.ts'
import { openTraced, tracedCalls, tracedRun } from './trace.ts'
import { typing } from './typing.ts'
import { wasiFigures } from './wasi.ts'
import { witFigures } from './wit.ts'

export interface Tools {
  readonly session: PageSession
  /** How many samples to take where a whole bench takes `count`. */
  readonly times: (count: number) => number
}

export interface Section {
  readonly name: string
  readonly measure: (tools: Tools) => Promise<readonly Figure[]>
}

const example = (name: string, file: string): string =>
  readFileSync(join(root, 'src/project/examples', name, file), 'utf8')
const wit = example('hello', 'world.wit')
const greeting = 'export function greet(name: string): string {\n  return `Hello, ${name}, round '
const rest = '`\n}\n'

/** Does `work` on a page of its own on which everything is up: what others left open would be a part of the figures. */
async function onPage<T>(session: PageSession, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await freshPage(session)
  try {
    await navigationToResult(page, session.url, false)
    await settled(page)
    return await work(page)
  } finally {
    await page.context().close()
  }
}

const sourceEdits = (page: Page, count: number): Promise<number[]> =>
  edits(page, 'main.ts', greeting, rest, 'round ROUND', count, 10)

const sizes: Section = { name: 'sizes', measure: async () => shippedSizes() }

const navigation: Section = {
  name: 'navigation',
  measure: async ({ session, times }) => {
    const cold: number[] = []
    const reloads: number[] = []
    for (let round = 0; round < times(5); round++) {
      const page = await freshPage(session)
      cold.push(await navigationToResult(page, session.url, false))
      reloads.push(await navigationToResult(page, session.url, true))
      await page.context().close()
    }
    return [
      figure('navigation to first result, empty cache', 'ms', cold, 0.5, { most: 1500 }),
      figure('reload to first result', 'ms', reloads, 0.5, { most: 800 }),
    ]
  },
}

interface Opening {
  readonly name: string
  readonly conditions: OpeningConditions
  /** What the largest contentful paint and the time to edit have to reach, in milliseconds. */
  readonly paint?: number
  readonly edit?: number
}

const openings: readonly Opening[] = [
  { name: 'not slowed', conditions: {}, edit: 1200 },
  { name: 'Fast 4G, 4x processor', conditions: { network: 'Fast 4G', slowdown: 4 }, paint: 1000, edit: 4000 },
  {
    name: 'Fast 4G, 4x processor, second visit',
    conditions: { network: 'Fast 4G', slowdown: 4, repeat: true },
    edit: 2200,
  },
  { name: 'Slow 4G, 4x processor', conditions: { network: 'Slow 4G', slowdown: 4 }, paint: 1500 },
]

const opening = ({ name, conditions, paint, edit }: Opening): Section => ({
  name: `opening, ${name}`,
  measure: async ({ session, times }) => {
    const seen: Awaited<ReturnType<typeof openPage>>[] = []
    for (let round = 0; round < times(5); round++) seen.push(await openPage(session, conditions))
    const all = (pick: (each: (typeof seen)[number]) => number): number[] => seen.map(pick)
    const most = (goal: number | undefined): Figure['goal'] => (goal === undefined ? undefined : { most: goal })
    return [
      figure(
        `largest contentful paint, ${name}`,
        'ms',
        all((each) => each.largestPaint),
        0.5,
        most(paint),
      ),
      figure(
        `time to edit, ${name}`,
        'ms',
        all((each) => each.editable),
        0.5,
        most(edit),
      ),
      figure(
        `time to the whole editor, ${name}`,
        'ms',
        all((each) => each.editor),
      ),
      figure(
        `layout shift, ${name}`,
        '',
        all((each) => each.shift),
        0.5,
        { most: 0.02 },
      ),
    ]
  },
})

const keystrokes = (editor: string, label: RegExp): Section => ({
  name: `typing ${editor}`,
  measure: ({ session }) =>
    onPage(session, async (page) => {
      const longest = await typing(page, label, 200)
      const busy = await longestTask(session, page, () => typing(page, label, 200))
      return [
        figure(`typing 200 keys of ${editor} during builds: longest task over 50 ms`, 'ms', longest, 1, { most: 50 }),
        figure(`typing 200 more keys of ${editor}: longest task, processor time`, 'ms', busy, 1, { most: 50 }),
      ]
    }),
})

const source: Section = {
  name: 'source edit',
  measure: ({ session, times }) =>
    onPage(session, async (page) => {
      const samples = await sourceEdits(page, times(200))
      return [
        figure('source edit to result, p50', 'ms', samples, 0.5, { most: 15 }),
        figure('source edit to result, p95', 'ms', samples, 0.95, { most: 50 }),
      ]
    }),
}

const component: Section = {
  name: 'component',
  measure: ({ session, times }) =>
    onPage(session, async (page) => {
      // What comes after a first edit or two is what somebody waits for who works.
      await sourceEdits(page, times(100))
      const { build, check, bytes, brotli } = await measuredExports(page, times(50))
      return [
        figure('build of the exportable component, p50', 'ms', build, 0.5, { most: 10 }),
        figure('download of the component with every check, p50', 'ms', check),
        figure('component of the hello example, raw', 'MB', bytes / 1e6, 1, { most: 0.85 }),
        figure('component of the hello example, brotli', 'MB', brotli / 1e6, 1, { most: 0.3 }),
      ]
    }),
}

const calls: Section = {
  name: 'calls',
  measure: ({ session, times }) =>
    onPage(session, async (page) => {
      const { instantiate, call } = await steadyCall(page, 'greet("Ada")', times(20), 2000)
      return [
        figure('instantiate, p50', 'ms', instantiate, 0.5, { most: 1.5 }),
        figure(
          'warm call of greet, p50',
          'us',
          call.map((ms) => ms * 1000),
          0.5,
          { most: 50 },
        ),
      ]
    }),
}

const worldEdits: Section = {
  name: 'WIT edit',
  measure: ({ session, times }) =>
    onPage(session, async (page) => {
      const before = wit.replace(/\}\s*$/, '  /// Round ')
      const after = '\n  import console: func(text: string);\n}\n'
      const samples = await edits(page, 'world.wit', before, after, undefined, times(40), 3)
      return [
        figure('WIT edit to result, p50', 'ms', samples, 0.5, { most: 150 }),
        figure('WIT edit to result, p95', 'ms', samples, 0.95),
      ]
    }),
}

const guestTypes: Section = {
  name: 'guest types',
  measure: ({ session, times }) =>
    onPage(session, async (page) => {
      const after = ': func(text: string);\n}\n'
      const small = await typesAfterEdits(page, wit.replace(/\}\s*$/, '  import '), after, times(40))
      const http = wit.replace(/\}\s*$/, '  include wasi:http/proxy@0.2.12;\n  import ')
      const large = await typesAfterEdits(page, http, after, times(20))
      return [
        figure('WIT edit to guest types, hello, p95', 'ms', small, 0.95, { most: 400 }),
        figure('WIT edit to guest types, all of wasi:http, p95', 'ms', large, 0.95, { most: 400 }),
      ]
    }),
}

/** Somebody notices that nothing happens, and presses Stop. */
const stopping: Section = {
  name: 'kills',
  measure: ({ session, times }) =>
    onPage(session, async (page) => {
      await openKills(page)
      const stall = await watchStalls(page)
      const killed = await kills(page, times(100), 1000)
      return [
        figure('kill of an infinite loop to the next result, p95', 'ms', killed, 0.95, { most: 200 }),
        figure('longest stall of the page meanwhile', 'ms', await stall(), 1, { most: 50 }),
      ]
    }),
}

const afterKills: Section = {
  name: 'after kills',
  measure: ({ session, times }) =>
    onPage(session, async (page) => {
      await openKills(page)
      const count = times(30)
      const busy = await longestTask(session, page, () => kills(page, count, 1000))
      const early = await kills(page, count, 0)
      const taken: number[] = []
      for (let kill = 0; kill < times(5); kill++) taken.push(await takenAfterKill(session, page))
      return [
        figure(`longest task of the page during ${count} kills, processor time`, 'ms', busy, 1, { most: 50 }),
        figure('kill of an infinite loop that has just begun to the next result, p95', 'ms', early, 0.95),
        figure('processor time in the 2 s after a kill, all documents', 'ms', taken, 0.5, { most: 1000 }),
      ]
    }),
}

const output: Section = {
  name: 'output',
  measure: ({ session }) =>
    onPage(session, async (page) => {
      await openFloods(page)
      const { stall, kept, total } = await floods(page)
      const pouring = await longestTask(session, page, () => floods(page))
      return [
        figure('1 GiB of output: longest stall of the page', 'ms', stall, 1, { most: 100 }),
        figure('1 GiB of output once more: longest task, processor time', 'ms', pouring, 1, { most: 100 }),
        figure('1 GiB of output: kept', 'MiB', kept / 2 ** 20, 1, { most: 4 }),
        figure('1 GiB of output: written, kept and dropped together', 'GiB', total / 2 ** 30, 1, { least: 1 }),
      ]
    }),
}

const trace: Section = {
  name: 'trace',
  measure: ({ session }) =>
    onPage(session, async (page) => {
      await openTraced(page)
      const { longest, kept, total } = await tracedRun(page)
      const drawing = await longestTask(session, page, () => tracedRun(page))
      const calls = tracedCalls.toLocaleString('en')
      return [
        figure(`${calls} traced calls: longest task over 50 ms`, 'ms', longest, 1, { most: 50 }),
        figure(`${calls} traced calls once more: longest task, processor time`, 'ms', drawing, 1, { most: 50 }),
        figure(`${calls} traced calls: entries counted`, '', total, 1, { least: tracedCalls }),
        figure(`${calls} traced calls: entries kept`, '', kept, 1, { most: 5000 }),
      ]
    }),
}

/** Both loops of the ratio in one section: the machine is the same for them. */
const native: Section = {
  name: 'native',
  measure: async ({ session, times }) => {
    const here = await onPage(session, (page) => sourceEdits(page, times(100)))
    const { loops } = nativeLoop(
      wit,
      'hello',
      (round) => `export function greet(name) {\n  return \`Hello, \${name}, round ${round}\`\n}\n`,
      'greet("Ada")',
      (round) => `Hello, Ada, round ${round}`,
      times(3),
    )
    return [
      figure('native loop: jco componentize + jco transpile + node', 'ms', loops),
      figure('native loop over source edit to result', 'times', median(loops) / median(here), 1, { least: 500 }),
    ]
  },
}

const witLanguage: Section = { name: 'WIT', measure: async ({ times }) => witFigures(times) }

const wasiHost: Section = { name: 'WASI', measure: ({ times }) => wasiFigures(times) }

export const sections: readonly Section[] = [
  sizes,
  witLanguage,
  wasiHost,
  navigation,
  ...openings.map(opening),
  keystrokes('TypeScript', /TypeScript editor/),
  keystrokes('WIT', /WIT editor/),
  source,
  component,
  calls,
  worldEdits,
  guestTypes,
  stopping,
  afterKills,
  output,
  trace,
  native,
]
