import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { useSelect } from '../workbench-context.tsx'

const dark = '(prefers-color-scheme: dark)'

/** Puts the chosen theme on the root element and says which of the two is shown. */
export function useTheme(): 'light' | 'dark' {
  const theme = useSelect((state) => state.preferences.theme)
  const systemIsDark = useMedia(dark)
  const shown = theme === 'system' ? (systemIsDark ? 'dark' : 'light') : theme
  useEffect(() => {
    document.documentElement.dataset['theme'] = shown
  }, [shown])
  return shown
}

let assumedWidth = 1440

/** What is drawn before there is a window is drawn for one of that width, in pixels. */
export function assumeWidth(width: number): void {
  assumedWidth = width
}

function holdsAt(width: number, query: string): boolean {
  const [, bound, pixels] = /\((min|max)-width: (\d+)px\)/.exec(query) ?? []
  if (pixels === undefined) return false
  return bound === 'min' ? width >= Number(pixels) : width <= Number(pixels)
}

/** Whether the window is as the query asks. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', onChange)
      return () => list.removeEventListener('change', onChange)
    },
    [query],
  )
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => holdsAt(assumedWidth, query),
  )
}
