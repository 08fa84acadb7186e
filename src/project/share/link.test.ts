import * as fc from 'fast-check'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { examples } from '../examples/index.ts'
import { readExample } from '../examples/read.ts'
import { parseProject } from '../parse.ts'
import { anyDirs } from '../dirs.fixture.ts'
import { foldersOf, isProjectPath } from '../paths.ts'
import type { Project } from '../project.ts'
import { decodeLink, encodeLink, linkLimits, type LinkTarget } from './link.ts'

const linkOf = async (project: Project, target?: LinkTarget): Promise<string> => {
  const link = await encodeLink(project, target)
  if (!link.ok) throw new Error(link.fault.message)
  return link.value
}
const packed = (text: string | Uint8Array): string => `#v1.${deflateRawSync(text).toString('base64url')}`

async function refusal(hash: string): Promise<string> {
  const outcome = await decodeLink(hash)
  if (outcome.ok) throw new Error('was opened')
  expect(outcome.fault.stage).toBe('project')
  expect(outcome.fault.next).toMatch(/\.$/)
  return outcome.fault.message
}

const path = fc
  .oneof(fc.constantFrom('world.wit', 'main.ts', 'lib/math.ts', '1', 'ä ö.ts'), fc.string({ maxLength: 20 }))
  .filter(isProjectPath)
/** Any code units, halves of surrogate pairs too: a file may hold them. */
const units = fc.array(fc.nat(0xffff), { maxLength: 20 }).map((each) => String.fromCharCode(...each))
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), units)
const variable = fc.string({ minLength: 1, maxLength: 10 }).filter((name) => !/[=\0]/.test(name))
const kept = fc.dictionary(text, fc.jsonValue()).map((each): unknown => JSON.parse(JSON.stringify(each)))
const projects: fc.Arbitrary<Project> = fc
  .record(
    {
      schema: fc.constant(1),
      name: text,
      files: fc.dictionary(path, text),
      world: text,
      entry: path,
      engine: text,
      binaries: fc.dictionary(
        path.map((each) => `${each}.wasm`),
        fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')),
      ),
      calls: fc.array(text, { maxLength: 4 }),
      wasi: fc.record(
        {
          args: fc.array(text, { maxLength: 4 }),
          env: fc.dictionary(variable, text),
          stdin: text,
          cwd: text,
          dirs: anyDirs,
          http: kept,
          clock: fc.constantFrom({ mode: 'frozen', start: '2025-01-01T00:00:00Z' }, { mode: 'real' }),
          random: fc.oneof(fc.constant('real'), fc.record({ seed: fc.maxSafeInteger() })),
          policy: fc.dictionary(text, fc.constantFrom('allow', 'deny')),
          limits: fc.record({ memoryMiB: fc.integer({ min: 1, max: 4096 }) }, { requiredKeys: [] }),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['schema', 'name', 'files'] },
  )
  // A name that is a file and a folder is refused, and seldom made.
  .filter(({ files, binaries = {} }) => {
    const paths = new Set([...Object.keys(files), ...Object.keys(binaries)])
    return (
      !foldersOf(paths).some((folder) => paths.has(folder)) &&
      !Object.keys(binaries).some((each) => Object.hasOwn(files, each))
    )
  })
  .map((input) => {
    const project = parseProject(input)
    if (!project.ok) throw new Error(project.fault.message)
    return project.value
  })

describe('a share link', () => {
  it.each(examples)('carries the example $id there and back', async (example) => {
    const project = await readExample(example)
    expect(await decodeLink(await linkOf(project))).toEqual({ ok: true, value: { project, target: {} } })
  })

  it('carries every project there and back', async () => {
    await fc.assert(
      fc.asyncProperty(projects, async (project) => {
        expect(await decodeLink(await linkOf(project))).toEqual({ ok: true, value: { project, target: {} } })
      }),
      { numRuns: 200 },
    )
  })

  it('is the same for equal projects, whatever the order of their fields', async () => {
    const one: Project = { schema: 1, name: 'x', files: { a: '1', b: '2' }, wasi: { env: { A: '', B: '' }, cwd: '/' } }
    const other: Project = {
      wasi: { cwd: '/', env: { B: '', A: '' } },
      files: { b: '2', a: '1' },
      name: 'x',
      schema: 1,
    }
    expect(await linkOf(one)).toBe(await linkOf(other))
  })

  it('keeps a variable with the name of a prototype', async () => {
    const env: Record<string, string> = JSON.parse('{"__proto__":"x"}')
    const opened = await decodeLink(await linkOf({ schema: 1, name: 'x', files: {}, wasi: { env } }))
    expect(opened.ok && Object.entries(opened.value.project.wasi?.env ?? {})).toEqual([['__proto__', 'x']])
    expect(Object.prototype).not.toHaveProperty('x')
  })

  it('is short: hello fits in a message', async () => {
    const [hello] = examples
    expect((await linkOf(await readExample(hello!))).length).toBeLessThan(400)
  })

  it('has only characters that a fragment carries as they are', async () => {
    const project = await readExample(examples[1]!)
    const link = await linkOf(project, { file: 'lib/größe & mehr.ts', line: 3, panel: 'world' })
    expect(new URL(link, 'https://example.org/some/path/').hash).toBe(link)
    expect(link).toMatch(/^#v1\.[\w-]+&file=lib\/[^&]+&line=3&panel=world$/)
  })

  it('still opens the first one that was ever made', async () => {
    // Made once and never again: links live longer than programs.
    const opened = await decodeLink(
      '#v1.q1YqTs5IzU1UsjLUUcpLzE1VslJKyywqLlHSUUrLzEktVrKqVirPL8pJ0SvPLFGygrAVyhWqa5VqawE&file=world.wit&line=1',
    )
    expect(opened).toEqual({
      ok: true,
      value: {
        project: { schema: 1, name: 'first', files: { 'world.wit': 'world w {}' } },
        target: { file: 'world.wit', line: 1 },
      },
    })
  })
})

describe('the target of a link', () => {
  it('comes back as it was given', async () => {
    const files = fc.record({ file: path, line: fc.integer({ min: 1, max: 9_999_999 }) }, { requiredKeys: [] })
    const targets = fc.tuple(files, fc.option(fc.constantFrom('call', 'world', 'x-1'), { nil: undefined }))
    const project: Project = { schema: 1, name: 'x', files: {} }
    await fc.assert(
      fc.asyncProperty(targets, async ([place, panel]) => {
        const target = { ...place, ...(panel === undefined ? {} : { panel }) }
        const opened = await decodeLink(await linkOf(project, target))
        expect(opened.ok && opened.value.target).toEqual(target)
      }),
    )
  })

  it.each([
    '&file=../x',
    '&line=0',
    '&line=1e3',
    '&line=-1',
    '&panel=<b>',
    '&file=%',
    '&',
    '&&=',
    '&view=code',
    '&x=1',
  ])('is left out where it says %s', async (parameters) => {
    const link = await linkOf({ schema: 1, name: 'x', files: {} })
    expect(await decodeLink(link + parameters)).toMatchObject({ ok: true, value: { target: {} } })
  })
})

describe('a link that cannot be opened', () => {
  it.each([
    ['#top', 'not a Witcraft link'],
    ['#v1', 'not a Witcraft link'],
    ['', 'not a Witcraft link'],
    ['#src=https://example.org', 'not a Witcraft link'],
    ['#v2.abc', 'version 2'],
    ['#v1.', 'damaged'],
    ['#v1.!!!!', 'damaged'],
    ['#v1.AAAA', 'damaged'],
    [packed('{"schema":1,'), 'damaged'],
    [packed(new Uint8Array([0x22, 0xff, 0x22])), 'damaged'],
    [packed('[]'), 'not a project'],
    [packed('{"schema":2,"name":"x","files":{}}'), 'not a project'],
    [packed('{"schema":1,"name":"x","files":{"../x":""}}'), 'not a project'],
    [`#v1.${'A'.repeat(linkLimits.characters)}`, '8 MiB'],
  ])('says so of %#', async (hash, message) => {
    expect(await refusal(hash)).toContain(message)
  })

  it('is damaged wherever it was cut', async () => {
    const link = await linkOf(await readExample(examples[0]!))
    for (let end = 4; end < link.length; end++) expect(await refusal(link.slice(0, end))).toContain('damaged')
  })

  it('is given up long before a bomb has gone off', async () => {
    const zeros = new Uint8Array(128 * 1024 * 1024)
    const bomb = packed(zeros)
    const held = (): number => process.memoryUsage().arrayBuffers
    const before = held()
    let peak = before
    const sampling = setInterval(() => (peak = Math.max(peak, held())), 1)
    expect(await refusal(bomb)).toContain('8 MiB')
    clearInterval(sampling)
    // Naming the zeros here keeps them: a collection of them would hide what the decoder holds.
    expect(peak - before).toBeLessThan(zeros.length / 2)
  })

  it('never throws, whatever it is', async () => {
    const link = await linkOf(await readExample(examples[0]!))
    const changed = fc
      .tuple(fc.integer({ min: 4, max: link.length - 1 }), fc.constantFrom(...'AZaz09-_'))
      .map(([at, to]) => link.slice(0, at) + to + link.slice(at + 1))
    const junk = fc.oneof(
      changed,
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.base64String({ maxLength: 200 }).map((each) => `#v1.${each.replaceAll(/[+/=]/g, '-')}`),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => `v1.${Buffer.from(bytes).toString('base64url')}`),
      fc.uint8Array({ maxLength: 300 }).map(packed),
      fc.json({ maxDepth: 4 }).map(packed),
    )
    await fc.assert(
      fc.asyncProperty(junk, async (hash) => {
        const outcome = await decodeLink(hash)
        // The format has no checksum: a changed link may hold another project, but never anything else.
        if (outcome.ok) expect(parseProject(outcome.value.project)).toEqual({ ok: true, value: outcome.value.project })
        else expect(outcome.fault.message).not.toBe('')
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a project that is too large for a link', () => {
  it('is refused, and its file is offered', async () => {
    const files = { 'a.ts': 'x'.repeat(linkLimits.inflatedBytes) }
    const outcome = await encodeLink({ schema: 1, name: 'x', files })
    expect(!outcome.ok && outcome.fault.next).toContain('file')
  })
})
