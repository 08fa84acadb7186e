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
  const fields = storedFields(text)
  return { ...parseSettings(fields), layout: parseLayout(fields.get('layout')) }
}

/** The fields of what storage holds, none where that is nothing of ours. */
export function storedFields(text: string | null): ReadonlyMap<string, unknown> {
  try {
    return new Map(Object.entries(JSON.parse(text ?? '')))
  } catch {
    return new Map()
  }
}
