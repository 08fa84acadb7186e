import { expect, test } from '@playwright/test'
import { exampleFile, Workbench } from '../workbench.ts'

const expected: readonly {
  readonly example: string
  readonly calls: readonly (readonly [call: string, shows: string | RegExp])[]
}[] = [
  { example: 'Hello', calls: [['greet("Grace")', '"Hello, Grace"']] },
  {
    example: 'Results and errors',
    calls: [
      ['demo:results/percent#parse("42")', '42'],
      ['demo:results/percent#parse("forty-two")', 'not-a-number("forty-two")'],
      ['demo:results/percent#parse("420")', 'out-of-range(420)'],
      ['demo:results/percent#is-round(42)', 'err'],
      ['demo:results/percent#describe(err(not-a-number("?")))', 'is not a number'],
      ['demo:results/percent#explode(3)', 'the fuse of 3 was too short'],
    ],
  },
  { example: 'An import is a capability', calls: [['gross-price(100, "NL")', '100']] },
]

for (const { example, calls } of expected)
  test(`${example} gives what it says`, async ({ page }) => {
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.example(example)
    for (const [call, shows] of calls) {
      await workbench.runToEnd(call)
      await expect(workbench.result).toContainText(shows)
    }
  })

test('the tour of the types answers each of its calls', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A tour of the types')
  await workbench.runToEnd('demo:types/tour#add-wide(18446744073709551614, 1)')
  await expect(workbench.result).toContainText('18446744073709551615')
  await workbench.runToEnd('demo:types/tour#invert([0, 127, 255])')
  await expect(workbench.result).toContainText('[255, 128, 0]')
  await workbench.runToEnd('demo:types/tour#grant({read}, {write, run-it})')
  await expect(workbench.result).toContainText(/read/)
})

test('another project opens at its beginning, whose files have the names of those before', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const editor = page.getByRole('region', { name: 'TypeScript editor' })
  const cursorLine = editor.locator('.active-line-number')
  const lineOne = editor.locator('.line-numbers', { hasText: /^1$/ })
  await workbench.example('A tour of the types')
  await expect(editor.locator('.view-lines')).toContainText('demo:types/tour')
  await editor.locator('.monaco-editor textarea').focus()
  await page.keyboard.press('Control+End')
  await expect(lineOne).toHaveCount(0)
  await workbench.example('Results and errors')
  await expect(editor.locator('.view-lines')).toContainText('demo:results/percent')
  await expect(cursorLine).toHaveText('1')
  await expect(lineOne).toBeInViewport()
})

test('a fault of a missing export leads to where the problems list says it is missing', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A resource with methods')
  const text = exampleFile('resource', 'main.ts').replace('deposit(', 'deposits(')
  await workbench.setFile(
    'main.ts',
    text.replace('export const accounts', 'const bank') + 'export { bank as accounts }\n',
  )
  await workbench.runToEnd()
  const line = text.split('\n').findIndex((each) => each.startsWith('class Account')) + 1
  await expect(workbench.result).toContainText('main.ts does not export accounts.Account.deposit.')
  await expect(workbench.result.getByRole('button', { name: `Open main.ts:${line}`, exact: true })).toBeVisible()
})

test('the imported interface is answered by the page, and the answer is shown', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('An import is a capability')
  await workbench.runToEnd('gross-price(100, "NL")')
  await expect(workbench.output).toContainText('no tax rate for NL yet')
})

test('handles of a resource can be held, passed and given away', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A resource with methods')
  const call = page.getByRole('region', { name: 'Call', exact: true }).getByRole('button', { name: /^Call/ })
  const make = async (expression: string, shows: string | RegExp): Promise<void> => {
    await workbench.callLine.fill(expression)
    const before = await workbench.endedRuns()
    await call.click()
    await workbench.ended(before)
    await expect(workbench.result).toContainText(shows)
  }
  await workbench.runToEnd('demo:bank/accounts#[constructor]account("Ada")')
  await expect(workbench.result).toContainText('%1')
  await make('demo:bank/accounts#[static]account.open-with("Grace", 500)', '%2')
  await make('demo:bank/accounts#[method]account.deposit(%1, 250)', '250')
  await make('demo:bank/accounts#transfer(%2, %1, 100)', 'ok')
  await make('demo:bank/accounts#[method]account.balance(%1)', '350')
  await make('demo:bank/accounts#transfer(%2, %1, 1000)', 'not-enough(600)')
  await make('demo:bank/accounts#close(%2)', '400')
  await workbench.callLine.fill('demo:bank/accounts#[method]account.balance(%2)')
  await call.click()
  await expect(page.getByRole('combobox', { name: 'self' })).toBeFocused()
  await expect(page.getByRole('region', { name: 'Call', exact: true })).toContainText('There is no %2')
})

test('the command-line program reads stdin and arguments and writes its counts', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A command-line program')
  await workbench.runToEnd()
  await expect(workbench.output).toContainText(/4\t21\t\d+\tpoem\.txt/)
  await expect(workbench.result).toContainText('0')
})

test('the program that waits takes no time by itself, and waits where its clock is frozen', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A program that waits')
  await workbench.runToEnd()
  const lines = [
    '00:00  the kettle is on',
    '01:30  the water boils',
    '03:30  the toast is brown',
    '04:30  the eggs are done',
    '04:50  the bell rings',
  ]
  await expect(workbench.output.locator('.line .text')).toHaveText(lines)
  await page.getByRole('tab', { name: 'Clock & Env', exact: true }).click()
  await page.getByRole('radio', { name: 'Frozen' }).check({ force: true })
  const before = await workbench.endedRuns()
  await workbench.run.click()
  for (const until of [90, 210, 270, 290]) {
    await expect(workbench.output.getByRole('status')).toHaveText(new RegExp(`^Waiting until ${until}(?:\\.\\d+)? s$`))
    await page.getByRole('button', { name: 'Step to the next deadline' }).click()
  }
  await workbench.ended(before)
  await expect(workbench.output.locator('.line .text')).toHaveText(lines)
})

test('the shipped examples need no tools: their artefacts come prepared', async ({ page }) => {
  const tools: string[] = []
  page.on('request', (request) => {
    if (/wasm-tools|js-component-bindgen/.test(request.url())) tools.push(request.url())
  })
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.runToEnd()
  for (const example of [
    'A tour of the types',
    'Results and errors',
    'An import is a capability',
    'A resource with methods',
    'A command-line program',
    'A program that waits',
  ]) {
    await workbench.example(example)
    await workbench.runToEnd()
  }
  expect(tools).toEqual([])
})
