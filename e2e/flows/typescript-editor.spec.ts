import { expect, test, type Page } from '@playwright/test'
import { exampleFile, Workbench } from '../workbench.ts'

const main = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => window.__witcraft.getState().project.files['main.ts'])

const row = (workbench: Workbench, text: RegExp | string) =>
  workbench.problems.getByRole('listitem').filter({ hasText: text })

test('a signature that does not fit the world is said at its name, and corrected from the list and the editor', async ({
  page,
}) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.showProblems()
  const wrong = 'export function greet(name: number): string {\n  return `Hello, ${name}`\n}\n'
  await workbench.setFile('main.ts', wrong)
  const problem = row(workbench, 'does not fit the world')
  await expect(problem).toContainText(
    'greet does not fit the world: it takes number where greet: func(name: string) -> string gives string.',
  )
  await expect(problem).toContainText('main.ts 1:17')
  await problem.getByRole('button', { name: 'Correct the signature of greet' }).click()
  const right = wrong.replace('number', 'string')
  await expect.poll(() => main(page)).toBe(right)
  await expect(problem).toHaveCount(0)

  await page.keyboard.press('Control+Z')
  await expect.poll(() => main(page)).toBe(wrong)
  const menu = page.locator('.action-widget')
  await expect(async () => {
    await page.keyboard.press('Control+.')
    await expect(menu.getByText('Correct the signature of greet')).toBeVisible({ timeout: 3000 })
  }).toPass()
  await menu.getByText('Correct the signature of greet').click()
  await expect.poll(() => main(page)).toBe(right)
  await workbench.runToEnd('greet("Ada")')
  await expect(workbench.result).toContainText('Hello, Ada')
})

test('what TypeScript says itself comes once, with what mends it', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A tour of the types')
  await workbench.showProblems()
  const tour = exampleFile('types', 'main.ts')
  await workbench.setFile('main.ts', tour.replace('  halve: (value) => value / 2,\n', ''))
  const problem = row(workbench, 'halve')
  await expect(problem).toContainText("Property 'halve' is missing")
  await expect(problem).toHaveCount(1)
  await problem.getByRole('button', { name: 'Add halve', exact: true }).click()
  await expect.poll(() => main(page)).toContain('  halve(value: number): number {\n')
  await expect(workbench.problems).toContainText('No problems found')
})

test('all exports of a world are written at once, and run', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('Results and errors')
  await workbench.showProblems()
  await workbench.setFile('main.ts', '')
  const problem = row(workbench, 'main.ts does not export')
  await problem.getByRole('button', { name: 'Add percent' }).click()
  await expect.poll(() => main(page)).toContain('export const percent: typeof Percent = {')
  await expect(workbench.problems).toContainText('No problems found')
  await workbench.runToEnd('demo:results/percent#parse("42")')
  await expect(workbench.result.getByRole('alert')).toContainText('parse is not written yet')

  // Of a world that the WIT does not make there is nothing to say.
  await workbench.setFile('main.ts', '')
  await expect(problem).toBeVisible()
  await workbench.setFile('world.wit', `${exampleFile('results', 'world.wit')}world`)
  await expect(problem).toHaveCount(0)
  await expect(row(workbench, 'world.wit')).not.toHaveCount(0)
})

test('a type of the world is imported where it is missing', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('Results and errors')
  await workbench.showProblems()
  const text = exampleFile('results', 'main.ts').replace('problem: Percent.Problem): never', 'problem: Problem): never')
  await workbench.setFile('main.ts', text)
  await row(workbench, "Cannot find name 'Problem'").getByRole('button', { name: 'Import Problem from' }).click()
  await expect.poll(() => main(page)).toBe(`import type { Problem } from 'demo:results/percent'\n${text}`)
  await expect(workbench.problems).toContainText('No problems found')
})

test('a thrown value that is no err of the result is said where it stands, and a run takes another one', async ({
  page,
}) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('Results and errors')
  await workbench.showProblems()
  const entry = (thrown: string): string =>
    exampleFile('results', 'main.ts').replace(/throw explain\(.*\)/, `throw ${thrown}`)
  await workbench.setFile('main.ts', entry('3'))
  const problem = row(workbench, 'check does not fit the world: it throws 3 where')
  await expect(problem).toContainText('main.ts 37:13')
  await workbench.setFile('main.ts', entry("'no'"))
  await expect(workbench.problems).toContainText('No problems found')
  await workbench.runToEnd('demo:results/percent#check("x")')
  await expect(workbench.result).toContainText('err')
  await expect(workbench.result).toContainText('no')
})

test('a global that the engine lacks is said with what to use instead, and one that it has is not', async ({
  page,
}) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.showProblems()
  const calling = (code: string): Promise<void> =>
    workbench.setFile('main.ts', `export function greet(name: string): string {\n  return String(${code}) + name\n}\n`)
  for (const [code, name, instead] of [
    ["new Intl.NumberFormat('en')", 'Intl', 'format the text in your own code'],
    ['WebAssembly.validate(new Uint8Array(8))', 'WebAssembly', 'import the other component as an interface'],
    ['process.argv', 'process', 'import wasi:cli/environment'],
    ["document.querySelector('a')", 'document', 'import what you need from the host'],
  ] as const) {
    await calling(code)
    const problem = row(workbench, `Cannot find name '${name}'`)
    await expect(problem).toHaveCount(1)
    await expect(problem).toContainText(instead)
  }
  await calling("[new URL('a:b'), atob('YQ=='), structuredClone(1), new TextEncoder(), crypto, performance].length")
  await expect(workbench.problems).toContainText('No problems found')
})

test('the type checker starts once: another project finds it with its libraries read', async ({ page }) => {
  let started = 0
  page.on('worker', (worker) => (started += worker.url().includes('typescript.worker') ? 1 : 0))
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.showProblems()
  const problem = row(workbench, "Type 'number' is not assignable to type 'string'")
  await workbench.setFile('main.ts', 'export const greet = (name: string): string => name.length\n')
  await expect(problem).toHaveCount(1)
  await workbench.example('Results and errors')
  await expect(problem).toHaveCount(0)
  await workbench.setFile('main.ts', `${exampleFile('results', 'main.ts')}\nexport const more: string = 1\n`)
  await expect(problem).toHaveCount(1)
  expect(started).toBe(1)
})

test('the list of problems mends a misspelled name as the editor would', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile('main.ts', 'export const greet = (name: string): string => names\n')
  await workbench.showProblems()
  const fix = workbench.problems.getByRole('button', { name: 'Change names to name' })
  await expect(fix).toBeVisible({ timeout: 30_000 })
  await fix.click()
  await expect(fix).toHaveCount(0)
  await workbench.runToEnd('greet("Ada")')
  await expect(workbench.result).toContainText('"Ada"')
})
