import type { WaitState } from '../wasi/waiting.ts'
import { caps } from './protocol.ts'
import { traceNews } from './parse-trace.ts'
import { fields, list, measure, oneOf, optional, text, Unfit } from './untrusted.ts'
import type { WorldEvent } from './world-events.ts'

const instant = (value: unknown): bigint => {
  if (typeof value !== 'bigint' || value < 0n || value >= 1n << 64n) throw new Unfit()
  return value
}

const waitState = (value: unknown): WaitState => {
  const raw = fields(value)
  const until = optional(raw.until, instant)
  return {
    awaits: list(raw.awaits, (item) => text(item, caps.name)),
    ...(until === undefined ? {} : { until }),
  }
}

/** Reads an event from the sandbox; throws `Unfit` where it is none. */
export const worldEvent = (value: unknown): WorldEvent => {
  const raw = fields(value)
  const kind = oneOf(raw.kind, ['wait', 'trace'])
  switch (kind) {
    case 'wait': {
      const state = optional(raw.state, waitState)
      const waited = measure(raw.waited)
      return { kind, instant: instant(raw.instant), waited, ...(state === undefined ? {} : { state }) }
    }
    case 'trace':
      return { kind, ...traceNews(raw) }
  }
}
