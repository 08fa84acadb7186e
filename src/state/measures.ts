import type { RunPhase } from '../runner/runner.ts'
import type { Transfer } from './services.ts'
import type { Metrics, Phase } from './state.ts'

/** What was measured of a run: plain data, and how it grows from one report to the next. */

/** Points of the memory's history that are kept. */
const mostPoints = 400

/** The sandbox's own phases under the names that the page shows. */
const sandboxPhases: Readonly<Record<RunPhase['name'], string>> = {
  boot: 'Open sandbox',
  'compile-engine': 'Compile engine',
  'load-world': 'Load bindings',
  initialise: 'Initialise',
  instantiate: 'Instantiate',
}

/** The phases of a start that was asked for `asked` milliseconds after Run, as far as they lie after Run. */
export const startPhases = (phases: readonly RunPhase[], asked: number): Phase[] =>
  phases.flatMap(({ name, at, ms }) => {
    const room = name === 'boot' ? 'page' : 'sandbox'
    return sinceRun({ name: sandboxPhases[name], room, at: asked + at, ms })
  })

/** The part of a phase that lies after Run: what was ready before cost the run nothing. */
export function sinceRun(phase: Phase): Phase[] {
  const end = phase.at + phase.ms
  if (phase.at >= 0) return [phase]
  return end > 0 ? [{ ...phase, at: 0, ms: end, early: -phase.at }] : []
}

/** What came over the network for a run that began at `begun`: one phase from the first request to the last byte. */
export function downloadPhase(transfers: readonly Transfer[], begun: number): Phase[] {
  if (transfers.length === 0) return [{ name: 'Download', room: 'page', at: 0, ms: 0, bytes: 0 }]
  const from = Math.min(...transfers.map((each) => each.from))
  const to = Math.max(...transfers.map((each) => each.to))
  const bytes = transfers.reduce((sum, each) => sum + each.bytes, 0)
  return sinceRun({ name: 'Download', room: 'page', at: from - begun, ms: to - from, bytes })
}

/** The same figures after a request that left the linear memory at so many bytes. */
export function withMemory(metrics: Metrics, memory: number): Metrics {
  return {
    ...metrics,
    memory,
    memoryPeak: Math.max(metrics.memoryPeak ?? 0, memory),
    memoryGrowth: memory - (metrics.memory ?? memory),
    memorySeries: [...metrics.memorySeries, memory].slice(-mostPoints),
  }
}
