import ts from 'typescript'
import { expect, it } from 'vitest'
import { absentGlobals } from './absent-globals.ts'

function saidOf(text: string): string[] {
  const files: Record<string, string> = {
    '/main.ts': text,
    '/lib.d.ts': 'declare namespace Intl { class NumberFormat {} }\ndeclare var Atomics: { load(): void }\n',
  }
  const options: ts.CompilerOptions = {
    noLib: true,
    target: ts.ScriptTarget.ESNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
  }
  const host = ts.createCompilerHost(options)
  const program = ts.createProgram(Object.keys(files), options, {
    ...host,
    getSourceFile: (file) => ts.createSourceFile(file, files[file] ?? '', ts.ScriptTarget.ESNext, true),
    fileExists: (file) => files[file] !== undefined,
  })
  const source = program.getSourceFile('/main.ts') ?? expect.unreachable()
  return absentGlobals(ts, program.getTypeChecker(), source).map(
    ({ start = 0, length = 0, messageText }) => `${start} ${text.slice(start, start + length)}: ${String(messageText)}`,
  )
}

it.each([
  ['new Intl.NumberFormat()', 4, 'Intl'],
  ['export const all = { Intl }', 21, 'Intl'],
  ['export const it = Intl', 18, 'Intl'],
  ['Atomics.load()', 0, 'Atomics'],
  ['class Own extends Intl.NumberFormat {}', 18, 'Intl'],
])('says of %s what a run would say', (text, start, name) => {
  expect(saidOf(text)).toEqual([`${start} ${name}: Cannot find name '${name}'.`])
})

it.each([
  'export function f(format: Intl.NumberFormat): typeof Intl | undefined { return undefined }',
  'const Intl = { NumberFormat: 1 }\nexport const n = Intl.NumberFormat',
  'export const n = { Intl: 1 }.Intl',
  'export const text = "Intl"',
  'declare const o: { Atomics: number }\nexport const { Atomics } = o',
  'export const isThere = typeof Intl !== "undefined"',
  'export const { Intl: own } = globalThis',
])('and nothing of %s', (text) => {
  expect(saidOf(text)).toEqual([])
})
