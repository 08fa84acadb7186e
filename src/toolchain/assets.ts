/** What `npm run generate` makes for the page, by address. */
export interface ToolchainAssets {
  readonly engines: readonly EngineAsset[]
  /** Prepared worlds that ship with the page: key to address. */
  readonly prepared: Readonly<Record<string, string>>
  /** Changes whenever a prepared world of the same WIT could come out differently. */
  readonly toolsVersion: string
  /** Version of the project, for the metadata of components. */
  readonly version: string
  /** Bytes of the core modules of each part of the tools. */
  readonly toolSizes: Readonly<Record<string, number>>
}

export interface EngineAsset {
  readonly id: string
  readonly variant: string
  /** SHA-256 of the file at `url`. */
  readonly hash: string
  readonly facts: unknown
  readonly url: string
  /** Bytes before compression. */
  readonly size: number
  /** The engine without its code. */
  readonly hollowUrl: string
}

/** `generated/engines.json`: the addresses are file names there. */
export interface EngineEntry {
  readonly id: string
  readonly variant: string
  readonly hash: string
  readonly facts: unknown
  readonly file: string
  readonly size: number
  readonly brotliSize: number
  readonly hollowFile: string
}

/** `generated/tools.json`. */
export interface ToolsEntry {
  readonly toolsVersion: string
  readonly version: string
  readonly toolSizes: Readonly<Record<string, number>>
}

export function parseEngines(value: unknown): readonly EngineEntry[] {
  if (!Array.isArray(value) || !value.every(isEngineEntry))
    throw new TypeError('engines.json is not what generate writes')
  return value
}

export function parseTools(value: unknown): ToolsEntry {
  if (!isToolsEntry(value)) throw new TypeError('tools.json is not what generate writes')
  return value
}

/** `generated/prepared/index.json`: key to file name. */
export function parsePreparedIndex(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value) || !Object.values(value).every(isText)) {
    throw new TypeError('prepared/index.json is not what generate writes')
  }
  return Object.fromEntries(Object.entries(value).map(([key, file]) => [key, String(file)]))
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isSize = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0

const isEngineEntry = (value: unknown): value is EngineEntry =>
  isObject(value) &&
  [value['id'], value['variant'], value['hash'], value['file'], value['hollowFile']].every(isText) &&
  isSize(value['size']) &&
  isSize(value['brotliSize']) &&
  isObject(value['facts'])

const isToolsEntry = (value: unknown): value is ToolsEntry =>
  isObject(value) &&
  isText(value['toolsVersion']) &&
  isText(value['version']) &&
  isObject(value['toolSizes']) &&
  Object.values(value['toolSizes']).every(isSize)
