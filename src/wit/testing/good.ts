import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { it } from 'vitest'

const folder = resolve(process.env['CORPORA'] ?? '../shared/corpora', 'wit/good')

const under = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? under(join(path, entry.name)) : [join(path, entry.name)],
  )

const load = (name: string): Record<string, string> => {
  const path = join(folder, name)
  const found = statSync(path).isDirectory() ? under(path) : [path]
  const texts = found.map((file) => [relative(found[0] === path ? folder : path, file), readFileSync(file, 'utf8')])
  return Object.fromEntries(texts)
}

const names = existsSync(folder)
  ? readdirSync(folder).filter((name) => name.endsWith('.wit') || statSync(join(folder, name)).isDirectory())
  : []

/** One test for each correct project of the corpora; skipped, by its name, where they are absent. */
export const eachGood = (title: string, test: (files: Readonly<Record<string, string>>) => void): void => {
  if (names.length === 0) it.skip(title.replace('%s', 'the corpora'), () => {})
  else it.each(names)(title, (name) => test(load(name)))
}
