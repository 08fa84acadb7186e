import { expect, test, type Locator, type Page } from '@playwright/test'
import { Workbench } from '../workbench.ts'

const panelOf = (page: Page): Locator => page.getByRole('tabpanel', { name: 'Clock & Env', exact: true })

async function showSettings(page: Page): Promise<Locator> {
  await page.getByRole('tab', { name: 'Clock & Env', exact: true }).click()
  const panel = panelOf(page)
  await expect(panel.getByRole('heading', { name: 'Environment' })).toBeVisible()
  return panel
}

async function paste(field: Locator, text: string): Promise<void> {
  await field.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

const tells = `import { getArguments, getEnvironment, initialCwd } from 'wasi:cli/environment@0.2.12'
export const run = {
  run() {
    console.log(JSON.stringify([getArguments(), getEnvironment(), initialCwd()]))
  },
}
`

test('a program sees the variables, arguments and directory that were written for it', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A command-line program')
  await workbench.setFile('main.ts', tells)
  const panel = await showSettings(page)

  await panel.getByRole('button', { name: 'Remove LABEL' }).click()
  // By keyboard alone: what was added has the focus.
  await panel.getByRole('button', { name: 'Add variable' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('NAME')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Ada Lovelace')
  await expect(panel.getByRole('textbox', { name: 'Value of NAME' })).toHaveValue('Ada Lovelace')
  const args = panel.getByRole('group', { name: 'Arguments' })
  while ((await args.getByRole('textbox').count()) > 0)
    await args
      .getByRole('button', { name: /^Remove/ })
      .first()
      .click()
  await args.getByRole('button', { name: 'Add argument' }).click()
  await page.keyboard.type('tell')
  await panel.getByRole('textbox', { name: 'Working directory' }).fill('/home/ada')
  await workbench.runToEnd()
  await expect(workbench.output).toContainText('[["tell"],[["NAME","Ada Lovelace"]],"/home/ada"]')

  // A pasted file takes the place of its row, and the notice takes it back.
  await showSettings(page)
  await paste(panel.getByRole('textbox', { name: 'Name of NAME' }), '# both\nexport NAME="Grace"\nDEBUG=1\n')
  await expect(panel.getByRole('textbox', { name: 'Value of DEBUG' })).toHaveValue('1')
  await workbench.runToEnd()
  await expect(workbench.output).toContainText('[["NAME","Grace"],["DEBUG","1"]]')
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).last().click()
  await showSettings(page)
  await expect(panel.getByRole('textbox', { name: 'Value of NAME' })).toHaveValue('Ada Lovelace')

  // A row without a name is not there for the guest, and says so.
  await panel.getByRole('textbox', { name: 'Name of NAME' }).fill('')
  await expect(panel).toContainText('Give it a name')
  await workbench.runToEnd()
  await expect(workbench.output).toContainText('[["tell"],[],"/home/ada"]')
})

test('an import that is missing is added from its part, and then the clock and the seed are what the guest sees', async ({
  page,
}) => {
  test.slow()
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile(
    'main.ts',
    'export const greet = (name: string): string => `${new Date().toISOString()} ${Math.random()}`\n',
  )
  const panel = await showSettings(page)
  await panel.getByRole('button', { name: 'Import wasi:clocks/wall-clock' }).click()
  await panel.getByRole('button', { name: 'Import wasi:random/random' }).click()
  await expect(panel.getByRole('button', { name: 'Import wasi:random/random' })).toHaveCount(0)
  const wit = await page.evaluate(() => window.__witcraft.getState().project.files['world.wit'])
  expect(wit).toContain('import wasi:clocks/wall-clock@0.2.')
  expect(wit).toContain('import wasi:random/random@0.2.')

  await panel.getByRole('radio', { name: 'Frozen' }).check({ force: true })
  await panel.getByLabel('Starts at').fill('2031-02-03T04:05:06')
  const told = async (): Promise<string> => {
    await workbench.runToEnd()
    await page.getByRole('tab', { name: 'Call', exact: true }).click()
    const text = (await workbench.result.textContent()) ?? ''
    await showSettings(page)
    return /"2031[^"]*"/.exec(text)?.[0] ?? text
  }
  const first = await told()
  expect(first).toMatch(/^"2031-02-03T04:05:06.000Z 0\.\d+"$/)
  await panel.getByRole('textbox', { name: 'Random seed' }).fill('7')
  const second = await told()
  expect(second).toContain('2031-02-03T04:05:06.000Z')
  expect(second).not.toBe(first)
  await panel.getByRole('textbox', { name: 'Random seed' }).fill('0')
  expect(await told()).toBe(first)

  await panel.getByRole('radio', { name: 'Real' }).last().check({ force: true })
  await expect(panel).toContainText('two runs differ')
  await panel.getByRole('button', { name: 'Pin a seed' }).press('Enter')
  await expect(panel.getByRole('region', { name: 'Random' }).locator(':focus')).toHaveCount(1)
  await expect(panel.getByRole('textbox', { name: 'Random seed' })).not.toHaveValue('0')
})

test('a component sees the terminals and the hosts that were given to it', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.setFile(
    'world.wit',
    `package demo:net;
world net {
  import wasi:cli/terminal-stdout@0.2.12;
  import wasi:sockets/instance-network@0.2.12;
  import wasi:sockets/ip-name-lookup@0.2.12;
  export look: func(name: string) -> string;
}
`,
  )
  await workbench.setFile(
    'main.ts',
    `import { getTerminalStdout } from 'wasi:cli/terminal-stdout'
import { instanceNetwork } from 'wasi:sockets/instance-network'
import { resolveAddresses } from 'wasi:sockets/ip-name-lookup'
export function look(name: string): string {
  const found = []
  const stream = resolveAddresses(instanceNetwork(), name)
  stream.subscribe().block()
  for (let next = stream.resolveNextAddress(); next; next = stream.resolveNextAddress()) found.push(next.val.join('.'))
  return (getTerminalStdout() ? 'a terminal' : 'none') + ' at ' + found.join()
}
`,
  )
  const panel = await showSettings(page)
  const hosts = panel.getByRole('textbox', { name: 'Hosts' })
  await hosts.fill('db.example 10.0.0.2 10.0.0.3')
  await panel.getByRole('checkbox', { name: 'stdout' }).check()
  await hosts.press('End')
  await hosts.pressSequentially('.400')
  await expect(hosts).toHaveAttribute('aria-invalid', 'true')
  await expect(panel).toContainText('is no address that a host can have. The hosts are as they were.')
  await page.evaluate(() => window.__witcraft.run('look("db.example")'))
  expect(await page.evaluate(() => window.__witcraft.getState().result?.outcome)).toMatchObject({
    wave: '"a terminal at 10.0.0.2,10.0.0.3"',
  })
  await expect(hosts).toHaveValue('db.example 10.0.0.2 10.0.0.3.400')
  await hosts.fill('')
  await panel.getByRole('checkbox', { name: 'stdout' }).uncheck()
  expect(await page.evaluate(() => window.__witcraft.getState().project.wasi ?? {})).not.toHaveProperty('network')
  await page.evaluate(() => window.__witcraft.run())
  expect(await page.evaluate(() => window.__witcraft.getState().result?.outcome)).toMatchObject({ kind: 'fault' })
})

const traceHash = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => window.__witcraft.getState().simulation.trace?.hash)

test('dice fall the same way with the same seed and clock, call by call', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('Dice with a seed')
  const thrown = async (): Promise<readonly [text: string | null, hash: string | undefined]> => {
    await workbench.runToEnd('roll(3)')
    await expect(workbench.result).toContainText('2025-06-21T20:15:0')
    await expect.poll(() => traceHash(page)).toBeDefined()
    return [(await workbench.output.textContent()) ?? '', await traceHash(page)]
  }
  const first = await thrown()
  expect(first[0]).toMatch(/20:15:0\d\.\d{3} {2}[⚀-⚅] [1-6]/)
  await page.reload()
  await workbench.drawn()
  await workbench.example('Dice with a seed')
  expect(await thrown()).toEqual(first)

  const panel = await showSettings(page)
  await expect(panel.getByRole('status', { name: 'The clock of the last run' })).toContainText(
    '2025-06-21 20:15:04.419 UTC',
  )
  await panel.getByRole('button', { name: 'Re-roll' }).click()
  await page.getByRole('tab', { name: 'Call', exact: true }).click()
  const other = await thrown()
  expect(other[1]).not.toBe(first[1])
})

test('a frozen clock is stepped from deadline to deadline, and only forward', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('Dice with a seed')
  const panel = await showSettings(page)
  await panel.getByRole('radio', { name: 'Frozen' }).check({ force: true })
  const before = await workbench.endedRuns()
  await workbench.run.click()
  const steps = panel.getByRole('group', { name: 'Step the clock' })
  await expect(steps).toContainText('The component waits until')
  const now = panel.getByRole('status', { name: 'The clock of the last run' })
  await expect(now).toContainText('2025-06-21 20:15:00')
  await steps.getByRole('button', { name: 'Step by 100 ms' }).click()
  await expect(now).toContainText('+100 ms')
  const scrubber = steps.getByRole('slider', { name: 'Clock of the run' })
  await scrubber.fill('0')
  await expect(now).toContainText('+100 ms')
  await scrubber.fill('200')
  await expect(now).toContainText('+200 ms')
  for (let die = 0; die < 3; die++) {
    const words = await steps.textContent()
    await steps.getByRole('button', { name: 'Step to the next deadline' }).click()
    if (die < 2) await expect(steps).not.toHaveText(words ?? '')
  }
  await workbench.ended(before)
  // The buttons have gone, and the focus is near them.
  await expect(panel.getByRole('region', { name: 'Clock', exact: true }).locator(':focus')).toHaveCount(1)
  await expect(workbench.output).toContainText(/[⚀-⚅] [1-6].*[⚀-⚅] [1-6].*[⚀-⚅] [1-6]/s)
})
