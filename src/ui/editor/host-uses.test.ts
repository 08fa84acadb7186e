import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { mended } from '../../state/mend.ts'
import { addImport } from '../../wit/add-import.ts'
import { guestLib } from './guest-lib.ts'
import { lacksOf, usesOf, type LackingWorld } from './host-lacks.ts'
import { importFix } from './import-fix.ts'
import { hostUses, type FoundUse } from './host-uses.ts'

const library = `
interface Array<T> {} interface Boolean {} interface Function {} interface Number {} interface Object {}
interface RegExp {} interface String {} interface IArguments {} interface CallableFunction {} interface NewableFunction {}
interface Date { getTime(): number }
declare var Date: { new (value?: number): Date; (): string; now(): number }
declare var Math: { random(): number; floor(value: number): number }
`

function usesIn(text: string): FoundUse[] {
  const files: Record<string, string> = { '/main.ts': text, '/lib.d.ts': library, '/engine.d.ts': guestLib }
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
  return hostUses(ts, program.getTypeChecker(), source)
}

const said = (text: string): string[] =>
  usesIn(text).map(
    ({ what, range, atStart }) => `${range.line}:${range.column} ${what}${atStart ? ' at the start' : ''}`,
  )

describe('where code reaches out', () => {
  it.each([
    ['export const f = () => console.log(1)', ['1:24 console.log']],
    ['export function f() {\n  [1].forEach(console.error)\n}', ['2:15 console.error']],
    ['console.log(1)\nexport const f = () => console.log(2)', ['2:24 console.log']],
    ['console.log(1)', ['1:1 console.log at the start']],
    ['export const f = () => new Date()', ['1:24 new Date()']],
    ['export const f = () => Date()', ['1:24 Date()']],
    ['export class A { at = Date.now() }', ['1:23 Date.now']],
    ['export const f = () => setTimeout(() => {}, 5)', ['1:24 setTimeout']],
    ['export const f = (n: number) => setInterval(() => {}, n)', ['1:33 setInterval']],
    ['export const f = () => Math.random() + Math.floor(1)', ['1:24 Math.random']],
    ["import { now } from 'wasi:clocks/wall-clock@0.2.12'\nnow()", ['1:21 wasi:clocks/wall-clock@0.2.12']],
    ["import { now, type Datetime } from 'wasi:clocks/wall-clock'", ['1:36 wasi:clocks/wall-clock']],
    ["import clock, { type Datetime } from 'wasi:clocks/wall-clock'", ['1:38 wasi:clocks/wall-clock']],
    ["import 'wasi:clocks/wall-clock'", ['1:8 wasi:clocks/wall-clock']],
    ["export { now } from 'wasi:clocks/wall-clock'", ['1:21 wasi:clocks/wall-clock']],
    ["export * as clock from 'wasi:clocks/wall-clock'", ['1:24 wasi:clocks/wall-clock']],
  ])('%j: %j', (text, uses) => {
    expect(said(text)).toEqual(uses)
  })

  it.each([
    'export const f = (at: Date) => new Date(0)',
    'export const f = () => setTimeout(() => {}, 0)',
    'export const f = () => setTimeout(() => {})',
    'const console = { log() {} }\nexport const f = () => console.log()',
    'export const f = (Date: { now(): number }) => Date.now()',
    'export const f = () => ({ console: { log: 1 } }).console.log',
    'export const f = () => "console.log()"',
    "import type { Datetime } from 'wasi:clocks/wall-clock@0.2.12'\nexport const f = (at: Datetime) => at",
    "import { type Datetime } from 'wasi:clocks/wall-clock@0.2.12'\nexport const f = (at: Datetime) => at",
    "export type { Datetime } from 'wasi:clocks/wall-clock@0.2.12'",
    "export { type Datetime } from 'wasi:clocks/wall-clock@0.2.12'",
    'export const has = () => typeof console.groupEnd',
  ])('not with %j', (text) => {
    expect(said(text)).toEqual([])
  })
})

describe('what a world lacks', () => {
  const wit = 'package demo:w;\n\nworld w {\n  export f: func();\n}\n'
  const world = (...imported: string[]): LackingWorld => ({
    imported: new Set(imported),
    versioned: (name) => `${name}@0.2.3`,
  })

  it('is a warning at its place, with the line that mends it', () => {
    const lacks = lacksOf('main.ts', usesIn('export const f = () => { console.log(1); console.info(2) }'), world())
    expect(lacks.map(({ problem }) => problem)).toMatchObject([
      {
        severity: 'warning',
        message: 'console.log writes to wasi:cli/stdout, which this world does not import.',
        next: 'Add `import wasi:cli/stdout@0.2.3;` to the world.',
        place: { file: 'main.ts', line: 1, column: 26, endColumn: 37 },
      },
    ])
    const full = lacks[0]?.full ?? ''
    const edit = addImport({ 'world.wit': wit }, 'w', full) ?? expect.unreachable()
    const fix = importFix(wit, edit, full)
    expect(fix.title).toBe('Import wasi:cli/stdout@0.2.3')
    expect(mended({ 'world.wit': wit }, fix)).toEqual({
      file: 'world.wit',
      text: 'package demo:w;\n\nworld w {\n  import wasi:cli/stdout@0.2.3;\n  export f: func();\n}\n',
    })
  })

  it('is nothing where the world has the import, or another that will do', () => {
    const uses = usesIn('export const f = () => { console.error(1); Math.random() }')
    expect(lacksOf('main.ts', uses, world('wasi:cli/stdout', 'wasi:random/insecure-seed'))).toEqual([])
    expect(lacksOf('main.ts', uses, world())).toHaveLength(2)
  })

  it('is nothing at the start where the builder has it, and something where it has not', () => {
    expect(lacksOf('main.ts', usesIn('console.log(Math.random())'), world())).toEqual([])
    expect(lacksOf('main.ts', usesIn('export const at = Date.now()'), world())).toHaveLength(1)
  })

  it('is not what the builder answers while the code starts', () => {
    const needed = usesOf('main.ts', usesIn('console.log(1)\nMath.random()\nexport const at = Date.now()'))
    expect(needed.map(({ what }) => what)).toEqual(['Date.now'])
  })

  it('is not what is imported by name, which the editor says itself', () => {
    const uses = usesIn("import { now } from 'wasi:clocks/wall-clock@0.2.12'\nnow()")
    expect(lacksOf('main.ts', uses, world())).toEqual([])
    expect(usesOf('main.ts', uses)).toMatchObject([{ kind: 'import', needs: ['wasi:clocks/wall-clock'] }])
  })
})
