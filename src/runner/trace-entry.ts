/**
 * A trace as the page has it, and as it is exported: what crossed the boundary of one run, in order. Plain data, all of it
 * text and numbers.
 */

export const traceKinds = ['import', 'export', 'return', 'drop'] as const
export const traceOutcomes = ['ok', 'err', 'denied', 'trap', 'exit'] as const

/** A value as WAVE. Resources are `pollable#3`, or `%1` where the component made them; what is long is cut and counted. */
export interface TraceValue {
  readonly wave: string
  /** The byte arrays in it, in order; of many the first ones. */
  readonly bytes?: readonly TraceBytes[]
}

export interface TraceBytes {
  /** Where it stands in the text, which has its start as a list. */
  readonly at: number
  readonly length: number
  /** Over all of it. */
  readonly digest: string
  /** Its start as text, where it can be read as such. */
  readonly text?: string
}

export interface TraceEntry {
  /** Counts from 1; where entries were dropped numbers are missing. */
  readonly number: number
  /**
   * `import`: the component calls out. `export`: it is called, and `return`: it comes back. `drop`: it gives up its handle
   * of a resource.
   */
  readonly kind: (typeof traceKinds)[number]
  /** `wasi:io/poll#poll`; interfaces of WASI have no version here. */
  readonly call: string
  readonly args: readonly (TraceValue & { readonly name: string })[]
  /** Absent while the call lasts, and for `export`. Without a value: it has none. */
  readonly outcome?: (typeof traceOutcomes)[number]
  readonly value?: TraceValue
  /** Virtual time when it began and ended: nanoseconds since the run began. */
  readonly at: number
  readonly until: number
  /** Real time since the run began, and that it took: milliseconds. */
  readonly real: number
  readonly ms: number
  /** The number of the entry of the export that was running. */
  readonly within?: number
  /** The resources of the host in it, with the entry that each was first seen in. */
  readonly handles: readonly { readonly id: string; readonly seen: number }[]
}

/** A function that was called, with exact counts, also of calls whose entries were dropped. */
export interface TraceCount {
  readonly call: string
  readonly side: 'import' | 'export'
  readonly calls: number
  readonly denied: number
  readonly errors: number
}

/** What has come to the trace since the last time. */
export interface TraceNews {
  /** Entries so far, kept or not. */
  readonly total: number
  /** Over all of them: order, names, arguments, results and virtual time. */
  readonly hash: string
  /** An entry whose number was there before takes its place. */
  readonly entries: readonly TraceEntry[]
  /** Of functions whose counts have changed. */
  readonly counts: readonly TraceCount[]
}

/** Entries that the page keeps from the start of a run, and from the end. */
export const traceKept = { first: 1000, last: 4000 } as const
/** Byte arrays of one value that are told by length and digest. */
export const mostByteArrays = 16
/** Of one entry: UTF-16 code units of a value, which the printer stops at a quarter of, arguments, and handles. */
export const traceCaps = { wave: 8192, arguments: 64, handles: 64 } as const
/** Entries of one message: reading more at a time would hold up the page. */
export const mostNews = 250
