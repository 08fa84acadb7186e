import { isBindable } from './names.ts'

/** How what the world wants of the entry is written in TypeScript. */

/** `export const cart = { … }`, or the long way round where the name cannot be declared. */
export const inInterface = (name: string, member: string): string =>
  isBindable(name)
    ? `export const ${name} = { ${member} }`
    : `const implementation = { ${member} }; export { implementation as ${/^[\w$]+$/.test(name) ? name : `'${name}'`} }`

/**
 * The hints for what is missing in one object, as one hint: an object cannot be declared twice, nor a class in it.
 * `isThere`: the object is exported, and lacks them. `most`: so many members are written out.
 */
export function joinedHint(name: string, hints: readonly string[], isThere: boolean, most: number): string {
  const [before = '', after = ''] = inInterface(name, '\0').split('\0')
  const classes = new Map<string, string[]>()
  const functions: string[] = []
  for (const hint of hints) {
    const member = hint.slice(before.length, hint.length - after.length)
    const [, owner, body = ''] = /^([\w$]+): class \{ (.*) \}$/s.exec(member) ?? []
    if (owner === undefined) {
      functions.push(member)
      continue
    }
    const bodies = classes.get(owner) ?? []
    classes.set(owner, bodies)
    // One without members is there for the class itself.
    if (body !== '…') bodies.push(body)
  }
  const members = [
    ...[...classes].map(([owner, bodies]) => `${owner}: class { ${cut(bodies, most).join(' ') || '…'} }`),
    ...functions,
  ]
  const list = cut(members, most).join(', ')
  return isThere ? `${list} to ${name}` : `${before}${list}${after}`
}

const cut = (texts: readonly string[], most: number): readonly string[] =>
  texts.length > most ? [...texts.slice(0, most), '…'] : texts
