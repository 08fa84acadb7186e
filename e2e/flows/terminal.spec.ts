import { readFileSync } from 'node:fs'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { violations } from '../access/violations.ts'
import { Workbench } from '../workbench.ts'

const world = (exports: string, more = ''): string => `package demo:talk;

world talk {
  import wasi:cli/stdin@0.2.12;
  import wasi:cli/stdout@0.2.12;
  import wasi:cli/stderr@0.2.12;
  import wasi:cli/exit@0.2.12;
  import wasi:clocks/monotonic-clock@0.2.12;
${more}  export ${exports};
}
`
const program = world('wasi:cli/run@0.2.12')

const reading = `import { getStdin } from 'wasi:cli/stdin@0.2.12'
const decoder = new TextDecoder()
export function* lines(): Generator<string> {
  const stdin = getStdin()
  let rest = ''
  try {
    for (;;) {
      rest += decoder.decode(stdin.blockingRead(4096n), { stream: true })
      const parts = rest.split('\\n')
      rest = parts.pop() ?? ''
      yield* parts
    }
  } catch {
    if (rest !== '') yield rest
  }
}
`
const echo = `import { exit } from 'wasi:cli/exit@0.2.12'
import { lines } from './reading.ts'
class Greeter {
  constructor() {
    console.log('Name?')
  }
}
export const run = {
  run(): void {
    new Greeter()
    let count = 0
    for (const line of lines()) {
      count++
      console.log('Hello, ' + line)
      if (line === 'quit') exit({ tag: 'err', val: undefined })
    }
    console.error(count + ' names')
  },
}
`
const sleeper = `export const run = {
  async run(): Promise<void> {
    const from = performance.now()
    await new Promise<void>((resolve) => setTimeout(() => resolve(), 500))
    console.log('slept', performance.now() - from >= 500)
  },
}
`

class Terminal extends Workbench {
  readonly line: Locator
  readonly state: Locator

  constructor(page: Page) {
    super(page)
    this.line = this.output.getByRole('textbox', { name: 'Line for the component' })
    this.state = this.output.getByRole('status')
  }

  async project(main: string, wasi: Readonly<Record<string, unknown>> = {}, wit = program): Promise<void> {
    await this.open()
    const files = { 'world.wit': wit, 'main.ts': main, 'reading.ts': reading }
    await this.page.evaluate((project) => window.__witcraft.openProject(project), {
      schema: 1,
      name: 'talk',
      files,
      wasi,
    })
  }

  async waits(words: string | RegExp): Promise<void> {
    await expect(this.state).toHaveText(words)
  }
}

/** As in a browser that cannot suspend WebAssembly. */
const withoutSuspending = (): void => {
  Reflect.deleteProperty(WebAssembly, 'Suspending')
  Reflect.deleteProperty(WebAssembly, 'promising')
}

test('a program is typed to, line by line, until its input ends', async ({ page }) => {
  const terminal = new Terminal(page)
  await terminal.project(echo)
  await expect(terminal.line).not.toBeEditable()
  const before = await terminal.endedRuns()
  await page.keyboard.press('Control+Enter')
  await terminal.waits('Waiting for input')
  await expect(terminal.output).toContainText('Name?')
  await terminal.line.focus()
  await page.keyboard.type('Ada')
  await page.keyboard.press('Enter')
  await expect(terminal.output).toContainText('Hello, Ada')
  await expect(terminal.output.locator('[data-stream="stdin"]')).toHaveText('inAda')
  await page.keyboard.type('Grace')
  await page.keyboard.press('Enter')
  await expect(terminal.output).toContainText('Hello, Grace')
  // What was typed can be had back.
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(terminal.line).toHaveValue('Ada')
  await page.keyboard.press('ArrowDown')
  await expect(terminal.line).toHaveValue('Grace')
  // And what was begun before that.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.type('Edsg')
  await page.keyboard.press('ArrowUp')
  await expect(terminal.line).toHaveValue('Grace')
  await page.keyboard.press('ArrowDown')
  await expect(terminal.line).toHaveValue('Edsg')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+d')
  await terminal.ended(before)
  await expect(terminal.output).toContainText('3 names')
  await expect(terminal.output).toContainText('exited with 0')
  await expect(terminal.state).toBeEmpty()
  await expect(terminal.line).toBeFocused()
  await expect(terminal.line).not.toBeEditable()
  // The same again, from the same field.
  await page.keyboard.press('Control+Enter')
  await expect(terminal.line).toBeEditable()
  await page.keyboard.type('quit')
  await page.keyboard.press('Enter')
  await terminal.ended(before + 1)
  await expect(terminal.output).toContainText('exited with 1')
})

test('pasted lines are typed one after the other, and a button ends the input', async ({ page }) => {
  const terminal = new Terminal(page)
  await terminal.project(echo)
  const before = await terminal.endedRuns()
  await terminal.run.click()
  await terminal.waits('Waiting for input')
  await terminal.line.evaluate((field) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'one\r\ntwo\nthr')
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await expect(terminal.line).toHaveValue('thr')
  await expect(terminal.output).toContainText('Hello, two')
  await terminal.line.press('Enter')
  await expect(terminal.output).toContainText('Hello, thr')
  await terminal.output.getByRole('button', { name: 'End input' }).click()
  await terminal.ended(before)
  await expect(terminal.output).toContainText('3 names')
})

test('a program that waits is stopped at once, and a newer run takes its place', async ({ page }) => {
  const terminal = new Terminal(page)
  await terminal.project(echo)
  await terminal.run.click()
  await terminal.waits('Waiting for input')
  await terminal.stop.click()
  await expect(terminal.result.getByRole('alert')).toContainText('The run was stopped')
  await expect(terminal.state).toBeEmpty()
  await terminal.run.click()
  await terminal.waits('Waiting for input')
  await terminal.line.fill('nobody')
  await terminal.line.press('Enter')
  await expect(terminal.output).toContainText('Hello, nobody')
  const before = await terminal.endedRuns()
  void page.evaluate(() => window.__witcraft.run('')).catch(() => {})
  await expect(terminal.output).not.toContainText('nobody')
  await terminal.waits('Waiting for input')
  await terminal.line.fill('Ada')
  await terminal.line.press('Enter')
  await expect(terminal.output).toContainText('Hello, Ada')
  await terminal.line.press('Control+d')
  await terminal.ended(before)
  await expect(terminal.output).toContainText('1 names')
})

test('a function is typed to where somebody chooses that, and what it cannot do meanwhile is said', async ({
  page,
}) => {
  const terminal = new Terminal(page)
  const main = "import { lines } from './reading.ts'\nexport const ask = (): string => [...lines()].join('+')\n"
  await terminal.project(main, {}, world('ask: func() -> string'))
  // Without a choice it reads the text, and there is none.
  await terminal.runToEnd('ask()')
  await expect(terminal.result).toContainText('""')
  await terminal.output.getByRole('radio', { name: 'typed' }).check({ force: true })
  const before = await terminal.endedRuns()
  await terminal.run.click()
  await terminal.waits('Waiting for input')
  await terminal.line.fill('a')
  await terminal.line.press('Enter')
  await terminal.line.press('Control+d')
  await terminal.ended(before)
  await expect(terminal.result).toContainText('"a"')
  await expect(page.evaluate(() => window.__witcraft.burst(10))).rejects.toThrow(/cannot be measured/)
})

test('a clock that is frozen is stepped while the program waits for it', async ({ page }) => {
  const terminal = new Terminal(page)
  await terminal.project(sleeper, { clock: { mode: 'frozen' } })
  const before = await terminal.endedRuns()
  await terminal.run.click()
  await terminal.waits('Waiting until 500 ms')
  await terminal.result.getByRole('button', { name: 'Step the clock' }).click()
  await expect(page.getByRole('button', { name: 'Step by 100 ms' })).toBeInViewport()
  await page.getByRole('button', { name: 'Step by 100 ms' }).click()
  await expect(page.getByText('in 400 ms')).toBeVisible()
  await terminal.waits('Waiting until 500 ms')
  await page.getByRole('button', { name: 'Step to the next deadline' }).click()
  await terminal.ended(before)
  await expect(terminal.output).toContainText('slept true')
})

test('waiting for the real clock is not counted as computing, and a loop still is', async ({ page }) => {
  const terminal = new Terminal(page)
  await terminal.project(sleeper.replaceAll('500', '4000'), { clock: { mode: 'real' }, limits: { milliseconds: 2000 } })
  const before = await terminal.endedRuns()
  await terminal.run.click()
  await terminal.waits(/^Waiting until [\d,.]+ m?s$/)
  await terminal.ended(before)
  await expect(terminal.output).toContainText('slept true')
  await terminal.setFile('main.ts', sleeper.replace("console.log('slept',", 'for (;;) {}; console.log('))
  await terminal.runToEnd()
  await expect(terminal.result.getByRole('alert')).toContainText('did not end within 2,000 ms')
})

test('a text is read as a whole, from the project or from a file', async ({ page }) => {
  const terminal = new Terminal(page)
  await terminal.project(echo, { stdin: 'Ada\nGrace' })
  await terminal.runToEnd()
  await expect(terminal.output).toContainText('2 names')
  await terminal.output.getByRole('button', { name: 'Edit' }).click()
  await terminal.output.getByRole('textbox', { name: 'Text of standard input' }).fill('Edsger\n')
  await terminal.runToEnd()
  await expect(terminal.output).toContainText('Hello, Edsger')
  const file = terminal.output.locator('input[type=file]')
  await file.setInputFiles({ name: 'names.txt', mimeType: 'text/plain', buffer: Buffer.from('a\nb\nc') })
  await expect(page.getByText('The component reads names.txt.')).toBeVisible()
  await terminal.runToEnd()
  await expect(terminal.output).toContainText('3 names')
  await file.setInputFiles({ name: 'mark.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0xff]) })
  await expect(page.getByText('mark.png is no text in UTF-8')).toBeVisible()
  // The page's own choice is not in the project.
  await terminal.output.getByRole('radio', { name: 'typed' }).check({ force: true })
  const wasi = await page.evaluate(() => window.__witcraft.getState().project.wasi)
  expect(wasi).toEqual({ stdin: 'a\nb\nc' })
})

test('without JSPI a program reads the text, and the page says what would let it be typed to', async ({ page }) => {
  await page.addInitScript(withoutSuspending)
  const terminal = new Terminal(page)
  await terminal.project(echo)
  await terminal.runToEnd()
  await expect(terminal.output).toContainText('0 names')
  await expect(terminal.output).toContainText('needs Chrome or Edge 137, Firefox 153 or Safari 27')
  await terminal.project(sleeper, { clock: { mode: 'frozen' } })
  await terminal.runToEnd()
  await expect(terminal.result.getByRole('alert')).toContainText(/frozen.*Chrome or Edge 137/s)
  await terminal.project(sleeper, { clock: { mode: 'real' } })
  await terminal.runToEnd()
  await expect(terminal.output).toContainText('slept true')
})

const colours = `const e = '\\u001b['
const paint = (codes: string, text: string): string => e + codes + 'm' + text + e + '0m'
export const run = {
  run(): void {
    console.log(paint('31', 'red') + paint('1;38;5;226', ' yellow') + paint('38;2;255;0;255', ' pink') + ' plain')
    console.log(paint('7', 'inverse') + paint('97;44', ' onblue') + paint('30;48;5;51', ' oncyan') + paint('2', ' dim'))
    console.log('10%\\r20%\\r100%' + e + '2J' + e + '?25l')
    console.error(paint('3;4;9', 'wrong'))
  },
}
`

test('colours are drawn, cursor movement is not, and a copy has the text alone', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const terminal = new Terminal(page)
  await terminal.project(colours)
  await terminal.runToEnd()
  const text = 'red yellow pink plain\ninverse onblue oncyan dim\n100%\nwrong\n'
  const drawn = terminal.output.getByRole('log').locator('.text')
  await expect(drawn).toHaveText(text.trim().split('\n'))
  const colourOf = (of: string): Promise<string> =>
    terminal.output.getByText(of, { exact: true }).evaluate((found) => getComputedStyle(found).color)
  expect(new Set([await colourOf('red'), await colourOf('yellow'), await colourOf('pink')]).size).toBe(3)
  await expect(terminal.output.getByText('wrong')).toHaveCSS('font-style', 'italic')
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    expect(await violations(page)).toEqual([])
  }
  await terminal.output.getByRole('button', { name: 'Copy the text' }).click()
  await expect(terminal.output.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)
  const download = page.waitForEvent('download')
  await terminal.output.getByRole('button', { name: 'Download the text' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('talk-output.txt')
  expect(readFileSync(await saved.path(), 'utf8')).toBe(text)
  await expect(terminal.output).toContainText('exited with')
  await terminal.output.getByRole('button', { name: 'Clear' }).click()
  await expect(drawn).toHaveCount(0)
  await expect(terminal.output).not.toContainText('exited with')
})

test('of a flood the newest lines are drawn, and the earlier ones where they are asked for', async ({ page }) => {
  const terminal = new Terminal(page)
  const flood = `export const run = {
  run(): void {
    for (let line = 0; line < 3000; line++) console.log('\\u001b[3' + (line % 8) + 'mline ' + line)
  },
}
`
  await terminal.project(flood)
  await terminal.runToEnd()
  const lines = terminal.output.locator('.line')
  await expect(lines.last()).toContainText('line 2999')
  const first = await lines.first().innerText()
  expect(await lines.count()).toBeLessThanOrEqual(200)
  await terminal.output.getByRole('button', { name: 'Show earlier lines' }).click()
  await expect(lines.last()).toContainText(`line ${Number(/\d+/.exec(first)?.[0]) - 1}`)
  await terminal.output.getByRole('button', { name: 'Show later lines' }).click()
  await expect(lines.last()).toContainText('line 2999')
})

test('a flood of a component that is typed to leaves the page usable', async ({ page }) => {
  const terminal = new Terminal(page)
  await terminal.project(
    `import { subscribeDuration } from 'wasi:clocks/monotonic-clock@0.2.12'
export const run = {
  run(): void {
    for (let line = 0; ; line++) {
      console.log('\u001b[3' + (line % 8) + 'mline ' + line)
      // Now and then what was written is shown before a wait.
      if (line % 1000 === 0) subscribeDuration(15_000_000n).block()
    }
  },
}
`,
    { clock: { mode: 'real' }, limits: { milliseconds: 60_000 } },
  )
  const before = await terminal.endedRuns()
  const drawing = page.evaluate(
    () =>
      new Promise<{ frames: number; longest: number }>((resolve) => {
        let frames = 0
        let longest = 0
        const watch = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
        })
        watch.observe({ type: 'longtask' })
        const draw = (): void => {
          const { run, output } = window.__witcraft.getState()
          if (run.status === 'calling' && output.droppedBytes > 0) frames++
          if (run.status === 'ended') return resolve({ frames, longest })
          requestAnimationFrame(draw)
        }
        draw()
      }),
  )
  void page.evaluate(() => window.__witcraft.run('')).catch(() => {})
  // More was written than is kept, and it goes on.
  await expect(terminal.output.getByTestId('dropped-bytes')).toBeVisible({ timeout: 60_000 })
  await terminal.line.click()
  await page.keyboard.type('still here')
  await expect(terminal.line).toHaveValue('still here')
  await page.keyboard.press('Enter')
  await expect(terminal.line).toHaveValue('')
  await terminal.stop.click()
  await terminal.ended(before)
  const { frames, longest } = await drawing
  console.log(`a flood of an interactive run: ${frames} frames, longest task ${longest.toFixed(0)} ms`)
  expect(frames).toBeGreaterThan(5)
})

test('the terminal is usable on a small screen, and has no fault that axe knows', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const terminal = new Terminal(page)
  await terminal.project(echo)
  await page.getByRole('tablist', { name: 'Views' }).getByRole('tab', { name: 'Terminal' }).click()
  expect(await violations(page)).toEqual([])
  void page.evaluate(() => window.__witcraft.run('')).catch(() => {})
  await terminal.waits('Waiting for input')
  await terminal.line.fill('Ada')
  await terminal.output.getByRole('button', { name: 'Send' }).click()
  await expect(terminal.output).toContainText('Hello, Ada')
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    expect(await violations(page)).toEqual([])
  }
  const box = await terminal.output.boundingBox()
  expect(box?.width).toBeLessThanOrEqual(390)
})

test('an empty terminal leaves its room to the call', async ({ page }) => {
  const terminal = new Terminal(page)
  await terminal.open()
  const empty = (await terminal.output.boundingBox())?.height ?? 0
  await terminal.setFile('world.wit', program)
  await terminal.setFile('main.ts', colours)
  await page.evaluate(() => window.__witcraft.run(''))
  await expect(terminal.output).toContainText('plain')
  expect(empty).toBeLessThan(((await terminal.output.boundingBox())?.height ?? 0) / 2)
})
