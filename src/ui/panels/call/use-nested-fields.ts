import { useContext } from 'react'
import { NestedFieldsContext, type NestedFields } from './field.ts'

export function useNestedFields(): NestedFields {
  const nested = useContext(NestedFieldsContext)
  if (!nested) throw new Error('There is no ValueForm above this field')
  return nested
}
