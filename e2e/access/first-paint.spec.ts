import { expect, test } from '@playwright/test'
import { Workbench, exampleFile } from '../workbench.ts'

/** Text without the white space that an editor and a page draw differently. */
const words = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

test('the default example can be read before any script has come', async ({ page }) => {
  await page.route('**/*.js', (route) => route.abort())
  await page.goto('/')
  const code = await page.locator('.code-view').allTextContents()
  expect(code.map(words)).toEqual([words(exampleFile('hello', 'world.wit')), words(exampleFile('hello', 'main.ts'))])
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible()
  // The style sheet is in the page as well: nothing else is needed to paint it as it stays.
  const top = await page.locator('.top').boundingBox()
  expect(top?.height).toBe(44)
})

// A small window shows nothing of what the build drew: its page is another one.
for (const width of [1440, 1024]) {
  test(`what the build drew and what the script draws stand in the same places, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    // Drawn for a large window: in a smaller one the code stays hidden until the script has chosen the file that it shows.
    const parts = [
      '.top',
      '.run',
      '.side',
      '.status',
      '.metrics',
      '.output-area',
      ...(width < 1280 ? [] : ['.code-view']),
    ]
    const places = (): Promise<unknown> =>
      page.evaluate(
        (selectors) =>
          selectors.map((selector) => {
            const all = [...document.querySelectorAll(selector)].filter((each) => each.getClientRects().length > 0)
            const { x, y, width, height } = all.at(-1)?.getBoundingClientRect() ?? { x: 0, y: 0, width: 0, height: 0 }
            return [selector, x, y, width, height].join(' ')
          }),
        parts,
      )
    await page.route('**/*.js', (route) => route.abort())
    await page.goto('/')
    const drawn = await places()
    await page.unrouteAll()
    // The shell's own script without the editor's, so that the code is still drawn by the page.
    // It is never answered: an editor that failed to arrive would say so in the page.
    await page.route(/editor(?:s|\.api)-[^/]*\.js/, () => {})
    await page.reload()
    await page.waitForFunction(() => '__witcraft' in window)
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled()
    expect(await places()).toEqual(drawn)
  })
}

for (const [chosen, system] of [
  ['dark', 'light'],
  ['light', 'dark'],
] as const) {
  test(`a chosen theme is painted first, ${chosen} on a ${system} system`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: system })
    await page.addInitScript((theme) => localStorage.setItem('witcraft.preferences', JSON.stringify({ theme })), chosen)
    await page.route('**/*.js', (route) => route.abort())
    await page.goto('/')
    const shown = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(shown).toBe(chosen === 'dark' ? 'rgb(10, 11, 12)' : 'rgb(235, 235, 231)')
  })
}

test('the page breaks no rule of its own policy', async ({ page }) => {
  const refused: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Content-Security-Policy/.test(message.text())) refused.push(message.text())
  })
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.runToEnd()
  expect(refused).toEqual([])
  // The policy does hold: a script that is not the page's own is refused.
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.intruder = true'
    document.head.append(script)
  })
  expect(await page.evaluate(() => 'intruder' in window)).toBe(false)
  await expect.poll(() => refused.length).toBeGreaterThan(0)
})

test('nothing moves while the page comes up', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: string[] = []
    Reflect.set(window, 'layoutShifts', shifts)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const value: unknown = Reflect.get(entry, 'value')
        const sources: unknown = Reflect.get(entry, 'sources')
        const nodes = Array.isArray(sources)
          ? sources.map(({ node }: { node?: unknown }) => (node instanceof Element ? node.className : String(node)))
          : []
        shifts.push(`${String(value)} ${nodes.join(', ')}`)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const workbench = new Workbench(page)
  await workbench.open()
  await expect(page.getByRole('textbox', { name: /TypeScript editor/ }).first()).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'name' })).toBeVisible()
  const shifts = await page.evaluate((): string[] => Reflect.get(window, 'layoutShifts'))
  const total = shifts.reduce((sum, each) => sum + Number.parseFloat(each), 0)
  expect(total, shifts.join('\n')).toBeLessThanOrEqual(0.02)
})
