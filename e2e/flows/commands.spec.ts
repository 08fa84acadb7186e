import { expect, test, type Locator, type Page } from '@playwright/test'
import { Workbench } from '../workbench.ts'

const sourceEditor = (page: Page): Locator =>
  page.getByRole('region', { name: 'TypeScript editor' }).locator('.monaco-editor textarea')

/** The focus is in the editor, where somebody who types has it. */
async function openInEditor(page: Page): Promise<{ workbench: Workbench; editor: Locator }> {
  const workbench = new Workbench(page)
  await workbench.open()
  const editor = sourceEditor(page)
  await editor.focus()
  await expect(editor).toBeFocused()
  return { workbench, editor }
}

test('the palette opens from inside the editor, finds a command, runs it, and gives the focus back', async ({
  page,
}) => {
  const { workbench, editor } = await openInEditor(page)
  const palette = page.getByRole('dialog', { name: 'Commands' })
  const query = palette.getByRole('combobox', { name: 'Command' })
  const chosen = palette.getByRole('option', { selected: true })

  await page.keyboard.press('F1')
  await expect(query).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
  await expect(editor).toBeFocused()

  await page.keyboard.press('Control+Shift+P')
  await page.keyboard.type('exres')
  await expect(chosen).toHaveText(/^Open example: Results and errors/)
  await expect(query).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? '')
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(page.getByRole('combobox', { name: 'Example' })).toHaveValue('results')

  // What was chosen last stands first.
  await page.keyboard.press('F1')
  await expect(palette.getByRole('option').first()).toHaveText(/^Open example: Results and errors/)
  await page.keyboard.press('F1')
  await expect(palette).toBeHidden()

  const before = await workbench.endedRuns()
  await page.keyboard.press('F1')
  await query.fill('call percent parse 420')
  await page.keyboard.press('Enter')
  await workbench.ended(before)
  await expect(workbench.result).toContainText('out-of-range')
})

test('a command that cannot run says why, and the keyboard map names its keys', async ({ page }) => {
  await openInEditor(page)
  await page.keyboard.press('F1')
  const palette = page.getByRole('dialog', { name: 'Commands' })
  await palette.getByRole('combobox').fill('stop')
  const stop = palette.getByRole('option', { name: /^Stop/ })
  await expect(stop).toBeDisabled()
  await expect(stop).toContainText('Nothing is running')
  await page.keyboard.press('Enter')
  await expect(palette).toBeVisible()
  await palette.getByRole('combobox').fill('no such thing')
  await expect(palette).toContainText('No command has these letters')

  await palette.getByRole('combobox').fill('keyboard map')
  await page.keyboard.press('Enter')
  const map = page.getByRole('dialog', { name: 'Keyboard' })
  await expect(map.getByRole('region', { name: 'Run' })).toContainText(/Stop while something runs\s*Ctrl\s*\./)
  await expect(map.getByRole('region', { name: 'Run' })).toContainText(/Call in the form of the call\s*Ctrl\s*↵/)
  await expect(map.getByRole('region', { name: 'Editor' })).toContainText(/Quick fixes while nothing runs\s*Ctrl\s*\./)
  await map.getByRole('button', { name: 'Close' }).click()
  await expect(map).toBeHidden()
})

test('keys work in the editor and leave its text alone', async ({ page }) => {
  const { workbench, editor } = await openInEditor(page)
  const before = await workbench.endedRuns()
  await page.keyboard.press('Control+Enter')
  await workbench.ended(before)
  await expect(workbench.result).toContainText('"Hello, Ada"')

  await workbench.setFile(
    'world.wit',
    'package demo:hello;\n\nworld hello {\n  export greet: func(name: nope) -> string;\n}\n',
  )
  await workbench.showProblems()
  await expect(workbench.problems.getByRole('listitem').first()).toBeVisible()
  await editor.focus()
  await page.keyboard.press('F8')
  await expect(page.getByRole('region', { name: 'WIT editor' }).locator('textarea')).toBeFocused()
  await page.keyboard.press('Control+2')
  await expect(editor).toBeFocused()
  expect(await page.evaluate(() => window.__witcraft.getState().project.files['main.ts'])).not.toContain('\n\n')
})

test('long lines are wrapped in small windows, and wherever it is asked for', async ({ page }) => {
  const { workbench, editor } = await openInEditor(page)
  await workbench.setFile('main.ts', `export const greet = () => '${'long '.repeat(80)}'\n`)
  const lines = page.getByRole('region', { name: 'TypeScript editor' }).locator('.view-line')
  // The text is one line, and a last empty one.
  await expect(lines).toHaveCount(2)
  await editor.focus()
  await page.keyboard.press('Alt+z')
  await expect.poll(() => lines.count()).toBeGreaterThan(3)
  await page.keyboard.press('Alt+z')
  await expect(lines).toHaveCount(2)

  await page.getByRole('button', { name: 'Settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(
    settings.getByRole('group', { name: 'Wrap long lines' }).getByRole('radio', { name: 'never' }),
  ).toBeChecked()
  await settings.getByRole('radio', { name: 'auto' }).check({ force: true })
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 390, height: 844 })
  await expect.poll(() => page.locator('.monaco-editor .view-line').count()).toBeGreaterThan(3)
})

test('settings take effect at once and survive a reload', async ({ page }) => {
  await openInEditor(page)
  const settings = page.getByRole('dialog', { name: 'Settings' })
  const line = page.getByRole('region', { name: 'TypeScript editor' }).locator('.view-line').first()
  await expect(line).toHaveCSS('font-size', '12px')

  await page.getByRole('button', { name: 'Settings' }).click()
  const size = settings.getByRole('spinbutton', { name: 'Editor font size' })
  await size.fill('18')
  await expect(line).toHaveCSS('font-size', '18px')
  await size.fill('99')
  await expect(settings).toContainText('From 11 to 24. Still 18.')
  await expect(size).toHaveAttribute('aria-invalid', 'true')
  await settings.getByRole('radio', { name: 'dark' }).check({ force: true })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Settings' })).toBeFocused()

  await page.reload()
  await expect(line).toHaveCSS('font-size', '18px')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('button', { name: 'Settings' }).click()
  await settings.getByRole('button', { name: 'Reset to defaults' }).click()
  await expect(line).toHaveCSS('font-size', '12px')
  await expect(size).toHaveValue('12')
})

test('the time limit of the settings ends a loop', async ({ page }) => {
  const { workbench } = await openInEditor(page)
  await page.getByRole('button', { name: 'Settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('spinbutton', { name: 'Time limit' }).fill('300')
  await page.keyboard.press('Escape')
  await workbench.setFile('main.ts', 'export function greet(name: string): string {\n  for (;;) {}\n}\n')
  await workbench.runToEnd('greet("Ada")')
  await expect(workbench.result.getByRole('alert')).toContainText(/0\.3 s|300 ms/)
  await workbench.result.getByRole('button', { name: 'Change the time limit' }).click()
  await expect(settings.getByRole('spinbutton', { name: 'Time limit' })).toHaveValue('300')
  await expect(settings.getByRole('spinbutton', { name: 'Time limit' })).toBeFocused()
  await page.keyboard.press('Escape')
  // Where the project has a limit of its own, that is the one that holds.
  await page.evaluate(() =>
    window.__witcraft.openProject({
      ...window.__witcraft.getState().project,
      wasi: { limits: { milliseconds: 200 } },
    }),
  )
  await workbench.runToEnd('greet("Ada")')
  await workbench.result.getByRole('button', { name: 'Change the time limit' }).click()
  await expect(page.getByRole('textbox', { name: 'Time limit, ms' })).toHaveValue('200')
})

test('a run follows an edit where the settings say so, and Save where they say that', async ({ page }) => {
  const { workbench } = await openInEditor(page)
  const choose = async (choice: string): Promise<void> => {
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('dialog').getByRole('combobox', { name: 'Run' }).selectOption({ label: choice })
    await page.keyboard.press('Escape')
  }
  const greeting = (word: string): Promise<void> =>
    workbench.setFile('main.ts', `export const greet = (name: string): string => \`${word} \${name}\`\n`)
  await choose('Also after each edit')
  await greeting('Welcome')
  await expect(workbench.result).toContainText('"Welcome Ada"')
  await choose('Also when I save')
  await greeting('Goodbye')
  await page.keyboard.press('Control+S')
  await expect(workbench.result).toContainText('"Goodbye Ada"')
})
