import type { Variant } from '../variants.ts'
import { clocksSource } from './clocks.ts'
import { consoleSource } from './console.ts'
import { coreSource } from './core.ts'
import { eventsSource } from './events.ts'
import { inspectSource } from './inspect.ts'
import { loopSource } from './loop.ts'
import { randomSource } from './random.ts'
import { urlSource } from './url.ts'
import { valuesSource } from './values.ts'

export interface RuntimeSource {
  readonly name: string
  readonly source: string
}

/** The scripts of the runtime in the order in which they are evaluated. */
export function runtimeSources(variant: Variant): readonly RuntimeSource[] {
  const sources = [
    { name: 'core', source: coreSource },
    { name: 'inspect', source: inspectSource },
    { name: 'clocks', source: clocksSource },
    { name: 'console', source: consoleSource },
    { name: 'random', source: randomSource },
    { name: 'events', source: eventsSource },
    { name: 'loop', source: loopSource },
    { name: 'values', source: valuesSource },
  ]
  return variant === 'url' ? [...sources, { name: 'url', source: urlSource }] : sources
}
