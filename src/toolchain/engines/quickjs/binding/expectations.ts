import type { IntegerKind, ListType, ValueType } from '../../../../component/types.ts'
import type { Case } from './layout.ts'
import { camelCase } from '../../../../component/host-conventions.ts'
import { typedArrayKind, typedArrays } from './typed-arrays.ts'

/** What a conversion expected, in the words of its error message: "expected …, got …". */

const mostNames = 20
const listed = (names: readonly string[]): string =>
  names.length <= mostNames
    ? names.join(', ')
    : `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`

const named = (name: string | undefined, text: string): string => (name === undefined ? text : `${text} (${name})`)

export const anInteger = (kind: IntegerKind): string =>
  kind === 's64' || kind === 'u64' ? `a bigint, such as 5n (${kind})` : `a number (${kind})`

export const anArray = ({ name, element }: ListType): string => {
  const array = typedArrays[typedArrayKind(element)]?.[1]
  return named(
    name,
    array === undefined ? 'an array' : `${/^[IU]?Int|^I/.test(array) ? 'an' : 'a'} ${array} or an array`,
  )
}

export const anObject = (type: ValueType): string => {
  if (type.kind === 'tuple') return named(type.name, `an array of ${type.types.length}`)
  if (type.kind !== 'record') return 'an object'
  return named(type.name, `an object with ${listed(type.fields.map((field) => camelCase(field.name)))}`)
}

export const anEnumCase = (name: string | undefined, labels: readonly string[]): string =>
  named(name, `one of ${listed(labels)}`)

export const aVariant = (name: string, cases: readonly Case[]): string =>
  named(name, `an object whose tag is one of ${listed(cases.map((one) => one.name))}`)

export const anObjectOfFlags = (name: string | undefined, labels: readonly string[]): string =>
  named(name, `an object with the flags ${listed(labels)}`)
