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

test('keeps room for the names of functions beside the details, also in a small window', async ({ page }) => {
  const { workbench, panel, rows } = await open(page)
  await workbench.runToEnd()
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('tablist', { name: 'Views' }).getByRole('tab', { name: 'Trace' }).click()
  await rows.filter({ hasText: 'environment.get-environment' }).click()
  await expect(details(panel)).toBeVisible()
  const box = await rows.filter({ hasText: 'environment.get-environment' }).locator('.function').boundingBox()
  expect(box?.width).toBeGreaterThan(120)
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
  await panel.getByRole('button', { name: /^All \d/ }).click()
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

test('finds an export where it is written, by whatever name the entry passes it on', async ({ page }) => {
  const { workbench, panel, rows } = await open(page, 'Hello')
  const other = 'const greet = 1\nexport function hail(name: string): string {\n  return `Hail, ${name}${greet}`\n}\n'
  await workbench.setFile('other.ts', other)
  await workbench.setFile('main.ts', "export { hail as greet } from './other.ts'\n")
  await workbench.runToEnd('greet("Ada")')
  await rows.filter({ hasText: 'greet' }).first().click()
  await details(panel).getByRole('button', { name: 'other.ts:2' }).click()
  await expect(page.getByRole('region', { name: 'TypeScript editor' }).locator('.view-lines')).toContainText('hail(')
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
  await panel.getByRole('button', { name: /^All \d/ }).click()
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

test('a run of real time and real random bytes is recorded and replayed, also from a file', async ({ page }) => {
  const { workbench, panel, rows } = await open(page)
  const rolled = 'export const roll = () => `${getRandomU64()} ${now().nanoseconds}`'
  const main = (body: string): string =>
    `import { getRandomU64 } from 'wasi:random/random@0.2.12'\nimport { now } from 'wasi:clocks/wall-clock@0.2.12'\n${body}\n`
  const wit =
    'package demo:dice;\nworld dice {\n  import wasi:random/random@0.2.12;\n  import wasi:clocks/wall-clock@0.2.12;\n  export roll: func() -> string;\n}\n'
  await page.evaluate(
    (files) => {
      const wasi = { clock: { mode: 'real' }, random: 'real' }
      return window.__witcraft.openProject({ schema: 1, name: 'dice', files, world: 'dice', wasi, calls: ['roll()'] })
    },
    { 'world.wit': wit, 'main.ts': main(rolled) },
  )
  await workbench.runToEnd('roll()')
  const result = (): Promise<string> =>
    page.evaluate(() => {
      const outcome = window.__witcraft.getState().result?.outcome
      return outcome?.kind === 'value' ? outcome.wave : ''
    })
  const first = await result()
  await panel.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('This run is recorded')
  await workbench.runToEnd()
  expect(await result()).not.toBe(first)

  await panel.getByRole('button', { name: 'Replay' }).click()
  await expect(panel.getByText('Replays identically')).toBeVisible()
  expect(await result()).toBe(first)
  expect(await violations(page)).toEqual([])

  await workbench.setFile('main.ts', main(rolled.replace('=> `', '=> now() && `')))
  await panel.getByRole('button', { name: 'Replay' }).click()
  await expect(panel.locator('.trace-row.differs')).toHaveCount(1)
  await expect(details(panel)).toContainText('is not the recorded one: another function')
  await details(panel).getByRole('button', { name: 'Close the details' }).click()
  await panel.getByRole('button', { name: /^Differs at 2/ }).click()
  await expect(details(panel)).toContainText('Recorded was:')
  await expect(details(panel)).toContainText('random.get-random-u64() ->')
  await expect(rows.nth(2)).toContainText('wall-clock.now')

  await panel.getByRole('button', { name: 'Recording file', exact: true }).click()
  const coming = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'Export the recording' }).click()
  const file = await (await coming).path()
  await panel.getByRole('button', { name: 'Recording file', exact: true }).click()
  await panel.getByRole('button', { name: 'Forget the recording' }).click()
  await expect(panel.getByRole('button', { name: 'Replay' })).toHaveCount(0)
  await workbench.setFile('main.ts', main(rolled))
  await panel.getByLabel('Recording to import').setInputFiles(file)
  await panel.getByRole('button', { name: 'Replay' }).click()
  await expect(panel.getByText('Replays identically')).toBeVisible()
  expect(await result()).toBe(first)
})

test('requests to a handler are recorded and replayed, with what its upstreams answer', async ({ page }) => {
  const { workbench, panel } = await open(page, 'An HTTP handler')
  for (const path of ['/', '/nowhere']) {
    await page.getByRole('tab', { name: 'HTTP', exact: true }).click()
    const http = page.getByRole('tabpanel', { name: 'HTTP', exact: true })
    await http.getByRole('textbox', { name: 'Path or address' }).fill(path)
    await http.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(http.locator('.http-card')).toHaveAttribute('data-over', 'true')
  }
  await page.getByRole('tab', { name: 'Trace', exact: true }).click()
  await panel.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(panel.getByRole('button', { name: 'Recorded' })).toBeVisible()
  await panel.getByRole('button', { name: 'Replay' }).click()
  await expect(panel.getByText('Replays identically')).toBeVisible()

  await workbench.setFile('main.ts', exampleFile('http-handler', 'main.ts').replaceAll('404', '410'))
  await panel.getByRole('button', { name: 'Replay' }).click()
  await expect(panel.getByRole('button', { name: /^Differs at/ })).toBeVisible()
})

test('a hundred thousand calls leave the page usable', async ({ page }) => {
  const { workbench, panel, rows } = await open(page)
  const wit =
    'package demo:many;\nworld many {\n  import wasi:random/random@0.2.12;\n  export spin: func(times: u32) -> u64;\n}\n'
  const main =
    "import { getRandomU64 } from 'wasi:random/random@0.2.12'\nexport const spin = (times: number) => {\n  let last = 0n\n  for (let at = 0; at < times; at++) last = getRandomU64()\n  return last\n}\n"
  await page.evaluate(
    (files) => window.__witcraft.openProject({ schema: 1, name: 'many', files, world: 'many', calls: ['spin(1)'] }),
    { 'world.wit': wit, 'main.ts': main },
  )
  await workbench.runToEnd('spin(1)')
  await workbench.runToEnd('spin(100000)')
  await expect(panel.getByText('100,002 entries: the first and the last are kept')).toBeVisible()
  await panel.getByRole('button', { name: /^random/ }).click()
  await panel.getByRole('grid').focus()
  await page.keyboard.press('End')
  await expect(panel.getByRole('row', { selected: true })).toContainText('random.get-random-u64')
  // Only what is in sight is there.
  expect(await rows.count()).toBeLessThan(80)
  const kept = await page.evaluate(() => window.__witcraft.getState().simulation.trace?.entries.length ?? 0)
  expect(kept).toBeLessThanOrEqual(5000)
})

test('calls of one interface are shown by themselves, and a recording waits for a page without a run', async ({
  page,
}) => {
  const { workbench, panel, rows } = await open(page)
  await workbench.runToEnd()
  await panel.getByRole('button', { name: /^cli \d/ }).click()
  await panel.getByRole('button', { name: /^stdin \d/ }).click()
  // Beside the head.
  await expect(rows).toHaveCount(2)
  await expect(rows.nth(1)).toContainText('stdin.get-stdin')

  await panel.getByRole('button', { name: 'Record', exact: true }).click()
  await panel.getByRole('button', { name: 'Recording file', exact: true }).click()
  const coming = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'Export the recording' }).click()
  const file = await (await coming).path()
  await page.evaluate(() => window.__witcraft.openProject(window.__witcraft.getState().project))
  await expect(panel.getByText('No run to look into')).toBeVisible()
  await panel.getByLabel('Recording to import').setInputFiles(file)
  await panel.getByRole('button', { name: 'Replay' }).click()
  await expect(panel.getByText('Replays identically')).toBeVisible()
})
