import { expect, test } from 'vitest'
import { serves } from '../wasi/served.ts'
import { builtinWit } from '../../scripts/generate/builtin-wit.ts'
import { insteadOfName, unknownModule } from './absent.ts'

const builtin = builtinWit()

const nodes =
  'assert async_hooks buffer child_process cluster crypto dgram dns events fs fs/promises http http2 https net os path ' +
  'perf_hooks process readline stream string_decoder timers timers/promises tls tty url util worker_threads zlib'
const names = 'fetch require module process Buffer __dirname Deno Intl Temporal WebAssembly Worker window localStorage'

test.each([
  ...nodes.split(' ').map((name) => [name, unknownModule([], `node:${name}`).next]),
  ...names.split(' ').map((name) => [name, insteadOfName(name) ?? '']),
])('what is said of %s names no interface that a run does not have', (_, next) => {
  expect(next).not.toBe('')
  for (const [name] of next.matchAll(/wasi:[\w-]+\/[\w-]+(?:@[\d.]+)?/g)) {
    expect(serves(name)).toBe(true)
    // What is written as it is said leads somewhere.
    expect(builtin).toHaveProperty([name.replace(/\/[^@]*/, '')])
  }
  expect(next).not.toMatch(/wasi:(?![\w-]+\/)/)
})

test('an interface with nothing behind it is not to be imported', () => {
  expect(unknownModule([], 'wasi:cli/exit@0.2.12').next).toContain('Add `import wasi:cli/exit@0.2.12;`')
  expect(unknownModule([], 'wasi:cli/exit').next).toContain('Add `import wasi:cli/exit@0.2.12;`')
  expect(unknownModule([], 'wasi:keyvalue/store@0.2.0').next).toContain('Do without it')
  expect(unknownModule([], 'wasi:filesystem/types').next).toContain('Add `import wasi:filesystem/types@0.2.12;`')
  expect(unknownModule([], 'demo:shop/cart').next).toContain('Add `import demo:shop/cart;`')
})
