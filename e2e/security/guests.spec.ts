import { expect, test, type Page } from '@playwright/test'
import { Workbench } from '../workbench.ts'

/** Components that try what a host must not let pass, each in an instance of its own, in the sandbox of the page. */

const wit = `package demo:hostile;

world hostile {
  import wasi:io/poll@0.2.12;
  import wasi:io/streams@0.2.12;
  import wasi:cli/stdout@0.2.12;
  import wasi:clocks/monotonic-clock@0.2.12;
  import wasi:random/random@0.2.12;
  import wasi:filesystem/types@0.2.12;
  import wasi:filesystem/preopens@0.2.12;

  /// What an attempt came to: what it got hold of, or the error that it met.
  export attempt: func(which: string) -> result<string, string>;
  export well: func() -> string;
}
`

const main = `import { poll } from 'wasi:io/poll@0.2.12'
import { getStdout } from 'wasi:cli/stdout@0.2.12'
import { subscribeDuration } from 'wasi:clocks/monotonic-clock@0.2.12'
import { getRandomBytes } from 'wasi:random/random@0.2.12'
import { getDirectories } from 'wasi:filesystem/preopens@0.2.12'
import { Descriptor } from 'wasi:filesystem/types@0.2.12'

const folder = (): Descriptor => {
  for (const [directory, path] of getDirectories()) if (path === '/data') return directory
  throw new Error('no /data')
}
const open = (path: string): Descriptor => folder().openAt({ symlinkFollow: true }, path, {}, { read: true })
const file = (): Descriptor => folder().openAt({}, 'big', { create: true }, { read: true, write: true })
const read = (path: string): string => new TextDecoder().decode(open(path).read(100n, 0n)[0])

const attempts: Record<string, () => string> = {
  'a path upwards': () => read('../secret/key.txt'),
  'a path upwards from within': () => read('sub/../../secret/key.txt'),
  'an absolute path': () => read('/secret/key.txt'),
  'a link out of the folder': () => {
    folder().symlinkAt('../../secret', 'sub/way')
    return read('sub/way/key.txt')
  },
  'a link to an absolute path': () => {
    folder().symlinkAt('/secret/key.txt', 'way')
    return read('way')
  },
  'a file moved out of the folder': () => {
    folder().renameAt('a.txt', folder(), '../secret/a.txt')
    return 'moved'
  },
  'links in a circle': () => {
    folder().symlinkAt('two', 'one')
    folder().symlinkAt('one', 'two')
    return read('one/x')
  },
  'folders without end': () => {
    let directory = folder()
    for (let depth = 0; ; depth++) {
      directory.createDirectoryAt('x')
      directory = directory.openAt({}, 'x', { directory: true }, { read: true, mutateDirectory: true })
    }
  },
  'names without end': () => {
    for (let number = 0; ; number++) folder().symlinkAt('y'.repeat(1000), 'link' + number)
  },
  'a handle after it was dropped': () => {
    const directory = folder()
    directory[Symbol.dispose]()
    return directory.getType()
  },
  'a stream of a file that was dropped and shrunk': () => {
    const big = file()
    big.write(new Uint8Array(1000), 0n)
    const stream = big.readViaStream(999n)
    big.setSize(0n)
    big[Symbol.dispose]()
    return String(stream.blockingRead(10n).length)
  },
  'a handle that is none': () => String(poll([{ ready: () => true, block() {} } as never]).length),
  'a handle of another kind': () => String(poll([folder() as never]).length),
  'a write beyond what was permitted': () => {
    const out = getStdout()
    out.write(new Uint8Array(Number(out.checkWrite()) + 1))
    return 'written'
  },
  'a file at the end of all numbers': () => String(file().write(new Uint8Array(1), 2n ** 64n - 1n)),
  'a size without end': () => {
    file().setSize(2n ** 62n)
    return 'grown'
  },
  'a file that grows without end': () => {
    const big = file()
    const chunk = new Uint8Array(1 << 20)
    for (let at = 0n; ; at += 1n << 20n) big.write(chunk, at)
  },
  'more random bytes than there is memory': () => String(getRandomBytes(2n ** 40n).length),
  'a read of all that a number can say': () => String(open('a.txt').read(2n ** 64n - 1n, 0n)[0].length),
  'pollables without end': () => {
    const held: unknown[] = []
    for (;;) held.push(subscribeDuration(1n))
  },
  'thousands of pollables': () => String(poll(Array.from({ length: 20_000 }, () => subscribeDuration(1n))).length),
  'nothing to poll': () => String(poll([]).length),
}

export function attempt(which: string): string {
  const act = attempts[which]
  if (!act) throw 'no such attempt'
  try {
    return act()
  } catch (error) {
    if (error instanceof Error && 'payload' in error) throw Object(error.payload).tag ?? String(error.payload)
    throw error
  }
}

export const well = (): string => 'well'
`

async function open(page: Page): Promise<Workbench> {
  const workbench = new Workbench(page)
  await workbench.open()
  await page.evaluate(
    (files) =>
      window.__witcraft.openProject({
        schema: 1,
        name: 'hostile',
        files,
        world: 'hostile',
        calls: ['well()'],
        wasi: {
          dirs: { '/data': { 'a.txt': 'mine', sub: {} }, '/secret': { 'key.txt': 'the key' } },
          limits: { milliseconds: 60_000, memoryMiB: 256 },
        },
      }),
    { 'world.wit': wit, 'main.ts': main },
  )
  return workbench
}

/** What an instance of its own comes to with an attempt. */
const tried = (page: Page, which: string): Promise<{ readonly ok: boolean; readonly text: string }> =>
  page.evaluate((name) => window.__witcraft.run(`attempt(${JSON.stringify(name)})`), which)

/** The error of the interface, or the words of the trap. */
const expected: Readonly<Record<string, string>> = {
  'a path upwards': '"not-permitted"',
  'a path upwards from within': '"not-permitted"',
  'an absolute path': '"not-permitted"',
  'a link out of the folder': '"not-permitted"',
  'a link to an absolute path': '"not-permitted"',
  'a file moved out of the folder': '"not-permitted"',
  'links in a circle': '"loop"',
  'folders without end': '"insufficient',
  'names without end': '"insufficient',
  'a handle after it was dropped': 'disposed',
  'a stream of a file that was dropped and shrunk': 'closed',
  'a handle that is none': 'expected an object of Pollable',
  'a handle of another kind': 'expected an object of Pollable',
  'a write beyond what was permitted': 'check-write permitted',
  'a file at the end of all numbers': '"',
  'a size without end': '"',
  'a file that grows without end': '"insufficient',
  'more random bytes than there is memory': 'wasi:random was asked for',
  'pollables without end': 'pollables',
  'nothing to poll': 'empty list',
}

test('components that reach for what is not theirs get an error or a trap, and never the host', async ({ page }) => {
  test.setTimeout(240_000)
  await open(page)
  const met: Record<string, { readonly ok: boolean; readonly text: string }> = {}
  for (const which of Object.keys(expected)) {
    met[which] = await tried(page, which)
    // The page and its sandbox are as they were.
    const next = await page.evaluate(() => window.__witcraft.run('well()'))
    expect({ which, ...next }).toEqual({ which, ok: true, text: '"well"' })
  }
  for (const [which, text] of Object.entries(expected)) {
    expect.soft({ which, ...met[which] }).toEqual({ which, ok: false, text: expect.stringContaining(text) as unknown })
  }
})

test('what is only much is served', async ({ page }) => {
  await open(page)
  expect(await tried(page, 'thousands of pollables')).toEqual({ ok: true, text: '"20000"' })
  expect(await tried(page, 'a read of all that a number can say')).toEqual({ ok: true, text: '"4"' })
})
