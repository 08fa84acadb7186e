import type { GuestCode } from './guest-code.ts'

/** What the page asks TypeScript's worker about the code of the project. */
export type CodeMethod =
  | 'definitions'
  | 'references'
  | 'uses'
  | 'implementations'
  | 'exportedAt'
  | 'literalAt'
  | 'renames'
  | 'renamable'
  | 'ownRenames'
  | 'libraryText'

export type CodeParameters<M extends CodeMethod> = Parameters<GuestCode[M]>
export type CodeAnswer<M extends CodeMethod> = ReturnType<GuestCode[M]>

export type CodeCall<M extends CodeMethod = CodeMethod> = {
  [Each in M]: { readonly method: Each; readonly parameters: CodeParameters<Each> }
}[M]

type Answering<M extends CodeMethod> = {
  readonly [Each in M]: (...parameters: CodeParameters<Each>) => CodeAnswer<Each>
}

export const perform = <M extends CodeMethod>(code: Answering<M>, { method, parameters }: CodeCall<M>): CodeAnswer<M> =>
  code[method](...parameters)
