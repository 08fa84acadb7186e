import { expect, test } from '@playwright/test'
import { Workbench, exampleFile } from '../workbench.ts'

test('the default example runs on the first press of Run', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.runToEnd()
  await expect(workbench.result).toContainText('"Hello, Ada"')
  await expect(workbench.metrics).toContainText(/Run to result\d+/)
  await expect(workbench.metrics).toContainText(/MiB/)
})

test('opening is not running: no sandbox, no engine and no tools before intent', async ({ page }) => {
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const workbench = new Workbench(page)
  await workbench.open()
  await expect(page.getByRole('textbox', { name: /TypeScript editor/ }).first()).toBeVisible()
  expect(await page.locator('iframe').count()).toBe(0)
  expect(requests.filter((url) => /\.wasm|engine|sandbox|guest-worker/.test(new URL(url).pathname))).toEqual([])
  expect(
    requests.filter(
      (url) =>
        new URL(url).origin !== new URL(page.url()).origin && !url.startsWith('data:') && !url.startsWith('blob:'),
    ),
  ).toEqual([])
})

test('an edit typed into the editor changes the result', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const editor = page.getByRole('textbox', { name: /TypeScript editor/ }).first()
  await editor.focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('export const greet = (name: string): string => name.toUpperCase()')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(workbench.result).toContainText('"ADA"')
})

test('a change of the WIT reaches the types, the call and the result', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile(
    'world.wit',
    'package demo:sum;\n\nworld sum {\n  export add: func(a: u32, b: u32) -> u32;\n}\n',
  )
  await workbench.setFile('main.ts', 'export function add(a: number, b: number): number {\n  return a + b\n}\n')
  await workbench.runToEnd('add(40, 2)')
  await expect(workbench.result).toContainText('42')
})

test('type errors show in the problems list and do not block a run', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile(
    'main.ts',
    'export function greet(name: string): string {\n  const wrong: number = name\n  return `Hello, ${wrong}`\n}\n',
  )
  await workbench.showProblems()
  await expect(workbench.problems.getByRole('listitem').filter({ hasText: /main\.ts 2:/ })).toContainText(/number/, {
    timeout: 20_000,
  })
  await workbench.runToEnd('greet("Ada")')
  await expect(workbench.result).toContainText('"Hello, Ada"')
})

test('the guest sees the types of its world', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('Results and errors')
  await workbench.setFile('main.ts', exampleFile('results', 'main.ts').replace("{ tag: 'empty' }", "{ tag: 'emty' }"))
  await workbench.showProblems()
  await expect(workbench.problems.getByRole('listitem').filter({ hasText: /main\.ts 9:/ })).toContainText(/emty/, {
    timeout: 20_000,
  })
})

test('console output of the guest is shown, and what it needs is said', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const source = "export function greet(name: string): string {\n  console.log('greeting', name)\n  return name\n}\n"
  await workbench.setFile('main.ts', source)
  await workbench.runToEnd('greet("Ada")')
  await expect(workbench.result.getByRole('alert')).toContainText(/import wasi:cli\/stdout/)
  // One press has the world import it, and runs.
  await workbench.result.getByRole('button', { name: 'Add the import and run' }).click()
  await expect(workbench.result).toContainText('"Ada"')
  await expect(workbench.output).toContainText('greeting Ada')
})

test('several files and an older patch of WASI', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await page.evaluate(() =>
    window.__witcraft.openProject({
      schema: 1,
      name: 'several',
      files: {
        'world.wit':
          'package demo:several;\n\nworld several {\n  import wasi:clocks/monotonic-clock@0.2.3;\n  import wasi:clocks/wall-clock@0.2.3;\n  import wasi:random/random@0.2.3;\n  export report: func() -> string;\n}\n',
        'main.ts':
          "import { line } from './lib/lines.ts'\nimport { pause } from './lib/pause'\n\nexport async function report(): Promise<string> {\n  const before = performance.now()\n  await pause(250)\n  return line(Math.round(performance.now() - before), typeof Math.random(), new Date().getFullYear() > 1970)\n}\n",
        'lib/lines.ts':
          "export enum Joint { Comma = ', ' }\n\nexport const line = (...parts: readonly unknown[]): string => parts.join(Joint.Comma)\n",
        'lib/pause.ts':
          'export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))\n',
      },
      calls: ['report()'],
    }),
  )
  await workbench.runToEnd('report()')
  await expect(workbench.result).toContainText('"250, number, true"')
})

test('Stop ends an infinite loop, and the next run works', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile('main.ts', 'export function greet(name: string): string {\n  for (;;) {}\n}\n')
  await workbench.callLine.fill('greet("Ada")')
  await workbench.run.click()
  await page.evaluate(() => window.__witcraft.until('calling'))
  await workbench.stop.click()
  await expect(workbench.result.getByRole('alert')).toContainText(/stopped/i)
  await workbench.setFile('main.ts', exampleFile('hello', 'main.ts'))
  await workbench.runToEnd('greet("Ada")')
  await expect(workbench.result).toContainText('"Hello, Ada"')
})

test('a newer edit wins over an older build', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const last = await page.evaluate(async () => {
    const runs = Array.from({ length: 5 }, (_, round) => {
      window.__witcraft.setFile('main.ts', `export const greet = (name: string): string => name + ${round}\n`)
      return window.__witcraft.run()
    })
    return (await Promise.all(runs)).at(-1)
  })
  expect(last).toEqual({ ok: true, text: '"Ada4"' })
  await expect(workbench.result).toContainText('"Ada4"')
})

test('the form follows the WIT, and a value that does not fit is not called', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.runToEnd()
  await workbench.setFile(
    'world.wit',
    'package demo:hello;\n\nworld hello {\n  export greet: func(name: string, times: u32) -> string;\n}\n',
  )
  const times = page.getByRole('textbox', { name: 'times' })
  await expect(times).toHaveValue('0', { timeout: 20_000 })
  await expect(workbench.callLine).toHaveValue('greet("Ada", 0)')
  const call = page
    .getByRole('region', { name: 'Call', exact: true })
    .getByRole('button', { name: 'Call', exact: true })
  await times.fill('-1')
  await expect(page.getByRole('region', { name: 'Call', exact: true })).toContainText('4294967295')
  // Neither makes the call that the form no longer shows: they lead to the field.
  const ended = await workbench.endedRuns()
  for (const button of [call, workbench.run]) {
    await button.click()
    await expect(times).toBeFocused()
  }
  await times.fill('2')
  await expect(workbench.callLine).toHaveValue('greet("Ada", 2)')
  expect(await workbench.endedRuns()).toBe(ended)
  await times.press('Enter')
  await workbench.ended(ended)
})
