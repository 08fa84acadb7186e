/** Rows of a list as somebody edits it: while a row has no name, or that of another, it is in no environment. */
export type VariableRow = readonly [name: string, value: string]

export const rowsOf = (env: Readonly<Record<string, string>>): VariableRow[] => Object.entries(env)

/** What a guest gets of the rows: of two with one name the last, as in a shell. */
export function environmentOf(rows: readonly VariableRow[]): Record<string, string> {
  const env: Record<string, string> = Object.create(null)
  for (const [name, value] of rows) if (isName(name)) env[name] = value
  return env
}

const isName = (name: string): boolean => name !== '' && !name.includes('=') && !name.includes('\0')

/** Whether two environments are the same, in whatever order. */
export function sameEnvironment(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const entries = Object.entries(a)
  return entries.length === Object.keys(b).length && entries.every(([name, value]) => b[name] === value)
}

/** Why a row does not say what it seems to say. */
export function rowProblem(rows: readonly VariableRow[], index: number): string | undefined {
  const [name = '', value = ''] = rows[index] ?? []
  if (name === '') return value === '' ? undefined : 'Give it a name: the component does not see it yet.'
  if (!isName(name)) return 'A name has no = in it: the component does not see it.'
  const later = rows.slice(index + 1).some(([other]) => other === name)
  return later ? `${name} is set again below, which counts.` : undefined
}

const line =
  /^[ \t]*(?:export[ \t]+)?([^\s=#][^=\n]*?)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[^])*)"|'([^']*)'|`([^`]*)`|([^\n]*))[^\n]*$/gm

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

export interface DotEnv {
  readonly env: Record<string, string>
  /** Lines that set nothing and are no comments either, counted from 1. */
  readonly skipped: readonly number[]
}

/**
 * The variables of a `.env` text: `NAME=value` a line, perhaps behind `export`; `#` begins a comment; in double quotes
 * `\n` is a line feed, in single quotes everything is as it is, and both may span lines. A later one wins.
 */
export function parseDotEnv(text: string): DotEnv {
  const env: Record<string, string> = Object.create(null)
  const set = (assignment: string, ...parts: readonly (string | undefined)[]): string => {
    const [name = '', double, single, back, plain = ''] = parts
    if (!isName(name)) return assignment
    env[name] =
      double?.replaceAll(/\\([^])/g, (_, each: string) => escapes[each] ?? each) ??
      single ??
      back ??
      plain.replace(/(?:^|[ \t])#.*$/, '').trim()
    return assignment.replaceAll(/[^\n]/g, '')
  }
  const rest = text.replaceAll(/\r\n?/g, '\n').replaceAll(line, set).split('\n')
  return { env, skipped: rest.flatMap((each, index) => (/^\s*(?:#|$)/.test(each) ? [] : [index + 1])) }
}

/** What was pasted, in words. */
export function pastedWords(count: number, skipped: readonly number[]): string | undefined {
  const [first, ...others] = skipped
  const set = count === 1 ? 'Set a variable.' : `Set ${count} variables.`
  if (first === undefined) return count === 1 ? undefined : set
  return others.length === 0
    ? `${set} Line ${first} was left out: it is not NAME=value.`
    : `${set} ${skipped.length} lines were left out, line ${first} first: they are not NAME=value.`
}
