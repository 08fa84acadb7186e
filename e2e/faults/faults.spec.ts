import { expect, test } from '@playwright/test'
import { Workbench } from '../workbench.ts'
import { faultCases } from './cases.ts'

test.describe('bad input gets a stage, a place and a next step', () => {
  for (const each of faultCases) {
    test(each.name, async ({ page }) => {
      const workbench = new Workbench(page)
      await workbench.open()
      for (const [file, text] of Object.entries(each.files)) await workbench.setFile(file, text)
      await workbench.runToEnd(each.call)

      await workbench.showProblems()
      const { listed = each } = each
      const problem = workbench.problems
        .getByRole('listitem')
        .filter({ has: page.locator(`[data-stage="${each.stage}"]`) })
        .filter({ hasText: listed.message })
      await expect(problem.first()).toBeVisible()
      await expect(problem.first()).toContainText(listed.next)
      if (each.place) {
        const { file, line, column } = each.place
        await expect(problem.first()).toContainText(
          column === undefined ? `${file} ${line}:` : `${file} ${line}:${column}`,
        )
      }
      const alert = workbench.result.getByRole('alert')
      await expect(alert).toContainText(each.message)
      await expect(alert).toContainText(each.next)

      // Nothing is lost: the next run works.
      await workbench.setFile(
        'world.wit',
        'package demo:hello;\n\nworld hello {\n  export greet: func(name: string) -> string;\n}\n',
      )
      await workbench.setFile(
        'main.ts',
        'export function greet(name: string): string {\n  return `Good again, ${name}`\n}\n',
      )
      await workbench.runToEnd('greet("Ada")')
      await expect(workbench.result).toContainText('Good again, Ada')
    })
  }

  test('an empty project', async ({ page }) => {
    const workbench = new Workbench(page)
    await workbench.open()
    await page.evaluate(() => window.__witcraft.openProject({ schema: 1, name: 'empty', files: {} }))
    await workbench.runToEnd()
    await expect(workbench.result.getByRole('alert')).toContainText(/world\.wit/)
  })

  test('a missing entry', async ({ page }) => {
    const workbench = new Workbench(page)
    await workbench.open()
    await page.evaluate(() =>
      window.__witcraft.openProject({
        schema: 1,
        name: 'half',
        files: { 'world.wit': 'package demo:half;\nworld half { export f: func(); }\n' },
      }),
    )
    await workbench.runToEnd()
    await expect(workbench.result.getByRole('alert')).toContainText(/main\.ts/)
  })
})

test('the editor says of an import what a run says', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.showProblems()
  const editor = page.getByRole('region', { name: 'TypeScript editor' })
  await expect(editor.locator('.monaco-editor')).toBeVisible()
  await workbench.setFile(
    'main.ts',
    "import { readFileSync } from 'fs'\nexport const greet = (name: string): string => readFileSync(name)\n",
  )
  const words = /"fs" is a module of Node, which is not there\..*A component has no file system of its own/
  const problem = workbench.problems.getByRole('listitem').filter({ hasText: 'main.ts 1:' })
  await expect(problem).toContainText(words)
  await problem.getByRole('button').first().click()
  await expect(page.locator('.monaco-hover').filter({ hasText: words })).toBeVisible()

  await workbench.runToEnd('greet("x")')
  await expect(workbench.result.getByRole('alert')).toContainText(words)
  await workbench.showProblems()
  await expect(problem).toHaveCount(1)
  await expect(problem).toContainText(words)
})

test.describe('what the world misses in the entry is said while somebody types', () => {
  const problem = (workbench: Workbench) =>
    workbench.problems.getByRole('listitem').filter({ hasText: /does not export|is not a function/ })

  test('and goes when it is mended', async ({ page }) => {
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.showProblems()
    await workbench.setFile('main.ts', '\nfunction greet(name: string): string {\n  return name\n}\n')
    await expect(problem(workbench)).toContainText('main.ts does not export greet.')
    await expect(problem(workbench)).toContainText('Write export in front of greet.')
    await expect(problem(workbench)).toContainText('main.ts 2:10')
    await problem(workbench).getByRole('button').first().click()
    await expect(page.locator('.monaco-hover').filter({ hasText: 'main.ts does not export greet.' })).toBeVisible()

    // A run says the same, and it is still one problem.
    await workbench.runToEnd('greet("x")')
    await expect(workbench.result.getByRole('alert')).toContainText('main.ts does not export greet.')
    await workbench.showProblems()
    await expect(problem(workbench)).toHaveCount(1)

    await workbench.setFile('main.ts', 'export function greet(name: string): string {\n  return name\n}\n')
    await expect(problem(workbench)).toHaveCount(0)
  })

  test('all of it, also on one line, and a run adds nothing to that', async ({ page }) => {
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.showProblems()
    await workbench.setFile(
      'world.wit',
      `package demo:hello@1.0.0;
interface cart { add: func(); take: func(); }
interface stock { count: func() -> u32; fill: func(); }
world hello { export cart; export stock; }`,
    )
    await workbench.setFile('main.ts', 'export const cart = { add() {} }, stock = { fill() {} }\n')
    await expect(problem(workbench)).toHaveText([
      /main\.ts does not export cart\.take\. Add take\(\): void \{ … \} to cart\./,
      /main\.ts does not export stock\.count\. Add count\(\): number \{ … \} to stock\./,
    ])
    await workbench.runToEnd()
    await expect(workbench.result.getByRole('alert')).toContainText('main.ts does not export cart.take, stock.count.')
    await workbench.showProblems()
    await expect(problem(workbench)).toHaveCount(2)
  })

  test('what it has besides is a hint, which is counted nowhere', async ({ page }) => {
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.showProblems()
    const main = "export const helper = () => ''\nexport function greet(name: string): string {\n  return name\n}\n"
    await workbench.setFile('main.ts', main)
    const hint = workbench.problems.getByRole('listitem').filter({ hasText: 'helper is not in the world hello' })
    await expect(hint).toHaveText(/^hint main\.ts 1:14 ?helper.*nobody outside calls it\. Remove export, or/)
    await expect(page.getByRole('button', { name: '0 errors, 0 warnings. Show the problems' })).toBeVisible()
    await expect(page.getByRole('tab', { name: 'Problems', exact: true }).first()).toBeVisible()
    await hint.getByRole('button').first().click()
    await expect(page.locator('.monaco-hover').filter({ hasText: 'helper is not in the world' })).toBeVisible()

    // A mistake goes before it.
    await workbench.setFile('main.ts', main.replace('return name', 'return 1'))
    await expect(workbench.problems.getByRole('listitem')).toHaveText([/^error main\.ts 3:/, /^hint main\.ts 1:/])
    await expect(page.getByRole('button', { name: '1 error, 0 warnings. Show the problems' })).toBeVisible()
  })

  test('with the signature to write, also after a change of the world and of another file', async ({ page }) => {
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.showProblems()
    const world = (exports: string): string => `package demo:hello;\n\nworld hello {\n  ${exports}\n}\n`
    await workbench.setFile(
      'world.wit',
      world('export greet: func(name: string) -> string;\n  export sum: func(all: list<u64>) -> u64;'),
    )
    await expect(problem(workbench)).toContainText('main.ts does not export sum.')
    await expect(problem(workbench)).toContainText('Add export function sum(all: BigUint64Array): bigint { … }.')

    await workbench.setFile('lib.ts', 'export const total = (): bigint => 0n\n')
    await workbench.setFile(
      'main.ts',
      "export * from './lib.ts'\nexport const greet = (name: string): string => name\n",
    )
    await expect(problem(workbench)).toContainText('main.ts does not export sum.')
    await workbench.setFile('lib.ts', 'export const sum = (all: BigUint64Array): bigint => all[0] ?? 0n\n')
    await expect(problem(workbench)).toHaveCount(0)
    await workbench.setFile('lib.ts', 'export const sum = 3n\n')
    await expect(problem(workbench)).toContainText('sum is not a function.')
    await workbench.setFile('world.wit', world('export greet: func(name: string) -> string;'))
    await expect(problem(workbench)).toHaveCount(0)
  })
})
