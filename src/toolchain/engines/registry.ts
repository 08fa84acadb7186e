import { fail, succeed, type Outcome } from '../../contract/fault.ts'
import type { Engine } from '../engine.ts'
import { quickJsEngine } from './quickjs/prepare.ts'

/** Every engine, by its half that never sees guest code. The other halves meet the runner in `src/guest-worker.ts`. */
const engines: readonly Engine[] = [quickJsEngine]

/** The engine of that id; a fault of stage `project` names those that there are. */
export function findEngine(id: string): Outcome<Engine> {
  const found = engines.find((engine) => engine.id === id)
  if (found !== undefined) return succeed(found)
  return fail({
    stage: 'project',
    message: `There is no engine ${id}.`,
    next: `Choose one of these: ${engines.map((engine) => engine.id).join(', ')}.`,
  })
}
