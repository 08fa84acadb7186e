import { camelCase, isTaggedOption } from '../../component/host-conventions.ts'
import type { ResultType, ValueType } from '../../component/types.ts'

/** How a function of such a result says ok and err in its code; marked as the other advice is. */
export function resultAdvice({ ok, err }: ResultType): string {
  const returned = ok ? `returns what ok holds, as in \`return ${sample(ok)}\`` : 'returns nothing for ok'
  const thrown = err
    ? `throws what err holds, as in \`throw ${sample(err)}\``
    : 'throws for err, as in `throw undefined`'
  return `The code ${returned}, and ${thrown}, both without a wrapper.`
}

/** Characters of a sample that are read at a glance. */
const longest = 60

/** A value of the type as it is written in TypeScript. */
function sample(type: ValueType, depth = 0): string {
  const inner = (part: ValueType): string => sample(part, depth + 1)
  const short = (text: string, otherwise: string): string => (depth > 2 || text.length > longest ? otherwise : text)
  switch (type.kind) {
    case 'bool':
      return 'true'
    case 's64':
    case 'u64':
      return '5n'
    case 'f32':
    case 'f64':
      return '1.5'
    case 'char':
      return "'a'"
    case 'string':
      return "'text'"
    case 'record':
      return short(
        `{ ${type.fields.map((field) => `${camelCase(field.name)}: ${inner(field.type)}`).join(', ')} }`,
        '{ … }',
      )
    case 'tuple':
      return short(`[${type.types.map(inner).join(', ')}]`, '[…]')
    case 'list':
      return short(`[${inner(type.element)}]`, '[…]')
    case 'fixed-length-list':
      return '[…]'
    case 'map':
      return 'new Map()'
    case 'flags':
      return `{ ${camelCase(type.labels[0] ?? '')}: true }`
    case 'enum':
      return `'${type.cases[0] ?? ''}'`
    case 'variant':
      return tagged(type.cases[0]?.name ?? '', type.cases[0]?.type, inner, short)
    case 'option':
      return isTaggedOption(type) ? tagged('some', type.some, inner, short) : sample(type.some, depth)
    case 'result':
      return tagged('ok', type.ok, inner, short)
    case 'own':
    case 'borrow':
      return camelCase(type.resource.name)
    case 'stream':
    case 'future':
    case 'error-context':
      return '…'
    default:
      return '5'
  }
}

function tagged(
  tag: string,
  payload: ValueType | undefined,
  inner: (part: ValueType) => string,
  short: (text: string, otherwise: string) => string,
): string {
  if (!payload) return `{ tag: '${tag}' }`
  return short(`{ tag: '${tag}', val: ${inner(payload)} }`, `{ tag: '${tag}', val: … }`)
}
