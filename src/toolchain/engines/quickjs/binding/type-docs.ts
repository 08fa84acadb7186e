import { camelCase, integerRange } from '../../../../component/host-conventions.ts'
import { wholeSample } from '../../../../component/typescript-sample.ts'
import {
  integerKinds,
  type FunctionItem,
  type IntegerKind,
  type TypeItem,
  type ValueType,
  type World,
} from '../../../../component/types.ts'
import { pascalCase, roleOf, type FunctionRole } from './names.ts'
import type { Plan } from './plan.ts'
import { TypePrinter } from './type-printer.ts'

/**
 * Says in the declarations what TypeScript has no types for. Which integers a `number` or a `bigint` stands for: what the
 * guest gives outside of them is wrapped without a word, as jco does it (`toUint8` and the like): 300 as a u8 arrives as
 * 44. And what a function throws, whose result is not in its signature.
 */
export function documentTypes(text: string, world: World, plan: Plan): string {
  return text.replace(/^declare module '([^']+)' \{\n.*?^\}/gms, (block, module: string) => {
    const notes = notesOf(world, plan, module)
    const lines: string[] = []
    let type = ''
    for (const line of block.split('\n')) {
      const [, indent = '', name] = /^( {2})(?:export )?(?:function|interface|class) _?([\w$]+)\b/.exec(line) ?? []
      const [, field] = /^ {4}(?:static )?'?([\w$]+)'?(?:\??: |\()/.exec(line) ?? []
      if (name !== undefined) type = name
      if (name !== undefined) addNotes(lines, notes.get(name) ?? [], indent)
      else if (field !== undefined) addNotes(lines, notes.get(`${type}.${field}`) ?? [], '    ')
      lines.push(line)
    }
    return lines.join('\n')
  })
}

/** Into the comment that ends where the declaration begins, or as one of its own. */
function addNotes(lines: string[], notes: readonly string[], indent: string): void {
  if (notes.length === 0) return
  const [only, ...others] = notes
  if (lines.at(-1)?.trim() === '*/') lines.splice(-1, 0, ...notes.map((note) => `${indent} * ${note}`))
  else if (others.length === 0) lines.push(`${indent}/** ${only} */`)
  else lines.push(`${indent}/**`, ...notes.map((note) => `${indent} * ${note}`), `${indent} */`)
}

/** By function, and by `Type.field` and `Class.method`. */
function notesOf(world: World, plan: Plan, module: string): ReadonlyMap<string, readonly string[]> {
  const notes = new Map<string, readonly string[]>()
  for (const [at, item] of [...world.imports, ...world.exports].entries()) {
    const imported = at < world.imports.length
    const own = item.kind === 'interface' ? item.name === module : module === world.name || module === item.name
    if (!own) continue
    const owner = item.kind === 'interface' ? item.name : undefined
    const planned = (imported ? plan.imports : plan.exports).filter((each) => each.interface === owner)
    const printer = printerIn(item.kind === 'interface' ? item.types : [])
    for (const each of item.kind === 'interface' ? [...item.functions, ...item.types] : [item]) {
      if (each.kind === 'function') {
        const throws = planned.find(({ name }) => name === each.name)?.throws === true
        notes.set(nameOf(roleOf(each.name)), functionNotes(each, imported, throws, printer))
      } else if (each.kind === 'type' && each.type.kind === 'record') {
        for (const { name, type } of each.type.fields) {
          const note = noteOf(type, true)
          if (note !== undefined) notes.set(`${pascalCase(each.name)}.${camelCase(name)}`, [note])
        }
      }
    }
  }
  return notes
}

function nameOf(role: FunctionRole): string {
  if (role.kind === 'function') return camelCase(role.name)
  return `${pascalCase(role.resource)}.${role.kind === 'constructor' ? 'constructor' : camelCase(role.name)}`
}

/** Types by the names that the module has for them. */
function printerIn(types: readonly TypeItem[]): TypePrinter {
  const names = new Map(types.flatMap(({ name, type }) => (type.kind === 'resource' ? [] : [[type, name] as const])))
  return new TypePrinter(
    (type) => {
      const name = 'name' in type ? (names.get(type) ?? type.name) : undefined
      return name === undefined ? undefined : pascalCase(name)
    },
    ({ name }) => pascalCase(name),
  )
}

/** What the guest gives is wrapped: arguments of what it imports, results of what it exports. */
function functionNotes(
  { name, type: { params, result } }: FunctionItem,
  imported: boolean,
  throws: boolean,
  printer: TypePrinter,
): string[] {
  const role = roleOf(name)
  const isResult = result?.kind === 'result'
  const returned = role.kind === 'constructor' ? undefined : noteOf(isResult ? result.ok : result, !imported)
  return [
    ...params.slice(role.kind === 'method' ? 1 : 0).flatMap(({ name: parameter, type }) => {
      const note = noteOf(type, imported)
      return note === undefined ? [] : [`@param ${camelCase(parameter)} ${note}`]
    }),
    ...(returned === undefined ? [] : [`@returns ${returned}`]),
    ...(throws && isResult ? [thrownNote(result.err, imported, printer)] : []),
  ]
}

function thrownNote(error: ValueType | undefined, imported: boolean, printer: TypePrinter): string {
  const type = error === undefined ? 'undefined' : printer.text(error)
  if (imported) return `@throws {ComponentError<${type}>} Its \`payload\` is the err of the result`
  // With it, TypeScript says what is wrong with the value.
  const checked = error !== undefined && 'name' in error && error.name !== undefined ? ` satisfies ${type}` : ''
  const thrown = error === undefined ? 'undefined' : wholeSample(error)
  if (thrown === undefined) return `@throws {${type}} The err of the result, thrown as it is`
  return `@throws {${type}} The err of the result: \`throw ${thrown}${checked}\``
}

const isInteger = (kind: string): kind is IntegerKind => integerKinds.some((each) => each === kind)

function noteOf(type: ValueType | undefined, given: boolean): string | undefined {
  if (type === undefined || !isInteger(type.kind)) return undefined
  const { lowest, highest } = integerRange(type.kind)
  return `${type.kind}: ${lowest.toLocaleString('en')} to ${highest.toLocaleString('en')}${given ? ', wrapped' : ''}`
}
