import { readFileSync } from 'node:fs'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { violations } from '../access/violations.ts'
import { exampleFile, Workbench } from '../workbench.ts'

interface Traced {
  readonly workbench: Workbench
  readonly panel: Locator
  readonly rows: Locator
}

async function open(page: Page, example = 'A command-line program'): Promise<Traced> {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example(example)
  await page.getByRole('tab', { name: 'Trace', exact: true }).click()
  const panel = page.getByRole('tabpanel', { name: 'Trace', exact: true })
  return { workbench, panel, rows: panel.getByRole('row') }
}

const details = (panel: Locator): Locator => panel.getByRole('region', { name: /^Entry \d+$/ })

test('says what crosses the boundary, both ways, with arguments, results and virtual time', async ({ page }) => {
  const { workbench, panel, rows } = await open(page)
  await expect(panel.getByText('No run to look into')).toBeVisible()
  const before = await workbench.endedRuns()
  await panel.getByRole('button', { name: 'Run and trace' }).click()
  await workbench.ended(before)
  await expect(rows.filter({ hasText: 'run.run' })).toHaveCount(2)
  await expect(rows.filter({ hasText: 'environment.get-arguments' })).toContainText('["wc", "-l", "-w", "-m"]')
  await expect(rows.filter({ hasText: 'output-stream.blocking-write' })).toContainText('output-stream#1, "4')

  await rows.filter({ hasText: 'input-stream.blocking-read' }).first().click()
  await expect(details(panel)).toContainText('A tab became a workshop')
  await expect(details(panel)).toContainText(/\d+ bytes, digest [0-9a-f]{16}/)
  await details(panel).getByRole('button', { name: 'run.run at 1' }).click()
  await expect(panel.getByRole('row', { selected: true })).toContainText('run.run')
  expect(await violations(page)).toEqual([])
})

test('follows a handle from the call that made it to its drop', async ({ page }) => {
  const { workbench, panel, rows } = await open(page)
  await workbench.runToEnd()
  await rows.filter({ hasText: 'stdin.get-stdin' }).click()
  await details(panel).getByRole('button', { name: 'Follow input-stream#1' }).click()
  await expect(rows).toHaveText([
    /Number|Function/,
    /stdin.get-stdin/,
    /blocking-read/,
    /blocking-read/,
    /drop input-stream/,
  ])
  await details(panel)
    .getByRole('button', { name: /^dropped at/ })
    .click()
  await expect(panel.getByRole('row', { selected: true })).toContainText('drop input-stream')
  await panel.getByRole('button', { name: /^Following/ }).click()
  await expect(rows.filter({ hasText: 'environment.get-arguments' })).toBeVisible()
})

test('is narrowed down by package and by words, and gone through by keyboard', async ({ page }) => {
  const { workbench, panel, rows } = await open(page)
  await workbench.runToEnd()
  await panel.getByRole('button', { name: /^io/ }).click()
  await expect(rows.filter({ hasText: 'environment' })).toHaveCount(0)
  await panel.getByRole('button', { name: /^All/ }).click()
  const grid = panel.getByRole('grid', { name: 'Calls across the boundary' })
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(panel.getByRole('row', { selected: true })).toContainText('environment.get-arguments')
  await page.keyboard.press('/')
  await expect(panel.getByRole('searchbox', { name: 'Filter calls' })).toBeFocused()
  await page.keyboard.type('poem')
  await expect(rows.filter({ hasText: 'get-environment' })).toBeVisible()
  await expect(rows.filter({ hasText: 'get-arguments' })).toHaveCount(0)
  await page.keyboard.type(' nothing')
  await panel.getByRole('button', { name: 'Show all calls' }).click()
  await panel.getByRole('slider', { name: 'Position in the trace' }).fill('0')
  await expect(panel.getByRole('row', { selected: true })).toContainText('run.run')
})

test('goes to where the export is written that was running', async ({ page }) => {
  const { workbench, panel, rows } = await open(page)
  await workbench.runToEnd()
  await rows.filter({ hasText: 'environment.get-environment' }).click()
  const place = details(panel).getByRole('button', { name: /^main\.ts:\d+$/ })
  const line = Number(/\d+$/.exec((await place.textContent()) ?? '')?.[0])
  await place.click()
  await expect(page.getByRole('textbox', { name: /TypeScript editor/ }).first()).toBeFocused()
  const written = exampleFile('cli', 'main.ts').split('\n')[line - 1] ?? ''
  expect(written).toContain('run')
  await expect(page.locator('[data-editor~="source"] .view-line', { hasText: written.trim() })).toBeInViewport()
})

test('shows what the policy refused, and lets it through', async ({ page }) => {
  const { workbench, panel, rows } = await open(page)
  await page.evaluate(() => {
    const { project } = window.__witcraft.getState()
    const policy = { 'wasi:cli/environment#get-environment': 'deny' }
    return window.__witcraft.openProject({ ...project, wasi: { ...project.wasi, policy } })
  })
  await workbench.runToEnd()
  await panel.getByRole('button', { name: /^Denied/ }).click()
  await rows.filter({ hasText: 'environment.get-environment' }).click()
  await details(panel).getByRole('button', { name: 'Allow it' }).click()
  await workbench.runToEnd()
  await panel.getByRole('button', { name: /^All/ }).click()
  await expect(rows.filter({ hasText: 'environment.get-environment' })).toContainText('poem.txt')
})

test('is given as JSON, the same for the same run', async ({ page }) => {
  const { workbench, panel } = await open(page)
  const documents: unknown[] = []
  for (let run = 0; run < 2; run++) {
    await workbench.runToEnd()
    const coming = page.waitForEvent('download')
    await panel.getByRole('button', { name: /^Export/ }).click()
    const download = await coming
    expect(download.suggestedFilename()).toBe('cli.trace.json')
    documents.push(JSON.parse(readFileSync(await download.path(), 'utf8')))
  }
  expect(documents[0]).toMatchObject({ witcraft: 'trace', version: 1, project: 'cli', dropped: 0 })
  const hashes = documents.map((each) => Reflect.get(Object(each), 'hash') as unknown)
  expect(hashes[0]).toMatch(/^[0-9a-f]{16}$/)
  expect(hashes[0]).toBe(hashes[1])
})
