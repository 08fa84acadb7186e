import { camelCase, integerRange } from '../../../../component/host-conventions.ts'
import {
  integerKinds,
  type FunctionItem,
  type IntegerKind,
  type ValueType,
  type World,
} from '../../../../component/types.ts'
import { pascalCase } from './names.ts'

/**
 * Says in the declarations which integers a `number` or a `bigint` stands for. What the guest gives outside of them is
 * wrapped without a word, as jco does it (`toUint8` and the like): 300 as a u8 arrives as 44.
 */
export function documentIntegers(text: string, world: World): string {
  return text.replace(/^declare module '([^']+)' \{\n.*?^\}/gms, (block, module: string) => {
    const notes = notesOf(world, module)
    const lines: string[] = []
    let type = ''
    for (const line of block.split('\n')) {
      const [, indent = '', name] = /^( {2})export (?:function|interface) ([\w$]+)\b/.exec(line) ?? []
      const [, field] = /^ {4}'?([\w$]+)'?\??: /.exec(line) ?? []
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

/** By function, and by `Type.field`. */
function notesOf(world: World, module: string): ReadonlyMap<string, readonly string[]> {
  const notes = new Map<string, readonly string[]>()
  for (const [at, item] of [...world.imports, ...world.exports].entries()) {
    const imported = at < world.imports.length
    const own = item.kind === 'interface' ? item.name === module : module === world.name || module === item.name
    if (!own) continue
    for (const each of item.kind === 'interface' ? [...item.functions, ...item.types] : [item]) {
      if (each.kind === 'function') notes.set(camelCase(each.name), functionNotes(each, imported))
      else if (each.kind === 'type' && each.type.kind === 'record') {
        for (const { name, type } of each.type.fields) {
          const note = noteOf(type, true)
          if (note !== undefined) notes.set(`${pascalCase(each.name)}.${camelCase(name)}`, [note])
        }
      }
    }
  }
  return notes
}

/** What the guest gives is wrapped: arguments of what it imports, results of what it exports. */
function functionNotes({ type: { params, result } }: FunctionItem, imported: boolean): string[] {
  const returned = noteOf(result?.kind === 'result' ? result.ok : result, !imported)
  return [
    ...params.flatMap(({ name, type }) => {
      const note = noteOf(type, imported)
      return note === undefined ? [] : [`@param ${camelCase(name)} ${note}`]
    }),
    ...(returned === undefined ? [] : [`@returns ${returned}`]),
  ]
}

const isInteger = (kind: string): kind is IntegerKind => integerKinds.some((each) => each === kind)

function noteOf(type: ValueType | undefined, given: boolean): string | undefined {
  if (type === undefined || !isInteger(type.kind)) return undefined
  const { lowest, highest } = integerRange(type.kind)
  return `${type.kind}: ${lowest.toLocaleString('en')} to ${highest.toLocaleString('en')}${given ? ', wrapped' : ''}`
}
