import { expect, test, type Page } from '@playwright/test'
import { Workbench } from '../workbench.ts'

async function openWit(page: Page, wit: string): Promise<Workbench> {
  const workbench = new Workbench(page)
  await workbench.open()
  await page.evaluate((text) => window.__witcraft.setFile('world.wit', text), wit)
  await page.getByRole('region', { name: 'WIT editor' }).locator('.monaco-editor textarea').focus()
  return workbench
}

const wit = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => window.__witcraft.getState().project.files['world.wit'])

test('WIT is formatted on request, undone by one step, and left alone where it cannot be read', async ({ page }) => {
  const untidy = 'package demo:hello;\nworld hello{export greet:func( name:string )->string;} // end'
  await openWit(page, untidy)
  await page.keyboard.press('Shift+Alt+F')
  await expect
    .poll(() => wit(page))
    .toBe('package demo:hello;\n\nworld hello {\n  export greet: func(name: string) -> string;\n} // end\n')
  await page.keyboard.press('Control+Z')
  await expect.poll(() => wit(page)).toBe(untidy)

  const broken = 'package demo:hello;\nworld hello { export greet func(); }'
  await page.evaluate((text) => window.__witcraft.setFile('world.wit', text), broken)
  await page.keyboard.press('Shift+Alt+F')
  await expect(page.getByText('The file was not formatted: correct its syntax first.')).toBeVisible()
  expect(await wit(page)).toBe(broken)

  await page.evaluate((text) => window.__witcraft.setFile('world.wit', text), untidy)
  await page.keyboard.press('Shift+Alt+F')
  await expect.poll(() => wit(page)).not.toBe(untidy)
  await expect(page.getByText('The file was not formatted')).toHaveCount(0, { timeout: 4000 })
})

const two = `package demo:hello;

interface types {
  record person { name: string }
}

world hello {
  use types.{person};
  import wasi:clocks/wall-clock@0.2.12;
  export greet: func(who: person) -> string;
}
`

/** Puts the cursor into the WIT editor, at a place of the text where `|` stands. */
async function cursorAt(page: Page, marked: string): Promise<void> {
  const text = (await wit(page)) ?? ''
  const offset = text.indexOf(marked.replace('|', '')) + marked.indexOf('|')
  const line = text.slice(0, offset).split('\n').length
  const column = offset - text.lastIndexOf('\n', offset - 1)
  await page.keyboard.press('Control+G')
  await page.keyboard.type(`${line},${column}`)
  await page.keyboard.press('Enter')
  // The next key is the editor's.
  await expect(page.locator('.quick-input-widget')).toBeHidden()
  await expect(page.getByRole('region', { name: 'WIT editor' }).locator('.monaco-editor textarea')).toBeFocused()
}

/** The line that the editor marks as the one with the cursor. */
const cursorLine = async (page: Page): Promise<number> =>
  Number(await page.getByRole('region', { name: 'WIT editor' }).locator('.active-line-number').textContent())

test('F12 leads from a type in WIT to its definition, and F2 renames it everywhere', async ({ page }) => {
  await openWit(page, two)
  await cursorAt(page, 'who: per|son')
  await page.keyboard.press('F12')
  await expect.poll(() => cursorLine(page)).toBe(4)
  await page.keyboard.press('F2')
  await expect(page.getByRole('textbox', { name: /Rename input/ })).toBeFocused()
  await page.keyboard.type('visitor')
  await page.keyboard.press('Enter')
  await expect.poll(() => wit(page)).toBe(two.replaceAll('person', 'visitor'))
})

test('F12 on a WASI interface shows its text in the whole editor, only to be read, and leads back', async ({
  page,
}) => {
  const workbench = await openWit(page, two)
  const editor = page.getByRole('region', { name: 'WIT editor' })
  const head = editor.getByRole('status').filter({ hasText: 'Read-only' })
  const lookUp = async (): Promise<void> => {
    await editor.locator('.monaco-editor textarea').focus()
    await cursorAt(page, 'wall-cl|ock')
    await page.keyboard.press('F12')
    await expect(head).toContainText('wasi:clocks@0.2.12')
  }
  await lookUp()
  await expect(editor.locator('.view-lines')).toContainText('A time and date in seconds plus nanoseconds.')
  await expect(page.locator('.peekview-widget')).toHaveCount(0)
  const [pane, shown] = [await editor.boundingBox(), await editor.locator('.monaco-editor').first().boundingBox()]
  expect(shown?.width).toBeGreaterThanOrEqual((pane?.width ?? 0) - 2)
  expect(shown?.height).toBeGreaterThan((pane?.height ?? 0) * 0.7)

  // Who types there is told what to do, and has changed nothing.
  await page.keyboard.type('x')
  const message = page.locator('.monaco-editor-overlaymessage')
  await expect(message).toContainText('wasi:clocks@0.2.12 can only be read. Esc goes back to your code.')
  await page.keyboard.press('Escape')
  await expect(head).toHaveCount(0)
  await expect(message).toHaveCount(0)
  expect(await wit(page)).toBe(two)
  await expect.poll(() => cursorLine(page)).toBe(9)
  await expect(editor.locator('.monaco-editor textarea')).toBeFocused()
  await page.keyboard.type('!')
  await expect.poll(() => wit(page)).toBe(two.replace('wall-clock', 'wall-cl!ock'))
  await page.keyboard.press('Backspace')

  // The other ways back: the button, the file's tab, the key that closes a file, and another project.
  await lookUp()
  await editor.getByRole('button', { name: /^Back to world.wit/ }).click()
  await expect(head).toHaveCount(0)
  await lookUp()
  await editor.getByRole('tab', { name: 'world.wit' }).click()
  await expect(head).toHaveCount(0)
  await lookUp()
  await page.keyboard.press('Alt+W')
  await expect(head).toHaveCount(0)
  await expect(editor.getByRole('tab', { name: 'world.wit' })).toBeVisible()
  await lookUp()
  await workbench.example('A resource with methods')
  await expect(head).toHaveCount(0)
  await expect(editor.locator('.view-lines')).toContainText('resource')
})

test('without their documentation the WASI packages are shown as they are', async ({ page }) => {
  let asked = 0
  await page.context().route(/documented-wit-[^/]*\.js$/, (route) => {
    asked += 1
    return route.abort()
  })
  await openWit(page, two)
  await cursorAt(page, 'wall-cl|ock')
  await page.keyboard.press('F12')
  const editor = page.getByRole('region', { name: 'WIT editor' })
  await expect(editor.getByRole('status').filter({ hasText: 'Read-only' })).toContainText('wasi:clocks@0.2.12')
  await expect(editor.locator('.view-lines')).toContainText('now: func() -> datetime;')
  await expect(editor.locator('.view-lines')).not.toContainText('A time and date')
  expect(asked).toBeGreaterThan(0)
})

test('a hover over a type of WASI has its documentation', async ({ page }) => {
  await openWit(page, two.replace('world hello {', 'world hello {\n  use wasi:clocks/wall-clock@0.2.12.{datetime};'))
  await cursorAt(page, '{date|time}')
  await page.keyboard.press('Control+K')
  await page.keyboard.press('Control+I')
  const hover = page.locator('.monaco-hover:visible').first()
  await expect(hover).toContainText('A time and date in seconds plus nanoseconds.')
  await expect(hover).toContainText('in wasi:clocks/wall-clock@0.2.12')
})

test('a hover shows what a name is, in TypeScript and in memory', async ({ page }) => {
  await openWit(page, two.replace('record person', '/// Somebody.\n  record person'))
  await cursorAt(page, 'who: per|son')
  await page.keyboard.press('Control+K')
  await page.keyboard.press('Control+I')
  const hover = page.locator('.monaco-hover:visible').first()
  await expect(hover).toContainText('record person { name: string }')
  await expect(hover).toContainText('Somebody.')
  await expect(hover).toContainText('interface Person')
  await expect(hover).toContainText('in demo:hello/types · 8 bytes, aligned to 4')
})

test('typing WIT offers what can stand there, and takes it with Enter', async ({ page }) => {
  await openWit(page, 'package demo:hello;\n\nworld hello {\n}\n')
  await cursorAt(page, 'world hello {|')
  await page.keyboard.press('Enter')
  const list = page.locator('.suggest-widget')
  const offer = async (typed: string, label: string): Promise<void> => {
    await page.keyboard.type(typed)
    await expect(list.locator('.monaco-list-row.focused')).toContainText(label)
    await page.keyboard.press('Enter')
    await expect(list).toBeHidden()
  }
  await offer('imp', 'import')
  await offer('wasi:random/ran', 'wasi:random/random@0.2.12')
  await page.keyboard.type(';')
  await expect.poll(() => wit(page)).toContain('import wasi:random/random@0.2.12;')
})

test('a mistake in WIT is mended from the menu of the editor, and from the list of problems', async ({ page }) => {
  const broken = two.replace('-> string', '-> int')
  const mended = two.replace('-> string', '-> s32')
  const workbench = await openWit(page, broken)
  await cursorAt(page, '-> i|nt')
  // The editor knows what can be done a moment after the text.
  const menu = page.locator('.action-widget')
  await expect(async () => {
    await page.keyboard.press('Control+.')
    await expect(menu.getByText('Write s32')).toBeVisible({ timeout: 3000 })
  }).toPass()
  await menu.getByText('Write s32').click()
  await expect.poll(() => wit(page)).toBe(mended)
  await page.keyboard.press('Control+Z')
  await expect.poll(() => wit(page)).toBe(broken)

  await workbench.showProblems()
  await workbench.problems.getByRole('button', { name: 'Write s32', exact: true }).click()
  await expect.poll(() => wit(page)).toBe(mended)
  await expect(workbench.problems.getByRole('button', { name: 'Write s32', exact: true })).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'WIT editor' }).locator('.monaco-editor textarea')).toBeFocused()
})

test('what is copied in the editor is pasted there', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openWit(page, 'package demo:hello;\n')
  await cursorAt(page, '|package')
  await page.keyboard.press('Shift+End')
  await page.keyboard.press('Control+C')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect.poll(() => wit(page)).toBe('package demo:hello;\n\n')
  await page.keyboard.press('Control+V')
  await expect.poll(() => wit(page)).toBe('package demo:hello;\npackage demo:hello;\n')
})

test('Enter after a brace breaks the line', async ({ page }) => {
  await openWit(page, 'package demo:hello;\n')
  await cursorAt(page, 'hello;|')
  await page.keyboard.type('\nworld shop ')
  // The editor closes and indents only in lines that it has coloured, which it does where nothing else is to be done.
  const editor = page.getByRole('region', { name: 'WIT editor' })
  await expect(editor.locator('.view-line span span', { hasText: /^world$/ })).toBeVisible()
  await page.keyboard.type('{')
  await page.keyboard.press('Enter')
  await page.keyboard.type('export')
  await expect(page.locator('.suggest-widget .monaco-list-row.focused')).toContainText('export')
  await page.keyboard.press('Escape')
  await expect.poll(() => wit(page)).toContain('world shop {\n  export\n')
})

/** Takes what the menu of the editor offers where the cursor stands. */
async function take(page: Page, title: string): Promise<void> {
  const entry = page.locator('.action-widget').getByText(title, { exact: true })
  // The editor knows what can be done a moment after the text.
  await expect(async () => {
    await page.keyboard.press('Control+.')
    await expect(entry).toBeVisible({ timeout: 3000 })
  }).toPass()
  await entry.click()
}

for (const [title, marked, change] of [
  ['Export types from the world hello', 'interface ty|pes', [/\}\n$/, '  export types;\n}\n']],
  ['Import types into the world hello', 'interface ty|pes', ['world hello {\n', 'world hello {\n  import types;\n']],
  ['Add use types.{person};', 'who: per|son', ['world hello {', 'world hello {\n  use types.{person};']],
  ['Define the record animal', 'who: ani|mal', [/;\n\}\n$/, ';\n\n  record animal {\n    field: string,\n  }\n}\n']],
  ['Define the interface cart', 'export ca|rt', [/$/, '\ninterface cart {\n}\n']],
  ['Write wasi:clocks/wall-clock@0.2.12', 'wall-cl|ock;', ['wall-clock;', 'wall-clock@0.2.12;']],
  ['Write first-name', 'first|Name', ['firstName', 'first-name']],
] as const)
  test(`the menu of the WIT editor has "${title}"`, async ({ page }) => {
    // Each case has the mistake that its action mends.
    const name = marked.replace('|', '')
    const text = two
      .replace('  use types.{person};\n', title.startsWith('Add use') ? '' : '$&')
      .replace('who: person', name.startsWith('who: ') ? name : '$&')
      .replace('name: string', name === 'firstName' ? 'firstName: string' : '$&')
      .replace('wall-clock@0.2.12;', name === 'wall-clock;' ? name : '$&')
      .replace(/\}\n$/, name === 'export cart' ? '  export cart;\n}\n' : '$&')
    await openWit(page, text)
    await cursorAt(page, marked)
    await take(page, title)
    const [from, to] = change
    await expect.poll(() => wit(page)).toBe(text.replace(from, to))
  })

test('a type of WASI is offered where a type can stand, and brings its use along', async ({ page }) => {
  const text = 'package demo:hello;\n\nworld hello {\n  export now: func() -> ;\n}\n'
  await openWit(page, text)
  await cursorAt(page, '-> |;')
  await page.keyboard.type('datet')
  const offered = page.locator('.suggest-widget .monaco-list-row.focused')
  await expect(offered).toContainText('datetime')
  await expect(offered).toContainText('wasi:clocks/wall-clock@0.2.12')
  await page.keyboard.press('Enter')
  const used = text
    .replace('-> ;', '-> datetime;')
    .replace('hello {', 'hello {\n  use wasi:clocks/wall-clock@0.2.12.{datetime};')
  await expect.poll(() => wit(page)).toBe(used)

  await page.evaluate(
    (content) => window.__witcraft.setFile('world.wit', content),
    text.replace('-> ;', '-> datetime;'),
  )
  await cursorAt(page, 'date|time')
  await take(page, 'Add use wasi:clocks/wall-clock@0.2.12.{datetime};')
  await expect.poll(() => wit(page)).toBe(used)
})

test('Shift+F12 lists the places of a name in WIT', async ({ page }) => {
  await openWit(page, two)
  await cursorAt(page, 'record per|son')
  await page.keyboard.press('Shift+F12')
  const found = page.locator('.peekview-widget')
  await expect(found.locator('.monaco-list-row .referenceMatch')).toHaveCount(3)
})

test('a hover over a function shows its signature, in WIT and in TypeScript', async ({ page }) => {
  await openWit(page, two.replace('-> string', '-> result<string, u8>'))
  await cursorAt(page, 'export gre|et')
  await page.keyboard.press('Control+K')
  await page.keyboard.press('Control+I')
  const hover = page.locator('.monaco-hover:visible').first()
  await expect(hover).toContainText('greet: func(who: person) -> result<string, u8>')
  await expect(hover).toContainText('greet(who: Person): string')
  await expect(hover).toContainText('Throws number')
})

test('blocks of WIT fold, and names are coloured by what they are', async ({ page }) => {
  await openWit(page, two)
  const editor = page.getByRole('region', { name: 'WIT editor' })
  const colour = (name: string, nth: number): Promise<string> =>
    editor
      .locator('.view-line span span', { hasText: new RegExp(`^${name}$`) })
      .nth(nth)
      .evaluate((element) => getComputedStyle(element).color)
  // The type in `who: person` is coloured as the type that it names, and not as the name before it.
  await expect.poll(() => editor.locator('.view-line .wit-type').count()).toBe(3)
  await expect(editor.locator('.view-line .wit-function')).toHaveText('greet')
  expect(await colour('person', 2)).toBe(await colour('string', 1))
  await cursorAt(page, 'record per|son')
  await page.keyboard.press('Control+Shift+[')
  await expect(editor.getByText('record person')).toBeHidden()
  await expect(editor.getByText('interface types')).toBeVisible()
  await page.keyboard.press('Control+Shift+]')
  await expect(editor.getByText('record person')).toBeVisible()
})

test('a name with hyphens is one word', async ({ page }) => {
  const text = 'package demo:hello;\n\nworld hello {\n  export first-name: func();\n  export name: func();\n}\n'
  await openWit(page, text)
  const editor = page.getByRole('region', { name: 'WIT editor' })
  await cursorAt(page, 'export na|me')
  await expect(editor.locator('.view-overlays .wordHighlight, .view-overlays .wordHighlightText')).toHaveCount(1)
  await editor.getByText('first-name').dblclick()
  await page.keyboard.type('whole')
  await expect.poll(() => wit(page)).toBe(text.replace('first-name', 'whole'))
})
