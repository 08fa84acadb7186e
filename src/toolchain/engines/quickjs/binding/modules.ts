import type { ValueType, World } from '../../../../component/types.ts'
import { camelCase } from '../../../../component/host-conventions.ts'
import { casesOf, membersOf } from './layout.ts'
import { pascalCase } from './names.ts'
import type { Plan, PlannedFunction, PlannedResource } from './plan.ts'

/**
 * The JavaScript of the modules that a guest imports: one for each imported interface, one for each function and
 * resource that the world itself imports, under the names that the generated types use. While they are evaluated,
 * `__witcraft.imports` holds the host functions in the order of the plan: imports, then the resources' intrinsics.
 */
export function importModules(world: World, plan: Plan): Record<string, string> {
  // A map: interfaces may be called `constructor`.
  const modules = new Map<string, string[]>()
  const reexports: string[] = []
  const add = (specifier: string, ...lines: readonly string[]) => {
    const module = modules.get(specifier)
    if (module === undefined) modules.set(specifier, [...lines])
    else module.push(...lines)
  }
  // Types may be imported from interfaces that have nothing else.
  for (const item of world.imports) if (item.kind === 'interface') add(item.name)
  plan.imports.forEach((planned, index) => {
    if (planned.role.kind !== 'function') return
    const name = camelCase(planned.role.name)
    const lines = [`const f${index} = ${hostFunction(index, name)}`]
    if (planned.interface !== undefined) add(planned.interface, ...lines, `export { f${index} as ${name} }`)
    else add(planned.name, ...lines, `export { f${index} as default, f${index} as ${name} }`)
  })
  for (const resource of plan.resources) {
    const { side, interface: owner, name } = resource.type
    if (side !== 'import') continue
    const className = pascalCase(name)
    const lines = importedClass(plan, resource)
    if (owner !== undefined) {
      add(owner, ...lines, `export { ${className} }`)
      continue
    }
    // jco declares a world's own resource in the module of the world, and hosts give it as a module of its own.
    add(name, ...lines, `export { ${className}, ${className} as default }`)
    reexports.push(`export { ${className} } from ${JSON.stringify(name)}`)
  }
  // The module of the world comes last, as it imports from the others.
  if (world.name !== undefined) add(world.name, ...reexports)
  return Object.fromEntries([...modules].map(([specifier, lines]) => [specifier, `${lines.join('\n')}\n`]))
}

const hostFunction = (index: number, name: string): string =>
  `Object.defineProperty(__witcraft.imports[${index}], 'name', { value: ${JSON.stringify(name)}, configurable: true })`

/** Where the intrinsics of each resource start: one for an imported resource, three for an exported one. */
function intrinsicsOf(plan: Plan, resource: PlannedResource): number {
  const before = plan.resources.slice(0, resource.index)
  return plan.imports.length + before.reduce((sum, { type }) => sum + (type.side === 'import' ? 1 : 3), 0)
}

/**
 * Methods of WASI give children of their resource, and many of those have to be dropped before it. A resource of anybody
 * else may be a link of a chain, which must not be kept as long as its last one lives.
 */
const hasChildren = ({ interface: owner = '', role, result }: PlannedFunction): boolean =>
  role.kind === 'method' && owner.startsWith('wasi:') && givesHandles(result)

const givesHandles = (type: ValueType | undefined): boolean =>
  type !== undefined &&
  (type.kind === 'own' ||
    (type.kind === 'list' && givesHandles(type.element)) ||
    (membersOf(type) ?? casesOf(type)?.map((each) => each.type) ?? []).some(givesHandles))

/** A class whose objects stand for handles of an imported resource. */
function importedClass(plan: Plan, resource: PlannedResource): string[] {
  const className = pascalCase(resource.type.name)
  const functions: { planned: PlannedFunction; index: number }[] = []
  plan.imports.forEach((planned, index) => {
    const { role } = planned
    if (role.kind === 'function' || role.resource !== resource.type.name) return
    if (planned.interface === resource.type.interface) functions.push({ planned, index })
  })
  const members = functions.map(({ planned, index }) => {
    const { role } = planned
    if (role.kind === 'constructor') {
      const made = `Object.setPrototypeOf(f${index}(...values), new.target.prototype)`
      return `  constructor(...values) { return ${made} }`
    }
    if (role.kind === 'function') return ''
    const name = JSON.stringify(camelCase(role.name))
    if (role.kind !== 'method') return `  static ${name}(...values) { return f${index}(...values) }`
    const call = hasChildren(planned) ? `c${resource.index}(this, f${index}, values)` : `f${index}(this, ...values)`
    return `  ${name}(...values) { return ${call} }`
  })
  if (!functions.some(({ planned }) => planned.role.kind === 'constructor')) {
    members.unshift(`  constructor() { throw new TypeError('${className} has no constructor in WIT') }`)
  }
  const drop = intrinsicsOf(plan, resource)
  return [
    ...functions.map(({ index }) => `const f${index} = __witcraft.imports[${index}]`),
    ...(functions.some(({ planned }) => hasChildren(planned)) ? [`const c${resource.index} = __witcraft.childOf`] : []),
    `class ${className} {`,
    ...members,
    '}',
    `__witcraft.registerResource(${resource.index}, { type: ${className}, drop: __witcraft.imports[${drop}] })`,
  ]
}

/** Registers the resources that the guest implements. */
export const setupSource = (plan: Plan): string =>
  plan.resources
    .filter(({ type }) => type.side === 'export')
    .map((resource) => {
      const first = intrinsicsOf(plan, resource)
      const [drop, create, representation] = [0, 1, 2].map((at) => `__witcraft.imports[${first + at}]`)
      const name = JSON.stringify(pascalCase(resource.type.name))
      const intrinsics = `drop: ${drop}, create: ${create}, representation: ${representation}`
      return `__witcraft.registerResource(${resource.index}, { name: ${name}, ${intrinsics} })\n`
    })
    .join('')
