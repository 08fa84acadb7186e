import { defaultLayout, parseLayout, type Layout } from './layout.ts'
import { defaultSettings, parseSettings, type Settings } from './settings.ts'

/** What is remembered in the browser between visits. Never part of a project, never of its content. */
export interface Preferences extends Settings {
  readonly layout: Layout
}

/** Where the browser's storage has them. */
export const preferencesKey = 'witcraft.preferences'

export const defaultPreferences: Preferences = { ...defaultSettings, layout: defaultLayout }

/** What storage holds may have been written by another version, or by anybody: every field falls back on its own. */
export function parsePreferences(text: string | null): Preferences {
  const stored = parseJson(text)
  if (typeof stored !== 'object' || stored === null) return defaultPreferences
  return {
    ...parseSettings(stored),
    layout: parseLayout('layout' in stored ? stored.layout : undefined),
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
