import type { Fault, Place } from '../../../contract/fault.ts'
import type { GuestSource } from '../../engine.ts'
import { findInterface, importWords } from '../../absent.ts'
import { resolveImport } from '../../resolution.ts'

/** How import specifiers of the guest are resolved: to files of the project, or to interfaces of the world. */

export type Resolution = { readonly ok: true; readonly name: string } | { readonly ok: false; readonly fault: Fault }

/** `interfaces` are the specifiers of what the world imports. */
export function resolveSpecifier(
  source: GuestSource,
  interfaces: readonly string[],
  base: string,
  specifier: string,
): Resolution {
  const has = (path: string): boolean => Object.hasOwn(source.modules, path)
  const words = importWords(base, specifier, has, interfaces)
  if (words !== undefined) {
    const place = placeOfSpecifier(source, base, specifier)
    return { ok: false, fault: { stage: 'source', ...words, ...(place && { place }) } }
  }
  const file = resolveImport(base, specifier, has)
  return { ok: true, name: file.kind === 'file' ? file.path : (findInterface(interfaces, specifier) ?? specifier) }
}

/** Where `specifier` stands between quotes in the source of `base`: after `from` or `import` if possible. */
export function placeOfSpecifier({ modules }: GuestSource, base: string, specifier: string): Place | undefined {
  if (!Object.hasOwn(modules, base)) return undefined
  const text = modules[base] ?? ''
  const escaped = specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const quoted = `(["'\`])${escaped}\\1`
  const match =
    new RegExp(`(?:\\bfrom|\\bimport)\\s*\\(?\\s*(?=${quoted})`).exec(text) ?? new RegExp(`(?=${quoted})`).exec(text)
  if (!match) return undefined
  const start = positionOf(text, match.index + match[0].length)
  return {
    file: base,
    ...start,
    endLine: start.line,
    endColumn: start.column + specifier.length + 2,
  }
}

/** Line and column, from 1, of an offset in a text. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n') }
}
