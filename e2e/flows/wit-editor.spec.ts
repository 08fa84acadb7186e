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
})
