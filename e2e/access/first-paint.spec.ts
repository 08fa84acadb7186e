import { expect, test, type Locator, type Page } from '@playwright/test'
import { Workbench, exampleFile } from '../workbench.ts'
import { violations } from './violations.ts'

/** Text without the white space that an editor and a page draw differently. */
const words = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

const shown = (page: Page, selector: string): Locator => page.locator(selector).filter({ visible: true })

for (const [width, files] of [
  [1440, ['world.wit', 'main.ts']],
  [1024, ['main.ts']],
  [390, ['main.ts']],
] as const) {
  test(`the default example can be read before any script has come, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 })
    await page.route('**/*.js', (route) => route.abort())
    await page.goto('/')
    const code = await shown(page, '.code-view').allTextContents()
    expect(code.map(words)).toEqual(files.map((file) => words(exampleFile('hello', file))))
    await expect(page.getByRole('tab', { name: 'world.wit' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible()
    // The style sheet is in the page as well: nothing else is needed to paint it as it stays.
    expect((await shown(page, '.top').boundingBox())?.height).toBe(width < 900 ? 52 : 44)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  })
}

const parts = [
  '.top',
  '.run',
  '.explorer-area',
  '.code-view',
  '.editor-pane .tab',
  '.side',
  '.output-area',
  '.drawer',
  '.metrics',
  '.status',
  '.bottom',
]

const places = (page: Page): Promise<unknown> =>
  page.evaluate(
    (selectors) =>
      selectors.map((selector) => {
        const all = [...document.querySelectorAll(selector)].filter((each) => each.getClientRects().length > 0)
        const { x, y, width, height } = all.at(-1)?.getBoundingClientRect() ?? { x: 0, y: 0, width: 0, height: 0 }
        return [selector, all.length, x, y, width, height].join(' ')
      }),
    parts,
  )

/** Where everything stands before the page's script has come, and after it, without the editor's. */
async function bothPlaces(page: Page): Promise<readonly [drawn: unknown, script: unknown]> {
  // Never answered: what failed to arrive would be said in the page.
  await page.route('**/*.js', () => {})
  await page.goto('/', { waitUntil: 'commit' })
  await expect(shown(page, '.status, .bottom')).toBeVisible()
  const drawn = await places(page)
  await page.unrouteAll()
  await page.route(/editor(?:s|\.api)-[^/]*\.js/, () => {})
  await page.reload()
  await new Workbench(page).drawn()
  // What comes right after the page has come, too.
  await expect(page.getByText('Loading this panel')).toHaveCount(0)
  return [drawn, await places(page)]
}

for (const width of [1440, 1200, 1024, 390]) {
  test(`what the build drew and what the script draws stand in the same places, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    const [drawn, script] = await bothPlaces(page)
    expect(drawn).toEqual(script)
  })
}

for (const [name, preferences] of Object.entries({
  'sizes, tabs and the size of the text': {
    layout: { explorer: 260, side: 520, drawer: 330, output: 120, wit: 30, drawerTab: 'problems', sideTab: 'world' },
    fontSize: 16,
  },
  'collapsed panes': { layout: { explorerOpen: false, sideOpen: false, drawerOpen: false } },
  'what is no layout': {
    layout: { explorer: 'wide', side: 1e9, drawer: null, wit: -4, drawerTab: '"]' },
    fontSize: 900,
  },
})) {
  test(`the panes are painted as they were left: ${name}`, async ({ page }) => {
    await page.addInitScript(
      (stored) => localStorage.setItem('witcraft.preferences', stored),
      JSON.stringify(preferences),
    )
    const [drawn, script] = await bothPlaces(page)
    expect(drawn).toEqual(script)
  })
}

test.describe('before the page has its script', () => {
  /** Opens the page and holds its script back until it is asked for. */
  async function early(page: Page, hash = ''): Promise<() => Promise<void>> {
    let release = (): void => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    await page.route(/\/index-[^/]*\.js/, async (route) => {
      await gate
      await route.continue()
    })
    await page.goto(`/${hash}`, { waitUntil: 'commit' })
    return async () => {
      release()
      await new Workbench(page).drawn()
    }
  }

  for (const width of [1440, 1024, 390]) {
    test(`a press of Run is kept, ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 })
      const workbench = new Workbench(page)
      const open = await early(page)
      await workbench.run.click()
      await workbench.run.click()
      await open()
      await page.waitForFunction(() => window.__witcraft.endedRuns() > 0)
      await expect(page.getByText('"Hello, Ada"').filter({ visible: true }).first()).toBeVisible()
      expect(await workbench.endedRuns()).toBe(1)
    })
  }

  test('so is Ctrl+Enter, and it is said', async ({ page }) => {
    const workbench = new Workbench(page)
    const open = await early(page)
    await expect(workbench.run).toBeVisible()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('contentinfo')).toContainText('Opening the page')
    await open()
    await expect(workbench.result).toContainText('"Hello, Ada"')
  })

  test('Ctrl+Enter counts while the key map is still on its way', async ({ page }) => {
    const workbench = new Workbench(page)
    await page.route(/\/key-map-[^/]*\.js/, () => {})
    await page.goto('/')
    await workbench.drawn()
    await page.keyboard.press('Control+Enter')
    await expect(workbench.result).toContainText('"Hello, Ada"')
  })

  test('what is typed, chosen and focused is kept', async ({ page }) => {
    const workbench = new Workbench(page)
    const open = await early(page)
    await workbench.callLine.fill('greet("Eve")')
    const field = page.getByRole('textbox', { name: 'main.ts, plain text' })
    await field.focus()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('// mine')
    await open()
    await expect(workbench.callLine).toHaveValue('greet("Eve")')
    // The keys go on where they were, into whatever stands there now.
    await page.keyboard.type(' too')
    await expect
      .poll(() => page.evaluate(() => window.__witcraft.getState().project.files['main.ts']))
      .toBe(`// mine too${exampleFile('hello', 'main.ts')}`)
    await expect(page.getByRole('textbox', { name: /TypeScript editor/ })).toBeFocused()
  })

  test('an example that was chosen is opened, and a dialog too', async ({ page }) => {
    const workbench = new Workbench(page)
    const open = await early(page)
    await workbench.chooseExample('Results and errors')
    await page.getByRole('button', { name: 'Settings' }).click()
    await open()
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
    await expect.poll(() => page.evaluate(() => window.__witcraft.getState().example)).toBe('results')
  })

  test('nothing of it is for a project that the address brings', async ({ page }) => {
    const workbench = new Workbench(page)
    await workbench.open()
    const link = await page.evaluate(() => window.__witcraft.shareLink())
    const open = await early(page, new URL(link).hash)
    await page.reload({ waitUntil: 'commit' })
    await workbench.run.click()
    await open()
    await expect(page.getByText('Opened from a link. Nothing has run yet.')).toBeVisible()
    expect(await page.evaluate(() => window.__witcraft.getState().run.status)).toBe('idle')
  })

  test('a script that does not come is said', async ({ page }) => {
    await page.route(/\/index-[^/]*\.js/, (route) => route.abort())
    await page.goto('/')
    await expect(page.getByRole('alert').filter({ visible: true })).toContainText('The page did not arrive')
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Try again' }).click()
    await new Workbench(page).drawn()
  })
})

for (const width of [1440, 1024, 390]) {
  test(`what the build drew and the plain text keep nobody out, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 })
    await page.route('**/*.js', () => {})
    await page.goto('/', { waitUntil: 'commit' })
    await expect(shown(page, '.code-text').last()).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.unrouteAll()
    await page.route(/editor(?:s|\.api)-[^/]*\.js/, () => {})
    await page.reload()
    await new Workbench(page).drawn()
    await expect(page.getByText('The editor is loading')).toBeVisible()
    expect(await violations(page)).toEqual([])
  })
}

test('in forced colours the code is there once, and can be seen', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.route('**/*.js', () => {})
  await page.goto('/', { waitUntil: 'commit' })
  const field = page.getByRole('textbox', { name: 'main.ts, plain text' })
  await expect(field).toBeVisible()
  expect(await field.evaluate((each) => getComputedStyle(each).color)).toMatch(/^rgb\(/)
  await expect(shown(page, '.code-view .line > span')).toHaveCount(0)
})

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

for (const width of [1440, 1024, 390])
  test(`nothing moves while the page comes up, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 })
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
    await expect(page.getByRole('textbox', { name: /editor/i }).first()).toBeVisible()
    if (width > 900) await expect(page.getByRole('textbox', { name: 'name', exact: true })).toBeVisible()
    const shifts = await page.evaluate((): string[] => Reflect.get(window, 'layoutShifts'))
    const total = shifts.reduce((sum, each) => sum + Number.parseFloat(each), 0)
    expect(total, shifts.join('\n')).toBeLessThanOrEqual(0.02)
  })
