import { expect, test, type Page } from '@playwright/test'
import { glue } from './hostile.ts'
import { serveFixtures, type FixtureServer } from './server.ts'

let server: FixtureServer
test.beforeAll(async () => {
  server = await serveFixtures()
})
test.afterAll(() => server.close())

const open = async (page: Page): Promise<void> => {
  await page.goto(`${server.url}/`)
  await page.waitForFunction(() => 'harness' in window)
}

const kills = 100

test(`an infinite loop is killed ${kills} times, and every next run works`, async ({ page }) => {
  test.setTimeout(300_000)
  await open(page)
  const outcome = await page.evaluate(
    async ([text, count]) => {
      const { harness } = window
      const times: number[] = []
      const stages: string[] = []
      let results = 0
      harness.longestStall()
      for (let kill = 0; kill < count; kill++) {
        const started = await harness.start(text)
        const first = await harness.runner.call('report()')
        if (started.ok && first.ok) results++
        const call = harness.runner.call('spin()')
        // Long enough for the loop to be on its way and for the spare sandbox to stand ready, as it is for a user.
        await new Promise((resolve) => setTimeout(resolve, 300))
        const from = performance.now()
        harness.runner.stop()
        const ended = await call
        stages.push(ended.ok ? 'ended' : ended.fault.stage)
        const next = await harness.start(text)
        if (next.ok) times.push(performance.now() - from)
      }
      return { times: times.toSorted((a, b) => a - b), stages, results, stall: harness.longestStall() }
    },
    [glue(), kills] as const,
  )
  const at = (share: number): string => (outcome.times[Math.floor(share * (kills - 1))] ?? 0).toFixed(0)
  console.log(
    `${kills} kills, from Stop until the next run is ready: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms; ` +
      `longest stall of the page ${outcome.stall.toFixed(0)} ms`,
  )
  expect(outcome.stages).toEqual(Array(kills).fill('killed'))
  expect(outcome.results).toBe(kills)
  expect(outcome.times).toHaveLength(kills)
})

test('a loop without Stop ends at the time limit, with what was printed before it', async ({ page }) => {
  await open(page)
  const outcome = await page.evaluate(
    async (text) => {
      const { harness } = window
      await harness.start(text, { limits: { milliseconds: 500 } })
      const ended = await harness.runner.call('spin()')
      return { ended, text: harness.output.map((chunk) => chunk.text).join('') }
    },
    glue(`const out = imports['wasi:cli/stdout'].getStdout();
    return { spin: () => { for (let line = 0; ; line++) if (line < 3) out.blockingWriteAndFlush(new TextEncoder().encode(line + '\\n')) } }`),
  )
  expect(outcome.ended).toMatchObject({
    ok: false,
    fault: { stage: 'limit', message: expect.stringContaining('spin') },
  })
  expect(outcome.ended).toMatchObject({ fault: { message: expect.stringContaining('wasi:io/streams') } })
  expect(outcome.text).toBe('0\n1\n2\n')
})

test('a gibibyte of output is counted to the byte, and 4 MiB of it are kept', async ({ page }) => {
  await open(page)
  const outcome = await page.evaluate(
    async (text) => {
      const { harness } = window
      await harness.start(text, { limits: { milliseconds: 60_000 } })
      harness.longestStall()
      const from = performance.now()
      const called = await harness.runner.call('report()')
      const ms = performance.now() - from
      return {
        called,
        ms,
        stall: harness.longestStall(),
        messages: harness.output.length,
        kept: harness.output.reduce((sum, chunk) => sum + chunk.text.length, 0),
        dropped: harness.output.reduce((sum, chunk) => sum + chunk.dropped, 0),
      }
    },
    glue(
      "const out = imports['wasi:cli/stdout'].getStdout(); const block = new Uint8Array(4096).fill(120);",
      "{ for (let n = 0; n < 262144; n++) out.blockingWriteAndFlush(block); return '[]' }"
        .replace(/^/, '(() => ')
        .replace(/$/, ')()'),
    ),
  )
  console.log(
    `1 GiB of output in ${outcome.ms.toFixed(0)} ms: ${outcome.messages} messages, longest stall of the page ${outcome.stall.toFixed(0)} ms`,
  )
  expect(outcome.called).toMatchObject({ ok: true })
  expect(outcome.kept).toBe(4 * 1024 * 1024)
  expect(outcome.dropped).toBe(1024 * 1024 * 1024 - 4 * 1024 * 1024)
})

test('what the policy denies is a fault that names it', async ({ page }) => {
  await open(page)
  const outcome = await page.evaluate(
    async (text) => {
      const { harness } = window
      await harness.start(text, { policy: { 'wasi:cli/stdout': 'deny' } })
      return harness.runner.call('report()')
    },
    glue('', "(imports['wasi:cli/stdout'].getStdout(), '[]')"),
  )
  expect(outcome).toMatchObject({
    ok: false,
    fault: { stage: 'denied', message: expect.stringContaining('wasi:cli/stdout#get-stdout') },
  })
})
