import { control, type QuickJsBinding, type QuickJsFacts } from './control.ts'
import { Machine } from './machine.ts'

/**
 * Where the function is written that answers for an export, as a line of a stack: `    at greet (main.ts:1:17)`.
 * Undefined where the engine does not know: a bound function, or a proxy. `instance` has the initialised state and is
 * used up.
 */
export function declarationFrame(
  instance: WebAssembly.Instance,
  facts: QuickJsFacts,
  binding: QuickJsBinding,
  label: string,
  modules: Readonly<Record<string, string>>,
): string | undefined {
  const at = binding.exports.findIndex((each) => each.label === label && each.receiver === undefined)
  const name = binding.exports[at]?.path.at(-1)
  if (name === undefined) return undefined
  const machine = new Machine(instance, facts.context)
  const table = machine.view.getUint32(facts.control + control.exports, true)
  const declarationOf = machine.get(machine.readValue(facts.runtime), 'declarationOf')
  const text = machine.textOf(machine.apply(declarationOf, [machine.readValue(table + 8 * at)])) ?? ''
  const [, file = '', line = '', column = ''] = /^(.+):(\d+):(\d+)$/.exec(text) ?? []
  if (!Object.hasOwn(modules, file)) return undefined
  const row = modules[file]?.split('\n')[Number(line) - 1] ?? ''
  return `    at ${name} (${file}:${line}:${nameColumn(row, name, Number(column))})`
}

/** The engine says where the function begins; the name is before it or behind. Both columns count bytes from 1. */
function nameColumn(row: string, name: string, column: number): number {
  const encoder = new TextEncoder()
  let nearest: number | undefined
  for (let from = row.indexOf(name); from >= 0; from = row.indexOf(name, from + 1)) {
    const isWord = !/[\w$]/.test(`${row[from - 1] ?? ''}`) && !/[\w$]/.test(`${row[from + name.length] ?? ''}`)
    const at = encoder.encode(row.slice(0, from)).length + 1
    if (isWord && (nearest === undefined || Math.abs(at - column) < Math.abs(nearest - column))) nearest = at
  }
  return nearest ?? column
}
