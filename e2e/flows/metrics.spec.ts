import { readFileSync } from 'node:fs'
import { expect, test, type Locator } from '@playwright/test'
import { Workbench } from '../workbench.ts'

/** The rows of a table, each as the text of its cells. */
const cells = (rows: Locator): Promise<string[][]> =>
  rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')))

async function steps(workbench: Workbench): Promise<string[][]> {
  const table = workbench.metrics.getByRole('table', { name: /Steps from Run/ })
  await expect(table).toContainText('Waiting')
  return cells(table.locator('tbody tr'))
}

const figure = (section: Locator, name: string): Locator =>
  section.locator('.figure dt', { hasText: name }).locator('xpath=following-sibling::dd')

async function measure(workbench: Workbench, count: number): Promise<Locator> {
  const calls = workbench.metrics.getByRole('region', { name: 'Warm calls' })
  await calls.getByRole('combobox', { name: 'Calls to measure' }).selectOption('custom')
  await calls.getByRole('spinbutton', { name: /Number of calls/ }).fill(String(count))
  const before = await workbench.endedRuns()
  await calls.getByRole('button', { name: 'Measure' }).click()
  await workbench.ended(before)
  return calls
}

test('the waterfall of a run adds up and is in order', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await expect(workbench.metrics).toContainText('Nothing has been measured yet')
  await workbench.runToEnd()
  const table = await steps(workbench)
  const names = table.map(([name]) => name)
  expect(names.slice(0, 4)).toEqual(['Download', 'Source', 'Prepare', 'Engine'])
  expect(names.slice(-4)).toEqual(['Initialise', 'Instantiate', 'First call', 'Waiting'])
  const { phases, total } = await page.evaluate(() => window.__witcraft.getState().metrics)
  // What the sandbox does is one after the other; its clock has steps of its own.
  const inside = phases.filter(({ room }) => room === 'sandbox')
  for (const [index, { at }] of inside.entries()) {
    const before = inside[index - 1]
    if (before) expect(at).toBeGreaterThanOrEqual(before.at + before.ms - 0.5)
  }
  // All that is covered by a step, and the waiting, are the whole.
  let reached = 0
  let covered = 0
  for (const { at, ms } of phases.toSorted((one, other) => one.at - other.at)) {
    covered += Math.max(0, at + ms - Math.max(at, reached))
    reached = Math.max(reached, at + ms)
  }
  const waited = Number(table.at(-1)?.[2])
  expect(Math.abs(covered + waited - (total ?? 0))).toBeLessThanOrEqual(1)
  expect(waited).toBeGreaterThanOrEqual(0)

  // Nothing comes over the network for the second run.
  await workbench.runToEnd()
  await expect(workbench.metrics.getByText('Download 0 B')).toBeVisible()
})

test('a measurement makes exactly the calls that were asked for, and belongs to its call', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile('world.wit', 'package demo:count;\n\nworld count {\n  export next: func() -> u32;\n}\n')
  await workbench.setFile('main.ts', 'let made = 0\nexport const next = (): number => ++made\n')
  await workbench.runToEnd('next()')
  await expect(workbench.result).toContainText('1')
  const calls = await measure(workbench, 250)
  await expect(calls).toContainText('250 calls')
  await expect(figure(calls, 'p50')).toHaveText(/\d (µs|ms)/)
  // The guest has counted them, too.
  const before = await workbench.endedRuns()
  await page.getByRole('region', { name: 'Call', exact: true }).getByRole('button', { name: /^Call/ }).click()
  await workbench.ended(before)
  await expect(workbench.result).toContainText('252')

  await workbench.callLine.fill('next( )')
  await expect(calls.getByText('another call')).toBeVisible()
  await workbench.callLine.fill('next()')
  await expect(calls.getByText('another call')).toBeHidden()
  // Another instance has not been measured.
  await workbench.runToEnd('next()')
  await expect(calls).not.toContainText('250 calls')
})

test('a pinned run is compared with the next, until it is unpinned', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.runToEnd()
  await expect(workbench.metrics.getByRole('button', { name: 'All parts' })).toBeVisible()
  await workbench.metrics.getByRole('button', { name: 'Pin this run' }).click()
  await expect(workbench.metrics).toContainText('Run 1 is pinned')
  const large = `const many = Array.from({ length: 30000 }, (_, index) => 'entry ' + index)\nexport const greet = (name: string): string => name + many.length\n`
  await workbench.setFile('main.ts', large)
  await workbench.runToEnd()
  await expect(workbench.metrics).toContainText(/Compared with run 1, [\d.]+ m?s/)
  // The times of two runs may be the same: the tooltip says the pinned one in any case.
  const start = workbench.metrics.getByRole('region', { name: 'Run to result' })
  await expect(start.locator('> .difference')).toHaveAttribute('title', /^Pinned run: [\d.]+ ms\..* of [\d.]+ ms on\.$/)
  await expect(start.locator('> .difference')).toHaveText(/^(≈ same|[\d.]+ ms (faster|slower))$/)
  const memory = workbench.metrics.getByRole('region', { name: 'Linear memory' })
  await expect(memory.locator('> .difference')).toHaveText(/^\d+\.\d+ MiB larger$/)
  const size = workbench.metrics.getByRole('region', { name: 'Component' })
  await expect(figure(size, 'Guest data')).toContainText(/[\d.]+ [kM]B larger/)
  await expect(figure(size, 'Glue')).toContainText('same')
  await expect(workbench.metrics.getByRole('table', { name: /Steps from Run/ })).toContainText('Took in the pinned run')
  await workbench.metrics.getByRole('button', { name: 'Unpin' }).click()
  await expect(workbench.metrics).not.toContainText('larger')
})

test('a size that was not measured says what to press', async ({ page }) => {
  const workbench = new Workbench(page)
  await page.route(/component-size-[^/]*\.js$/, (route) => route.abort())
  await workbench.open()
  await workbench.runToEnd()
  const size = workbench.metrics.getByRole('region', { name: 'Component', exact: true })
  await expect(size).toContainText('Not measured yet.')
  await expect(size.getByRole('button', { name: 'Measure the size' })).toBeVisible()
  await workbench.setFile('main.ts', 'export const greet = (): string => "changed"\n')
  await expect(size).toContainText('Not measured yet. Run the project to measure it.')
  await expect(size.getByRole('button', { name: 'Measure the size' })).toHaveCount(0)
})

test('the parts of the component add up to the file that Download gives', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.runToEnd()
  await workbench.metrics.getByRole('button', { name: 'All parts' }).click()
  const parts = page.getByRole('dialog', { name: 'Parts of the component' })
  await expect(parts).toBeVisible()
  const size = (row: string[]): number => Number(row[2]?.replaceAll(',', ''))
  const [whole] = await cells(parts.locator('tbody tr.sum'))
  const leaves = await cells(parts.locator('tbody tr.leaf'))
  await page.keyboard.press('Escape')
  await expect(parts).toBeHidden()

  const pending = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('button', { name: 'Download .wasm' }).click()
  const file = readFileSync(await (await pending).path())
  expect(whole && size(whole)).toBe(file.length)
  expect(leaves.reduce((sum, row) => sum + size(row), 0)).toBe(file.length)
  expect(leaves.map((row) => row[0])).toEqual(expect.arrayContaining(['code', 'component-name', 'as in the engine']))
})

test('every section explains its figures to the keyboard', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.runToEnd()
  for (const name of ['Run to result', 'Warm calls', 'Linear memory', 'Component']) {
    const button = workbench.metrics.getByRole('button', { name: `About ${name}` })
    await button.focus()
    await page.keyboard.press('Enter')
    const about = page.getByRole('dialog', { name: `About ${name}` })
    await expect(about).toBeVisible()
    await expect(about.locator('dd').first()).not.toBeEmpty()
    await page.keyboard.press('Escape')
    await expect(about).toBeHidden()
    await expect(button).toBeFocused()
  }
  await expect(
    workbench.metrics.getByRole('region', { name: 'Linear memory' }).locator('dd[aria-describedby]').first(),
  ).toHaveAccessibleDescription(/instance/)
})

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const) {
  test(`nothing of the figures is cut off sideways at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    const workbench = new Workbench(page)
    await workbench.open()
    await page.evaluate(() => window.__witcraft.run())
    await page.evaluate(() => window.__witcraft.burst(100))
    const tab = page.getByRole('tab', { name: 'Metrics' })
    if (await tab.isVisible()) await tab.click()
    await expect(workbench.metrics.getByRole('button', { name: /^About/ }).first()).toBeVisible()
    await workbench.metrics.getByRole('button', { name: 'Pin this run' }).click()
    await page.evaluate(() => window.__witcraft.run())
    await page.evaluate(() => window.__witcraft.burst(100))
    await expect(workbench.metrics).toContainText('Compared with run 1')
    const overflowing = await workbench.metrics.locator('.metric').evaluateAll((sections) =>
      sections.flatMap((section) => {
        const { right } = section.getBoundingClientRect()
        return [...section.querySelectorAll('dd, .metric-value, .difference, .ms')]
          .filter((each) => each.getBoundingClientRect().right > right + 0.5 && each.closest('[popover]') === null)
          .map((each) => `${section.className}: ${each.textContent ?? ''}`)
      }),
    )
    expect(overflowing).toEqual([])
  })
}

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
] as const) {
  test(`the drawer shows all of a first run, ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.runToEnd()
    await expect(workbench.metrics.locator('.waterfall .name').last()).toHaveText('Waiting')
    const [axis, body] = await Promise.all([
      workbench.metrics.locator('.waterfall .axis').boundingBox(),
      workbench.metrics.locator('.metrics-body').boundingBox(),
    ])
    expect(axis && axis.y + axis.height).toBeLessThanOrEqual((body?.y ?? 0) + (body?.height ?? 0))
    // The code keeps more than half of the window.
    expect((await page.locator('#code').boundingBox())?.height).toBeGreaterThan(height / 2)
  })
}

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
] as const) {
  test(`the drawer shows all of two runs that are compared, ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.runToEnd()
    await page.evaluate(() => window.__witcraft.burst(10_000))
    await workbench.metrics.getByRole('button', { name: 'Pin this run' }).click()
    await workbench.runToEnd()
    await page.evaluate(() => window.__witcraft.burst(10_000))
    const calls = workbench.metrics.getByRole('region', { name: 'Warm calls' })
    await expect(figure(calls, 'p50')).toContainText(/same|faster|slower/)
    const body = workbench.metrics.locator('.metrics-body')
    await expect.poll(() => body.evaluate((each) => each.scrollHeight - each.clientHeight)).toBe(0)
    // The bars of both runs are in their own line.
    const outside = await workbench.metrics.locator('.track').evaluateAll(
      (tracks) =>
        tracks.flatMap((track) => {
          const line = track.previousElementSibling?.getBoundingClientRect()
          return [...track.children].filter((bar) => {
            const { top, bottom } = bar.getBoundingClientRect()
            return !line || top < line.top || bottom > line.top + 12
          })
        }).length,
    )
    expect(outside).toBe(0)
    await expect(workbench.metrics.locator('.lap.old').first()).toBeAttached()
  })
}

test('the labels of a long time line stand apart', async ({ page }) => {
  // More than a second, whatever the machine.
  await page.route(/engine-[^/]*\.wasm/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await route.continue()
  })
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.runToEnd()
  await workbench.metrics.getByRole('button', { name: 'Pin this run' }).click()
  const gaps = async (): Promise<number[]> => {
    // All at one moment: the axis is drawn anew when its width is known.
    const boxes = await workbench.metrics
      .locator('.axis span, .waterfall > .unit')
      .evaluateAll((labels) => labels.map((each) => each.getBoundingClientRect()))
    return boxes.slice(1).map((box, index) => box.x - (boxes[index]?.x ?? 0) - (boxes[index]?.width ?? 0))
  }
  await expect(workbench.metrics.locator('.axis')).toContainText('1000')
  expect(Math.min(...(await gaps()))).toBeGreaterThanOrEqual(4)
  await workbench.runToEnd()
  await expect(workbench.metrics).toContainText('Compared with run 1')
  expect(Math.min(...(await gaps()))).toBeGreaterThanOrEqual(4)
})
