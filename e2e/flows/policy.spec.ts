import { expect, test, type Locator, type Page } from '@playwright/test'
import { violations } from '../access/violations.ts'
import { Workbench } from '../workbench.ts'

async function showPolicy(page: Page): Promise<Locator> {
  await page.getByRole('tab', { name: 'Policy', exact: true }).click()
  const panel = page.getByRole('tabpanel', { name: 'Policy', exact: true })
  await expect(panel.getByRole('switch').first()).toBeVisible()
  return panel
}

const rowOf = (panel: Locator, name: string): Locator =>
  panel.getByRole('listitem').filter({ has: panel.page().getByRole('switch', { name: `Allow ${name}`, exact: true }) })

test('what a program is denied is refused by the error of its interface, counted and shown', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A command-line program')
  await workbench.runToEnd()
  await expect(workbench.output).toContainText('poem.txt')
  const panel = await showPolicy(page)
  await expect(rowOf(panel, 'wasi:cli/stdout')).toContainText('Used')
  await expect(rowOf(panel, 'wasi:cli/exit')).toContainText('Unused')

  // By keyboard alone: a function without an error of its own ends the run.
  const environment = panel.getByRole('button', { name: /^environment/ })
  await environment.focus()
  await page.keyboard.press('Enter')
  await expect(environment).toHaveAttribute('aria-expanded', 'true')
  await panel.getByRole('switch', { name: 'Allow get-environment of wasi:cli/environment' }).focus()
  await page.keyboard.press('Space')
  await workbench.runToEnd()
  await expect(rowOf(panel, 'get-environment of wasi:cli/environment').last()).toContainText('1 denied')
  await page.getByRole('tab', { name: 'Call', exact: true }).click()
  await expect(workbench.result).toContainText('The policy denies wasi:cli/environment#get-environment')
  await workbench.result.getByRole('button', { name: 'Show the policy' }).click()
  await expect(page.getByRole('tabpanel', { name: 'Policy', exact: true })).toBeVisible()
  expect(await violations(page)).toEqual([])

  // With its package everything goes, and one press brings it all back.
  await panel.getByRole('switch', { name: 'Allow wasi:cli', exact: true }).click()
  await expect(rowOf(panel, 'wasi:cli/stdin')).toContainText('Denied')
  await panel.getByRole('button', { name: 'Allow everything' }).click()
  await workbench.runToEnd()
  await expect(workbench.output).toContainText('poem.txt')
  await expect(rowOf(panel, 'wasi:cli/stdin')).toContainText('Used')
})

test('a denied write gives the program the error of streams, and the program goes on', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A command-line program')
  await workbench.setFile(
    'main.ts',
    `import { getStderr } from 'wasi:cli/stderr@0.2.12'
export const run = {
  run() {
    try {
      getStderr().write(new Uint8Array([104, 105]))
    } catch (error) {
      console.log('refused with ' + (error as ComponentError<{ tag: string }>).payload.tag)
    }
  },
}
`,
  )
  await page.evaluate(() => {
    const { project } = window.__witcraft.getState()
    const call = 'wasi:io/streams#[method]output-stream.write'
    return window.__witcraft.openProject({ ...project, wasi: { ...project.wasi, policy: { [call]: 'deny' } } })
  })
  await workbench.runToEnd()
  await expect(workbench.output).toContainText('refused with last-operation-failed')
  // The guest has swallowed it, and the result is none of it.
  await expect(workbench.result).toContainText('The policy denied a call of this run.')
  await workbench.result.getByRole('button', { name: 'Show the policy' }).click()
  const panel = await showPolicy(page)
  await expect(rowOf(panel, 'wasi:io/streams')).toContainText('1 denied')
})

test('an import says why it is there, and leads to the place', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('Dice with a seed')
  const panel = await showPolicy(page)
  await panel.getByRole('button', { name: /^random/ }).click()
  const why = panel.getByRole('list', { name: 'Why wasi:random/random is there' })
  // The editor's service says it, which comes after the page.
  await expect(why).toContainText('Math.random is seeded from it', { timeout: 30_000 })
  await why.getByRole('button', { name: /^main\.ts:/ }).click()
  await expect(page.getByRole('region', { name: 'TypeScript editor' }).locator('.view-lines')).toContainText(
    'Math.random',
  )
  await panel.getByRole('button', { name: /^poll/ }).click()
  await expect(panel.getByRole('list', { name: 'Why wasi:io/poll is there' })).toContainText(
    'wasi:clocks/monotonic-clock needs its pollable',
  )
})

test('a world without imports offers one', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await page.getByRole('tab', { name: 'Policy', exact: true }).click()
  const panel = page.getByRole('tabpanel', { name: 'Policy', exact: true })
  await expect(panel).toContainText('It can reach nothing')
  await panel.getByRole('button', { name: 'Import wasi:cli/stdout' }).click()
  await expect(rowOf(panel, 'wasi:cli/stdout')).toContainText('Unused', { timeout: 30_000 })
})

test('code that reaches out without an import is warned of before it runs, with the import as a fix', async ({
  page,
}) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile(
    'main.ts',
    'export const greet = (name: string): string => {\n  console.log(name)\n  return name\n}\n',
  )
  await workbench.showProblems()
  const problem = workbench.problems.getByRole('listitem').filter({ hasText: 'console.log writes to wasi:cli/stdout' })
  await expect(problem).toContainText('main.ts 2:3', { timeout: 30_000 })
  await problem.getByRole('button', { name: /^Import wasi:cli\/stdout/ }).click()
  await expect(problem).toHaveCount(0)
  await workbench.runToEnd('greet("Ada")')
  await expect(workbench.output).toContainText('Ada')
})
