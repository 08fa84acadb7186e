import { useEffect, useState } from 'react'
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

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const onChange = (): void => setMatches(list.matches)
    onChange()
    list.addEventListener('change', onChange)
    return () => list.removeEventListener('change', onChange)
  }, [query])
  return matches
}
