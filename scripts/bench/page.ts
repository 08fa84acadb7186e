// What the page reaches, measured in the page itself through its automation hook (src/state/automation.ts).
import { chromium, type Browser, type Page } from '@playwright/test'

export interface PageSession {
  readonly browser: Browser
  readonly url: string
}

export async function openBrowser(url: string): Promise<PageSession> {
  const executablePath = process.env['CHROMIUM_PATH']
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
  return { browser, url }
}

/** A fresh profile with an empty cache. */
export async function freshPage(session: PageSession): Promise<Page> {
  const context = await session.browser.newContext({ viewport: { width: 1440, height: 900 } })
  return context.newPage()
}

/** Milliseconds from the start of the navigation until the default example's first result is in the page. Run is pressed as soon as it can be. */
export async function navigationToResult(page: Page, url: string, reload: boolean): Promise<number> {
  if (reload) await page.reload({ waitUntil: 'commit' })
  else await page.goto(url, { waitUntil: 'commit' })
  return page.evaluate(async () => {
    const until = async <T>(ask: () => T | undefined | null | false): Promise<T> => {
      for (;;) {
        const answer = ask()
        if (answer) return answer
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    }
    await until(() => window.__witcraft)
    const summary = await window.__witcraft.run()
    if (!summary.ok) throw new Error(summary.text)
    // Milliseconds since the navigation started: performance.now() has that origin.
    return performance.now()
  })
}

/** Milliseconds of each of `count` edits of a file, each run to the result of its call. */
export async function edits(
  page: Page,
  file: string,
  before: string,
  after: string,
  expected: string | undefined,
  count: number,
  warmUp: number,
): Promise<number[]> {
  return page.evaluate(
    async ({ file, before, after, expected, count, warmUp }) => {
      const samples: number[] = []
      for (let round = 0; round < count + warmUp; round++) {
        const started = performance.now()
        window.__witcraft.setFile(file, `${before}${round}${after}`)
        const summary = await window.__witcraft.run()
        const ms = performance.now() - started
        if (!summary.ok) throw new Error(summary.text)
        if (expected !== undefined && !summary.text.includes(expected.replace('ROUND', String(round))))
          throw new Error(`expected ${expected}, got ${summary.text}`)
        if (round >= warmUp) samples.push(ms)
        // Edits come from a person: let the page settle between two of them.
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      return samples
    },
    { file, before, after, expected, count, warmUp },
  )
}

/** Starts to watch for stalls of the page's main thread; the returned function gives the longest one in milliseconds. */
export async function watchStalls(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const channel = new MessageChannel()
    const watch = { last: performance.now(), longest: 0, running: true }
    channel.port1.onmessage = () => {
      const now = performance.now()
      watch.longest = Math.max(watch.longest, now - watch.last)
      watch.last = now
      if (watch.running) setTimeout(() => channel.port2.postMessage(0), 1)
    }
    channel.port2.postMessage(0)
    Reflect.set(window, 'stallWatch', watch)
  })
  return () =>
    page.evaluate(() => {
      const watch: unknown = Reflect.get(window, 'stallWatch')
      if (typeof watch !== 'object' || watch === null || !('longest' in watch) || typeof watch.longest !== 'number')
        throw new Error('no watch')
      Reflect.set(watch, 'running', false)
      return watch.longest
    })
}

/** Starts an infinite loop, stops it, runs something else: milliseconds from Stop to the other's result. */
export async function kills(page: Page, loop: string, next: string, count: number): Promise<number[]> {
  return page.evaluate(
    async ({ loop, next, count }) => {
      const samples: number[] = []
      for (let round = 0; round < count; round++) {
        window.__witcraft.setFile('main.ts', loop)
        const looping = window.__witcraft.run()
        await window.__witcraft.until('calling')
        window.__witcraft.setFile('main.ts', next)
        const stopped = performance.now()
        window.__witcraft.stop()
        await looping
        const summary = await window.__witcraft.run()
        samples.push(performance.now() - stopped)
        if (!summary.ok) throw new Error(summary.text)
      }
      return samples
    },
    { loop, next, count },
  )
}
