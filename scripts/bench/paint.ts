// How soon there is something to read, and how soon it can be edited, on the machines and networks that people have.
import type { Page } from '@playwright/test'
import { freshPage, type PageSession } from './page.ts'
import { throttle, type Network } from './throttle.ts'

export interface Opening {
  /** Milliseconds from the start of the navigation. */
  readonly largestPaint: number
  /** When a key changes the project: in the plain text field that comes first, or in the editor. */
  readonly editable: number
  /** When the editor with everything that it can do has taken that field's place. */
  readonly editor: number
  /** Sum of all layout shifts, as browsers report it. */
  readonly shift: number
}

/** Notes paints, shifts and the moment at which an editor takes keys, from the page's first moment. */
function watchOpening(): void {
  const seen = { largestPaint: 0, shift: 0, editable: 0, editor: 0 }
  Reflect.set(window, 'opening', seen)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.largestPaint = entry.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const value: unknown = Reflect.get(entry, 'value')
      if (typeof value === 'number' && Reflect.get(entry, 'hadRecentInput') !== true) seen.shift += value
    }
  }).observe({ type: 'layout-shift', buffered: true })
  // The text that the editor has drawn, beside the field that takes keys: a model is attached by then.
  const ready = (): boolean =>
    [...document.querySelectorAll('.monaco-editor')].some(
      (editor) => editor.querySelector('textarea') !== null && editor.querySelector('.view-line') !== null,
    )
  // What the build drew has such a field as well, which is only listened to.
  const typable = (): boolean => document.querySelector('#root > :not([data-drawn]) textarea.code-text') !== null
  const observer = new MutationObserver(() => {
    if (seen.editable === 0 && (typable() || ready())) seen.editable = performance.now()
    if (!ready()) return
    observer.disconnect()
    seen.editor = performance.now()
  })
  observer.observe(document, { childList: true, subtree: true })
}

export interface OpeningConditions {
  readonly network?: Network
  /** How many times slower the processor is made. */
  readonly slowdown?: number
  /** Opened once before, so that the browser has kept what it may keep. */
  readonly repeat?: boolean
}

/** One opening of the page by somebody who has never been here, or comes back. */
export async function openPage(
  session: PageSession,
  { network, slowdown = 1, repeat = false }: OpeningConditions,
): Promise<Opening> {
  const page = await freshPage(session)
  try {
    await page.addInitScript(watchOpening)
    if (repeat) {
      await page.goto(session.url)
      await untilEditor(page)
      await page.goto('about:blank')
    }
    await throttle(page, network, slowdown)
    await page.goto(session.url, { waitUntil: 'commit' })
    await untilEditor(page)
    // What comes late may still shift, or be the largest.
    await page.waitForTimeout(1000)
    const opening = await page.evaluate((): Opening => Reflect.get(window, 'opening'))
    await typeInto(page)
    return opening
  } finally {
    await page.context().close()
  }
}

async function untilEditor(page: Page): Promise<void> {
  await page.waitForFunction(() => Reflect.get(window, 'opening')?.editor > 0, undefined, { timeout: 120_000 })
}

/** That an editor was said to be there is worth nothing where a key does not change the project. */
async function typeInto(page: Page): Promise<void> {
  await page
    .getByRole('textbox', { name: /TypeScript editor/ })
    .first()
    .focus()
  await page.keyboard.type('/')
  await page.waitForFunction(() => !window.__witcraft.getState().pristine, undefined, { timeout: 60_000 })
}
