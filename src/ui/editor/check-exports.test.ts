import ts from 'typescript'
import { expect, it } from 'vitest'
import { checkExports, type Fit } from './check-exports.ts'

function check(files: Readonly<Record<string, string>>, path: string): Fit | undefined {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    moduleDetection: ts.ModuleDetectionKind.Force,
    types: [],
  }
  const read = (file: string): string | undefined => files[file.slice(1)] ?? ts.sys.readFile(file)
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => Object.keys(files).map((file) => `/${file}`),
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) => {
      const text = read(file)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => read(file) !== undefined,
    readFile: read,
  })
  return checkExports(ts, service, '/main.ts', [path.split('.')])?.[0]
}

const cart = `class Item { total(): number { return 1 } static open() {} count = 3 }
export const cart = { Item, add() {}, size: 3, maybe: undefined as undefined | (() => void) }
export const any: any = 1
export const table: Record<string, () => void> = {}
`

it.each([
  ['export function greet() {}', 'greet', 'fits'],
  ['export const greet = async () => 1', 'greet', 'fits'],
  ['export class greet {}', 'greet', 'fits'],
  ['declare const f: Function; export { f as greet }', 'greet', 'fits'],
  ['const f = () => 1; export { f as "odd-name" }', 'odd-name', 'fits'],
  ["export { greet } from './lib.ts'", 'greet', 'fits'],
  ["export * from './lib.ts'", 'greet', 'fits'],
  ["export * as lib from './lib.ts'", 'lib.greet', 'fits'],
  ["import { greet } from './nowhere.ts'; export { greet }", 'greet', 'fits'],
  ['function greet() {}', 'greet', 'missing'],
  ['', 'greet', 'missing'],
  ['export default function greet() {}', 'greet', 'missing'],
  ['export interface greet {}', 'greet', 'missing'],
  ["export type { greet } from './lib.ts'", 'greet', 'missing'],
  ['export const greet = undefined', 'greet', 'missing'],
  ['export const greet = 42', 'greet', 'mistyped'],
  ['export function greet( {', 'greet', undefined],
  [cart, 'cart.Item', 'fits'],
  [cart, 'cart.Item.prototype.total', 'fits'],
  [cart, 'cart.Item.open', 'fits'],
  [cart, 'cart.add', 'fits'],
  [cart, 'cart.maybe', 'fits'],
  [cart, 'any.add', 'fits'],
  [cart, 'table.add', 'fits'],
  [cart, 'cart.Item.prototype.sum', 'missing'],
  [cart, 'cart.take', 'missing'],
  [cart, 'other.take', 'missing'],
  [cart, 'cart.size', 'mistyped'],
])('of %s, %s is %s', (text, path, fit) => {
  expect(check({ 'main.ts': text, 'lib.ts': 'export function greet() {}' }, path)).toBe(fit)
})
