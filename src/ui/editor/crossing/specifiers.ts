import type { World } from '../../../component/types.ts'
import { isSource } from '../../../project/paths.ts'

/** A module that an import can name. */
export interface Specifier {
  readonly text: string
  readonly detail: string
  /** Lower ones stand first. */
  readonly order: number
}

/** The part of a line that names the module of an import, around a column from 0: without the quotes. */
export function specifierSpan(
  line: string,
  column: number,
): { readonly from: number; readonly to: number } | undefined {
  const found = /(?:\bfrom|\bimport)\s*\(?\s*(['"])([^'"]*)$/.exec(line.slice(0, column))
  if (!found) return undefined
  const [, quote = '', typed = ''] = found
  const rest = line.slice(column)
  const end = rest.indexOf(quote)
  return { from: column - typed.length, to: column + (end === -1 ? 0 : end) }
}

/** What the world has to import: its imports, and the types of the rest. */
export function worldSpecifiers({ name, imports, exports }: World): Specifier[] {
  const offered = imports.filter(({ kind }) => kind !== 'type')
  const typed = exports.filter((each) => each.kind === 'interface' && each.name.includes(':'))
  const all = [
    ...offered.map((each) => ({ text: each.name, detail: 'import of the world', order: 0 })),
    ...typed.map((each) => ({ text: each.name, detail: 'types of an export', order: 1 })),
    ...(name === undefined ? [] : [{ text: name, detail: 'types of the world', order: 2 }]),
  ]
  return all.filter(({ text }, at) => all.findIndex((each) => each.text === text) === at)
}

/** The other files that a file can import, as it names them. */
export function fileSpecifiers(files: readonly string[], from: string): Specifier[] {
  return files
    .filter((path) => path !== from && (isSource(path) || path.endsWith('.json')))
    .map((path) => ({ text: relative(from, path), detail: 'file of the project', order: 3 }))
}

/** `./lib/math.ts`, `../main.ts` */
function relative(from: string, to: string): string {
  const [folders, target] = [from.split('/').slice(0, -1), to.split('/')]
  let shared = 0
  while (shared < folders.length && shared < target.length - 1 && folders[shared] === target[shared]) shared += 1
  const up = '../'.repeat(folders.length - shared)
  return `${up === '' ? './' : up}${target.slice(shared).join('/')}`
}
