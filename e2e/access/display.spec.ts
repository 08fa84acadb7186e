import { expect, test, type Locator } from '@playwright/test'
import { Workbench } from '../workbench.ts'

test('with reduced motion nothing of the page is animated, whatever is done', async ({ page }) => {
  // Counted from the first moment, not sampled: what starts and ends between two looks counts as well.
  const watch = (): void => {
    const moved: string[] = []
    Reflect.set(window, 'moved', moved)
    for (const type of ['transitionrun', 'animationstart'])
      document.addEventListener(type, ({ target }) => {
        // The editor's cursor and widgets are the editor's own.
        if (target instanceof Element && !target.closest('.monaco-editor')) moved.push(`${type} ${target.className}`)
      })
  }
  const tour = async (): Promise<string[]> => {
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.run.hover()
    await page.getByRole('button', { name: /^Theme/ }).hover()
    await workbench.runToEnd()
    await workbench.run.hover()
    await page.getByRole('tab', { name: 'Clock & Env', exact: true }).click()
    await page.getByRole('radio', { name: 'Frozen' }).or(page.getByRole('radio').last()).first().hover()
    return page.evaluate((): string[] => Reflect.get(window, 'moved'))
  }
  await page.addInitScript(watch)
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect((await tour()).length).toBeGreaterThan(0)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await tour()).toEqual([])
})

test('with forced colours every control keeps a boundary that can be seen, and the focus a ring', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.runToEnd()
  const bare = await page.evaluate(() => {
    const background = (element: Element | null): string => {
      for (let at = element; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor
        if (!/, 0\)$|transparent/.test(colour)) return colour
      }
      return 'rgb(255, 255, 255)'
    }
    const seen = [...document.querySelectorAll<HTMLElement>('.button:not(:disabled), .input, .boxed select')]
    return seen
      .filter((each) => each.getClientRects().length > 0)
      .filter((each) => {
        const { borderBottomStyle, borderBottomWidth, borderBottomColor } = getComputedStyle(each)
        return (
          borderBottomStyle === 'none' ||
          Number.parseFloat(borderBottomWidth) < 1 ||
          borderBottomColor === background(each.parentElement)
        )
      })
      .map((each) => each.outerHTML.slice(0, 120))
  })
  expect(bare).toEqual([])

  // What is chosen differs by a line in the system's colour for it, for forced colours take fills away.
  const highlight = await page.evaluate(() => {
    const probe = document.createElement('span')
    probe.style.cssText = 'forced-color-adjust: none; color: Highlight'
    document.body.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    return color
  })
  const line = (locator: Locator): Promise<string> =>
    locator.evaluate((element) => {
      const { content, backgroundColor } = getComputedStyle(element, '::after')
      return content === 'none' ? '' : backgroundColor
    })
  expect(await line(page.getByRole('tab', { name: 'Call', exact: true }).first())).toBe(highlight)
  expect(await line(page.getByRole('tab', { name: 'Clock & Env', exact: true }).first())).toBe('')
  await expect(page.getByRole('treeitem', { selected: true }).first()).toHaveCSS('outline-color', highlight)

  const code = page.locator('.monaco-editor .view-line span span').first()
  const [text, ground] = await code.evaluate((element) => {
    const editor = element.closest('.monaco-editor')
    return [getComputedStyle(element).color, editor && getComputedStyle(editor).backgroundColor]
  })
  expect(text).not.toBe(ground)

  await workbench.run.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  const { style, width } = await workbench.run.evaluate((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return { style: outlineStyle, width: Number.parseFloat(outlineWidth) }
  })
  expect(style).toBe('solid')
  expect(width).toBeGreaterThanOrEqual(2)
})

test('with forced colours a drawing has the colour of the words beside it', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' })
  await new Workbench(page).open()
  const drawings = await page.evaluate(() =>
    [...document.querySelectorAll('svg.icon, .brand svg')]
      .filter((each) => each.getClientRects().length > 0)
      .map((each) => ({
        of: each.parentElement?.outerHTML.slice(0, 120),
        isAlike: each.parentElement && getComputedStyle(each).color === getComputedStyle(each.parentElement).color,
      })),
  )
  expect(drawings.length).toBeGreaterThan(10)
  expect(drawings.filter(({ isAlike }) => !isAlike)).toEqual([])
})

test('with forced colours the view that a small window shows is marked as what is chosen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ forcedColors: 'active' })
  await new Workbench(page).open()
  const [line, highlight] = await page
    .getByRole('tablist', { name: 'Views' })
    .getByRole('tab', { selected: true })
    .evaluate((tab) => {
      const probe = document.createElement('span')
      probe.style.cssText = 'forced-color-adjust: none; color: Highlight'
      document.body.append(probe)
      const { color } = getComputedStyle(probe)
      probe.remove()
      return [getComputedStyle(tab, '::before').borderTopColor, color]
    })
  expect(line).toBe(highlight)
})

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`the quick fixes are shown with their whole titles, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.setFile('main.ts', 'export function greet(name: number): string {\n  return String(name)\n}\n')
    await page
      .locator('.view-line')
      .filter({ hasText: 'export function greet' })
      .click({ position: { x: 130, y: 8 } })
    const menu = page.locator('.action-widget:not(.action-list-submenu-panel)')
    await expect(async () => {
      await page.keyboard.press('Control+.')
      await expect(menu.getByText('Correct the signature of greet')).toBeVisible({ timeout: 3000 })
    }).toPass()
    const cut = await menu
      .locator('.monaco-list-row .title')
      .evaluateAll((titles) =>
        titles.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent),
      )
    expect(cut).toEqual([])
    const box = await menu.boundingBox()
    expect(box?.x).toBeGreaterThanOrEqual(0)
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width + 1)
  })
}

test('on a telephone the output is shown at its end, also where it was written before', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('A command-line program')
  await workbench.setFile(
    'main.ts',
    'export const run = { run() { for (let line = 0; line < 150; line++) console.log(`line ${line}`) } }\n',
  )
  await workbench.runToEnd()
  await page.getByRole('tablist', { name: 'Views' }).getByRole('tab', { name: 'Terminal' }).click()
  await expect(page.getByRole('log', { name: 'Terminal text' }).getByText('exited with 0')).toBeInViewport()
})

for (const [width, height, name] of [
  [720, 450, 'at 200 % zoom'],
  [390, 844, 'on a telephone'],
  [320, 640, 'at 320 px'],
] as const) {
  test(`nothing has to be scrolled sideways ${name}, and everything can be reached`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    const workbench = new Workbench(page)
    await workbench.open()
    await workbench.runToEnd()
    const views = page.getByRole('tablist', { name: 'Views' }).getByRole('tab')
    for (let index = 0; index < (await views.count()); index++) {
      await views.nth(index).click()
      const over = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        // A list of tabs and a text may scroll in themselves; a control must not lie outside of the window.
        const outside = [...document.querySelectorAll<HTMLElement>('button, select, input:not([type=radio]), textarea')]
          .filter((each) => !each.closest('.monaco-editor, [role=tablist], .visually-hidden'))
          .filter((each) => {
            const { left, right, width } = each.getBoundingClientRect()
            return width > 0 && (left < -1 || right > window.innerWidth + 1)
          })
          .map((each) => each.outerHTML.slice(0, 100))
        return { sideways: Math.max(0, scrollWidth - clientWidth), outside }
      })
      expect(over, (await views.nth(index).textContent()) ?? '').toEqual({ sideways: 0, outside: [] })
    }
    await views.filter({ hasText: 'Call' }).click()
    await expect(workbench.result).toContainText('"Hello, Ada"')
    await workbench.callLine.scrollIntoViewIfNeeded()
    await expect(workbench.callLine).toBeInViewport()
    await expect(workbench.run).toBeInViewport()
  })
}
