import type { Project } from '../../../project/project.ts'
import type { Place } from '../../../contract/fault.ts'
import type { TraceCount, TraceEntry, TraceValue } from '../../../runner/trace-entry.ts'

/** What the rows are narrowed down to. */
export interface TraceFilter {
  /** A package by its short name, an interface in it (`io/poll`), `denied`, `errors`, or all. */
  readonly chip: string
  readonly text: string
  /** The resource whose rows are shown: `pollable#3`, `%1`. */
  readonly handle: string | undefined
}

export const noFilter: TraceFilter = { chip: 'all', text: '', handle: undefined }

/** The parts of a function's full name, as rows show them. */
export interface CallName {
  /** `io` of `wasi:io/poll#poll`, `shop` of `demo:shop/stock#count`, `world` for a function of the world itself. */
  readonly packageName: string
  /** `poll`; empty for a function of the world itself. */
  readonly interfaceName: string
  /** `poll.poll`, `output-stream.check-write`, `new fields`. */
  readonly short: string
}

export function callName(call: string): CallName {
  const hash = call.indexOf('#')
  const owner = hash < 0 ? '' : call.slice(0, hash).replace(/@.*$/, '')
  const item = call.slice(hash + 1)
  const [, packageName = 'world', iface = owner] = /^[^:]*:([^/]*)\/(.*)$/.exec(owner) ?? []
  const [, kind, member] = /^\[([a-z-]+)\](.*)$/.exec(item) ?? []
  const plain = iface === '' ? item : `${iface}.${item}`
  const short =
    kind === 'constructor' ? `new ${member}` : kind === 'resource-drop' ? `drop ${member}` : (member ?? plain)
  return { packageName, interfaceName: iface, short }
}

/** Whether the `err` case came back, or the instance ended. */
export const isError = ({ outcome }: Pick<TraceEntry, 'outcome'>): boolean => outcome === 'err' || outcome === 'trap'

type Part = 'name' | 'arguments' | 'result' | 'time'

const wavesOf = (values: readonly TraceValue[]): string =>
  JSON.stringify(values.map(({ wave, bytes = [] }) => [wave, bytes.map(({ length, digest }) => [length, digest])]))

/** In what two entries differ that should be the same one, as far as entries show it. */
export function differences(one: TraceEntry, other: TraceEntry): Part[] {
  const parts: Part[] = []
  if (one.call !== other.call || one.kind !== other.kind) parts.push('name')
  if (wavesOf(one.args) !== wavesOf(other.args)) parts.push('arguments')
  const results = [one, other].map(({ value }) => wavesOf(value ? [value] : []))
  if (one.outcome !== other.outcome || results[0] !== results[1]) parts.push('result')
  if (one.at !== other.at || one.until !== other.until) parts.push('time')
  return parts
}

const otherParts: Readonly<Record<Part, string>> = {
  name: 'another function',
  arguments: 'other arguments',
  result: 'another result',
  time: 'another time',
}

/** In words: `other arguments and another time`. What is cut off can differ too. */
export function differing(parts: readonly Part[]): string {
  const words = parts.map((part) => otherParts[part])
  if (words.length === 0) return 'other arguments, another result, or another time'
  return words.length === 1 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** A resource of the component in the text of a call: `%1`. */
const ownHandles = ({ args, value, kind }: TraceEntry): string[] =>
  kind === 'export' || kind === 'return'
    ? [...args, ...(value ? [value] : [])].flatMap(({ wave }) => wave.match(/%\d+/g) ?? [])
    : []

export const handlesOf = (entry: TraceEntry): string[] => [
  ...new Set([...entry.handles.map(({ id }) => id), ...ownHandles(entry)]),
]

const encoder = new TextEncoder()

/** A value with the byte arrays that can be read as text shown as text, which is no WAVE any more. */
export function previewOf({ wave, bytes = [] }: TraceValue): string {
  let shown = ''
  let from = 0
  for (const { at, text, length } of bytes) {
    const end = wave.indexOf(']', at) + 1
    if (text === undefined || end === 0 || at < from) continue
    const rest = length > encoder.encode(text).length ? '…' : ''
    shown += `${wave.slice(from, at)}${JSON.stringify(text)}${rest}`
    from = end
  }
  return shown + wave.slice(from)
}

const textOf = ({ call, args, value }: TraceEntry): string =>
  [call, ...[...args, ...(value ? [value] : [])].map((each) => `${each.wave} ${previewOf(each)}`)]
    .join(' ')
    .toLowerCase()

function isOf(call: string, chip: string): boolean {
  const { packageName, interfaceName } = callName(call)
  return chip === packageName || chip === interfaceChip(packageName, interfaceName)
}

const interfaceChip = (packageName: string, interfaceName: string): string => `${packageName}/${interfaceName}`

export function filtered(entries: readonly TraceEntry[], { chip, text, handle }: TraceFilter): readonly TraceEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (chip === 'all' && words.length === 0 && handle === undefined) return entries
  return entries.filter((entry) => {
    if (chip === 'denied' && entry.outcome !== 'denied') return false
    if (chip === 'errors' && !isError(entry)) return false
    if (!['all', 'denied', 'errors'].includes(chip) && !isOf(entry.call, chip)) return false
    if (handle !== undefined && !handlesOf(entry).includes(handle)) return false
    if (words.length === 0) return true
    const whole = textOf(entry)
    return words.every((word) => whole.includes(word))
  })
}

export interface Chip {
  readonly id: string
  readonly label: string
  readonly count: number
}

export interface PackageChip extends Chip {
  /** Where it has several. */
  readonly interfaces: readonly Chip[]
}

/**
 * Packages with their rows, where all of them are there; else with their calls, which are counted exactly, also where
 * entries were dropped.
 */
export function chipsOf(
  counts: Readonly<Record<string, TraceCount>>,
  entries: readonly TraceEntry[],
  total: number,
): {
  readonly packages: readonly PackageChip[]
  readonly denied: number
  readonly errors: number
} {
  const all = Object.values(counts)
  const rows =
    entries.length === total
      ? entries.map(({ call }) => ({ call, count: 1 }))
      : all.map((each) => ({ ...each, count: each.calls }))
  const packages = new Map<string, Map<string, number>>()
  for (const { call, count } of rows) {
    const { packageName, interfaceName } = callName(call)
    const interfaces = packages.get(packageName) ?? new Map<string, number>()
    packages.set(packageName, interfaces.set(interfaceName, (interfaces.get(interfaceName) ?? 0) + count))
  }
  const sum = (numbers: Iterable<number>): number => [...numbers].reduce((before, each) => before + each, 0)
  return {
    packages: [...packages].map(([id, interfaces]) => ({
      id,
      label: id,
      count: sum(interfaces.values()),
      interfaces:
        interfaces.size < 2
          ? []
          : [...interfaces].map(([name, count]) => ({
              id: interfaceChip(id, name),
              label: name === '' ? 'world' : name,
              count,
            })),
    })),
    denied: sum(all.map((each) => each.denied)),
    errors: sum(all.map((each) => each.errors)),
  }
}

/** Where the entry of the export that was running is, and that of its return. */
export const runningExport = (entry: TraceEntry): number | undefined =>
  entry.kind === 'export' ? entry.number : entry.within

/** The entry in which the handle was given up; undefined where it was not, or that is not kept. */
export const dropOf = (entries: readonly TraceEntry[], handle: string): number | undefined =>
  entries.find((entry) => entry.kind === 'drop' && entry.handles.some(({ id }) => id === handle))?.number

/** Waiting is a jump of virtual time; a reading of the clock takes a microsecond, and is none. */
export const jumpOf = ({ at, until, kind }: TraceEntry): number | undefined =>
  kind === 'import' && until - at > 10_000 ? until - at : undefined

/** Where the code of the project answers for an export, as far as its files say so by name. */
export function exportPlace({ entry = 'main.ts', files }: Project, call: string): Place | undefined {
  const item = call.slice(call.indexOf('#') + 1)
  const [, kind, full = item] = /^\[([a-z-]+)\](.*)$/.exec(item) ?? []
  const name = full.slice(full.indexOf('.') + 1).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  const [resource = ''] = full.split('.')
  const className = `-${resource}`.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  const patterns =
    kind === 'constructor' || kind === 'resource-drop'
      ? [`\\bclass\\s+(${className})\\b`]
      : [`\\b(?:function|const|let)\\s+(${name})\\b`, `^\\s*(?:static\\s+|async\\s+)*(${name})\\s*[(:=]`]
  // The entry may only pass on what another file defines.
  const others = Object.keys(files).filter((file) => file !== entry && file.endsWith('.ts'))
  for (const file of [entry, ...others]) {
    const lines = (files[file] ?? '').split('\n')
    for (const pattern of patterns) {
      const expression = new RegExp(pattern)
      for (const [index, line] of lines.entries()) {
        const [found, word] = expression.exec(line) ?? []
        if (found !== undefined && word !== undefined) return { file, line: index + 1, column: line.indexOf(word) + 1 }
      }
    }
  }
  return undefined
}

/** At most so many of them, evenly spread, with those that must be among them. */
export function thinned<T>(items: readonly T[], most: number, must: (item: T) => boolean): readonly T[] {
  if (items.length <= most) return items
  const step = items.length / most
  let next = 0
  let left = most
  return items.filter((item, index) => {
    if (index >= next) {
      next += step
      return true
    }
    return left > 0 && must(item) && left-- > 0
  })
}
