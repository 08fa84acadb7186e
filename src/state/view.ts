import type { StoreApi } from 'zustand/vanilla'

/**
 * A store as the page watches it. What a user changes is drawn at once, since an input that lags jumps under the cursor.
 * What a run changes on its way is drawn after a pause, all of it together, or with its result: drawing each step of a
 * run that takes ten milliseconds would take longer than the run.
 */
export interface WatchedStore<T> {
  /** For listeners that draw. */
  readonly view: Pick<StoreApi<T>, 'getState' | 'getInitialState' | 'subscribe'>
  /** The same for what is read after the result, and not before it: drawn when the changes come to rest. */
  readonly laterView: Pick<StoreApi<T>, 'getState' | 'getInitialState' | 'subscribe'>
  /** A change whose drawing can wait. */
  setQuietly(patch: Partial<T>): void
  /** Draws what has waited with the next frame. */
  drawSoon(): void
}

export interface Schedule {
  /** Calls back before the next frame is drawn. */
  readonly nextFrame: (draw: () => void) => void
  /** Calls back after a while that people do not notice; returns how to cancel it. */
  readonly afterPause: (draw: () => void) => () => void
  /** Calls back once nobody has asked for it for a moment, and at the latest half a second after the first did. */
  readonly afterRest: (draw: () => void) => void
}

export function watchStore<T>(store: StoreApi<T>, { nextFrame, afterPause, afterRest }: Schedule): WatchedStore<T> {
  let quiet = false
  let cancelPause: (() => void) | undefined
  let framed = false
  const waiting = new Set<() => void>()
  let first: T | undefined
  // What is drawn first, where drawing does not begin with the page: the project that is open by then.
  const getInitialState = (): T => (first ??= store.getState())
  let later = store.getState()
  const laterListeners = new Set<(state: T, before: T) => void>()

  function drawLater(): void {
    const before = later
    later = store.getState()
    for (const each of laterListeners) each(later, before)
  }

  store.subscribe(() => {
    if (laterListeners.size > 0) afterRest(drawLater)
  })

  function drawAll(): void {
    cancelPause?.()
    cancelPause = undefined
    framed = false
    const listeners = [...waiting]
    waiting.clear()
    for (const each of listeners) each()
  }

  function drawSoon(): void {
    if (framed || waiting.size === 0) return
    framed = true
    nextFrame(drawAll)
  }

  function pauseOver(): void {
    // A loud change may have drawn everything meanwhile; the next quiet one waits for a pause of its own.
    cancelPause = undefined
    drawSoon()
  }

  return {
    view: {
      getState: store.getState,
      getInitialState,
      subscribe(listener) {
        const draw = (): void => listener(store.getState(), store.getState())
        const end = store.subscribe(() => {
          if (!quiet) {
            waiting.delete(draw)
            return draw()
          }
          waiting.add(draw)
          if (!framed) cancelPause ??= afterPause(pauseOver)
          return undefined
        })
        return () => {
          waiting.delete(draw)
          end()
        }
      },
    },
    laterView: {
      getState: () => (laterListeners.size === 0 ? store.getState() : later),
      getInitialState,
      subscribe(listener) {
        if (laterListeners.size === 0) later = store.getState()
        laterListeners.add(listener)
        return () => void laterListeners.delete(listener)
      },
    },
    setQuietly(patch) {
      quiet = true
      try {
        store.setState(patch)
      } finally {
        quiet = false
      }
    },
    drawSoon,
  }
}
