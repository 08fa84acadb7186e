import { expect, test, type Locator, type Page } from '@playwright/test'
import { Workbench } from '../workbench.ts'

/** The panel of the files that runs start with. */
class FilesPanel {
  readonly page: Page
  readonly panel: Locator

  constructor(page: Page) {
    this.page = page
    this.panel = page.getByRole('region', { name: 'Files of the simulated world' })
  }
  async show(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Files', exact: true }).click()
    await expect(this.panel).toBeVisible()
  }
  /** The call line is on another tab. */
  async call(workbench: Workbench, call: string): Promise<void> {
    await this.page.getByRole('tab', { name: 'Call', exact: true }).click()
    await workbench.runToEnd(call)
  }
  row(name: string | RegExp): Locator {
    return this.panel.getByRole('treeitem', { name })
  }
  dirs(): Promise<unknown> {
    return this.page.evaluate(() => window.__witcraft.getState().project.wasi?.dirs)
  }
}

const world = `package demo:files;
world files {
  import wasi:filesystem/preopens@0.2.12;
  import wasi:filesystem/types@0.2.12;
  export change: func();
  export read: func(path: string) -> string;
}
`
const main = `import { getDirectories } from 'wasi:filesystem/preopens@0.2.12'
const encode = (text: string) => new TextEncoder().encode(text)
export function change(): void {
  const dir = getDirectories()[0]![0]
  dir.openAt({}, 'a.txt', {}, { write: true }).write(encode('one\\nTWO\\n'), 0n)
  dir.createDirectoryAt('logs')
  dir.openAt({}, 'logs/new.txt', { create: true }, { write: true }).write(encode('fresh'), 0n)
  dir.unlinkFileAt('old.txt')
}
export function read(path: string): string {
  const dir = getDirectories()[0]![0]
  try {
    const [bytes] = dir.openAt({ symlinkFollow: true }, path, {}, { read: true }).read(1000n, 0n)
    return new TextDecoder().decode(bytes)
  } catch (error) {
    return String((error as { payload?: unknown }).payload)
  }
}
`

async function openDemo(page: Page, dirs: object | undefined): Promise<{ workbench: Workbench; files: FilesPanel }> {
  const workbench = new Workbench(page)
  await workbench.open()
  const project = {
    schema: 1,
    name: 'files',
    files: { 'world.wit': world, 'main.ts': main },
    ...(dirs && { wasi: { dirs } }),
    calls: ['change()', 'read("a.txt")'],
  }
  await page.evaluate((given) => window.__witcraft.openProject(given), project)
  return { workbench, files: new FilesPanel(page) }
}

test('a folder is given to programs, filled, and read by a run', async ({ page }) => {
  const { workbench, files } = await openDemo(page, undefined)
  await files.show()
  await files.panel.getByRole('button', { name: 'Add a folder', exact: true }).click()
  const path = files.panel.getByRole('textbox', { name: /^Path under which programs find/ })
  await path.fill('/work')
  await path.press('Enter')
  await expect(files.row('/work')).toBeFocused()

  await files.panel.getByRole('button', { name: 'New file' }).click()
  const name = files.panel.getByRole('textbox', { name: 'Path of the new file' })
  await name.fill('../out')
  await name.press('Enter')
  await expect(files.panel.getByRole('alert')).toContainText('Choose another name')
  await name.fill('notes/a.txt')
  await name.press('Enter')
  await files.panel.getByRole('textbox', { name: 'Text of a.txt' }).fill('written by hand')
  expect(await files.dirs()).toEqual({ '/work': { notes: { 'a.txt': 'written by hand' } } })

  await files.call(workbench, 'read("notes/a.txt")')
  await expect(workbench.result).toContainText('written by hand')
  await files.call(workbench, 'read("../a.txt")')
  await expect(workbench.result).toContainText('not-permitted')
})

test('what a run changed is shown, and kept or thrown away', async ({ page }) => {
  const dirs = { '/data': { 'a.txt': 'one\ntwo\n', 'old.txt': 'old' } }
  const { workbench, files } = await openDemo(page, dirs)
  await files.call(workbench, 'change()')
  await files.show()
  await expect(files.panel.getByRole('status')).toContainText('4 changes in the last run')
  await expect(files.row('logs created')).toBeVisible()
  await expect(files.row(/^new\.txt created/)).toBeVisible()
  await expect(files.row(/^old\.txt removed/)).toBeVisible()
  await files.row(/^a\.txt changed/).click()
  const difference = files.panel.getByRole('region', { name: 'Changes of a.txt' })
  await expect(difference).toContainText('removed: two')
  await expect(difference).toContainText('added: TWO')
  // The project is still what it was.
  expect(await files.dirs()).toEqual(dirs)

  await files.panel.getByRole('region', { name: 'a.txt', exact: true }).getByRole('button', { name: 'Keep' }).click()
  await expect(files.panel.getByRole('textbox', { name: 'Text of a.txt' })).toHaveValue('one\nTWO\n')
  expect(await files.dirs()).toEqual({ '/data': { 'a.txt': 'one\nTWO\n', 'old.txt': 'old' } })

  // What is in a folder is decided on with it.
  await files.row('logs created').click()
  const logs = files.panel.getByRole('region', { name: 'logs' })
  await expect(logs).toContainText('2 changes')
  await logs.getByRole('button', { name: 'Throw away' }).click()
  await expect(files.panel.getByRole('status')).toContainText('One change in the last run')
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(files.panel.getByRole('status')).toContainText('3 changes in the last run')

  await files.row(/^old\.txt removed/).click()
  await files.panel.getByRole('region', { name: 'old.txt' }).getByRole('button', { name: 'Throw away' }).click()
  await expect(files.panel.getByRole('status')).toContainText('2 changes in the last run')
  await files.panel.getByRole('status').getByRole('button', { name: 'Keep all' }).click()
  await expect(files.panel.getByRole('status')).toBeEmpty()
  expect(await files.dirs()).toEqual({
    '/data': { 'a.txt': 'one\nTWO\n', 'old.txt': 'old', logs: { 'new.txt': 'fresh' } },
  })
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(files.panel.getByRole('status')).toContainText('2 changes in the last run')
})

test('a read-only folder is read and not written to', async ({ page }) => {
  const { workbench, files } = await openDemo(page, { '/data': { 'a.txt': 'A', 'old.txt': '' } })
  await files.show()
  await files.row('/data').click()
  await files.panel.getByRole('switch', { name: 'Read-only for programs' }).click()
  await expect(files.row('/data read-only')).toBeVisible()
  expect(await files.dirs()).toEqual({ '/data': { readonly: true, 'a.txt': 'A', 'old.txt': '' } })
  await files.call(workbench, 'read("a.txt")')
  await expect(workbench.result).toContainText('"A"')
  await files.call(workbench, 'change()')
  await expect(workbench.result.getByRole('alert')).toContainText('read-only')
  await files.show()
  await expect(files.panel.getByRole('status')).toBeEmpty()
})

test('files are renamed, deleted and taken back by keyboard, and come from and go to the device', async ({ page }) => {
  const { files } = await openDemo(page, { '/data': { 'a.txt': 'A', sub: { 'b.txt': 'B' } } })
  await files.show()
  await files.row('/data').focus()
  await page.keyboard.press('End')
  await page.keyboard.press('F2')
  await page.keyboard.type('renamed')
  await page.keyboard.press('Enter')
  await expect(files.row(/^renamed\.txt/)).toBeFocused()
  await files.row('sub').focus()
  await page.keyboard.press('Delete')
  await expect(files.row('sub')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(files.row('sub')).toBeVisible()
  expect(await files.dirs()).toEqual({ '/data': { 'renamed.txt': 'A', sub: { 'b.txt': 'B' } } })

  await files.row('sub').click()
  await files.panel
    .getByLabel('Files for programs')
    .setInputFiles({ name: 'c.bin', mimeType: 'application/octet-stream', buffer: Buffer.from([0, 1, 255]) })
  await expect(files.row(/^c\.bin/)).toBeVisible()
  expect(await files.dirs()).toMatchObject({ '/data': { sub: { 'c.bin': { base64: 'AAH/' } } } })
  await files.row(/^c\.bin/).click()
  await expect(files.panel.getByRole('region', { name: 'Bytes' })).toContainText('00 01 ff')
  const download = page.waitForEvent('download')
  await files.panel.getByRole('button', { name: 'Download c.bin' }).click()
  expect((await download).suggestedFilename()).toBe('c.bin')
})

test('dropped files go into the folder that they are dropped on, or into a new one', async ({ page }) => {
  const { files } = await openDemo(page, undefined)
  await files.show()
  const drop = async (target: Locator, name: string): Promise<void> => {
    const dataTransfer = await page.evaluateHandle((given) => {
      const data = new DataTransfer()
      data.items.add(new File(['dropped'], given))
      return data
    }, name)
    for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer })
  }
  await drop(files.panel.getByText('Programs see no files yet'), 'a.txt')
  await expect(files.row(/^a\.txt/)).toBeVisible()
  await files.panel.getByRole('button', { name: 'New folder' }).click()
  await files.panel.getByRole('textbox', { name: 'Path of the new folder' }).fill('sub')
  await page.keyboard.press('Enter')
  await drop(files.row('sub'), 'b.txt')
  await expect(files.row(/^b\.txt/)).toBeVisible()
  expect(await files.dirs()).toEqual({ '/data': { 'a.txt': 'dropped', sub: { 'b.txt': 'dropped' } } })
})

test('the example reads files, lets variables win, and writes what is shown', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('Files and environment')
  await workbench.runToEnd('settings()')
  for (const part of ['localhost', '8080', 'APP_PORT', 'Good morning', 'site.conf'])
    await expect(workbench.result).toContainText(part)
  await workbench.runToEnd('save("../etc/passwd")')
  await expect(workbench.result).toContainText('not-permitted')
  await workbench.runToEnd('save("effective.conf")')
  await expect(workbench.result).toContainText('53')
  const files = new FilesPanel(page)
  await files.show()
  await files.row(/^effective\.conf changed/).click()
  const difference = files.panel.getByRole('region', { name: 'Changes of effective.conf' })
  await expect(difference).toContainText('added: port = 8080')
  await expect(difference).toContainText('removed: port = 80')
})

test('a text is edited in the editor beside the sources, and goes from there when it is deleted', async ({ page }) => {
  const { workbench, files } = await openDemo(page, {
    '/data': { 'poem.md': '# One\n', 'a.ts': 'let a: string = 1\n' },
  })
  await files.show()
  await expect(page.locator('.monaco-editor').first()).toBeVisible()
  const tabs = page.getByRole('tablist', { name: 'Files of the TypeScript editor' })
  const poem = tabs.getByRole('tab', { name: 'poem.md' })
  const value = () => page.evaluate(() => window.__witcraft.getState().project.wasi?.dirs?.['/data']?.['poem.md'])

  // By keyboard, as a source is opened in the explorer: the focus goes along.
  await files.row(/^poem\.md/).focus()
  await page.keyboard.press('Enter')
  await expect(poem).toHaveAttribute('aria-selected', 'true')
  await expect(poem).toHaveAttribute('title', '/data/poem.md: a file of the simulated world')
  const editor = page.getByRole('textbox', { name: /TypeScript editor/ }).first()
  await expect(editor).toBeFocused()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('two')
  await expect.poll(value).toBe('# One\ntwo')
  await expect(files.panel.getByRole('textbox', { name: 'Text of poem.md' })).toHaveValue('# One\ntwo')
  // What the panel writes comes to the editor, and is undone there on its own.
  await files.panel.getByRole('textbox', { name: 'Text of poem.md' }).fill('# Three')
  await expect(page.locator('.view-lines').filter({ hasText: '# Three' })).toBeVisible()
  await editor.focus()
  await page.keyboard.press('Control+z')
  await expect.poll(value).toBe('# One\ntwo')

  // It is data: nobody checks it, and a run reads it.
  await files.row(/^a\.ts/).dblclick()
  await expect(tabs.getByRole('tab', { name: 'a.ts' })).toHaveAttribute('aria-selected', 'true')
  await files.call(workbench, 'read("poem.md")')
  await expect(workbench.result).toContainText('# One\\ntwo')
  const told = () => page.evaluate(() => Object.values(window.__witcraft.getState().diagnostics).flat().length)
  expect(await told()).toBe(0)

  await files.show()
  await files.row(/^poem\.md/).focus()
  await page.keyboard.press('F2')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('sub/verse.md')
  await page.keyboard.press('Enter')
  const verse = tabs.getByRole('tab', { name: 'verse.md' })
  await verse.click()
  await expect(page.locator('.view-lines').filter({ hasText: '# One' })).toBeVisible()
  await page.keyboard.press('Alt+w')
  await expect(verse).toHaveCount(0)
  await page.keyboard.press('Alt+Shift+w')
  await expect(verse).toHaveAttribute('aria-selected', 'true')
  await files.row('sub').focus()
  await page.keyboard.press('Delete')
  await expect(verse).toHaveCount(0)
  await expect(tabs.getByRole('tab', { name: 'a.ts' })).toHaveAttribute('aria-selected', 'true')
})
