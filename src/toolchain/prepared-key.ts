import { sha256 } from './hash.ts'
import { witFiles } from './wit/source.ts'

export interface KeyInput {
  readonly wit: Readonly<Record<string, string>>
  readonly world?: string | undefined
  readonly engine: string
  readonly engineHash: string
  readonly toolsVersion: string
  /** Version of the project: it stands in the component. */
  readonly version: string
}

/**
 * What a prepared world is found under: the same in Node at build time and in the page. Files that are not WIT and line
 * ends do not count.
 */
export function preparedKey({ wit, world, engine, engineHash, toolsVersion, version }: KeyInput): Promise<string> {
  const files = Object.entries(witFiles(wit)).map(([path, text]) => [path, text.replaceAll('\r\n', '\n')])
  return sha256(JSON.stringify(['prepared', toolsVersion, version, engine, engineHash, world ?? '', files]))
}
