import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const folder = resolve(process.env['CORPORA'] ?? '../shared/corpora', 'wit/good')

const under = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? under(join(path, entry.name)) : [join(path, entry.name)],
  )

const load = (name: string): { name: string; files: Readonly<Record<string, string>> } => {
  const path = join(folder, name)
  const [root, found] = statSync(path).isDirectory() ? [path, under(path)] : [folder, [path]]
  return { name, files: Object.fromEntries(found.map((file) => [relative(root, file), readFileSync(file, 'utf8')])) }
}

/** The correct projects of the corpora; none where they are absent. */
export const goodProjects = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.wit') || statSync(join(folder, name)).isDirectory())
      .map(load)
  : []
