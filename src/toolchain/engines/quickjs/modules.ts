import type { Fault, Place } from '../../../contract/fault.ts'
import type { GuestSource } from '../../engine.ts'
import { resolveImport } from '../../resolution.ts'
import { withoutNetwork } from './thrown.ts'

/** How import specifiers of the guest are resolved: to files of the project, or to interfaces of the world. */

export type Resolution = { readonly ok: true; readonly name: string } | { readonly ok: false; readonly fault: Fault }

const withoutVersion = (specifier: string): string => specifier.replace(/@[^/]*$/, '')
/** What a run has no network for. */
const network = new Set(['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns'])
const nodeModules = new Set(
  (
    'assert async_hooks buffer child_process cluster crypto dgram dns events fs fs/promises http http2 https net os path ' +
    'perf_hooks process punycode querystring readline stream stream/promises string_decoder timers timers/promises tls ' +
    'tty url util v8 vm worker_threads zlib'
  ).split(' '),
)
/** What stands in for a module of Node. */
const instead: Readonly<Record<string, string>> = {
  fs: 'wasi:filesystem',
  'fs/promises': 'wasi:filesystem',
  crypto: 'wasi:random',
  process: 'wasi:cli',
  os: 'wasi:cli',
  readline: 'wasi:cli/stdin',
  tty: 'wasi:cli',
  timers: 'wasi:clocks',
  'timers/promises': 'wasi:clocks',
  perf_hooks: 'wasi:clocks',
}

/** `interfaces` are the specifiers of what the world imports. */
export function resolveSpecifier(
  source: GuestSource,
  interfaces: readonly string[],
  base: string,
  specifier: string,
): Resolution {
  const file = resolveImport(base, specifier, (path) => Object.hasOwn(source.modules, path))
  if (file.kind === 'file') return { ok: true, name: file.path }
  if (interfaces.includes(specifier)) return { ok: true, name: specifier }
  // The version may be left out where that leaves no choice.
  const same = interfaces.filter((name) => withoutVersion(name) === specifier)
  const [only, ...others] = same
  if (only !== undefined && others.length === 0) return { ok: true, name: only }
  const place = placeOfSpecifier(source, base, specifier)
  const [message, next] = explain(source, interfaces, base, specifier, same)
  return { ok: false, fault: { stage: 'source', message, next, ...(place && { place }) } }
}

function explain(
  source: GuestSource,
  interfaces: readonly string[],
  base: string,
  specifier: string,
  same: readonly string[],
): readonly [message: string, next: string] {
  if (/^\.{0,2}\/|^\.\.?$/.test(specifier)) {
    const files = Object.keys(source.modules).filter((file) => file !== base)
    return [
      specifier.startsWith('/')
        ? `There is no file "${specifier}" in the project.`
        : `There is no file "${specifier}" beside ${base}.`,
      files.length === 0
        ? 'Add the file to the project, or correct the path.'
        : `Add the file to the project, or import one that is there: ${files.slice(0, 5).join(', ')}.`,
    ]
  }
  if (same.length > 1) {
    return [`"${specifier}" could be any of ${same.join(', ')}.`, 'Write the version that is meant.']
  }
  const node = specifier.replace(/^node:/, '')
  if (specifier.startsWith('node:') || nodeModules.has(specifier)) {
    const wasi = (Object.hasOwn(instead, node) ? instead[node] : undefined) ?? 'the WASI interface that you need'
    return [
      `"${specifier}" is a module of Node, which is not there.`,
      network.has(node) ? withoutNetwork(specifier) : `The component has no Node; import ${wasi} instead.`,
    ]
  }
  if (/^[a-z][a-z0-9-]*:/.test(specifier) && !/^(https?|data|file|blob|npm|jsr):/.test(specifier)) {
    const other = interfaces.find((name) => withoutVersion(name) === withoutVersion(specifier))
    if (other !== undefined) {
      return [`The world does not import ${specifier}; it imports ${other}.`, `Import "${other}", or change the world.`]
    }
    return [
      `The world does not import ${specifier}.`,
      `Add \`import ${specifier};\` to the world, or correct the name.`,
    ]
  }
  if (/^[a-z]+:/.test(specifier)) {
    return [
      `"${specifier}" cannot be loaded: a component is made of the files of the project.`,
      'Put the source in a file of the project and import that.',
    ]
  }
  return [
    `"${specifier}" is not a file of the project and not an interface of the world.`,
    'Packages cannot be imported; put the source in a file of the project and import that with ./ in front.',
  ]
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
