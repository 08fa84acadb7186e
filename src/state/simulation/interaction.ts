import type { World } from '../../component/types.ts'
import type { RunInteraction } from '../../runner/runner.ts'
import { isCommand } from '../selectors.ts'
import type { State } from '../state.ts'

type Settings = Pick<State, 'project' | 'stdin'>

export const importsStdin = ({ imports }: World): boolean =>
  imports.some(({ kind, name }) => kind === 'interface' && /^wasi:cli\/stdin(@|$)/.test(name))

/** A program is typed to, unless the project has a text for it. What others read is that text, or nothing. */
export const stdinOf = ({ project, stdin }: Settings, isProgram: boolean): 'typed' | 'text' =>
  stdin ?? (isProgram && project.wasi?.stdin === undefined ? 'typed' : 'text')

/** How far a run waits for the outside; undefined for one that never does, which is faster and the same every time. */
export function interactionOf(state: Settings, world: World, canSuspend: boolean): RunInteraction | undefined {
  const openStdin = importsStdin(world) && stdinOf(state, isCommand(world)) === 'typed'
  const { mode = 'auto' } = state.project.wasi?.clock ?? {}
  return canSuspend && (openStdin || mode !== 'auto') ? { openStdin } : undefined
}
