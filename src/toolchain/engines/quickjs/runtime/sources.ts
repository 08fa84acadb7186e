import type { Variant } from '../variants.ts'
import { clocksSource } from './clocks.ts'
import { consoleSource } from './console.ts'
import { coreSource } from './core.ts'
import { errorsSource } from './errors.ts'
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
    { name: 'errors', source: errorsSource },
    { name: 'inspect', source: inspectSource },
    { name: 'clocks', source: clocksSource },
    { name: 'console', source: consoleSource },
    { name: 'random', source: randomSource },
    {
      name: 'events',
      source: lazy('events', eventsSource, ['Event', 'CustomEvent', 'EventTarget', 'AbortSignal', 'AbortController']),
    },
    { name: 'loop', source: loopSource },
    { name: 'values', source: valuesSource },
  ]
  return variant === 'url' ? [...sources, { name: 'url', source: urlSource }] : sources
}

/**
 * A part of the runtime that is evaluated when `runtime.need(name)` asks for it, or when one of the globals that it
 * defines is first used. A text is a third of the size of the objects that it makes, and few guests need them.
 */
function lazy(name: string, source: string, globals: readonly string[] = []): string {
  return `(runtime) => {
    runtime.lazy[${JSON.stringify(name)}] = ${JSON.stringify(withoutComments(source))}
    for (const name of ${JSON.stringify(globals)}) {
      Object.defineProperty(globalThis, name, {
        get() {
          runtime.need(${JSON.stringify(name)})
          return globalThis[name]
        },
        set(value) {
          runtime.define(globalThis, { [name]: value })
        },
        configurable: true,
        enumerable: false,
      })
    }
  }`
}

/** The runtime's sources have whole lines of comments only, and no text that goes over several lines. */
const withoutComments = (source: string): string => source.replace(/^\s*(\/\/.*)?\n/gm, '').replace(/^\s+/gm, '')
