import type { QuickJsBinding } from '../control.ts'
import type { ExportSlots } from './exports.ts'
import { camelCase } from '../../../../component/host-conventions.ts'
import { inInterface } from './hints.ts'
import { interfaceLabel, isBindable, pascalCase } from './names.ts'
import type { Plan, PlannedFunction, PlannedResource } from './plan.ts'
import { signature } from './signature.ts'
import { TypePrinter } from './type-printer.ts'

export interface ExportTable {
  readonly entries: QuickJsBinding['exports']
  readonly functions: readonly { readonly planned: PlannedFunction; readonly slots: ExportSlots }[]
}

/** Which values of the guest's entry module the glue calls, and where it finds them. */
export function exportTable(plan: Plan): ExportTable {
  const entries: QuickJsBinding['exports'][number][] = []
  const names = exportNames(plan)
  const classes = new Map<string, number>()
  const classAt = (owner: string, resource: string): number => {
    const key = `${owner} ${resource}`
    const known = classes.get(key)
    if (known !== undefined) return known
    const name = pascalCase(resource)
    classes.set(key, entries.length)
    return (
      entries.push({
        path: [names.get(owner) ?? '', name],
        label: `${owner}#${resource}`,
        hint: inInterface(names.get(owner) ?? '', `${name}: class { … }`),
      }) - 1
    )
  }
  const objects = new Map<string, number>()
  const objectAt = (owner: string): number => {
    const name = names.get(owner) ?? ''
    const at = objects.get(owner) ?? entries.push({ path: [name], label: owner, hint: '', receiver: true }) - 1
    objects.set(owner, at)
    return at
  }
  for (const { type } of plan.resources) if (type.side === 'export') classAt(type.interface ?? '', type.name)
  const functions = plan.exports.map((planned) => {
    const { role, interface: owner } = planned
    if (role.kind === 'function') {
      const callee = entries.push(functionEntry(planned, names.get(owner ?? ''))) - 1
      return { planned, slots: owner === undefined ? { callee } : { callee, receiver: objectAt(owner) } }
    }
    const receiver = classAt(owner ?? '', role.resource)
    if (role.kind === 'constructor') return { planned, slots: { callee: receiver } }
    const callee = entries.push(memberEntry(planned, role, names.get(owner ?? '') ?? '')) - 1
    return { planned, slots: { callee, ...(role.kind === 'static' ? { receiver } : {}) } }
  })
  return { entries, functions }
}

/** Interfaces are exported under their label; where two have the same, the second under its full name. */
export function exportNames({ exports, resources }: Plan): ReadonlyMap<string, string> {
  const owners = [
    ...exports.map((planned) => planned.interface),
    ...resources.map(({ type }: PlannedResource) => (type.side === 'export' ? type.interface : undefined)),
  ]
  const names = new Map<string, string>()
  const taken = new Set(
    exports.flatMap((planned) => (planned.interface === undefined ? [camelCase(planned.name)] : [])),
  )
  for (const owner of owners) {
    if (owner === undefined || names.has(owner)) continue
    const label = camelCase(interfaceLabel(owner))
    names.set(owner, taken.has(label) ? owner : label)
    taken.add(label)
  }
  return names
}

/** In a hint, types that have a name in WIT go by that name alone. */
const printer = new TypePrinter(
  (type) => ('name' in type && type.name !== undefined ? pascalCase(type.name) : undefined),
  ({ name }) => pascalCase(name),
)

const body = (planned: PlannedFunction, from = 0): string => `${signature(planned, printer, from)} { … }`

function functionEntry(planned: PlannedFunction, owner: string | undefined): QuickJsBinding['exports'][number] {
  const name = camelCase(planned.name)
  const list = body(planned)
  if (planned.interface !== undefined && owner !== undefined) {
    const hint = inInterface(owner, `${name}${list}`)
    return { path: [owner, name], label: `${planned.interface}#${planned.name}`, hint }
  }
  const hint = isBindable(name)
    ? `export function ${name}${list}`
    : `function ${name}_${list} export { ${name}_ as ${name} }`
  return { path: [name], label: planned.name, hint }
}

function memberEntry(
  planned: PlannedFunction,
  role: PlannedFunction['role'] & { kind: 'method' | 'static' },
  owner: string,
): QuickJsBinding['exports'][number] {
  const [className, name] = [pascalCase(role.resource), camelCase(role.name)]
  const isStatic = role.kind === 'static'
  const member = isStatic ? `static ${name}${body(planned)}` : `${name}${body(planned, 1)}`
  return {
    path: isStatic ? [owner, className, name] : [owner, className, 'prototype', name],
    label: `${planned.interface ?? ''}#${planned.name}`,
    hint: inInterface(owner, `${className}: class { ${member} }`),
  }
}
