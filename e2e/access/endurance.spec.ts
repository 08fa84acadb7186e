import { expect, test, type CDPSession, type Page } from '@playwright/test'
import { Workbench } from '../workbench.ts'

/** Counts what the page makes and what it gives back, from its first moment. */
function watchResources(): void {
  const live = { urls: 0, channels: 0, workers: 0 }
  Reflect.set(window, 'live', live)
  const { createObjectURL, revokeObjectURL } = URL
  const urls = new Set<string>()
  URL.createObjectURL = (source) => {
    const url = createObjectURL.call(URL, source)
    urls.add(url)
    live.urls = urls.size
    return url
  }
  URL.revokeObjectURL = (url) => {
    revokeObjectURL.call(URL, url)
    urls.delete(url)
    live.urls = urls.size
  }
  const close = MessagePort.prototype.close
  const open = new WeakSet<MessagePort>()
  window.MessageChannel = class extends MessageChannel {
    constructor() {
      super()
      live.channels++
      open.add(this.port1)
    }
  }
  MessagePort.prototype.close = function () {
    if (open.delete(this)) live.channels--
    close.call(this)
  }
  window.Worker = class extends Worker {
    #ended = false
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options)
      live.workers++
    }
    override terminate(): void {
      if (!this.#ended) live.workers--
      this.#ended = true
      super.terminate()
    }
  }
}

interface Held {
  readonly urls: number
  readonly channels: number
  readonly workers: number
  readonly frames: number
  readonly allWorkers: number
  readonly listeners: number
  readonly nodes: number
}

async function held(page: Page, session: CDPSession): Promise<Held> {
  const counts = await page.evaluate((): { urls: number; channels: number; workers: number } =>
    Reflect.get(window, 'live'),
  )
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
  return {
    urls: counts.urls,
    channels: counts.channels,
    workers: counts.workers,
    frames: page.frames().length,
    allWorkers: page.workers().length,
    listeners: jsEventListeners,
    nodes,
  }
}

/** Bytes of the page's own heap, after everything that nobody holds has been collected. */
async function heap(session: CDPSession): Promise<number> {
  // Twice: what only a finaliser held goes with the second one.
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

/** Edits, runs, and now and then stops a run that does not end: what a long day does. */
async function work(page: Page, from: number, to: number): Promise<void> {
  await page.evaluate(
    async ([first, last]) => {
      for (let round = first; round < last; round++) {
        const body = round % 50 === 25 ? 'for (;;) {}' : `return name + ' ' + ${round}`
        window.__witcraft.setFile('main.ts', `export function greet(name: string): string {\n  ${body}\n}\n`)
        const ended = window.__witcraft.run('greet("Ada")')
        if (round % 50 === 25) {
          await window.__witcraft.until('calling')
          window.__witcraft.stop()
          await ended
        } else {
          const { ok, text } = await ended
          if (!ok || text !== `"Ada ${round}"`) throw new Error(`run ${round}: ${text}`)
        }
      }
    },
    [from, to] as const,
  )
}

test('five hundred runs leave the page as large as fifty did, and nothing behind', async ({ page }) => {
  test.setTimeout(240_000)
  await page.addInitScript({ content: 'globalThis.__name = (named) => named' })
  await page.addInitScript(watchResources)
  const workbench = new Workbench(page)
  await workbench.open()
  await expect(page.getByRole('textbox', { name: /TypeScript editor/ }).first()).toBeVisible()
  const session = await page.context().newCDPSession(page)
  // The spare sandbox comes and goes with a pause, and the figures are drawn when nothing runs any more: what is compared
  // is the page at rest.
  const atRest = async (): Promise<Held & { readonly heap: number }> => {
    await page.waitForFunction(() => window.__witcraft.getState().metrics.size?.parts !== undefined)
    await expect(workbench.metrics).toContainText('Engine code')
    await expect.poll(async () => (await held(page, session)).frames).toBe(3)
    return { heap: await heap(session), ...(await held(page, session)) }
  }

  await work(page, 0, 50)
  const { heap: heapAt50, ...early } = await atRest()
  await work(page, 50, 500)
  const { heap: heapAt500, ...late } = await atRest()

  const growth = heapAt500 / heapAt50 - 1
  console.log(
    `heap after 50 runs ${(heapAt50 / 1e6).toFixed(1)} MB, after 500 ${(heapAt500 / 1e6).toFixed(1)} MB (${(growth * 100).toFixed(1)} %)`,
  )
  console.log(JSON.stringify({ early, late }))
  expect(growth).toBeLessThanOrEqual(0.1)
  const { listeners, nodes, ...before } = early
  const { listeners: lateListeners, nodes: lateNodes, ...after } = late
  expect(after).toEqual(before)
  expect(lateListeners).toBeLessThanOrEqual(listeners * 1.1)
  expect(lateNodes).toBeLessThanOrEqual(nodes * 1.1)
})
