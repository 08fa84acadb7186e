/**
 * A call as people read it: without package and version, which are the same in every row, and with the names of the
 * functions of a resource as in code: `new account("Ada")`, `account.deposit(%1, 250)`.
 */
export function shortCall(call: string): string {
  const path = /^[^\s("'{]*/.exec(call.trimStart())?.[0] ?? ''
  return functionName(path) + call.trimStart().slice(path.length)
}

/** The same for the name alone, with or without its interface. */
export const functionName = (path: string): string =>
  path
    .slice(path.lastIndexOf('#') + 1)
    .replace(/^\[constructor\]/, 'new ')
    .replace(/^\[(?:method|static)\]/, '')
