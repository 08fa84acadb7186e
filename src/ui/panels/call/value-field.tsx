import { useId, type ReactNode } from 'react'
import { structureText, typeText } from '../../../component/type-text.ts'
import type { ValueType } from '../../../component/types.ts'
import { AlternativeField } from './alternative-field.tsx'
import { FlagsField, HandleField, ListField, RecordField, TupleField } from './composite-fields.tsx'
import { withValidCall } from '../../valid-call.ts'
import { useWorkbench } from '../../workbench-context.tsx'
import { holdsMuch, inParts, NestedFieldsContext, type FieldProps, type NestedFields } from './field.ts'
import { ScalarField, WaveField } from './scalar-field.tsx'

/** The form of a call: one row for each parameter. Enter in a field makes the call, as in the line. */
export function ValueForm({ children }: { children: ReactNode }) {
  const workbench = useWorkbench()
  return (
    <NestedFieldsContext value={nested}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the key bubbles from the fields */}
      <div
        className="fields"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
          if (!(event.target instanceof HTMLInputElement)) return
          withValidCall(workbench, () => void workbench.actions.call())
        }}
      >
        {children}
      </div>
    </NestedFieldsContext>
  )
}

/** A row of the form: name and type left, control right. Types of several parts put theirs on a spine underneath. */
export function ValueRow({ name, ...field }: FieldProps & { readonly name: string }) {
  const id = useId()
  const stacked = inParts(field.type) || holdsMuch(field.type)
  const title = structureText(field.type)
  return (
    <div className={stacked ? 'field stacked' : 'field'}>
      <label htmlFor={id} className="field-name" title={title}>
        {name}
        <span className="field-type">{shortType(field.type)}</span>
      </label>
      <div className="field-control">
        <ValueField {...field} id={id} />
      </div>
    </div>
  )
}

function shortType(type: ValueType): string {
  // A handle's type says whether it comes back: never only the kind.
  if (type.kind === 'own' || type.kind === 'borrow') return typeText(type)
  return typeText(type).length > 14 ? type.kind : typeText(type)
}

function ValueField(props: FieldProps): ReactNode {
  const { type } = props
  switch (type.kind) {
    case 'record':
      return <RecordField {...props} type={type} />
    case 'tuple':
      return <TupleField {...props} type={type} />
    case 'list':
      return <ListField {...props} type={type} />
    case 'flags':
      return <FlagsField {...props} type={type} />
    case 'own':
    case 'borrow':
      return <HandleField {...props} type={type} />
    case 'enum':
    case 'variant':
    case 'option':
    case 'result':
      return <AlternativeField {...props} type={type} />
    case 'map':
    case 'fixed-length-list':
    case 'stream':
    case 'future':
    case 'error-context':
      return <WaveField {...props} />
    default:
      return <ScalarField {...props} type={type} />
  }
}

const nested: NestedFields = { Field: ValueField, Row: ValueRow }
