import { writeFileSync } from 'node:fs'
import type { Diagnostic } from '../../src/contract/fault.ts'
import { resolveWit } from '../../src/wit/check.ts'
import { formatWit } from '../../src/wit/format.ts'
import { dependencyOf, type Builtin } from '../../src/wit/packages.ts'
import { resolvedWit } from '../../src/wit/resolved.ts'
import { parseWit } from '../../src/wit/parse.ts'
import { lineStarts, placeOf } from '../../src/wit/text.ts'
import { fileProblem, isWit, readInputs, type Input, type Inputs } from './input.ts'
import { parseOptions, usage, type Options } from './options.ts'

/** What a command says and how it ends. */
export interface Outcome {
  readonly status: 0 | 1 | 2
  readonly stdout: string
  readonly stderr: string
}

/** The WASI packages that names in these texts may refer to. */
export type BuiltinsFor = (texts: readonly string[]) => readonly Builtin[]

/** Something to be told of a file, as it is sorted. */
interface Told {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly text: string
}

/** Runs `npm run wit` with these arguments. Writes nothing but formatted files. */
export function runWit(args: readonly string[], builtinsFor: BuiltinsFor): Outcome {
  const parsed = parseOptions(args)
  if (!parsed.ok) return { status: 2, stdout: '', stderr: `${parsed.message}\nSee npm run --silent wit -- --help.\n` }
  const { options } = parsed
  if (options.mode === 'help') return { status: 0, stdout: usage, stderr: '' }
  const read = readInputs(options.paths)
  if (!read.ok) return { status: 2, stdout: '', stderr: `${read.message}\n` }
  if (options.mode === 'check') return check(read.inputs, builtinsFor)
  if (options.mode === 'json') return resolve(read, options, builtinsFor)
  return format(read.inputs, options)
}

function check(inputs: readonly Input[], builtinsFor: BuiltinsFor): Outcome {
  const told = inputs.flatMap((input) => {
    const { diagnostics } = resolveWit(input.files, builtinsFor(Object.values(input.files)))
    return diagnostics.flatMap((found) => tell(input, found))
  })
  return { status: told.length === 0 ? 0 : 1, stdout: lines(told), stderr: '' }
}

function tell({ shown, only }: Input, { place, message, next }: Diagnostic): Told[] {
  const { file, line, column } = place ?? { file: only ?? '', line: 1, column: 1 }
  if (only !== undefined && file !== only) return []
  return [{ file: shown + file, line, column, text: oneLine(`${message} ${next}`) }]
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim()

/** In order of file and place, each once: paths may overlap. */
function lines(told: readonly Told[]): string {
  const sorted = told.toSorted(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  )
  return [...new Set(sorted.map(({ file, line, column, text }) => `${file}:${line}:${column}: ${text}\n`))].join('')
}

/**
 * Mistakes go where no reader of JSON looks for it. The document has every package that is read, those of `deps/`
 * included: it would be wrong with a mistake in any of them, and without one that is not read.
 */
function resolve(
  { inputs, isOne }: Inputs & { readonly ok: true },
  { features }: Options,
  builtinsFor: BuiltinsFor,
): Outcome {
  const told: Told[] = []
  const documents = inputs.map(({ files, shown }) => {
    const resolution = resolveWit(files, builtinsFor(Object.values(files)))
    told.push(...resolution.diagnostics.flatMap((found) => tell({ files, shown }, found)))
    for (const file of Object.keys(files))
      if (!isWit(file)) told.push({ file: shown + file, line: 1, column: 1, text: unread(shown + file) })
    return told.length > 0 ? undefined : resolvedWit(resolution, features)
  })
  if (told.length > 0) return { status: 1, stdout: '', stderr: lines(told) }
  return { status: 0, stdout: `${JSON.stringify(isOne ? documents[0] : documents, null, 2)}\n`, stderr: '' }
}

const unread = (path: string): string =>
  `Only WIT is read, so what this file has would be missing. Put its WIT in its place: \`wasm-tools component wit ${path} -o ${path.replace(/\.\w+$/, '.wit')}\`.`

function format(inputs: readonly Input[], { mode }: Options): Outcome {
  const texts = new Map<string, string>()
  for (const { files, shown, only } of inputs)
    for (const [file, text] of Object.entries(files))
      if (file.endsWith('.wit') && (only === undefined ? dependencyOf(file) === undefined : file === only))
        texts.set(shown + file, text)
  const changed: string[] = []
  const broken: Told[] = []
  for (const [file, text] of [...texts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const parsed = parseWit(text)
    const formatted = formatWit(parsed)
    if (formatted === undefined) {
      const [first] = parsed.problems.toSorted((a, b) => a.start - b.start)
      const place = placeOf(file, lineStarts(text), first ?? { start: 0, end: 0 })
      broken.push({ ...place, text: `Left as it is. ${oneLine(`${first?.message ?? ''} ${first?.next ?? ''}`)}` })
    } else if (formatted !== text) {
      const problem = mode === 'format' ? write(file, formatted) : undefined
      if (problem === undefined) changed.push(file)
      else broken.push({ file, line: 1, column: 1, text: `Left as it is. ${problem}` })
    }
  }
  const fails = broken.length > 0 || (mode === 'format-check' && changed.length > 0)
  return { status: fails ? 1 : 0, stdout: changed.map((file) => `${file}\n`).join(''), stderr: lines(broken) }
}

/** What kept a file from being written. */
function write(file: string, text: string): string | undefined {
  try {
    writeFileSync(file, text)
    return undefined
  } catch (error) {
    const problem = fileProblem(error)
    if (problem === undefined) throw error
    return problem
  }
}
