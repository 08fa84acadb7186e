import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { Workbench } from '../workbench.ts'

const dist = join(import.meta.dirname, '../../dist')

/** What a server that has the precompressed files sends of a file, in bytes. */
function sentBytes(file: string): number {
  const path = join(dist, file)
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size
}

const kilobytes = (files: Iterable<string>): number => [...files].reduce((sum, file) => sum + sentBytes(file), 0) / 1000

/** Every file of the page that is requested from now on, in order, without what is not a file of the page. */
function watchRequests(page: Page): string[] {
  const files: string[] = []
  page.on('request', (request) => {
    const { pathname, protocol } = new URL(request.url())
    if (protocol === 'http:' && existsSync(join(dist, pathname.slice(1)))) files.push(pathname.slice(1) || 'index.html')
  })
  return files
}

/** Kilobytes of brotli. */
const most = { beforeEditor: 90, untilEditable: 850, engine: 296 }

/** The last that an undisturbed page fetches is what its editors need, each in a worker; then nothing is left to do. */
async function settled(page: Page, files: readonly string[]): Promise<void> {
  await expect.poll(() => files.filter(isWorker).length).toBeGreaterThan(1)
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
}

const isScript = (file: string): boolean => /\.m?js$/.test(file)
const isWorker = (file: string): boolean => /worker/i.test(file)
/** What only a build or a run needs. */
const isTool = (file: string): boolean =>
  /\.wasm$|engine|bindgen|wasm-tools|(?:language|tools|guest)-worker|sandbox/.test(file)

test('the scripts that index.html loads at once keep to their size', () => {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].flatMap(([, file]) => (file ? [file] : []))
  expect(named.length).toBeGreaterThan(0)
  const all = new Set(named)
  for (const file of all) {
    const code = readFileSync(join(dist, file), 'utf8')
    const imported = /(?:^|[;}])(?:import|export)(?:[\w$*\s{},]*from)?["']\.\/([^"']+\.js)["']/g
    for (const [, found] of code.matchAll(imported)) if (found) all.add(`assets/${found}`)
  }
  // Those that stand in the page itself count as well.
  const inline = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(
    ([, code = '']) => brotliCompressSync(code).length,
  )
  const total = kilobytes(all) + inline.reduce((sum, each) => sum + each, 0) / 1000
  console.log(`scripts before the editor: ${total.toFixed(1)} kB of ${most.beforeEditor}`)
  expect(total).toBeLessThanOrEqual(most.beforeEditor)
})

test('the scripts until the editor takes a keystroke keep to their size, workers apart', async ({ page }) => {
  const files = watchRequests(page)
  await new Workbench(page).open()
  const editor = page.getByRole('textbox', { name: /TypeScript editor/ }).first()
  await editor.focus()
  await page.keyboard.type('//')
  await expect.poll(() => page.evaluate(() => window.__witcraft.getState().pristine)).toBe(false)
  const scripts = new Set(files.filter((file) => isScript(file) && !isWorker(file)))
  const total = kilobytes(scripts)
  console.log(`scripts until editable: ${total.toFixed(1)} kB of ${most.untilEditable}\n  ${[...scripts].join('\n  ')}`)
  expect([...scripts].some((file) => file.includes('editor.api'))).toBe(true)
  expect(total).toBeLessThanOrEqual(most.untilEditable)
})

test('the engine keeps to its size', () => {
  const engines = readdirSync(join(dist, 'assets')).filter((file) => /^engine-base-.*\.wasm$/.test(file))
  expect(engines).toHaveLength(1)
  expect(kilobytes(engines.map((file) => `assets/${file}`))).toBeLessThanOrEqual(most.engine)
})

test('nothing that builds or runs is fetched before somebody means to', async ({ page }) => {
  const files = watchRequests(page)
  const workbench = new Workbench(page)
  await workbench.open()
  await expect(page.getByRole('textbox', { name: /TypeScript editor/ }).first()).toBeVisible()
  await settled(page, files)
  expect(files.filter(isTool)).toEqual([])
  expect(await page.locator('iframe').count()).toBe(0)

  await workbench.run.hover()
  await expect.poll(() => files.filter(isTool).length).toBeGreaterThan(0)
})

test('a project whose world nobody has prepared costs no tools before somebody works with it', async ({ page }) => {
  const files = watchRequests(page)
  const workbench = new Workbench(page)
  await workbench.open()
  await expect(page.getByRole('textbox', { name: /TypeScript editor/ }).first()).toBeVisible()
  await page.evaluate(() =>
    window.__witcraft.openProject({
      schema: 1,
      name: 'sum',
      files: {
        'world.wit': 'package demo:sum;\n\nworld sum {\n  export add: func(a: u32, b: u32) -> u32;\n}\n',
        'main.ts': 'export const add = (a: number, b: number): number => a + b\n',
      },
      calls: ['add(1, 2)'],
    }),
  )
  await expect(workbench.callLine).toHaveValue('add(1, 2)')
  await settled(page, files)
  expect(files.filter(isTool)).toEqual([])

  await page
    .getByRole('textbox', { name: /TypeScript editor/ })
    .first()
    .focus()
  // Its types are there now: the form has a field for each parameter.
  await expect(page.getByRole('textbox', { name: 'a', exact: true })).toHaveValue('1', { timeout: 30_000 })
  expect(files.filter(isTool)).not.toEqual([])
})

test('the language services for CSS, HTML and JSON are not shipped', () => {
  const assets = readdirSync(join(dist, 'assets')).filter(isScript)
  expect(assets.filter(isWorker).length).toBeGreaterThan(0)
  expect(assets.filter((file) => /(?:css|html|json)(?:\.worker|Mode|Worker)/i.test(file))).toEqual([])
  for (const file of assets) {
    const code = readFileSync(join(dist, 'assets', file), 'utf8')
    // Names that these services give to what they create, and that no minifier changes.
    for (const mark of ['vscode-css-languageservice', 'vscode-html-languageservice', 'vscode-json-languageservice'])
      expect(code.includes(mark), `${mark} in ${file}`).toBe(false)
  }
})
