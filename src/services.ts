import { loadExample } from './project/examples/load.ts'
import type { checkWit } from './wit-check.ts'
import { createLateRunner } from './runner/late-runner.ts'
import { canSuspend } from './runner/suspending.ts'
import { preferencesKey } from './state/preferences.ts'
import type { Services, Transfer } from './state/services.ts'
import { createLateToolchain } from './toolchain/late-toolchain.ts'

/** How long the steps of a run may stay undrawn. Milliseconds. */
const drawPause = 60

/** Milliseconds without a change that are a rest, and how long to wait for one. */
const rest = { quiet: 120, most: 500 }

function restTimer(): (draw: () => void) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let first = 0
  return (draw) => {
    const now = performance.now()
    if (timer === undefined) first = now
    clearTimeout(timer)
    const ended = (): void => {
      timer = undefined
      draw()
    }
    timer = setTimeout(ended, Math.min(rest.quiet, Math.max(0, first + rest.most - now)))
  }
}

/** The services of the page. Nothing is fetched or started before somebody needs it. */
export function createServices(): Services {
  let checker: typeof checkWit | undefined
  return {
    toolchain: createLateToolchain(async () => (await import('./workshop.ts')).toolchain),
    runner: createLateRunner(async () => (await import('./workshop.ts')).runner),
    checkWit: async (files) => (checker ??= (await import('./wit-check.ts')).checkWit)(files),
    addImport: async (...input) => (await import('./wit-check.ts')).addImport(...input),
    loadExample,
    saveFile,
    address: {
      page: () => location.href.split('#', 1)[0] ?? '',
      fragment: () => location.hash,
      replaceFragment,
    },
    storage: { read: readStorage, write: writeStorage },
    schedule: {
      nextFrame: (draw) => void requestAnimationFrame(draw),
      afterPause(draw) {
        const timer = setTimeout(draw, drawPause)
        return () => clearTimeout(timer)
      },
      afterRest: restTimer(),
    },
    transfersSince: watchTransfers(),
    canSuspend: canSuspend(),
    now: () => performance.now(),
  }
}

/**
 * The browser's own account of what the page fetched for runs: with `fetch` (engine, prepared worlds, the sandbox's code)
 * or as a frame. The editor's parts come as scripts, and what workers fetch is not told to the page.
 */
function watchTransfers(): Services['transfersSince'] {
  let seen: Transfer[] = []
  const note = (entries: PerformanceEntryList): void => {
    for (const entry of entries) {
      if (!(entry instanceof PerformanceResourceTiming)) continue
      const { initiatorType, startTime, responseEnd, transferSize } = entry
      if (transferSize === 0 || !['fetch', 'iframe'].includes(initiatorType)) continue
      seen = [...seen, { from: startTime, to: responseEnd, bytes: transferSize }].slice(-100)
    }
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ type: 'resource', buffered: true })
  return (time) => {
    note(observer.takeRecords())
    return seen.filter(({ to }) => to >= time)
  }
}

function saveFile(name: string, bytes: Uint8Array, type: string): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own reference by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

function replaceFragment(fragment: string): void {
  try {
    history.replaceState(history.state, '', location.pathname + location.search + fragment)
  } catch {
    // Safari allows a hundred changes in half a minute. The address then stays what it was.
  }
}

/** Storage may be forbidden or full; preferences are not worth a failure. */
function readStorage(): string | null {
  try {
    return localStorage.getItem(preferencesKey)
  } catch {
    return null
  }
}

function writeStorage(text: string): void {
  try {
    localStorage.setItem(preferencesKey, text)
  } catch {
    // The choice holds until the page is closed.
  }
}
