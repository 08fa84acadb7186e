/**
 * Measures the WIT front end on the corpora: how much correct text it accepts, how much broken text it detects and
 * where, and how it copes with several mistakes at once. `tsx scripts/wit-corpus.ts [--verbose]`.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Diagnostic } from '../src/contract/fault.ts'
import type { Builtin } from '../src/wit/packages.ts'
import type { OutlineEntry } from '../src/wit/outline.ts'
import type { Type } from '../src/wit/tree.ts'
import { checkWit } from '../src/wit/check.ts'
import { outline } from '../src/wit/outline.ts'
import { parseWit } from '../src/wit/parse.ts'
import { typesIn, walkType } from '../src/wit/type-parts.ts'
import { validatorRules } from '../src/wit/validator-rules.fixture.ts'

type Files = Record<string, string>

export interface Row {
  readonly id: number
  readonly requirement: string
  readonly target: string
  readonly reached: string
  readonly ok: boolean
  readonly details: readonly string[]
}

const corpora = resolve(process.env['CORPORA'] ?? '../shared/corpora')
const builtinFolder = resolve('node_modules/@bytecodealliance/jco/lib/wit/builtin')

const under = (folder: string): string[] =>
  readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? under(path) : [path]
    })

const readable = /\.(?:wit|wat|wasm)$/

/** A case of a corpus, a file or a directory, as a project's files. */
const load = (path: string): Files => {
  if (!statSync(path).isDirectory()) return { [path.split('/').at(-1) ?? path]: readFileSync(path, 'utf8') }
  const files: Files = {}
  for (const file of under(path)) if (readable.test(file)) files[relative(path, file)] = readFileSync(file, 'latin1')
  for (const file of Object.keys(files)) if (file.endsWith('.wit')) files[file] = readFileSync(join(path, file), 'utf8')
  return files
}

const cases = (folder: string): { name: string; files: Files }[] =>
  readdirSync(folder)
    .toSorted()
    .filter((name) => statSync(join(folder, name)).isDirectory() || /\.(?:wit|wat)$/.test(name))
    .map((name) => ({ name, files: load(join(folder, name)) }))

const show = ({ place, message }: Diagnostic): string =>
  `${place?.file ?? '-'}:${place?.line ?? 0}:${place?.column ?? 0} ${message}`

const accepting = (
  id: number,
  requirement: string,
  target: string,
  all: readonly { name: string; files: Files; builtins?: readonly Builtin[] }[],
): Row => {
  const details: string[] = []
  let clean = 0
  for (const { name, files, builtins } of all) {
    const found = checkWit(files, builtins)
    if (found.length === 0) clean += 1
    else details.push(...found.map((one) => `${name}: ${show(one)}`))
  }
  const reached = `${clean} of ${all.length} without a diagnostic`
  return { id, requirement, target, reached, ok: clean === all.length, details }
}

/** The WASI packages that come with the toolchain: each as the root, with the others built in. */
const jcoBuiltins = (): { name: string; files: Files; builtins: Builtin[] }[] => {
  if (!existsSync(builtinFolder)) return []
  const versions = readdirSync(builtinFolder).filter((name) => statSync(join(builtinFolder, name)).isDirectory())
  const roots = versions.flatMap((version) => {
    const folder = join(builtinFolder, version)
    const inside = readdirSync(folder)
    return inside.some((name) => name.endsWith('.wit')) ? [folder] : inside.map((name) => join(folder, name))
  })
  const builtins = roots.flatMap((folder) => {
    const own = Object.entries(load(folder)).filter(([path]) => !path.startsWith('deps/'))
    const texts = own
      .map(([, text]) => text)
      .toSorted((a, b) => Number(/^package/m.test(b)) - Number(/^package/m.test(a)))
    const key = texts.map((text) => /^package\s+([^;\s]+)\s*;/m.exec(text)?.[1]).find((one) => one !== undefined)
    return key === undefined ? [] : [{ folder, package: key, text: texts.join('\n') }]
  })
  return roots.map((folder) => ({
    name: `jco/${relative(builtinFolder, folder)}`,
    files: load(folder),
    builtins: builtins.filter((one) => one.folder !== folder),
  }))
}

const wasi = (): { name: string; files: Files }[] => {
  const folder = join(corpora, 'wasi')
  return readdirSync(folder).flatMap((version) => {
    const packages = readdirSync(join(folder, version))
    return packages.map((root) => {
      const files: Files = {}
      for (const name of packages)
        for (const [path, text] of Object.entries(load(join(folder, version, name))))
          files[name === root ? path : `deps/${name}/${path}`] = text
      return { name: `wasi/${version}/${root}`, files }
    })
  })
}

/** The position in an expected result: file below the case's folder (empty for a case of one file), line and column. */
const expected = (result: string, name: string): { file: string; line: number; column: number } | undefined => {
  const match = /parse-fail\/([^\s:]+):(\d+):(\d+)/.exec(result)
  if (match === null) return undefined
  const path = match[1] ?? ''
  return { file: path === name ? name : path.slice(name.length + 1), line: Number(match[2]), column: Number(match[3]) }
}

const rejecting = (): Row[] => {
  const folder = join(corpora, 'wit/parse-fail')
  const missed: string[] = []
  const elsewhere: string[] = []
  let [detected, positioned, sameLine, sameColumn, first, extra] = [0, 0, 0, 0, 0, 0]
  const all = cases(folder)
  for (const { name, files } of all) {
    const resultPath = join(folder, `${name.replace(/\.wit$/, '')}.wit.result`)
    const result = existsSync(resultPath) ? readFileSync(resultPath, 'utf8') : ''
    const found = checkWit(files)
    if (found.length > 0) detected += 1
    else missed.push(`${name}: ${result.split('\n')[0] ?? ''}`)
    const want = expected(result, name)
    if (want === undefined) continue
    positioned += 1
    const onLine = found.filter(({ place }) => place?.file === want.file && place.line === want.line)
    const exact = onLine.filter(({ place }) => place?.column === want.column)
    if (onLine.length > 0) sameLine += 1
    if (exact.length > 0) sameColumn += 1
    if (exact[0] !== undefined && exact[0] === found[0]) first += 1
    if (found.length > 1) extra += 1
    if (exact.length === 0 || found.length > 1)
      elsewhere.push(
        `${name}: wanted ${want.file}:${want.line}:${want.column} ${result.split('\n')[0] ?? ''}`,
        ...found.map((one) => `    ${show(one)}`),
      )
  }
  const percent = (part: number): string => `${part} of ${positioned} (${((100 * part) / positioned).toFixed(1)} %)`
  return [
    {
      id: 3,
      requirement: 'wit/parse-fail detected',
      target: 'all',
      reached: `${detected} of ${all.length}`,
      ok: detected === all.length,
      details: missed,
    },
    {
      id: 4,
      requirement: 'same file and line / same column',
      target: '97 % / 93 %',
      reached: `${percent(sameLine)} / ${percent(sameColumn)}; the first diagnostic is it in ${first}, more than one in ${extra}`,
      ok: sameLine / positioned >= 0.97 && sameColumn / positioned >= 0.93,
      details: elsewhere,
    },
  ]
}

const names = (entries: readonly OutlineEntry[]): string[] =>
  entries.flatMap((entry) => [`${entry.kind} ${entry.name}`, ...names(entry.children)])

/** All single texts of the accepting corpora that are complete in themselves. */
const wholeTexts = (): { name: string; text: string }[] =>
  [join(corpora, 'wit/good'), join(corpora, 'wit/worlds')].flatMap((folder) =>
    cases(folder).flatMap(({ name, files }) => {
      const [text, ...more] = Object.values(files)
      return text === undefined || more.length > 0 || name.endsWith('.wat') ? [] : [{ name, text }]
    }),
  )

/** Puts an unknown type into every interface's first types: each must be told, at its place, and nothing else. */
const severalMistakes = (): Row => {
  const details: string[] = []
  let [mistakes, told, other, broken, kept] = [0, 0, 0, 0, 0]
  for (const { name, text } of wholeTexts()) {
    const { file } = parseWit(text)
    const spots: Type[] = []
    for (const item of file.items) {
      if (item.kind !== 'interface') continue
      const types = item.items.flatMap((one): Type[] => {
        if (one.kind === 'function') return one.type.parameters.map(({ type }) => type)
        return one.kind === 'use' ? [] : typesIn(one).map(({ type }) => type)
      })
      for (const type of types)
        walkType(type, (part) => {
          if (part.kind === 'primitive' && (spots.at(-1)?.end ?? 0) < part.start) spots.push(part)
        })
    }
    const keys = new Set<number>()
    for (const item of file.items)
      if (item.kind === 'interface')
        for (const one of item.items)
          if (one.kind === 'alias') walkType(one.type, (part) => part.kind === 'map' && keys.add(part.key.start))
    const usable = spots.filter(({ start }) => !keys.has(start))
    if (usable.length > 0) {
      let changed = ''
      let at = 0
      const wanted: number[] = []
      for (const [index, { start, end }] of usable.entries()) {
        changed += text.slice(at, start)
        wanted.push(changed.length)
        changed += `unknown-type-${index}`
        at = end
      }
      changed += text.slice(at)
      const starts = new Set(wanted)
      const lines = changed.split('\n')
      const offsets = checkWit({ 'a.wit': changed }).map(({ place }) =>
        place === undefined
          ? -1
          : lines.slice(0, place.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + place.column - 1,
      )
      const right = new Set(offsets.filter((offset) => starts.has(offset)))
      mistakes += starts.size
      told += right.size
      const wrong = offsets.filter((offset) => !starts.has(offset)).length
      other += wrong
      if (right.size < starts.size || wrong > 0)
        details.push(`${name}: ${starts.size} unknown types, ${right.size} told, ${wrong} other diagnostics`)
    }
    // A broken item leaves the others of its interface, and those after it, in the outline.
    for (const item of file.items) {
      if (item.kind !== 'interface') continue
      for (const one of item.items) {
        if (one.kind !== 'function') continue
        const cut = `${text.slice(0, one.name.end)} ? ${text.slice(one.type.start)}`
        const before = names(outline(file, text))
        const after = names(outline(parseWit(cut).file, cut))
        broken += 1
        const gone = before.filter((entry) => !after.includes(entry))
        if (gone.length === 0 || (gone.length === 1 && gone[0] === `function ${one.name.text}`)) kept += 1
        else details.push(`${name}: with \`${one.name.text}\` broken the outline lost ${gone.join(', ')}`)
      }
    }
  }
  return {
    id: 6,
    requirement: 'errors per file: all independent ones; unaffected items stay in the outline',
    target: 'all',
    reached: `${told} of ${mistakes} planted mistakes told, ${other} others; outline whole in ${kept} of ${broken}`,
    ok: told === mistakes && other === 0 && kept === broken,
    details,
  }
}

const rules = (): Row => {
  const details: string[] = []
  for (const { rule, text, at } of validatorRules) {
    const found = checkWit({ 'a.wit': text })
    const spots = found.map(({ place }) => `${place?.line ?? 0}:${place?.column ?? 0}`)
    if (spots.length !== 1 || spots[0] !== at) details.push(`${rule}: wanted ${at}, got ${found.map(show).join('; ')}`)
  }
  const right = validatorRules.length - details.length
  return {
    id: 7,
    requirement: 'validator-level rules, at the member',
    target: 'all',
    reached: `${right} of ${validatorRules.length}`,
    ok: right === validatorRules.length,
    details,
  }
}

export const measure = (): Row[] => [
  accepting(1, 'wit/good: no diagnostics', 'all', cases(join(corpora, 'wit/good'))),
  accepting(2, 'wit/worlds, wasi/*, built-in WASI: no false positives', 'all', [
    ...cases(join(corpora, 'wit/worlds')),
    ...wasi(),
    ...jcoBuiltins(),
  ]),
  ...rejecting(),
  severalMistakes(),
  rules(),
]

export const corporaThere = existsSync(corpora)

const main = (): void => {
  const verbose = process.argv.includes('--verbose')
  if (!corporaThere) {
    process.stdout.write(`The corpora are not at ${corpora}; set CORPORA to where they are.\n`)
    return
  }
  const rows = measure()
  for (const { id, requirement, target, reached, ok, details } of rows) {
    process.stdout.write(`${ok ? 'ok  ' : 'MISS'} ${id}  ${requirement} [${target}]: ${reached}\n`)
    if (verbose || !ok) for (const line of details) process.stdout.write(`        ${line}\n`)
  }
  if (rows.some(({ ok }) => !ok)) process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
