import { expect, test, type Page } from '@playwright/test'
import { documentAttempts, glueOf, workerAttempts, type Attempt } from './attempts.ts'
import type { Harness } from './fixtures/page.ts'
import {
  breakingNames,
  forgeries,
  glue,
  importingModule,
  memoryModule,
  seizures,
  tableModule,
  takePort,
} from './hostile.ts'
import { serveFixtures, type FixtureServer } from './server.ts'

declare global {
  interface Window {
    harness: Harness
  }
}

let server: FixtureServer
/** Attempts of the whole suite against the real sandbox, and those that got out. */
const made: string[] = []
const succeeded: string[] = []

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  server = await serveFixtures()
})
test.afterAll(async () => {
  await server.close()
  console.log(
    `security: ${made.length} attempts, ${succeeded.length} succeeded${succeeded.map((name) => `\n  ${name}`).join('')}`,
  )
})

const open = async (page: Page): Promise<void> => {
  await page.goto(`${server.url}/`)
  await page.waitForFunction(() => 'harness' in window)
  // What a sandbox of the same origin could reach.
  await page.evaluate(() => {
    const channel = new BroadcastChannel('page')
    channel.addEventListener('message', ({ data }) => (document.title = String(data)))
  })
}

/** Marks that only something outside of the sandbox could have left. */
const marks = async (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...('escaped' in window || 'escaped' in {} ? ['the global object of the page'] : []),
    ...(document.title === 'Fixture' ? [] : ['the title of the page']),
    ...(document.cookie.includes('escaped') ? ['a cookie of the page'] : []),
    ...(localStorage.getItem('escaped') === null ? [] : ['the storage of the page']),
  ])

const note = (attempts: readonly string[], evidence: readonly string[]): void => {
  made.push(...attempts)
  succeeded.push(...evidence)
}

/** Makes the attempts in the worker and gives the names of those that got out. */
const attemptInWorker = async (page: Page, attempts: readonly Attempt[]): Promise<string[]> => {
  const before = server.strays.length
  const report = await page.evaluate(
    async (text) => {
      const started = await window.harness.start(text, { limits: { milliseconds: 10_000 } })
      return started.ok ? window.harness.runner.call('report()') : started
    },
    glueOf(attempts, server.url),
  )
  if (!report.ok) throw new Error(report.fault.message)
  const wave: unknown = JSON.parse(report.value.result.wave)
  const evidence: unknown = typeof wave === 'string' ? JSON.parse(wave) : []
  const requested = server.strays.slice(before).map((path) => attempts[Number(path.split('/').at(-1))]?.name ?? path)
  return [...new Set([...(Array.isArray(evidence) ? evidence.map(String) : []), ...requested, ...(await marks(page))])]
}

/** Makes the attempts in the frame's own document; `prepare` opens the page with a sandbox, again after each escape. */
const attemptInDocument = async (
  page: Page,
  frameUrl: string,
  attempts: readonly Attempt[],
  prepare: () => Promise<void>,
): Promise<string[]> => {
  const evidence: string[] = []
  const frameOf = () => page.frames().find((each) => each.url().endsWith(frameUrl))
  for (const [index, { name, body }] of attempts.entries()) {
    if (frameOf() === undefined) await prepare()
    const path = `/escaped/document/${index}`
    const code = `(async () => { const server = ${JSON.stringify(server.url)}, path = ${JSON.stringify(path)}; ${body} })()`
    const found = await frameOf()
      ?.evaluate(code)
      .catch(() => false)
    if (found || server.strays.includes(path)) evidence.push(name)
    if (page.url() !== `${server.url}/`) {
      evidence.push(name)
      await prepare()
    }
  }
  return [...new Set([...evidence, ...(await marks(page))])]
}

/** The sandbox still does its work, with a fresh run. */
const expectWorking = async (page: Page): Promise<void> => {
  const result = await page.evaluate(async (text) => {
    const started = await window.harness.start(text)
    return started.ok ? window.harness.runner.call('report()') : started
  }, glue())
  expect(result).toMatchObject({ ok: true, value: { result: { tag: 'ok', wave: '"[]"' } } })
}

test('hostile code in the worker does not get out', async ({ page }) => {
  await open(page)
  const evidence = await attemptInWorker(page, workerAttempts)
  note(
    workerAttempts.map(({ name }) => name),
    evidence,
  )
  expect(evidence).toEqual([])
  await expectWorking(page)
})

test('the document of the sandbox leads nowhere either', async ({ page }) => {
  const evidence = await attemptInDocument(page, '/sandbox.html', documentAttempts, async () => {
    await open(page)
    await expectWorking(page)
  })
  note(
    documentAttempts.map(({ name }) => name),
    evidence,
  )
  expect(evidence).toEqual([])
})

test('the same attempts succeed where the frame keeps its origin and the walls are down', async ({ page }) => {
  const openWide = async (): Promise<void> => {
    await open(page)
    await page.evaluate(() => window.harness.open('open'))
    await expectWorking(page)
  }
  await openWide()
  const inWorker = await attemptInWorker(page, workerAttempts)
  const inDocument = await attemptInDocument(page, '/open.html', documentAttempts, openWide)
  console.log(`security: of the same attempts ${inWorker.length + inDocument.length} succeed without the walls`)
  for (const name of [
    'fetch',
    'eval',
    'a nested worker',
    'indexedDB',
    'import() from the server',
    'BroadcastChannel to the page',
  ]) {
    const seen = name === 'BroadcastChannel to the page' ? 'the title of the page' : name
    expect(inWorker).toContain(seen)
  }
  for (const name of ['document: the page', 'document: fetch', 'document: localStorage']) {
    expect(inDocument).toContain(name)
  }
})

test('names that break out of the generated glue are refused', async ({ page }) => {
  await open(page)
  const modules = breakingNames.flatMap((name) => [
    { name: `export ${JSON.stringify(name)}`, bytes: memoryModule(name) },
    { name: `import module ${JSON.stringify(name)}`, bytes: importingModule(name, 'a') },
    { name: `import name ${JSON.stringify(name)}`, bytes: importingModule('a', name) },
  ])
  const evidence: string[] = []
  for (const { name, bytes } of modules) {
    const started = await page.evaluate(([text, core]) => window.harness.start(text, { cores: { core } }), [
      glue(),
      bytes,
    ] as const)
    if (started.ok || !started.fault.message.includes('refused')) evidence.push(name)
  }
  note(
    modules.map(({ name }) => name),
    evidence,
  )
  expect(evidence).toEqual([])
  await expectWorking(page)
})

test('memories and tables stay within the limits', async ({ page }) => {
  await open(page)
  const names = [
    'a memory that grows',
    'a memory that is too large from the start',
    'a table that is too large from the start',
  ]
  const evidence: string[] = []
  const grown = await page.evaluate(
    async ([text, core]) => {
      const started = await window.harness.start(text, { cores: { core }, limits: { memoryMiB: 16 } })
      return started.ok ? started.value.memoryBytes : started.fault.message
    },
    [
      glue(`const { exports } = instantiateCore(getCoreModule('core'));
        for (let pages = 4096; pages > 0; pages >>= 1) { try { for (;;) exports.memory.grow(pages) } catch {} }`),
      memoryModule('memory'),
    ] as const,
  )
  if (grown !== 16 * 1024 * 1024) evidence.push(`${names[0]}: ${grown}`)
  for (const [index, core] of [memoryModule('memory', 65536), tableModule(100_000_000)].entries()) {
    const started = await page.evaluate(([text, bytes]) => window.harness.start(text, { cores: { core: bytes } }), [
      glue("instantiateCore(getCoreModule('core'))"),
      core,
    ] as const)
    if (started.ok) evidence.push(names[index + 1] ?? '')
  }
  note(names, evidence)
  expect(evidence).toEqual([])
  await expectWorking(page)
})

for (const { name, body, ends } of forgeries) {
  test(`a forged message does no harm: ${name}`, async ({ page }) => {
    await open(page)
    await page.evaluate(() => window.harness.longestStall())
    const seen = await page.evaluate(
      async (text) => {
        const started = await window.harness.start(text)
        if (started.ok) await window.harness.runner.call('report()')
        const { output, ends, runner } = window.harness
        return {
          text: output.map((chunk) => chunk.text).join(''),
          kept: output.reduce((sum, chunk) => sum + chunk.text.length, 0),
          ends,
          state: runner.state,
          stall: window.harness.longestStall(),
        }
      },
      glue(`${takePort} ${body}`),
    )
    if (name.includes('flood')) console.log(`${name}: longest stall of the page ${seen.stall.toFixed(0)} ms`)
    const evidence = [
      ...(await marks(page)),
      ...(name.startsWith('output for') && seen.text.includes('FORGED') ? ['forged output'] : []),
      ...(seen.kept > 4096 * 1024 + 2 * 262144 ? ['output beyond the limit'] : []),
      ...(ends && seen.ends.length === 0 ? ['the sandbox went on'] : []),
    ]
    note(
      [`forged message: ${name}`],
      evidence.map((item) => `${name}: ${item}`),
    )
    expect(evidence).toEqual([])
    expect(seen.text).toContain('honest')
    await expectWorking(page)
  })
}

for (const { name, glue: text, call } of seizures) {
  test(`the page gets over ${name}`, async ({ page }) => {
    await open(page)
    await page.evaluate(() => window.harness.open('closed', { init: 1500 }))
    const outcome = await page.evaluate(
      async ([code, expression]) => {
        const started = await window.harness.start(code, { limits: { milliseconds: 1500 } })
        return started.ok && expression !== undefined ? window.harness.runner.call(expression) : started
      },
      [text, call] as const,
    )
    note([name], outcome.ok ? [name] : [])
    expect(outcome).toMatchObject({ ok: false })
    await expectWorking(page)
  })
}

test('messages of another window are not taken for those of the sandbox', async ({ page }) => {
  await open(page)
  const evidence = await page.evaluate(async () => {
    const other = document.createElement('iframe')
    other.src = 'other.html'
    document.body.append(other)
    await new Promise((resolve) => other.addEventListener('load', resolve))
    const stranger = other.contentWindow
    if (stranger === null) throw new Error('no window')
    const found: string[] = []
    stranger.addEventListener('message', (event) => {
      if (event instanceof MessageEvent && event.ports.length > 0) found.push('a stranger got the port')
    })
    // Boots a sandbox, and interferes while it does.
    const started = window.harness.start('export const instantiate = () => ({ report: () => "[]" })')
    const say = Reflect.get(
      stranger,
      'Function',
    )(
      'for (const type of ["ready", "refused", "failed"]) parent.postMessage({ witcraft: "sandbox", type, detail: "x" }, "*")',
    )
    for (let turn = 0; turn < 20; turn++) {
      say()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const outcome = await started
    if (!outcome.ok) found.push(`a stranger stopped the boot: ${outcome.fault.message}`)
    other.remove()
    return found
  })
  note(['a handshake from another window', 'a refusal from another window', 'a failure from another window'], evidence)
  expect(evidence).toEqual([])
})

for (const [name, flags] of [
  ['with the origin of the page', 'allow-scripts allow-same-origin'],
  ['without a sandbox attribute', undefined],
] as const) {
  test(`the sandbox document does not start ${name}`, async ({ page }) => {
    await open(page)
    const said = await page.evaluate(async (attribute) => {
      const frame = document.createElement('iframe')
      if (attribute !== undefined) frame.setAttribute('sandbox', attribute)
      frame.src = 'sandbox.html'
      const types: unknown[] = []
      addEventListener('message', (event) => {
        if (event.source === frame.contentWindow) types.push(event.data?.type)
      })
      document.body.append(frame)
      await new Promise((resolve) => frame.addEventListener('load', resolve))
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => types.push('started'))
      port1.start()
      frame.contentWindow?.postMessage("onmessage = (e) => e.ports[0].postMessage('started')", '*', [port2])
      await new Promise((resolve) => setTimeout(resolve, 300))
      frame.remove()
      return types
    }, flags)
    note([`the sandbox document ${name}`], said.includes('started') ? [`the sandbox document ${name}`] : [])
    expect(said).toEqual(['refused'])
  })
}
