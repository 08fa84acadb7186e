import { expect, test, type Page } from '@playwright/test'
import { Workbench } from '../workbench.ts'
import { violations } from './violations.ts'

/** The screens of the page in the order in which one is reached from the other. */
const screens: readonly { readonly name: string; readonly show: (workbench: Workbench) => Promise<void> }[] = [
  {
    name: 'start',
    async show({ page }) {
      await expect(page.getByRole('textbox', { name: /TypeScript editor/ }).first()).toBeVisible()
    },
  },
  {
    name: 'a result',
    async show(workbench) {
      await workbench.runToEnd()
      await expect(workbench.result).toContainText('"Hello, Ada"')
    },
  },
  {
    name: 'the simulated world',
    async show({ page }) {
      await page.getByRole('tab', { name: 'Clock & Env', exact: true }).click()
      await expect(page.getByRole('tabpanel', { name: 'Clock & Env', exact: true })).toBeVisible()
    },
  },
  {
    name: 'every kind of field, and an error as a result',
    async show(workbench) {
      await workbench.page.getByRole('tab', { name: 'Call', exact: true }).click()
      await workbench.example('A tour of the types')
      await workbench.runToEnd()
      await workbench.example('Results and errors')
      await workbench.runToEnd('demo:results/percent#parse("forty-two")')
      await expect(workbench.result).toContainText('not-a-number')
    },
  },
  {
    name: 'a trap',
    async show(workbench) {
      await workbench.runToEnd('demo:results/percent#explode(3)')
      await expect(workbench.result.getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'handles',
    async show(workbench) {
      await workbench.example('A resource with methods')
      await workbench.runToEnd('demo:bank/accounts#[static]account.open-with("Grace", 500)')
    },
  },
  {
    name: 'output and an exit code',
    async show(workbench) {
      await workbench.example('A command-line program')
      await workbench.runToEnd()
      await expect(workbench.output).toContainText('poem.txt')
    },
  },
  {
    name: 'files, and what a run did to them',
    async show(workbench) {
      const { page } = workbench
      await workbench.example('Files and environment')
      await workbench.runToEnd('save("effective.conf")')
      await page.getByRole('tab', { name: 'Files', exact: true }).click()
      const panel = page.getByRole('region', { name: 'Files of the simulated world' })
      await panel.getByRole('treeitem', { name: /^effective\.conf/ }).click()
      await expect(panel.getByRole('region', { name: /^Changes of/ })).toBeVisible()
    },
  },
  {
    name: 'problems',
    async show(workbench) {
      await workbench.setFile(
        'world.wit',
        'package demo:broken;\n\nworld broken {\n  export greet: func(name strin)\n}\n',
      )
      await workbench.showProblems()
      await expect(workbench.problems.getByRole('listitem').first()).toBeVisible()
    },
  },
  {
    name: 'the commands, some of which cannot run',
    async show({ page }) {
      await page.keyboard.press('F1')
      await page.getByRole('combobox', { name: 'Command' }).fill('stop')
      await expect(page.getByRole('option', { name: /^Stop/ })).toBeDisabled()
    },
  },
  {
    name: 'the keyboard map',
    async show({ page }) {
      await page.getByRole('combobox', { name: 'Command' }).fill('keyboard map')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
    },
  },
  {
    name: 'the settings, with a number that does not fit',
    async show({ page }) {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Settings' }).click()
      await page.getByRole('spinbutton', { name: 'Editor font size' }).fill('99')
      await expect(page.getByRole('dialog', { name: 'Settings' })).toContainText('From 11 to 24')
    },
  },
]

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any screen of a large window, ${theme}`, async ({ page }) => {
    test.slow()
    await page.emulateMedia({ colorScheme: theme })
    const workbench = new Workbench(page)
    await workbench.open()
    for (const { name, show } of screens) {
      await show(workbench)
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      expect.soft(await violations(page), name).toEqual([])
    }
  })

  test(`axe finds nothing in any tab of a small window, ${theme}`, async ({ page }) => {
    test.slow()
    await page.emulateMedia({ colorScheme: theme })
    await page.setViewportSize({ width: 390, height: 844 })
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.runToEnd()
    for (const tab of await bottomTabs(page)) {
      await page.getByRole('tablist', { name: 'Views' }).getByRole('tab', { name: tab }).click()
      expect.soft(await violations(page), tab).toEqual([])
    }
  })
}

const bottomTabs = async (page: Page): Promise<string[]> =>
  (await page.getByRole('tablist', { name: 'Views' }).getByRole('tab').allTextContents()).map((name) => name.trim())
