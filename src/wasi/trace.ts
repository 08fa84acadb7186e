import { createCapture } from './captured.ts'
import { createDigest } from './digest.ts'
import { Denied, Exit } from './signals.ts'

/** A function on the boundary, with what was made of it in this run. Exact, whatever entries are kept. */
export interface TracedFunction {
  /** `wasi:io/poll#poll`, `demo:shop/stock@1.0.0#[method]shelf.count`, `greet`. */
  readonly name: string
  readonly side: 'import' | 'export'
  calls: number
  denied: number
  /** Calls that gave the `err` case, or ended the instance. */
  errors: number
}

/** `exit`: the program ended itself, with the status as value. */
export type TraceOutcome = 'ok' | 'err' | 'denied' | 'trap' | 'exit'

/** One crossing of the boundary. Values are as `captured.ts` keeps them; those of exports are texts. */
export interface TraceRecord {
  /** Counts from 1. */
  readonly number: number
  /** `return`: of the export in entry `within`. `drop`: the guest gave up its handle of a resource of the host. */
  readonly kind: 'import' | 'export' | 'return' | 'drop'
  readonly of: TracedFunction
  readonly args: readonly unknown[]
  /** Undefined while it lasts. */
  outcome: TraceOutcome | undefined
  value: unknown
  /** Nanoseconds of virtual time. */
  readonly at: number
  until: number
  /** Milliseconds of real time since the run began, and that it took. */
  readonly real: number
  ms: number
  /** The number of the entry of the export that was running. */
  readonly within: number | undefined
  weight: number
}

/** Told of each entry, in order; what it throws ends the instance. */
export interface TraceListener {
  began(number: number, name: string): void
  /** `state`: a hash over all that has crossed by then. */
  ended(number: number, name: string, state: number): void
}

export interface TraceClock {
  /** Virtual time in nanoseconds; undefined where time is real, which no two runs share. */
  virtual(): bigint | undefined
  /** Milliseconds of real time. */
  real(): number
}

export interface Trace {
  /** Entries so far, kept or not. */
  readonly total: number
  /** Of all calls: order, names, arguments, results and virtual time; never real time. Equal for equal runs. */
  readonly hash: string
  readonly functions: readonly TracedFunction[]
  /** Kept entries with a number above `after`, in order. */
  kept(after: number): TraceRecord[]
  listener: TraceListener | undefined
  /** While it is true calls are counted, and nothing else: for measuring. */
  counting: boolean

  functionOf(name: string, side: TracedFunction['side']): TracedFunction
  /** The name under which the resources of a class are shown. */
  nameClass(prototype: object, name: string): void
  /** `texts`: what is kept in the place of the values. */
  begin(
    kind: TraceRecord['kind'],
    of: TracedFunction,
    args: readonly unknown[],
    texts?: readonly string[],
  ): TraceRecord | undefined
  end(record: TraceRecord | undefined, of: TracedFunction, outcome: TraceOutcome, value: unknown): void
  /** The end of a call of the host that threw. */
  fail(record: TraceRecord | undefined, of: TracedFunction, thrown: unknown): void
  /** An export is called: imports from now on are made by it, until `leave`. The texts are what is kept of the values. */
  enter(name: string, args: readonly unknown[], texts: readonly string[]): void
  leave(outcome: TraceOutcome, value: unknown, text: string | undefined): void
}

/** Entries kept from the start and from the end, and about the bytes that each of the two may take. */
export const traceBounds = { first: 1000, last: 4000, bytes: 4 << 20 } as const

const { hasOwn } = Object
const highest = Number.MAX_SAFE_INTEGER
const ordinals: Readonly<Record<TraceOutcome | TraceRecord['kind'], number>> = {
  import: 1,
  export: 2,
  return: 3,
  drop: 4,
  ok: 5,
  err: 6,
  denied: 7,
  trap: 8,
  exit: 9,
}

/** How jco's glue tells the `err` case from a trap. */
const isPayload = (thrown: unknown): boolean =>
  !(thrown instanceof Error) || (typeof thrown === 'object' && hasOwn(thrown, 'payload'))

export const createTrace = (clock: TraceClock): Trace => {
  const digest = createDigest()
  const classes = new WeakMap<object, string>()
  const capture = createCapture(digest, (value) => classes.get(Reflect.getPrototypeOf(value) ?? value))
  const byName = new Map<string, TracedFunction>()
  const functions: TracedFunction[] = []
  const first: TraceRecord[] = []
  let firstWeight = 0
  const last = createRing()
  /** Without a number: it was called while calls were only counted. */
  const running: { readonly number: number | undefined; readonly of: TracedFunction }[] = []
  const origin = clock.real()
  let total = 0
  let listener: TraceListener | undefined
  let counting = false

  const keep = (record: TraceRecord): void => {
    if (last.empty && first.length < traceBounds.first && firstWeight < traceBounds.bytes) {
      first.push(record)
      firstWeight += record.weight
    } else last.add(record)
  }

  const functionOf = (name: string, side: TracedFunction['side']): TracedFunction => {
    const key = `${side} ${name}`
    let known = byName.get(key)
    if (known === undefined) {
      byName.set(key, (known = { name, side, calls: 0, denied: 0, errors: 0 }))
      functions.push(known)
    }
    return known
  }

  /** Into the hash, and as the trace shows it: of real time only the latter. */
  const instant = (): number => {
    const virtual = clock.virtual()
    if (virtual === undefined) return Math.round((clock.real() - origin) * 1e6)
    digest.bigint(virtual)
    return virtual > highest ? highest : Number(virtual)
  }

  const begin: Trace['begin'] = (kind, of, args, texts) => {
    if (kind === 'import' || kind === 'export') of.calls++
    if (counting) return undefined
    const number = ++total
    listener?.began(number, of.name)
    digest.number(ordinals[kind])
    digest.text(of.name)
    const at = instant()
    const kept: unknown[] = []
    for (const arg of args) {
      if (texts) capture.digest(arg, number)
      else kept.push(capture.take(arg, number))
    }
    const record: TraceRecord = {
      number,
      kind,
      of,
      args: texts ?? kept,
      outcome: undefined,
      value: undefined,
      at,
      until: at,
      real: clock.real() - origin,
      ms: 0,
      within: running.at(-1)?.number,
      weight: weightOfRecord + capture.weigh() + (texts ?? []).reduce((sum, text) => sum + weightOfText(text), 0),
    }
    keep(record)
    return record
  }

  /** `instead`: what is kept in the place of the value. */
  const end = (
    record: TraceRecord | undefined,
    of: TracedFunction,
    outcome: TraceOutcome,
    value: unknown,
    instead?: { readonly text: string | undefined },
  ): void => {
    if (outcome === 'denied') of.denied++
    else if (outcome === 'err' || outcome === 'trap') of.errors++
    if (record === undefined) return
    digest.number(ordinals[outcome])
    if (instead) capture.digest(value, record.number)
    record.value = instead ? instead.text : capture.take(value, record.number)
    record.outcome = outcome
    record.until = instant()
    record.ms = clock.real() - origin - record.real
    const more = capture.weigh() + weightOfText(instead?.text)
    record.weight += more
    if (record.number <= first.length) firstWeight += more
    else last.grow(record, more)
    listener?.ended(record.number, of.name, digest.word)
  }

  return {
    get total() {
      return total
    },
    get hash() {
      return digest.hex
    },
    functions,
    kept: (after) => [...first.filter((record) => record.number > after), ...last.after(after)],
    get listener() {
      return listener
    },
    set listener(next) {
      listener = next
    },
    get counting() {
      return counting
    },
    set counting(next) {
      counting = next
    },
    functionOf,
    nameClass: (prototype, name) => void classes.set(prototype, name),
    begin,
    end,
    fail: (record, of, thrown) => {
      if (thrown instanceof Exit) end(record, of, 'exit', thrown.code)
      else if (thrown instanceof Denied) end(record, of, 'denied', thrown.message)
      else if (!isPayload(thrown)) end(record, of, 'trap', thrown instanceof Error ? thrown.message : undefined)
      else end(record, of, 'err', thrown instanceof Error ? Reflect.get(thrown, 'payload') : thrown)
    },
    enter: (name, args, texts) => {
      const of = functionOf(name, 'export')
      const record = begin('export', of, args, texts)
      running.push({ number: record?.number, of })
      if (record === undefined) return
      record.outcome = 'ok'
      listener?.ended(record.number, name, digest.word)
    },
    leave: (outcome, value, text) => {
      const left = running.at(-1)
      if (left === undefined) return
      const record = begin('return', left.of, [])
      running.pop()
      end(record, left.of, outcome, value, { text })
    },
  }
}

const weightOfRecord = 300
const weightOfText = (text = ''): number => text.length * 2

interface Ring {
  readonly empty: boolean
  add(record: TraceRecord): void
  /** A record that was added has become heavier; it may have been evicted since. */
  grow(record: TraceRecord, weight: number): void
  after(number: number): TraceRecord[]
}

/** The last records, as many as the bounds let in. */
const createRing = (): Ring => {
  const slots: (TraceRecord | undefined)[] = []
  const size = traceBounds.last
  /** The places of the oldest, and of the next; they only grow. */
  let from = 0
  let to = 0
  let weight = 0
  const evict = (): void => {
    while (to - from > size || (weight > traceBounds.bytes && to - from > 1)) {
      weight -= slots[from % size]?.weight ?? 0
      slots[from % size] = undefined
      from++
    }
  }
  return {
    get empty() {
      return to === 0
    },
    add: (record) => {
      if (to - from === size) {
        weight -= slots[from % size]?.weight ?? 0
        from++
      }
      slots[to % size] = record
      to++
      weight += record.weight
      evict()
    },
    grow: (record, more) => {
      // Their numbers follow each other.
      const place = to - 1 - ((slots[(to - 1) % size]?.number ?? 0) - record.number)
      if (place < from || slots[place % size] !== record) return
      weight += more
      evict()
    },
    after: (number) => {
      const found: TraceRecord[] = []
      for (let at = to - 1; at >= from; at--) {
        const record = slots[at % size]
        if (record === undefined || record.number <= number) break
        found.push(record)
      }
      return found.toReversed()
    },
  }
}
