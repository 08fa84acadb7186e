import { useContext, useEffect, useId, useMemo, useRef } from 'react'
import { camelCase, listValue } from '../../../component/host-conventions.ts'
import { typeText } from '../../../component/type-text.ts'
import type { BorrowType, FlagsType, ListType, OwnType, RecordType, TupleType } from '../../../component/types.ts'
import { Unfinished } from '../../../component/unfinished-value.ts'
import { numberedHandles } from '../../../component/value-tree.ts'
import { Icon } from '../../late-icons.tsx'
import { useSelect } from '../../workbench-context.tsx'
import { constructorOf, handleProblem, handlesOf, handleValue } from './call-model.ts'
import { shortCall } from './call-name.ts'
import { ErrandContext } from './errand.ts'
import { FieldProblem } from './field-problem.tsx'
import { holdsMuch, type FieldProps } from './field.ts'
import { WaveField } from './scalar-field.tsx'
import { useFreshValue } from './use-fresh-value.ts'
import { useNestedFields } from './use-nested-fields.ts'

/** Fields of an object as a form holds it; anything else has none. */
const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const itemsOf = (value: unknown): unknown[] =>
  Array.isArray(value)
    ? value
    : ArrayBuffer.isView(value) && Symbol.iterator in value
      ? Array.from(iterable(value))
      : []

function iterable(value: object): Iterable<unknown> {
  const iterate: unknown = Reflect.get(value, Symbol.iterator)
  return typeof iterate === 'function' ? { [Symbol.iterator]: () => iterate.call(value) } : []
}

export function RecordField({ type, value, onChange, label }: FieldProps<RecordType>) {
  const { Row } = useNestedFields()
  const fields = fieldsOf(value)
  return (
    <fieldset className="spine" aria-label={label}>
      {type.fields.map(({ name, type: fieldType }) => (
        <Row
          key={name}
          name={name}
          label={`${label} ${name}`}
          type={fieldType}
          value={fields[camelCase(name)]}
          onChange={(next) => onChange({ ...fields, [camelCase(name)]: next })}
        />
      ))}
    </fieldset>
  )
}

export function TupleField({ type, value, onChange, label }: FieldProps<TupleType>) {
  const { Row } = useNestedFields()
  const items = itemsOf(value)
  return (
    <fieldset className="spine" aria-label={label}>
      {type.types.map((itemType, index) => (
        <Row
          // eslint-disable-next-line react/no-array-index-key -- a tuple's parts are its positions
          key={index}
          name={String(index)}
          label={`${label} ${index}`}
          type={itemType}
          value={items[index]}
          onChange={(next) => onChange(items.with(index, next))}
        />
      ))}
    </fieldset>
  )
}

/** Items that a form shows one by one; longer lists are edited as WAVE. */
const longestForm = 24

export function ListField({ type, value, onChange, label, id }: FieldProps<ListType>) {
  const { Field } = useNestedFields()
  const fresh = useFreshValue()
  const items = itemsOf(value)
  // A typed array has no room for what is no number yet.
  const change = (next: unknown[]): void =>
    onChange(next.some((item) => item instanceof Unfinished) ? next : listValue(type, next))
  const bytes = type.element.kind === 'u8'
  const tall = holdsMuch(type)
  const list = useRef<HTMLDivElement>(null)
  const adding = useRef(false)
  useEffect(() => {
    if (!adding.current) return
    adding.current = false
    // What was added is what is written next.
    const added = [...(list.current?.children ?? [])].at(items.length - 1)
    added?.querySelector<HTMLElement>('input, select, textarea, button')?.focus()
  }, [items.length])
  if (bytes || items.length > longestForm || value instanceof Unfinished) {
    return (
      <WaveField type={type} value={value} onChange={onChange} label={label} {...(id === undefined ? {} : { id })} />
    )
  }
  return (
    <div className="list" ref={list}>
      {items.map((item, index) => (
        // eslint-disable-next-line react/no-array-index-key -- items have no identity but their position
        <div className={tall ? 'list-item in-parts' : 'list-item'} key={index}>
          <span className="index mono">{index}</span>
          <Field
            type={type.element}
            label={`${label} ${index}`}
            value={item}
            onChange={(next) => change(items.with(index, next))}
          />
          <button
            type="button"
            className="icon-button small"
            aria-label={`Remove ${label} ${index}`}
            onClick={() => change(items.toSpliced(index, 1))}
          >
            <Icon name="cross" small />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="button small ghost add"
        onClick={() => {
          adding.current = true
          change([...items, fresh(type.element)])
        }}
      >
        <Icon name="plus" small />
        Add {typeText(type.element)}
      </button>
    </div>
  )
}

export function FlagsField({ type, value, onChange, label }: FieldProps<FlagsType>) {
  const fields = fieldsOf(value)
  return (
    <fieldset className="chips" aria-label={label}>
      {type.labels.map((name) => {
        const on = fields[camelCase(name)] === true
        return (
          <button
            key={name}
            type="button"
            className="chip mono"
            role="switch"
            aria-checked={on}
            onClick={() => onChange({ ...fields, [camelCase(name)]: !on })}
          >
            {name}
          </button>
        )
      })}
    </fieldset>
  )
}

/** A handle: one of those that live in the running instance, or a number that is none of them, which it says. */
export function HandleField({ type, value, onChange, label, id }: FieldProps<OwnType | BorrowType>) {
  const leave = useContext(ErrandContext)
  const { resource } = type
  const all = useSelect((state) => state.handles)
  const handles = handlesOf(resource, all)
  const world = useSelect((state) => state.prepared?.world)
  const maker = useMemo(() => world && constructorOf(world, resource), [world, resource])
  const chosen = numberedHandles.register(value, type)
  const known = handles.some((each) => each.id === chosen)
  const makes = maker !== undefined
  const problem = useSelect(({ call, handles: live }) => handleProblem(type, chosen, { handles: live, call, makes }))
  const problemId = useId()
  return (
    <span className="handle-field">
      <span className="select boxed">
        <select
          id={id}
          className="mono"
          aria-label={label}
          aria-invalid={problem !== undefined}
          aria-describedby={problemId}
          title={shortCall(handles.find((each) => each.id === chosen)?.origin ?? '')}
          value={chosen}
          onChange={(event) => onChange(handleValue(Number(event.target.value)))}
        >
          {!known && <option value={chosen}>{handles.length === 0 ? `No ${resource.name} yet` : 'Choose one'}</option>}
          {handles.map((each) => (
            <option key={each.id} value={each.id}>
              %{each.id} {shortCall(each.origin)}
            </option>
          ))}
        </select>
        <Icon name="chevron" small />
      </span>
      {maker && (
        <button
          type="button"
          className="button small"
          title={`Makes another ${resource.name} for this call`}
          onClick={() => leave({ resource, maker, resume: (handle) => onChange(handleValue(handle)) })}
        >
          New
        </button>
      )}
      <FieldProblem id={problemId} problem={problem} />
    </span>
  )
}
