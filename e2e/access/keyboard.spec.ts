import { expect, test, type Page } from '@playwright/test'
import { Workbench } from '../workbench.ts'

/** What has the focus, by role and name, as a screen reader would say it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement)) return ''
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((each) => each.innerText) : []
    const name = element.getAttribute('aria-label') ?? (labels.join(' ') || element.innerText)
    return `${element.tagName.toLowerCase()} ${name}`
  })

/** Presses a key until the focus is where it should be; a trap on the way ends the test. */
async function walkTo(page: Page, target: RegExp, key = 'Tab'): Promise<void> {
  const seen: string[] = []
  for (let step = 0; step < 80; step++) {
    const now = await focused(page)
    if (target.test(now)) return
    seen.push(now)
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not lead to ${target}:\n${seen.join('\n')}`)
}

async function replaceAll(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(text)
}

test('by keyboard alone: open, edit both files, leave the editor, run, read the result, share', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const workbench = new Workbench(page)
  await workbench.open()
  await expect(page.getByRole('textbox', { name: /TypeScript editor/ }).first()).toBeVisible()

  // Open another example: a select answers to the first letters of an option.
  await walkTo(page, /^select Example/)
  await page.keyboard.type('Results')
  await expect(workbench.callLine).toHaveValue(/percent#parse/)
  await page.keyboard.press('Home')
  await expect(workbench.callLine).toHaveValue('greet("Ada")')

  // Edit the WIT, and leave the editor, in which Tab belongs to the text.
  await walkTo(page, /WIT editor.*Control M/)
  await page.keyboard.press('Control+Home')
  for (let line = 1; line < 5; line++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Control+Backspace')
  await page.keyboard.type('u32')
  await expect
    .poll(() => page.evaluate(() => window.__witcraft.getState().project.files['world.wit']))
    .toContain('greet: func(name: string) -> u32;\n}')
  await page.keyboard.press('Tab')
  expect(await focused(page)).toMatch(/WIT editor/)
  await expect(page.getByText('lets Tab leave the editor')).toBeVisible()
  await page.keyboard.press('Control+M')
  await walkTo(page, /TypeScript editor/)
  // Tab moves the focus now, until it is told otherwise.
  await replaceAll(page, 'export const greet = (name: string): number => name.length')
  await walkTo(page, /^button Run(?! and)/)
  const before = await workbench.endedRuns()
  await page.keyboard.press('Enter')
  await workbench.ended(before)
  await expect(workbench.result).toContainText('3')
  // What came of it is announced, not only drawn.
  await expect(page.getByRole('status', { name: 'Announcements' })).toContainText('3')

  // The value can be changed and called again, where it stands.
  await walkTo(page, /^input name|^textarea name/)
  await replaceAll(page, 'Grace')
  const second = await workbench.endedRuns()
  await page.keyboard.press('ControlOrMeta+Enter')
  await workbench.ended(second)
  await expect(workbench.result).toContainText('5')

  await walkTo(page, /^button Share/)
  await page.keyboard.press('Enter')
  const share = page.getByRole('dialog', { name: /^Share / })
  await expect(share.getByRole('button', { name: 'Copy link' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(share.getByRole('status')).toHaveText('Link copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
  await page.keyboard.press('Escape')
  expect(await focused(page)).toMatch(/^button Share/)
})

test('Tab goes through the whole page and comes back, once the editors let it', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const editor = page.getByRole('textbox', { name: /TypeScript editor/ }).first()
  await editor.focus()
  await page.keyboard.press('Control+M')
  const seen = new Set<string>()
  for (let step = 0; step < 120; step++) {
    await page.keyboard.press('Tab')
    seen.add(await focused(page))
  }
  const names = [...seen].join('\n')
  for (const control of ['Run', 'Example', 'WIT editor', 'TypeScript editor', 'WAVE call', 'Theme'])
    expect(names).toContain(control)
})

test('F6 walks through the regions, and each keeps its focus visible', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await expect(page.getByRole('textbox', { name: /TypeScript editor/ }).first()).toBeVisible()
  const regions = new Set<string>()
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('F6')
    regions.add(
      await page.evaluate(
        () => document.activeElement?.closest('[data-region]')?.getAttribute('aria-label') ?? 'outside',
      ),
    )
  }
  for (const region of ['WIT editor', 'TypeScript editor', 'Call', 'Terminal']) expect([...regions]).toContain(region)
})
