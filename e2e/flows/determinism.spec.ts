import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type BrowserContextOptions, type Page } from '@playwright/test'
import { examples } from '../../src/project/examples/index.ts'
import { Workbench } from '../workbench.ts'

/**
 * Every example comes to the same results, output and trace in browsers that differ as it does in Node: see
 * scripts/determinism.test.ts, which makes the files.
 */

interface Golden {
  readonly call: string
  readonly entries: number
}

const goldenOf = (id: string): Golden[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../scripts/goldens', `${id}.json`), 'utf8'))

const browsers: Readonly<Record<string, BrowserContextOptions>> = {
  'a small one in Kolkata': {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 3,
    locale: 'hi-IN',
    timezoneId: 'Asia/Kolkata',
    colorScheme: 'dark',
  },
  'a large one in Los Angeles': {
    viewport: { width: 1920, height: 1080 },
    deviceScaleFactor: 1,
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles',
    reducedMotion: 'reduce',
  },
}

/** What the page has of the last run, in the shape of the files. */
const ranIn = (page: Page, call: string) =>
  page.evaluate(async (asked) => {
    const { ok, text } = await window.__witcraft.run(asked)
    return { call: asked, ok, text }
  }, call)

const toldIn = (page: Page) =>
  page.evaluate(() => {
    const { output, simulation } = window.__witcraft.getState()
    const written = (stream: string): string =>
      output.pieces
        .filter((piece) => piece.stream === stream)
        .map(({ text }) => text)
        .join('')
    const { total: entries = 0, hash = '' } = simulation.trace ?? {}
    return { stdout: written('stdout'), stderr: written('stderr'), entries, hash }
  })

for (const [name, options] of Object.entries(browsers))
  test(`the examples come to the same in ${name}`, async ({ browser, baseURL }) => {
    test.setTimeout(180_000)
    const context = await browser.newContext({ ...options, ...(baseURL === undefined ? {} : { baseURL }) })
    const page = await context.newPage()
    const workbench = new Workbench(page)
    await workbench.open()
    for (const { id, title } of examples) {
      await workbench.example(title)
      await expect.poll(() => page.evaluate(() => window.__witcraft.getState().project.name)).toBe(id)
      const rans: unknown[] = []
      for (const { call, entries } of goldenOf(id)) {
        const ran = await ranIn(page, call)
        // The trace comes after the result.
        await expect.poll(async () => (await toldIn(page)).entries).toBe(entries)
        rans.push({ ...ran, ...(await toldIn(page)) })
      }
      expect(rans).toEqual(goldenOf(id))
    }
    await context.close()
  })
