import { expect, test, type Page } from '@playwright/test'
import { Workbench } from '../workbench.ts'

const wit = `package demo:shop;

interface host {
  record person { first-name: string, age: u32 }
  enum colour { dark-red, blue }
  log-it: func(text: string, colour: colour);
}

world shop {
  import host;
  import wasi:random/random@0.2.12;
  use host.{person};
  export greet-all: func(who: person) -> string;
}
`
const main = `import { logIt, type Person } from 'demo:shop/host'
import { getRandomU64 } from 'wasi:random/random@0.2.12'

export function greetAll(who: Person): string {
  logIt(who.firstName, 'dark-red')
  return who.firstName + getRandomU64()
}
`

type Pane = 'WIT editor' | 'TypeScript editor'

async function open(page: Page, world = wit, entry = main): Promise<Workbench> {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile('world.wit', world)
  await workbench.setFile('main.ts', entry)
  await expect.poll(() => page.evaluate(() => window.__witcraft.getState().prepared?.world.name)).toBe('demo:shop/shop')
  // TypeScript has the types of this world now.
  await workbench.showProblems()
  await expect(workbench.problems.getByRole('button', { name: /main\.ts/ })).toHaveCount(0)
  return workbench
}

const text = (page: Page, file: string): Promise<string | undefined> =>
  page.evaluate((path) => window.__witcraft.getState().project.files[path], file)

const input = (page: Page, pane: Pane) => page.getByRole('region', { name: pane }).locator('.monaco-editor textarea')

/** Puts the cursor at a place of a file where `|` stands. */
async function cursorAt(page: Page, pane: Pane, marked: string): Promise<void> {
  const content = (await text(page, pane === 'WIT editor' ? 'world.wit' : 'main.ts')) ?? ''
  const offset = content.indexOf(marked.replace('|', '')) + marked.indexOf('|')
  const line = content.slice(0, offset).split('\n').length
  const column = offset - content.lastIndexOf('\n', offset - 1)
  await input(page, pane).first().focus()
  await page.keyboard.press('Control+G')
  await page.keyboard.type(`${line},${column}`)
  await page.keyboard.press('Enter')
  await expect(page.locator('.quick-input-widget:visible')).toHaveCount(0)
  await expect(input(page, pane).first()).toBeFocused()
}

/** The line of an editor that has the focus, as it stands there. */
const cursorLine = async (page: Page, pane: Pane): Promise<number> => {
  await expect(input(page, pane).first()).toBeFocused()
  return Number(await page.getByRole('region', { name: pane }).locator('.active-line-number').first().textContent())
}

test('F12 leads from the code to what it names in the WIT, and from an export to its declaration', async ({ page }) => {
  await open(page)
  for (const [from, line] of [
    ['  log|It(who', 6],
    ['who.first|Name, ', 4],
    ["'demo:shop/ho|st'", 3],
    ['type Per|son', 4],
    ['function greet|All', 13],
  ] as const) {
    await cursorAt(page, 'TypeScript editor', from)
    await page.keyboard.press('F12')
    await expect.poll(() => cursorLine(page, 'WIT editor')).toBe(line)
  }
})

test('F12 shows a function of WASI where it was asked for, at its declaration', async ({ page }) => {
  await open(page)
  await cursorAt(page, 'TypeScript editor', 'getRandom|U64()')
  await page.keyboard.press('F12')
  const editor = page.getByRole('region', { name: 'TypeScript editor' })
  const head = editor.getByRole('status').filter({ hasText: 'Read-only' })
  await expect(head).toContainText('wasi:random@0.2.12')
  await expect(editor.locator('.view-line').filter({ hasText: 'get-random-u64: func' })).toBeInViewport()
  await page.keyboard.press('Escape')
  await expect(head).toHaveCount(0)
  await expect.poll(() => cursorLine(page, 'TypeScript editor')).toBe(6)
})

test('F12 shows the text of a library, which TypeScript does not read a second time', async ({ page }) => {
  const workbench = await open(page)
  const code = `${main}\nexport const host = (link: string): string => new URL(link).host\n`
  await workbench.setFile('main.ts', code)
  await cursorAt(page, 'TypeScript editor', 'new UR|L')
  await page.keyboard.press('F12')
  const editor = page.getByRole('region', { name: 'TypeScript editor' })
  const head = editor.getByRole('status').filter({ hasText: 'Read-only' })
  await expect(head).toContainText('engine.d.ts')
  await expect(editor.locator('.view-line').filter({ hasText: 'declare class URL {' })).toBeInViewport()
  await page.keyboard.type('x')
  await expect(page.locator('.monaco-editor-overlaymessage')).toContainText(
    'engine.d.ts can only be read. Esc goes back to your code.',
  )
  await editor.getByRole('button', { name: /^Back to main.ts/ }).click()
  await expect(head).toHaveCount(0)
  expect(await text(page, 'main.ts')).toBe(code)
  await expect(workbench.problems.getByRole('listitem').filter({ hasText: /URL|Duplicate/ })).toHaveCount(0)
  // It is the same text the second time.
  await cursorAt(page, 'TypeScript editor', 'new UR|L')
  await page.keyboard.press('F12')
  await expect(head).toContainText('engine.d.ts')
})

test('from the WIT, Ctrl+F12 leads to the implementation, and Shift+F12 lists the code too', async ({ page }) => {
  await open(page)
  await cursorAt(page, 'WIT editor', 'export greet|-all')
  await page.keyboard.press('Control+F12')
  await expect.poll(() => cursorLine(page, 'TypeScript editor')).toBe(4)
  await cursorAt(page, 'WIT editor', 'first|-name')
  await page.keyboard.press('Shift+F12')
  const found = page.locator('.peekview-widget')
  await expect(found).toContainText('main.ts')
  await expect(found).toContainText('world.wit')
})

async function rename(page: Page, name: string): Promise<void> {
  await page.keyboard.press('F2')
  await expect(page.getByRole('textbox', { name: /Rename input/ })).toBeFocused()
  await page.keyboard.press('Control+A')
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
}

test('F2 in the WIT renames in the code, in one step of each file', async ({ page }) => {
  await open(page)
  await cursorAt(page, 'WIT editor', 'first|-name')
  await rename(page, 'given-name')
  await expect.poll(() => text(page, 'world.wit')).toBe(wit.replace('first-name', 'given-name'))
  await expect.poll(() => text(page, 'main.ts')).toBe(main.replaceAll('firstName', 'givenName'))
  await input(page, 'TypeScript editor').first().focus()
  await page.keyboard.press('Control+Z')
  await expect.poll(() => text(page, 'main.ts')).toBe(main)
  await input(page, 'WIT editor').first().focus()
  await page.keyboard.press('Control+Z')
  await expect.poll(() => text(page, 'world.wit')).toBe(wit)
})

test('F2 in the WIT renames what code throws and returns that names no type', async ({ page }) => {
  const world = `package demo:shop;
interface cart {
  enum refusal { sold-out }
  record line { item-name: string }
  take: func() -> result<line, refusal>;
}
world shop { export cart; }
`
  const code = `export const cart = {
  take() {
    if (Math.random() > 2) throw 'sold-out'
    return { itemName: 'tea' }
  },
}
`
  await open(page, world, code)
  await cursorAt(page, 'WIT editor', '{ sold|-out')
  await rename(page, 'gone')
  await expect.poll(() => text(page, 'main.ts')).toBe(code.replace('sold-out', 'gone'))
  await cursorAt(page, 'WIT editor', 'item|-name')
  await rename(page, 'title')
  await expect.poll(() => text(page, 'main.ts')).toBe(code.replace('sold-out', 'gone').replace('itemName', 'title'))

  // From the text in the code as well.
  await cursorAt(page, 'TypeScript editor', "'go|ne'")
  await rename(page, 'all-sold')
  await expect.poll(() => text(page, 'world.wit')).toContain('enum refusal { all-sold }')
  await expect.poll(() => text(page, 'main.ts')).toContain("throw 'all-sold'")
  await cursorAt(page, 'TypeScript editor', "'all-|sold'")
  await page.keyboard.press('F12')
  await expect.poll(() => cursorLine(page, 'WIT editor')).toBe(3)
})

test('F2 in the code renames in the WIT what belongs to it', async ({ page }) => {
  await open(page)
  await cursorAt(page, 'TypeScript editor', '  log|It(who')
  await rename(page, 'writeLine')
  await expect.poll(() => text(page, 'world.wit')).toBe(wit.replace('log-it', 'write-line'))
  await expect.poll(() => text(page, 'main.ts')).toBe(main.replaceAll('logIt', 'writeLine'))
})

test('the chosen world and saved calls follow their names, and undo takes them back', async ({ page }) => {
  await open(page)
  const project = () =>
    page.evaluate(() => {
      const { world, calls } = window.__witcraft.getState().project
      return { world, calls }
    })
  await page.evaluate(() => {
    const { project } = window.__witcraft.getState()
    return window.__witcraft.openProject({
      ...project,
      world: 'shop',
      calls: ['greet-all({first-name: "Ada", age: 1})'],
    })
  })
  await expect.poll(() => page.evaluate(() => window.__witcraft.getState().prepared?.world.name)).toBe('demo:shop/shop')
  await cursorAt(page, 'WIT editor', 'export greet|-all')
  await rename(page, 'welcome')
  await expect.poll(project).toEqual({ world: 'shop', calls: ['welcome({first-name: "Ada", age: 1})'] })
  await cursorAt(page, 'WIT editor', 'world sh|op')
  await rename(page, 'market')
  await expect.poll(async () => (await project()).world).toBe('market')
  await input(page, 'WIT editor').first().focus()
  await page.keyboard.press('Control+Z')
  await expect.poll(async () => (await project()).world).toBe('shop')
})

test('the values of saved calls and of the call line follow the names in their types, and undo takes them back', async ({
  page,
}) => {
  await open(page)
  const said = () =>
    page.evaluate(() => {
      const { project, call } = window.__witcraft.getState()
      return [...(project.calls ?? []), call]
    })
  const calls = ['greet-all({first-name: "Ada", age: 1}) // first-name', 'greet-all({first-name: 7})']
  await page.evaluate((saved) => {
    const { project } = window.__witcraft.getState()
    return window.__witcraft.openProject({ ...project, calls: saved })
  }, calls)
  await expect.poll(() => page.evaluate(() => window.__witcraft.getState().prepared?.world.name)).toBe('demo:shop/shop')
  await cursorAt(page, 'WIT editor', 'first|-name')
  await rename(page, 'given-name')
  const followed = 'greet-all({given-name: "Ada", age: 1})'
  await expect.poll(said).toEqual([`${followed} // first-name`, calls[1], followed])
  await input(page, 'WIT editor').first().focus()
  await page.keyboard.press('Control+Z')
  await expect.poll(said).toEqual([...calls, 'greet-all({first-name: "Ada", age: 1})'])
})

test('the box of a renaming says why a name is not possible, and keeps it', async ({ page }) => {
  await open(page)
  const box = page.getByRole('textbox', { name: /Rename input/ })
  await cursorAt(page, 'WIT editor', 'first|-name')
  await rename(page, 'given_name')
  await expect(box).toHaveAccessibleDescription(/underscore.*Write given-name\.$/)
  await expect(box).toHaveValue('given_name')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('age')
  await expect(box).toHaveAccessibleDescription('')
  await page.keyboard.press('Enter')
  await expect(box).toHaveAccessibleDescription(/age cannot be the name/)
  await page.keyboard.press('Escape')
  await expect(box).toBeHidden()
  expect(await text(page, 'world.wit')).toBe(wit)

  await cursorAt(page, 'TypeScript editor', '  log|It(who')
  await rename(page, 'write_line')
  await expect(box).toHaveAccessibleDescription('Write writeLine: the WIT has this name too.')
  await page.keyboard.press('Escape')
  await cursorAt(page, 'TypeScript editor', 'getRandom|U64 }')
  await rename(page, 'dice')
  await expect.poll(() => text(page, 'main.ts')).toContain('import { getRandomU64 as dice }')
  expect(await text(page, 'main.ts')).toContain('+ dice()')
})

test('a quote behind from offers what the world imports and the files, and braces the names in it', async ({
  page,
}) => {
  const workbench = await open(page)
  await workbench.setFile('lib/math.ts', 'export const two = 2\n')
  await workbench.setFile('main.ts', `import {  } from \n${main}`)
  const list = page.locator('.suggest-widget:visible')
  await cursorAt(page, 'TypeScript editor', 'import {  } from |')
  await page.keyboard.type("'")
  await expect(list.locator('.monaco-list-row').first()).toContainText('demo:shop/host')
  await expect(list.locator('.monaco-list-row', { hasText: './lib/math.ts' })).toBeVisible()
  await page.keyboard.type('demo:shop/hos')
  await expect(list.locator('.monaco-list-row')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect.poll(() => text(page, 'main.ts')).toBe(`import {  } from 'demo:shop/host'\n${main}`)
  await cursorAt(page, 'TypeScript editor', 'import { | }')
  await page.keyboard.type('log')
  await expect(list.locator('.monaco-list-row.focused')).toContainText('logIt')
  await page.keyboard.press('Enter')
  await expect.poll(() => text(page, 'main.ts')).toContain('import { logIt } from')
})
