import type { Fault } from '../contract/fault.ts'
import { caps, type Answer, type FromSandbox } from './protocol.ts'
import type { CallReport } from './runner.ts'
import { traceCaps, type TraceEntry, type TraceNews, type TraceValue } from './trace-entry.ts'
import type { WorldEvent } from './world-events.ts'

/** The text in at most `cap` UTF-16 code units; what was cut is counted at its end. */
export const cutText = (text: string, cap: number): string => {
  if (text.length <= cap) return text
  const note = (kept: number): string => ` … (${text.length - kept} characters more)`
  // The number of digits can only fall as more is kept, so that the longest note is the one that keeps nothing.
  const room = Math.max(0, cap - note(0).length)
  // Half of a surrogate pair is no character.
  const kept = /[\ud800-\udbff]/.test(text.charAt(room - 1)) ? room - 1 : room
  return `${text.slice(0, kept)}${note(kept)}`.slice(0, cap)
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

/** A place comes from the guest's own stack: one that cannot be, or a cut file name, would point nowhere. */
const hasPlace = ({ place }: Fault): boolean =>
  place !== undefined &&
  place.file.length <= caps.name &&
  [place.line, place.column, place.endLine ?? 0, place.endColumn ?? 0].every(isCount)

const fitFault = (fault: Fault): Fault => {
  const { stage, message, next, place, detail } = fault
  return {
    stage,
    message: cutText(message, caps.text),
    next: cutText(next, caps.name),
    ...(place !== undefined && hasPlace(fault) ? { place } : {}),
    ...(detail === undefined ? {} : { detail: cutText(detail, caps.text) }),
  }
}

const fitWarnings = (warnings: readonly Fault[]): Fault[] => {
  if (warnings.length <= caps.items) return warnings.map(fitFault)
  const kept = warnings.slice(0, caps.items - 1)
  const more: Fault = {
    stage: 'guest-init',
    message: `There are ${warnings.length - kept.length} more warnings.`,
    next: 'Correct the first ones and run again.',
  }
  return [...kept.map(fitFault), more]
}

const fitReport = (report: CallReport): CallReport => ({
  ...report,
  call: cutText(report.call, caps.wave),
  result: { ...report.result, wave: cutText(report.result.wave, caps.wave) },
  simulated: report.simulated
    .slice(0, caps.simulated)
    .map(({ call, wave }) => ({ call: cutText(call, caps.text), wave: cutText(wave, caps.text) })),
  handles: fitHandles(report.handles),
})

const fitHandles = (handles: CallReport['handles']): CallReport['handles'] =>
  handles.slice(0, caps.items).map(({ id, type, origin }) => ({
    id,
    type: cutText(type, caps.name),
    origin: cutText(origin, caps.name),
  }))

const fitAnswer = (answer: Answer): Answer => {
  switch (answer.type) {
    case 'started':
      return { ...answer, value: { ...answer.value, warnings: fitWarnings(answer.value.warnings) } }
    case 'called':
      return { ...answer, value: fitReport(answer.value) }
    case 'dropped':
      return { ...answer, value: { ...answer.value, handles: fitHandles(answer.value.handles) } }
    case 'responded': {
      const { fault, why } = answer.value
      const fitted = {
        ...(fault && { fault: fitFault(fault) }),
        ...(why !== undefined && { why: cutText(why, caps.text) }),
      }
      return { ...answer, value: { ...answer.value, ...fitted } }
    }
    case 'failed':
      return { ...answer, fault: fitFault(answer.fault) }
    default:
      return answer
  }
}

const fitValue = <T extends TraceValue>(value: T): T => ({ ...value, wave: cutText(value.wave, traceCaps.wave) })

const fitArguments = (args: TraceEntry['args']): TraceEntry['args'] => {
  const most = traceCaps.arguments
  const kept = args.length > most ? args.slice(0, most - 1) : args
  const more = args.length - kept.length
  return [
    ...kept.map((arg) => fitValue({ ...arg, name: cutText(arg.name, caps.name) })),
    ...(more > 0 ? [{ name: '…', wave: `… ${more} more` }] : []),
  ]
}

const fitEntry = (entry: TraceEntry): TraceEntry => ({
  ...entry,
  call: cutText(entry.call, caps.name),
  args: fitArguments(entry.args),
  ...(entry.value && { value: fitValue(entry.value) }),
  handles: entry.handles
    .slice(0, traceCaps.handles)
    .map((handle) => ({ ...handle, id: cutText(handle.id, caps.name) })),
})

const fitTrace = (news: TraceNews): TraceNews => ({
  ...news,
  entries: news.entries.map(fitEntry),
  counts: news.counts.map((each) => ({ ...each, call: cutText(each.call, caps.name) })),
})

const fitEvent = (event: WorldEvent): WorldEvent => {
  switch (event.kind) {
    case 'trace':
      return { ...event, ...fitTrace(event) }
    case 'replay': {
      const { compared, divergence } = event.report
      if (!divergence) return event
      const cut = (name: string | undefined): string | undefined => name && cutText(name, caps.name)
      const { number, expected, got } = divergence
      return { ...event, report: { compared, divergence: { number, expected: cut(expected), got: cut(got) } } }
    }
    case 'wait':
      return event.state
        ? { ...event, state: { ...event.state, awaits: event.state.awaits.slice(0, caps.items) } }
        : event
    default:
      return event
  }
}

/**
 * Cuts what an honest sandbox says to what the page takes: the guest decides how long its results and errors are, and a
 * sandbox that exceeds a cap is ended as a hostile one. The caps are those of parse-from-sandbox.ts.
 */
export const fitToCaps = (message: FromSandbox): FromSandbox => {
  switch (message.type) {
    case 'answer':
      return { ...message, answer: fitAnswer(message.answer) }
    case 'beat':
      return { ...message, lastCall: cutText(message.lastCall, caps.name) }
    case 'output':
      return { ...message, chunks: message.chunks.map((each) => ({ ...each, text: cutText(each.text, caps.text) })) }
    case 'world':
      return { ...message, event: fitEvent(message.event) }
    default:
      return message
  }
}
