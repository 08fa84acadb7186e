import { camelCase } from '../../../../component/host-conventions.ts'
import type { ResourceType, World } from '../../../../component/types.ts'
import { exportNames } from './export-table.ts'
import { interfaceLabel, pascalCase } from './names.ts'
import type { Plan, PlannedFunction } from './plan.ts'
import { documentTypes } from './type-docs.ts'
import { bindable, parameterList, signature } from './signature.ts'
import { modulePrinter, type TypePrinter } from './type-printer.ts'
import { withoutVersion } from '../../../wit/package-id.ts'

/**
 * Completes what jco declares for a guest with what it leaves out: functions that the world itself imports, the members of
 * the world's own resources, a second exported interface with the label of the first, and interfaces by their names
 * without version, by which a guest may import them too.
 */
export function completeTypes(
  files: Readonly<Record<string, string>>,
  world: World,
  plan: Plan,
): Record<string, string> {
  const printer = modulePrinter(world, world.imports)
  const completed: Record<string, string> = {}
  for (const [file, text] of Object.entries(files)) completed[file] = exportBothInterfaces(text, plan)
  const modules: string[] = []
  for (const planned of plan.imports) {
    if (planned.interface === undefined && planned.role.kind === 'function') {
      modules.push(functionModule(planned, planned.role.name, printer))
    }
  }
  for (const { type } of plan.resources) {
    if (type.side !== 'import' || type.interface !== undefined || world.name === undefined) continue
    const declared = classText(type, plan, printer)
    const name = pascalCase(type.name)
    const before = new RegExp(`  export class ${name} implements Disposable \\{[\\s\\S]*?\\n  \\}\\n`)
    for (const [file, text] of Object.entries(completed)) completed[file] = text.replace(before, () => declared)
    const source = JSON.stringify(world.name)
    modules.push(`declare module '${type.name}' {\n  export { ${name}, ${name} as default } from ${source};\n}\n`)
  }
  modules.push(...unversionedModules(Object.values(completed), world))
  if (modules.length > 0) completed['world-imports.d.ts'] = modules.join('\n')
  for (const [file, text] of Object.entries(completed)) completed[file] = documentTypes(text, world, plan)
  return completed
}

/** Where the world has two versions of an interface, its name alone means neither. */
function unversionedModules(declared: readonly string[], world: World): string[] {
  const modules: string[] = []
  const names = world.imports.map(({ name }) => name)
  for (const name of names) {
    const bare = withoutVersion(name)
    if (bare === name || names.some((other) => other !== name && withoutVersion(other) === bare)) continue
    if (!declared.some((text) => text.includes(`declare module '${name}' {`))) continue
    modules.push(`declare module '${bare}' {\n  export * from '${name}';\n}\n`)
  }
  return modules
}

/** `export * as api` can be there only once; the second interface of that label goes by its full name. */
function exportBothInterfaces(text: string, plan: Plan): string {
  let changed = text
  for (const [owner, name] of exportNames(plan)) {
    if (name !== owner || !owner.includes(':')) continue
    const label = camelCase(interfaceLabel(owner))
    changed = changed.replace(`export * as ${label} from '${owner}'`, () => `export * as '${owner}' from '${owner}'`)
  }
  return changed
}

function functionModule(planned: PlannedFunction, wit: string, printer: TypePrinter): string {
  const name = camelCase(wit)
  const local = bindable(name)
  return `declare module '${wit}' {
  function ${local}${signature(planned, printer)};
  export { ${local}${local === name ? '' : ` as ${name}`}, ${local} as default };
}
`
}

function classText(resource: ResourceType, plan: Plan, printer: TypePrinter): string {
  const members: string[] = []
  let hasConstructor = false
  for (const planned of plan.imports) {
    const { role } = planned
    if (planned.interface !== undefined || role.kind === 'function' || role.resource !== resource.name) continue
    if (role.kind === 'constructor') {
      hasConstructor = true
      members.push(`constructor${parameterList(planned, printer, 0)}`)
    } else {
      const name = `'${camelCase(role.name)}'`
      members.push(
        role.kind === 'static'
          ? `static ${name}${signature(planned, printer)}`
          : `${name}${signature(planned, printer, 1)}`,
      )
    }
  }
  if (!hasConstructor) members.unshift('private constructor()')
  members.push('[Symbol.dispose](): void')
  const lines = members.map((member) => `    ${member};\n`).join('')
  return `  export class ${pascalCase(resource.name)} implements Disposable {\n${lines}  }\n`
}
