import type { QuickJsBinding, QuickJsFacts } from './control.ts'

/**
 * `EngineImage.facts` and `PreparedWorld.binding` come from our own tools, but by way of caches and messages: their shape
 * is checked where they are read.
 */

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isAddress = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0
const isText = (value: unknown): value is string => typeof value === 'string'
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText)
const isListOf =
  <T>(accepts: (value: unknown) => value is T) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.every(accepts)

const isTypes = isListOf(isAddress)
const isSignature = (value: unknown): value is readonly [params: readonly number[], results: readonly number[]] =>
  Array.isArray(value) && value.length === 2 && value.every(isTypes)

export function parseFacts(value: unknown): QuickJsFacts {
  if (isObject(value)) {
    const { control, context, signatures, uint8ArrayType, runtime, heap } = value
    if (
      isAddress(control) &&
      isAddress(context) &&
      isAddress(runtime) &&
      isAddress(uint8ArrayType) &&
      isAddress(heap) &&
      isObject(signatures)
    ) {
      const checked: Record<string, QuickJsFacts['signatures'][string]> = {}
      for (const [name, signature] of Object.entries(signatures)) if (isSignature(signature)) checked[name] = signature
      return { control, context, signatures: checked, uint8ArrayType, runtime, heap }
    }
  }
  throw new TypeError('these are not the facts of a QuickJS image')
}

const isHostFunction = (value: unknown): value is QuickJsBinding['hostFunctions'][number] =>
  isObject(value) && isText(value.name) && isAddress(value.arity) && (value.label === undefined || isText(value.label))
const isExport = (value: unknown): value is QuickJsBinding['exports'][number] =>
  isObject(value) &&
  isTexts(value.path) &&
  isText(value.label) &&
  isText(value.hint) &&
  (value.receiver === undefined || value.receiver === true)
const isModules = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every(isText)

export function parseBinding(value: unknown): QuickJsBinding {
  if (isObject(value)) {
    const { atoms, hostFunctions, exports, modules, setup } = value
    if (
      isTexts(atoms) &&
      isListOf(isHostFunction)(hostFunctions) &&
      isListOf(isExport)(exports) &&
      isModules(modules) &&
      isText(setup)
    ) {
      return { atoms, hostFunctions, exports, modules, setup }
    }
  }
  throw new TypeError('this is not the binding of a world for QuickJS')
}
