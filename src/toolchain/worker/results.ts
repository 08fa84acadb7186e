import type { Diagnostic } from '../../contract/fault.ts'
import { isWorld } from '../cache/parse-world.ts'
import type { DeclaredWorld } from '../engine.ts'
import type { AssembledComponent, CompiledSource } from '../toolchain.ts'
import { isFault, isObject, isText, isTexts } from './protocol.ts'

/** What each operation answers with when it succeeds, read from a message. Undefined where it is something else. */

export function parseCompiledSource(value: unknown): CompiledSource | undefined {
  if (!isObject(value)) return undefined
  const { source, variant, warnings } = value
  if (!isObject(source) || !isText(source['entry']) || !isTexts(source['modules']) || !isText(variant)) return undefined
  if (!isDiagnostics(warnings)) return undefined
  return { source: { entry: source['entry'], modules: source['modules'] }, variant, warnings }
}

export function parseDeclared(value: unknown): DeclaredWorld | undefined {
  if (!isObject(value)) return undefined
  const { world, guestTypes } = value
  return isWorld(world) && isTexts(guestTypes) ? { world, guestTypes } : undefined
}

export function parseBytes(value: unknown): Uint8Array | undefined {
  return value instanceof Uint8Array ? value : undefined
}

export function parseAssembled(value: unknown): AssembledComponent | undefined {
  if (!isObject(value) || !(value['bytes'] instanceof Uint8Array) || !isText(value['wit'])) return undefined
  return { bytes: value['bytes'], wit: value['wit'] }
}

const isDiagnostics = (value: unknown): value is readonly Diagnostic[] =>
  Array.isArray(value) &&
  value.every((one) => isFault(one) && 'severity' in one && (one.severity === 'error' || one.severity === 'warning'))
