import { isTaggedOption } from '../../../component/host-conventions.ts'
import type { EnumType, OptionType, ResultType, ValueType, VariantType } from '../../../component/types.ts'
import { Icon } from '../../icons.tsx'
import { Segments } from '../../segments.tsx'
import type { FieldProps } from './field.ts'
import { useFreshValue } from './use-fresh-value.ts'
import { useNestedFields } from './use-nested-fields.ts'

type AlternativeType = EnumType | VariantType | OptionType | ResultType

interface Alternatives {
  readonly cases: readonly { readonly name: string; readonly type?: ValueType }[]
  readonly chosen: string
  readonly payload: unknown
  readonly make: (name: string, payload: unknown) => unknown
}

/** More cases than this are offered in a list that opens. */
const mostSegments = 4

/** One of several cases, and then its payload. */
export function AlternativeField({ type, value, onChange, label, id }: FieldProps<AlternativeType>) {
  const { Field } = useNestedFields()
  const fresh = useFreshValue()
  const { cases, chosen, payload, make } = alternativesOf(type, value)
  const payloadType = cases.find((each) => each.name === chosen)?.type
  const choose = (name: string): void => {
    const next = cases.find((each) => each.name === name)?.type
    onChange(make(name, next && fresh(next)))
  }
  const letters = cases.reduce((sum, each) => sum + each.name.length, 0)
  return (
    <div className={payloadType ? 'alternative with-payload' : 'alternative'}>
      {cases.length <= mostSegments && letters <= 28 ? (
        <Segments label={label} options={cases.map((each) => each.name)} chosen={chosen} onChoose={choose} mono />
      ) : (
        <span className="select boxed">
          <select
            id={id}
            className="mono"
            aria-label={label}
            value={chosen}
            onChange={(event) => choose(event.target.value)}
          >
            {cases.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <Icon name="chevron" small />
        </span>
      )}
      {payloadType && (
        <Field
          type={payloadType}
          value={payload}
          label={`${label} ${chosen}`}
          onChange={(next) => onChange(make(chosen, next))}
        />
      )}
    </div>
  )
}

function alternativesOf(type: AlternativeType, value: unknown): Alternatives {
  const { tag, val } = taggedOf(value)
  switch (type.kind) {
    case 'enum':
      return {
        cases: type.cases.map((name) => ({ name })),
        chosen: typeof value === 'string' ? value : '',
        payload: undefined,
        make: (name) => name,
      }
    case 'variant':
      return {
        cases: type.cases,
        chosen: tag,
        payload: val,
        make: (name, payload) => (payload === undefined ? { tag: name } : { tag: name, val: payload }),
      }
    case 'result':
      return {
        cases: [
          { name: 'ok', ...(type.ok ? { type: type.ok } : {}) },
          { name: 'err', ...(type.err ? { type: type.err } : {}) },
        ],
        chosen: tag,
        payload: val,
        make: (name, payload) => ({ tag: name, val: payload }),
      }
    case 'option': {
      const tagged = isTaggedOption(type)
      const some = tagged ? tag === 'some' : value !== undefined
      return {
        cases: [{ name: 'none' }, { name: 'some', type: type.some }],
        chosen: some ? 'some' : 'none',
        payload: tagged ? val : value,
        make: (name, payload) => {
          if (!tagged) return name === 'none' ? undefined : payload
          return name === 'none' ? { tag: 'none' } : { tag: 'some', val: payload }
        },
      }
    }
  }
}

function taggedOf(value: unknown): { tag: string; val: unknown } {
  if (typeof value !== 'object' || value === null || !('tag' in value)) return { tag: '', val: undefined }
  return { tag: String(value.tag), val: 'val' in value ? value.val : undefined }
}
