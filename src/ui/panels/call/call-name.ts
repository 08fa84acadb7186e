/**
 * A call as people read it: without package and version, which are the same in every row, and with the names of the
 * functions of a resource as in code: `new account("Ada")`, `account.deposit(%1, 250)`.
 */
export function shortCall(call: string): string {
  const path = pathIn(call)
  return functionName(path) + call.trimStart().slice(path.length)
}

const pathIn = (call: string): string => /^[^\s("'{]*/.exec(call.trimStart())?.[0] ?? ''

/** The same for the name alone, with or without its interface. */
export const functionName = (path: string): string =>
  path
    .slice(path.lastIndexOf('#') + 1)
    .replace(/^\[constructor\]/, 'new ')
    .replace(/^\[(?:method|static)\]/, '')

/** A message about a call, which names its function in full. A name that is quoted is what was written. */
export function inShort(message: string, call: string): string {
  const path = pathIn(call)
  if (!path.includes('#')) return message
  return message.replaceAll(path, (name, at: number) => (message[at - 1] === '“' ? name : functionName(name)))
}
