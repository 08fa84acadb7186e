/** What people choose in the settings, for every project that they open in this browser. */
export interface Settings {
  readonly theme: Theme
  /** Of the editors, pixels. */
  readonly fontSize: number
  /** Lines that are longer than their editor. */
  readonly wrap: Wrap
  readonly runOn: RunOn
  /** What a run may use where its project does not say. */
  readonly memoryMiB: number
  readonly milliseconds: number
}

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Whether they go on in another row: `auto` in small windows alone. */
export const wraps = ['auto', 'always', 'never'] as const
export type Wrap = (typeof wraps)[number]

/** When a run starts by itself: never, with Save, or in a pause after an edit. */
export const runMoments = ['demand', 'save', 'edit'] as const
export type RunOn = (typeof runMoments)[number]

export const defaultSettings: Settings = {
  theme: 'system',
  fontSize: 12,
  wrap: 'auto',
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

export const parseTheme = (value: unknown): Theme => themes.find((each) => each === value) ?? defaultSettings.theme

export const parseNumber = (name: NumberSetting, value: unknown): number =>
  fitsSetting(name, value) ? value : defaultSettings[name]

/** What storage holds may have been written by another version, or by anybody: every field falls back on its own. */
export function parseSettings(fields: ReadonlyMap<string, unknown>): Settings {
  const number = (name: NumberSetting): number => parseNumber(name, fields.get(name))
  const runOn = fields.get('runOn')
  return {
    theme: parseTheme(fields.get('theme')),
    fontSize: number('fontSize'),
    wrap: wraps.find((each) => each === fields.get('wrap')) ?? defaultSettings.wrap,
    runOn: runMoments.find((each) => each === runOn) ?? defaultSettings.runOn,
    memoryMiB: number('memoryMiB'),
    milliseconds: number('milliseconds'),
  }
}
