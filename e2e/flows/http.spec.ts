import { expect, test, type Locator, type Page } from '@playwright/test'
import { violations } from '../access/violations.ts'
import { Workbench } from '../workbench.ts'

async function showHttp(page: Page): Promise<Locator> {
  await page.getByRole('tab', { name: 'HTTP', exact: true }).click()
  const panel = page.getByRole('tabpanel', { name: 'HTTP', exact: true })
  await expect(panel.getByRole('region', { name: 'HTTP', exact: true })).toBeVisible()
  return panel
}

const responseIn = (panel: Locator): Locator => panel.getByRole('region', { name: 'Response' })

async function send(panel: Locator, method: string, path: string, body?: string): Promise<void> {
  await panel.getByRole('combobox', { name: 'Method' }).selectOption(method)
  await panel.getByRole('textbox', { name: 'Path or address' }).fill(path)
  if (body !== undefined) await panel.getByRole('textbox', { name: 'Body' }).fill(body)
  const sent = await panel.getByRole('button', { name: /^Send again/ }).count()
  await panel.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(panel.getByRole('button', { name: /^Send again/ })).toHaveCount(sent + 1)
  await expect(panel.locator('.http-card')).toHaveAttribute('data-over', 'true')
}

test('a request to the handler shows status, headers, body and trailers, and can be sent again', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('An HTTP handler')
  const panel = await showHttp(page)
  const response = responseIn(panel)

  await send(panel, 'GET', '/')
  await expect(response.getByRole('status').filter({ hasText: '200' })).toBeVisible()
  await expect(response).toContainText('application/json')
  await expect(response.getByLabel('Body of the response')).toContainText('"links": [')
  await expect(response).toContainText('x-bytes')

  await panel.getByRole('button', { name: 'Add header' }).click()
  await page.keyboard.type('X-Who')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Ada')
  await send(panel, 'POST', '/shout', 'make it loud')
  await expect(response.getByLabel('Body of the response')).toHaveText('MAKE IT LOUD')
  await panel.getByRole('textbox', { name: 'Send in' }).fill('3')
  await send(panel, 'POST', '/shout')
  await expect(response.getByLabel('Body of the response')).toHaveText('MAKE IT LOUD')
  await expect(response).toContainText('200 ms of the run’s clock')

  await send(panel, 'GET', '/nowhere')
  await expect(response.getByRole('status').filter({ hasText: '404' })).toBeVisible()
  // What came before can be looked at, and sent once more.
  await panel.getByRole('button', { name: /^200 GET \/ / }).click()
  await expect(response.getByLabel('Body of the response')).toContainText('"links": [')
  await expect(panel.getByRole('textbox', { name: 'Path or address' })).toHaveValue('/')
  await panel.getByRole('button', { name: 'Send again: GET /nowhere' }).click()
  await expect(panel.getByRole('button', { name: /^Send again/ })).toHaveCount(5)
  await expect(response.getByRole('status').filter({ hasText: '404' })).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('Run sends the request of a world that answers them', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('An HTTP handler')
  const outline = page.getByRole('region', { name: 'World outline' })
  await expect(outline.getByText('wasi:http/incoming-handler').first()).toBeVisible()
  await workbench.run.click()
  const panel = page.getByRole('tabpanel', { name: 'HTTP', exact: true })
  await expect(responseIn(panel).getByRole('status').filter({ hasText: '200' })).toBeVisible()
})

test('a handler that traps, or says nothing, is told apart from one that answers', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('An HTTP handler')
  const handler = (body: string): string =>
    `export const incomingHandler = { handle(request: unknown, out: unknown): void { ${body} } }`
  await workbench.setFile('main.ts', handler(`throw new RangeError('too hot')`))
  const panel = await showHttp(page)
  await send(panel, 'GET', '/')
  await expect(responseIn(panel).getByRole('alert')).toContainText('too hot')
  await workbench.setFile('main.ts', handler(''))
  await send(panel, 'GET', '/')
  await expect(responseIn(panel).getByRole('alert')).toContainText('without a response')
  // A path that is none is said where it was written, and nothing runs.
  const target = panel.getByRole('textbox', { name: 'Path or address' })
  await target.fill('/a b')
  await panel.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(target).toHaveAttribute('aria-invalid', 'true')
  await expect(panel).toContainText('is no path')
  await expect(target).toBeFocused()
  await target.fill('/')
  await panel.getByRole('button', { name: 'Add header' }).click()
  await panel.getByRole('textbox', { name: 'Name of header 1' }).fill('X Test')
  await panel.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(panel.getByRole('textbox', { name: 'Name of header 1' })).toBeFocused()
  await expect(panel).toContainText('A name has no spaces')
  await expect(panel.getByRole('region', { name: 'Requests sent' }).getByRole('listitem')).toHaveCount(2)
})

test('the routes answer what a component asks for, and the waterfall shows it', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('An HTTP client')
  await workbench.runToEnd('quote-for("tea")')
  await expect(workbench.result).toContainText('mirror.example')
  const panel = await showHttp(page)
  const requests = panel.getByRole('region', { name: 'Requests of calls' })
  await expect(requests.getByRole('listitem')).toHaveCount(3)
  await expect(requests.getByRole('listitem').first()).toContainText('connection-timeout')
  await expect(requests.getByRole('listitem').last()).toContainText('200')

  // The first server is well again.
  await panel.getByRole('radio', { name: 'Routes (6)' }).check()
  const routes = panel.getByRole('region', { name: 'Routes' })
  await routes.getByRole('button', { name: /primary\.example\/tea/ }).click()
  const route = routes.getByRole('group', { name: 'Route 2' })
  await route.getByRole('combobox', { name: 'Answer' }).selectOption({ label: 'A response' })
  await route.getByRole('textbox', { name: 'Body' }).fill('{"price": 2}')
  await route.getByRole('textbox', { name: 'Status' }).fill('20')
  await expect(route.getByRole('textbox', { name: 'Status' })).toHaveAttribute('aria-invalid', 'true')
  await expect(route).toContainText('The status is not a whole number from 200 to 599. The route is as it was.')
  await route.getByRole('textbox', { name: 'Status' }).fill('200')
  expect(await violations(page)).toEqual([])
  await page.getByRole('tab', { name: 'Call', exact: true }).click()
  await workbench.runToEnd('quote-for("tea")')
  await expect(workbench.result).toContainText('price: 2')
})

test('a request that no route answers is denied, and a press makes the route', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('An HTTP client')
  const panel = await showHttp(page)
  await panel.getByRole('radio', { name: 'Routes (6)' }).check()
  const routes = panel.getByRole('region', { name: 'Routes' })
  for (let left = 6; left > 0; left--) await routes.getByRole('button', { name: 'Remove route 1' }).click()
  await expect(routes).toContainText('Nothing answers yet')
  await page.getByRole('tab', { name: 'Call', exact: true }).click()
  await workbench.runToEnd('quote-for("tea")')
  await expect(workbench.output).toContainText('denied: GET https://primary.example/tea')
  await showHttp(page)
  await panel.getByRole('radio', { name: 'Requests' }).check()
  const requests = panel.getByRole('region', { name: 'Requests of calls' })
  await requests.getByText('https://primary.example/tea').first().click()
  await requests.getByRole('button', { name: 'Add a route' }).click()
  await expect(routes.getByRole('button', { name: /GET https:\/\/primary\.example\/tea/ })).toBeVisible()
})

test('a route leads to the component’s own handler, in an instance of its own', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('An HTTP handler')
  await workbench.setFile(
    'world.wit',
    `package demo:http-handler;
world http-handler {
  import wasi:http/outgoing-handler@0.2.12;
  export wasi:http/incoming-handler@0.2.12;
}
`,
  )
  await workbench.setFile(
    'main.ts',
    `import { handle } from 'wasi:http/outgoing-handler@0.2.12'
import { Fields, OutgoingBody, OutgoingRequest, OutgoingResponse, ResponseOutparam } from 'wasi:http/types@0.2.12'
let count = 0
export const incomingHandler = {
  handle(request: import('wasi:http/types@0.2.12').IncomingRequest, out: ResponseOutparam): void {
    count++
    let text = 'inner ' + count
    if (request.pathWithQuery() !== '/inner') {
      const asked = new OutgoingRequest(new Fields())
      asked.setScheme({ tag: 'HTTPS' })
      asked.setAuthority('self.example')
      asked.setPathWithQuery('/inner')
      const future = handle(asked, undefined)
      future.subscribe().block()
      const result = future.get()
      if (result?.tag !== 'ok' || result.val.tag !== 'ok') throw new Error('no answer')
      const stream = result.val.val.consume().stream()
      text = 'outer ' + count + ', ' + new TextDecoder().decode(stream.blockingRead(100n))
    }
    const response = new OutgoingResponse(new Fields())
    const body = response.body()
    ResponseOutparam.set(out, { tag: 'ok', val: response })
    const stream = body.write()
    stream.blockingWriteAndFlush(new TextEncoder().encode(text))
    stream[Symbol.dispose]()
    OutgoingBody.finish(body, undefined)
  },
}
`,
  )
  const panel = await showHttp(page)
  await panel.getByRole('radio', { name: 'Routes' }).check()
  await panel.getByRole('button', { name: 'Add route' }).click()
  const route = panel.getByRole('group', { name: 'Route 1' })
  await route.getByRole('textbox', { name: 'Address' }).fill('https://self.example/*')
  await route.getByRole('combobox', { name: 'Answer' }).selectOption({ label: 'This component’s own handler' })
  await panel.getByRole('radio', { name: 'Requests' }).check()
  await send(panel, 'GET', '/')
  await expect(responseIn(panel).getByLabel('Body of the response')).toHaveText('outer 1, inner 1')
})

/** Opens the handler that ships, in a world with this clock. */
async function openHandler(page: Page, clock: 'frozen' | 'real'): Promise<Locator> {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('An HTTP handler')
  await page.evaluate(async (mode) => {
    const { project } = window.__witcraft.getState()
    await window.__witcraft.openProject({ ...project, wasi: { clock: { mode } } })
  }, clock)
  return showHttp(page)
}

/** Writes a request and sends it, without waiting for the answer. */
async function begin(panel: Locator, method: string, path: string): Promise<void> {
  await panel.getByRole('combobox', { name: 'Method' }).selectOption(method)
  await panel.getByRole('textbox', { name: 'Path or address' }).fill(path)
  await panel.getByRole('button', { name: 'Send', exact: true }).click()
}

test('a handler waits for the steps of a frozen clock, and what it has sent is seen meanwhile', async ({ page }) => {
  const panel = await openHandler(page, 'frozen')
  const response = responseIn(panel)
  const card = panel.locator('.http-card')
  const body = response.getByLabel('Body of the response')
  const step = response.getByRole('button', { name: 'Step the clock there' })
  await begin(panel, 'GET', '/slowly')
  await expect(response).toContainText('Waiting until 500 ms')
  await expect(response).toContainText('the body is still coming')
  await expect(response).toContainText('text/plain; charset=utf-8')
  await expect(body).toHaveText('3')
  await expect(card).toHaveAttribute('data-over', 'false')
  expect(await violations(page)).toEqual([])
  await step.click()
  await expect(response).toContainText('Waiting until 1 s')
  await expect(body).toHaveText('3\n2')
  await step.click()
  await expect(body).toHaveText('3\n2\n1')
  await step.click()
  await expect(body).toHaveText('3\n2\n1\nLift-off')
  await expect(card).toHaveAttribute('data-over', 'true')
  await expect(response).toContainText('x-bytes')
  await expect(response).toContainText('4 parts within 1.5 s')
  await expect(step).toHaveCount(0)

  // The parts of what is sent come when their time has come.
  await panel.getByRole('textbox', { name: 'Body', exact: true }).fill('make it loud')
  await panel.getByRole('textbox', { name: 'Send in' }).fill('2')
  await begin(panel, 'POST', '/shout')
  await expect(response).toContainText('Waiting until 1.6 s')
  await expect(body).toHaveCount(0)
  await step.click()
  await expect(body).toHaveText('MAKE IT LOUD')
  await expect(card).toHaveAttribute('data-over', 'true')
})

test('what a handler sends now and then is seen when it comes, by the clock of the machine', async ({ page }) => {
  const panel = await openHandler(page, 'real')
  const drawn = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const seen: string[] = []
        const look = (): void => {
          const card = document.querySelector('.http-card')
          const text = card?.querySelector('.http-body pre')?.textContent ?? ''
          if (text !== '' && text !== seen.at(-1)) seen.push(text)
          if (card?.getAttribute('data-over') !== 'true') return
          watch.disconnect()
          resolve(seen)
        }
        const watch = new MutationObserver(look)
        watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
      }),
  )
  await begin(panel, 'GET', '/slowly')
  const seen = await drawn
  // On a slow machine two parts may be drawn at once, but not all of them.
  expect(seen.length).toBeGreaterThan(1)
  expect(seen.at(-1)).toBe('3\n2\n1\nLift-off\n')
})

test('a handler that reads standard input waits for what is typed', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('An HTTP handler')
  await workbench.setFile(
    'world.wit',
    `package demo:http-handler;
world http-handler {
  import wasi:cli/stdin@0.2.12;
  export wasi:http/incoming-handler@0.2.12;
}
`,
  )
  await workbench.setFile(
    'main.ts',
    `import { getStdin } from 'wasi:cli/stdin@0.2.12'
import { Fields, OutgoingBody, OutgoingResponse, ResponseOutparam } from 'wasi:http/types@0.2.12'
export const incomingHandler = {
  handle(_request: import('wasi:http/types@0.2.12').IncomingRequest, out: ResponseOutparam): void {
    const line = getStdin().blockingRead(100n)
    const response = new OutgoingResponse(new Fields())
    const body = response.body()
    ResponseOutparam.set(out, { tag: 'ok', val: response })
    const stream = body.write()
    stream.blockingWriteAndFlush(line)
    stream[Symbol.dispose]()
    OutgoingBody.finish(body, undefined)
  },
}
`,
  )
  const panel = await showHttp(page)
  await workbench.output.getByRole('radio', { name: 'typed' }).check()
  for (const line of ['first', 'second']) {
    await begin(panel, 'GET', '/')
    await expect(responseIn(panel)).toContainText('Waiting for input')
    await workbench.output.getByRole('textbox', { name: /^Line for the/ }).fill(line)
    await workbench.output.getByRole('button', { name: 'Send' }).click()
    await expect(responseIn(panel).getByLabel('Body of the response')).toHaveText(line)
  }
})

test('a component sees the delay and each fault of its routes', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  await page.evaluate(
    ([wit, main]) =>
      window.__witcraft.openProject({
        schema: 1,
        name: 'faults',
        files: { 'world.wit': wit, 'main.ts': main },
        wasi: {
          http: {
            routes: [
              { url: 'https://up.example/', body: 'hello', delay: 250 },
              { url: 'https://refused.example/', fault: 'refused', delay: 20 },
              { url: 'https://timeout.example/', fault: 'timeout' },
              { url: 'https://reset.example/', fault: 'reset', body: 'half of it' },
              { url: 'https://dropped.example/', fault: 'reset' },
              { url: 'https://malformed.example/', fault: 'malformed' },
            ],
          },
        },
        calls: ['probe("up.example")'],
      }),
    [
      `package demo:faults;
world faults {
  import wasi:clocks/monotonic-clock@0.2.12;
  import wasi:http/outgoing-handler@0.2.12;
  export probe: func(host: string) -> string;
}
`,
      `import { now } from 'wasi:clocks/monotonic-clock@0.2.12'
import { handle } from 'wasi:http/outgoing-handler@0.2.12'
import { Fields, OutgoingRequest, httpErrorCode } from 'wasi:http/types@0.2.12'
function ask(host: string): string {
  const request = new OutgoingRequest(new Fields())
  request.setScheme({ tag: 'HTTPS' })
  request.setAuthority(host)
  request.setPathWithQuery('/')
  const future = handle(request, undefined)
  future.subscribe().block()
  const result = future.get()
  if (result?.tag !== 'ok') throw new Error('no result')
  if (result.val.tag === 'err') return result.val.val.tag
  const response = result.val.val
  const stream = response.consume().stream()
  let text = response.status() + ' '
  try {
    for (;;) text += new TextDecoder().decode(stream.blockingRead(100n))
  } catch (error) {
    const { payload } = error as { payload: import('wasi:io/streams@0.2.12').StreamError }
    const code = payload.tag === 'closed' ? undefined : httpErrorCode(payload.val)
    return code === undefined ? text : text + '| ' + code.tag
  }
}
export function probe(host: string): string {
  const from = now()
  const came = ask(host)
  return came + ' after ' + (now() - from) / 1_000_000n
}
`,
    ] as const,
  )
  for (const [host, came] of [
    ['up', '200 hello after 250'],
    ['refused', 'connection-refused after 20'],
    ['timeout', 'connection-timeout after 30000'],
    ['reset', '200 half | connection-terminated after 0'],
    ['dropped', 'connection-terminated after 0'],
    ['malformed', 'HTTP-protocol-error after 0'],
  ] as const) {
    await workbench.runToEnd(`probe("${host}.example")`)
    await expect(workbench.result).toContainText(`"${came}"`)
  }
  const panel = await showHttp(page)
  const requests = panel.getByRole('region', { name: 'Requests of calls' })
  await expect(requests.getByRole('listitem')).toHaveCount(1)
  await expect(requests.getByRole('listitem')).toContainText('HTTP-protocol-error')
})

test('requests come in and go out as curl commands and HAR files', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const workbench = new Workbench(page)
  await workbench.open()
  await workbench.example('An HTTP handler')
  const panel = await showHttp(page)
  await panel.getByRole('button', { name: 'Import curl or HAR' }).click()
  const paste = panel.getByRole('textbox', { name: 'A curl command or a HAR file' })
  await paste.fill('wget x')
  await panel.getByRole('button', { name: 'Take it over' }).click()
  await expect(panel).toContainText('neither a curl command nor a HAR file')
  await paste.fill(`curl -X POST http://app.example/shout -H 'X-A: b' --data-raw 'quiet, please'`)
  await panel.getByRole('button', { name: 'Take it over' }).click()
  await expect(panel.getByRole('textbox', { name: 'Path or address' })).toHaveValue('http://app.example/shout')
  await panel.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(responseIn(panel).getByLabel('Body of the response')).toHaveText('QUIET, PLEASE')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Export HAR' }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk))
  const har: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  expect(har).toMatchObject({
    log: { entries: [{ request: { method: 'POST', url: 'http://app.example/shout' }, response: { status: 200 } }] },
  })

  // Of several entries one is chosen.
  const entry = (url: string): object => ({ request: { method: 'GET', url, headers: [] }, response: { status: 200 } })
  const two = [entry('http://app.example/first'), entry('http://app.example/second')]
  await panel.getByRole('button', { name: 'Import curl or HAR' }).click()
  await paste.fill(JSON.stringify({ log: { entries: two } }))
  await panel.getByRole('button', { name: 'Take it over' }).click()
  const entries = panel.getByRole('group', { name: 'Entries of the HAR file' })
  await expect(entries).toContainText('The file holds 2 requests.')
  expect(await violations(page)).toEqual([])
  await entries.getByRole('button', { name: 'GET http://app.example/second' }).click()
  await expect(panel.getByRole('textbox', { name: 'Path or address' })).toHaveValue('http://app.example/second')
})

test('a world without a handler gets one with a press, and the call form leads to the panel', async ({ page }) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const panel = await showHttp(page)
  await panel.getByRole('button', { name: 'Export it' }).click()
  await expect
    .poll(() => page.evaluate(() => window.__witcraft.getState().project.files['world.wit']))
    .toContain('export wasi:http/incoming-handler@0.2.12;')
  await expect(panel.getByRole('button', { name: 'Send', exact: true })).toBeVisible()

  await workbench.example('An HTTP handler')
  await page.getByRole('tab', { name: 'Call', exact: true }).click()
  const call = page.getByRole('tabpanel', { name: 'Call', exact: true })
  await call.getByRole('button', { name: 'Open HTTP' }).click()
  await expect(panel.getByRole('textbox', { name: 'Path or address' })).toBeVisible()
})
