/** What is remembered in the browser between visits. Never part of a project, never of its content. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark'
  readonly metricsOpen: boolean
}

export const defaultPreferences: Preferences = { theme: 'system', metricsOpen: true }

const themes: readonly string[] = ['system', 'light', 'dark'] satisfies Preferences['theme'][]

/** What storage holds may have been written by another version, or by anybody: every field falls back on its own. */
export function parsePreferences(text: string | null): Preferences {
  const stored = parseJson(text)
  if (typeof stored !== 'object' || stored === null) return defaultPreferences
  const theme = 'theme' in stored ? stored.theme : undefined
  const metricsOpen = 'metricsOpen' in stored ? stored.metricsOpen : undefined
  return {
    theme: isTheme(theme) ? theme : defaultPreferences.theme,
    metricsOpen: typeof metricsOpen === 'boolean' ? metricsOpen : defaultPreferences.metricsOpen,
  }
}

const isTheme = (value: unknown): value is Preferences['theme'] => typeof value === 'string' && themes.includes(value)

function parseJson(text: string | null): unknown {
  if (text === null) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
