import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { projectLimits } from './limits.ts'
import { parseProject } from './parse.ts'
import { isProjectPath } from './paths.ts'
import { examples } from './examples/index.ts'
import { readExample } from './examples/read.ts'

const minimal = { schema: 1, name: 'x', files: { 'world.wit': 'world w {}' } }

const deep = (levels: number): object => {
  let value: object = {}
  for (let level = 0; level < levels; level++) value = { a: value }
  return value
}
const bulk = (count: number, each: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.wasm`, 'A'.repeat(each)]))

function refusal(input: unknown): string {
  const outcome = parseProject(input)
  if (outcome.ok) throw new Error('was accepted')
  expect(outcome.fault.stage).toBe('project')
  return outcome.fault.message
}

describe('parseProject', () => {
  it.each(examples)('accepts the example $id unchanged after a trip through JSON', async (example) => {
    const project = await readExample(example)
    const outcome = parseProject(JSON.parse(JSON.stringify(project)))
    expect(outcome).toEqual({ ok: true, value: project })
  })

  it('leaves out what it does not know', () => {
    const outcome = parseProject({ ...minimal, extra: 1, wasi: { args: ['a'], later: true } })
    expect(outcome).toEqual({ ok: true, value: { ...minimal, wasi: { args: ['a'] } } })
  })

  it('keeps which streams are terminals, and the hosts of the network', () => {
    const wasi = { terminal: ['stdin', 'stdout'], network: { hosts: { 'db.internal': ['10.0.0.5'] } } }
    expect(parseProject({ ...minimal, wasi })).toEqual({ ok: true, value: { ...minimal, wasi } })
    expect(parseProject({ ...minimal, wasi: { terminal: ['tty'], network: {} } })).toEqual({
      ok: true,
      value: { ...minimal, wasi: { terminal: [], network: {} } },
    })
  })

  it('keeps the directories and the routes of the simulated world', () => {
    const wasi = {
      dirs: { '/data': { readonly: true, tree: { 'a.txt': 'text', 'b.bin': { base64: 'AAEC' } } } },
      http: { routes: [{ method: 'GET', url: 'https://example.org/*', status: 200, headers: {}, delay: 0.5 }] },
    }
    expect(parseProject({ ...minimal, wasi })).toEqual({ ok: true, value: { ...minimal, wasi } })
  })

  it('gives directories no prototype either', () => {
    const outcome = parseProject({ ...minimal, wasi: { dirs: { '/': { d: { constructor: 'x' } } } } })
    const dirs = outcome.ok ? outcome.value.wasi?.dirs : undefined
    expect(Object.getPrototypeOf(dirs)).toBe(null)
    expect(Object.getPrototypeOf(dirs?.['/']?.['d'])).toBe(null)
  })

  it('gives maps without a prototype', () => {
    const outcome = parseProject(minimal)
    expect(outcome.ok && Object.getPrototypeOf(outcome.value.files)).toBe(null)
  })

  it.each([
    [null, 'the project is not an object'],
    [[], 'the project is not an object'],
    [{ ...minimal, schema: 2 }, 'schema'],
    [{ ...minimal, files: [] }, 'files is not an object'],
    [{ ...minimal, files: { 'a.ts': 1 } }, 'files/a.ts is not text'],
    [{ ...minimal, files: { '../a.ts': '' } }, '../a.ts'],
    [JSON.parse('{"schema":1,"name":"x","files":{"__proto__":"x"}}'), '__proto__'],
    [{ ...minimal, name: 'x'.repeat(201) }, 'name is too long'],
    [{ ...minimal, entry: '/etc/passwd' }, 'entry is not a path'],
    [{ ...minimal, calls: 'greet()' }, 'calls is not a list'],
    [{ ...minimal, wasi: { env: { 'A=B': 'c' } } }, 'A=B'],
    [{ ...minimal, wasi: { clock: { mode: 'never' } } }, 'wasi.clock.mode'],
    [{ ...minimal, wasi: { clock: { mode: 'auto', start: 'soon' } } }, 'wasi.clock.start'],
    [{ ...minimal, wasi: { random: { seed: 0.5 } } }, 'wasi.random.seed'],
    [{ ...minimal, wasi: { terminal: 'stdin' } }, 'wasi.terminal'],
    [{ ...minimal, wasi: { network: { hosts: { a: '10.0.0.1' } } } }, 'wasi.network.hosts/a'],
    [{ ...minimal, wasi: { policy: { 'wasi:http': 'maybe' } } }, 'wasi:http'],
    [{ ...minimal, wasi: { limits: { memoryMiB: 1e9 } } }, 'wasi.limits.memoryMiB'],
    [{ ...minimal, files: { 'a.ts': 'x'.repeat(projectLimits.fileCharacters + 1) } }, 'a.ts is larger'],
    [{ ...minimal, files: { 'a.wasm': '' }, binaries: { 'a.wasm': '' } }, 'a.wasm is among its files and its binaries'],
    [{ ...minimal, files: { a: '', 'a/b': '' } }, 'a is a file and a folder'],
    [{ ...minimal, files: { 'a/b': '' }, binaries: { a: '' } }, 'a is a file and a folder'],
    [{ ...minimal, binaries: { 'a.wasm': 'AGFzbQ' } }, 'binaries/a.wasm is not Base64'],
    [{ ...minimal, binaries: { 'a.wasm': '<svg onload>' } }, 'binaries/a.wasm is not Base64'],
    [{ ...minimal, binaries: bulk(5, 7_000_000) }, '32 MiB together'],
    [{ ...minimal, wasi: { dirs: [] } }, 'wasi.dirs is not an object'],
    [{ ...minimal, wasi: { dirs: { '/': { a: 1 } } } }, 'wasi.dirs has at //a neither a text nor an object'],
    [{ ...minimal, wasi: { dirs: deep(70) } }, 'wasi.dirs has'],
    [{ ...minimal, wasi: { dirs: deep(100_000) } }, 'wasi.dirs has'],
    [{ ...minimal, wasi: { http: { routes: Array.from({ length: 201 }, () => 1) } } }, 'more than 200 routes'],
    [{ ...minimal, wasi: { http: { routes: [undefined] } } }, 'wasi.http.routes[0] is not an object'],
  ])('refuses hostile input %#', (input, reason) => {
    expect(refusal(input)).toContain(reason)
  })

  it('refuses too many files', () => {
    const files = Object.fromEntries(Array.from({ length: projectLimits.files + 1 }, (_, i) => [`f${i}.ts`, '']))
    expect(refusal({ ...minimal, files })).toContain('more than')
  })

  it('never throws, and what it accepts it accepts again unchanged', () => {
    const value = fc.anything({ withNullPrototype: true, withBigInt: true })
    const kept = fc.record({ dirs: value, http: fc.object() })
    const near = fc.record({
      schema: fc.constant(1),
      name: fc.oneof(value, fc.string()),
      files: fc.oneof(value, fc.constant({})),
      wasi: fc.oneof(value, kept),
      calls: fc.oneof(value, fc.array(fc.string())),
    })
    fc.assert(
      fc.property(fc.oneof(value, near), (input) => {
        const once = parseProject(input)
        if (once.ok) expect(parseProject(once.value)).toEqual(once)
      }),
      { numRuns: 500 },
    )
  })
})

describe('isProjectPath', () => {
  it.each(['world.wit', 'lib/math.ts', 'deps/acme-log/log.wit', 'a b.ts', 'ä.ts'])('accepts %j', (path) => {
    expect(isProjectPath(path)).toBe(true)
  })
  it.each([
    '',
    '/',
    '/a',
    'a/',
    'a//b',
    '.',
    '../a',
    'a/../b',
    'a\\b',
    'C:x',
    'a\0',
    'a\n',
    ' a',
    '__proto__',
    '\ud800',
  ])('refuses %j', (path) => expect(isProjectPath(path)).toBe(false))
})
