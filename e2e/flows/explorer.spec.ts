import { expect, test, type Page } from '@playwright/test'
import { violations } from '../access/violations.ts'
import { Workbench } from '../workbench.ts'

const tree = (page: Page) => page.getByRole('tree', { name: 'Project files' })
const row = (page: Page, name: string | RegExp) => tree(page).getByRole('treeitem', { name })
const sources = (page: Page) => page.getByRole('region', { name: 'TypeScript editor' })
const tab = (page: Page, name: string) => sources(page).getByRole('tab', { name })

async function createFile(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'New file' }).click()
  await page.getByRole('textbox', { name: 'Path of the new file' }).fill(path)
  await page.keyboard.press('Enter')
}

/** Drops files onto an element as a browser does it with those of the desktop. */
async function drop(page: Page, target: string, files: readonly { name: string; content: string }[]): Promise<void> {
  const transfer = await page.evaluateHandle((contents) => {
    const data = new DataTransfer()
    for (const { name, content } of contents) data.items.add(new File([content], name))
    return data
  }, files)
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent(target, type, { dataTransfer: transfer })
}

test('a file is created in a folder, imported and run', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await createFile(page, 'lib/math.ts')
  await expect(row(page, 'math.ts')).toHaveAttribute('aria-level', '2')
  await expect(tab(page, 'math.ts')).toHaveAttribute('aria-selected', 'true')
  const editor = sources(page).getByRole('textbox', { name: /TypeScript editor/ })
  await expect(editor).toBeFocused()
  await page.keyboard.type("export const shout = (text: string): string => text.toUpperCase() + '!'")
  await row(page, 'main.ts').click()
  await editor.focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(
    "import { shout } from './lib/math.ts'\nexport const greet = (name: string): string => shout(name)",
  )
  await workbench.runToEnd()
  await expect(workbench.result).toContainText('"ADA!"')
})

test('a name that cannot be used is refused where it is typed', async ({ page }) => {
  await new Workbench(page).open()
  await page.getByRole('button', { name: 'New file' }).click()
  const name = page.getByRole('textbox', { name: 'Path of the new file' })
  await name.fill('../up.ts')
  await name.press('Enter')
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByRole('alert').filter({ hasText: 'Leave out ..' })).toBeVisible()
  await name.fill('main.ts')
  await name.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'main.ts exists already' })).toBeVisible()
  await name.press('Escape')
  await expect(name).toBeHidden()
  await expect(tree(page).getByRole('treeitem')).toHaveCount(2)
})

test('a renamed entry still runs', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await row(page, 'main.ts').click()
  await page.keyboard.press('F2')
  const name = page.getByRole('textbox', { name: 'New path of main.ts' })
  await name.fill('src/hello.ts')
  await name.press('Enter')
  await expect(row(page, 'hello.ts')).toBeFocused()
  await expect(tab(page, 'hello.ts')).toBeVisible()
  await workbench.runToEnd()
  await expect(workbench.result).toContainText('"Hello, Ada"')
})

test('a deleted file comes back with Undo', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await row(page, 'main.ts').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(row(page, 'main.ts')).toHaveCount(0)
  await expect(sources(page)).toContainText('No file is open')
  await workbench.runToEnd()
  await expect(workbench.result).toContainText('no main.ts')
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click()
  await expect(tab(page, 'main.ts')).toHaveAttribute('aria-selected', 'true')
  await workbench.runToEnd()
  await expect(workbench.result).toContainText('"Hello, Ada"')
})

test('dropped files are added, and what is no text says so', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await drop(page, '.file-tree', [
    { name: 'names.json', content: '{ "greeting": "Good day" }' },
    { name: 'photo.png', content: '\0\u0001' },
  ])
  await expect(row(page, 'names.json')).toBeVisible()
  await expect(page.getByText('photo.png was left out: it is not text.')).toBeVisible()
  await workbench.setFile(
    'main.ts',
    "import names from './names.json'\nexport const greet = (name: string): string => `${names.greeting}, ${name}`",
  )
  await workbench.runToEnd()
  await expect(workbench.result).toContainText('"Good day, Ada"')
  await workbench.showProblems()
  await expect(workbench.problems).toContainText('No problems found')
})

test('the whole tree is walked by keyboard', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  for (const path of ['lib/math.ts', 'lib/text.ts']) await workbench.setFile(path, 'export {}')
  await row(page, 'world.wit').focus()
  await page.keyboard.press('End')
  await expect(row(page, 'text.ts')).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(row(page, 'lib 2 files')).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(row(page, /^lib/)).toHaveAttribute('aria-expanded', 'false')
  await expect(row(page, 'text.ts')).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(row(page, 'math.ts')).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('m')
  await expect(row(page, 'main.ts')).toBeFocused()
  await page.keyboard.press('m')
  await expect(row(page, 'math.ts')).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(row(page, 'math.ts')).toHaveCount(0)
  await expect(row(page, 'text.ts')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+Z')
  await expect(row(page, 'math.ts')).toBeVisible()
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menuitem', { name: 'Open' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Rename or move' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(row(page, 'text.ts')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(sources(page).getByRole('textbox', { name: /TypeScript editor/ })).toBeFocused()
  await expect(tab(page, 'text.ts')).toHaveAttribute('aria-selected', 'true')
})

test('a file moves into a folder by drag', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile('lib/math.ts', 'export {}')
  await workbench.setFile('text.ts', 'export {}')
  await row(page, 'text.ts').dragTo(row(page, /^lib/))
  await expect(row(page, 'text.ts')).toHaveAttribute('aria-level', '2')
  await expect(row(page, 'lib 2 files')).toBeVisible()
})

test('tabs close, and open again', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile('a/index.ts', 'export {}')
  await workbench.setFile('b/index.ts', 'export {}')
  await expect(tab(page, 'index.ts a')).toBeVisible()
  await tab(page, 'index.ts b').click()
  await page.keyboard.press('Delete')
  await expect(tab(page, 'index.ts b')).toHaveCount(0)
  await tab(page, 'index.ts').click({ button: 'middle' })
  await expect(sources(page).getByRole('tab')).toHaveCount(1)
  await sources(page)
    .getByRole('textbox', { name: /TypeScript editor/ })
    .focus()
  await page.keyboard.press('Alt+W')
  await expect(sources(page)).toContainText('No file is open')
  await expect(sources(page).getByRole('button', { name: 'main.ts' })).toBeFocused()
  await page.keyboard.press('Alt+Shift+W')
  await expect(tab(page, 'main.ts')).toBeVisible()
  await expect(tree(page).getByRole('treeitem')).toHaveCount(6)
})

test('the outline leads to the place in the WIT', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const outline = page.getByRole('tree', { name: 'Outline of the world' })
  await outline.getByRole('treeitem', { name: 'function greet' }).click()
  const editor = page.getByRole('region', { name: 'WIT editor' }).getByRole('textbox')
  await expect(editor).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+End')
  await page.keyboard.type('export hail: func(name: string) -> string;')
  await expect(outline.getByRole('treeitem', { name: 'function hail' })).toBeVisible()
  await expect(outline.getByRole('treeitem', { name: 'function greet' })).toHaveCount(0)
})

test('the outline has room between a kind and its name', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A resource with methods')
  const outline = page.getByRole('tree', { name: 'Outline of the world' })
  const row = outline.getByRole('treeitem', { name: 'variant refusal' })
  await expect(row).toBeVisible()
  const kind = row.locator('.outline-kind')
  const overlap = await kind.evaluate((each) => {
    const box = each.getBoundingClientRect()
    each.style.width = 'max-content'
    return each.getBoundingClientRect().width - box.width
  })
  expect(overlap).toBeLessThan(-2)
})

test('opening another example sets edits aside, and they come back', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await createFile(page, 'mine.ts')
  await workbench.example('A resource with methods')
  await expect(row(page, 'mine.ts')).toHaveCount(0)
  await page.getByRole('button', { name: 'Restore my edits' }).click()
  await expect(row(page, 'mine.ts')).toBeVisible()
  await expect(tab(page, 'mine.ts')).toHaveAttribute('aria-selected', 'true')
})

test('closing the page asks while there are edits, and only then', async ({ page }) => {
  const workbench = new Workbench(page)
  let asked = 0
  page.on('dialog', (dialog) => {
    asked++
    void dialog.accept()
  })
  await workbench.open()
  await row(page, 'main.ts').click()
  await page.reload()
  expect(asked).toBe(0)
  await workbench.open()
  await createFile(page, 'mine.ts')
  await expect(row(page, 'mine.ts')).toBeVisible()
  await page.reload()
  await expect(row(page, 'mine.ts')).toHaveCount(0)
  expect(asked).toBe(1)
})

test('nothing in the explorer, its menu, its names and its notices keeps anybody out', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  for (const path of ['lib/math.ts', 'b/index.ts', 'index.ts']) await workbench.setFile(path, 'export {}')
  await row(page, 'math.ts').focus()
  await page.keyboard.press('Delete')
  await row(page, 'main.ts').press('Shift+F10')
  await expect(page.getByRole('menu')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.getByRole('menuitem', { name: 'Rename or move' }).click()
  const name = page.getByRole('textbox', { name: 'New path of main.ts' })
  await name.fill('a:b')
  await name.press('Enter')
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  expect(await violations(page)).toEqual([])
  await name.press('Escape')
  await workbench.example('A resource with methods')
  await tab(page, 'main.ts').focus()
  await page.keyboard.press('Delete')
  await expect(sources(page)).toContainText('No file is open')
  expect(await violations(page)).toEqual([])
})
