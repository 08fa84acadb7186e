import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type BrowserContextOptions, type Page } from '@playwright/test'
import { examples } from '../../src/project/examples/index.ts'
import { answerText, exampleRequests, nameOfRequest } from '../../scripts/example-inputs.ts'
import type { HttpRequest } from '../../src/runner/http.ts'
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

/** The same of a request, which is sent as people send one. */
async function answeredIn(page: Page, request: HttpRequest) {
  await page.getByRole('tab', { name: 'HTTP', exact: true }).click()
  const panel = page.getByRole('tabpanel', { name: 'HTTP', exact: true })
  await panel.getByRole('combobox', { name: 'Method' }).selectOption(request.method)
  await panel.getByRole('textbox', { name: 'Path or address' }).fill(request.path)
  const body = request.body.map(({ bytes }) => new TextDecoder().decode(bytes)).join('')
  await panel.getByRole('textbox', { name: 'Body' }).fill(body)
  const over = panel.getByRole('button', { name: /^Send again/ })
  const sent = await over.count()
  await panel.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(over).toHaveCount(sent + 1)
  await expect(panel.locator('.http-card')).toHaveAttribute('data-over', 'true')
  const parts = await page.evaluate(() => {
    const [{ head, end, parts: came, report } = { parts: [] }] =
      window.__witcraft.getState().simulation.http?.exchanges ?? []
    if (!head || !end || end.error !== undefined || report?.fault) return undefined
    const decoder = new TextDecoder()
    const text = came.map(({ bytes }) => decoder.decode(bytes, { stream: true })).join('')
    return { status: head.status, fields: head.fields, body: text, trailers: end.trailers ?? [] }
  })
  return { call: nameOfRequest(request), ok: parts !== undefined, text: parts ? answerText(parts) : 'No response.' }
}

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
      const golden = goldenOf(id)
      for (const [index, { call, entries }] of golden.entries()) {
        const request = exampleRequests[id]?.[index]
        const ran = request ? await answeredIn(page, request) : await ranIn(page, call)
        // The trace comes after the result.
        await expect.poll(async () => (await toldIn(page)).entries).toBe(entries)
        rans.push({ ...ran, ...(await toldIn(page)) })
      }
      expect(rans).toEqual(golden)
    }
    await context.close()
  })
