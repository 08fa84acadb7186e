import { expect, test, type Locator, type Page } from '@playwright/test'
import { Workbench } from '../workbench.ts'

const sash = (page: Page, name: string): Locator => page.getByRole('separator', { name })
const width = async (element: Locator): Promise<number> => (await element.boundingBox())?.width ?? 0
const height = async (element: Locator): Promise<number> => (await element.boundingBox())?.height ?? 0

test('panes keep the sizes that they were given over a reload', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const side = page.getByRole('region', { name: 'Side panels' })
  const before = await width(side)
  const box = await sash(page, 'Width of the side panels').boundingBox()
  if (!box) throw new Error('There is no sash')
  await page.mouse.move(box.x + box.width / 2, box.y + 200)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 - 100, box.y + 200, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => width(side)).toBe(before + 100)

  await sash(page, 'Width of the WIT editor').focus()
  await page.keyboard.press('ArrowRight')
  const share = await sash(page, 'Width of the WIT editor').getAttribute('aria-valuenow')
  expect(share).toBe('50')

  await page.reload()
  await expect.poll(() => width(side)).toBe(before + 100)
  await expect(sash(page, 'Width of the WIT editor')).toHaveAttribute('aria-valuenow', '50')
})

test('a sash is moved, collapsed and restored by keyboard', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const explorer = page.getByRole('navigation', { name: 'Explorer' })
  const handle = sash(page, 'Width of the explorer')
  await handle.focus()
  const before = await width(explorer)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => width(explorer)).toBe(before + 16)
  await page.keyboard.press('Home')
  await expect.poll(() => width(explorer)).toBe(144)
  await page.keyboard.press('End')
  await expect(handle).toHaveAttribute('aria-valuenow', (await handle.getAttribute('aria-valuemax')) ?? '')
  await page.keyboard.press('Enter')
  await expect(explorer).toBeHidden()
  await expect(handle).toHaveAttribute('aria-valuetext', 'collapsed')
  await page.reload()
  await expect(explorer).toBeHidden()
  await handle.focus()
  await page.keyboard.press('Enter')
  await expect(explorer).toBeVisible()
})

test('the drawer stays as high as it is whatever arrives in it', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const drawer = page.getByRole('region', { name: 'Drawer' })
  const before = await height(drawer)
  await workbench.runToEnd()
  await expect(workbench.metrics).toContainText(/MiB/)
  expect(await height(drawer)).toBe(before)
  await page.keyboard.press('Control+J')
  await expect(workbench.metrics).toBeHidden()
  // A tab of the collapsed drawer opens it.
  await workbench.showProblems()
  await expect(workbench.problems).toBeVisible()
  expect(await height(drawer)).toBe(before)
})

test('tabs are one stop of the Tab key, and the arrows choose among them', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const tabs = page.getByRole('tablist', { name: 'Side panels' })
  await tabs.getByRole('tab', { name: 'Call' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(tabs.getByRole('tab', { name: 'Clock & Env' })).toBeFocused()
  await expect(page.getByRole('tabpanel', { name: 'Clock & Env', exact: true })).toBeVisible()
  await expect(tabs.getByRole('tab', { name: 'Call' })).toHaveAttribute('tabindex', '-1')
  await page.keyboard.press('Home')
  await expect(page.getByRole('tabpanel', { name: 'Call', exact: true })).toBeVisible()
})

test('a failed run is said in the status bar, which leads to the problem', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const status = page.getByRole('contentinfo')
  await expect(status).toContainText('Ready to run')
  await workbench.setFile('main.ts', 'export const greet = (name: string) =>\n')
  await workbench.runToEnd()
  await expect(status).toContainText('Failed: source')
  await expect(workbench.problems).toBeHidden()
  await status.getByRole('button', { name: '1 error, 0 warnings. Show the problems' }).click()
  await expect(workbench.problems.getByRole('listitem').first()).toBeVisible()
})

test('after an edit the status bar says that what it said is of other files', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const status = page.getByRole('contentinfo')
  await workbench.setFile('main.ts', 'export const greet = (name: string) =>\n')
  await workbench.runToEnd()
  await workbench.setFile('main.ts', 'export const greet = (name: string) => name\n')
  await expect(status).toContainText('Changed since it failed')
  await expect(status).not.toContainText('Failed')
  await workbench.runToEnd()
  await expect(status).toContainText('Ready')
  await workbench.setFile('main.ts', 'export const greet = (name: string) => `${name}.`\n')
  await expect(status).toContainText('Changed since it ran')
})

test('the way out of the editor is said while it has the focus', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const hint = page.getByText('lets Tab leave the editor')
  await expect(hint).toBeHidden()
  const editor = page.getByRole('region', { name: 'TypeScript editor' }).locator('.monaco-editor textarea')
  await editor.focus()
  await expect(hint).toBeVisible()
  await page.keyboard.press('Control+M')
  await expect(page.getByText('Tab moves the focus')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(editor).not.toBeFocused()
})

test('the project is renamed where its name stands', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const name = page.getByRole('textbox', { name: 'Project name' })
  await name.fill('greeter')
  await page.keyboard.press('Enter')
  await expect(name).toHaveValue('greeter')
  await name.fill('   ')
  await page.keyboard.press('Enter')
  await expect(name).toHaveValue('greeter')
  expect(await page.evaluate(() => window.__witcraft.getState().project.name)).toBe('greeter')
})

test('a small window shows one pane at a time, and every target has room for a finger', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.run.click()
  await page.getByRole('button', { name: /Hello, Ada.*Show/ }).click()
  await expect(workbench.result).toBeVisible()
  const views = page.getByRole('tablist', { name: 'Views' })
  for (const name of ['Code', 'Terminal', 'Clock & Env', 'Metrics', 'Problems', 'Call']) {
    const tab = views.getByRole('tab', { name })
    await tab.click()
    await expect(tab).toHaveAttribute('aria-selected', 'true')
    expect(await height(tab)).toBeGreaterThanOrEqual(44)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  }
  await expect(workbench.problems).toBeHidden()
  await views.getByRole('tab', { name: 'Call' }).focus()
  await page.keyboard.press('End')
  await expect(workbench.problems).toBeVisible()
  await views.getByRole('tab', { name: 'Call' }).click()
  for (const each of await page.getByRole('region', { name: 'Saved calls' }).getByRole('button').all()) {
    expect(await width(each)).toBeGreaterThanOrEqual(36)
    expect(await height(each)).toBeGreaterThanOrEqual(36)
  }
  for (const each of await page.getByRole('banner').getByRole('button').all()) {
    expect(await height(each)).toBeGreaterThanOrEqual(44)
  }
})

test('in a small window a run shows what it came to, whatever is in view', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const workbench = new Workbench(page)
  await workbench.open()
  const views = page.getByRole('tablist', { name: 'Views' })
  const strip = page.getByRole('button', { name: /Show$/ })
  for (const name of ['Problems', 'Terminal', 'Clock & Env', 'Metrics', 'Code']) {
    await views.getByRole('tab', { name }).click()
    await workbench.setFile('main.ts', `export const greet = (): string => 'from ${name}'`)
    await workbench.run.click()
    // A plain value is neither ok nor err.
    await expect(strip).toHaveText(`"from ${name}"Show`)
    await expect(strip).toBeInViewport({ ratio: 1 })
  }
  await workbench.setFile('main.ts', 'export const greet = (): string =>')
  await expect(strip).toContainText('Before the change: "from Code"')
  await views.getByRole('tab', { name: 'Problems' }).click()
  await workbench.run.click()
  await expect(strip).not.toContainText('Before')
  await expect(workbench.problems.getByRole('listitem').first()).toBeVisible()
  await strip.click()
  await expect(workbench.result).toContainText('The source has a mistake')
  await expect(strip).toBeHidden()
})

test('between the sizes the explorer lies over the editor until a file is chosen', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  const workbench = new Workbench(page)
  await workbench.open()
  const explorer = page.getByRole('navigation', { name: 'Explorer' })
  await expect(explorer).toBeHidden()
  const toggle = page.getByRole('button', { name: 'Explorer' })
  await toggle.click()
  await expect(explorer).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(explorer).toBeHidden()
  await expect(toggle).toBeFocused()
  await page.keyboard.press('Control+B')
  await expect(explorer).toBeVisible()
})

test('where the editor does not arrive the code stays to be read, and a retry brings it', async ({ page }) => {
  await page.route(/\/editors-[^/]*\.js$/, (route) => route.abort())
  await page.goto('/')
  const failure = page.getByRole('alert').filter({ hasText: 'The editor did not arrive' })
  await expect(failure).toBeVisible()
  await expect(page.getByRole('region', { name: 'TypeScript editor' })).toContainText('export function greet')
  await page.unroute(/\/editors-[^/]*\.js$/)
  await failure.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('region', { name: 'TypeScript editor' }).locator('.monaco-editor')).toBeVisible()
  await expect(failure).toBeHidden()
})

test('what follows the page and does not arrive takes nothing else with it, and comes when it is asked for', async ({
  page,
}) => {
  const following = /\/(?:soon|world-panel)-[^/]*\.js$/
  await page.route(following, (route) => route.abort())
  const workbench = new Workbench(page)
  await workbench.open()
  const side = page.getByRole('region', { name: 'Side panels' })
  await side.getByRole('tab', { name: 'Clock & Env' }).click()
  const missing = side.getByRole('alert').filter({ hasText: 'could not be loaded' })
  await expect(missing).toBeVisible()
  await workbench.setFile('main.ts', 'export const greet = (name: string): string => `Still here, ${name}`')
  await workbench.runToEnd()

  await page.unroute(following)
  // The panel that was opened, and the terminal of the run.
  await expect(missing).toHaveCount(2)
  await missing.first().getByRole('button', { name: 'Try again' }).click()
  await expect(missing).toHaveCount(0)
  await expect(side.getByRole('group', { name: 'Arguments' })).toBeVisible()
  await side.getByRole('tab', { name: 'Call' }).click()
  await expect(workbench.result).toContainText('Still here, Ada')
  await expect(page.getByRole('tree', { name: 'Project files' })).toBeVisible()
  await expect(page.getByRole('alert').filter({ hasText: 'could not be loaded' })).toHaveCount(0)
})

test('being offline is said', async ({ page, context }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await context.setOffline(true)
  await expect(page.getByRole('contentinfo')).toContainText('Offline')
  await context.setOffline(false)
  await expect(page.getByRole('contentinfo')).not.toContainText('Offline')
})

test('a first run without a network says that it is the network, and the next one with it works', async ({
  page,
  context,
}) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await context.setOffline(true)
  await workbench.runToEnd()
  const alert = workbench.result.getByRole('alert')
  await expect(alert).toContainText('A part of the page did not arrive')
  await expect(alert).toContainText('Check the connection')
  await expect(alert).not.toContainText('source')
  await context.setOffline(false)
  await workbench.runToEnd()
  await expect(workbench.result).toContainText('"Hello, Ada"')
})

test('a project without files says so wherever it is looked at', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await page.evaluate(() => window.__witcraft.openProject({ schema: 1, name: 'empty', files: {} }))
  await expect(page.getByRole('navigation', { name: 'Explorer' })).toContainText('There are no files yet.')
  await expect(page.getByRole('region', { name: 'WIT editor' })).toContainText('The project has no WIT file yet.')
  const side = page.getByRole('region', { name: 'Before the first call' })
  await expect(side).toContainText('The project has no WIT file.')
  await expect(side).not.toContainText('mistake')
  await page.getByRole('region', { name: 'WIT editor' }).getByRole('button', { name: 'Create world.wit' }).click()
  await expect(page.getByRole('navigation', { name: 'Explorer' })).not.toContainText('There are no files yet.')
})

test('what is typed before the editor is there goes on in it', async ({ page }) => {
  let release = (): void => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  await page.route(/\/editors-[^/]*\.js$/, async (route) => {
    await gate
    await route.continue()
  })
  const workbench = new Workbench(page)
  await workbench.open()
  const hint = page.getByText('The editor is loading')
  await expect(hint).toBeVisible()
  const field = page.getByRole('textbox', { name: 'main.ts, plain text' })
  await field.focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('export const greet = (name: string) => name + ')
  await page.keyboard.type("'!'")
  // It is as coloured as the rest.
  await expect(page.locator('#source-editor .code-view .sx-string')).toHaveText("'!'")
  await workbench.run.click()
  await expect(workbench.result).toContainText('"Ada!"')
  await field.focus()
  for (let left = 0; left < 2; left++) await page.keyboard.press('ArrowLeft')
  release()
  await expect(page.getByRole('textbox', { name: /TypeScript editor/ })).toBeFocused()
  await expect(field).toHaveCount(0)
  await expect(hint).toBeHidden()
  await page.keyboard.type('?')
  await expect
    .poll(() => page.evaluate(() => window.__witcraft.getState().project.files['main.ts']))
    .toBe("export const greet = (name: string) => name + '?!'")
})

for (const [width, least] of [
  [1440, 5],
  [1024, 2],
] as const) {
  test(`the status bar shows the figures of a run that fit whole, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 768 })
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.runToEnd()
    const status = page.getByRole('contentinfo')
    await expect(status).toContainText(
      /Run to result [\d.]+ m?s.*Built in [\d.]+ m?s.*Starts in [\d.]+ m?s.*Component \d+ kB.*Linear memory [\d.]+ MiB/,
    )
    await expect(status).toContainText(/WASI Deterministic/)
    const bar = await status.boundingBox()
    const figures = await status.locator('.figures-line > span').all()
    const boxes = await Promise.all(figures.map((each) => each.boundingBox()))
    const inside = boxes.map((box) => box !== null && bar !== null && box.y < bar.y + bar.height - 1)
    // The least important ones go first, and nothing is cut.
    expect(inside.lastIndexOf(true)).toBe(inside.filter(Boolean).length - 1)
    expect(inside.filter(Boolean).length).toBeGreaterThanOrEqual(least)
    const line = await status.locator('.figures-line').boundingBox()
    for (const [index, box] of boxes.entries()) {
      if (inside[index]) expect(box && box.x + box.width).toBeLessThanOrEqual((line?.x ?? 0) + (line?.width ?? 0) + 0.5)
    }
  })
}

test('the status bar says how a program ended', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A command-line program')
  await workbench.runToEnd()
  await expect(page.getByRole('contentinfo')).toContainText('Exit code 0')
})

test('a page that the server has a newer version of says so, and reloads with the project as it is', async ({
  page,
}) => {
  const workbench = new Workbench(page)
  const exchange = page.waitForResponse(/exchange-[^/]*\.js/)
  await workbench.open()
  await exchange
  await workbench.setFile('main.ts', "export const greet = (): string => 'still here'")
  // Another build lies on the server now: the page names other scripts, and those of this one are gone.
  await page.route(/\/assets\/[^/]*\.js$/, (route) => route.fulfill({ status: 404 }))
  await page.route('/', (route) =>
    route.request().resourceType() === 'fetch'
      ? route.fulfill({ contentType: 'text/html', body: '<script type="module" src="./assets/index-new.js"></script>' })
      : route.continue(),
  )
  await page.getByRole('button', { name: 'Settings' }).click()
  const notices = page.getByRole('region', { name: 'Notices' })
  await expect(notices).toContainText('Witcraft was updated')
  await page.getByRole('button', { name: 'Settings' }).click()
  await expect(notices.getByRole('button', { name: 'Reload' })).toHaveCount(1)

  await page.unroute(/\/assets\/[^/]*\.js$/)
  await notices.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByText('Opened from a link')).toBeVisible()
  await workbench.runToEnd()
  await expect(workbench.result).toContainText('still here')
})

test('what does not arrive without a newer version is no update', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await page.route(/settings-dialog-[^/]*\.js$/, (route) => route.abort())
  const looked = page.waitForResponse((response) => response.request().resourceType() === 'fetch')
  await page.getByRole('button', { name: 'Settings' }).click()
  await (await looked).finished()
  await expect(page.getByRole('alert').filter({ hasText: 'Check the connection' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Notices' })).not.toContainText('updated')
})

test('a new project takes the place of another one, whose edits can be brought back', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const name = page.getByRole('textbox', { name: 'Project name' })
  await name.fill('mine')
  await page.keyboard.press('Enter')
  await workbench.example('New project')
  await expect(name).toHaveValue('untitled')
  await workbench.runToEnd()
  await expect(workbench.result).toContainText('"Hello"')
  await page.getByRole('button', { name: 'Restore my edits' }).click()
  await expect(name).toHaveValue('mine')

  await page.keyboard.press('F1')
  await page.getByRole('combobox', { name: 'Command' }).fill('new project')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Example' })).toHaveValue('untitled')
  const notice = page.locator('.notice', { hasText: 'Your edits of mine are set aside' })
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notice).toHaveCount(0)
  await page.keyboard.press('F1')
  await page.getByRole('combobox', { name: 'Command' }).fill('set aside')
  await page.keyboard.press('Enter')
  await expect(name).toHaveValue('mine')
})
