/**
 * `messages.golden.txt` has one section per mistake: its files, then what people read for it (place, what happened, what
 * to do next). After a change of words, read what `vitest -u` made of it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Builtin } from './packages.ts'
import { checkWit } from './check.ts'

const golden = join(import.meta.dirname, 'messages.golden.txt')

const builtins: readonly Builtin[] = [
  {
    package: 'wasi:clocks@0.2.12',
    text: `package wasi:clocks@0.2.12;
interface wall-clock { record datetime { seconds: u64 } now: func() -> datetime; }
interface timezone {}
world imports { import wall-clock; }`,
  },
  {
    package: 'wasi:cli@0.2.12',
    text: `package wasi:cli@0.2.12;
interface stdout {}
interface run { run: func() -> result; }
world command { export run; }`,
  },
]

const sections = readFileSync(golden, 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((section) => {
    const [head = '', ...files] = section.split(/^--- /m)
    return {
      title: head.split('\n')[0] ?? '',
      files: Object.fromEntries(
        files.map((part) => {
          const [name = '', ...lines] = part.split('\n')
          const end = lines.findIndex((line) => line.startsWith('>>>'))
          return [
            name.trim(),
            lines
              .slice(0, end === -1 ? undefined : end)
              .join('\n')
              .trimEnd() + '\n',
          ]
        }),
      ),
    }
  })

const render = ({ title, files }: (typeof sections)[number]): string => {
  const told = checkWit(files, builtins).map(({ place, message, next }) => {
    const at =
      place === undefined
        ? 'the project'
        : `${place.file} ${place.line}:${place.column}-${place.endLine ?? 0}:${place.endColumn ?? 0}`
    return `>>> ${at}\n${message}\n${next}\n`
  })
  const texts = Object.entries(files).map(([name, text]) => `--- ${name}\n${text}`)
  return `=== ${title}\n${texts.join('')}${told.join('')}\n`
}

it('tells each mistake where it is, in words that help', async () => {
  expect(sections.length).toBeGreaterThan(70)
  await expect(sections.map(render).join('')).toMatchFileSnapshot(golden)
})

it('tells at least one thing about each, and never the same thing twice', () => {
  for (const { title, files } of sections) {
    const told = checkWit(files, builtins).map((one) => JSON.stringify(one))
    expect(told.length, title).toBeGreaterThan(0)
    expect(new Set(told).size, title).toBe(told.length)
  }
})
