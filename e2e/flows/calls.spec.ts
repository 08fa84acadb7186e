import { expect, test, type Locator, type Page } from '@playwright/test'
import { exampleFile, Workbench } from '../workbench.ts'

/** The call panel as a user knows it. */
class Calls extends Workbench {
  readonly panel: Locator
  readonly call: Locator
  readonly history: Locator
  readonly saved: Locator
  readonly handles: Locator
  readonly tree: Locator

  constructor(page: Page) {
    super(page)
    this.panel = page.getByRole('region', { name: 'Call', exact: true })
    this.call = this.panel.getByRole('button', { name: 'Call', exact: true })
    this.history = page.getByRole('region', { name: 'History' })
    this.saved = page.getByRole('region', { name: 'Saved calls' })
    this.handles = page.getByRole('region', { name: 'Handles' })
    this.tree = page.getByTestId('result-tree')
  }

  field(name: string): Locator {
    return this.panel.getByRole('textbox', { name, exact: true })
  }

  /** Does what makes a call, and waits for its end. */
  async after(act: () => Promise<void>): Promise<void> {
    const before = await this.endedRuns()
    await act()
    await this.ended(before)
  }

  async make(expression: string): Promise<void> {
    await this.callLine.fill(expression)
    await this.after(() => this.call.click())
  }
}

async function opened(page: Page, wit: string, source: string, call: string): Promise<Calls> {
  const calls = new Calls(page)
  await calls.open()
  await page.evaluate((project) => window.__witcraft.openProject(project), {
    schema: 1,
    name: 'forms',
    files: { 'world.wit': wit, 'main.ts': source },
    calls: [call],
  })
  await calls.runToEnd()
  return calls
}

/** A parameter of each kind, what is done in its field, and what the call line says then. */
const kinds: readonly {
  readonly type: string
  readonly fill: (calls: Calls) => Promise<void>
  readonly says: string
}[] = [
  { type: 'bool', fill: (calls) => calls.panel.getByRole('switch', { name: 'v' }).click(), says: 'true' },
  { type: 's8', fill: (calls) => calls.field('v').fill('-128'), says: '-128' },
  { type: 'u8', fill: (calls) => calls.field('v').fill('255'), says: '255' },
  { type: 's16', fill: (calls) => calls.field('v').fill('-32768'), says: '-32768' },
  { type: 'u16', fill: (calls) => calls.field('v').fill('65535'), says: '65535' },
  { type: 's32', fill: (calls) => calls.field('v').fill('-2147483648'), says: '-2147483648' },
  { type: 'u32', fill: (calls) => calls.field('v').fill('4294967295'), says: '4294967295' },
  { type: 's64', fill: (calls) => calls.field('v').fill('-9223372036854775808'), says: '-9223372036854775808' },
  { type: 'u64', fill: (calls) => calls.field('v').fill('18446744073709551615'), says: '18446744073709551615' },
  { type: 'f32', fill: (calls) => calls.field('v').fill('-inf'), says: '-inf' },
  { type: 'f64', fill: (calls) => calls.field('v').fill('nan'), says: 'nan' },
  { type: 'char', fill: (calls) => calls.field('v').fill('é'), says: "'é'" },
  { type: 'string', fill: (calls) => calls.field('v').fill('say "hi"'), says: '"say \\"hi\\""' },
  { type: 'tuple<u8, string>', fill: (calls) => calls.field('v 1').fill('b'), says: '(0, "b")' },
  { type: 'list<u8>', fill: (calls) => calls.field('v').fill('[1, 2]'), says: '[1, 2]' },
  {
    type: 'list<string>',
    fill: async (calls) => {
      await calls.panel.getByRole('button', { name: 'Add string' }).click()
      await calls.field('v 0').fill('a')
    },
    says: '["a"]',
  },
  {
    type: 'option<option<u8>>',
    fill: async (calls) => {
      await calls.panel.getByRole('radio', { name: 'some' }).check({ force: true })
      await calls.panel.getByRole('radio', { name: 'some' }).nth(1).check({ force: true })
      await calls.field('v some some').fill('3')
    },
    says: 'some(some(3))',
  },
  {
    type: 'result<u8, string>',
    fill: async (calls) => {
      await calls.panel.getByRole('radio', { name: 'err' }).check({ force: true })
      await calls.field('v err').fill('no')
    },
    says: 'err("no")',
  },
  { type: 'point', fill: (calls) => calls.field('v far-away').fill('7'), says: '{x: 0, far-away: 7}' },
  {
    type: 'shape',
    fill: async (calls) => {
      await calls.panel.getByRole('radio', { name: 'at' }).check({ force: true })
      await calls.field('v at x').fill('1')
    },
    says: 'at({x: 1, far-away: 0})',
  },
  {
    type: 'hue',
    fill: (calls) => calls.panel.getByRole('radio', { name: 'green' }).check({ force: true }),
    says: 'green',
  },
  { type: 'access', fill: (calls) => calls.panel.getByRole('switch', { name: 'run-it' }).click(), says: '{run-it}' },
]

const nameOf = (index: number): string => `f${String.fromCharCode(97 + index)}`

test('each kind of value has a field, and the field and the call line are one value', async ({ page }) => {
  // A step for each of two dozen kinds.
  test.slow()
  const wit = `package demo:forms;

interface api {
  record point { x: u8, far-away: u32 }
  variant shape { dot, at(point) }
  enum hue { red, green }
  flags access { read, run-it }
${kinds.map(({ type }, index) => `  ${nameOf(index)}: func(v: ${type}) -> string;`).join('\n')}
}

world forms { export api; }
`
  const functions = kinds.map((_, index) => `  ${nameOf(index)}: (v: unknown) => String(typeof v),`)
  const source = `export const api = {\n${functions.join('\n')}\n}\n`
  const calls = await opened(page, wit, source, 'api#fa(false)')
  for (const [index, { type, fill, says }] of kinds.entries()) {
    const path = `demo:forms/api#${nameOf(index)}`
    await test.step(type, async () => {
      await calls.panel.getByRole('combobox', { name: 'Export' }).selectOption(path)
      await fill(calls)
      await expect(calls.callLine).toHaveValue(`${path}(${says})`)
    })
  }

  await test.step('a number that does not fit is said and not called', async () => {
    await calls.callLine.fill('demo:forms/api#fc(1)')
    await expect(calls.field('v')).toHaveValue('1')
    await calls.field('v').fill('256')
    await expect.poll(() => problemOf(calls.field('v'))).toMatch(/255/)
    const ended = await calls.endedRuns()
    await calls.call.click()
    await expect(calls.field('v')).toBeFocused()
    expect(await calls.endedRuns()).toBe(ended)
  })

  await test.step('a mistake in the line is marked and leaves the form alone', async () => {
    await calls.callLine.fill('demo:forms/api#fm("kept")')
    await expect(calls.field('v')).toHaveValue('kept')
    await calls.callLine.fill('demo:forms/api#fm(!"kept")')
    await expect(calls.panel.locator('mark')).toHaveText('!')
    await expect(calls.field('v')).toHaveValue('kept')
    await calls.panel.getByRole('button', { name: 'Show column 19' }).click()
    expect(await calls.callLine.evaluate((line) => line instanceof HTMLTextAreaElement && line.selectionStart)).toBe(18)
  })

  await test.step('line ends of a text stay in its field', async () => {
    await calls.callLine.fill('demo:forms/api#fm("one\\ntwo")')
    await expect(calls.field('v')).toHaveValue('"one\\ntwo"')
    await calls.field('v').fill('"one\\ntwo, three"')
    await expect(calls.callLine).toHaveValue('demo:forms/api#fm("one\\ntwo, three")')
  })

  await test.step('what is half typed stays when the world changes', async () => {
    await calls.callLine.fill('demo:forms/api#fm("kept")')
    await expect(calls.field('v')).toHaveValue('"kept"')
    await calls.callLine.fill('demo:forms/api#f')
    await calls.setFile('world.wit', wit.replace('fm: func(v: string)', 'fm: func(v: string, w: u8)'))
    await expect(calls.field('w')).toHaveValue('0')
    await expect(calls.callLine).toHaveValue('demo:forms/api#f')
  })
})

test('what is no value yet stays as it is typed, in its field and in the line', async ({ page }) => {
  const wit = `package demo:forms;
interface api { record item { name: string, count: u8 } put: func(item: item, n: u32) -> u32; }
world forms { export api; }
`
  const source = 'export const api = { put: (item: { count: number }, n: number) => item.count + n }\n'
  const calls = await opened(page, wit, source, 'demo:forms/api#put({name: "a", count: 1}, 2)')
  const words = 'Expected a whole number from 0 to 255 (u8), found “300”.'
  await calls.field('item count').fill('300')
  await expect(calls.callLine).toHaveValue('demo:forms/api#put({name: "a", count: 300}, 2)')
  // Under the field, and under the line.
  await expect(calls.panel.getByText(words)).toHaveCount(2)

  await test.step('while other fields are filled in', async () => {
    await calls.field('item name').fill('b')
    await expect(calls.field('item count')).toHaveValue('300')
    await expect(calls.callLine).toHaveValue('demo:forms/api#put({name: "b", count: 300}, 2)')
    await calls.call.click()
    await expect(calls.field('item count')).toBeFocused()
  })

  await test.step('and is a value as soon as it is one', async () => {
    await calls.field('item count').fill('30')
    await expect(calls.callLine).toHaveAttribute('aria-invalid', 'false')
    await calls.after(() => calls.call.click())
    await expect(calls.result).toContainText('32')
  })

  await test.step('the field says what the line says of it', async () => {
    await calls.callLine.fill('demo:forms/api#put({name: "c", count: 5}, -2)')
    await expect(calls.field('n')).toHaveValue('-2')
    await expect(calls.field('item name')).toHaveValue('c')
    await expect(calls.panel.getByText(/found “-2”/)).toHaveCount(2)
  })

  await test.step('what fits a changed type is kept', async () => {
    await calls.callLine.fill('demo:forms/api#put({name: "c", count: 5}, 2)')
    await calls.setFile('world.wit', wit.replace('count: u8', 'many: u16, extra: bool').replace('n: u32', 'n: string'))
    await expect(calls.callLine).toHaveValue('demo:forms/api#put({name: "c", many: 0, extra: false}, "")')
  })
})

test('a missing import ends the run, also in a function whose err is a text', async ({ page }) => {
  const calls = await opened(
    page,
    'package demo:forms; world forms { export half: func(n: u32) -> result<u32, string>; }',
    `export function half(n: number) {
  if (n === 7) console.log('seven')
  if (n % 2 === 1) throw new Error('odd')
  return n === 8 ? ({ ok: 4 } as never) : n / 2
}
`,
    'half(3)',
  )
  await expect(calls.result.locator('[data-result]')).toContainText('"odd"')
  await calls.make('half(7)')
  await expect(calls.result.getByRole('alert')).toContainText('console.log writes to wasi:cli/stdout')
  await expect(calls.result.getByRole('alert')).toContainText('import wasi:cli/stdout@')
  await calls.make('half(8)')
  await expect(calls.result.getByRole('alert')).toContainText(
    'Return what ok holds, without a wrapper, as in return 5.',
  )
  await expect(calls.result.getByRole('alert')).not.toContainText('throw')
})

test('a handle is held, lent, given away and dropped', async ({ page }) => {
  const calls = new Calls(page)
  await calls.open()
  await calls.example('A resource with methods')
  await calls.runToEnd('demo:bank/accounts#[constructor]account("Ada")')
  await expect(calls.handles).toContainText('%1 account new account("Ada")')

  await test.step('its methods take it from a list of what is there', async () => {
    await calls.panel.getByRole('combobox', { name: 'Export' }).selectOption({ label: 'account.deposit' })
    await expect(calls.panel).toContainText('borrow<account>')
    await expect(calls.panel.getByRole('combobox', { name: 'self' })).toHaveValue('1')
    await calls.field('amount').fill('250')
    await calls.after(() => calls.call.click())
    await expect(calls.result).toContainText('250')
    await expect(calls.handles.getByRole('listitem')).toHaveCount(1)
  })

  await test.step('a new one is a call of its constructor', async () => {
    await calls.panel.getByRole('button', { name: 'New' }).click()
    await expect(calls.callLine).toHaveValue('demo:bank/accounts#[constructor]account("")')
    await calls.after(() => calls.call.click())
    await expect(calls.handles.getByRole('listitem')).toHaveCount(2)
  })

  await test.step('what is given away is gone', async () => {
    await calls.make('demo:bank/accounts#close(%1)')
    await expect(calls.result).toContainText('250')
    await expect(calls.handles.getByRole('listitem')).toHaveText([/%2/])
  })

  await test.step('what is dropped is gone', async () => {
    await calls.handles.getByRole('button', { name: 'Drop %2' }).click()
    await expect(calls.handles).toBeHidden()
    await calls.runToEnd('demo:bank/accounts#[method]account.balance(%2)')
    await expect(calls.result.getByRole('alert')).toContainText('There is no handle %2')
    await expect(calls.result.getByRole('alert')).toContainText('Make it again, then press Call.')
  })
})

test('Ctrl+Enter makes the call in its form, on the instance that is there, and runs the project elsewhere', async ({
  page,
}) => {
  const calls = new Calls(page)
  await calls.open()
  await calls.example('A resource with methods')
  await calls.runToEnd('demo:bank/accounts#[constructor]account("Ada")')
  const rows = calls.handles.getByRole('listitem')
  await calls.after(() => calls.callLine.press('ControlOrMeta+Enter'))
  await expect(rows).toHaveCount(2)
  await calls.after(() => calls.field('owner').press('ControlOrMeta+Enter'))
  await expect(rows).toHaveCount(3)
  await calls.after(() => calls.panel.getByRole('combobox', { name: 'Export' }).press('ControlOrMeta+Enter'))
  await expect(rows).toHaveCount(4)
  await expect(calls.call).toHaveAttribute('title', /Ctrl ↵ in this form/)

  await test.step('also where the line says what is wrong with it', async () => {
    await calls.callLine.fill('demo:bank/accounts#[method]account.owner(%9)')
    await calls.callLine.press('ControlOrMeta+Enter')
    // As with the button: the field says that there is no such handle.
    await expect(calls.panel.getByRole('combobox', { name: 'self' })).toBeFocused()
    await expect(rows).toHaveCount(4)
    await calls.callLine.fill('demo:bank/accounts#[method]account.owner(%9')
    await calls.after(() => calls.callLine.press('ControlOrMeta+Enter'))
    await expect(calls.result.getByRole('alert')).toBeVisible()
    await expect(rows).toHaveCount(4)
  })

  await test.step('a run starts another instance, and says what became of the handles', async () => {
    await calls.callLine.fill('demo:bank/accounts#[constructor]account("Ada")')
    await page.getByRole('button', { name: 'Share', exact: true }).focus()
    await calls.after(() => page.keyboard.press('ControlOrMeta+Enter'))
    await expect(rows).toHaveCount(1)
    await expect(calls.handles).toContainText('A new start ended the instance: its 4 handles are gone.')
    await calls.after(() => calls.callLine.press('ControlOrMeta+Enter'))
    await expect(calls.handles).not.toContainText('gone')
  })
})

test('what became of the handles is said where a failure or Stop ended their instance', async ({ page }) => {
  const calls = new Calls(page)
  await calls.open()
  await calls.example('A resource with methods')
  const source = exampleFile('resource', 'main.ts')
  await calls.setFile(
    'main.ts',
    source.replace(
      'return this.name\n',
      "if (this.name === 'x') throw new Error('no owner')\n    for (;;) if (this.name === 'y') break\n    return this.name\n",
    ),
  )
  const made = (owner: string) => `demo:bank/accounts#[constructor]account("${owner}")`
  await calls.runToEnd(made('y'))
  await calls.make(made('x'))
  await calls.make('demo:bank/accounts#[method]account.owner(%2)')
  const alert = calls.result.getByRole('alert')
  await expect(alert).toContainText('account.owner threw Error: no owner')
  await expect(alert).not.toContainText('demo:bank')
  await expect(alert).toContainText(
    'The failure ended the instance: its 2 handles are gone. The next call starts another instance.',
  )
  await expect(calls.handles).toBeHidden()

  await calls.make(made('endless'))
  await expect(calls.result).not.toContainText('gone')
  await calls.callLine.fill('demo:bank/accounts#[method]account.owner(%1)')
  await calls.after(async () => {
    await calls.call.click()
    await expect(calls.stop).toBeEnabled()
    await calls.stop.click()
  })
  await expect(alert).toContainText('Stop ended the instance: its handle is gone.')
  await expect(calls.handles).toBeHidden()
})

test('an earlier call is made again from the history, which starts anew with a project', async ({ page }) => {
  const calls = new Calls(page)
  await calls.open()
  await calls.runToEnd('greet("Ada")')
  await calls.make('greet("Grace")')
  await expect(calls.history.getByRole('listitem')).toHaveText([/^2.*Grace/, /^1.*Ada/])
  await calls.after(() => calls.history.getByRole('button', { name: 'Call again: greet("Ada")' }).click())
  await expect(calls.result).toContainText('"Hello, Ada"')
  await expect(calls.history.getByRole('listitem').first()).toHaveText(/^3.*Ada/)
  await calls.history.getByRole('button', { name: /^2/ }).press('Enter')
  await expect(calls.callLine).toHaveValue('greet("Grace")')
  await calls.example('Results and errors')
  await calls.runToEnd()
  await expect(calls.history.getByRole('listitem')).toHaveText([/^1/])
})

test('a row of the history shows what that call came to', async ({ page }) => {
  const calls = new Calls(page)
  await calls.open()
  await calls.runToEnd('greet("Ada")')
  await calls.make('greet("Grace")')
  const row = calls.history.getByRole('listitem').last().getByRole('button').first()
  await row.click()
  await expect(row).toHaveAttribute('aria-current', 'true')
  await expect(calls.callLine).toHaveValue('greet("Ada")')
  await expect(calls.result).toContainText('of call 1')
  await expect(calls.result).toContainText('"Hello, Ada')
  await calls.result.getByRole('button', { name: 'Show the newest' }).click()
  await expect(calls.result).not.toContainText('of call')
  await expect(calls.result).toContainText('"Hello, Grace')
  await row.click()
  await calls.after(() => calls.call.click())
  await expect(calls.result).not.toContainText('of call')
})

test('a call that needs a handle is back after the handle was made', async ({ page }) => {
  const calls = new Calls(page)
  await calls.open()
  await calls.example('A resource with methods')
  await calls.runToEnd('demo:bank/accounts#[constructor]account("Ada")')
  await calls.callLine.fill('demo:bank/accounts#[method]account.deposit(%1, 250)')
  await calls.panel.getByRole('button', { name: 'New', exact: true }).click()
  await expect(calls.callLine).toHaveValue(/\[constructor\]account\(/)
  await calls.panel.getByRole('button', { name: 'Back to it' }).click()
  await expect(calls.callLine).toHaveValue('demo:bank/accounts#[method]account.deposit(%1, 250)')
  // Another call instead gives it up.
  const maker = 'demo:bank/accounts#[constructor]account("Bea")'
  await calls.panel.getByRole('button', { name: 'New', exact: true }).click()
  await calls.callLine.fill('demo:bank/accounts#[method]account.balance(%1)')
  await calls.make(maker)
  await expect(calls.callLine).toHaveValue(maker)

  await calls.callLine.fill('demo:bank/accounts#[method]account.deposit(%1, 250)')
  await calls.panel.getByRole('button', { name: 'New', exact: true }).click()
  await calls.after(() => calls.call.click())
  await expect(calls.callLine).toHaveValue('demo:bank/accounts#[method]account.deposit(%3, 250)')
  await expect(calls.panel.getByRole('button', { name: 'Back to it' })).toBeHidden()
  await calls.after(() => calls.call.click())
  await expect(calls.result.locator('[data-result]')).toBeVisible()

  // A run starts another instance, which counts its handles anew.
  await calls.panel.getByRole('button', { name: 'New', exact: true }).click()
  await calls.runToEnd()
  await expect(calls.callLine).toHaveValue('demo:bank/accounts#[method]account.deposit(%1, 250)')
})

/** What a field is described by: that it is an `output` hides it from the description that Playwright works out. */
const problemOf = (field: Locator): Promise<string> =>
  field.evaluate((each) => document.getElementById(each.getAttribute('aria-describedby') ?? '')?.textContent ?? '')

const counters = {
  wit: `package demo:a-rather-long-package-name@1.0.0;

interface counters-and-their-friends {
  resource counter { constructor(start: u32); }
  record line { sku: string, quantity: u32, unit-price-in-cents: u64, extent: extent }
  record extent { width: u32, height: u32 }
  merge: func(a: counter, b: borrow<counter>) -> u32;
  order: func(lines: list<line>) -> u32;
  refuse: func(message: string) -> u32;
}

world counting { export counters-and-their-friends; }
`,
  source: `class Counter {
  start: number
  constructor(start: number) { this.start = start }
}
export const countersAndTheirFriends = {
  Counter,
  merge: (a: Counter, b: Counter) => a.start + b.start,
  order: (lines: unknown[]) => lines.length,
  refuse: (message: string): number => { throw new Error(message) },
}
`,
  path: 'demo:a-rather-long-package-name/counters-and-their-friends@1.0.0#',
}

test('a field that gives its handle away has one of its own, and Call leads to the field that lacks one', async ({
  page,
}) => {
  const { wit, source, path } = counters
  const calls = await opened(page, wit, source, `${path}[constructor]counter(5)`)
  const field = (name: string) => calls.panel.getByRole('combobox', { name, exact: true })
  await field('Export').selectOption({ label: 'merge' })
  await expect(field('a')).toHaveValue('1')
  await expect.poll(() => problemOf(field('b'))).toMatch('Other fields have every counter. Make another with New.')
  const ended = await calls.endedRuns()
  for (const act of [() => calls.call.click(), () => calls.callLine.press('Enter')]) {
    await act()
    await expect(field('b')).toBeFocused()
  }

  await test.step('the same handle twice is no way out', async () => {
    await field('b').selectOption('1')
    await expect
      .poll(() => problemOf(field('a')))
      .toMatch('This gives %1 away, which is used twice. Make another with New.')
    await calls.call.click()
    await expect(field('a')).toBeFocused()
    expect(await calls.endedRuns()).toBe(ended)
  })

  await test.step('another one is', async () => {
    await calls.panel.getByRole('button', { name: 'New', exact: true }).last().click()
    await calls.field('start').fill('7')
    await calls.after(() => calls.call.click())
    await expect(calls.callLine).toHaveValue(`${path}merge(%1, %2)`)
    await calls.after(() => calls.call.click())
    await expect(calls.result).toContainText('12')
  })

  await test.step('a mistake in the line is for the call to tell, not for the fields of the line before', async () => {
    await expect(field('a')).toHaveAttribute('aria-invalid', 'true')
    await calls.make(`${path}merge(%1, oops`)
    await expect(calls.result.getByRole('alert')).toBeVisible()
  })
})

test('an import that a call with handles lacked is added without that call', async ({ page }) => {
  const { wit, source, path } = counters
  const logging = source.replace('a.start + b.start', "console.log('merging') ?? $&")
  const calls = await opened(page, wit, logging, `${path}[constructor]counter(5)`)
  await calls.make(`${path}[constructor]counter(7)`)
  await calls.make(`${path}merge(%1, %2)`)
  await expect(calls.result.getByRole('alert')).toContainText(/import wasi:cli\/stdout/)
  const add = calls.result.getByRole('button', { name: /^Add the import/ })
  await expect(add).toHaveText('Add the import and start')
  await add.click()
  const notices = page.getByRole('region', { name: 'Notices' })
  await expect(notices).toContainText('Its handles are new: make them, then make the call.')
  await expect(add).toHaveCount(0)
  await expect(calls.result).not.toContainText('There is no handle')
  await calls.make(`${path}[constructor]counter(5)`)
  await calls.make(`${path}[constructor]counter(7)`)
  await calls.make(`${path}merge(%1, %2)`)
  await expect(calls.result).toContainText('12')
})

test('a run whose first call failed says so, and not that there is no result', async ({ page }) => {
  const { wit, source, path } = counters
  const calls = await opened(page, wit, source, `${path}merge(%1, %2)`)
  await expect(calls.result.getByRole('alert')).toContainText('There is no handle %1')
  await calls.make(`${path}order([])`)
  await expect(calls.result).toContainText('returned')
  await expect(calls.metrics).toContainText('its first call failed')
  await calls.runToEnd()
  await expect(calls.metrics).not.toContainText('its first call failed')
})

test('what the panel says can be read in full, at any width', async ({ page }) => {
  const { wit, source, path } = counters
  const calls = await opened(page, wit, source, `${path}order([])`)
  const message = 'The order could not be placed because the warehouse has no such article any more'
  /** Whether all that it says is inside of it. */
  const fits = (element: Locator): Promise<boolean> =>
    element.evaluate((each) => each.scrollWidth <= each.clientWidth + 1 && each.scrollHeight <= each.clientHeight + 1)
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    await test.step(`at ${width}`, async () => {
      if (width < 500) await page.getByRole('tab', { name: 'Call' }).last().click()
      await calls.callLine.fill(`${path}order([])`)
      await calls.panel.getByRole('button', { name: 'Add line' }).click()
      for (const name of ['sku', 'unit-price-in-cents', 'extent width']) {
        const { width: room = 0 } = (await calls.field(`lines 0 ${name}`).boundingBox()) ?? {}
        expect(room, name).toBeGreaterThan(130)
      }
      const labels = calls.panel.locator('.field-name')
      for (const label of await labels.all()) expect(await fits(label), (await label.textContent()) ?? '').toBe(true)
      await calls.callLine.fill(`${path}refuse("${message}")`)
      expect(await fits(calls.callLine)).toBe(true)
      await calls.after(() => calls.call.click())
      const row = calls.history.getByRole('listitem').first()
      await expect(row).toContainText(`refuse threw Error: ${message}`)
      expect(await fits(row.locator('.value'))).toBe(true)
    })
  }
})

test('a saved call that the world no longer has is marked, and stays the project’s', async ({ page }) => {
  const calls = new Calls(page)
  await calls.open()
  await calls.callLine.fill('greet("Grace")')
  await calls.panel.getByRole('button', { name: 'Save', exact: true }).click()
  await page
    .getByRole('textbox', { name: /WIT editor/ })
    .first()
    .focus()
  const rows = calls.saved.getByRole('listitem')
  const wit = (name: string, params: string) =>
    `package demo:hello;\n\nworld hello {\n  export ${name}: func(${params}) -> string;\n}\n`
  await calls.setFile('world.wit', wit('welcome', 'name: string'))
  await expect(rows).toHaveText(['greet("Ada")not in this world', 'greet("Grace")not in this world'], {
    timeout: 20_000,
  })
  await expect(calls.saved.getByRole('button', { name: 'Call greet("Ada")' })).toBeDisabled()
  await calls.saved.getByRole('button', { name: 'Rename greet("Ada")' }).click()
  await page.keyboard.type('The usual')
  await page.keyboard.press('Enter')
  await calls.saved.getByRole('button', { name: 'Remove greet("Grace")' }).click()
  await expect(rows).toHaveText(['The usualgreet("Ada")not in this world'])
  await calls.setFile('world.wit', wit('greet', 'times: u8'))
  await expect(rows).toHaveText(['The usualgreet("Ada")does not fit this world'], { timeout: 20_000 })
  await calls.setFile('world.wit', wit('greet', 'who: string'))
  await expect(rows).toHaveText(['The usualgreet("Ada")'], { timeout: 20_000 })
  await expect(calls.saved.getByRole('button', { name: 'Call The usual' })).toBeEnabled()
})

test('saved calls whose functions are gone are removed together, also before they go with a link', async ({ page }) => {
  const calls = new Calls(page)
  await calls.open()
  const wit = (name: string) =>
    `package demo:hello;\n\nworld hello {\n  export ${name}: func(name: string) -> string;\n}\n`
  const rows = calls.saved.getByRole('listitem')
  await page.evaluate(() => {
    const { project } = window.__witcraft.getState()
    const calls = ['greet("Ada")', 'welcome("Grace")', 'greet("Eve") // last']
    return window.__witcraft.openProject({ ...project, calls })
  })
  await calls.runToEnd()
  await expect(calls.saved).toContainText('1 saved call names a function that the world does not have.')
  await calls.setFile('world.wit', wit('welcome'))
  const words = '2 saved calls name functions that the world does not have.'
  await expect(calls.saved).toContainText(words, { timeout: 20_000 })
  await expect(rows).toHaveCount(3)
  await calls.saved.getByRole('button', { name: 'Remove them' }).click()
  await expect(rows).toHaveText(['welcome("Grace")'])
  await expect(calls.callLine).toHaveValue('welcome("Grace")')
  await expect(calls.saved).not.toContainText('does not have')
  await page.getByText('Removed 2 saved calls.').locator('..').getByRole('button', { name: 'Undo' }).click()
  await expect(rows).toHaveCount(3)

  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const share = page.getByRole('dialog', { name: /^Share / })
  await expect(share).toContainText(words)
  const link = share.getByRole('textbox', { name: 'Link' })
  await expect(link).toHaveValue(/#v1/)
  const before = await link.inputValue()
  await share.getByRole('button', { name: 'Remove them' }).click()
  await expect(share).not.toContainText(words)
  await expect(link).not.toHaveValue(before)
  await expect(link).toBeFocused()
  await expect(page).toHaveURL(await link.inputValue())
  await page.reload()
  await expect(rows).toHaveText(['welcome("Grace")'])
})

test('a call whose function is gone says so, and moves to one that is there', async ({ page }) => {
  const calls = new Calls(page)
  await calls.open()
  const wit = (exports: string) => `package demo:hello;\n\nworld hello {\n${exports}}\n`
  const greet = '  export greet: func(name: string) -> string;\n'
  const welcome = '  export add: func(a: u8) -> u8;\n  export welcome: func(name: string, loud: bool) -> string;\n'
  await calls.setFile('world.wit', wit(greet + welcome))
  await calls.callLine.fill('greet("Grace")')
  await expect(calls.field('name')).toHaveValue('Grace')

  await calls.setFile('world.wit', wit(welcome))
  const gone = calls.panel.getByRole('status').filter({ hasText: 'greet is gone from the world.' })
  await expect(gone).toBeVisible()
  await expect(calls.field('name')).toHaveCount(0)
  // Not right under the box above it.
  const above = await calls.panel.locator('.select.export').boundingBox()
  const words = await gone.locator('.cut').boundingBox()
  expect((words?.y ?? 0) - (above?.y ?? 0) - (above?.height ?? 0)).toBeGreaterThan(5)
  await expect(calls.callLine).toHaveValue('greet("Grace")')
  await calls.setFile('world.wit', wit(greet + welcome))
  await expect(calls.field('name')).toHaveValue('Grace')
  await expect(gone).toHaveCount(0)

  await calls.setFile('world.wit', wit(welcome))
  await gone.getByRole('button', { name: 'Change to welcome' }).click()
  await expect(calls.callLine).toHaveValue('welcome("Grace", false)')
  await expect(gone).toHaveCount(0)
  await expect(calls.panel.getByRole('combobox', { name: 'Export' })).toHaveValue('welcome')
})

test('a result keeps the type that it had when the call was made', async ({ page }) => {
  const calls = new Calls(page)
  await calls.open()
  await calls.runToEnd()
  await expect(calls.result).toContainText('returnedstring')
  await calls.setFile(
    'world.wit',
    'package demo:hello;\n\nworld hello {\n  export greet: func(name: string) -> u32;\n}\n',
  )
  await calls.setFile('main.ts', 'export const greet = (name: string): number => name.length\n')
  await calls.runToEnd()
  await expect(calls.result).toContainText('returnedu32')
  await calls.history.getByRole('button', { name: /^1/ }).click()
  await expect(calls.result).toContainText('returnedstring')
})

test('saved calls belong to the project', async ({ page }) => {
  const calls = new Calls(page)
  await calls.open()
  await expect(calls.saved.getByRole('listitem')).toHaveText(['greet("Ada")'])
  await calls.callLine.fill('greet("Grace")')
  await calls.panel.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(calls.panel.getByRole('button', { name: 'Saved', exact: true })).toBeDisabled()
  await calls.saved.getByRole('button', { name: 'Move up greet("Grace")' }).click()
  await expect(calls.saved.getByRole('listitem')).toHaveText(['greet("Grace")', 'greet("Ada")'])
  expect(await page.evaluate(() => window.__witcraft.getState().project.calls)).toEqual([
    'greet("Grace")',
    'greet("Ada")',
  ])
  await calls.callLine.fill('')
  await calls.after(() => calls.saved.getByRole('button', { name: 'Call greet("Grace")' }).click())
  await expect(calls.result).toContainText('"Hello, Grace"')
  await calls.saved.getByRole('button', { name: 'Remove greet("Ada")' }).click()
  await expect(calls.saved.getByRole('listitem')).toHaveText(['greet("Grace")'])
})

test('a saved call has a name that is given by keyboard', async ({ page }) => {
  const calls = new Calls(page)
  await calls.open()
  const row = calls.saved.getByRole('button', { name: /^greet/ })
  await row.focus()
  await page.keyboard.press('F2')
  await page.keyboard.type('The usual')
  await page.keyboard.press('Enter')
  const named = calls.saved.getByRole('button', { name: 'The usual greet("Ada")' })
  await expect(named).toBeFocused()
  await calls.callLine.fill('')
  await page.keyboard.press('Escape')
  await named.press('Enter')
  // The name is no part of the call.
  await expect(calls.callLine).toHaveValue('greet("Ada")')
  await calls.after(() => calls.saved.getByRole('button', { name: 'Call The usual' }).click())
  await expect(calls.result).toContainText('"Hello, Ada"')
  await calls.saved.getByRole('button', { name: 'Rename The usual' }).click()
  await page.keyboard.press('Escape')
  await expect(named).toBeFocused()
  expect(await page.evaluate(() => window.__witcraft.getState().project.calls)).toEqual(['greet("Ada") // The usual'])
  // It goes with the project.
  const link = await page.evaluate(() => window.__witcraft.shareLink())
  await page.goto(link)
  await expect(named).toBeVisible()
})

test('the focus stays in a list whose rows go, and returns where it came from with the last of them', async ({
  page,
}) => {
  const calls = new Calls(page)
  await calls.open()
  await calls.example('A resource with methods')
  await calls.runToEnd('demo:bank/accounts#[constructor]account("Ada")')
  await calls.make('demo:bank/accounts#[constructor]account("Grace")')
  const drop = (handle: string) => calls.handles.getByRole('button', { name: `Drop %${handle}` })
  await calls.callLine.focus()
  await drop('1').focus()
  await page.keyboard.press('Enter')
  await expect(drop('1')).toBeHidden()
  await expect(drop('2')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(calls.handles).toBeHidden()
  await expect(calls.callLine).toBeFocused()

  const remove = calls.saved.getByRole('button', { name: /^Remove/ })
  await remove.first().focus()
  await page.keyboard.press('Enter')
  await expect(remove).toHaveCount(1)
  expect(await calls.saved.evaluate((list) => list.contains(document.activeElement))).toBe(true)
  await remove.focus()
  await page.keyboard.press('Enter')
  await expect(calls.saved).toBeHidden()
  await expect(calls.callLine).toBeFocused()
})

test('a nested result is a tree, a long list is paged, and both are WAVE as well', async ({ page }) => {
  const calls = await opened(
    page,
    `package demo:deep;

interface api {
  record line { sku: string, tags: list<string> }
  record cart { owner: string, lines: list<line>, note: option<string> }
  get: func() -> cart;
  many: func() -> list<u32>;
  long: func() -> string;
  fail: func() -> result<cart, line>;
}

world deep { export api; }
`,
    `const line = { sku: 'mug-01', tags: ['kitchen', 'sale'] }
export const api = {
  get: () => ({ owner: 'Ada', lines: [line, line], note: 'gift' }),
  many: () => Uint32Array.from({ length: 1000 }, (_, index) => index * 2),
  long: () => 'x'.repeat(5000),
  fail: () => { throw line },
}
`,
    'api#get()',
  )
  await expect(calls.tree).toContainText('owner')
  await expect(calls.tree.getByText('"mug-01"', { exact: true }).first()).toBeVisible()
  const lines = calls.tree.getByRole('group').filter({ hasText: 'lines' }).first()
  await lines.locator('summary').first().click()
  await expect(calls.tree.getByText('"mug-01"', { exact: true }).first()).toBeHidden()
  await calls.result.getByRole('radio', { name: 'WAVE' }).check({ force: true })
  await expect(calls.result).toContainText('{owner: "Ada", lines: [{sku: "mug-01"')

  await calls.make('demo:deep/api#many()')
  await expect(calls.tree).toContainText('0 to 49 of 1,000')
  await calls.tree.getByRole('button', { name: /^Later/ }).click()
  await expect(calls.tree.getByRole('listitem').first()).toHaveText('50 100')

  await calls.make('demo:deep/api#long()')
  await expect(calls.result).not.toContainText('x'.repeat(1000))
  await calls.result.getByRole('button', { name: /Show all 5,002 characters/ }).click()
  await expect(calls.result).toContainText('x'.repeat(5000))

  await calls.make('demo:deep/api#fail()')
  await expect(calls.result.locator('[data-result="err"]')).toContainText('err')
  await expect(calls.result.locator('[data-result="err"]')).toContainText('line')
  await calls.result.getByRole('radio', { name: 'Tree' }).check({ force: true })
  await expect(calls.tree).toContainText('"mug-01"')
  await expect(page.getByRole('status', { name: 'Announcements' })).toContainText('Result err')
})

test('an empty line suggests a call of this world', async ({ page }) => {
  const calls = await opened(
    page,
    'package demo:sum;\n\nworld sum {\n  export add: func(a: u32, b: u32) -> u32;\n}\n',
    'export const add = (a: number, b: number): number => a + b\n',
    'add(1, 2)',
  )
  // The form comes with the world, and fills an empty line once.
  await expect(calls.field('a')).toHaveValue('1')
  await calls.callLine.fill('')
  await expect(calls.callLine).toHaveAttribute('placeholder', 'add(0, 0)')
  await expect(calls.call).toBeDisabled()
})

test('F8 goes to a problem and says there what it is', async ({ page }) => {
  const calls = new Calls(page)
  await calls.open()
  await expect(page.getByRole('textbox', { name: /WIT editor/ }).first()).toBeVisible()
  await calls.setFile(
    'world.wit',
    'package demo:hello;\n\nworld hello {\n  export greet: func(name: strin) -> string;\n}\n',
  )
  await calls.showProblems()
  await expect(calls.problems.getByRole('listitem')).toHaveCount(1)
  await page.keyboard.press('F8')
  await expect(page.locator('.monaco-hover').filter({ hasText: /strin/ })).toBeVisible()
  await expect(page.getByRole('status', { name: 'Announcements' })).toContainText('Problem 1 of 1')
})
