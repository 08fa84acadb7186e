import { defaultSettings, parseSettings, type Settings } from './settings.ts'

/** What is remembered in the browser between visits. Never part of a project, never of its content. */
export interface Preferences extends Settings {
  readonly metricsOpen: boolean
}

export const defaultPreferences: Preferences = { ...defaultSettings, metricsOpen: true }

/** What storage holds may have been written by another version, or by anybody: every field falls back on its own. */
export function parsePreferences(text: string | null): Preferences {
  const stored = parseJson(text)
  if (typeof stored !== 'object' || stored === null) return defaultPreferences
  const metricsOpen = 'metricsOpen' in stored ? stored.metricsOpen : undefined
  return {
    ...parseSettings(stored),
    metricsOpen: typeof metricsOpen === 'boolean' ? metricsOpen : defaultPreferences.metricsOpen,
  }
}

function parseJson(text: string | null): unknown {
  if (text === null) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
