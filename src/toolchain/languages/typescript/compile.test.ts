import { array, assert, constantFrom, property, tuple } from 'fast-check'
import ts from 'typescript'
import { expect, test } from 'vitest'
import type { CompiledSource } from '../../toolchain.ts'
import { compileTypeScript, maxSourceLength } from './compile.ts'
import { compileModule } from './module.ts'

function compiled(files: Record<string, string>, entry = 'main.ts'): CompiledSource {
  const outcome = compileTypeScript(files, entry)
  if (!outcome.ok) throw new Error(`${outcome.fault.message} ${JSON.stringify(outcome.fault.place)}`)
  return outcome.value
}
const compiledText = (text: string): string => compiled({ 'main.ts': text }).source.modules['main.ts'] ?? ''
function fault(files: Record<string, string>, entry = 'main.ts') {
  const outcome = compileTypeScript(files, entry)
  if (outcome.ok) throw new Error('expected a fault')
  return outcome.fault
}

interface Named {
  readonly name: string
  readonly line: number
  readonly column: number
}
/** Every identifier of a text with its position, as TypeScript's own scanner finds them. */
function identifiers(text: string, kind: ts.ScriptKind): Named[] {
  const file = ts.createSourceFile('x', text, ts.ScriptTarget.ESNext, true, kind)
  const found: Named[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text !== '') {
      const { line, character } = file.getLineAndCharacterOfPosition(node.getStart())
      found.push({ name: node.text, line, column: character })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}
const key = ({ name, line, column }: Named) => `${line}:${column} ${name}`

/** Every identifier of the compiled text stands where the source has the same one. */
function expectSamePositions(source: string): void {
  const before = new Set(identifiers(source, ts.ScriptKind.TS).map(key))
  const after = identifiers(compiledText(source), ts.ScriptKind.JS).map(key)
  expect(after.filter((entry) => !before.has(entry))).toEqual([])
  expect(compiledText(source).split('\n')).toHaveLength(source.split('\n').length)
}

/** What TypeScript itself emits for a text, without white space, semicolons and parentheses, which it may drop. */
function meaning(text: string, kind: ts.ScriptKind): string {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, removeComments: true },
    fileName: kind === ts.ScriptKind.TS ? 'x.ts' : 'x.js',
  })
  return outputText
    .replace(/\bexport \{\s*\};?/g, '')
    .replace(/[;()]/g, '')
    .replace(/\s+/g, '')
}

const snippets = [
  'const a: number = 1',
  'let b: Map<string, Array<number>> = new Map<string, Array<number>>(), c: string | undefined = undefined',
  'function f<T extends object>(this: Window, x: T, y?: number, ...rest: string[]): asserts x is T { return g(x) }',
  'const g = async <T,>(x: T): Promise<T> => await (x as unknown as T)',
  'class K<T> extends (L as any)<T> implements M<T>, N { private readonly x: number = 1; declare y: string; static z?: T; abstract w(): void; get v(): number { return this.x! } }',
  'const t = `a ${f(1 as number) as string} b ${`inner ${x!} `} c`, u = h',
  'const t1 = `${a as string}${b!}` + `` + `${`${c}`}`, d = e as string',
  'const t2 = `first ${(x as any)!.y}\n  second ${y satisfies string} third` as string, after = 1',
  'type A = { a: string }; const after2 = 1',
  'interface I<T> { (x: T): void; [key: string]: unknown } const after3 = 2',
  'export type { B } from "./b"',
  'declare const d: string; declare function e(): void; const after4 = d',
  'const o = { m<T>(x: T): T { return x }, async *n(): AsyncGenerator<number> { yield 1 as number }, p: q as const }',
  'for (const x of y as string[]) if (x! in (z as any)) w<string>(x!, v)',
  'const r = /a b(?:c)/u.test(s as string) ? <number>t : (u as any) / 2 / v',
  'try { x() } catch (e: unknown) { y(e as Error) } finally { z }',
  'label: while (x as boolean) { break label }',
  'const { a: aa, b: bb = 1 as number, ...cc }: { a: string; b?: number } = d, [dd, , ee]: [string, number, boolean] = f',
  'class P { #secret: number = 1; static #count: number; has(o: P): boolean { return #secret in o && o.#secret! > P.#count } }',
  'switch (x as string) { case y as string: z(); break; default: w!() }',
  'function over(x: string): void; function over(x: number): void; function over(x: any): void { y(x) }',
  'const i = x?.y!.z?.[w as number]!(v as any) ?? u, j = k!',
  '// a comment with URL and `a tick\nconst after5: number = 1',
  '/* several\n  lines */ let k2: number | string, l2 = k2 as number',
  'const longArrow = (\n  a: number,\n  b: string,\n): number => a + (b as any)',
  "const s2 = 'it\\'s' as string, s3 = \"a 'b'\" as string, m3 = s2",
]

const source = array(tuple(constantFrom(...snippets), constantFrom('\n', '; ', '\n\n  ')), {
  minLength: 1,
  maxLength: 8,
})
  // Each snippet in a block of its own, since they declare the same names; export lists stay at the top.
  .map((parts) =>
    parts.map(([text, gap]) => (text.startsWith('export') ? `${text}${gap}` : `{ ${text} \n}${gap}`)).join(''),
  )

test.each(snippets.map((snippet) => [snippet]))('positions stay: %s', (snippet) => {
  expectSamePositions(snippet)
  expect(meaning(compiledText(snippet), ts.ScriptKind.JS)).toBe(meaning(snippet, ts.ScriptKind.TS))
})

test('every surviving identifier of any program stands where it stood', () => {
  assert(property(source, expectSamePositions), { numRuns: 200 })
})

test('this very file compiles with all its positions', () => {
  const text = ts.sys.readFile('src/toolchain/languages/typescript/module.ts') ?? ''
  const files = {
    'a/main.ts': text,
    'a/alignment.ts': '',
    'a/unsupported.ts': '',
    'a/strip.ts': '',
    'a/position.ts': '',
  }
  const outcome = compileTypeScript(files, 'a/main.ts')
  expect(outcome.ok).toBe(true)
  if (!outcome.ok) return
  const code = outcome.value.source.modules['a/main.ts'] ?? ''
  const before = new Set(identifiers(text, ts.ScriptKind.TS).map(key))
  const after = identifiers(code, ts.ScriptKind.JS)
  expect(after.length).toBeGreaterThan(200)
  expect(after.map(key).filter((entry) => !before.has(entry))).toEqual([])
})

test('enums and parameter properties run, and later lines keep their positions', () => {
  const text =
    'enum Colour { red, green = 4, blue }\nclass P { constructor(readonly x: number, private y = 2) {} sum() { return this.x + this.y } }\n' +
    'export const out: unknown = [Colour.blue, Colour[4], new P(40).sum()]'
  const code = compiledText(text)
  expect(code.split('\n')[2]).toBe('export const out          = [Colour.blue, Colour[4], new P(40).sum()]')
  expect(new Function(`${code.replace('export const out', 'const out')}; return out`)()).toEqual([5, 'green', 42])
})

test('relative imports are followed and written out in full; types vanish with their files', () => {
  const { source } = compiled({
    'main.ts': [
      "import { add } from './lib/math'",
      "import type { T } from './types'",
      "import { type U, unused } from './nothing'",
      "import data from './data.json' with { type: 'json' }; const after = 1",
      "import { log } from 'demo:app/host'",
      "export * as up from './lib/index.js'",
      'export const later = async () => import("./late.js")',
      'export const run = (t: T, u: U) => log(add(data.n, after), t, u)',
    ].join('\n'),
    'lib/math.ts': "import { zero } from '../zero'\nexport const add = (a: number, b: number) => a + b + zero",
    'lib/index.ts': "export * from '.'\nexport { add } from './math.ts'",
    'late.ts': 'export default 1',
    'zero.js': 'export const zero = 0',
    'data.json': '{ "n": 1 }',
    'broken.ts': 'const = ',
    'types.ts': 'broken too =',
  })
  expect(Object.keys(source.modules).toSorted()).toEqual(
    ['data.json', 'late.ts', 'lib/index.ts', 'lib/math.ts', 'main.ts', 'zero.js'].toSorted(),
  )
  const lines = (source.modules['main.ts'] ?? '').split('\n')
  expect(lines[0]).toBe('import { add } from "./lib/math.ts"')
  expect(lines[1]?.trim()).toBe('')
  expect(lines[2]?.trim()).toBe('')
  expect(lines[3]).toMatch(/^import data from "\.\/data\.json" +; const after = 1$/)
  expect(lines[5]).toBe('export * as up from "./lib/index.ts"')
  expect(lines[6]).toContain('import("./late.ts")')
  expect(source.modules['lib/math.ts']).toContain('from "../zero.js"')
  expect(source.modules['data.json']).toBe('export default JSON.parse("{ \\"n\\": 1 }")')
  expect(lines[4]).toBe("import { log } from 'demo:app/host'")
})

test('words in strings, templates, comments and properties are no imports and no use of URL', () => {
  const text = [
    '// import a from "a"; new URL("x")',
    'const s = "import b from \'b\'; new URL()"',
    'const t = `import c from "c" ${`URL ${s}`} new URL("y") from "d"`',
    'const r = /import("e") URL/',
    'const o = { from: "f", URL: 1 }.from, p = s.URL, q = o.import("g"), from = "h"',
    'let v: URL | URLSearchParams | typeof import("i")',
    'export { s, t, r, o, p, q, v }',
  ].join('\n')
  const outcome = compileModule('main.ts', text)
  expect(outcome.ok && outcome.module.imports).toEqual([])
  expect(compiled({ 'main.ts': text }).variant).toBe('base')
})

test('every kind of import is found with its place', () => {
  const text = [
    'import a, { b } from \'one\'; export * from "two"',
    'export { c, d as default } from "three"',
    'const e = (x as any) ?? import("four")',
    'import "five"; export { a, b, e }',
  ].join('\n')
  const outcome = compileModule('main.ts', text)
  const found = outcome.ok ? outcome.module.imports.map(({ specifier, line, column }) => [specifier, line, column]) : []
  expect(found).toEqual([
    ['one', 1, 22],
    ['two', 1, 43],
    ['three', 2, 33],
    ['four', 3, 32],
    ['five', 4, 8],
  ])
})

test.each(['new URL("x")', 'const x = `${URL.parse("y")}`', 'globalThis.URL', 'f(URLSearchParams)'])(
  '%s needs URL',
  (text) => {
    expect(compiled({ 'main.ts': `const f = (x: unknown) => x; ${text}` }).variant).toBe('url')
    expect(compiled({ 'main.js': text }, 'main.js').variant).toBe('url')
  },
)

test.each([
  ['const x = ;', '";" cannot stand here.', 1, 11],
  ['let a = 1\nfoo bar', 'Expected ";" before "bar".', 2, 5],
  ['let a = "abc', 'Unterminated string constant.', 1, 9],
  ['function f() {', 'The line ends where more was expected.', 1, 15],
  ['namespace N { export const x = 1 }', 'The namespace N has values, and namespaces are only for types here.', 1, 1],
  ['import fs = require("fs")', '"import … =" is not supported.', 1, 1],
])('a syntax error has its place: %s', (text, message, line, column) => {
  const found = fault({ 'main.ts': text })
  expect(found).toMatchObject({ stage: 'source', message, place: { file: 'main.ts', line, column } })
})

test('namespaces of types are no error', () => {
  expect(
    compiledText('namespace N { export type A = 1 }\ndeclare namespace M { const x: 1 }\nlet a: N.A = 1'),
  ).toContain('let a')
})

test.each([
  ["import './gone'", 'There is no file for the import "./gone".'],
  ["import '../../up'", 'The import "../../up" leads out of the project.'],
  [
    "import 'https://example.com/x.js'",
    'The import "https://example.com/x.js" is an address, and nothing is fetched from the network.',
  ],
  ["import './note.md'", 'note.md is neither TypeScript, JavaScript nor JSON.'],
])('an import that leads nowhere is named with its place: %s', (text, message) => {
  const found = fault({ 'main.ts': `\n  ${text}`, 'note.md': '' })
  expect(found).toMatchObject({ stage: 'source', message, place: { line: 2, column: 10 } })
  expect(found.next).not.toBe('')
})

test('a missing entry, no source and too much source are faults', () => {
  expect(fault({ 'main.ts': '', 'a.json': '1' }, 'app.ts')).toMatchObject({
    stage: 'project',
    next: 'Add it, or choose another entry, such as main.ts.',
  })
  expect(fault({ 'world.wit': '', 'world.d.ts': '' })).toMatchObject({
    stage: 'project',
    message: 'The project has no source file.',
  })
  expect(fault({ 'main.ts': ' '.repeat(maxSourceLength + 1) }).stage).toBe('source')
  expect(fault({ 'main.ts': `import d from './d.json'; d`, 'd.json': '{ "a": }' }).place?.file).toBe('d.json')
})

test('what nests too deeply is a fault', () => {
  expect(fault({ 'main.ts': `x = ${'('.repeat(200_000)}` }).message).toBe('The source is nested too deeply to be read.')
})

test('a file may be called as what every object has', () => {
  const files = Object.fromEntries([
    ['__proto__', "import { a } from './constructor.js'; a"],
    ['constructor.ts', 'export const a = 1'],
  ])
  expect(Object.keys(compiled(files, '__proto__').source.modules)).toEqual(['__proto__', 'constructor.ts'])
})
