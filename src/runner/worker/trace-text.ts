import { callableExports } from '../../component/call-expression.ts'
import { camelCase, isTaggedOption } from '../../component/host-conventions.ts'
import type { FunctionType, ValueType, World } from '../../component/types.ts'
import { Unfinished } from '../../component/unfinished-value.ts'
import { noHandleTable, printWave, UnexpectedValue } from '../../component/wave.ts'
import { TracedBytes, TracedHandle, TracedStart } from '../../wasi/captured.ts'
import { unversioned } from '../../wasi/served.ts'
import type { TraceRecord } from '../../wasi/trace.ts'
import { mostByteArrays, type TraceBytes, type TraceEntry, type TraceValue } from '../trace-entry.ts'

/** UTF-16 code units of one value, bytes that are shown of an array, handles that an entry names. */
const maximum = 1024
const shownBytes = 16
const mostHandles = 32

const nowhere = { start: 0, end: 0, line: 1, column: 1, expected: '', found: '', message: '' }

/** Text that is printed as it is, in the place of a value, with the byte arrays in it. */
class Verbatim extends Unfinished {
  readonly bytes: readonly TraceBytes[]
  constructor(wave: string, bytes: readonly TraceBytes[] = []) {
    super(wave, wave, nowhere)
    this.bytes = bytes
  }
}

const shifted = (bytes: readonly TraceBytes[], by: number): TraceBytes[] =>
  bytes.map((each) => ({ ...each, at: each.at + by }))

const bytesOf = (value: TracedBytes): Verbatim => {
  const text = readable(value)
  const { length, digest } = value
  return new Verbatim(bytesText(value), [{ at: 0, length, digest, ...(text === undefined ? {} : { text }) }])
}

const bytesText = ({ start, length }: TracedBytes): string => {
  const shown = [...start.subarray(0, shownBytes)].join(', ')
  return length > shownBytes ? `[${shown}, … ${length - shownBytes} more]` : `[${shown}]`
}

/** The start of the bytes as text, where they are readable as such. */
const readable = ({ start, length }: TracedBytes): string | undefined => {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    const text = decoder.decode(start, { stream: length > start.length })
    // oxlint-disable-next-line no-control-regex
    return text !== '' && /^[^\0-\x08\x0e-\x1a\x1c-\x1f\x7f]*$/.test(text) ? text : undefined
  } catch {
    return undefined
  }
}

export interface TraceText {
  entry(record: TraceRecord): TraceEntry
}

/** Makes the entries of a trace for people, with the types of the world. Late, and only of what is kept. */
export const createTraceText = (world: World): TraceText => {
  const types = new Map<string, FunctionType>()
  for (const item of world.imports) {
    if (item.kind === 'function') types.set(item.name, item.type)
    if (item.kind !== 'interface') continue
    for (const { name, type } of item.functions) {
      types.set(`${item.name}#${name}`, type)
      types.set(`${unversioned(item.name)}#${name}`, type)
    }
  }
  const exported = new Map(callableExports(world).map(({ path, type }) => [path, type]))

  let handles = new Map<string, number>()
  const handle = ({ name, number, seen }: TracedHandle): Verbatim => {
    const id = `${name}#${number}`
    if (handles.size < mostHandles) handles.set(id, seen)
    return new Verbatim(id)
  }

  /** The kept value with texts in the places of what is no plain data. */
  const shown = (value: unknown, type: ValueType | undefined): unknown => {
    if (type?.kind === 'option' && !isTaggedOption(type)) {
      const some = value === undefined ? undefined : shown(value, type.some)
      return some instanceof Verbatim ? new Verbatim(`some(${some.wave})`, shifted(some.bytes, 'some('.length)) : some
    }
    if (value instanceof TracedHandle) return handle(value)
    if (value instanceof TracedBytes) return bytesOf(value)
    if (value instanceof TracedStart) return startOf(value, type)
    if (Array.isArray(value)) return mapped(value, type)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, held]) => [key, shown(held, memberType(type, key, value))]),
    )
  }
  const mapped = (values: readonly unknown[], type: ValueType | undefined): unknown => {
    if (type?.kind === 'map') {
      const pairs = values.flatMap((pair) => (Array.isArray(pair) ? [pair] : []))
      return new Map(pairs.map(([key, held]) => [shown(key, type.key), shown(held, type.value)]))
    }
    return values.map((item, index) => shown(item, elementType(type, index)))
  }
  const startOf = ({ start, length }: TracedStart, type: ValueType | undefined): Verbatim => {
    const more = `… ${length - start.length} more`
    if (typeof start === 'string') return new Verbatim(`${printed(start, { kind: 'string' }).wave} ${more}`)
    const items = start.map((item) => shown(item, elementType(type, 0)))
    const { wave, bytes } = printed(items, type ?? { kind: 'list', element: { kind: 'bool' } })
    return new Verbatim(`${wave.slice(0, -1)}, ${more}]`, bytes)
  }
  const printed = (value: unknown, type: ValueType): Required<TraceValue> => {
    const bytes: TraceBytes[] = []
    const onUnfinished = (found: Unfinished, at: number): void => {
      if (found instanceof Verbatim) bytes.push(...shifted(found.bytes, at))
    }
    try {
      return { wave: printWave(value, type, noHandleTable, { maximum, onUnfinished }), bytes }
    } catch (error) {
      // A host that breaks its own types is seen by this; a guest cannot.
      if (error instanceof UnexpectedValue) return { wave: `(${type.kind})`, bytes: [] }
      throw error
    }
  }

  const value = (given: unknown, type: ValueType | undefined): TraceValue => {
    if (type === undefined) return { wave: fallback(shown(given, type)) }
    const { wave, bytes } = printed(shown(given, type), type)
    return bytes.length === 0 ? { wave } : { wave, bytes: bytes.slice(0, mostByteArrays) }
  }

  const result = ({ outcome, value: given }: TraceRecord, type: FunctionType | undefined): TraceValue | undefined => {
    if (outcome === 'trap' || outcome === 'exit') return { wave: wordsOf(given) }
    const returns = type?.result
    const expected = returns?.kind === 'result' ? (outcome === 'ok' ? returns.ok : returns.err) : returns
    if (outcome === undefined || (expected === undefined && given === undefined)) return undefined
    // What a policy refused has words instead of a payload, where the function has no error.
    return outcome === 'denied' && returns?.kind !== 'result' ? { wave: wordsOf(given) } : value(given, expected)
  }

  const argumentsOf = (record: TraceRecord, type: FunctionType | undefined): TraceEntry['args'] =>
    record.args.map((arg, index) => {
      const param = type?.params[index]
      // Exports came as text.
      const given = record.kind === 'export' ? { wave: String(arg) } : value(arg, param?.type)
      return { name: param?.name ?? 'self', ...given }
    })

  return {
    entry: (record) => {
      handles = new Map()
      const { number, kind, of, outcome, at, until, real, ms, within } = record
      const type = (of.side === 'import' ? types : exported).get(of.name)
      const args = argumentsOf(record, type)
      const given = kind === 'return' ? returned(record) : result(record, type)
      return {
        number,
        kind,
        call: of.name,
        args,
        ...(outcome === undefined || kind === 'export' ? {} : { outcome }),
        ...(given === undefined ? {} : { value: given }),
        at,
        until,
        real: Math.max(0, real),
        ms: Math.max(0, ms),
        ...(within === undefined ? {} : { within }),
        handles: [...handles].map(([id, seen]) => ({ id, seen })),
      }
    },
  }
}

const returned = ({ value }: TraceRecord): TraceValue | undefined =>
  value === undefined ? undefined : { wave: String(value) }

/** What is no value of the world: why the instance ended, or what the policy says. */
const wordsOf = (given: unknown): string =>
  given instanceof TracedStart && typeof given.start === 'string'
    ? `${given.start} … ${given.length - given.start.length} more`
    : String(given)

/** Of a function that is not in the world. */
const fallback = (value: unknown): string =>
  value instanceof Unfinished ? value.wave : typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? '')

const elementType = (type: ValueType | undefined, index: number): ValueType | undefined => {
  if (type?.kind === 'list' || type?.kind === 'fixed-length-list') return type.element
  return type?.kind === 'tuple' ? type.types[index] : undefined
}

const memberType = (type: ValueType | undefined, key: string, value: object): ValueType | undefined => {
  switch (type?.kind) {
    case 'record':
      return type.fields.find(({ name }) => camelCase(name) === key)?.type
    case 'option':
      return key === 'val' ? type.some : undefined
    case 'variant': {
      const tag: unknown = Reflect.get(value, 'tag')
      return type.cases.find(({ name }) => name === tag)?.type
    }
    case 'result': {
      const tag: unknown = Reflect.get(value, 'tag')
      return tag === 'ok' ? type.ok : tag === 'err' ? type.err : undefined
    }
    default:
      return undefined
  }
}
