// What a fresh clone lacks: dependencies and, for the tests, a browser. Plain JavaScript on Node alone, because it runs
// before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Runs a command with inherited output and ends this process when it fails. */
export function mustRun(command, args, options = {}) {
  const done = run(command, args, options)
  if (done !== 0) {
    console.error(`\n${[command, ...args].join(' ')} ended with ${done}.`)
    process.exit(done)
  }
}

export function run(command, args, options = {}) {
  const windows = process.platform === 'win32'
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: windows, ...options })
  if (done.error) console.error(`${command}: ${done.error.message}`)
  return done.status ?? 1
}

export function assertNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(`Witcraft needs Node 20.19 or newer; this is ${process.versions.node}. Get it from nodejs.org.`)
  process.exit(2)
}

/** Installs what the lockfile says, unless that is what is there. */
export function ensureDependencies() {
  const stamp = join(root, 'node_modules', '.witcraft-lock')
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.log('Installing dependencies (once)…')
  mustRun('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
  writeFileSync(stamp, lock)
}

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Path of a Chromium to test with; installs one when there is none. Order: CHROMIUM_PATH, the system's, Playwright's, Debian's. */
export function ensureBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (existsSync(named)) return named
    console.error(`CHROMIUM_PATH names ${named}, which does not exist. Correct it, or unset it.`)
    process.exit(2)
  }
  const found = systemBrowsers.find((path) => existsSync(path)) ?? playwrightBrowser()
  if (found) return found
  console.log('No Chromium found: installing one for the tests (once)…')
  if (run('npx', ['playwright', 'install', 'chromium'], { timeout: 300_000 }) === 0) {
    const own = playwrightBrowser()
    if (own) return own
  }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-q'])
    mustRun('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'])
    const debian = systemBrowsers.find((path) => existsSync(path))
    if (debian) return debian
  }
  console.error(
    'No Chromium could be installed. Install Chromium or Chrome, or set CHROMIUM_PATH to one, and run again.',
  )
  return process.exit(2)
}

function playwrightBrowser() {
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    { darwin: join(homedir(), 'Library/Caches/ms-playwright'), win32: join(homedir(), 'AppData/Local/ms-playwright') }[
      process.platform
    ] ??
    join(homedir(), '.cache/ms-playwright')
  if (!existsSync(cache)) return undefined
  const inside = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
  ]
  for (const name of readdirSync(cache)
    .filter((entry) => /^chromium-\d+$/.test(entry))
    .toSorted()
    .toReversed())
    for (const tail of inside) if (existsSync(join(cache, name, tail))) return join(cache, name, tail)
  return undefined
}
