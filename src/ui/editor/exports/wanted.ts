import { signatureText, witName } from '../../../component/type-text.ts'
import type { FunctionType, ValueType, World } from '../../../component/types.ts'
import { camelCase } from '../../../component/host-conventions.ts'
import { exportNames, exportTable } from '../../../toolchain/engines/quickjs/binding/export-table.ts'
import { planWorld, type Plan, type PlannedFunction } from '../../../toolchain/engines/quickjs/binding/plan.ts'
import { bindable, returnedType } from '../../../toolchain/engines/quickjs/binding/signature.ts'
import { modulePrinter, type TypePrinter } from '../../../toolchain/engines/quickjs/binding/type-printer.ts'

/** A function or a class that the world wants of the entry. Plain data: it is sent to TypeScript's worker. */
export interface Wanted {
  /** Where the entry has it: `['greet']`, `['cart', 'Item', 'prototype', 'total']`. */
  readonly path: readonly string[]
  readonly hint: string
  readonly kind: 'function' | 'class' | 'method' | 'static'
  /** Where the declarations have its type: the module, and the steps from there. */
  readonly module: string
  readonly member: readonly string[]
  /** As the world has it: `greet: func(name: string) -> string`; empty for a class without a constructor. */
  readonly wit: string
  /** In TypeScript, with each named type as `import("demo:shop/cart").Item`. */
  readonly parameters: readonly { readonly name: string; readonly type: string; readonly own: boolean }[]
  readonly returns: string
  /** Whether it takes or gives objects of the entry's own classes, which have more than the world knows of. */
  readonly own: boolean
}

export function wantedOf(world: World): Wanted[] {
  const plan = planWorld(world)
  if (!plan.ok) return []
  const table = exportTable(plan.value)
  const roots = exportNames(plan.value)
  const printer = modulePrinter(world, [...world.exports, ...world.imports])
  const planned = new Map(table.functions.map(({ planned: each, slots }) => [slots.callee, each]))
  return table.entries.flatMap((entry, index): Wanted[] => {
    // What functions are called on shows in its functions.
    if (entry.receiver) return []
    const each = planned.get(index)
    const owner = each ? each.interface : ownerOf(plan.value, roots, entry.label)
    const module = owner ?? world.name ?? ''
    const { path, hint } = entry
    const base = { path, hint, module, member: owner === undefined ? path : path.slice(1) }
    return [{ ...base, ...(each ? shapeOf(each, printer) : classShape) }]
  })
}

type Shape = Pick<Wanted, 'kind' | 'wit' | 'parameters' | 'returns' | 'own'>

const classShape: Shape = { kind: 'class', wit: '', parameters: [], returns: '', own: true }

function shapeOf(planned: PlannedFunction, printer: TypePrinter): Shape {
  const { role, result } = planned
  const params = role.kind === 'method' ? planned.parameters.slice(1) : planned.parameters
  const type: FunctionType = { async: false, params, ...(result && { result }) }
  const parameters = params.map(({ name, type: each }) => {
    return { name: bindable(camelCase(name)), type: printer.text(each), own: mentionsOwn(each) }
  })
  const returned = returnedType(planned)
  const own = parameters.some((each) => each.own) || (result !== undefined && mentionsOwn(result))
  const shape = { parameters, returns: returned ? printer.text(returned) : 'void', own }
  if (role.kind === 'constructor') {
    const wit = signatureText({ async: false, params }).replace('func', 'constructor')
    return { ...shape, kind: 'class', wit }
  }
  const wit = `${witName(role.name)}: ${role.kind === 'static' ? 'static ' : ''}${signatureText(type)}`
  return { ...shape, kind: role.kind, wit }
}

function ownerOf({ resources }: Plan, roots: ReadonlyMap<string, string>, label: string): string | undefined {
  const found = resources.find(({ type }) => `${type.interface ?? ''}#${type.name}` === label)
  return found?.type.interface !== undefined && roots.has(found.type.interface) ? found.type.interface : undefined
}

/** Whether a resource is in it that the world exports. */
function mentionsOwn(type: ValueType): boolean {
  switch (type.kind) {
    case 'own':
    case 'borrow':
      return type.resource.side === 'export'
    case 'list':
      return mentionsOwn(type.element)
    case 'option':
      return mentionsOwn(type.some)
    case 'tuple':
      return type.types.some(mentionsOwn)
    case 'record':
      return type.fields.some((field) => mentionsOwn(field.type))
    case 'variant':
      return type.cases.some((each) => each.type !== undefined && mentionsOwn(each.type))
    case 'result':
      return [type.ok, type.err].some((each) => each !== undefined && mentionsOwn(each))
    default:
      return false
  }
}
