import { isBindable } from '../../../toolchain/engines/quickjs/binding/names.ts'
import { bindable } from '../../../toolchain/engines/quickjs/binding/signature.ts'
import type { ImportNames } from './import-names.ts'
import type { Wanted } from './wanted.ts'

/** What is yet to be written, as code that can be compiled and says so when it is called. */

const indent = '  '
export const indented = (code: string): string => code.replaceAll(/^(?=.)/gm, indent)

const widest = 90

/** `(a: string, b: number)`, over several lines where it is long. */
export function parameterList(parameters: readonly string[]): string {
  const line = `(${parameters.join(', ')})`
  return line.length > widest ? `(\n${parameters.map((each) => `${indent}${each},\n`).join('')})` : line
}

const nameOf = ({ path }: Wanted): string => path.at(-1) ?? ''

const body = (want: Wanted): string => `{\n${indent}throw new Error('${nameOf(want)} is not written yet')\n}`

const typed = (want: Wanted, names: ImportNames): string =>
  `${parameterList(want.parameters.map(({ name, type }) => `${name}: ${names.write(type)}`))}: ${names.write(want.returns)}`

/** `export function greet(name: string): string { … }` */
export function functionSkeleton(want: Wanted, names: ImportNames): string {
  const name = nameOf(want)
  const local = names.locals.take([bindable(name)])
  const written = `function ${local}${typed(want, names)} ${body(want)}`
  return local === name ? `export ${written}` : `${written}\n\n${exportAs(local, name)}`
}

/** A member of an object or a class. */
export const memberSkeleton = (want: Wanted, names: ImportNames): string =>
  `${want.kind === 'static' ? 'static ' : ''}${nameOf(want)}${typed(want, names)} ${body(want)}`

/** A resource: its constructor, and those of `members` that are its own. */
export function classSkeleton(want: Wanted, members: readonly Wanted[], names: ImportNames): string {
  const list = want.parameters.map(({ name, type }) => `${name}: ${names.write(type)}`)
  const parts = [
    ...(want.parameters.length > 0 ? [`constructor${parameterList(list)} {}`] : []),
    ...members.filter((each) => isMemberOf(each, want)).map((each) => memberSkeleton(each, names)),
  ]
  return `class ${names.classOf(want.module, nameOf(want))} {${parts.length === 0 ? '' : `\n${indented(parts.join('\n\n'))}\n`}}`
}

/** The class as a member of the object that is its interface. */
export function classMember(want: Wanted, names: ImportNames): string {
  const [name, local] = [nameOf(want), names.classOf(want.module, nameOf(want))]
  return name === local ? name : `${name}: ${local}`
}

export const isMemberOf = (member: Wanted, { path }: Wanted): boolean =>
  (member.kind === 'method' || member.kind === 'static') && path.every((step, index) => member.path[index] === step)

/** An interface as an object. One without resources gets its types from the declarations, as in the examples. */
export function interfaceSkeleton(root: string, wanted: readonly Wanted[], names: ImportNames): string {
  const local = names.locals.take([isBindable(root) ? root : /^\w+$/.test(root) ? `${root}_` : 'implementation'])
  const classes = wanted.filter(({ kind }) => kind === 'class')
  const functions = wanted.filter(({ kind }) => kind === 'function')
  const [first] = wanted
  const short = classes.length === 0 && first !== undefined && isBindable(root)
  const label = root.charAt(0).toUpperCase() + root.slice(1)
  const type = short ? `: typeof ${names.namespace(first.module, label)}` : ''
  const members = [
    ...classes.map((each) => classMember(each, names)),
    ...functions.map((each) =>
      short
        ? `${nameOf(each)}(${each.parameters.map(({ name }) => name).join(', ')}) ${body(each)}`
        : memberSkeleton(each, names),
    ),
  ]
  const declared = `const ${local}${type} = {\n${members.map((each) => `${indented(each)},\n`).join('')}}`
  return [
    ...classes.map((each) => classSkeleton(each, wanted, names)),
    local === root ? `export ${declared}` : `${declared}\n\n${exportAs(local, root)}`,
  ].join('\n\n')
}

export const exportAs = (local: string, name: string): string =>
  `export { ${local}${local === name ? '' : ` as ${/^[\w$]+$/.test(name) ? name : `'${name}'`}`} }`
