/** What people choose in the settings, for every project that they open in this browser. */
export interface Settings {
  readonly theme: Theme
  /** Of the editors, pixels. */
  readonly fontSize: number
  readonly runOn: RunOn
  /** What a run may use where its project does not say. */
  readonly memoryMiB: number
  readonly milliseconds: number
}

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** When a run starts by itself: never, with Save, or in a pause after an edit. */
export const runMoments = ['demand', 'save', 'edit'] as const
export type RunOn = (typeof runMoments)[number]

export const defaultSettings: Settings = {
  theme: 'system',
  fontSize: 12,
  runOn: 'demand',
  memoryMiB: 64,
  milliseconds: 5000,
}

export const settingBounds = {
  fontSize: { least: 11, most: 24 },
  memoryMiB: { least: 8, most: 4096 },
  milliseconds: { least: 10, most: 600_000 },
} as const satisfies Partial<Record<keyof Settings, { readonly least: number; readonly most: number }>>

export type NumberSetting = keyof typeof settingBounds

export function fitsSetting(name: NumberSetting, value: unknown): value is number {
  const { least, most } = settingBounds[name]
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

/** What storage holds may have been written by another version, or by anybody: every field falls back on its own. */
export function parseSettings(stored: unknown): Settings {
  const fields = new Map(typeof stored === 'object' && stored !== null ? Object.entries(stored) : [])
  const number = (name: NumberSetting): number => {
    const value: unknown = fields.get(name)
    return fitsSetting(name, value) ? value : defaultSettings[name]
  }
  const theme: unknown = fields.get('theme')
  const runOn: unknown = fields.get('runOn')
  return {
    theme: themes.find((each) => each === theme) ?? defaultSettings.theme,
    fontSize: number('fontSize'),
    runOn: runMoments.find((each) => each === runOn) ?? defaultSettings.runOn,
    memoryMiB: number('memoryMiB'),
    milliseconds: number('milliseconds'),
  }
}
