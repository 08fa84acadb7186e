import { fail, succeed } from '../../../contract/fault.ts'
import type { Fault, Outcome } from '../../../contract/fault.ts'
import type { CompiledSource } from '../../toolchain.ts'
import { jsonModule } from './json.ts'
import { compileModule } from './module.ts'
import type { ImportSpecifier, ModuleOutcome } from './module.ts'
import { unknownFile } from '../../absent.ts'
import { isModule, relativeSpecifier, resolveImport } from '../../resolution.ts'
import type { Resolution } from '../../resolution.ts'
import type { SourceError } from './position.ts'

/** All sources of a guest together, in UTF-16 code units: beyond this, reading them would hold up the tab. */
export const maxSourceLength = 2 * 1024 * 1024

type SourceFiles = Readonly<Record<string, string>>

/** Compiled modules of earlier runs by path, so that an edit compiles one file. */
export type ModuleCache = Map<string, { readonly text: string; readonly outcome: ModuleOutcome }>

/**
 * Compiles the entry and every file that it imports, directly or through another. Relative imports are written out in
 * full, so that the engine can join paths without looking for files. Files that nothing imports are not read.
 */
export function compileTypeScript(
  files: SourceFiles,
  entry: string,
  cache: ModuleCache = new Map(),
): Outcome<CompiledSource> {
  if (!Object.hasOwn(files, entry)) return fail(missingEntry(files, entry))
  const modules = new Map<string, string>()
  let usesUrl = false
  let length = 0
  const queue = [entry]
  const seen = new Set(queue)
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const text = files[path] ?? ''
    length += text.length
    if (length > maxSourceLength) return fail(tooLong(path, length))
    const outcome = path.endsWith('.json') ? jsonModule(path, text) : cached(cache, path, text)
    if (!outcome.ok) return fail(sourceFault(path, outcome.error))
    const { module } = outcome
    usesUrl ||= module.usesUrl
    const code = new Rewriting(module.code)
    for (const specifier of module.imports) {
      const resolution = resolveImport(path, specifier.specifier, (candidate) => Object.hasOwn(files, candidate))
      // Whether the world has it is not known here; the engine says so, with the place.
      if (resolution.kind === 'world') continue
      if (resolution.kind !== 'file' || !isModule(resolution.path)) {
        return fail(unresolved(path, specifier, resolution))
      }
      code.replace(specifier.offset, specifier.length, JSON.stringify(relativeSpecifier(path, resolution.path)))
      if (specifier.attributes !== undefined) code.blank(specifier.attributes.offset, specifier.attributes.length)
      if (!seen.has(resolution.path)) {
        seen.add(resolution.path)
        queue.push(resolution.path)
      }
    }
    modules.set(path, code.text())
  }
  for (const path of cache.keys()) if (!seen.has(path)) cache.delete(path)
  return succeed({
    source: { entry, modules: Object.fromEntries(modules) },
    variant: usesUrl ? 'url' : 'base',
    warnings: [],
  })
}

function cached(cache: ModuleCache, path: string, text: string): ModuleOutcome {
  const known = cache.get(path)
  if (known?.text === text) return known.outcome
  const outcome = compileModule(path, text)
  cache.set(path, { text, outcome })
  return outcome
}

/** Replaces parts of a text, given by their offsets in the text as it was. */
class Rewriting {
  private readonly original: string
  private readonly edits: { readonly offset: number; readonly length: number; readonly text: string }[] = []

  constructor(text: string) {
    this.original = text
  }

  replace(offset: number, length: number, text: string): void {
    this.edits.push({ offset, length, text })
  }

  blank(offset: number, length: number): void {
    const found = this.original.slice(offset, offset + length)
    this.replace(offset, length, found.replace(/[^\n]/g, ' '))
  }

  text(): string {
    let result = ''
    let at = 0
    for (const { offset, length, text } of this.edits.toSorted((a, b) => a.offset - b.offset)) {
      result += this.original.slice(at, offset) + text
      at = offset + length
    }
    return result + this.original.slice(at)
  }
}

const placeOf = (file: string, { line, column, length }: ImportSpecifier) => ({
  file,
  line,
  column,
  endLine: line,
  endColumn: column + length,
})

function sourceFault(file: string, { line, column, length, message, next }: SourceError): Fault {
  const end = length === undefined ? {} : { endLine: line, endColumn: column + length }
  return { stage: 'source', message, next, place: { file, line, column, ...end } }
}

function missingEntry(files: SourceFiles, entry: string): Fault {
  const sources = Object.keys(files).filter((path) => isModule(path) && !/\.(?:json|d\.ts)$/.test(path))
  const [first] = sources
  if (first === undefined) {
    return {
      stage: 'project',
      message: 'The project has no source file.',
      next: `Add ${entry} with the exports of the world.`,
    }
  }
  return {
    stage: 'project',
    message: `The entry ${entry} is not in the project.`,
    next: `Add it, or choose another entry, such as ${first}.`,
  }
}

function tooLong(path: string, length: number): Fault {
  const mebibytes = (length / 1048576).toFixed(1)
  return {
    stage: 'source',
    message: `The source is ${mebibytes} MiB long with ${path}; at most ${maxSourceLength / 1048576} MiB are compiled.`,
    next: 'Make it shorter, or compute large data instead of writing it out.',
    place: { file: path, line: 1, column: 1 },
  }
}

function unresolved(
  from: string,
  specifier: ImportSpecifier,
  resolution: Exclude<Resolution, { kind: 'world' }>,
): Fault {
  return { stage: 'source', ...unknownFile(specifier.specifier, resolution), place: placeOf(from, specifier) }
}
