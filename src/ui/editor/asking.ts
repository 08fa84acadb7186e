import type { Workbench } from '../../state/store.ts'
import { step, unlessCancelled, type Token } from './cancelled.ts'
import { askCode, type AskCode } from './crossing/code-client.ts'
import { createCrossing, type Crossing } from './crossing/crossing.ts'
import type { AskWit, WitClient } from './wit/client.ts'

/** Whom the editor asks about WIT, about code, and about the way between them. */
export interface Asked {
  readonly client: AskWit
  readonly askCode: AskCode
  readonly crossing: Crossing
}

export interface Asking extends Asked {
  /** Answers a question of the editor's: what that asks in turn ends when nobody waits for the answer any more. */
  answer<T>(token: Token, give: (asked: Asked) => Promise<T>): Promise<T | undefined>
}

export function createAsking(workbench: Workbench, wit: WitClient): Asking {
  const until = (token: Token | undefined): Asked => {
    const client = wit.until(token)
    const code: AskCode = (uri, method, ...given) => step(token, () => askCode(uri, method, ...given))
    return { client, askCode: code, crossing: createCrossing(workbench, client, code) }
  }
  return { ...until(undefined), answer: (token, give) => unlessCancelled(give(until(token))) }
}
