import type * as typescript from 'typescript'
import { exportFixes } from './export-fixes.ts'
import { ExportTypes, type Found } from './export-types.ts'
import { rangeOf, type Finding } from './findings.ts'
import { implementationsOf } from './implementations.ts'
import { misfitThrown } from './thrown.ts'
import { typeText, unlikeness, type Unlike } from './unlikeness.ts'
import { unwantedIn } from './unwanted.ts'
import type { Wanted } from './wanted.ts'

/**
 * The numbers of what TypeScript says of a value that is not of the type it should be, from its diagnosticMessages.json.
 * All else that it marks at a name is another mistake.
 */
const misfits = new Set([
  1360, 2322, 2326, 2345, 2352, 2353, 2375, 2379, 2415, 2416, 2417, 2418, 2419, 2420, 2559, 2561, 2719, 2720, 2739,
  2740, 2741, 2769, 2820,
])

/**
 * What a module lacks of what is wanted of it. What its types do not tell fits. Undefined where there is no such file, or
 * one that cannot be read.
 */
export function checkExports(
  ts: typeof typescript,
  service: typescript.LanguageService,
  file: string,
  wanted: readonly Wanted[],
): readonly Finding[] | undefined {
  const program = service.getProgram()
  const source = program?.getSourceFile(file)
  if (!program || !source || service.getSyntacticDiagnostics(file).length > 0) return undefined
  const types = new ExportTypes(ts, program, source)
  const found = wanted.map(({ path }) => types.find(path))
  const findings: Omit<Finding, 'fixes'>[] = []

  const errors = new Map<string, readonly typescript.Diagnostic[]>()
  /** Where TypeScript marks one of these names. */
  function saidAt(marks: readonly typescript.Node[]): Finding['said'] {
    for (const mark of marks) {
      const { fileName } = mark.getSourceFile()
      const all = errors.get(fileName) ?? service.getSemanticDiagnostics(fileName)
      errors.set(fileName, all)
      const [from, to] = [mark.getStart(), mark.end]
      const error = all.find(
        ({ category, code, start = 0, length = 0 }) =>
          category === ts.DiagnosticCategory.Error && misfits.has(code) && start <= to && from <= start + length,
      )
      if (error?.start === undefined) continue
      return {
        file: fileName,
        message: typeof error.messageText === 'string' ? error.messageText : error.messageText.messageText,
        ...rangeOf(mark.getSourceFile(), error.start, error.start + (error.length ?? 0)),
      }
    }
    return undefined
  }

  function tell(kind: Finding['kind'], indices: readonly number[], { marks }: Found, unlike?: Unlike): void {
    const [mark] = marks
    const place = mark && {
      file: mark.getSourceFile().fileName,
      ...rangeOf(mark.getSourceFile(), mark.getStart(), mark.end),
    }
    const said = kind === 'mistyped' ? undefined : saidAt(marks)
    findings.push({ kind, wanted: indices, ...(place && { place }), ...(unlike && { unlike }), ...(said && { said }) })
  }

  /** What is missing is told once for each object or class that it is missing in. */
  const holders = new Map<unknown, { readonly found: Found; readonly indices: number[] }>()
  for (const [index, each] of found.entries()) {
    if (each.fit === 'mistyped') tell('mistyped', [index], each)
    if (each.fit !== 'missing') continue
    const holder = holders.get(each.marks[0]) ?? { found: each, indices: [] }
    holder.indices.push(index)
    holders.set(each.marks[0], holder)
  }
  for (const { found: holder, indices } of holders.values()) tell('missing', indices, holder)

  // A class that is not as it should be makes no fault of every function that takes its objects.
  let classesFit = !found.some(({ fit }, index) => fit !== 'fits' && wanted[index]?.kind !== 'function')
  const compare = (own: boolean): void => {
    for (const [index, each] of found.entries()) {
      const want = wanted[index]
      if (!want || each.fit !== 'fits' || !each.type || want.own !== own) continue
      const type = types.declared(want.module, want.member)
      const unlike = type && unlikeness(ts, types.checker, source, want, each.type, type)
      if (!unlike) continue
      tell('unlike', [index], each, unlike)
      if (want.kind !== 'function') classesFit = false
    }
  }
  compare(false)
  if (classesFit) compare(true)

  for (const { wanted: index, written, throws } of implementationsOf(types, wanted, found)) {
    const each = found[index]
    if (!each || !throws) continue
    for (const value of misfitThrown(types, written, throws)) {
      const unlike = { given: shownValue(ts, types, value), wanted: typeText(ts, types.checker, source, throws) }
      tell('unlike', [index], { ...each, marks: [value] }, { part: 'thrown', ...unlike })
    }
  }

  // What is misspelt is wanted after all.
  if (!found.some(({ fit, depth }) => fit === 'missing' && depth === 0)) {
    for (const { name, node } of unwantedIn(service, types, wanted)) {
      const place = { file, ...rangeOf(source, node.getStart(), node.end) }
      findings.push({ kind: 'unwanted', wanted: [], name, place })
    }
  }
  if (findings.length === 0) return []
  const fixes = exportFixes(ts, service, types, wanted, found, findings)
  return findings.map((finding, index) => ({ ...finding, fixes: fixes[index] ?? [] }))
}

/** A literal as it is written, and of all else the type. */
function shownValue(ts: typeof typescript, { checker }: ExportTypes, value: typescript.Expression): string {
  const isLiteral =
    ts.isLiteralExpression(value) || ts.isObjectLiteralExpression(value) || ts.isArrayLiteralExpression(value)
  if (isLiteral) return value.getText().replaceAll(/\s+/g, ' ')
  return typeText(ts, checker, value.getSourceFile(), checker.getTypeAtLocation(value))
}
