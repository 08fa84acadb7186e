// What the page reaches, measured in the page itself through its automation hook (src/state/automation.ts).
import { brotliCompressSync } from 'node:zlib'
import { chromium, type Browser, type Page } from '@playwright/test'
import { browserArguments } from '../browser-arguments.ts'

export interface PageSession {
  readonly browser: Browser
  readonly url: string
}

export async function openBrowser(url: string): Promise<PageSession> {
  const executablePath = process.env['CHROMIUM_PATH']
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...browserArguments],
  })
  return { browser, url }
}

/** A fresh profile with an empty cache. */
export async function freshPage(session: PageSession): Promise<Page> {
  const context = await session.browser.newContext({ viewport: { width: 1440, height: 900 } })
  // The loader of these scripts names functions through a helper that the page does not have.
  await context.addInitScript({ content: 'globalThis.__name = (named) => named' })
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

/** Waits until the editors and their type checker are up, which is when somebody edits. */
export async function settled(page: Page): Promise<void> {
  await typesChecked(page, 'export function greet(name: string): string {\n  return name\n}\n')
}

/** Waits until the types of `source` in `main.ts` are checked: a planted type error has to be found and its correction seen. */
async function typesChecked(page: Page, source: string): Promise<void> {
  const typeProblems = (expected: boolean): Promise<unknown> =>
    page.waitForFunction((wanted) => window.__witcraft.getState().diagnostics.types.length > 0 === wanted, expected, {
      timeout: 60_000,
    })
  const write = (text: string): Promise<void> =>
    page.evaluate((text) => window.__witcraft.setFile('main.ts', text), text)
  await write(`${source}\nconst planted: string = 42\n`)
  await typeProblems(true)
  await write(source)
  await typeProblems(false)
}

/** Waits until the component of the last run has been measured too, which comes when nothing runs any more. */
async function measured(page: Page): Promise<void> {
  await page.waitForFunction(() => window.__witcraft.getState().metrics.size?.parts !== undefined)
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

/**
 * Milliseconds from each of `count` edits of a file to the guest types that have the function that it adds between `before` and
 * `after`.
 */
export async function typesAfterEdits(page: Page, before: string, after: string, count: number): Promise<number[]> {
  return page.evaluate(
    async ({ before, after, count }) => {
      const samples: number[] = []
      for (let round = 0; round < count; round++) {
        const started = performance.now()
        window.__witcraft.setFile('world.wit', `${before}added-${round}${after}`)
        const isThere = (): boolean =>
          Object.values(window.__witcraft.getState().prepared?.guestTypes ?? {}).some((text) =>
            text.includes(`added${round}(`),
          )
        while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 1))
        samples.push(performance.now() - started)
        // Edits come from a person: let the page settle between two of them.
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return samples
    },
    { before, after, count },
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

/**
 * Starts to watch for the tasks that the browser calls long; the returned function gives the longest one in milliseconds,
 * and 0 where none took 50 ms.
 */
export async function watchLongTasks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const tasks: number[] = []
    Reflect.set(window, 'longTasks', tasks)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration)
    }).observe({ type: 'longtask' })
  })
  return async () => {
    // The entry of a task comes after it.
    await page.waitForTimeout(500)
    const tasks = await page.evaluate((): number[] => Reflect.get(window, 'longTasks'))
    return Math.max(0, ...tasks)
  }
}

/**
 * Milliseconds of processor time of the longest task that the page's main thread had during `work`: what a stall would be
 * on a machine that gives the page a processor whenever it wants one.
 */
export async function longestTask(session: PageSession, page: Page, work: () => Promise<unknown>): Promise<number> {
  const tracing = await session.browser.newBrowserCDPSession()
  const main = new Set<string>()
  const longest = new Map<string, number>()
  tracing.on('Tracing.dataCollected', ({ value }) => {
    for (const { name, ph, pid, tid, tdur } of value as readonly Readonly<Record<string, unknown>>[]) {
      const thread = `${pid}/${tid}`
      if (name === 'bench: this thread') main.add(thread)
      if (ph !== 'X' || typeof tdur !== 'number' || !String(name).endsWith('RunTask')) continue
      longest.set(thread, Math.max(longest.get(thread) ?? 0, tdur / 1000))
    }
  })
  await tracing.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'] },
  })
  await page.evaluate(() => performance.mark('bench: this thread'))
  await work()
  const complete = new Promise((resolve) => tracing.once('Tracing.tracingComplete', resolve))
  await tracing.send('Tracing.end')
  await complete
  await tracing.detach()
  const [thread] = main
  const ms = thread === undefined ? undefined : longest.get(thread)
  if (ms === undefined) throw new Error('the trace has no task of the page')
  return ms
}

/** Opens the project of `kills` and runs it once: what that takes is no part of a kill. */
export async function openKills(page: Page): Promise<void> {
  const text = 'package bench:kills;\n\nworld kills {\n  export spin: func();\n  export answer: func() -> u32;\n}\n'
  const source = 'export function spin(): void {\n  for (;;) {}\n}\n\nexport const answer = () => 42\n'
  await opened(page, { name: 'kills', text, source, calls: ['answer()'] })
}

export interface BenchProject {
  readonly name: string
  readonly text: string
  readonly source: string
  readonly calls: readonly string[]
  readonly wasi?: Readonly<Record<string, unknown>>
}

/** Opens a project, runs its first call, has its types checked and waits until it rests. */
export async function opened(page: Page, { name, text, source, calls, wasi }: BenchProject): Promise<void> {
  await page.evaluate(
    async ({ name, text, source, calls, wasi }) => {
      const files = { 'world.wit': text, 'main.ts': source }
      await window.__witcraft.openProject({ schema: 1, name, files, calls, ...(wasi && { wasi }) })
    },
    { name, text, source, calls, wasi },
  )
  const run = (): Promise<void> =>
    page.evaluate(async (call) => {
      const { ok, text } = await window.__witcraft.run(call)
      if (!ok) throw new Error(text)
    }, calls[0])
  await run()
  await typesChecked(page, source)
  await run()
  await measured(page)
}

/**
 * Starts an infinite loop, stops it once it has run for `loopFor` milliseconds, and makes another call: milliseconds
 * from Stop to the other's result, so from a dead sandbox to one that has run something.
 */
export async function kills(page: Page, count: number, loopFor: number): Promise<number[]> {
  return page.evaluate(
    async ({ count, loopFor }) => {
      const samples: number[] = []
      for (let round = 0; round < count; round++) {
        const looping = window.__witcraft.run('spin()')
        await window.__witcraft.until('calling')
        await new Promise((resolve) => setTimeout(resolve, loopFor))
        const stopped = performance.now()
        window.__witcraft.stop()
        await looping
        const { ok, text } = await window.__witcraft.run('answer()')
        if (!ok || !text.includes('42')) throw new Error(text)
        samples.push(performance.now() - stopped)
      }
      return samples
    },
    { count, loopFor },
  )
}

/**
 * Stops an infinite loop that has run for a second: milliseconds of processor time that the documents of the browser, with
 * their workers, take in the two seconds after. Chromium lets a worker that computes go on for so long if nobody ends it.
 */
export async function takenAfterKill(session: PageSession, page: Page): Promise<number> {
  const system = await session.browser.newBrowserCDPSession()
  const spent = async (): Promise<number> => {
    const { processInfo } = await system.send('SystemInfo.getProcessInfo')
    return processInfo.reduce((sum, { type, cpuTime }) => (type === 'renderer' ? sum + cpuTime * 1000 : sum), 0)
  }
  await page.evaluate(async () => {
    const looping = window.__witcraft.run('spin()')
    await window.__witcraft.until('calling')
    await new Promise((resolve) => setTimeout(resolve, 1000))
    window.__witcraft.stop()
    await looping
  })
  const stopped = await spent()
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2000)))
  const taken = (await spent()) - stopped
  await system.detach()
  return taken
}

/**
 * Builds the exportable component `count` times, each after an edit, from TypeScript to bytes: milliseconds to strip,
 * initialise, take the snapshot and join it with what is around it; `check` is a Download, which takes another snapshot, joins, validates and reads the
 * component once more.
 */
export async function measuredExports(
  page: Page,
  count: number,
): Promise<{ build: number[]; check: number[]; bytes: number; brotli: number }> {
  const { build, check, component } = await page.evaluate(async (count) => {
    const result = { build: [] as number[], check: [] as number[], component: [] as number[] }
    for (let round = 0; round < count; round++) {
      window.__witcraft.setFile(
        'main.ts',
        `export const greet = (name: string): string => 'Hello, ' + name + ${round}\n`,
      )
      // The edit is drawn first, and the result later on: neither is a part of the build.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
      await window.__witcraft.run()
      await new Promise((resolve) => setTimeout(resolve, 100))
      const started = performance.now()
      await window.__witcraft.measure()
      const joined = performance.now() - started
      const { phases } = window.__witcraft.getState().metrics
      const steps = phases.filter(({ name }) => name === 'Source' || name === 'Initialise')
      if (steps.length !== 2) throw new Error('the phases Source and Initialise are not both there')
      result.build.push(steps.reduce((sum, { ms }) => sum + ms, joined))
      // Edits come from a person: let the page settle between two of them.
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    for (let round = 0; round < Math.ceil(count / 5); round++) {
      const started = performance.now()
      result.component = [...(await window.__witcraft.component())]
      result.check.push(performance.now() - started)
    }
    return result
  }, count)
  return { build, check, bytes: component.length, brotli: brotliCompressSync(Uint8Array.from(component)).length }
}

/** Starts the project `count` times and calls an export `calls` times in each: milliseconds. */
export async function steadyCall(
  page: Page,
  call: string,
  count: number,
  calls: number,
): Promise<{ instantiate: number[]; call: number[] }> {
  return page.evaluate(
    async ({ call, count, calls }) => {
      const result: { instantiate: number[]; call: number[] } = { instantiate: [], call: [] }
      for (let round = 0; round < count; round++) {
        const summary = await window.__witcraft.run(call)
        if (!summary.ok) throw new Error(summary.text)
        const { metrics } = window.__witcraft.getState()
        const phase = metrics.phases.find(({ name }) => name === 'Instantiate')
        if (!phase) throw new Error('no phase is called Instantiate')
        result.instantiate.push(phase.ms)
        result.call.push((await window.__witcraft.burst(calls)).p50)
      }
      return result
    },
    { call, count, calls },
  )
}

/** Opens the project of `floods` and runs it once: what that takes is no part of a flood. */
export async function openFloods(page: Page): Promise<void> {
  const text = `package demo:flood;

world flood {
  import wasi:cli/stdout@0.2.12;
  export pour: func(mebibytes: u32);
}
`
  const source = `import { getStdout } from 'wasi:cli/stdout@0.2.12'

export function pour(mebibytes: number): void {
  const chunk = new Uint8Array(1 << 20).fill(120)
  const out = getStdout()
  for (let i = 0; i < mebibytes; i++) {
    for (let at = 0; at < chunk.length; ) at += write(out, chunk.subarray(at))
  }
}

function write(out: ReturnType<typeof getStdout>, bytes: Uint8Array): number {
  const room = Math.min(bytes.length, Number(out.checkWrite()))
  out.write(bytes.subarray(0, room))
  return room
}
`
  const wasi = { limits: { milliseconds: 60_000, outputKiB: 4096 } }
  await opened(page, { name: 'flood', text, source, calls: ['pour(1)'], wasi })
}

/** A guest that writes 1 GiB: the longest stall of the page in milliseconds, and the bytes that were kept and written. */
export async function floods(page: Page): Promise<{ stall: number; kept: number; total: number }> {
  const stall = await watchStalls(page)
  const counted = await page.evaluate(async () => {
    const summary = await window.__witcraft.run('pour(1024)')
    if (!summary.ok) throw new Error(summary.text)
    const { output } = window.__witcraft.getState()
    return { kept: output.keptBytes, total: output.keptBytes + output.droppedBytes }
  })
  return { stall: await stall(), ...counted }
}
