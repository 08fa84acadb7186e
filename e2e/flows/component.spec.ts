import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { decodePrepared } from '../../src/toolchain/cache/prepared-codec.ts'
import { defaultInterrupts, quickJsGuestEngine } from '../../src/toolchain/engines/quickjs/guest.ts'
import { compileTypeScript } from '../../src/toolchain/languages/typescript/compile.ts'
import { coreModules, joinAroundCoreModule } from '../../src/wasm/components.ts'
import { Workbench, exampleFile } from '../workbench.ts'

const root = join(import.meta.dirname, '../..')
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function download(page: Page): Promise<Uint8Array> {
  const pending = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('button', { name: 'Download .wasm' }).click()
  return readFileSync(await (await pending).path())
}

/** The same example built in Node: the shipped artefact, the shipped engine, the project's own source. */
async function builtInNode(example: string, entry: string): Promise<Uint8Array> {
  const index: unknown = JSON.parse(readFileSync(join(root, 'generated/engines.json'), 'utf8'))
  const images: readonly unknown[] = Array.isArray(index) ? index : []
  const image = images.find(
    (each): each is { id: string; variant: string; hash: string; facts: unknown } =>
      typeof each === 'object' && each !== null && 'variant' in each && each.variant === 'base',
  )
  if (!image) throw new Error('generated/engines.json names no base engine')
  const prepared = decodePrepared(readFileSync(join(root, `generated/prepared/${example}-base.bin`)))
  const compiled = compileTypeScript({ [entry]: exampleFile(example, entry) }, entry)
  if (!prepared || !compiled.ok) throw new Error('the example does not compile')
  const engine = await quickJsGuestEngine.load(
    { ...image, wasm: readFileSync(join(root, 'generated/engine-base.wasm')) },
    1024,
  )
  const guest = engine.initialise(prepared, compiled.value.source, { memoryPages: 1024, interrupts: defaultInterrupts })
  if (!guest.ok) throw new Error(guest.fault.message)
  return joinAroundCoreModule(prepared.shell.before, guest.value.snapshot(), prepared.shell.after)
}

test('the download is a small, valid component, and the same bytes as in another tab and in Node', async ({
  page,
  browser,
}) => {
  const workbench = new Workbench(page)
  await workbench.open()
  const component = await download(page)
  expect(component.length).toBeLessThanOrEqual(850_000)
  expect(brotliCompressSync(component).length).toBeLessThanOrEqual(300_000)
  for (const core of coreModules(component)) expect(WebAssembly.validate(new Uint8Array(core))).toBe(true)

  const context = await browser.newContext()
  const other = new Workbench(await context.newPage())
  await other.open()
  await other.runToEnd()
  expect(hash(await download(other.page))).toBe(hash(component))
  await context.close()

  expect(hash(await builtInNode('hello', 'main.ts'))).toBe(hash(component))
})

test('the component runs unchanged under jco in Node and gives the results of the tab', async ({ page }) => {
  test.slow()
  const workbench = new Workbench(page)
  await workbench.open()
  const folder = mkdtempSync(join(tmpdir(), 'witcraft-export-'))
  try {
    const cases = [
      { example: 'Hello', calls: [['greet("Ada")', 'greet("Ada")']] },
      {
        example: 'Results and errors',
        calls: [
          ['demo:results/percent#parse("42")', 'percent.parse("42")'],
          ['demo:results/percent#describe(ok(7))', 'percent.describe({ tag: "ok", val: 7 })'],
        ],
      },
      {
        example: 'A resource with methods',
        calls: [['demo:bank/accounts#close(%1)', 'accounts.close(accounts.Account.openWith("Grace", 500))']],
      },
    ] as const
    for (const [index, { example, calls }] of cases.entries()) {
      await workbench.example(example)
      if (example === 'A resource with methods') {
        await workbench.runToEnd('demo:bank/accounts#[static]account.open-with("Grace", 500)')
      }
      const inTab: string[] = []
      for (const [call] of calls) {
        await workbench.callLine.fill(call)
        const before = await workbench.endedRuns()
        await page.getByRole('region', { name: 'Call', exact: true }).getByRole('button', { name: /^Call/ }).click()
        await workbench.ended(before)
        inTab.push(
          await page.evaluate(() => {
            const outcome = window.__witcraft.getState().result?.outcome
            return outcome?.kind === 'value' ? outcome.wave : JSON.stringify(outcome)
          }),
        )
      }
      const file = join(folder, `c${index}.wasm`)
      writeFileSync(file, await download(page))
      const jco = (...args: readonly string[]): void => {
        const done = spawnSync(
          process.execPath,
          [join(root, 'node_modules/@bytecodealliance/jco/dist/jco.js'), ...args],
          { cwd: folder, encoding: 'utf8' },
        )
        expect(done.stderr, done.stderr).not.toMatch(/error/i)
        expect(done.status).toBe(0)
      }
      jco('wit', file)
      jco('metadata-show', file)
      jco('transpile', file, '-o', `out${index}`, '--name', 'component', '-q')
      const script = `import * as component from './out${index}/component.js'\nconst { percent, accounts, greet } = component\nconsole.log(JSON.stringify([${calls.map(([, js]) => js).join(', ')}].map(String)))\n`
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
      writeFileSync(join(folder, `call${index}.js`), script)
      const done = spawnSync(process.execPath, [`call${index}.js`], { cwd: folder, encoding: 'utf8' })
      expect(done.stderr).toBe('')
      const inNode: unknown = JSON.parse(done.stdout)
      expect(inNode).toEqual(inTab.map((wave) => (wave.startsWith('"') ? JSON.parse(wave) : wave)))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
