import type { StoreApi } from 'zustand/vanilla'

/**
 * A store as the page watches it. What a user changes is drawn at once, since an input that lags jumps under the cursor.
 * What a run changes is drawn with the next frame, all of it together: drawing each step of a run that takes ten
 * milliseconds would take longer than the run.
 */
export interface WatchedStore<T> {
  readonly store: StoreApi<T>
  /** For listeners that draw. */
  readonly view: Pick<StoreApi<T>, 'getState' | 'getInitialState' | 'subscribe'>
  /** A change whose drawing can wait for the next frame. */
  setQuietly(patch: Partial<T>): void
}

export function watchStore<T>(store: StoreApi<T>, nextFrame: (draw: () => void) => void): WatchedStore<T> {
  let quiet = false
  let scheduled = false
  const waiting = new Set<() => void>()

  function drawSoon(listener: () => void): void {
    waiting.add(listener)
    if (scheduled) return
    scheduled = true
    nextFrame(() => {
      scheduled = false
      const listeners = [...waiting]
      waiting.clear()
      for (const each of listeners) each()
    })
  }

  return {
    store,
    view: {
      getState: store.getState,
      getInitialState: store.getInitialState,
      subscribe(listener) {
        const draw = (): void => listener(store.getState(), store.getState())
        const end = store.subscribe(() => {
          if (quiet) return drawSoon(draw)
          waiting.delete(draw)
          return draw()
        })
        return () => {
          waiting.delete(draw)
          end()
        }
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
  }
}
