import { stages, type Fault, type Place, type Stage } from '../contract/fault.ts'
import { httpReport } from './parse-http.ts'
import { takenRun } from './parse-recording.ts'
import { caps, type Answer, type FromSandbox } from './protocol.ts'
import { runPhases, type CallReport, type OutputChunk, type RunStarted } from './runner.ts'
import { count, fields, list, measure, oneOf, optional, text, Unfit } from './untrusted.ts'
import { worldEvent } from './parse-world-event.ts'

const place = (value: unknown): Place => {
  const { file, line, column, endLine, endColumn } = fields(value)
  const end = optional(endLine, count)
  const endAt = optional(endColumn, count)
  return {
    file: text(file, caps.name),
    line: count(line),
    column: count(column),
    ...(end === undefined ? {} : { endLine: end }),
    ...(endAt === undefined ? {} : { endColumn: endAt }),
  }
}

const fault = (value: unknown): Fault => {
  const raw = fields(value)
  const at = optional(raw.place, place)
  const detail = optional(raw.detail, (item) => text(item, caps.text))
  return {
    stage: oneOf<Stage>(raw.stage, stages),
    message: text(raw.message, caps.text),
    next: text(raw.next, caps.name),
    ...(at === undefined ? {} : { place: at }),
    ...(detail === undefined ? {} : { detail }),
  }
}

const started = (value: unknown): RunStarted => {
  const raw = fields(value)
  return {
    phases: list(raw.phases, (item) => {
      const phase = fields(item)
      return { name: oneOf(phase.name, runPhases), at: measure(phase.at), ms: measure(phase.ms) }
    }),
    memoryBytes: count(raw.memoryBytes),
    clockStep: measure(raw.clockStep),
    warnings: list(raw.warnings, fault),
  }
}

const liveHandle = (value: unknown): CallReport['handles'][number] => {
  const raw = fields(value)
  return { id: count(raw.id), type: text(raw.type, caps.name), origin: text(raw.origin, caps.name) }
}

const called = (value: unknown): CallReport => {
  const raw = fields(value)
  const result = fields(raw.result)
  return {
    call: text(raw.call, caps.wave),
    result: {
      tag: oneOf(result.tag, ['ok', 'err']),
      wave: text(result.wave, caps.wave),
      ...(result.plain === true && { plain: true }),
    },
    ms: measure(raw.ms),
    memoryBytes: count(raw.memoryBytes),
    boundaryCalls: count(raw.boundaryCalls),
    simulated: list(
      raw.simulated,
      (item) => {
        const { call, wave } = fields(item)
        return { call: text(call, caps.text), wave: text(wave, caps.text) }
      },
      caps.simulated,
    ),
    handles: list(raw.handles, liveHandle),
  }
}

const chunk = (value: unknown): OutputChunk => {
  const raw = fields(value)
  return {
    stream: oneOf(raw.stream, ['stdout', 'stderr', 'host']),
    phase: oneOf(raw.phase, ['init', 'run']),
    text: text(raw.text, caps.text),
    dropped: count(raw.dropped),
  }
}

/** As much text as one message may have, and no chunk without any beside others: so their number is bounded, too. */
const chunks = (value: unknown): OutputChunk[] => {
  const found = list(value, chunk)
  const length = found.reduce((sum, each) => sum + each.text.length, 0)
  if (found.length === 0 || length > caps.text || (found.length > 1 && found.some((each) => each.text === '')))
    throw new Unfit()
  return found
}

const answer = (value: unknown): Answer => {
  const raw = fields(value)
  const type = oneOf(raw.type, [
    'started',
    'called',
    'measured',
    'dropped',
    'exited',
    'responded',
    'snapshot',
    'recording',
    'failed',
  ])
  switch (type) {
    case 'started':
      return { type, value: started(raw.value) }
    case 'called':
      return { type, value: called(raw.value) }
    case 'measured': {
      const { value } = raw
      const burst = fields(value)
      return {
        type,
        value: {
          asked: count(burst.asked),
          count: count(burst.count),
          warmUp: count(burst.warmUp),
          batch: count(burst.batch),
          sampleCount: count(burst.sampleCount),
          resolution: measure(burst.resolution),
          min: measure(burst.min),
          p50: measure(burst.p50),
          p95: measure(burst.p95),
          p99: measure(burst.p99),
          max: measure(burst.max),
          callsPerSecond: measure(burst.callsPerSecond),
          samples: list(burst.samples, measure),
          memoryBytes: count(burst.memoryBytes),
        },
      }
    }
    case 'dropped': {
      const dropped = fields(raw.value)
      return {
        type,
        value: { memoryBytes: count(dropped.memoryBytes), handles: list(dropped.handles, liveHandle) },
      }
    }
    case 'exited': {
      const command = fields(raw.value)
      return {
        type,
        value: {
          exitCode: count(command.exitCode),
          ms: measure(command.ms),
          memoryBytes: count(command.memoryBytes),
        },
      }
    }
    case 'responded':
      return { type, value: httpReport(raw.value, fault) }
    case 'snapshot': {
      const bytes = raw.value
      if (!(bytes instanceof Uint8Array) || bytes.byteLength > caps.snapshotBytes) throw new Unfit()
      return { type, value: bytes }
    }
    case 'recording':
      return { type, value: takenRun(raw.value) }
    case 'failed': {
      if (typeof raw.alive !== 'boolean') throw new Unfit()
      const memoryBytes = optional(raw.memoryBytes, count)
      return {
        type,
        fault: fault(raw.fault),
        alive: raw.alive,
        ...(memoryBytes === undefined ? {} : { memoryBytes }),
      }
    }
  }
}

/**
 * Reads a message of the sandbox; undefined where it is not one. Only known fields are taken, each of its type and
 * within its cap, so that nothing else reaches the page.
 */
export const parseFromSandbox = (data: unknown): FromSandbox | undefined => {
  try {
    const raw = fields(data)
    const type = oneOf(raw.type, ['hello', 'pong', 'beat', 'output', 'world', 'answer'])
    switch (type) {
      case 'hello':
        return { type, version: count(raw.version) }
      case 'pong':
        return { type, id: count(raw.id) }
      case 'beat':
        return { type, run: count(raw.run), lastCall: text(raw.lastCall, caps.name) }
      case 'output':
        return { type, run: count(raw.run), chunks: chunks(raw.chunks) }
      case 'world':
        return { type, run: count(raw.run), event: worldEvent(raw.event) }
      case 'answer':
        return { type, run: count(raw.run), id: count(raw.id), answer: answer(raw.answer) }
    }
  } catch (error) {
    if (error instanceof Unfit) return undefined
    throw error
  }
}
