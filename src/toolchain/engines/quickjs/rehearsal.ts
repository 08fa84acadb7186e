import type { GuestSource } from '../../engine.ts'
import type { QuickJsBinding } from './control.ts'

const entry = 'rehearsal.js'

/**
 * A guest that has whatever the world asks for: functions that do nothing, and classes of such functions. Initialising
 * it has the browser compile the engine's code, which it does function by function when each is first called.
 */
export function rehearsal({ exports }: QuickJsBinding): GuestSource {
  const roots = new Map<string, QuickJsBinding['exports'][number][]>()
  for (const each of exports) {
    const [root = ''] = each.path
    roots.set(root, [...(roots.get(root) ?? []), each])
  }
  const lines = [...roots].flatMap(([root, entries], index) => {
    const isFunction = entries.every(({ path, receiver }) => path.length === 1 && !receiver)
    return [
      `const v${index} = ${isFunction ? '() => {}' : '{}'}`,
      ...entries.flatMap(({ path, receiver }) => (receiver ? [] : member(`v${index}`, path.slice(1)))),
      `export { v${index} as ${JSON.stringify(root)} }`,
    ]
  })
  return { entry, modules: { [entry]: lines.join('\n') } }
}

/** The statement that makes the member of an interface or of one of its classes: `[f]`, `[C]`, `[C, f]`, `[C, 'prototype', f]`. */
function member(root: string, path: readonly string[]): string[] {
  const [name, ...rest] = path.map((step) => `[${JSON.stringify(step)}]`)
  if (name === undefined) return []
  return [rest.length === 0 ? `${root}${name} ??= class {}` : `${root}${name}${rest.join('')} = () => {}`]
}
