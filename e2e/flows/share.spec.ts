import { readFile } from 'node:fs/promises'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { exampleFile, Workbench } from '../workbench.ts'

const banner = (page: Page): Locator => page.getByText('Opened from a link. Nothing has run yet.')
const share = (page: Page): Locator => page.getByRole('dialog', { name: /^Share / })

async function project(page: Page): Promise<{ files: Record<string, string>; opened: number; status: string }> {
  return page.evaluate(() => {
    const { project: open, opened, run } = window.__witcraft.getState()
    return { files: { ...open.files }, opened, status: run.status }
  })
}

async function linkOf(page: Page, target = {}): Promise<string> {
  return page.evaluate((to) => window.__witcraft.shareLink(to), target)
}

const greeting = 'export function greet(name: string): string {\n  return `Good evening, ${name}`\n}\n'

test('a link opens the same project in another browser, and runs only when it is told to', async ({
  page,
  browser,
}) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile('main.ts', greeting)
  await workbench.callLine.fill('greet("Grace")')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const input = share(page).getByRole('textbox', { name: 'Link' })
  await expect(input).toHaveValue(/#v1\.[\w-]+$/)
  const link = await input.inputValue()
  await expect(page).toHaveURL(link)

  const context = await browser.newContext()
  const sandboxes: string[] = []
  const other = await context.newPage()
  other.on('frameattached', (frame) => sandboxes.push(frame.url()))
  await other.goto(link)
  await expect(banner(other)).toBeVisible()
  expect(await project(other)).toEqual({
    files: { 'world.wit': exampleFile('hello', 'world.wit'), 'main.ts': greeting },
    opened: 1,
    status: 'idle',
  })
  expect(sandboxes).toEqual([])
  await other.getByRole('button', { name: 'Run this project' }).click()
  await expect(new Workbench(other).result).toContainText('"Good evening, Grace"')
  await expect(banner(other)).toBeHidden()
  await context.close()
})

test('sharing needs the keyboard only: Ctrl+S, then Enter copies', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const workbench = new Workbench(page)
  await workbench.open()
  await page.keyboard.press('ControlOrMeta+s')
  await expect(share(page).getByRole('button', { name: 'Copy link' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(share(page).getByRole('status')).toHaveText('Link copied')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(await share(page).getByRole('textbox', { name: 'Link' }).inputValue())
  await page.keyboard.press('Escape')
  await expect(share(page)).toBeHidden()
})

test('where copying is not allowed the link is selected instead', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  const workbench = new Workbench(page)
  await workbench.open()
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await share(page).getByRole('button', { name: 'Copy link' }).click()
  await expect(share(page).getByRole('status')).toContainText('is selected')
  const input = share(page).getByRole('textbox', { name: 'Link' })
  await expect(input).toHaveValue(/#v1/)
  const length = (await input.inputValue()).length
  expect(await input.evaluate((each: HTMLInputElement) => [each.selectionStart, each.selectionEnd])).toEqual([
    0,
    length,
  ])
})

test('a link shows the file and the panel that were chosen for it', async ({ page, browser }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await page.getByRole('tab', { name: 'Clock & Env', exact: true }).click()
  await page.getByRole('tab', { name: 'main.ts' }).click()
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await share(page).getByRole('checkbox', { name: 'Open at this file' }).check()
  await share(page).getByRole('checkbox', { name: 'Open with this panel' }).check()
  const input = share(page).getByRole('textbox', { name: 'Link' })
  await expect(input).toHaveValue(/&file=main\.ts&panel=world$/)
  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(await input.inputValue())
  await expect(banner(other)).toBeVisible()
  await expect(other.getByRole('tab', { name: 'Clock & Env', exact: true })).toHaveAttribute('aria-selected', 'true')
  await context.close()
})

test('a link to a line puts the cursor there', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const link = await linkOf(page, { file: 'main.ts', line: 3 })
  await page.goto('about:blank')
  await page.goto(link)
  const editor = page.getByRole('textbox', { name: /TypeScript editor/ })
  await expect(editor).toBeFocused()
  await page.keyboard.insertText('// here')
  const third = (text = ''): string => text.split('\n')[2] ?? ''
  await expect
    .poll(async () => third((await project(page)).files['main.ts']))
    .toBe(`// here${third(exampleFile('hello', 'main.ts'))}`)
})

for (const [what, hash, says] of [
  ['a damaged link', '#v1.nonsense!', 'is damaged'],
  ['a link of a later version', '#v9.q1YqTs5I', 'version 9'],
  ['an address that is no link', '#intro', 'is not a Witcraft link'],
] as const)
  test(`${what} is explained, and an example is one press away`, async ({ page }) => {
    await page.goto(`/${hash}`)
    const refusal = page.getByRole('alert').filter({ hasText: 'This link was not opened' })
    await expect(refusal).toContainText(says)
    expect((await project(page)).files).toEqual({})
    await refusal.getByRole('button', { name: 'Open an example' }).click()
    await expect(refusal).toBeHidden()
    expect(Object.keys((await project(page)).files)).toEqual(['world.wit', 'main.ts'])
    await expect(page).toHaveURL(/\/$/)
  })

test('edits survive a link that is opened over them, and one that cannot be opened', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const link = await linkOf(page)
  await page.getByRole('textbox', { name: /TypeScript editor/ }).focus()
  await page.keyboard.insertText('// mine\n')
  const mine = (): Promise<string | undefined> => project(page).then(({ files }) => files['main.ts'])
  await expect.poll(mine).toContain('// mine')

  await page.evaluate(() => (location.hash = '#v1.broken'))
  await expect(page.getByText('This link is damaged', { exact: false })).toBeVisible()
  expect(await mine()).toContain('// mine')

  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash)
  await expect(banner(page)).toBeVisible()
  expect(await mine()).not.toContain('// mine')
  await page.getByRole('button', { name: 'Restore my edits' }).click()
  await expect.poll(mine).toContain('// mine')
})

test('a project goes out as a file and comes back', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A resource with methods')
  const before = await project(page)
  await page.getByRole('button', { name: 'Export' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download project' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('resource.witcraft.json')
  const path = await download.path()
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ schema: 1, name: 'resource', files: before.files })

  await workbench.example('Hello')
  await page.getByRole('button', { name: 'Export' }).click()
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open project file…' }).click()
  await (await choosing).setFiles(path)
  await expect(page.getByText('Opened from a file. Nothing has run yet.')).toBeVisible()
  expect((await project(page)).files).toEqual(before.files)
})

test('a file that is no project is refused in words', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await page.getByRole('button', { name: 'Export' }).click()
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open project file…' }).click()
  await (await choosing).setFiles({ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('[1]') })
  await expect(page.getByText('notes.json does not hold a project.')).toBeVisible()
  expect((await project(page)).opened).toBe(1)
})

test('a bomb in a link is refused while the page stays usable', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const bomb = await page.evaluate(async () => {
    const packed = await new Response(
      new Blob([new Uint8Array(256 * 1024 * 1024)]).stream().pipeThrough(new CompressionStream('deflate-raw')),
    ).arrayBuffer()
    let text = ''
    for (const each of new Uint8Array(packed)) text += String.fromCharCode(each)
    return `#v1.${btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
  })
  expect(await page.evaluate((hash) => window.__witcraft.openLink(hash), bomb)).toBe(false)
  await expect(page.getByText('more than 8 MiB', { exact: false })).toBeVisible()
  await workbench.runToEnd()
  await expect(workbench.result).toContainText('"Hello, Ada"')
})

test('a project from outside says how to get at what can be called, and that runs nothing', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const open = (wit: string): Promise<void> =>
    page.evaluate(
      (text) =>
        window.__witcraft.openProject({
          schema: 1,
          name: 'sum',
          files: { 'world.wit': text, 'main.ts': 'export const add = (a: number, b: number): number => a + b\n' },
        }),
      wit,
    )
  const lead = page.getByRole('region', { name: 'Before the first call' })
  await expect(lead).toBeHidden()
  await open('package demo:sum;\n\nworld sum {\n  export add: func(a: u32, b: u33) -> u32;\n}\n')
  await expect(lead).toContainText('The WIT has a mistake')
  await lead.getByRole('button').click()
  await expect(page.getByRole('region', { name: 'WIT editor' }).locator('textarea')).toBeFocused()

  await open('package demo:sum;\n\nworld sum {\n  export add: func(a: u32, b: u32) -> u32;\n}\n')
  await lead.getByRole('button', { name: 'Make the form' }).click()
  // The tools come over the network first.
  await expect(page.getByRole('combobox', { name: 'Export' })).toContainText('add', { timeout: 30_000 })
  await expect(lead).toBeHidden()
  await expect(page.locator('#panel-call :focus')).toHaveCount(1)
  expect(await workbench.endedRuns()).toBe(0)
})
