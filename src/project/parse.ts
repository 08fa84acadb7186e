import { type Dirs, parseDirs } from '../wasi/filesystem/dirs.ts'
import { isBase64 } from '../wasi/filesystem/base64.ts'
import { fail, succeed, type Outcome } from '../contract/fault.ts'
import { parseHttpSettings } from '../wasi/http/routes.ts'
import { foldersOf, isProjectPath } from './paths.ts'
import { projectLimits } from './limits.ts'
import type { Project, ProjectWasi } from './project.ts'

/** The reason why an input is not a project; thrown and caught in this module only. */
class Refused extends Error {}

/** Any JSON value to a project. Unknown fields are left out; maps have no prototype. */
export function parseProject(input: unknown): Outcome<Project> {
  try {
    return succeed(project(input))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return fail({
      stage: 'project',
      message: `This is not a project that can be opened: ${error.message}.`,
      next: 'Check where it came from, or open an example.',
    })
  }
}

function project(input: unknown): Project {
  const fields = record(input, 'the project')
  if (fields['schema'] !== 1) throw new Refused('its schema is not 1')
  const files = textMap(fields['files'], 'files', isProjectPath)
  const { binaries } = optional('binaries', fields['binaries'], (value) => textMap(value, 'binaries', isProjectPath))
  checkFiles([...Object.entries(files), ...Object.entries(binaries ?? {})])
  for (const [path, text] of Object.entries(binaries ?? {})) {
    if (!isBase64(text)) throw new Refused(`binaries/${path} is not Base64`)
  }
  return {
    schema: 1,
    name: shortText(fields['name'], 'name'),
    files,
    ...optional('world', fields['world'], (value) => shortText(value, 'world')),
    ...optional('entry', fields['entry'], (value) => path(value, 'entry')),
    ...optional('engine', fields['engine'], (value) => shortText(value, 'engine')),
    ...(binaries && { binaries }),
    ...optional('wasi', fields['wasi'], wasi),
    ...optional('calls', fields['calls'], (value) => [...new Set(textList(value, 'calls'))]),
  }
}

function checkFiles(entries: readonly (readonly [path: string, text: string])[]): void {
  const paths = new Set<string>()
  let total = 0
  for (const [path, text] of entries) {
    if (paths.has(path)) throw new Refused(`${path} is among its files and its binaries`)
    if (text.length > projectLimits.fileCharacters) throw new Refused(`${path} is larger than 8 MiB`)
    paths.add(path)
    total += text.length
  }
  if (total > projectLimits.totalCharacters) throw new Refused('its files are larger than 32 MiB together')
  const both = foldersOf(paths).find((folder) => paths.has(folder))
  if (both !== undefined) throw new Refused(`${both} is a file and a folder`)
}

function wasi(input: unknown): ProjectWasi {
  const fields = record(input, 'wasi')
  return {
    ...optional('args', fields['args'], (value) => textList(value, 'wasi.args')),
    ...optional('env', fields['env'], (value) => textMap(value, 'wasi.env', isVariable)),
    ...optional('stdin', fields['stdin'], (value) => text(value, 'wasi.stdin')),
    ...optional('cwd', fields['cwd'], (value) => shortText(value, 'wasi.cwd')),
    ...optional('dirs', fields['dirs'], dirs),
    ...optional('clock', fields['clock'], clock),
    ...optional('random', fields['random'], random),
    ...optional('http', fields['http'], http),
    ...optional('policy', fields['policy'], policy),
    ...optional('limits', fields['limits'], limits),
    ...optional('terminal', fields['terminal'], terminal),
    ...optional('network', fields['network'], network),
  }
}

function terminal(input: unknown): NonNullable<ProjectWasi['terminal']> {
  const names = textList(input, 'wasi.terminal')
  return (['stdin', 'stdout', 'stderr'] as const).filter((name) => names.includes(name))
}

/** What the names and addresses are worth is for the run to say. */
function network(input: unknown): NonNullable<ProjectWasi['network']> {
  const { hosts } = record(input, 'wasi.network')
  if (hosts === undefined) return {}
  const map: Record<string, readonly string[]> = Object.create(null)
  for (const [name, addresses] of entriesOf(hosts, 'wasi.network.hosts')) {
    map[name] = textList(addresses, `wasi.network.hosts/${name}`)
  }
  return { hosts: map }
}

function dirs(input: unknown): Dirs {
  const read = parseDirs(input)
  if ('problem' in read) throw new Refused(`wasi.dirs ${read.problem}`)
  return read.dirs
}

function clock(input: unknown): NonNullable<ProjectWasi['clock']> {
  const fields = record(input, 'wasi.clock')
  const mode = fields['mode']
  if (mode !== 'auto' && mode !== 'frozen' && mode !== 'real') {
    throw new Refused('wasi.clock.mode is none of auto, frozen and real')
  }
  const start = fields['start']
  if (start === undefined) return { mode }
  if (typeof start !== 'string' || Number.isNaN(Date.parse(start))) throw new Refused('wasi.clock.start is not a date')
  return { mode, start }
}

function random(input: unknown): NonNullable<ProjectWasi['random']> {
  if (input === 'real') return 'real'
  const seed = record(input, 'wasi.random')['seed']
  if (typeof seed !== 'number' || !Number.isSafeInteger(seed)) throw new Refused('wasi.random.seed is not an integer')
  return { seed }
}

function http(input: unknown): NonNullable<ProjectWasi['http']> {
  const read = parseHttpSettings(input)
  if (typeof read === 'string') throw new Refused(`wasi.${read}`)
  return read
}

function policy(input: unknown): NonNullable<ProjectWasi['policy']> {
  const entries: Record<string, 'allow' | 'deny'> = Object.create(null)
  for (const [name, decision] of entriesOf(input, 'wasi.policy')) {
    if (decision !== 'allow' && decision !== 'deny') throw new Refused(`wasi.policy of ${name} is not allow or deny`)
    entries[name] = decision
  }
  return entries
}

function limits(input: unknown): NonNullable<ProjectWasi['limits']> {
  const fields = record(input, 'wasi.limits')
  const most = { memoryMiB: 4096, outputKiB: 65_536, milliseconds: 600_000 }
  const result: { memoryMiB?: number; outputKiB?: number; milliseconds?: number } = {}
  for (const name of ['memoryMiB', 'outputKiB', 'milliseconds'] as const) {
    const value = fields[name]
    if (value === undefined) continue
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > most[name]) {
      throw new Refused(`wasi.limits.${name} is not a whole number from 1 to ${most[name]}`)
    }
    result[name] = value
  }
  return result
}

const isVariable = (name: string): boolean => name !== '' && !name.includes('=') && !name.includes('\0')

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refused(`${what} is not an object`)
  // Own fields only: what a prototype offers is not part of the data.
  return Object.assign(Object.create(null), value)
}

function entriesOf(value: unknown, what: string): [string, unknown][] {
  const entries = Object.entries(record(value, what))
  if (entries.length > projectLimits.files) throw new Refused(`${what} has more than ${projectLimits.files} entries`)
  return entries
}

function textMap(value: unknown, what: string, accepts: (key: string) => boolean): Record<string, string> {
  const map: Record<string, string> = Object.create(null)
  for (const [key, item] of entriesOf(value, what)) {
    if (!accepts(key)) throw new Refused(`${what} has an entry with the name ${JSON.stringify(key.slice(0, 80))}`)
    map[key] = text(item, `${what}/${key}`)
  }
  return map
}

function textList(value: unknown, what: string): string[] {
  if (!Array.isArray(value)) throw new Refused(`${what} is not a list`)
  if (value.length > projectLimits.list) throw new Refused(`${what} has more than ${projectLimits.list} items`)
  return value.map((item) => text(item, what))
}

function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new Refused(`${what} is not text`)
  if (value.length > projectLimits.textCharacters) throw new Refused(`${what} is larger than 8 MiB`)
  return value
}

function shortText(value: unknown, what: string): string {
  const result = text(value, what)
  if (result.length > projectLimits.nameCharacters) throw new Refused(`${what} is too long`)
  return result
}

function path(value: unknown, what: string): string {
  const result = text(value, what)
  if (!isProjectPath(result)) throw new Refused(`${what} is not a path`)
  return result
}

function optional<K extends string, T>(name: K, value: unknown, parse: (value: unknown) => T): { [key in K]?: T } {
  if (value === undefined) return {}
  const field: { [key in K]?: T } = {}
  field[name] = parse(value)
  return field
}
