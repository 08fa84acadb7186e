import { readFile } from 'node:fs/promises'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Example } from '../src/project/examples/example.ts'
import { httpClient } from '../src/project/examples/http-client.ts'
import { httpHandler } from '../src/project/examples/http-handler.ts'
import { readExample } from '../src/project/examples/read.ts'
import { createHttpFeed } from '../src/runner/worker/http-feed.ts'
import { createHttpServing } from '../src/runner/worker/http-requests.ts'
import type { HttpNews, HttpRequest } from '../src/runner/http.ts'
import { Workshop } from '../src/toolchain/engines/quickjs/testing/component.ts'
import { createWasiHost, type WasiHost } from '../src/wasi/host.ts'
import { succeed } from '../src/contract/fault.ts'

/** The examples of HTTP as guests of the engine, against the simulated world: no browser. */

let workshop: Workshop
let packages = ''
beforeAll(async () => {
  workshop = await Workshop.open()
  for (const name of ['cli', 'clocks', 'filesystem', 'http', 'io', 'random', 'sockets']) {
    const file = `../node_modules/@bytecodealliance/jco/lib/wit/builtin/0.2.12/wasi-${name}/package.wit`
    const text = await readFile(new URL(file, import.meta.url), 'utf8')
    packages += `${text.replace(/^package ([^;]*);/m, 'package $1 {')}\n}\n`
  }
}, 120_000)
afterAll(() => workshop.close())

const make = async (example: Example) => {
  const project = await readExample(example)
  const { outputText } = ts.transpileModule(project.files['main.ts'] ?? '', {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  })
  let printed = ''
  const news: HttpNews[] = []
  const feed = createHttpFeed({ post: (_, told) => news.push(...told), now: () => 0 })
  const host: WasiHost = createWasiHost(project.wasi ?? {}, {
    write: (_, bytes) => (printed += new TextDecoder().decode(bytes)),
    monotonic: () => 0n,
    today: () => 0,
    entropy: () => {},
    now: () => 0,
    onHttp: (event) => feed.event(event),
  })
  const wit = (project.files['world.wit'] ?? '') + packages
  const prepared = workshop.prepare(wit, example.world)
  if (!prepared.ok) throw new Error(prepared.fault.message)
  const { world } = prepared.value
  const imports = host.imports(world.imports.map(({ name }) => name))
  const first = await workshop.make(wit, outputText, imports, example.world)
  return { host, feed, news, world, first, printed: () => printed }
}

/** Preparing a world of HTTP takes seconds: once for each example. */
const made = new Map<Example, ReturnType<typeof make>>()
const open = async (example: Example) => {
  const one = made.get(example) ?? make(example)
  made.set(example, one)
  const { first, feed, news, printed, ...rest } = await one
  feed.begin(1)
  news.length = 0
  const before = printed().length
  return { ...rest, feed, news, first: await first.again(), printed: () => printed().slice(before) }
}

describe('the HTTP handler', () => {
  const ask = async (request: Partial<HttpRequest> & { readonly path: string }) => {
    const { host, feed, news, world, first, printed } = await open(httpHandler)
    const serving = createHttpServing({
      world,
      host: () => host,
      feed,
      around: (_by, _path, _args, work) => work(),
      instance: () =>
        succeed({
          root: first.exports,
          memoryBytes: 0,
          ended: (path, thrown) => ({
            stage: 'trap',
            message: `${String(thrown)} ${first.uncaught(path)?.message ?? ''}`,
            next: '',
          }),
        }),
    })
    const outcome = await serving.respond(1, { method: 'GET', headers: [], body: [], ...request })
    const body = news.flatMap((each) => (each.type === 'body' ? [new TextDecoder().decode(each.bytes)] : [])).join('')
    const head = news.find((each) => each.type === 'head')
    return { outcome, body, head, end: news.at(-1), printed: printed() }
  }
  const bytes = new TextEncoder().encode('make it loud')

  it.each([
    [{ path: '/' }, 200, '{"links":["/hello/Ada","/slowly","/shout"]}', 'application/json'],
    [{ path: '/hello/%3Cb%3E' }, 200, '<h1>Hello, &lt;b></h1>\n', 'text/html'],
    [{ path: '/slowly' }, 200, '3\n2\n1\nLift-off\n', 'text/plain; charset=utf-8'],
    [{ path: '/shout', method: 'POST', body: [{ after: 0, bytes }] }, 200, 'MAKE IT LOUD', 'text/plain; charset=utf-8'],
    [{ path: '/shout' }, 404, 'Nothing at /shout\n', 'text/plain; charset=utf-8'],
  ] as [Partial<HttpRequest> & { readonly path: string }, number, string, string][])(
    'answers %o',
    async (request, status, body, type) => {
      const answer = await ask(request)
      expect(answer.outcome).toMatchObject({ ok: true, value: { status } })
      expect(answer.outcome.ok && answer.outcome.value.fault).toBeUndefined()
      expect(answer.body).toBe(body)
      expect(answer.head).toMatchObject({ fields: [['content-type', type]] })
      expect(answer.end).toMatchObject({
        type: 'end',
        trailers: [['x-bytes', String(new TextEncoder().encode(body).length)]],
      })
      expect(answer.printed).toBe(`${(request.method ?? 'GET').toLowerCase()} ${request.path}\n`)
    },
  )
})

describe('the HTTP client', () => {
  it.each([
    ['coffee', { price: 4.2, source: 'primary.example', attempts: 1 }, ''],
    ['tea', { price: 3.5, source: 'mirror.example', attempts: 3 }, 'primary.example: connection-timeout\n'.repeat(2)],
    [
      'saffron',
      { price: 9.5, source: 'what is known', attempts: 3 },
      `${'primary.example: connection-refused\n'.repeat(2)}mirror.example: the body broke off\n`,
    ],
  ])('finds what %s costs', async (product, quote, printed) => {
    const client = await open(httpClient)
    expect(client.first.exports.quoteFor(product)).toEqual(quote)
    expect(client.printed()).toBe(printed)
    expect(client.first.uncaught()).toBeUndefined()
  })

  it('says that nobody knows, after all of them were asked, in the time that this takes', async () => {
    const client = await open(httpClient)
    let failed: unknown
    try {
      client.first.exports.quoteFor('gold')
    } catch (error) {
      failed = error
    }
    expect(failed).toMatchObject({ payload: 'Nobody knows what gold costs.' })
    expect(client.printed()).toContain('mirror.example: 503')
    client.feed.flush()
    const at = client.news.flatMap((each) => (each.type === 'sent' ? [each.at] : []))
    const sent = at.map((each) => Number((each - (at[0] ?? 0n)) / 1_000_000n))
    // Two refusals after 10 ms each, and pauses of 100 and 200 ms.
    expect(sent).toEqual([0, 110, 320])
  })
})
