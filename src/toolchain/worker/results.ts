import type { Diagnostic } from '../../contract/fault.ts'
import type { AssembledComponent, CompiledSource, SourceImport, WitCheck } from '../toolchain.ts'
import { isFault, isObject, isPlace, isText, isTexts } from './protocol.ts'

/** What each operation answers with when it succeeds, read from a message. Undefined where it is something else. */

export function parseCompiledSource(value: unknown): CompiledSource | undefined {
  if (!isObject(value)) return undefined
  const { source, variant, imports, warnings } = value
  if (!isObject(source) || !isText(source['entry']) || !isTexts(source['modules']) || !isText(variant)) return undefined
  if (!Array.isArray(imports) || !imports.every(isImport) || !isDiagnostics(warnings)) return undefined
  return { source: { entry: source['entry'], modules: source['modules'] }, variant, imports, warnings }
}

export function parseWitCheck(value: unknown): WitCheck | undefined {
  if (!isObject(value)) return undefined
  const { diagnostics, worlds } = value
  if (!isDiagnostics(diagnostics) || !Array.isArray(worlds) || !worlds.every(isText)) return undefined
  return { diagnostics, worlds }
}

export interface WitForTools {
  readonly source: string
  readonly world: string
}

export function parseWitForTools(value: unknown): WitForTools | undefined {
  if (!isObject(value) || !isText(value['source']) || !isText(value['world'])) return undefined
  return { source: value['source'], world: value['world'] }
}

export function parseBytes(value: unknown): Uint8Array | undefined {
  return value instanceof Uint8Array ? value : undefined
}

export function parseAssembled(value: unknown): AssembledComponent | undefined {
  if (!isObject(value) || !(value['bytes'] instanceof Uint8Array) || !isText(value['wit'])) return undefined
  return { bytes: value['bytes'], wit: value['wit'] }
}

const isImport = (value: unknown): value is SourceImport =>
  isObject(value) && isText(value['specifier']) && isPlace(value['place'])

const isDiagnostics = (value: unknown): value is readonly Diagnostic[] =>
  Array.isArray(value) &&
  value.every((one) => isFault(one) && 'severity' in one && (one.severity === 'error' || one.severity === 'warning'))
