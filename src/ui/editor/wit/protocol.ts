import { formatWit } from '../../../wit/format.ts'
import { parseWit } from '../../../wit/parse.ts'

/** What the worker of the WIT editor does. Every method is pure: what it needs comes with the call. */
export const methods = {
  /** The formatted text; `null` where the text has syntax errors. */
  format: (text: string): string | null => formatWit(parseWit(text)) ?? null,
}

export type Methods = typeof methods
export type Method = keyof Methods

export interface Request {
  readonly id: number
  readonly method: Method
  readonly parameters: Parameters<Methods[Method]>
}

/** The answer to the request of that number; `error`: the method threw, which is a mistake of ours. */
export type Reply =
  | { readonly id: number; readonly value: ReturnType<Methods[Method]> }
  | { readonly id: number; readonly error: string }
