import { createContext, type ComponentType } from 'react'
import type { ValueType } from '../../../component/types.ts'

export interface FieldProps<T extends ValueType = ValueType> {
  readonly type: T
  /** In the form that jco's host code takes. */
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** For assistive technology: what the control is for. */
  readonly label: string
  readonly id?: string
}

/** Types contain types: the controls for what is inside reach those around it this way. */
export interface NestedFields {
  readonly Field: ComponentType<FieldProps>
  readonly Row: ComponentType<FieldProps & { readonly name: string }>
}

export const NestedFieldsContext = createContext<NestedFields | undefined>(undefined)

/** Whether its parts stand in rows of their own, which need the whole width. */
export const inParts = ({ kind }: ValueType): boolean => kind === 'record' || kind === 'tuple'

/** Whether it is a list of what needs the whole width: each list inside another takes some for its buttons. */
export const holdsMuch = (type: ValueType): boolean =>
  type.kind === 'list' && (inParts(type.element) || holdsItems(type.element))

/** Whether there is a list of fields in it; bytes are one field. */
const holdsItems = (type: ValueType): boolean =>
  type.kind === 'list' ? type.element.kind !== 'u8' : type.kind === 'option' && holdsItems(type.some)
