import { worldInput, worldKey, worldName } from './selectors.ts'
import type { State } from './state.ts'
import { release, unversioned } from '../wasi/served.ts'

/** What is known of the chosen world. */
export type KnownWorld = Pick<State, 'project' | 'worlds' | 'outlines' | 'prepared'>

/**
 * What the chosen world imports, without versions, with what that needs as far as it is known by now; undefined where no
 * WIT of the project says so.
 */
export function importedBy(state: KnownWorld): ReadonlySet<string> | undefined {
  const name = worldName(state)
  const outline = state.outlines.find((each) => each.name === name)
  if (outline === undefined) return undefined
  const { prepared } = state
  const implied = prepared?.key === worldKey(worldInput(state, 'base')) ? prepared.world.imports : []
  return new Set([...outline.imports.map((each) => each.name), ...implied.map((each) => unversioned(each.name))])
}

/** The interface with the version that the world has others of its package in, else with that which is built in. */
export function importName(state: KnownWorld, name: string): string {
  const world = worldName(state)
  const imports = state.outlines.find((each) => each.name === world)?.imports ?? []
  const [own] = name.split('/')
  const versions = (accepts: (name: string) => boolean): string[] =>
    imports.flatMap(({ name: other, version }) => (version !== undefined && accepts(other) ? [version] : []))
  const [same] = versions((other) => unversioned(other).split('/')[0] === own)
  const [wasi] = versions((other) => other.startsWith('wasi:'))
  const version = same ?? (wasi?.startsWith('0.2.') ? wasi : release)
  return `${name}@${version}`
}
